import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'

export interface WorkbookRow { readonly id: string; readonly file_name: string; readonly size_bytes: number; readonly sha256: string }

export const insertWorkbook = (tx: Transaction, { id, file_name, size_bytes, sha256 }: WorkbookRow, content: Buffer): Promise<unknown> => tx.rows(
  'INSERT INTO workbook (id, file_name, size_bytes, sha256, content, created_by) VALUES ($1, $2, $3, $4, $5, $6)', [id, file_name, size_bytes, sha256, content, tx.origin.actor.ref])

/** Files of somebody that no job has used. */
export const unusedWorkbooks = async (tx: Transaction): Promise<number> =>
  (await tx.row<{ n: number }>('SELECT count(*)::int AS n FROM workbook WHERE created_by = $1 AND job_id IS NULL', [tx.origin.actor.ref]))!.n

/** A file of the actor's own that no job has used, locked; null for every other one. */
export const lockWorkbook = (tx: Transaction, id: string): Promise<WorkbookRow | null> => tx.row<WorkbookRow>(
  'SELECT id, file_name, size_bytes, sha256 FROM workbook WHERE id = $1 AND created_by = $2 AND job_id IS NULL FOR UPDATE', [id, tx.origin.actor.ref])

export const useWorkbook = (tx: Transaction, id: string, jobId: string): Promise<unknown> => tx.rows('UPDATE workbook SET job_id = $2 WHERE id = $1', [id, jobId])

/** The file goes with the end of its job. */
export const destroyWorkbook = (tx: Transaction, jobId: string): Promise<unknown> => tx.rows('DELETE FROM workbook WHERE job_id = $1', [jobId])

const DAY = `interval '1 day'`
/** Files that nobody used within a day. Answers their ids. */
export const dropUnused = async (tx: Transaction): Promise<string[]> =>
  (await tx.rows<{ id: string }>(`DELETE FROM workbook WHERE job_id IS NULL AND created_at < now() - ${DAY} RETURNING id`)).map(r => r.id)

const PIECE = 4 * 1024 * 1024
/** The bytes of a job's file, piece by piece. */
export async function * workbookContent(db: Database, jobId: string): AsyncGenerator<Buffer> {
  for (let from = 1; ; from += PIECE) {
    const [row] = await db.rows<{ piece: Buffer }>('SELECT substring(content FROM $2::int FOR $3::int) AS piece FROM workbook WHERE job_id = $1', [jobId, from, PIECE])
    if (!row?.piece.length) return
    yield row.piece
  }
}
