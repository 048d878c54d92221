import type { Actor } from '../core/actor'

/**
 * A `text[]` column of a row with the actor in it: everybody who ever gave a command on it, for as long as the row lives, because what they
 * did may still stand in it. State tables ask there whom to keep from deciding (`didBy`, INV-24).
 */
export function remembered<C extends string>(row: Readonly<Record<string, unknown>>, column: C, actor: Actor): Record<C, string[]> {
  const before = row[column] as string[]
  return { [column]: before.includes(actor.ref) ? before : [...before, actor.ref] } as Record<C, string[]>
}
