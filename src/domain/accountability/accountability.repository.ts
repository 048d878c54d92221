import { pathsOf } from '../../core/actor'
import { notFound } from '../../core/errors'
import { locate, type LocatedRow } from '../../database/locate'
import type { Transaction } from '../../database/transaction'
import { ACCOUNTABILITY_READERS } from './accountability.reads'
import type { AccountabilityDecisionState } from './accountability-decision.states'
import type { SanctionKind } from './sanction-kinds'

const DECISION = { table: 'accountability_decision', prefix: 'acct' } as const

export type DecisionRow = LocatedRow & {
  state: AccountabilityDecisionState; person_id: string | null; proposing_unit_id: string; deciding_unit_id: string; kind: SanctionKind; form: string | null
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
