import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate, type DocumentNode, type GraphQLObjectType, type OperationDefinitionNode } from 'graphql'
import { CostEstimator } from '../../../src/api/cost'
import { limitRule } from '../../../src/api/limit-rule'
import { DEFAULT_LIMITS } from '../../../src/api/limits'
import { causeOf } from '../../../src/api/errors'
import type { AppError } from '../../../src/core/errors'

const schema = buildSchema(`
  type PageInfo { hasNextPage: Boolean! }
  type Unit { id: ID! parent: Unit children(first: Int, last: Int): UnitConnection! tags: [Tag!]! names: [String!]! riskCount: Int! total: Total! }
  type Total { n: Int! }
  type Tag { name: String! }
  type UnitEdge { cursor: String! node: Unit! }
  type UnitConnection { nodes: [Unit!]! edges: [UnitEdge!]! pageInfo: PageInfo! totalCount: Int! }
  interface Node { id: ID! }
  type Query { unit: Unit units(first: Int, last: Int): UnitConnection! node: Node }
`)

const cost = (type: string, field: string, of: number): void => void ((schema.getType(type) as GraphQLObjectType).getFields()[field]!.extensions = { cost: of })
cost('UnitConnection', 'totalCount', 10)
cost('Unit', 'riskCount', 2)
cost('Unit', 'total', 100)

describe('the cost of an operation, before it runs', () => {
  const estimator = new CostEstimator(schema)
  const cost = (document: DocumentNode, variables = {}) => estimator.estimate(document, document.definitions[0] as OperationDefinitionNode, variables)
  const of = (query: string, variables = {}) => cost(parse(query), variables)

  test.each([
    ['{ __typename }', 0], ['{ unit { id } }', 1], ['{ unit { parent { parent { id } } } }', 3], ['{ unit { names } }', 1], ['{ unit { tags { name } } }', 21],
    ['{ units { nodes { id } } }', 21], ['{ units(first: 5) { nodes { id } } }', 6], ['{ units(last: 7) { nodes { id } } }', 8], ['{ units(first: 5) { totalCount } }', 11],
    ['{ units(first: 5) { pageInfo { hasNextPage } nodes { id } } }', 6], ['{ units(first: 5) { edges { cursor node { id } } } }', 11],
    ['{ units(first: 10) { nodes { children(first: 10) { nodes { id } } } } }', 1 + 10 * (1 + 1 + 10)], ['{ a: unit { id } b: unit { id } }', 2],
    ['{ units(first: 2000000) { nodes { id } } }', 101], ['{ units(first: -3) { nodes { id } } }', 2], ['{ units(first: null) { nodes { id } } }', 21],
    ['{ ...F } fragment F on Query { units(first: 3) { nodes { ...G } } } fragment G on Unit { parent { id } }', 1 + 3 * 2],
    ['{ units(first: 5) { totalCount nodes { riskCount total { n } } } }', 1 + 10 + 5 * (1 + 2 + 100)], ['{ ...F } fragment F on Query { units(first: 5) { ...G } } fragment G on UnitConnection { totalCount nodes { id } }', 1 + 10 + 5],
    ['{ node { ... on Unit { children(first: 3) { nodes { id } } } } }', 1 + 4], ['{ unknown { id } }', 0],
  ])('%s costs %d', (query, expected) => expect(of(query)).toBe(expected))

  test('page sizes in variables count when the request comes, with their defaults', () => {
    const document = parse('query ($n: Int = 4, $m: Int) { units(first: $n) { nodes { children(first: $m) { nodes { id } } } } }')
    expect(cost(document)).toBe(1 + 4 * (1 + 1 + 20))
    expect(cost(document, { n: 10, m: 10 })).toBe(1 + 10 * (1 + 1 + 10))
    expect(cost(document, { n: 10, m: 'x' })).toBe(1 + 10 * (1 + 1 + 20))
  })

  test('a document that doubles itself at every level costs a moment', () => {
    const bomb = Array.from({ length: 60 }, (_, i) => `fragment F${i} on Unit { ${i < 59 ? `a: parent { ...F${i + 1} } b: parent { ...F${i + 1} }` : 'id'} }`).join(' ')
    const started = performance.now()
    expect(of(`{ unit { ...F0 } } ${bomb}`)).toBeGreaterThan(1e15)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('static limits', () => {
  const broken = (query: string, limits = {}) =>
    validate(schema, parse(query), [limitRule({ ...DEFAULT_LIMITS, ...limits })]).map(e => (causeOf(e) as AppError).details.limit)

  test('each is counted where it stands and through fragments', () => {
    expect(broken('{ unit { parent { id } } }', { depth: 3 })).toEqual([])
    expect(broken('{ unit { parent { id } } }', { depth: 2 })).toEqual(['depth'])
    expect(broken('{ unit { ...F } } fragment F on Unit { parent { id } }', { depth: 2 })).toEqual(['depth'])
    expect(broken('{ unit { ... on Unit { parent { id } } } }', { depth: 3 })).toEqual([])
    expect(broken('{ a: unit { b: id } }', { aliases: 1 })).toEqual(['aliases'])
    expect(broken('query @include(if: true) { unit @skip(if: true) { id } }', { directives: 1 })).toEqual(['directives'])
    expect(broken('{ ...F unit { id } } fragment F on Query { unit { id } units { totalCount } }', { rootFields: 2 })).toEqual(['rootFields'])
    expect(broken('{ unit { id } } query B { units { totalCount } }', { fields: 1 })).toEqual(['fields', 'fields'])
  })

  test('introspection is as deep as tools ask, in whatever words, and no deeper', () => {
    expect(broken(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }), { depth: 2 })).toEqual([])
    const wrapped = (n: number): string => 'ofType { '.repeat(n) + 'name' + ' }'.repeat(n)
    expect(broken(`{ __type(name: "Unit") { ${wrapped(40)} } }`)).toEqual(['depth'])
    for (const name of ['IntrospectionQuery', '__TypeRef', '__schema', 'TypeRef', 'FullType']) {
      expect(broken(`{ unit { ...${name} } } fragment ${name} on Unit { parent { parent { id } } }`, { depth: 3 })).toEqual(['depth'])
      expect(broken(`{ ...${name} } fragment ${name} on Query { __schema { types { ${wrapped(40)} } } }`)).toEqual(['depth'])
      expect(broken(`query ${name} { unit { parent { parent { id } } } }`, { depth: 3 })).toEqual(['depth'])
    }
    expect(broken('{ a: __schema { types { fields { type { name } } } } unit { parent { parent { id } } } }', { depth: 3 })).toEqual(['depth'])
  })

  test('a document beyond a limit is not compared with itself', () => {
    const document = parse(`{ unit { ${'id '.repeat(100_000)} } }`)
    expect(validate(schema, document, [...specifiedRules, limitRule(DEFAULT_LIMITS)]).map(e => (causeOf(e) as AppError).details)).toEqual([
      expect.objectContaining({ limit: 'fields', actual: 100_001, most: 2_000 })])
    expect(document.definitions).toEqual([])
  })

  test('fragments that go in circles end', () => {
    expect(broken('{ unit { ...A } } fragment A on Unit { parent { ...B } } fragment B on Unit { parent { ...A } }')).toEqual([])
  })
})
