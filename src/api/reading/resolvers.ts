import { isInterfaceType, isObjectType, type GraphQLFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import type { RequestContext } from '../../core/request'
import { CURSOR, exceeded, type ReadModel, type Reach, type Row, type Args } from '../../database/sql'
import { fieldsOf, readOf, type Field } from './fields'
import { rowReader, type RowPage } from './reader'

type Resolver = GraphQLFieldResolver<unknown, RequestContext, Args>

/** Puts the generated resolvers on the schema. They are the reference: whatever the planner answers must be what they answer. */
export function bindResolvers(schema: GraphQLSchema, model: ReadModel): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType ??= row => (row as Row)['__typename'] as string
    if (isObjectType(type)) Object.values(fieldsOf(type)).forEach(bindField)
  }
  for (const { noun } of model.nouns.values()) {
    bindConnection(schema, noun.type)
    for (const column of Object.values(noun.columns)) if ('of' in column) bindParts(schema, column.of)
  }
  const { node, nodes } = fieldsOf(schema.getQueryType()!)
  if (node && nodes) bindNodes(node, nodes)
}

function bindField(field: Field): void {
  const read = readOf(field)
  if (!read) return
  // Rows hold every column under its field's name: graphql-js's own resolver finds it, faster than any other.
  if (read.is === 'column') delete field.resolve
  else field.resolve = read.is === 'namespace' ? () => ({}) : reachResolver(read.reach)
}

/** The object types inside a row's columns hold their values under the fields' names, too. */
function bindParts(schema: GraphQLSchema, type: string): void {
  for (const field of Object.values(fieldsOf(schema.getType(type) as GraphQLObjectType))) delete field.resolve
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

/** Any object by id, in the actor's scope. */
function bindNodes(node: Field, nodes: Field): void {
  node.resolve = (_, { id }, context) => context.read.node(id as string)
  nodes.resolve = (_, { ids }, context) => {
    const asked = ids as readonly string[]
    if (asked.length > NODES_MAX) throw exceeded('ids', 'ids', asked.length, NODES_MAX)
    return Promise.all(asked.map(id => context.read.node(id)))
  }
}
