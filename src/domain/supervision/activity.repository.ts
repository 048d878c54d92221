import type { LocatedRow } from '../../database/locate'
import type { StoredRow, Transaction } from '../../database/transaction'
import type { Rows } from '../approval'
import type { SupervisionModeCode, SupervisionType } from '../rule'
import type { UnitKind } from '../unit'
import { activityScope } from './supervision-activity.reads'
import type { SupervisionActivityState } from './supervision-activity.states'
import type { OverlapAnswer } from './supervision-activity.types'

export const ACTIVITY = { table: 'supervision_activity', prefix: 'act', roles: activityScope.roles, alsoAt: activityScope.alsoAt } as const

export type ActivityRow = LocatedRow & {
  lead_name_zh: string; title_zh: string; purpose_zh: string | null; rule_id: string | null; rule_kind: string | null; mode_code: SupervisionModeCode | null; type_codes: SupervisionType[]
  matter_codes: string[]; way_codes: string[]; means_codes: string[]; planned_from: string; planned_to: string; started_on: string | null; concluded_on: string | null
  conclusion_zh: string | null; state: SupervisionActivityState; merged_into_id: string | null; is_synthetic: boolean
}
export type PartnerRow = StoredRow & {
  activity_id: string; unit_id: string; lead_unit_id: string; name_zh: string; path: string; merged_from_id: string | null; plan_confirmed_at: string | null; conclusion_confirmed_at: string | null
}
export type OverlapRow = StoredRow & { unit_id: string; activity_id: string; other_activity_id: string; answer: OverlapAnswer; agreed_at: string | null }

export const partnersOf = (q: Rows, activityId: string): Promise<PartnerRow[]> =>
  q.rows<PartnerRow>('SELECT p.*, u.path FROM supervision_activity_partner p JOIN unit u ON u.id = p.unit_id WHERE p.activity_id = $1 ORDER BY p.id', [activityId])

export const objectIdsOf = async (q: Rows, activityId: string): Promise<string[]> =>
  (await q.rows<{ unit_id: string }>('SELECT unit_id FROM supervision_activity_object WHERE activity_id = $1 ORDER BY unit_id', [activityId])).map(r => r.unit_id)

export const overlapAnswersOf = (q: Rows, activityId: string): Promise<OverlapRow[]> => q.rows<OverlapRow>('SELECT * FROM supervision_overlap WHERE activity_id = $1 ORDER BY id', [activityId])

/** What one body answered about an activity of the other. */
export const overlapAnswer = (tx: Transaction, activityId: string, otherId: string): Promise<OverlapRow | null> =>
  tx.row<OverlapRow>('SELECT * FROM supervision_overlap WHERE activity_id = $1 AND other_activity_id = $2', [activityId, otherId])

/** Told at once. A plan with more is no plan. */
export const OVERLAPS_MAX = 100

export interface Overlapping {
  readonly id: string
  readonly lead_unit_id: string
  readonly lead_name_zh: string
  readonly lead_kind: UnitKind
  readonly state: SupervisionActivityState
  readonly planned_from: string
  readonly planned_to: string
  readonly unit_ids: readonly string[]
  readonly matter_codes: readonly string[]
  readonly overlaps: boolean
  readonly answer: OverlapAnswer | null
}

/**
 * Activities of other bodies that look at a unit and matter of this one, on the same days or within some days of them (INV-04). Each slot of
 * the activity is one look into the index of slots, however many there are.
 */
export const overlapping = (q: Rows, activityId: string, near = 0): Promise<Overlapping[]> => q.rows<Overlapping>(`
  SELECT a.id, a.unit_id AS lead_unit_id, a.lead_name_zh, u.kind AS lead_kind, a.state, a.planned_from, a.planned_to, o.unit_ids, o.matter_codes, o.overlaps, v.answer
  FROM (
    SELECT other.activity_id, array_agg(DISTINCT other.unit_id) AS unit_ids, array_agg(DISTINCT other.matter_code ORDER BY other.matter_code) AS matter_codes, bool_or(other.days && s.days) AS overlaps
    FROM supervision_slot s CROSS JOIN LATERAL (
      SELECT o.activity_id, o.unit_id, o.matter_code, o.days FROM supervision_slot o
      WHERE o.unit_id = s.unit_id AND o.matter_code = s.matter_code AND o.days && daterange(lower(s.days) - $2::int, upper(s.days) + $2::int) AND o.activity_id <> s.activity_id OFFSET 0) other
    WHERE s.activity_id = $1 GROUP BY other.activity_id) o
  JOIN supervision_activity a ON a.id = o.activity_id JOIN unit u ON u.id = a.unit_id
  LEFT JOIN supervision_overlap v ON v.activity_id = $1 AND v.other_activity_id = a.id
  ORDER BY o.overlaps DESC, a.planned_from, a.id LIMIT ${OVERLAPS_MAX}`, [activityId, near])


