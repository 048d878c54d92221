import { buildSchema as fromSdl, type GraphQLObjectType } from 'graphql'
import { Field, ObjectType, Query, Resolver } from 'type-graphql'
import { gatherPermissions, guardEdges } from '../../../src/api/permissions'
import { buildSchema } from '../../../src/api'
import { noun, type Noun } from '../../../src/core/reads'
import { coreModules } from '../../../src/domain'
import type { DomainModule } from '../../../src/domain/module'

const moduleOf = (o: Partial<DomainModule>): DomainModule => ({ name: 'test', entities: [], types: [], resolvers: [], create: () => [], reads: [], edges: [], permissions: {}, ...o })

describe('deny by default', () => {
  const sdl = 'type Query { a: Int b: Int ns: Ns } type Ns { c: Int d: Int } type Mutation { m: Int } type Subscription { s: Int } type Thing { x: Int }'

  test('every root, namespace and subscription field without a permission is named at once', () => {
    const modules = [moduleOf({ permissions: { Query: { a: 'public', ns: 'public' }, Ns: { c: 'authenticated' } }, namespaces: ['ns'] })]
    let message = ''
    try {
      gatherPermissions(fromSdl(sdl), modules)
    } catch (error) {
      message = (error as Error).message
    }
    for (const field of ['Query.b', 'Ns.d', 'Mutation.m', 'Subscription.s']) expect(message).toContain(`${field}: no permission is declared`)
    for (const field of ['Query.a', 'Ns.c', 'Thing.x']) expect(message).not.toContain(`${field}:`)
  })

  test('a permission without a field and one declared twice are refused', () => {
    const all = { Query: { a: 'public', b: 'public', ns: 'public' }, Mutation: { m: ['AUDITOR'] }, Subscription: { s: ['AUDITOR'] } } as const
    expect(() => gatherPermissions(fromSdl(sdl), [moduleOf({ permissions: { ...all, Thing: { gone: 'public' } } })])).toThrow('Thing.gone: test declares a permission, but there is no such field')
    expect(() => gatherPermissions(fromSdl(sdl), [moduleOf({ permissions: all }), moduleOf({ name: 'other', permissions: { Query: { a: ['AUDITOR'] } } })])).toThrow('Query.a: its permission is declared twice (other)')
  })

  test('each permission stands on its field, for the planner', () => {
    const schema = fromSdl('type Query { a: Int }')
    gatherPermissions(schema, [moduleOf({ permissions: { Query: { a: ['AUDITOR'] } } })])
    expect(schema.getQueryType()!.getFields()['a']!.extensions['permission']).toEqual(['AUDITOR'])
  })

  test('a server with an undeclared query does not start', () => {
    @ObjectType('UndeclaredThing') class Thing { @Field(() => String) x!: string }
    @Resolver() class Undeclared { @Query(() => Thing) undeclaredThing(): Thing { return { x: '1' } } }
    expect(() => buildSchema([...coreModules, moduleOf({ resolvers: [Undeclared], types: [Thing] })], null)).toThrow('Query.undeclaredThing: no permission is declared')
  })
})

describe('edges never open what the far noun closes', () => {
  const of = (type: string, permission: Noun['permission'], edges: Noun['edges'] = {}): Noun =>
    noun({ type, prefix: type, table: type, scope: { by: 'own' }, permission, columns: {}, edges, filters: {}, orders: {} })
  const edge = { card: 'connection' as const, by: 'x', description: '' }

  test.each([
    ['public', 'public', undefined], ['public', 'authenticated', 'authenticated'], ['authenticated', 'public', undefined], ['authenticated', ['AUDITOR'], ['AUDITOR']],
    [['AUDITOR'], 'authenticated', undefined], [['AUDITOR'], ['AUDITOR', 'SUPERVISOR'], undefined], [['AUDITOR', 'SUPERVISOR'], ['AUDITOR'], ['AUDITOR']],
  ] as [Noun['permission'], Noun['permission'], unknown][])('from %j to %j: rule %j', (near, far, rule) => {
    const { nouns } = guardEdges([of('A', near, { bs: { ...edge, to: 'B' } }), of('B', far)], [])
    expect(nouns[0]!.edges['bs']!.rule).toEqual(rule)
  })

  test('a child’s edge on a parent is guarded too, and a rule of its own stays', () => {
    const { edges } = guardEdges([of('A', 'authenticated'), of('B', ['AUDITOR'])], [
      { on: 'A', field: 'bs', edge: { ...edge, to: 'B' } }, { on: 'A', field: 'own', edge: { ...edge, to: 'B', rule: ['SUPERVISOR'] } },
    ])
    expect(edges.map(e => e.edge.rule)).toEqual([['AUDITOR'], ['SUPERVISOR']])
  })

  test('an interface promises no more than its weakest implementer', () => {
    const { schema } = buildSchema(coreModules, null)
    const type = (name: string) => String((schema.getType(name) as GraphQLObjectType).getFields()['transitions']!.type)
    expect([type('Stateful'), type('Unit'), type('Power')]).toEqual(['TransitionConnection', 'TransitionConnection', 'TransitionConnection!'])
  })
})
