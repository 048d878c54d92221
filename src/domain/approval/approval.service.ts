import { hashOf } from '../../database/content-hash'
import type { Transaction } from '../../database/transaction'
import type { ApprovalDecision } from './approval.types'

/** What is approved: a GraphQL type, a row and the unit whose scope the record shares. */
export interface ApprovalSubject {
  type: string
  id: string
  unitId: string
}

export interface ApprovalRow {
  id: string
  step: string
  decision: ApprovalDecision
  content_hash: string
  actor: string
  at: string
}

/** The hash that an approval binds: equal contents, whatever the order of their keys, have equal hashes. */
export const contentHash = (content: unknown): string => hashOf(content)

/** Appends a decision on exactly this content. */
export function recordDecision(
  tx: Transaction, subject: ApprovalSubject, d: { step: string; decision: ApprovalDecision; contentHash: string; opinion?: string | null },
): string {
  return tx.append('approval_record', {
    subject_type: subject.type, subject_id: subject.id, unit_id: subject.unitId, step: d.step, decision: d.decision,
    content_hash: d.contentHash, actor: tx.origin.actor.ref, opinion: d.opinion ?? null,
  })
}

/** The last decision at each of these steps, by step. */
export async function lastDecisions(tx: Transaction, subjectId: string, steps: readonly string[]): Promise<Map<string, ApprovalRow>> {
  const rows = await tx.rows<ApprovalRow>(
    `SELECT DISTINCT ON (step) id, step, decision, content_hash, actor, at FROM approval_record
     WHERE subject_id = $1 AND step = ANY($2::text[]) ORDER BY step, id DESC`, [subjectId, steps])
  return new Map(rows.map(r => [r.step, r]))
}

/** Does the decision still count for this content? An approval of anything else, or one that was voided, does not. */
export const approves = (decision: ApprovalRow | undefined, hash: string): decision is ApprovalRow =>
  decision?.decision === 'APPROVED' && decision.content_hash === hash

/** Appends VOIDED for each of these steps that is approved at the moment. Says whether there was any. */
export async function voidApprovals(tx: Transaction, subject: ApprovalSubject, steps: readonly string[], opinion: string): Promise<boolean> {
  const standing = [...(await lastDecisions(tx, subject.id, steps)).values()].filter(d => d.decision === 'APPROVED')
  for (const d of standing) recordDecision(tx, subject, { step: d.step, decision: 'VOIDED', contentHash: d.content_hash, opinion })
  return standing.length > 0
}
