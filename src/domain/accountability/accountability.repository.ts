import { pathsOf } from '../../core/actor'
import { notFound } from '../../core/errors'
import { locate, type LocatedRow } from '../../database/locate'
import type { Transaction } from '../../database/transaction'
import { ACCOUNTABILITY_READERS } from './accountability.reads'
import type { AccountabilityDecisionState } from './accountability-decision.states'
import type { Responsibility } from '../responsibility'
import type { SanctionKind } from './sanction-kinds'

export const DECISION = { table: 'accountability_decision', prefix: 'acct' } as const

/** What a decision may follow from, and the state in which that is pursued. */
export const PURSUED = { CYCLE: 'ACCOUNTABILITY', PLEDGE: 'BROKEN' } as const
export type AccountabilitySource = keyof typeof PURSUED

export type DecisionRow = LocatedRow & {
  state: AccountabilityDecisionState; person_id: string | null; proposing_unit_id: string; deciding_unit_id: string; kind: SanctionKind; form: string | null
  responsibility: Responsibility | null; source_kind: AccountabilitySource | null; source_id: string | null
  created_by: string; edited_by: string[]; decided_by: string | null
}

/** The decision that an input names, locked; for nobody who may not read it. */
export async function locateDecision(tx: Transaction, id: string): Promise<DecisionRow> {
  const decision = await locate<DecisionRow>(tx, DECISION, id, 'id')
  if (!pathsOf(tx.origin.actor, ACCOUNTABILITY_READERS).some(path => decision.unit_path.startsWith(path))) throw notFound('id')
  return decision
}

/**
 * INV-35: does this body have authority over the unit and its people today? A unit above it in the territory, the commission of a place that it
 * belongs to, or the superior of its line.
 */
export async function hasAuthority(tx: Transaction, decidingUnitId: string, unitId: string): Promise<boolean> {
  const row = await tx.row<{ ok: boolean }>(`
    SELECT o.id <> u.id AND (starts_with(u.path, o.path)
      OR o.kind IN ('COMMISSION_CITY', 'COMMISSION_COUNTY', 'TOWNSHIP_COMMISSION') AND p.path IS NOT NULL AND starts_with(u.path, p.path)
      OR EXISTS (SELECT FROM unit_relation r WHERE r.from_unit_id = o.id AND r.to_unit_id = u.id AND r.kind = 'LINE' AND r.valid_from <= d.day AND (r.valid_to IS NULL OR r.valid_to > d.day))) AS ok
    FROM unit o LEFT JOIN unit p ON p.id = o.parent_id, unit u, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) d
    WHERE o.id = $1 AND u.id = $2`, [decidingUnitId, unitId])
  return row?.ok ?? false
}

/** Is this unit or person one whom a unit-year is about: of its unit or below, or of the body whose duty it is to supervise it? */
export async function answersForYear(tx: Transaction, cycleId: string, unitId: string, personId: string | null): Promise<boolean> {
  const row = await tx.row<{ ok: boolean }>(`
    SELECT EXISTS (
      SELECT FROM accountability_cycle c JOIN unit y ON y.id = c.unit_id LEFT JOIN responsibility_list l ON l.id = c.supervision_list_id JOIN unit u ON starts_with(u.path, y.path) OR u.id = l.owner_unit_id
      WHERE c.id = $1 AND (u.id = $2 OR EXISTS (SELECT FROM appointment a WHERE a.person_id = $3 AND a.unit_id = u.id))) AS ok`, [cycleId, unitId, personId])
  return row!.ok
}

/** States of a decision that stands, and of one that somebody has still to decide. */
export const TAKEN_EFFECT: readonly AccountabilityDecisionState[] = ['EFFECTIVE', 'UNDER_APPEAL']
export const WAITING: readonly AccountabilityDecisionState[] = ['PROPOSED', 'RETURNED']

/** Decisions in one of these states that follow from these rows. The caller holds the rows: a decision cannot come to follow from them meanwhile. */
export const decisionsFrom = (tx: Transaction, sourceIds: readonly string[], states: readonly AccountabilityDecisionState[]): Promise<{ id: string; responsibility: Responsibility | null; state: AccountabilityDecisionState }[]> =>
  tx.rows('SELECT id, responsibility, state FROM accountability_decision WHERE source_id = ANY($1::uuid[]) AND state = ANY($2::text[]) ORDER BY id', [sourceIds, states])
