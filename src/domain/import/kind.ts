import type { Role } from '../../core/actor'
import type { Origin } from '../../core/request'
import type { Database } from '../../database/database'
import type { ImportOptions, ImportProgress } from './run-import'

/** Who brings files through the API, at most: those whose commands write what files bring. */
export const IMPORTERS = ['PLATFORM_ADMIN', 'UNIT_EDITOR'] as const satisfies readonly Role[]
export type Importer = (typeof IMPORTERS)[number]

/** What an import did to its register. */
export interface ImportCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

/** An import that can be asked for by its name. */
export interface ImportKind {
  /** `units`; of a plugin `<plugin>.<import>`. */
  readonly name: string
  readonly title: { readonly zh: string; readonly en: string }
  /** Who sends such files through the API: those who may write the same rows by commands. Empty: the command line only. */
  readonly roles: readonly Importer[]
  /** Gives one command, whose answer is what it did; all of the file or nothing. */
  run(db: Database, origin: Origin, input: ImportInput): Promise<ImportCounts>
}
export interface ImportInput {
  readonly path: string
  /** Global id of the unit that the file was sent for: a plugin's rows belong to it. */
  readonly unitId?: string
  readonly onProgress?: (progress: ImportProgress) => void
}

type Run = (db: Database, origin: Origin, from: string, options: ImportOptions) => Promise<object>

/** An import of the core. */
export const importKind = (kind: Omit<ImportKind, 'run'>, run: Run): ImportKind => ({
  ...kind, run: async (db, origin, { path, onProgress }) => countsOf(await run(db, origin, path, { ...(onProgress && { onProgress }) })),
})

/** What an import's command answers: how many rows of each kind, or how many that are all new. */
export function countsOf(answer: unknown): ImportCounts {
  const { rows, added = rows, changed = 0, unchanged = 0 } = (answer ?? {}) as Partial<ImportCounts> & { rows?: number }
  if (added === undefined) throw new Error('The command of an import answers how many rows it added, changed and left as they were.')
  return { added, changed, unchanged }
}
