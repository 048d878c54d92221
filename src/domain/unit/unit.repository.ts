import { holds, type Actor } from '../../core/actor'
import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import { inScope, requireRole } from '../../database/locate'
import type { StoredRow, Transaction } from '../../database/transaction'
import type { UnitState } from './unit.types'
import type { UnitRelationKind } from './unit-relation.types'

export type UnitRow = StoredRow & {
  code: string; uscc: string | null; name_zh: string; name_en: string | null; kind: string; division_code: string; parent_id: string | null
  path: string; depth: number; sector_codes: string[]; state: UnitState; valid_from: string; valid_to: string | null
}
export type RelationRow = StoredRow & {
  from_unit_id: string; to_unit_id: string; kind: UnitRelationKind; valid_from: string; valid_to: string | null
}

/** Whoever administers a unit sees it, also when other grants narrow the rows that are read. */
export const seesUnit = (actor: Actor, path: string): boolean => inScope(actor, path) || holds(actor, ['PLATFORM_ADMIN'], path)

/** The organisation is kept by its administrators. Asked after the unit was found: what one may not see is NOT_FOUND first. */
export function requireAdministrator(tx: Transaction, unitPath: string): void {
  requireRole(tx, ['PLATFORM_ADMIN'], unitPath)
}

/** What holds for everybody is changed by administrators of everything: those of one county are not enough. */
export async function requireAdministratorOfAll(tx: Transaction): Promise<void> {
  for (const { path } of await tx.rows<{ path: string }>('SELECT path FROM unit WHERE parent_id IS NULL')) requireAdministrator(tx, path)
}

/** The unit that an input names, locked: to be changed, or kept from changing while something is put under it. */
export async function findUnit(tx: Transaction, id: string, path: string, lock: 'UPDATE' | 'SHARE'): Promise<UnitRow> {
  const rowId = rowIdOf('unit', id)
  const unit = rowId && await tx.row<UnitRow>(`SELECT * FROM unit WHERE id = $1 FOR ${lock}`, [rowId])
  if (!unit || !seesUnit(tx.origin.actor, unit.path)) throw notFound(path)
  return unit
}

/**
 * Held to the end of the transaction: shared by everything that takes a unit's path from its parent, alone by what changes paths. A path
 * computed while a subtree moves would be the old one.
 */
export const lockTree = (tx: Transaction, mode: 'shared' | 'alone'): Promise<unknown> =>
  tx.rows(`SELECT pg_advisory_xact_lock${mode === 'shared' ? '_shared' : ''}(hashtext('plumbline.unit-tree'))`)

/** Both ends of the paths below and including this one, in byte order. */
const subtree = (path: string): [string, string] => [path, path.slice(0, -1) + '0']

export const hasActiveChild = async (tx: Transaction, id: string): Promise<boolean> =>
  (await tx.row<{ found: boolean }>(`SELECT EXISTS (SELECT FROM unit WHERE parent_id = $1 AND state = 'ACTIVE') AS found`, [id]))!.found

export const heightOf = async (tx: Transaction, unit: UnitRow): Promise<number> =>
  (await tx.row<{ height: number }>('SELECT max(depth) - $3 + 1 AS height FROM unit WHERE path >= $1 AND path < $2', [...subtree(unit.path), unit.depth]))!.height

/** Puts the unit under its new parent and lets the paths below follow, in one statement. Returns how many units moved. */
export async function moveSubtree(tx: Transaction, unit: UnitRow, parent: UnitRow): Promise<number> {
  const [first, beyond] = subtree(unit.path)
  const moved = await tx.row<{ moved: number }>(`
    WITH moved AS (
      UPDATE unit SET path = $3 || substr(path, length($1) + 1), depth = depth + $4, parent_id = CASE WHEN id = $5 THEN $6 ELSE parent_id END,
        updated_at = greatest(now(), updated_at + interval '1 microsecond'), updated_by = $7, row_version = row_version + 1
      WHERE path >= $1 AND path < $2 RETURNING 1)
    SELECT count(*)::int AS moved FROM moved`,
  [first, beyond, `${parent.path}${unit.code}/`, parent.depth + 1 - unit.depth, unit.id, parent.id, tx.origin.actor.ref])
  return moved!.moved
}

/** Relations of a unit, at either end, that go on beyond a day. */
export const relationsBeyond = (tx: Transaction, unitId: string, day: string): Promise<RelationRow[]> => tx.rows<RelationRow>(`
  SELECT * FROM unit_relation WHERE (from_unit_id = $1 OR to_unit_id = $1) AND (valid_to IS NULL OR valid_to > $2::date) ORDER BY id FOR UPDATE`, [unitId, day])

/** A relation is found by those who see its far unit, as when it is read. */
export async function findRelation(tx: Transaction, id: string, path: string): Promise<RelationRow & { from_path: string; to_path: string }> {
  const rowId = rowIdOf('rel', id)
  const relation = rowId && await tx.row<RelationRow & { from_path: string; to_path: string }>(`
    SELECT r.*, f.path AS from_path, t.path AS to_path FROM unit_relation r JOIN unit f ON f.id = r.from_unit_id JOIN unit t ON t.id = r.to_unit_id
    WHERE r.id = $1 FOR UPDATE OF r`, [rowId])
  if (!relation || !seesUnit(tx.origin.actor, relation.to_path)) throw notFound(path)
  return relation
}
