import type { ExecutionResult, GraphQLError } from 'graphql'
import { parse } from 'graphql'
import { AppError } from '../../../src/core/errors'
import { ACTORS, readingWorld, type ReadingWorld } from '../../support/reading-world'

let world: ReadingWorld
beforeAll(async () => { world = await readingWorld() })
afterAll(() => world.close())

/** Executed as it comes, without the API's own checks before it. */
async function run(which: 'planner' | 'resolvers', query: string, variables: Record<string, unknown> = {}): Promise<ExecutionResult> {
  return world.executors[which].executor({ document: parse(query), request: { variables }, context: world.context(ACTORS.city) })
}

const told = (error: GraphQLError): object => {
  const { originalError } = error
  if (!(originalError instanceof AppError)) throw error
  return { code: originalError.code, limit: originalError.details.limit, at: error.path?.join('.'), path: originalError.details.violations?.[0]?.path }
}

const CASES: readonly [string, string, Record<string, unknown>, object][] = [
  ['a page of nothing', '{ units(first: 0) { totalCount } }', {}, { code: 'BAD_INPUT', path: 'first', at: 'units' }],
  ['a negative page', '{ units { nodes { powers(first: -1) { totalCount } } } }', {}, { code: 'BAD_INPUT', path: 'first', at: 'units.nodes.0.powers' }],
  ['a huge page', '{ units(first: 2000000000) { totalCount } }', {}, { code: 'LIMIT_EXCEEDED', limit: 'first', path: 'first', at: 'units' }],
  ['a page beyond the own limit of an edge', '{ units { nodes { sampleContracts(last: 11) { totalCount } } } }', {}, { code: 'LIMIT_EXCEEDED', limit: 'last', path: 'last', at: 'units.nodes.0.sampleContracts' }],
  ['first and last', '{ units(first: 1, last: 1) { totalCount } }', {}, { code: 'BAD_INPUT', path: 'last', at: 'units' }],
  ['a cursor that is none', '{ units(after: "\u0000?") { totalCount nodes { code } } }', {}, { code: 'BAD_INPUT', path: 'after', at: 'units' }],
  ['many values', 'query($f: UnitFilter) { units(filter: $f) { nodes { code } } }', { f: { code: { in: Array(201).fill('x') } } }, { code: 'LIMIT_EXCEEDED', limit: 'in', path: 'filter.code.in', at: 'units' }],
  ['many branches', 'query($f: UnitFilter) { units(filter: $f) { nodes { code } } }', { f: { or: Array(21).fill({ code: { eq: 'x' } }) } }, { code: 'LIMIT_EXCEEDED', limit: 'or', path: 'filter.or', at: 'units' }],
  ['deep branches', 'query($f: UnitFilter) { units(filter: $f) { nodes { code } } }', { f: { or: [{ or: [{ or: [{ or: [{ code: { eq: 'x' } }] }] }] }] } }, { code: 'LIMIT_EXCEEDED', limit: 'orDepth', path: 'filter.or.0.or.0.or.0.or', at: 'units' }],
  ['a long order', 'query($o: [UnitOrder!]) { units(orderBy: $o) { nodes { code } } }', { o: Array(6).fill({ field: 'CODE' }) }, { code: 'LIMIT_EXCEEDED', limit: 'orderBy', path: 'orderBy', at: 'units' }],
  ['a long text', 'query($t: String) { units(filter: {or: [{name: {contains: $t}}]}) { nodes { code } } }', { t: '长'.repeat(501) }, { code: 'BAD_INPUT', path: 'filter.or.0.name.contains', at: 'units' }],
  ['NUL', 'query($t: String) { units(filter: {name: {matches: $t}}) { nodes { code } } }', { t: 'a\0b' }, { code: 'BAD_INPUT', path: 'filter.name.matches', at: 'units' }],
  ['half of a surrogate pair', 'query($t: [String!]) { units(filter: {code: {in: $t}}) { nodes { code } } }', { t: ['x', 'a\ud83d'] }, { code: 'BAD_INPUT', path: 'filter.code.in.1', at: 'units' }],
  ['NUL in a key', 'query($t: String!) { unitByCode(code: $t) { code } }', { t: '\0' }, { code: 'BAD_INPUT', path: 'code', at: 'unitByCode' }],
  ['many ids', 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(101).fill('x') }, { code: 'LIMIT_EXCEEDED', limit: 'ids', path: 'ids', at: 'nodes' }],
]

