import { AppError } from '../../../src/core/errors'
import { safeError, safeText } from '../../../src/core/safe-log'

const postgres = (code: string, message: string) => Object.assign(new Error(message), { code, severity: 'ERROR', detail: 'Key (staff_no)=(S-1001) already exists.', hint: 'h', where: 'w', internalQuery: 'q', table: 'person', constraint: 'person_staff_no_key' })

test('of PostgreSQL’s errors names remain, and sentences that hold names only', () => {
  expect(safeError(postgres('23505', 'duplicate key value violates unique constraint "person_staff_no_key"'))).toEqual({
    type: 'Error', message: 'duplicate key value violates unique constraint "person_staff_no_key"', code: '23505', severity: 'ERROR', table: 'person', constraint: 'person_staff_no_key', stack: expect.any(String),
  })
  for (const code of ['22P02', '22001', 'P0001', 'XX000']) expect(safeError(postgres(code, 'invalid input: "S-1001"'))).toMatchObject({ message: `PostgreSQL refused it: ${code}.` })
})

test('the way down to the cause is kept, and each on it loses its values', () => {
  const error = new AppError('UNAVAILABLE', 'No answer.', { secret: 'S-1001' }, { cause: Object.assign(new Error('query failed'), { driverError: postgres('22P02', 'invalid "S-1001"'), parameters: ['S-1001'] }) })
  expect(safeError(error)).toMatchObject({ type: 'AppError', message: 'No answer.', cause: { message: 'query failed', cause: { code: '22P02' } } })
  expect(JSON.stringify(safeError(error))).not.toContain('S-1001')
  const ring = new Error('ring')
  ring.cause = ring
  expect(JSON.stringify(safeError(ring)).length).toBeLessThan(20_000)
})

test('the stack says where, without repeating the message', () => {
  const { stack } = safeError(new Error('first line\n    with 张三 in it')) as { stack: string }
  expect(stack).toMatch(/^ +at .*safe-log\.test/)
  expect(stack).not.toContain('张三')
})

test.each([
  ['Unexpected token 张, "{"name": 张三}" is not valid JSON', /张|name/],
  ["Cannot read properties of undefined (reading 'rows')", /rows/],
  [`no key for eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJwZXJzb24ifQ.c2lnbmF0dXJl`, /eyJ|c2ln/], ['person 510821199001011234 is not there', /\d{5}/], ['某单位 does not exist', /某/],
])('%s', (text, secret) => expect(safeText(text)).not.toMatch(secret))

test('what is no error says no more than that', () => {
  expect(safeError('张三')).toEqual({ type: 'string', message: 'Something that is no error was thrown.' })
  expect(safeText('connect ECONNREFUSED 127.0.0.1:543')).toBe('connect ECONNREFUSED 127.0.0.1:543')
  expect(safeText('x '.repeat(10_000)).length).toBeLessThanOrEqual(500)
})
