import type { Database } from './database'

/** Days for which a repeated idempotency key gets the first answer. */
export const ANSWERS_KEPT_DAYS = 7

/** Forgets the answers of old idempotency keys, a few thousand a statement so that no lock lasts. Returns how many. */
export async function forgetOldAnswers(db: Database, days = ANSWERS_KEPT_DAYS): Promise<number> {
  let forgotten = 0
  for (;;) {
    const { rowCount } = await db.writes.query(
      `DELETE FROM idempotent_request WHERE ctid = ANY (ARRAY(SELECT ctid FROM idempotent_request WHERE at < now() - make_interval(days => $1) LIMIT 5000))`, [days])
    forgotten += rowCount ?? 0
    if ((rowCount ?? 0) < 5000) return forgotten
  }
}
