import { parse } from 'graphql'
import { createExecutor, RawJson, stringifyResult } from '../../../src/api/reading'
import { Planner } from '../../../src/api/reading/planner'
import { ACTORS, readingWorld, type ReadingWorld } from '../../support/reading-world'
import { watchStatements } from '../../support/watch-statements'

let world: ReadingWorld
let planner: Planner
beforeAll(async () => { world = await readingWorld() })
beforeEach(() => { planner = new Planner(world.schema, world.database.db) })
afterAll(() => world.close())

const planned = (query: string, variables?: Record<string, unknown>, actor = ACTORS.city, operationName: string | null = null): boolean =>
  planner.prepare({ document: parse(query), operationName, variables, actor }) !== null

describe('what is planned', () => {
  test.each([
    ['a query of columns and edges', '{ units { nodes { code parent { code } } } }'],
    ['fragments on interfaces', '{ units { nodes { ... on Auditable { createdAt } ... on Stateful { allowedCommands transitions { totalCount } } } } }'],
    ['a namespace of a plugin', '{ sampleRegister { contracts { nodes { number term { from } lines { label } } } __typename } }'],
    ['the one operation that is named', 'query A { units { totalCount } } query B { vocabulary { name } }', 'A'],
    ['an edge behind a rule that the actor passes', '{ units { nodes { sampleContracts { totalCount } } } }'],
    ['an id that is none', '{ unit(id: "x") { code } }'],
  ])('%s', (_, query, name = null as never) => expect(planned(query, undefined, ACTORS.city, name)).toBe(true))
})

describe('what goes whole to the resolvers', () => {
  test.each([
    ['introspection', '{ __schema { queryType { name } } units { totalCount } }'],
    ['nothing to read', '{ __typename }'],
    ['an object by any id', '{ node(id: "x") { id } units { totalCount } }'],
    ['a hand-written field', '{ units { totalCount } dutyItems { nodes { isOverdue } } }'],
    ['a hand-written root field', '{ units { totalCount } vocabulary { name } }'],
    ['a page from the end', '{ units(last: 3) { nodes { code } } }'],
    ['a page before a cursor', '{ units(before: "x") { nodes { code } } }'],
    ['a root field that the actor may not call', '{ roleGrants { totalCount } }'],
    ['an edge behind a rule that the actor does not pass', '{ persons { nodes { roleGrants { totalCount } } } }'],
    ['an impossible page size', '{ units(first: 101) { totalCount } }'],
    ['a cursor of another list', '{ units(after: "WyJ4Il0=") { totalCount } }'],
    ['a mutation', 'mutation { dissolveUnit(input: {id: "x"}) { unit { code } } }'],
    ['several operations without a name', 'query A { units { totalCount } } query B { units { totalCount } }'],
  ])('%s', (_, query) => expect(planned(query)).toBe(false))

  test('variables that cannot be coerced', () => {
    const query = 'query($first: Int!) { units(first: $first) { totalCount } }'
    expect([planned(query, { first: 3 }), planned(query, {}), planned(query, { first: 'x' })]).toEqual([true, false, false])
  })

  test('everything, when the planner is switched off', async () => {
    const { executor, stats } = createExecutor(world.schema, world.database.db, { planner: false })
    const { data } = await executor({ document: parse('{ units { totalCount } }'), request: {}, context: world.context(ACTORS.city) })
    expect([data instanceof RawJson, stats]).toEqual([false, { planned: 0, resolved: 1 }])
  })

  test('a page from the end in a variable does not spoil the plan of other pages', () => {
    const document = parse('query($last: Int) { units(last: $last) { totalCount } }')
    const ask = (variables: Record<string, unknown>): boolean => planner.prepare({ document, operationName: null, variables, actor: ACTORS.city }) !== null
    expect([ask({ last: 3 }), ask({}), ask({ last: 3 }), ask({ last: null })]).toEqual([false, true, false, true])
  })
})

