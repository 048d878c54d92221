import { assertValidSchema, extendSchema, GraphQLObjectType, GraphQLSchema, isInputObjectType, parse } from 'graphql'
import type { Noun, NounEdge } from '../../core/reads'
import { ReadModel, reach, type NounModel } from '../../database/sql'
import { DateTime, Decimal, Json, LocalDate } from '../../domain/scalars'
import { checkTypes } from './check'
import { declareRead, fieldsOf } from './fields'
import { bindResolvers } from './resolvers'
import { madeNamespaces, rootFields } from './root-sdl'
import { readableSdl } from './sdl'

export interface ReadableSource {
  /** The hand-written part: nouns' types with their scalar fields, commands, enums, the interfaces. */
  readonly base: GraphQLSchema
  readonly nouns: readonly Noun[]
  readonly edges: readonly NounEdge[]
  /** Does this field have a hand-written resolver? */
  readonly written: (type: string, field: string) => boolean
}
export interface ReadableSchema {
  readonly schema: GraphQLSchema
  readonly model: ReadModel
}

/**
 * The schema with everything that follows from the read declarations: root fields, edges, connections, filters, orders, and their
 * resolvers. Nothing here touches the database. Throws one error with everything that does not fit.
 */
export function buildReadableSchema({ base, nouns, edges, written }: ReadableSource): ReadableSchema {
  const model = new ReadModel(nouns, edges)
  const ready = withNeeded(base)
  checkTypes(ready, model, written)
  const schema = extendSchema(ready, parse(readableSdl(model, ready), { noLocation: true }))
  for (const noun of model.nouns.values()) declareNoun(schema, noun)
  declareRoots(schema, ready, [...model.nouns.values()])
  declareFilters(schema)
  assertValidSchema(schema)
  bindResolvers(schema, model)
  return { schema, model }
}

/** What the generated part names must be there even when no hand-written type names it. */
function withNeeded(base: GraphQLSchema): GraphQLSchema {
  const config = base.toConfig()
  const missing = [DateTime, LocalDate, Decimal, Json].filter(scalar => !base.getType(scalar.name))
  if (!missing.length && config.query) return base
  const query = config.query ?? new GraphQLObjectType({ name: 'Query', description: 'Everything that can be read（查询入口）.', fields: {} })
  return new GraphQLSchema({ ...config, query, types: [...config.types, ...missing], assumeValid: true })
}

function declareNoun(schema: GraphQLSchema, model: NounModel): void {
  const fields = fieldsOf(schema.getType(model.noun.type) as GraphQLObjectType)
  for (const [name, column] of Object.entries(model.noun.columns)) declareRead(fields[name]!, { is: 'column', noun: model, column })
  for (const [name, { edge, reach }] of model.edges) declareRead(fields[name]!, { is: 'reach', reach }, edge.rule)
}

function declareRoots(schema: GraphQLSchema, base: GraphQLSchema, models: readonly NounModel[]): void {
  for (const { model, on, field, kind, column, argument } of rootFields(models, base)) {
    const name = `${on}.${field}`
    const read = kind === 'many' ? reach(name, 'connection', model, { kind: 'all' })
      : reach(name, 'one', model, kind === 'one' ? { kind: 'id' } : { kind: 'column', column, argument })
    declareRead(fieldsOf(schema.getType(on) as GraphQLObjectType)[field]!, { is: 'reach', reach: read }, model.noun.permission)
  }
  const query = fieldsOf(schema.getQueryType()!)
  for (const namespace of madeNamespaces(models, base)) declareRead(query[namespace]!, { is: 'namespace' }, 'public')
}

/** Hand-written queries that say whose filter they take (`filterOf`) get the argument `filter` of that noun's lists. */
function declareFilters(schema: GraphQLSchema): void {
  for (const field of Object.values(fieldsOf(schema.getQueryType()!))) {
    const { filterOf } = field.extensions as { filterOf?: string }
    if (filterOf === undefined) continue
    const type = schema.getType(`${filterOf}Filter`)
    if (!isInputObjectType(type)) throw new Error(`${field.name}: there is no filter of ${filterOf}`)
    const filter = { name: 'filter', description: 'Only rows for which this holds（筛选）.', type, defaultValue: undefined, deprecationReason: undefined, extensions: {}, astNode: undefined }
    field.args = [filter, ...field.args]
  }
}
