import { v7, validate } from 'uuid'

/** Row ids are UUIDv7: made anywhere without coordination, in order of time, so that indexes grow at one end. */
export const newId = (): string => v7()

/** The id clients see: the noun's prefix and the row id, `rp_0198…`. Opaque by contract, readable in a log. */
export const globalId = (prefix: string, rowId: string): string => `${prefix}_${rowId}`

/** The row id inside a global id of the noun with this prefix; null for anything else. */
export function rowIdOf(prefix: string, id: unknown): string | null {
  if (typeof id !== 'string' || id.length !== prefix.length + 37 || !id.startsWith(prefix + '_')) return null
  const rowId = id.slice(prefix.length + 1)
  return validate(rowId) ? rowId : null
}

/** The prefix of a global id, or null when the text cannot be one. */
export function prefixOf(id: unknown): string | null {
  if (typeof id !== 'string') return null
  const cut = id.length - 37
  return cut > 0 && id[cut] === '_' && validate(id.slice(cut + 1)) ? id.slice(0, cut) : null
}
