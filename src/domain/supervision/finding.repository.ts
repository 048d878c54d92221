import type { LocatedRow } from '../../database/locate'
import type { StoredRow, Transaction } from '../../database/transaction'
import type { Rows } from '../approval'
import { findingScope } from './supervision-finding.reads'
import type { SupervisionFindingState } from './supervision-finding.states'
import type { FindingOutcomeKind, FindingSeverity, FindingSource } from './supervision-finding.types'

export const FINDING = { table: 'supervision_finding', prefix: 'finding', roles: findingScope.roles, alsoAt: findingScope.alsoAt } as const

export type FindingRow = LocatedRow & {
  found_by_unit_id: string; activity_id: string | null; source_kind: FindingSource; source_prefix: string | null; source_id: string | null; category: string; violation_type: string | null
  severity: FindingSeverity; description_zh: string; power_id: string | null; risk_point_id: string | null; control_id: string | null; state: SupervisionFindingState; dismissed_reason_zh: string | null; created_by: string
}
export type OutcomeRow = StoredRow & { unit_id: string; finding_id: string; kind: FindingOutcomeKind; target_prefix: string; target_id: string; settled_at: string | null; unlinked_at: string | null }

/** Findings of an activity of which it is not decided what follows. */
export const findingsWithoutConsequence = async (tx: Transaction, activityId: string): Promise<number> =>
  (await tx.row<{ n: number }>(`SELECT count(*)::int AS n FROM supervision_finding WHERE activity_id = $1 AND state = 'OPEN'`, [activityId]))!.n

/** What findings lead to, wrong links left out. */
export const outcomesOf = (q: Rows, findingIds: readonly string[]): Promise<OutcomeRow[]> =>
  q.rows<OutcomeRow>('SELECT * FROM supervision_finding_outcome WHERE finding_id = ANY($1::uuid[]) AND unlinked_at IS NULL ORDER BY finding_id, id', [findingIds])

/** What pointed findings out, of those that name it. */
export const sourcesOf = (q: Rows, findingIds: readonly string[]): Promise<{ id: string; source_prefix: string; source_id: string }[]> =>
  q.rows('SELECT id, source_prefix, source_id FROM supervision_finding WHERE id = ANY($1::uuid[]) AND source_id IS NOT NULL', [findingIds])

export interface Dismissal { readonly id: string; readonly reason: string; readonly paths: readonly string[] }

/** Why nothing in the registers follows from findings, with the paths of their unit and of the body that found them. */
export const dismissalsOf = (q: Rows, findingIds: readonly string[]): Promise<Dismissal[]> => q.rows(`
  SELECT f.id, f.dismissed_reason_zh AS reason, ARRAY[u.path, b.path] AS paths
  FROM supervision_finding f JOIN unit u ON u.id = f.unit_id JOIN unit b ON b.id = f.found_by_unit_id
  WHERE f.id = ANY($1::uuid[]) AND f.dismissed_reason_zh IS NOT NULL`, [findingIds])