describe('what is kept', () => {
  const statementsOf = (query: string, all: readonly Record<string, unknown>[]): (string | undefined)[] => {
    const document = parse(query)
    return all.map(variables => planner.prepare({ document, operationName: null, variables, actor: ACTORS.city })?.statement.text)
  }

  test('one statement for all values of the same shape, another for another shape', () => {
    const [a, b, c, d] = statementsOf('query($filter: UnitFilter, $first: Int) { units(filter: $filter, first: $first) { nodes { code } } }',
      [{ filter: { code: { eq: 'a' } } }, { filter: { code: { eq: 'b' } }, first: 3 }, { filter: { code: { eq: 'b', in: ['c'] } } }, { filter: { code: { eq: 'a', in: null } } }])
    expect(b).toBe(a)
    expect(d).toBe(a)
    expect(c).not.toBe(a)
  })

  test('sixteen shapes of a document; the seventeenth goes to the resolvers, the others stay planned', () => {
    const operators = ['eq', 'in', 'contains', 'startsWith', 'matches']
    const shapes = Array.from({ length: 20 }, (_, i) => ({ filter: { code: Object.fromEntries(operators.filter((_o, bit) => i & (1 << bit)).map(o => [o, o === 'in' ? ['x'] : 'x'])) } }))
    const texts = statementsOf('query($filter: UnitFilter) { units(filter: $filter) { nodes { code } } }', [...shapes, shapes[1]!])
    expect(texts.filter(Boolean).length).toBe(17)
    expect(texts.slice(16, 20)).toEqual([undefined, undefined, undefined, undefined])
    expect(texts[20]).toBe(texts[1])
  })

  test('sixteen selections that @skip and @include make', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const query = `query(${names.map(n => `$${n}: Boolean!`).join(', ')}) { units { nodes { id ${names.map(n => `${n}: code @include(if: $${n})`).join(' ')} } } }`
    const all = Array.from({ length: 32 }, (_, i) => Object.fromEntries(names.map((n, bit) => [n, Boolean(i & (1 << bit))])))
    expect(statementsOf(query, all).filter(Boolean).length).toBe(16)
  })

  test('a plan is never used for an actor of another form of scope', () => {
    const document = parse('{ units { nodes { code } } }')
    const texts = [ACTORS.city, ACTORS.county, ACTORS.several, ACTORS.severalWide].map(actor => planner.prepare({ document, operationName: null, variables: {}, actor })!.statement.text)
    expect(new Set(texts).size).toBe(4)
  })

  test('a statement gets a name when it is used again', async () => {
    const request = { document: parse('{ units(first: 2) { nodes { once: code } } }'), operationName: null, variables: {}, actor: ACTORS.city }
    const { statements } = await watchStatements(world.database.db.reads, async () => { for (let i = 0; i < 3; i++) await planner.answer(request) })
    const names = statements.map(s => s.name)
    expect(names[0]).toBeUndefined()
    expect(names[1]).toMatch(/^r[\w-]{20}$/)
    expect(names[2]).toBe(names[1])
  })
})

describe('what the planner answers', () => {
  test('JSON text that is passed on as it is', async () => {
    const context = world.context(ACTORS.city)
    const { data } = await world.executors.planner.executor({ document: parse('{ units(first: 1) { nodes { code } } }'), request: {}, context })
    expect(data).toBeInstanceOf(RawJson)
    const { answer } = data as unknown as RawJson
    const told = JSON.parse(answer) as { data: unknown }
    expect(answer).toMatch(/^\{"data":\{"units":\{"nodes":\[\{"code":"[^"]+"\}\]\}\}\}$/)
    expect(stringifyResult({ errors: undefined, data, extensions: undefined })).toBe(answer)
    expect(JSON.parse(stringifyResult({ data, extensions: { requestId: 'r1' } }))).toEqual({ data: told.data, extensions: { requestId: 'r1' } })
    expect(stringifyResult({ data: { a: 1 }, errors: [] })).toBe('{"data":{"a":1},"errors":[]}')
    expect(JSON.stringify({ data })).toBe(JSON.stringify(told))
  })

  test('an error of the database as an error of the answer, without trying again', async () => {
    const refusal = Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' })
    const { statements, result } = await watchStatements(world.database.db.reads, async () =>
      world.executors.planner.executor({ document: parse('{ units { totalCount } }'), request: {}, context: world.context(ACTORS.city) }), refusal)
    expect(result.data).toBeNull()
    expect(result.errors![0]!.originalError).toMatchObject({ code: '57014' })
    expect(statements).toHaveLength(1)
  })
})
