import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isScalarType, isSpecifiedScalarType, type GraphQLSchema } from 'graphql'
import { labelledLists } from '../../../src/domain/labels'
import { buildSchema } from '../../../src/modules'

describe('the schema is its own glossary', () => {
  let schema: GraphQLSchema
  beforeAll(() => { schema = buildSchema([]) })

  const described = (): [string, string | null | undefined][] => Object.values(schema.getTypeMap()).filter(t => !t.name.startsWith('__') && !(isScalarType(t) && isSpecifiedScalarType(t))).flatMap(type => [
    [type.name, type.description] as [string, string | null | undefined],
    ...(isEnumType(type) ? type.getValues().map(v => [`${type.name}.${v.name}`, v.description] as [string, string | null | undefined]) : []),
    ...(isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()).flatMap(f => [
      [`${type.name}.${f.name}`, f.description] as [string, string | null | undefined],
      // `input` is described by its type.
      ...f.args.filter(a => a.name !== 'input').map(a => [`${type.name}.${f.name}(${a.name})`, a.description] as [string, string | null | undefined]),
    ]) : []),
    ...(isInputObjectType(type) ? Object.values(type.getFields()).map(f => [`${type.name}.${f.name}`, f.description] as [string, string | null | undefined]) : []),
  ])

  test('everything is described', () => {
    expect(described().filter(([, d]) => !d?.trim()).map(([name]) => name)).toEqual([])
  })

  test('every description holds the Chinese term', () => {
    expect(described().filter(([, d]) => d && !/\p{Script=Han}/u.test(d)).map(([name]) => name)).toEqual([])
  })

  test('every enum that people choose from has labels in both languages, for exactly its values', () => {
    const lists = new Map(labelledLists().map(l => [l.name, l]))
    const enums = Object.values(schema.getTypeMap()).filter(isEnumType).filter(t => !t.name.startsWith('__') && !t.name.endsWith('OrderField'))
    expect(enums.filter(e => !lists.has(e.name)).map(e => e.name)).toEqual([])
    for (const e of enums) {
      const { values } = lists.get(e.name)!
      expect([e.name, Object.keys(values).sort()]).toEqual([e.name, e.getValues().map(v => v.name).sort()])
      for (const [value, label] of Object.entries(values)) expect([e.name, value, /\p{Script=Han}/u.test(label.zh), label.en.length > 0]).toEqual([e.name, value, true, true])
    }
  })

  test('commands take one input and are called verb first; what a permission may close is nullable', () => {
    const mutations = Object.values(schema.getMutationType()!.getFields())
    expect(mutations.filter(m => m.args.length !== 1 || m.args[0]!.name !== 'input').map(m => m.name)).toEqual([])
    expect(mutations.filter(m => /^(update|set[A-Z]\w*State|delete)/.test(m.name)).map(m => m.name)).toEqual([])
    const roots = new Set(['Query', 'Mutation'])
    const closed = Object.values(schema.getTypeMap()).filter(isObjectType).filter(t => !roots.has(t.name)).flatMap(t => Object.values(t.getFields())
      .filter(f => f.extensions['permission'] !== undefined && String(f.type).endsWith('!')).map(f => `${t.name}.${f.name}`))
    expect(closed).toEqual([])
  })
})
