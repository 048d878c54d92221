import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, lexicographicSortSchema, printSchema, type GraphQLArgument, type GraphQLSchema } from 'graphql'
import { buildSchema } from '../../../src/api/schema'
import { buildReadableSchema } from '../../../src/api/reading'
import { permissionOf, readOf } from '../../../src/api/reading/fields'
import type { Noun } from '../../../src/core/reads'
import { coreModules } from '../../../src/domain'
import { sampleModule } from '../../support/reading-sample'
import { SMALL_EDGES, SMALL_NOUNS, smallBase, smallReadable } from '../../support/reading-schema'

const printed = (schema: GraphQLSchema): string => printSchema(lexicographicSortSchema(schema))
const field = (schema: GraphQLSchema, type: string, name: string): string => {
  const found = schema.getType(type)
  if (!isObjectType(found) && !isInterfaceType(found) && !isInputObjectType(found)) throw new Error(`no type ${type}`)
  return String(found.getFields()[name]?.type)
}

describe('what is generated', () => {
  const { schema } = smallReadable()

  test.each([
    ['Query', 'unit', 'Unit'], ['Query', 'units', 'UnitConnection!'], ['Query', 'unitByCode', 'Unit'], ['Query', 'posts', 'PostsQuery!'], ['PostsQuery', 'positions', 'PositionConnection!'],
    ['Query', 'node', 'Node'], ['Query', 'nodes', '[Node]!'],
    ['Unit', 'parent', 'Unit'], ['Unit', 'positions', 'PositionConnection!'], ['Unit', 'firstPositions', '[Position!]!'], ['Unit', 'positionCount', 'Int'],
    ['Position', 'unit', 'Unit!'], ['Position', 'elsewhere', 'Unit'], ['Stateful', 'transitions', 'TransitionConnection!'],
    ['UnitConnection', 'nodes', '[Unit!]!'], ['UnitConnection', 'edges', '[UnitEdge!]!'], ['UnitEdge', 'node', 'Unit!'], ['PageInfo', 'endCursor', 'String'],
    ['UnitFilter', 'code', 'TextFilter'], ['UnitFilter', 'kind', 'KindFilter'], ['UnitFilter', 'validTo', 'DateOrNullFilter'], ['UnitFilter', 'unit', 'UnitIdFilter'], ['UnitFilter', 'or', '[UnitFilter!]'],
    ['UnitIdFilter', 'within', 'ID'], ['DateOrNullFilter', 'isNull', 'Boolean'], ['KindFilter', 'in', '[Kind!]'], ['UnitOrder', 'direction', 'Direction!'],
  ])('%s.%s: %s', (type, name, expected) => expect(field(schema, type, name)).toBe(expected))

  test('orders are enum values, however they are declared', () => {
    const order = schema.getType('TransitionOrderField')
    expect(isEnumType(order) && order.getValues().map(v => v.name)).toEqual(['AT'])
  })

  test('what cannot be filtered or ordered has no argument for it', () => {
    const positions = schema.getType('Unit')
    expect(isObjectType(positions) && positions.getFields()['positions']!.args.map(a => a.name)).toEqual(['first', 'after', 'last', 'before'])
  })

  test('fields carry their declaration and who may call them', () => {
    const query = schema.getQueryType()!.getFields()
    expect(readOf(query['units']!)).toMatchObject({ is: 'reach', reach: { name: 'Query.units', relation: { kind: 'all' } } })
    expect(permissionOf(query['units']!)).toBe('authenticated')
    expect(readOf(query['posts']!)).toEqual({ is: 'namespace' })
    const unit = schema.getType('Unit')
    expect(isObjectType(unit) && [permissionOf(unit.getFields()['positionCount']!), readOf(unit.getFields()['computed']!)]).toEqual([['UNIT_EDITOR'], undefined])
  })
})

test('the printed schema does not depend on the order of declarations', () => {
  const nouns: Noun[] = Object.values(SMALL_NOUNS)
  const expected = printed(smallReadable(nouns).schema)
  expect(printed(smallReadable([...nouns].reverse(), [...SMALL_EDGES].reverse()).schema)).toBe(expected)
})

test('the printed schema of the product does not depend on the order of its modules', () => {
  const expected = printed(buildSchema([...coreModules, sampleModule], null).schema)
  expect(printed(buildSchema([sampleModule, ...coreModules].reverse(), null).schema)).toBe(expected)
})

