import { holds, ROLES, type GrantEdge, type Role } from '../core/actor'
import { today } from '../core/day'
import { AppError, badInput, notFound } from '../core/errors'
import { globalId, rowIdOf } from '../core/ids'
import type { Origin } from '../core/request'
import { runCommand } from '../database/command'
import { explainConstraints } from '../database/constraints'
import type { Database } from '../database/database'
import { checkVersion, type StoredRow, type Transaction } from '../database/transaction'
import { isGrantEdge, personRef } from './actor.repository'
import { grantEvents } from './auth.events'
import { ADMINISTRATORS, administeredUnit, requireDownwards } from './delegation'
import { rightsChanged } from './rights'
import { requireSeparate } from './separation'

explainConstraints({
  role_grant_active_key: { code: 'CONFLICT', rule: 'unique', path: 'role', message: 'The person already holds this role on this unit along this edge.' },
  role_grant_validity_check: { code: 'BAD_INPUT', rule: 'dateOrder', path: 'validTo', message: 'validTo must be after validFrom.' },
})

export const GRANT_PREFIX = 'grant'

/** People and units are named by row id or by the keys people know: the command line has no global ids at hand. */
export interface GrantRoleInput {
  readonly personId: string
  readonly unitId: string
  readonly role: Role
  readonly edge: GrantEdge
  /** First day; today when absent. */
  readonly validFrom?: string | null
  /** First day on which it no longer holds. */
  readonly validTo?: string | null
  readonly idempotencyKey?: string | null
}

export interface RevokeRoleInput {
  readonly id: string
  readonly rowVersion?: number | null
  readonly idempotencyKey?: string | null
}

/**
 * Grants are given by administrators of the unit, downwards only (`requireDownwards`), and taken by them; every one is audited, none is
 * deleted. Nobody grants to themselves, and what separation of duties keeps apart is not joined in one person (`requireSeparate`).
 */
export class GrantService {
  constructor(private readonly db: Database) {}

  grantRole(origin: Origin, input: GrantRoleInput): Promise<{ id: string }> {
    return runCommand(this.db, origin, 'grantRole', input, async tx => {
      if (!(ROLES as readonly string[]).includes(input.role)) throw badInput('role', 'known', 'There is no such role.')
      if (!isGrantEdge(input.edge)) throw badInput('edge', 'known', 'There is no such edge.')
      const unit = await administeredUnit(tx, input.unitId)
      await requirePerson(tx, input.personId)
      const [validFrom, validTo] = [input.validFrom ?? today(), input.validTo ?? null]
      await requireDownwards(tx, { role: input.role, unit, edge: input.edge, validFrom, validTo })
      requireSeparate(input.role, await heldRoles(tx, input.personId, validFrom, validTo))
      const id = tx.insert('role_grant', { person_id: input.personId, role: input.role, unit_id: unit.id, edge: input.edge, valid_from: validFrom, valid_to: validTo })
      rightsChanged(tx, personRef(input.personId))
      tx.emit(grantEvents.granted, { subjectId: id, unitId: unit.id, payload: { role: input.role, edge: input.edge } })
      return { id }
    })
  }

  revokeRole(origin: Origin, input: RevokeRoleInput): Promise<{ id: string }> {
    return runCommand(this.db, origin, 'revokeRole', input, async tx => {
      const id = rowIdOf(GRANT_PREFIX, input.id)
      const grant = id && await tx.row<StoredRow & { person_id: string; unit_id: string; revoked_at: string | null; path: string }>(
        'SELECT g.*, u.path FROM role_grant g JOIN unit u ON u.id = g.unit_id WHERE g.id = $1 FOR UPDATE OF g', [id])
      if (!grant || !holds(origin.actor, ADMINISTRATORS, grant.path)) throw notFound('id')
      checkVersion(grant, input.rowVersion)
      if (grant.revoked_at !== null) throw new AppError('PRECONDITION_FAILED', 'The grant was already revoked.', { messageKey: 'alreadyRevoked' })
      const { path: _, ...row } = grant
      tx.update('role_grant', row, { revoked_at: await tx.row<{ at: string }>('SELECT now()::text AS at').then(r => r!.at) })
      rightsChanged(tx, personRef(grant.person_id))
      tx.emit(grantEvents.revoked, { subjectId: grant.id, unitId: grant.unit_id })
      return { id: grant.id }
    })
  }

  /** Global id of a live grant, for the command line. */
  async find(personId: string, role: Role, unitId: string, edge: GrantEdge): Promise<string | null> {
    const [row] = await this.db.rows<{ id: string }>(
      'SELECT id FROM role_grant WHERE person_id = $1 AND role = $2 AND unit_id = $3 AND edge = $4 AND revoked_at IS NULL', [personId, role, unitId, edge])
    return row ? globalId(GRANT_PREFIX, row.id) : null
  }
}

/** The person, locked: of two grants at once the second sees the first. */
async function requirePerson(tx: Transaction, personId: string): Promise<void> {
  if (personId === tx.origin.actor.personId) throw new AppError('FORBIDDEN', 'Nobody grants rights to themselves.', { messageKey: 'grantToSelf' })
  const person = await tx.row<{ path: string }>('SELECT u.path FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.id = $1 FOR NO KEY UPDATE OF p', [personId])
  if (!person || !holds(tx.origin.actor, ADMINISTRATORS, person.path)) throw notFound('personId')
}

/** Roles that the person holds on some of these days; along whatever edge and wherever. */
async function heldRoles(tx: Transaction, personId: string, from: string, to: string | null): Promise<Role[]> {
  const rows = await tx.rows<{ role: Role }>(`
    SELECT DISTINCT role FROM role_grant
    WHERE person_id = $1 AND revoked_at IS NULL AND (valid_to IS NULL OR valid_to > greatest($2::date, $3::date)) AND ($4::date IS NULL OR valid_from < $4::date)`, [personId, from, today(), to])
  return rows.map(r => r.role)
}
