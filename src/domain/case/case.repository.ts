import { today } from '../../core/day'
import type { StoredRow, Transaction } from '../../database/transaction'

/** The next number of an investigating unit in the year. Two at the same moment follow each other. */
export async function nextCaseNumber(tx: Transaction, unitId: string): Promise<{ number_year: number; number_seq: number; number: string }> {
  const year = Number(today().slice(0, 4))
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`case:${unitId}:${year}`])
  const { next } = (await tx.row<{ next: number }>('SELECT coalesce(max(number_seq), 0) + 1 AS next FROM case_file WHERE unit_id = $1 AND number_year = $2', [unitId, year]))!
  return { number_year: year, number_seq: next, number: `〔${year}〕${next}号` }
}

/** What the trial proposes now, with the states of the decisions. */
export const dispositionsOf = (tx: Transaction, caseId: string): Promise<(StoredRow & { kind: string; decision_state: string | null })[]> => tx.rows(
  'SELECT c.*, (SELECT d.state FROM accountability_decision d WHERE d.id = c.decision_id) AS decision_state FROM case_disposition c WHERE c.case_id = $1 AND c.revoked_at IS NULL ORDER BY c.id FOR UPDATE OF c', [caseId])

export const measuresOf = (tx: Transaction, caseId: string): Promise<{ id: string; state: string }[]> => tx.rows(
  'SELECT m.id, m.state FROM governance_measure m JOIN case_measure l ON l.measure_id = m.id WHERE l.case_id = $1 ORDER BY m.id FOR SHARE OF m', [caseId])

/** Does a closed case rest on this measure? The realm is entered for this question alone. */
export const restsOnMeasure = async (tx: Transaction, measureId: string): Promise<boolean> => (await tx.row(
  `SELECT 1 FROM case_measure l JOIN case_file c ON c.id = l.case_id WHERE l.measure_id = $1 AND c.state = 'CLOSED' LIMIT 1`, [measureId])) !== null

export const hasEvidence = async (tx: Transaction, measureId: string): Promise<boolean> =>
  (await tx.row('SELECT 1 FROM evidence WHERE subject_id = $1 AND withdrawn_reason IS NULL LIMIT 1', [measureId])) !== null

/** Those of these rows that are the unit's own. */
export const ownOf = async (tx: Transaction, table: 'control' | 'risk_point', ids: readonly string[], unitId: string): Promise<string[]> =>
  (await tx.rows<{ id: string }>(`SELECT id FROM ${table} WHERE id = ANY($1::uuid[]) AND unit_id = $2`, [ids, unitId])).map(r => r.id)
