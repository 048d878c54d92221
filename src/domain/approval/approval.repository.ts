import type { Decisions, DecisionRow } from './chain'

/** The database or a transaction on it. */
export interface Rows {
  rows<T>(text: string, values: readonly unknown[]): Promise<T[]>
}

const LAST = `SELECT DISTINCT ON (subject_id, step) id, subject_id, step, seq, decision, content_hash, actor, at
  FROM approval_record WHERE subject_id = ANY($1::uuid[]) ORDER BY subject_id, step, seq DESC`

/** The last decision at each step, for each of these subjects. */
export async function decisionsOnEach(q: Rows, subjectIds: readonly string[]): Promise<Map<string, Decisions>> {
  const found = new Map(subjectIds.map(id => [id, new Map<string, DecisionRow>()]))
  for (const row of await q.rows<DecisionRow>(LAST, [subjectIds])) found.get(row.subject_id)!.set(row.step, row)
  return found
}

export const decisionsOn = async (q: Rows, subjectId: string): Promise<Decisions> => (await decisionsOnEach(q, [subjectId])).get(subjectId)!
