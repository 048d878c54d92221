import { holds, opens, type Actor, type ClosedRealm, type Role } from '../core/actor'
import { notFound, roleMissing } from '../core/errors'
import { rowIdOf } from '../core/ids'
import type { RealmRows } from '../core/reads'
import type { Side } from '../core/states'
import { enterRealms } from './realms'
import { pathsAt } from './sides'
import { aboutSql } from './sql/scope'
import type { StoredRow, Transaction } from './transaction'

/** A row of a register with the path of its unit. */
export type LocatedRow = StoredRow & { unit_id: string; unit_path: string }

export interface Register {
  table: string
  prefix: string
  /** The closed realm that its rows lie in; its commands are `runCommand`s. */
  realm?: ClosedRealm
  /** As its noun's scope: who sees its rows at all, and at which other units that a row names. */
  roles?: readonly Role[]
  alsoAt?: readonly Side[]
  /** As the noun declares it. */
  realmRows?: RealmRows
}

const sees = (actor: Actor, { realm, roles }: Register, unitPath: string): boolean =>
  (realm ? opens(actor, realm, unitPath) : roles ? holds(actor, roles, unitPath) : inScope(actor, unitPath))

/** As the readers do: the row's own unit, else one of the others that it names. */
async function seesRow(tx: Transaction, register: Register, row: LocatedRow & Partial<SeenAs>): Promise<boolean> {
  if (row.about_person) return false
  const readers = register.realmRows?.readers
  if (readers !== undefined && (row[readers] as string[]).includes(tx.origin.actor.ref)) return true
  if (row.about_unit) return false
  if (sees(tx.origin.actor, register, row.unit_path)) return true
  if (!register.alsoAt) return false
  const paths = await pathsAt(tx, Object.fromEntries(register.alsoAt.map((side, i) => [String(i), side])), row)
  return Object.values(paths).flat().some(path => sees(tx.origin.actor, register, path))
}

export const inScope = (actor: Actor, unitPath: string): boolean => actor.scope.some(path => unitPath.startsWith(path))

/** For a command whose roles no state table tells. Asked after its object was found: what one may not see is NOT_FOUND first. */
export function requireRole({ origin, command }: Transaction, roles: readonly Role[], unitPath: string): void {
  if (!holds(origin.actor, roles, unitPath)) throw roleMissing(command, roles)
}

type Lock = 'UPDATE' | 'SHARE' | 'NONE'

/**
 * The row that a command's input names, locked for change (or shared, for a parent that must not change meanwhile; or not at all) where the command locks.
 * A malformed id, another noun's id, a missing row and a row outside the actor's scope are all the same NOT_FOUND.
 */
export async function locate<T = LocatedRow>(
  tx: Transaction, register: Register, id: string, path: string, lock: Lock = 'UPDATE',
): Promise<T & LocatedRow> {
  const rowId = rowIdOf(register.prefix, id)
  if (rowId === null) throw notFound(path)
  return locateRow<T>(tx, register, rowId, path, lock)
}

/** As `locate`, for an id of the database. */
export async function locateRow<T = LocatedRow>(
  tx: Transaction, register: Register, rowId: string, path: string, lock: Lock = 'UPDATE',
): Promise<T & LocatedRow> {
  if (register.realm) await enterRealms(tx, register.realm)
  const { realmRows } = register
  const row = await tx.row<T & LocatedRow & Partial<SeenAs>>(
    `SELECT t.*, u.path AS unit_path${realmRows ? seenAs(realmRows) : ''} FROM ${register.table} t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1${tx.locks && lock !== 'NONE' ? ` FOR ${lock} OF t` : ''}`,
    realmRows ? [rowId, tx.origin.actor.personId] : [rowId])
  if (!row || !await seesRow(tx, register, row)) throw notFound(path)
  tx.restsOn(register.table, row)
  return row
}

interface SeenAs { about_person: boolean; about_unit: boolean }

/** How a row of a realm stands to the person with the id $2. */
function seenAs({ notAbout }: RealmRows): string {
  const about = notAbout ? aboutSql(notAbout, 't', '$2::uuid') : { person: '$2::uuid IS NULL AND false', unit: 'false' }
  return `, ${about.person} AS about_person, ${about.unit} AS about_unit`
}

/** Many rows by id in one statement, in id order so that two commands never wait for each other crosswise. All must be there and in the scope of their own units. */
export async function locateMany<T = LocatedRow>(
  tx: Transaction, register: Register, ids: readonly string[], path: string, lock: 'UPDATE' | 'SHARE' = 'UPDATE',
): Promise<(T & LocatedRow)[]> {
  const rowIds = ids.map((id, i) => rowIdOf(register.prefix, id) ?? missing(`${path}.${i}`))
  if (register.realm) await enterRealms(tx, register.realm)
  const rows = await tx.rows<T & LocatedRow>(
    `SELECT t.*, u.path AS unit_path FROM ${register.table} t JOIN unit u ON u.id = t.unit_id WHERE t.id = ANY($1::uuid[]) ORDER BY t.id${tx.locks ? ` FOR ${lock} OF t` : ''}`, [rowIds])
  for (const row of rows) tx.restsOn(register.table, row)
  const byId = new Map(rows.map(r => [r.id, r]))
  return rowIds.map((id, i) => {
    const row = byId.get(id)
    return row && sees(tx.origin.actor, register, row.unit_path) ? row : missing(`${path}.${i}`)
  })
}

/** The unit that a command's input names, if the actor may see it. */
export async function locateUnit(tx: Transaction, id: string, path: string): Promise<{ id: string; path: string; kind: string; division_code: string; sector_codes: string[] }> {
  const rowId = rowIdOf('unit', id)
  const unit = rowId && await tx.row<{ id: string; path: string; kind: string; division_code: string; sector_codes: string[] }>(
    'SELECT id, path, kind, division_code, sector_codes FROM unit WHERE id = $1', [rowId])
  if (!unit || !inScope(tx.origin.actor, unit.path)) throw notFound(path)
  return unit
}

function missing(path: string): never {
  throw notFound(path)
}
