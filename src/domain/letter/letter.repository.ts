import { notFound } from '../../core/errors'
import { locateRow, type LocatedRow } from '../../database/locate'
import type { StoredRow, Transaction } from '../../database/transaction'
import { contentHash, type Rows } from '../approval'
import { ref } from '../refs'
import type { RecommendationItemState, RecommendationLetterState } from './recommendation-letter.states'

export const LETTER = { table: 'recommendation_letter', prefix: 'letter' } as const
export const ITEM = { table: 'recommendation_item', prefix: 'rec' } as const

export type LetterRow = LocatedRow & {
  state: RecommendationLetterState; issuer_unit_id: string; addressee_unit_id: string; superior_unit_id: string | null; no: string | null; title: string; basis: string
  source_kind: string; source_id: string | null; reply_within: number | null; reply_due_on: string | null; created_by: string; edited_by: string[]; submitted_by: string | null
  answered_by: string[]; is_synthetic: boolean
}
export type ItemRow = StoredRow & {
  unit_id: string; letter_id: string; issuer_unit_id: string; addressee_unit_id: string; seq: number; content: string; target_risk_point_id: string | null; state: RecommendationItemState
  responsible_appointment_id: string | null; due_on: string | null; performed_by: string[]; is_synthetic: boolean
}

/** An item and its letter, both locked: letter first, as every command does. */
export async function locateItem(tx: Transaction, id: string, path: string): Promise<{ letter: LetterRow; item: ItemRow }> {
  const rowId = ref(ITEM.prefix, id, path)
  const found = await tx.row<{ letter_id: string }>('SELECT letter_id FROM recommendation_item WHERE id = $1', [rowId])
  if (!found) throw notFound(path)
  const letter = await locateRow<LetterRow>(tx, LETTER, found.letter_id, path)
  const item = await tx.row<ItemRow>('SELECT * FROM recommendation_item WHERE id = $1 FOR UPDATE', [rowId])
  if (!item) throw notFound(path)
  return { letter, item }
}

/** The items of a letter in order; their letter is locked. */
export const itemsOf = (tx: Transaction, letterId: string): Promise<ItemRow[]> =>
  tx.rows<ItemRow>('SELECT * FROM recommendation_item WHERE letter_id = $1 ORDER BY seq FOR UPDATE', [letterId])

export const hasEvidence = async (tx: Transaction, itemId: string): Promise<boolean> =>
  (await tx.row<{ there: boolean }>('SELECT EXISTS (SELECT FROM evidence WHERE subject_id = $1 AND withdrawn_reason IS NULL) AS there', [itemId]))!.there

/** Items among these for which a rectification task was opened. */
export const withTask = async (tx: Transaction, itemIds: readonly string[]): Promise<Set<string>> =>
  new Set((await tx.rows<{ source_id: string }>(`SELECT source_id FROM rectification_task WHERE source_kind = 'RECOMMENDATION' AND source_id = ANY($1::uuid[])`, [itemIds])).map(r => r.source_id))

export const parentOf = async (tx: Transaction, unitId: string): Promise<string | null> =>
  (await tx.row<{ parent_id: string | null }>('SELECT parent_id FROM unit WHERE id = $1', [unitId]))!.parent_id

/** The next number of an issuer in a year; one command at a time takes one. */
export async function nextNumber(tx: Transaction, issuerUnitId: string, year: string): Promise<string> {
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 3))', [`letter:${issuerUnitId}:${year}`])
  const row = await tx.row<{ code: string; n: number }>(
    `SELECT u.code, (SELECT count(*)::int + 1 FROM recommendation_letter l WHERE l.issuer_unit_id = u.id AND l.no LIKE '%〔' || $2::text || '〕%') AS n FROM unit u WHERE u.id = $1`, [issuerUnitId, year])
  return `${row!.code}〔${year}〕${row!.n}号`
}

/** The content of letters as a signature binds it, and what the chain asks of each. */
export async function letterContents(q: Rows, letters: readonly LetterRow[]): Promise<string[]> {
  const items = await q.rows<{ letter_id: string; seq: number; content: string; target_risk_point_id: string | null }>(
    'SELECT letter_id, seq, content, target_risk_point_id FROM recommendation_item WHERE letter_id = ANY($1::uuid[]) ORDER BY seq', [letters.map(l => l.id)])
  return letters.map(l => contentHash({
    issuer: l.issuer_unit_id, addressee: l.addressee_unit_id, title: l.title, basis: l.basis, sourceKind: l.source_kind, sourceId: l.source_id, replyWithin: l.reply_within,
    items: items.filter(i => i.letter_id === l.id).map(i => [i.seq, i.content, i.target_risk_point_id]),
  }))
}

export const lettersById = (q: Rows, ids: readonly string[]): Promise<(LetterRow & { issuer_path: string; addressee_path: string })[]> => q.rows(`
  SELECT t.*, u.path AS unit_path, i.path AS issuer_path, a.path AS addressee_path FROM recommendation_letter t
  JOIN unit u ON u.id = t.unit_id JOIN unit i ON i.id = t.issuer_unit_id JOIN unit a ON a.id = t.addressee_unit_id WHERE t.id = ANY($1::uuid[])`, [ids])
