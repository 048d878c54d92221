import type { Database } from '../database/database'
import type { StoredRow, Transaction } from '../database/transaction'
import { schemaOf } from '../sdk/migration'
import type { Claim } from './descriptor'
import type { PluginProblem } from './problem'
import type { PluginState } from './states'

export interface PluginRow extends StoredRow {
  code: string; title_zh: string; title_en: string; version: string; core_range: string; tier: number; source: 'FOLDER' | 'PACKAGE'
  state: PluginState; since: string; phase: string | null; reason: string | null; problems: PluginProblem[]; claims: Claim[]; sdl: string | null
  catalog_version: string | null; leftovers: Leftover[]
}
/** Rows that a plugin's table holds while no code serves them. */
export interface Leftover { table: string; rows: number }

const ALL = 'SELECT * FROM plugin ORDER BY code'
export const allPlugins = (db: Database): Promise<PluginRow[]> => db.rows<PluginRow>(ALL)
export const lockPlugins = (tx: Transaction): Promise<PluginRow[]> => tx.rows<PluginRow>(`${ALL} FOR UPDATE`)

/** The tables of a plugin, without their histories, and how many rows each holds. */
export async function leftoversOf(db: Database, plugin: string): Promise<Leftover[]> {
  const tables = await db.rows<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT starts_with(reverse(c.relname), reverse('_history')) ORDER BY 1`, [schemaOf(plugin)])
  const counts: Leftover[] = []
  for (const { name } of tables) {
    // The name comes from PostgreSQL's own catalog; quoted, it can only be a table of that schema.
    const [row] = await db.rows<{ rows: string }>(`SELECT count(*)::text AS rows FROM ${schemaOf(plugin)}."${name.replaceAll('"', '""')}"`)
    counts.push({ table: `${schemaOf(plugin)}.${name}`, rows: Number(row!.rows) })
  }
  return counts
}
