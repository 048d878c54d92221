import { isObjectType, type GraphQLSchema } from 'graphql'
import { snake, type Noun } from '../../core/reads'

/** A description in SDL: GraphQL's escapes are those of JSON. */
export const quoted = (text: string): string => JSON.stringify(text)

export const camel = (name: string): string => name.toLowerCase().replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase())
const words = (name: string): string => snake(name).replaceAll('_', ' ')

const CHINESE = /（([^（）]*)）[.。]?\s*$/
/** The Chinese term at the end of a type's description: generated types are described with it. */
export const termOf = (base: GraphQLSchema, type: string): string => CHINESE.exec(base.getType(type)?.description ?? '')?.[1] ?? ''

/** A filter, order or key is described by what stands on the same column: a field, or the edge that starts from it. */
export function describe(base: GraphQLSchema, noun: Noun, name: string, column: string): string {
  const type = base.getType(noun.type)
  const fields = isObjectType(type) ? type.getFields() : {}
  const field = Object.entries(noun.columns).find(([f, c]) => c.kind !== 'id' && (('sql' in c && c.sql) || snake(f)) === column)?.[0]
  const edge = Object.values(noun.edges).find(e => 'key' in e && e.key === column)
  return (field && fields[field]?.description) ?? edge?.description ?? (column === 'id' ? `The ${words(noun.type).trim()} itself（${termOf(base, noun.type)}）.` : `By ${words(name)}.`)
}
