import { execFileSync } from 'node:child_process'
import { GraphQLError } from 'graphql'
import { ArgumentValidationError } from 'type-graphql'
import { ErrorShaper, leftBehind } from '../../../src/api/errors'
import { PROJECT_ROOT } from '../../../src/config'
import { AppError, markOutcome } from '../../../src/core/errors'

const logged: { err: unknown }[] = []
const shaper = new ErrorShaper({ error: bindings => void logged.push(bindings as never) }, { hideSchema: true })

/** As Apollo does: note whose error it is, then format. */
function shaped(original: unknown, o: { mutation?: boolean; done?: boolean; locale?: 'en' | 'zh-CN' } = {}) {
  const error = original instanceof GraphQLError ? original : new GraphQLError('wrapped', { originalError: original as Error })
  shaper.note([error], { locale: o.locale ?? 'en', requestId: 'r1', mutation: o.mutation ?? false, done: o.done ?? false })
  return shaper.format({ ...error.toJSON(), extensions: { code: 'INTERNAL_SERVER_ERROR', ...error.extensions } }, error)
}
const postgres = (code: string, message = 'secret detail') => Object.assign(new Error(message), { code, severity: 'ERROR' })

describe('the one shape of errors', () => {
  beforeEach(() => void logged.splice(0))

  test('an expected failure tells its code, its details and the request', () => {
    const error = new AppError('PRECONDITION_FAILED', 'Not now.', { allowedCommands: ['a'], violations: [{ path: 'p', rule: 'r', message: 'm' }], row: 3 })
    expect(shaped(error)).toEqual({ message: 'Not now.', extensions: { code: 'PRECONDITION_FAILED', requestId: 'r1', allowedCommands: ['a'], violations: [{ path: 'p', rule: 'r', message: 'm' }], row: 3 } })
    expect(logged).toEqual([])
  })

  test('an unexpected one tells nothing and is logged with its cause', () => {
    const bug = new TypeError('cannot read name of 张')
    expect(shaped(bug)).toEqual({ message: 'Something went wrong on our side. Tell support the request id.', extensions: { code: 'INTERNAL', requestId: 'r1' } })
    expect(logged).toEqual([{ requestId: 'r1', err: bug }])
    for (const e of [postgres('42P01'), postgres('23505'), Object.assign(new Error('x'), { code: 'ERR_ASSERTION' }), new GraphQLError('Cannot return null', { originalError: new Error('n') })]) expect(JSON.stringify(shaped(e))).not.toMatch(/secret|42P01|Cannot/)
  })

  test.each([['22P02', 'BAD_INPUT'], ['22021', 'BAD_INPUT'], ['22008', 'BAD_INPUT'], ['57014', 'LIMIT_EXCEEDED'], ['08006', 'UNAVAILABLE'], ['53300', 'UNAVAILABLE'], ['57P01', 'UNAVAILABLE'], ['ECONNREFUSED', 'UNAVAILABLE'], ['42601', 'INTERNAL']])(
    'PostgreSQL %s is %s, without its words', (code, expected) => {
      const e = shaped(postgres(code))
      expect(e.extensions!['code']).toBe(expected)
      expect(JSON.stringify(e)).not.toContain('secret')
    })

  test('a dead connection without a code is UNAVAILABLE', () => {
    expect(shaped(new Error('Connection terminated unexpectedly')).extensions!['code']).toBe('UNAVAILABLE')
  })

  test('class-validator’s tree becomes a flat list of paths', () => {
    const error = new ArgumentValidationError([
      { property: 'code', constraints: { isNotEmpty: 'code should not be empty' } },
      { property: 'items', children: [{ property: '1', children: [{ property: 'dueOn', constraints: { isString: 'dueOn must be a string' } }] }] },
    ] as never)
    expect(shaped(error).extensions).toEqual({
      code: 'BAD_INPUT', requestId: 'r1',
      violations: [{ path: 'code', rule: 'isNotEmpty', message: 'Code should not be empty.' }, { path: 'items.1.dueOn', rule: 'isString', message: 'DueOn must be a string.' }],
    })
    expect(shaped(error, { locale: 'zh-CN' }).extensions!['violations']).toMatchObject([{ message: '不能为空。' }, { message: '必须是文本。' }])
  })

  test('of a mutation: refused is NOT_DONE, unexpected is UNKNOWN, the unit of work knows best', () => {
    const of = (e: unknown) => shaped(e, { mutation: true }).extensions!['outcome']
    expect(of(new AppError('CONFLICT', 'x'))).toBe('NOT_DONE')
    expect(of(new TypeError('x'))).toBe('UNKNOWN')
    expect(of(postgres('08006'))).toBe('UNKNOWN')
    const rolledBack = new TypeError('x')
    markOutcome(rolledBack, 'NOT_DONE')
    expect(of(rolledBack)).toBe('NOT_DONE')
    expect(shaped(new AppError('CONFLICT', 'x')).extensions).not.toHaveProperty('outcome')
  })

  test('of a mutation that was done already: what ends for want of time is UNKNOWN, what is refused is not done all the same', () => {
    const of = (e: unknown, done: boolean) => shaped(e, { mutation: true, done }).extensions!['outcome']
    const late = [new AppError('LIMIT_EXCEEDED', 'x', { limit: 'commandTime', messageKey: 'queryTime' }), postgres('57014')]
    expect(late.map(e => [of(e, false), of(e, true)])).toEqual([['NOT_DONE', 'UNKNOWN'], ['NOT_DONE', 'UNKNOWN']])
    expect([new AppError('FORBIDDEN', 'x'), new AppError('LIMIT_EXCEEDED', 'x', { limit: 'ids' })].map(e => of(e, true))).toEqual(['NOT_DONE', 'NOT_DONE'])
  })

  test('of a mutation: what fails below its root field is the reading of an answer', () => {
    const format = (path: (string | number)[]): unknown => {
      const error = new GraphQLError('x', { path, originalError: new AppError('LIMIT_EXCEEDED', 'x', { limit: 'first' }) })
      shaper.note([error], { locale: 'en', requestId: 'r1', mutation: true })
      return shaper.format(error.toJSON(), error).extensions!['outcome']
    }
    expect([format(['proposePower']), format(['proposePower', 'power', 'riskPoints'])]).toEqual(['NOT_DONE', 'UNKNOWN'])
  })

  test('Apollo’s own codes stay; suggestions of names do not', () => {
    const validation = new GraphQLError('Cannot query field "nam" on type "Unit". Did you mean "nameZh" or "nameEn"?', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })
    expect(shaped(validation)).toMatchObject({ message: 'Cannot query field "…" on type "…".', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })
    const open = new ErrorShaper({ error: () => undefined }, { hideSchema: false })
    expect(open.format({ message: validation.message, extensions: validation.extensions }, validation).message).toContain('Did you mean')
  })
})