describe.each(['resolvers', 'planner'] as const)('%s', which => {
  test.each(CASES)('%s', async (_, query, variables, expected) => {
    const { errors } = await run(which, query, variables)
    expect(told(errors![0]!)).toEqual({ limit: undefined, ...expected })
    // And the server goes on.
    expect((await run(which, '{ units { totalCount } }')).errors).toBeUndefined()
  })

  test('cursors that were tampered with, or are of another list or order', async () => {
    const { units } = await world.data<{ units: { pageInfo: { endCursor: string } } }>(which, '{ units(first: 2, orderBy: [{field: NAME}]) { pageInfo { endCursor } } }')
    const good = units.pageInfo.endCursor
    const [tag, name, id] = JSON.parse(Buffer.from(good, 'base64').toString()) as string[]
    const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64')
    const ask = (after: string, order = '[{field: NAME}]'): Promise<ExecutionResult> => run(which, `query($after: String) { units(after: $after, orderBy: ${order}) { nodes { code } } }`, { after })
    expect((await ask(good)).errors).toBeUndefined()
    const bad = [
      [good, '[{field: NAME, direction: DESC}]'], [good, '[{field: CODE}]'], [good.slice(0, -8)], [`${good}x`], [`${good} `], [`%${good}`], [cursor([tag, name])], [cursor([tag, name, id, id])], [cursor([tag, 1, id])], [cursor([tag, name, 'x'])],
      [cursor([tag, name, `${id}' OR true --`])], [cursor(['x', name, id])], [cursor([tag, null, id])], [cursor([tag, 'a\0', id])], [cursor({ tag })], [cursor(null)], ['']
    ] as const
    for (const [after, order] of bad) expect(told((await ask(after, order)).errors![0]!)).toMatchObject({ code: 'BAD_INPUT', path: 'after', at: 'units' })
  })

  test('ids that name nothing answer null: unknown, malformed, of another noun, out of scope', async () => {
    const [outside] = await world.sql<{ id: string }>(`SELECT id FROM unit WHERE path = '/51/5109/'`)
    const [risk] = await world.sql<{ id: string }>('SELECT id FROM risk_point LIMIT 1')
    const ids = ['', 'unit_', 'x', `unit_${outside!.id}`, outside!.id, `rp_${outside!.id}`, `unit_${risk!.id}`, `unit_${outside!.id}' OR true`, 'unit_01935000-0001-7000-8000-ffffffffffff', '1'.repeat(300)]
    const data = await run(which, `query(${ids.map((_, i) => `$i${i}: ID!`).join(', ')}) { ${ids.map((_, i) => `a${i}: unit(id: $i${i}) { code }`).join(' ')} nodes(ids: [$i3, $i5, "${ids[6]}"]) { id } node(id: $i3) { id } }`,
      Object.fromEntries(ids.map((id, i) => [`i${i}`, id])))
    expect(data.errors).toBeUndefined()
    expect(new Set(Object.values(data.data!).flat())).toEqual(new Set([null]))
  })

  test('dates and instants at the ends of time', async () => {
    const filters = ['validFrom: {before: "0001-01-01"}', 'validFrom: {after: "9999-12-31"}', 'updatedAt: {after: "9999-12-31T23:59:59.999Z"}', 'updatedAt: {before: "0000-01-01T00:00:00Z"}']
    for (const filter of filters) {
      const { errors, data } = await run(which, `{ units(filter: {${filter}}) { totalCount } }`)
      if (errors) expect(errors[0]!.path).toEqual(['units'])
      else expect(JSON.parse(JSON.stringify(data))).toEqual({ units: { totalCount: 0 } })
    }
  })
})
