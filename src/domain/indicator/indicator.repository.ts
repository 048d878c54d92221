import type { Database } from '../../database/database'
import type { StoredRow, Transaction } from '../../database/transaction'
import { FACTS, type Audience, type UnitFacts } from './audience'
import type { IndicatorAggregation } from './indicator.types'
import type { UnitsAsked } from './variable-source'

export interface DefinitionRow extends StoredRow {
  plugin_code: string; code: string; version: number; content_hash: string; state: string
  numerator: string; denominator: string | null; multiplier: string; decimals: number; aggregation: IndicatorAggregation; min_denominator: string
  period_kinds: string[]; variables: { code: string; source: 'REPORTED' | 'COMPUTED' }[]; audiences: Audience[]
}
export interface FactsRow extends UnitFacts { id: string; path: string }
export interface FigureRow extends StoredRow { unit_id: string; plugin_code: string; variable: string; period: string; value: string }

export const currentDefinitions = (db: Database, codes: readonly string[]): Promise<DefinitionRow[]> =>
  db.rows<DefinitionRow>(`SELECT * FROM indicator_definition WHERE code = ANY($1) AND state = 'CURRENT'`, [[...codes]])

export const factsOf = (db: Database, ids: readonly string[]): Promise<FactsRow[]> =>
  db.rows<FactsRow>(`SELECT ${FACTS.columns} FROM unit u ${FACTS.join} WHERE u.id = ANY($1::uuid[])`, [[...ids]])

export const factsWithin = (db: Database, path: string): Promise<FactsRow[]> =>
  db.rows<FactsRow>(`SELECT ${FACTS.columns} FROM unit u ${FACTS.join} WHERE starts_with(u.path, $1) AND u.state = 'ACTIVE'`, [path])

/** Reported figures of some units for some periods, values as text. The units were seen by the actor before. */
export function figuresOf(db: Database, units: UnitsAsked, plugins: readonly string[], variables: readonly string[], periods: readonly string[]): Promise<Pick<FigureRow, 'unit_id' | 'plugin_code' | 'variable' | 'period' | 'value'>[]> {
  const columns = 'SELECT f.unit_id, f.plugin_code, f.variable, f.period, f.value::text AS value FROM indicator_figure f'
  const filter = 'f.plugin_code = ANY($2) AND f.variable = ANY($3) AND f.period = ANY($4)'
  const rest = [[...plugins], [...variables], [...periods]]
  return 'ids' in units
    ? db.rows(`${columns} WHERE f.unit_id = ANY($1::uuid[]) AND ${filter}`, [[...units.ids], ...rest])
    : db.rows(`${columns} JOIN unit u ON u.id = f.unit_id WHERE starts_with(u.path, $1) AND ${filter}`, [units.within, ...rest])
}

export const definitionsOfPlugin = (tx: Transaction, plugin: string): Promise<DefinitionRow[]> =>
  tx.rows<DefinitionRow>(`SELECT * FROM indicator_definition WHERE plugin_code = $1 AND state = 'CURRENT' ORDER BY code FOR UPDATE`, [plugin])

export async function lastVersions(tx: Transaction, codes: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.rows<{ code: string; version: number }>('SELECT code, max(version) AS version FROM indicator_definition WHERE code = ANY($1) GROUP BY code', [[...codes]])
  return new Map(rows.map(r => [r.code, r.version]))
}

/** REPORTED variables that the catalogs in use declare, as `<plugin> <variable>`. */
export async function reportableVariables(tx: Transaction): Promise<Set<string>> {
  const rows = await tx.rows<{ plugin_code: string; code: string }>(
    `SELECT r.plugin_code, v.value ->> 'code' AS code FROM catalog_release r, jsonb_array_elements(r.variables) v WHERE r.state = 'PUBLISHED' AND v.value ->> 'source' = 'REPORTED'`)
  return new Set(rows.map(r => `${r.plugin_code} ${r.code}`))
}

/** Figures that are already there for these places, locked. */
export const figuresAt = (tx: Transaction, places: readonly { unitId: string; plugin: string; variable: string; period: string }[]): Promise<FigureRow[]> => tx.rows<FigureRow>(
  `SELECT f.*, f.value::text AS value FROM indicator_figure f
   JOIN unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) p (unit_id, plugin_code, variable, period) USING (unit_id, plugin_code, variable, period) ORDER BY f.id FOR UPDATE OF f`,
  [places.map(p => p.unitId), places.map(p => p.plugin), places.map(p => p.variable), places.map(p => p.period)])