describe('what graphql-js leaves behind', () => {
  /** One item of a list fails later, the next one at once: the rejection of the first is nobody's. */
  const SCRIPT = `
    const { buildSchema, graphql } = require('graphql')
    process.on('unhandledRejection', reason => console.log(JSON.stringify({ left: reason.constructor.name, path: reason.path, message: reason.message })))
    const item = i => ({ id: i ? () => { throw new Error('at once') } : async () => { throw new Error('later') } })
    graphql({ schema: buildSchema('type Query { items: [Item!]! } type Item { id: ID! }'), source: '{ items { id } }', rootValue: { items: [item(0), item(1)] } })
      .then(({ errors }) => console.log(JSON.stringify(errors.map(e => e.message))))`

  test('is told from what puts the process in doubt', () => {
    const told = execFileSync(process.execPath, ['-e', SCRIPT], { cwd: PROJECT_ROOT, encoding: 'utf8' }).trim().split('\n').map(line => JSON.parse(line) as unknown)
    expect(told).toEqual(expect.arrayContaining([['at once'], { left: 'GraphQLError', path: ['items', 0, 'id'], message: 'later' }]))
    expect(leftBehind(new GraphQLError('later', { path: ['items', 0, 'id'] }))).toBe(true)
    for (const doubt of [new GraphQLError('elsewhere'), new Error('elsewhere'), 'elsewhere', undefined]) expect(leftBehind(doubt)).toBe(false)
  })
})
