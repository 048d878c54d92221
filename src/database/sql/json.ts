import type { Value } from './columns'
import { literal } from './statement'

/**
 * JSON text put together from pieces: constants of ours, and SQL expressions that yield JSON text. Concatenation is the fastest way
 * PostgreSQL has (json_build_object takes half as long again), and it has no limit on the length of a key. The price: a NULL anywhere makes the whole
 * text NULL. Expressions therefore never yield NULL: columns declared NOT NULL are checked against the catalog at start.
 */
export type Piece = { readonly constant: string } | { readonly sql: string }
export type Json = readonly Piece[]

export const constant = (text: string): Json => [{ constant: text }]
export const expression = (sql: string): Json => [{ sql }]

/** The SQL expression of the whole text. */
export function textOf(json: Json): string {
  const parts: string[] = []
  let text = ''
  const flush = (): void => {
    if (text) parts.push(literal(text))
    text = ''
  }
  for (const piece of json) {
    if ('constant' in piece) text += piece.constant
    else {
      flush()
      parts.push(piece.sql)
    }
  }
  flush()
  return parts.join(' || ') || `''`
}

export const object = (fields: readonly (readonly [key: string, value: Json])[]): Json =>
  [{ constant: '{' }, ...fields.flatMap(([key, value], i) => [{ constant: `${i ? ',' : ''}${JSON.stringify(key)}:` }, ...value]), { constant: '}' }]

/** A list with one element for each row of `rows` (FROM …, in order). */
export const list = (element: Json, rows: string): Json =>
  [{ constant: '[' }, { sql: `coalesce((SELECT string_agg(r.j, ',') FROM (SELECT ${textOf(element)} AS j ${rows}) r), '')` }, { constant: ']' }]

/** The JSON of a subquery's one row, or null. */
export const orNull = (query: string): Json => expression(`coalesce((${query}), 'null')`)

export function jsonOf({ sql, notation, nullable, prefix = '' }: Value): Json {
  if (notation === 'quoted' && !nullable) return [{ constant: `"${prefix}` }, { sql: `(${sql})` }, { constant: '"' }]
  const text = notation === 'quoted' ? `${literal(`"${prefix}`)} || ${sql} || '"'` : notation === 'raw' ? `(${sql})::text` : `to_json(${sql})::text`
  return expression(nullable ? `coalesce(${text}, 'null')` : text)
}
