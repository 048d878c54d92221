import { holds, pathsOf, type GrantEdge, type Role } from '../core/actor'
import { today } from '../core/day'
import { AppError, badInput, notFound } from '../core/errors'
import type { Transaction } from '../database/transaction'

/** Who hands out rights. */
export const ADMINISTRATORS: readonly Role[] = ['PLATFORM_ADMIN']

export interface AdministeredUnit { readonly id: string; readonly path: string }

/** The unit, locked, if the actor administers it; else it is not there. */
export async function administeredUnit(tx: Transaction, unitId: string, path = 'unitId'): Promise<AdministeredUnit> {
  const unit = await tx.row<AdministeredUnit>('SELECT id, path FROM unit WHERE id = $1 FOR SHARE', [unitId])
  if (!unit || !holds(tx.origin.actor, ADMINISTRATORS, unit.path)) throw notFound(path)
  return unit
}

/** What is handed on: a role on a unit, along an edge, for a time. */
export interface Delegation {
  readonly role: Role
  readonly unit: AdministeredUnit
  readonly edge: GrantEdge
  readonly validFrom: string
  readonly validTo: string | null
  /** Where the last day stands in the input. */
  readonly endPath?: string
}

/**
 * Rights are handed on downwards only: nothing that the new grant would reach lies outside what the giver administers, it does not last
 * longer than the giver's own, and administrators of a unit are made by an administrator above it. Whoever works on the command line holds
 * the database already and is bound by none of this.
 */
export async function requireDownwards(tx: Transaction, d: Delegation): Promise<void> {
  const { personId, ref } = tx.origin.actor
  if (ref.startsWith('system:')) return
  const own = personId === null ? [] : await administrations(tx, personId, d.unit.path)
  // What the request began with may have been taken away since.
  if (!own.length) throw notFound('unitId')
  const above = ADMINISTRATORS.includes(d.role) ? own.filter(o => o.path !== d.unit.path) : own
  if (!above.length) throw new AppError('FORBIDDEN', 'Administrators of a unit are made by an administrator of a unit above it.', { messageKey: 'administratorFromAbove' })
  if (d.edge !== 'TERRITORIAL') await requireReach(tx, d)
  requireValidity(above, d)
}

interface Administration { path: string; valid_from: string; valid_to: string | null }

/** The giver's own grants as administrator in force today that cover this unit: the top of each subtree, and their days. */
const administrations = (tx: Transaction, personId: string, path: string): Promise<Administration[]> => tx.rows<Administration>(`
  WITH RECURSIVE held AS (
    SELECT g.edge, g.unit_id, g.valid_from, g.valid_to FROM role_grant g
    WHERE g.person_id = $1::uuid AND g.role = ANY($2::text[]) AND g.revoked_at IS NULL AND g.valid_from <= $3::date AND (g.valid_to IS NULL OR g.valid_to > $3::date)),
  reached (edge, unit_id, valid_from, valid_to, start) AS (
    SELECT edge, unit_id, valid_from, valid_to, true FROM held
    UNION
    SELECT r.edge, ur.to_unit_id, r.valid_from, r.valid_to, false
    FROM reached r JOIN unit_relation ur ON ur.from_unit_id = r.unit_id AND ur.kind = r.edge
    WHERE ur.valid_from <= $3::date AND (ur.valid_to IS NULL OR ur.valid_to > $3::date))
  SELECT u.path, r.valid_from, r.valid_to FROM reached r JOIN unit u ON u.id = r.unit_id
  WHERE r.start = (r.edge = 'TERRITORIAL') AND starts_with($4, u.path)`, [personId, ADMINISTRATORS, today(), path])

/**
 * Every unit that relations of the edge lead to from here, today or later: a step outside what the giver administers is not theirs to open,
 * nor does it make an administrator of the unit at its top.
 */
async function requireReach(tx: Transaction, { role, unit, edge }: Delegation): Promise<void> {
  const reached = await tx.rows<{ path: string }>(`
    WITH RECURSIVE reached (unit_id) AS (
      SELECT $1::uuid
      UNION
      SELECT ur.to_unit_id FROM reached r JOIN unit_relation ur ON ur.from_unit_id = r.unit_id AND ur.kind = $2 WHERE ur.valid_to IS NULL OR ur.valid_to > $3::date)
    SELECT u.path FROM reached r JOIN unit u ON u.id = r.unit_id`, [unit.id, edge, today()])
  const tops = ADMINISTRATORS.includes(role) ? pathsOf(tx.origin.actor, ADMINISTRATORS) : []
  if (reached.every(u => holds(tx.origin.actor, ADMINISTRATORS, u.path) && !tops.includes(u.path))) return
  throw badInput('edge', 'downwards', 'Along this edge the grant would reach units that you do not administer.')
}

function requireValidity(own: readonly Administration[], { validFrom, validTo, endPath = 'validTo' }: Delegation): void {
  if (own.some(o => o.valid_from <= validFrom && (o.valid_to === null || (validTo !== null && validTo <= o.valid_to)))) return
  const ends = own.map(o => o.valid_to)
  const last = ends.includes(null) ? null : ends.reduce((a, b) => (a! > b! ? a : b))
  if (last !== null && (validTo === null || validTo > last)) throw badInput(endPath, 'within', `Your own grant ends on ${last}: what you give cannot last longer.`)
  throw badInput('validFrom', 'within', 'A grant does not begin before that of whoever gives it.')
}
