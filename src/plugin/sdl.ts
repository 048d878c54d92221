import { GraphQLObjectType, printType, type GraphQLFieldConfigMap, type GraphQLNamedType, type GraphQLSchema } from 'graphql'
import { isCommandOf, isFieldOf, isTypeOf } from './names'

/**
 * The part of a schema that a plugin brings: its own types, and its fields on types of the core as `extend type`.
 * Names tell whose is whose; that they do is checked before. `others`: names of plugins loaded with it, whose longer prefix wins.
 */
export function partOf(schema: GraphQLSchema, plugin: string, others: readonly string[]): string | null {
  // Where two names fit (health, health-care), the longer one is meant.
  const longer = others.filter(o => o.length > plugin.length)
  const mine = (name: string, is: (name: string, plugin: string) => boolean): boolean => is(name, plugin) && !longer.some(o => is(name, o))
  const types = Object.values(schema.getTypeMap()).filter(t => !t.name.startsWith('__')).sort((a, b) => (a.name < b.name ? -1 : 1))
  const own = types.filter(t => mine(t.name, isTypeOf)).map(t => printType(t))
  const extensions = types.filter(t => !mine(t.name, isTypeOf)).flatMap(t => extensionOf(t, field => mine(field, t === schema.getMutationType() ? isCommandOf : isFieldOf)))
  const parts = [...own, ...extensions]
  return parts.length ? parts.join('\n\n') + '\n' : null
}

function extensionOf(type: GraphQLNamedType, isMine: (field: string) => boolean): string[] {
  if (!(type instanceof GraphQLObjectType)) return []
  const config = type.toConfig()
  const fields: GraphQLFieldConfigMap<unknown, unknown> = Object.fromEntries(Object.entries(config.fields).filter(([name]) => isMine(name)).sort(([a], [b]) => (a < b ? -1 : 1)))
  if (!Object.keys(fields).length) return []
  return [printType(new GraphQLObjectType({ name: type.name, fields })).replace(/^type /, 'extend type ')]
}

