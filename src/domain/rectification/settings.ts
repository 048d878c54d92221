import type { Database } from '../../database/database'

/** How often the date of one task may be moved, unless configured. */
const DEFAULT = 2
const configured = new WeakMap<Database, number>()

/** Said once, when the product starts on a database. */
export const useMostExtensions = (db: Database, most: number): void => void configured.set(db, most)
export const mostExtensions = (db: Database): number => configured.get(db) ?? DEFAULT
