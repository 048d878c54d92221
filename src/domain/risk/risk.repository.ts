import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import { inScope, type LocatedRow } from '../../database/locate'
import type { Transaction } from '../../database/transaction'
import type { RiskPointState } from './risk-point.states'

export interface Cell {
  matrix_version: number
  likelihood: number
  impact: number
  score: number
  level: 'LOW' | 'MEDIUM' | 'HIGH'
}
export type RiskPointRow = LocatedRow & {
  state: RiskPointState
  power_id: string
  inherent_score: number | null
  inherent_level: Cell['level'] | null
  residual_score: number | null
  residual_level: Cell['level'] | null
  level: string
  created_by: string
  edited_by: string[]
}

const CELL = `(SELECT to_jsonb(c) FROM risk_matrix_cell c JOIN risk_matrix m ON m.version = c.matrix_version AND m.state = 'IN_FORCE' WHERE c.likelihood = $2 AND c.impact = $3) AS cell`

const POWER_AND_CELL = `SELECT p.id, p.unit_id, p.state, p.row_version, u.path AS unit_path, ${CELL} FROM power p JOIN unit u ON u.id = p.unit_id WHERE p.id = $1`

/** The power of a new risk point and the matrix cell of its first rating, in one statement. */
export async function powerAndCell(tx: Transaction, powerId: string, likelihood: number | null, impact: number | null): Promise<LocatedRow & { state: string; cell: Cell | null }> {
  const id = rowIdOf('pw', powerId)
  const row = id && await tx.row<LocatedRow & { state: string; cell: Cell | null }>(POWER_AND_CELL, [id, likelihood, impact])
  if (!row || !inScope(tx.origin.actor, row.unit_path)) throw notFound('powerId')
  tx.restsOn('power', row)
  return row
}

/** Columns that a rating looks at or changes. */
const TO_RATE = ['id', 'unit_id', 'row_version', 'state', 'score', 'level',
  ...['inherent', 'residual'].flatMap(kind => ['likelihood', 'impact', 'score', 'level', 'matrix_version'].map(c => `${kind}_${c}`))]

const POINT_AND_CELL = `SELECT ${TO_RATE.map(c => `t.${c}`).join(', ')}, u.path AS unit_path, ${CELL} FROM risk_point t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1`

/** The risk point to rate and the cell of its new rating, in one statement. */
export async function riskPointAndCell(tx: Transaction, riskPointId: string, likelihood: number, impact: number): Promise<RiskPointRow & { cell: Cell }> {
  const id = rowIdOf('rp', riskPointId)
  const row = id && await tx.row<RiskPointRow & { cell: Cell }>(POINT_AND_CELL, [id, likelihood, impact])
  if (!row || !inScope(tx.origin.actor, row.unit_path)) throw notFound('id')
  tx.restsOn('risk_point', row)
  return row
}

export const cellsInForce = (tx: Transaction): Promise<Cell[]> =>
  tx.rows<Cell>(`SELECT c.* FROM risk_matrix_cell c JOIN risk_matrix m ON m.version = c.matrix_version AND m.state = 'IN_FORCE'`)

/** Risk points among these that have an operating control not found ineffective (INV-14). */
export const withWorkingControl = async (tx: Transaction, ids: readonly string[]): Promise<Set<string>> => new Set((await tx.rows<{ id: string }>(`
  SELECT DISTINCT l.risk_point_id AS id FROM control_risk_point l JOIN control c ON c.id = l.control_id
  WHERE l.risk_point_id = ANY($1::uuid[]) AND c.state = 'OPERATING' AND c.operating_effectiveness IS DISTINCT FROM 'INEFFECTIVE'`, [ids])).map(r => r.id))

export const activeControls = async (tx: Transaction, riskPointId: string): Promise<number> => (await tx.row<{ n: number }>(
  `SELECT count(*)::int AS n FROM control_risk_point l JOIN control c ON c.id = l.control_id WHERE l.risk_point_id = $1 AND c.state <> 'RETIRED'`, [riskPointId]))!.n

/** Locks the active risk points that a control serves, in id order. */
export const activeRiskPointsOf = (tx: Transaction, controlId: string): Promise<RiskPointRow[]> => tx.rows<RiskPointRow>(
  `SELECT r.* FROM risk_point r JOIN control_risk_point l ON l.risk_point_id = r.id WHERE l.control_id = $1 AND r.state <> 'RETIRED' ORDER BY r.id FOR UPDATE OF r`, [controlId])

/** Codes of those risk points that would have no active control left without this one (INV-12). */
export const leftUncontrolled = async (tx: Transaction, controlId: string, riskPointIds: readonly string[]): Promise<string[]> => (await tx.rows<{ code: string }>(`
  SELECT r.code FROM risk_point r WHERE r.id = ANY($2::uuid[]) AND r.state <> 'RETIRED' AND NOT EXISTS (
    SELECT FROM control_risk_point l JOIN control c ON c.id = l.control_id WHERE l.risk_point_id = r.id AND l.control_id <> $1 AND c.state <> 'RETIRED') ORDER BY r.code`, [controlId, riskPointIds])).map(r => r.code)

/** Who gave the ratings that the risk point's present level rests on: the last of each kind. */
export const ratersOf = async (tx: Transaction, riskPointId: string): Promise<string[]> => (await tx.rows<{ rated_by: string }>(
  'SELECT DISTINCT ON (kind) rated_by FROM risk_rating WHERE risk_point_id = $1 ORDER BY kind, id DESC', [riskPointId])).map(r => r.rated_by)

/** Is this the last active risk point of a published MAJOR power (INV-10)? */
export const isLastOfMajorPower = async (tx: Transaction, riskPointId: string): Promise<boolean> => (await tx.row<{ last: boolean }>(`
  SELECT p.significance = 'MAJOR' AND p.state = 'PUBLISHED' AND NOT EXISTS (
    SELECT FROM risk_point o WHERE o.power_id = p.id AND o.id <> r.id AND o.state <> 'RETIRED') AS last
  FROM risk_point r JOIN power p ON p.id = r.power_id WHERE r.id = $1 FOR UPDATE OF p`, [riskPointId]))!.last
