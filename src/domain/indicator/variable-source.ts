import type { Period } from '../../core/period'
import type { Database } from '../../database/database'

/** Which units: these, or all in a subtree. */
export type UnitsAsked = { ids: readonly string[] } | { within: string }

/** Counts COMPUTED variables in a register of the plugin that declares them. Units without rows are missing from the answer: 0. */
export interface VariableSource {
  readonly variables: readonly string[]
  /** Decimal text by unit (row id) and variable. */
  figures(units: UnitsAsked, period: Period, variables: readonly string[]): Promise<Map<string, Record<string, string>>>
}

const sources = new WeakMap<Database, Map<string, VariableSource>>()

/** The sources of the plugins that run on this database, by plugin name. The host fills it. */
export function variableSources(db: Database): Map<string, VariableSource> {
  let known = sources.get(db)
  if (!known) sources.set(db, (known = new Map()))
  return known
}
