import { isInterfaceType, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import { prefixOf, rowIdOf } from '../../core/ids'
import { permits } from '../../core/permission'
import type { RequestContext } from '../../core/request'
import { CURSOR, exceeded, type ReadModel, type Reach, type Row, type Args } from '../../database/sql'
import { fieldsOf, readOf, type Field } from './fields'
import { rowReader, type RowPage } from './reader'

type Resolver = GraphQLFieldResolver<unknown, RequestContext, Args>

/**
 * Puts the generated resolvers on the schema. They are the reference: whatever the planner answers must be what they answer.
 * Fields that are neither declared nor hand-written read the property of their name.
 */
export function bindResolvers(schema: GraphQLSchema, model: ReadModel, written: (type: string, field: string) => boolean): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType ??= row => (row as Row)['__typename'] as string
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const [name, field] of Object.entries(fieldsOf(type))) {
      const resolve = resolverOf(field)
      if (resolve) field.resolve = resolve
      else if (!roots.includes(type) && !written(type.name, name)) delete field.resolve
    }
  }
  for (const noun of model.nouns.values()) bindConnection(schema, noun.noun.type)
  const { node, nodes } = fieldsOf(schema.getQueryType()!)
  if (node && nodes) bindNodes(model, node, nodes)
}

function resolverOf(field: Field): Resolver | null {
  const read = readOf(field)
  if (!read || read.is === 'column') return null
  if (read.is === 'namespace') return () => ({})
  return reachResolver(read.reach)
}

function reachResolver(reach: Reach): Resolver {
  const root = !nearOf(reach)
  switch (reach.card) {
    case 'connection': return (near, args, context, info) => rowReader(context).page({ reach, args, near: root ? null : (near as Row), at: info.fieldNodes[0]! })
    case 'count': return (near, args, context, info) => rowReader(context).count({ reach, args, near: near as Row, at: info.fieldNodes[0]! })
    default: return (near, args, context, info) => rowReader(context).rows({ reach, args, near: root ? null : (near as Row), at: info.fieldNodes[0]! })
  }
}

const nearOf = ({ relation }: Reach): boolean => !['all', 'id', 'column'].includes(relation.kind)

function bindConnection(schema: GraphQLSchema, type: string): void {
  const connection = schema.getType(`${type}Connection`)
  const edge = schema.getType(`${type}Edge`)
  if (!isObjectType(connection) || !isObjectType(edge)) return
  fieldsOf(connection)['edges']!.resolve = page => (page as RowPage).nodes
  fieldsOf(edge)['cursor']!.resolve = row => (row as Row)[CURSOR]
  fieldsOf(edge)['node']!.resolve = row => row
}

const NODES_MAX = 100

/** Any object by id: of a noun whose rows the actor may ask for, in the actor's scope; null for everything else. */
function bindNodes(model: ReadModel, node: Field, nodes: Field): void {
  const find = async (ids: readonly string[], context: RequestContext): Promise<(object | null)[]> => Promise.all(ids.map(id => {
    const noun = model.ofPrefix(prefixOf(id) ?? '')
    const rowId = noun && permits(noun.noun.permission, context.actor) ? rowIdOf(noun.noun.prefix, id) : null
    return noun && rowId ? context.read.one(noun.noun.type, rowId) : null
  }))
  node.resolve = async (_, { id }, context) => (await find([id as string], context))[0]
  nodes.resolve = (_, { ids }, context) => {
    const asked = ids as readonly string[]
    if (asked.length > NODES_MAX) throw exceeded('ids', 'ids', asked.length, NODES_MAX)
    return find(asked, context)
  }
}
