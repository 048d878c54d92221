import type { Database } from '../../database/database'
import type { ImportKind } from '../import'

const kinds = new WeakMap<Database, ReadonlyMap<string, ImportKind>>()

/** What can be imported through the API on this database: of the core, and of the plugins that run. */
export function useImports(db: Database, all: readonly ImportKind[]): void {
  kinds.set(db, new Map(all.filter(k => k.roles.length).map(k => [k.name, k])))
}

const NONE: ReadonlyMap<string, ImportKind> = new Map()
export const importKinds = (db: Database): ReadonlyMap<string, ImportKind> => kinds.get(db) ?? NONE
