import { notFound } from '../../core/errors'
import { inScope, type LocatedRow } from '../../database/locate'
import type { StoredRow, Transaction } from '../../database/transaction'
import type { Rows } from '../approval'
import { ref } from '../refs'
import type { CycleState } from './accountability-cycle.states'
import type { DutyItemState } from './duty-item.states'
import type { ListState } from './responsibility-list.states'
import type { ListKind, Responsibility } from './responsibility.types'

export type ListRow = LocatedRow & {
  owner_unit_id: string; owner_path: string; kind: ListKind; year: number; version: number; state: ListState
  created_by: string; edited_by: string[]; submitted_by: string | null; content_hash: string | null; published_at: string | null; supersedes_id: string | null
}
export type CycleRow = LocatedRow & {
  year: number; state: CycleState; main_list_id: string | null; power_risk_list_id: string | null; supervision_list_id: string | null
  unit_confirmed_by: string | null; commission_confirmed_by: string | null; joint_publication_at: string | null
  reported_by: string | null; evaluated_by: string | null; accountability_proposed_by: string | null; accountability_responsibility: Responsibility | null
  accountability_source_kind: string | null; accountability_source_id: string | null; accountability_from: CycleState | null
}
export type ItemRow = StoredRow & {
  unit_id: string; list_id: string; list_kind: ListKind; owner_unit_id: string; owner_path: string; responsibility: Responsibility; code: string
  content_zh: string; state: DutyItemState; responsible_appointment_id: string | null; claimed_by: string | null; performed_by: string[]; waived_reason: string | null
}
/** A list with the unit-year that it belongs to. Every command locks in this order: unit-year, list, item, powers. */
export interface HeldList {
  list: ListRow
  cycle: CycleRow | null
}

const LIST_COLUMNS = 'SELECT t.*, u.path AS unit_path, o.path AS owner_path FROM responsibility_list t JOIN unit u ON u.id = t.unit_id JOIN unit o ON o.id = t.owner_unit_id'

/** One command at a time for a unit-year that may have no row yet. */
export const claimYear = async (tx: Transaction, unitId: string, year: number): Promise<void> =>
  void (await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 2)) AS id', [`unit-year:${unitId}:${year}`]))

export const lockCycle = (tx: Transaction, unitId: string, year: number): Promise<CycleRow | null> => tx.row<CycleRow>(
  'SELECT t.*, u.path AS unit_path FROM accountability_cycle t JOIN unit u ON u.id = t.unit_id WHERE t.unit_id = $1 AND t.year = $2 FOR UPDATE OF t', [unitId, year])

/** The list that an input names with its unit-year, both locked. */
export async function lockList(tx: Transaction, id: string, path: string): Promise<HeldList> {
  return lockListRow(tx, ref('list', id, path), path)
}

export async function lockListRow(tx: Transaction, rowId: string, path: string): Promise<HeldList> {
  const found = await tx.row<{ unit_id: string; year: number; unit_path: string }>(
    'SELECT t.unit_id, t.year, u.path AS unit_path FROM responsibility_list t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1', [rowId])
  if (!found || !inScope(tx.origin.actor, found.unit_path)) throw notFound(path)
  const cycle = await lockCycle(tx, found.unit_id, found.year)
  const list = await tx.row<ListRow>(`${LIST_COLUMNS} WHERE t.id = $1 FOR UPDATE OF t`, [rowId])
  return { list: list!, cycle }
}

/** The list that an item's progress depends on: it may not be published over meanwhile. */
export const shareList = async (tx: Transaction, rowId: string): Promise<ListRow> =>
  (await tx.row<ListRow>(`${LIST_COLUMNS} WHERE t.id = $1 FOR SHARE OF t`, [rowId]))!

/** Lists of a unit-year that are published or in the making, locked, in order of id. */
export const lockListsOfYear = (tx: Transaction, unitId: string, year: number): Promise<ListRow[]> => tx.rows<ListRow>(
  `${LIST_COLUMNS} WHERE t.unit_id = $1 AND t.year = $2 AND t.state IN ('DRAFT', 'UNDER_REVIEW', 'APPROVED', 'PUBLISHED') ORDER BY t.id FOR UPDATE OF t`, [unitId, year])

/** Lists as they are, unlocked. */
export const listsById = (q: Rows, ids: readonly string[]): Promise<ListRow[]> => q.rows<ListRow>(`${LIST_COLUMNS} WHERE t.id = ANY($1::uuid[])`, [ids])

