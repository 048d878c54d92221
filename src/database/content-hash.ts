import { hash } from 'node:crypto'

/** What stands beside every hash that is kept, so that another algorithm can follow. */
export const HASH_ALGORITHM = 'SHA-256'

/** SHA-256 of a value as canonical JSON. */
export const hashOf = (value: unknown): string => hash('sha256', canonical(value), 'hex')
/** JSON with sorted keys: equal contents give equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => v && typeof v === 'object' && !Array.isArray(v)
    ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v)
}
