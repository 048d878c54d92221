import { isObjectType, type GraphQLSchema } from 'graphql'
import { snake, type Noun } from '../../core/reads'

/** A description in SDL: GraphQL's escapes are those of JSON. */
export const quoted = (text: string): string => JSON.stringify(text)

export const camel = (name: string): string => name.toLowerCase().replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase())
const words = (name: string): string => snake(name).replaceAll('_', ' ')

const CHINESE = /（([^（）]*)）[.。]?\s*$/
/** The Chinese term at the end of a type's description: generated types are described with it. */
export const termOf = (base: GraphQLSchema, type: string): string => CHINESE.exec(base.getType(type)?.description ?? '')?.[1] ?? ''

/** A filter, order or key is described by what stands on the same column: a field, a part of a field, or the edge that starts from it. */
export function describe(base: GraphQLSchema, noun: Noun, name: string, column: string): string {
  // The column of pinyin orders what people read in the column of characters.
  const at = column.replace(/_pinyin$/, '_zh')
  const edge = Object.values(noun.edges).find(e => 'key' in e && e.key === column)
  return columnDescription(base, noun.type, noun.columns, at) ?? edge?.description ?? (column === 'id' ? `The ${words(noun.type).trim()} itself（${termOf(base, noun.type)}）.` : `By ${words(name)}.`)
}

function columnDescription(base: GraphQLSchema, typeName: string, columns: Noun['columns'], column: string): string | null | undefined {
  const type = base.getType(typeName)
  const fields = isObjectType(type) ? type.getFields() : {}
  for (const [field, c] of Object.entries(columns)) {
    if (c.kind === 'group') {
      const part = columnDescription(base, c.of, c.fields, column)
      if (part) return part
    } else if (c.kind !== 'id' && (('sql' in c && c.sql) || snake(field)) === column) return fields[field]?.description
  }
  return undefined
}