/** Unit-years as they are, unlocked, each with its lists that are published or in the making. */
export async function cyclesWithLists(q: Rows, ids: readonly string[]): Promise<{ cycle: CycleRow; lists: ListRow[] }[]> {
  const cycles = await q.rows<CycleRow>('SELECT t.*, u.path AS unit_path FROM accountability_cycle t JOIN unit u ON u.id = t.unit_id WHERE t.id = ANY($1::uuid[])', [ids])
  const lists = await q.rows<ListRow & { cycle_id: string }>(
    `SELECT c.id AS cycle_id, t.* FROM accountability_cycle c JOIN (${LIST_COLUMNS}) t ON t.unit_id = c.unit_id AND t.year = c.year
     WHERE c.id = ANY($1::uuid[]) AND t.state IN ('DRAFT', 'UNDER_REVIEW', 'APPROVED', 'PUBLISHED') ORDER BY t.id`, [ids])
  return cycles.map(cycle => ({ cycle, lists: lists.filter(l => l.cycle_id === cycle.id) }))
}

/** Versions of one list, for drafting the next. */
export const versionsOf = (tx: Transaction, unitId: string, kind: ListKind, year: number): Promise<{ id: string; version: number; state: ListState }[]> =>
  tx.rows('SELECT id, version, state FROM responsibility_list WHERE unit_id = $1 AND kind = $2 AND year = $3 ORDER BY version', [unitId, kind, year])

/** Where an item stands: which list must be locked before it. */
export async function listOfItem(tx: Transaction, id: string, path: string): Promise<{ id: string; list_id: string }> {
  const item = await tx.row<{ id: string; list_id: string; unit_path: string }>(
    'SELECT t.id, t.list_id, u.path AS unit_path FROM duty_item t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1', [ref('duty', id, path)])
  if (!item || !inScope(tx.origin.actor, item.unit_path)) throw notFound(path)
  return item
}

/** An item, locked; its list is locked already. Null when it was taken off meanwhile. */
export const lockItem = (tx: Transaction, rowId: string): Promise<ItemRow | null> => tx.row<ItemRow>(
  'SELECT t.*, o.path AS owner_path FROM duty_item t JOIN unit o ON o.id = t.owner_unit_id WHERE t.id = $1 FOR UPDATE OF t', [rowId])

export const lockItems = (tx: Transaction, listId: string): Promise<ItemRow[]> => tx.rows<ItemRow>(
  'SELECT t.*, o.path AS owner_path FROM duty_item t JOIN unit o ON o.id = t.owner_unit_id WHERE t.list_id = $1 ORDER BY t.seq FOR UPDATE OF t', [listId])

export const nextSeq = async (tx: Transaction, listId: string): Promise<number> =>
  (await tx.row<{ next: number }>('SELECT coalesce(max(seq), 0) + 1 AS next FROM duty_item WHERE list_id = $1', [listId]))!.next

export const powersOfList = async (tx: Transaction, listId: string): Promise<string[]> =>
  (await tx.rows<{ power_id: string }>('SELECT l.power_id FROM list_power l JOIN power p ON p.id = l.power_id WHERE l.list_id = $1 ORDER BY p.code', [listId])).map(r => r.power_id)

/** What focuses look at: rows of a link table of these items. */
export const targetsOf = (tx: Transaction, link: 'focus_power' | 'focus_risk_point', far: 'power_id' | 'risk_point_id', itemIds: readonly string[]): Promise<{ duty_item_id: string; far_id: string }[]> =>
  tx.rows(`SELECT duty_item_id, ${far} AS far_id FROM ${link} WHERE duty_item_id = ANY($1::uuid[])`, [itemIds])

/**
 * Does this body supervise the unit today: a group dispatched or posted out to it, an office in liaison with it, or the commission of a
 * place that the unit belongs to?
 */
export async function supervises(tx: Transaction, ownerUnitId: string, unitId: string): Promise<boolean> {
  const row = await tx.row<{ ok: boolean }>(`
    SELECT EXISTS (
        SELECT FROM unit_relation r WHERE r.from_unit_id = o.id AND r.to_unit_id = u.id AND r.kind IN ('DISPATCHED', 'OUTPOST', 'LIAISON')
          AND r.valid_from <= d.day AND (r.valid_to IS NULL OR r.valid_to > d.day))
      OR o.kind IN ('COMMISSION_CITY', 'COMMISSION_COUNTY', 'TOWNSHIP_COMMISSION') AND starts_with(u.path, p.path) AS ok
    FROM unit o LEFT JOIN unit p ON p.id = o.parent_id, unit u, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) d
    WHERE o.id = $1 AND u.id = $2`, [ownerUnitId, unitId])
  return row?.ok ?? false
}

/** The transaction's own moment: everything published together carries the same. */
export const moment = async (tx: Transaction): Promise<string> => (await tx.row<{ at: string }>('SELECT now() AS at'))!.at

export const personOfAppointment = async (tx: Transaction, id: string): Promise<string | null> =>
  (await tx.row<{ person_id: string }>('SELECT person_id FROM appointment WHERE id = $1', [id]))?.person_id ?? null

/** Is there a piece of evidence for the item that nobody withdrew? */
export const hasEvidence = async (tx: Transaction, itemId: string): Promise<boolean> =>
  (await tx.row<{ there: boolean }>('SELECT EXISTS (SELECT FROM evidence WHERE subject_id = $1 AND withdrawn_reason IS NULL) AS there', [itemId]))!.there