test('everything generated is described', () => {
  const { schema } = smallReadable()
  const bare = Object.values(schema.getTypeMap()).filter(t => !t.name.startsWith('__')).flatMap(type => {
    const own = type.description || ['String', 'Int', 'Boolean', 'ID', 'Float', 'Query', 'DateTime', 'LocalDate', 'Decimal', 'JSON'].includes(type.name) ? [] : [type.name]
    if (isEnumType(type)) return [...own, ...type.getValues().filter(v => !v.description).map(v => `${type.name}.${v.name}`)]
    if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) return own
    return [...own, ...Object.values(type.getFields()).flatMap(f => [
      ...(f.description ? [] : [`${type.name}.${f.name}`]), ...('args' in f ? (f.args as readonly GraphQLArgument[]).filter(a => !a.description).map(a => `${type.name}.${f.name}(${a.name})`) : []),
    ])]
  })
  expect(bare).toEqual([])
})

describe('what does not fit is refused, all of it at once', () => {
  const { unit, position, transition } = SMALL_NOUNS
  const build = (...nouns: Noun[]) => () => smallReadable(nouns, [])

  test.each<[string, () => unknown, string[]]>([
    ['a field that nobody answers', build({ ...unit, columns: { id: { kind: 'id' }, code: unit.columns.code, kind: unit.columns.kind } }), ['Unit.depth: nobody answers it', 'Unit.validTo: nobody answers it']],
    ['a column without a field', build({ ...unit, columns: { ...unit.columns, nameZh: { kind: 'plain', type: 'text' } } }), ['Unit.nameZh: declared as a column, but Unit has no such field']],
    ['another type', build({ ...unit, columns: { ...unit.columns, depth: { kind: 'plain', type: 'text' } } }), ['Unit.depth: the column asks for a text, the field is Int']],
    ['another nullability', build({ ...unit, columns: { ...unit.columns, code: { kind: 'plain', type: 'text', nullable: true } } }), ['Unit.code: the column is nullable, the field is not']],
    ['an unknown enum', build({ ...unit, filters: { kind: { type: 'enum', enum: 'Nothing' } } }), ['Unit, filter kind: there is no enum Nothing']],
    ['a field that is answered twice', () => buildReadableSchema({ base: smallBase(), nouns: Object.values(SMALL_NOUNS), edges: [], written: () => true }), ['Unit.code: answered by a resolver and by its column']],
    ['a noun twice, a prefix twice', build(unit, position, transition, { ...unit, prefix: 'pos' }), ['declared twice: Unit', 'prefixes used twice: pos']],
    ['an edge to nowhere', build(unit, position), ['Position.transitions: it leads to Transition, which is not declared']],
    ['an edge on nothing', () => smallReadable(Object.values(SMALL_NOUNS), [{ ...SMALL_EDGES[0]!, on: 'Nobody' }]), ['Nobody.positions: there is no noun Nobody to put it on']],
    ['an edge twice', () => smallReadable(Object.values(SMALL_NOUNS), [...SMALL_EDGES, SMALL_EDGES[0]!]), ['Unit.positions: declared twice']],
    ['an edge where a field is', () => smallReadable(Object.values(SMALL_NOUNS), [{ ...SMALL_EDGES[0]!, field: 'computed' }]), ['Unit.computed: both a field of the type and an edge']],
    ['a list without bound', () => smallReadable(Object.values(SMALL_NOUNS), [{ ...SMALL_EDGES[2]!, edge: { card: 'list', to: 'Position', by: 'unit_id', order: 'code', max: 101, description: 'x' } }]), ['Unit.firstPositions: max must be 1 to 100']],
    ['an unknown default order', build({ ...unit, defaultOrder: [{ field: 'NAME', direction: 'ASC' }] }), ['Unit: the default order names NAME']],
    ['within without units', build({ ...unit, scope: { by: 'public' } }), ['Unit: the filter unit says within, but id is not the unit that its rows belong to']],
    ['what tells a masked value', build({ ...unit, columns: { ...unit.columns, code: { kind: 'masked', clearFor: [] } } }), ['Unit: the filter code would tell what the mask of code hides', 'Unit: the order CODE would tell what the mask of code hides']],
    ['commands without a unit', build(unit, transition, { ...position, scope: { by: 'public' } }), ['Position.allowedCommands: commands need the unit that the row belongs to']],
  ])('%s', (_, make, problems) => {
    expect(make).toThrow(problems[0])
    for (const problem of problems) expect(make).toThrow(problem)
  })

  test('an enum whose values are kept as something else', () => {
    const base = smallBase()
    const kind = base.getType('Kind')
    if (isEnumType(kind)) kind.getValues()[0]!.value = 1
    expect(() => smallReadable(Object.values(SMALL_NOUNS), SMALL_EDGES, base)).toThrow('Unit.kind: Kind.ONE is kept as another value')
  })
})
