import { notFound } from '../core/errors'
import { rowIdOf } from '../core/ids'

/** The row id inside a global id of an input; an id of another kind is an object that is not there. */
export function ref(prefix: string, id: string, path: string): string {
  const rowId = rowIdOf(prefix, id)
  if (rowId === null) throw notFound(path)
  return rowId
}

export const optionalRef = (prefix: string, id: string | null | undefined, path: string): string | null => (id == null ? null : ref(prefix, id, path))

export const refs = (prefix: string, ids: readonly string[], path: string): string[] => ids.map((id, i) => ref(prefix, id, `${path}.${i}`))
