import { getNamedType, type GraphQLSchema } from 'graphql'
import { PAGE_MAX, type NounModel } from '../../database/sql'
import { pageArguments } from './noun-sdl'
import { camel, describe, quoted, termOf } from './terms'

/** A root field of a noun: on Query, or on the type behind a plugin's namespace field. */
export interface RootField {
  readonly model: NounModel
  readonly on: string
  readonly field: string
  readonly kind: 'one' | 'many' | 'byKey'
  /** byKey: the column, and the argument with its value. */
  readonly column: string
  readonly argument: string
}

export function rootFields(models: readonly NounModel[], base: GraphQLSchema): RootField[] {
  return models.flatMap(model => {
    const { one, many, byKey = {}, namespace } = model.noun.root ?? {}
    const on = namespace ? namespaceType(base, namespace) : 'Query'
    const root = (field: string, kind: RootField['kind'], column = ''): RootField => ({ model, on, field, kind, column, argument: camel(column) })
    return [
      ...(one ? [root(one, 'one')] : []), ...(many ? [root(many, 'many')] : []),
      ...Object.entries(byKey).map(([field, column]) => root(field, 'byKey', column)),
    ]
  })
}

/** Namespace fields that nobody has written by hand. */
export const madeNamespaces = (models: readonly NounModel[], base: GraphQLSchema): string[] =>
  [...new Set(models.flatMap(m => m.noun.root?.namespace ?? []))].filter(n => !base.getQueryType()?.getFields()[n]).sort()

function namespaceType(base: GraphQLSchema, namespace: string): string {
  const written = base.getQueryType()?.getFields()[namespace]
  return written ? getNamedType(written.type).name : `${namespace[0]!.toUpperCase()}${namespace.slice(1)}Query`
}

export function rootSdl(models: readonly NounModel[], base: GraphQLSchema): string[] {
  const made = madeNamespaces(models, base)
  const fields = rootFields(models, base)
  const types = [...new Set(fields.map(f => f.on))]
  const newTypes = new Set(made.map(n => namespaceType(base, n)))
  return [
    ...types.map(type => {
      const head = newTypes.has(type) ? `"What a plugin lets read（插件查询入口）." type` : 'extend type'
      return `${head} ${type} { ${fields.filter(f => f.on === type).map(f => rootField(f, base)).join(' ')} }`
    }),
    ...made.map(n => `extend type Query { ${quoted(`What the plugin behind ${n} lets read（插件查询入口）.`)} ${n}: ${namespaceType(base, n)}! }`),
    ...(base.getType('Node') ? [NODE_FIELDS] : []),
  ]
}

function rootField({ model, field, kind, column, argument }: RootField, base: GraphQLSchema): string {
  const { noun } = model
  const term = termOf(base, noun.type)
  switch (kind) {
    case 'many': return `${quoted(noun.root!.manyDescription ?? `List of ${noun.type}（${term}列表）.`)} ${field}${pageArguments(model, PAGE_MAX)}: ${noun.type}Connection!`
    case 'one': return `${quoted(noun.root!.oneDescription ?? `One ${noun.type} by id（${term}）.`)} ${field}("Its global id（标识）." id: ID!): ${noun.type}`
    case 'byKey': return `${quoted(`One ${noun.type} by its ${argument}; null when there is none or the viewer may not see it（${term}）.`)}
      ${field}(${quoted(describe(base, noun, argument, column))} ${argument}: String!): ${noun.type}`
  }
}

const NODE_FIELDS = `extend type Query {
  "Any object by its global id; null when there is none or the viewer may not see it（按标识查询任意对象）."
  node("Its global id（标识）." id: ID!): Node
  "Many objects by their global ids, 100 at most; in the order asked, null in the place of each that is not found（按标识批量查询）."
  nodes("Their global ids（标识列表）." ids: [ID!]!): [Node]!
}`
