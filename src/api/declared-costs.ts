import { getNamedType, isCompositeType, isInterfaceType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { readOf, type Field } from './reading/fields'

/** A transaction with its audit; a count over a list's rows; the count of one edge, batched; a value worked out in code. */
const COMMAND = 10
const TOTAL = 10
const EDGE_COUNT = 2
const COMPUTED = 1

interface Extensions { readonly cost?: number }
export const declaredCost = (field: { readonly extensions: unknown }): number | undefined => (field.extensions as Extensions).cost

/**
 * Puts on each field what it costs, where that is not what its type says: nothing for a stored value, one for an object. Resolvers declare
 * their own with `@Extensions({ cost })`; the rest follows from what a field is. Clients read it in the field's description.
 */
export function declareCosts(schema: GraphQLSchema, written: (type: string, field: string) => boolean): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue
    for (const field of Object.values(type.getFields())) {
      const cost = declaredCost(field) ?? (isObjectType(type) ? costOf(schema, type, field, written) : undefined)
      if (cost === undefined) continue
      field.extensions = { ...field.extensions, cost }
      field.description = `${field.description ?? ''} Costs ${cost}.`.trim()
    }
  }
}

function costOf(schema: GraphQLSchema, type: GraphQLObjectType, field: Field, written: (type: string, field: string) => boolean): number | undefined {
  if (type === schema.getMutationType()) return COMMAND
  if (type === schema.getQueryType()) return undefined
  if (field.name === 'totalCount' && type.name.endsWith('Connection')) return TOTAL
  const read = readOf(field)
  if (read?.is === 'reach' && read.reach.card === 'count') return EDGE_COUNT
  return written(type.name, field.name) && !isCompositeType(getNamedType(field.type)) ? COMPUTED : undefined
}
