import { AppError } from '../../core/errors'
import { requireOpinion, requireOtherEyes } from '../../core/four-eyes'
import { HASH_ALGORITHM, hashOf } from '../../database/content-hash'
import type { Transaction } from '../../database/transaction'
import { decisionsOn } from './approval.repository'
import { hasRole, hindrance, kept, type ChainStep, type ChainSubject, type DecisionRow, type Standing, type Verdict } from './chain'
import type { ApprovalDecision } from './approval.types'

/** What is approved: a GraphQL type, a row and the unit whose scope the record shares. */
export type ApprovalSubject = Pick<ChainSubject, 'type' | 'id' | 'unitId'>

/** The hash that an approval binds: equal contents, whatever the order of their keys, have equal hashes. */
export const contentHash = (content: unknown): string => hashOf(content)

export interface NewDecision {
  readonly step: string
  readonly decision: Verdict
  /** Of the content as it stands. */
  readonly contentHash: string
  /** The hash that the client looked at, when it sent one. */
  readonly seen?: string | null
  readonly opinion?: string | null
}

/**
 * Decides a step of the subject's chain: role, order and four eyes, the opinion that returning and rejecting need, and that the content is
 * still what the client saw. The caller has locked the subject and asked its state table. Returns how the chain stands then.
 */
export async function decide(tx: Transaction, subject: ChainSubject, d: NewDecision): Promise<Standing> {
  const decisions = new Map(await decisionsOn(tx, subject.id))
  const standing = { subject, decisions, hash: d.contentHash }
  const step = stepOf(subject, d.step)
  requireFree(tx, standing, step)
  const opinion = d.decision === 'APPROVED' ? d.opinion?.trim() || null : requireOpinion(d.opinion)
  requireSeen(d.seen, d.contentHash)
  const record = recorder(tx, subject, decisions)
  decisions.set(d.step, record({ step: d.step, decision: d.decision, content_hash: d.contentHash }, opinion))
  // A chain holds for one content or not at all: who returns it takes back what others had approved.
  if (d.decision !== 'APPROVED') for (const other of standingIn(decisions)) decisions.set(other.step, record({ ...other, decision: 'VOIDED' }, opinion))
  return standing
}

/** Appends VOIDED at every step that is approved at the moment. Says whether there was any. */
export async function voidApprovals(tx: Transaction, subject: ApprovalSubject, opinion: string): Promise<boolean> {
  const decisions = await decisionsOn(tx, subject.id)
  const record = recorder(tx, subject, decisions)
  const approved = standingIn(decisions)
  for (const d of approved) record({ ...d, decision: 'VOIDED' }, opinion)
  return approved.length > 0
}

/** Refuses those who lack the step's role; for callers that check more before they decide. */
export function requireStepRole(tx: Transaction, subject: ChainSubject, step: string): void {
  const found = stepOf(subject, step)
  if (!hasRole(subject, found, tx.origin.actor)) throw roleMissing(tx, found)
}

/** What you decide on is what you saw. A client that sends no hash takes the content as it stands. */
export function requireSeen(seen: string | null | undefined, hash: string | null): void {
  if (seen == null || seen === hash) return
  const message = 'The content is not what you looked at: it was changed in the meantime. Read it again.'
  throw new AppError('CONFLICT', message, { messageKey: 'contentChanged', violations: [{ path: 'contentHash', rule: 'content-seen', message }] })
}

function stepOf({ chain }: ChainSubject, step: string): ChainStep {
  const found = chain.steps.find(s => s.step === step)
  if (!found) throw new Error(`The chain ${chain.name} has no step ${step}.`)
  return found
}

const standingIn = (decisions: ReadonlyMap<string, DecisionRow>): DecisionRow[] => [...decisions.values()].filter(d => d.decision === 'APPROVED')

/** Appends decisions, each numbered after the last one on the subject. */
function recorder(tx: Transaction, subject: ApprovalSubject, before: ReadonlyMap<string, DecisionRow>) {
  let last = Math.max(0, ...[...before.values()].map(d => d.seq))
  return (d: { step: string; decision: ApprovalDecision; content_hash: string }, opinion: string | null): DecisionRow => {
    const row = {
      subject_id: subject.id, step: d.step, seq: ++last, decision: d.decision, content_hash: d.content_hash, actor: tx.origin.actor.ref,
    }
    const id = tx.append('approval_record', { subject_type: subject.type, unit_id: subject.unitId, ...row, hash_algorithm: HASH_ALGORITHM, opinion })
    return { ...row, id, at: null }
  }
}

function requireFree(tx: Transaction, standing: Standing, step: ChainStep): void {
  const { chain } = standing.subject
  const refuse = (rule: string, message: string): never => {
    throw new AppError('PRECONDITION_FAILED', message, { violations: [{ path: 'id', rule, message }] })
  }
  switch (hindrance(standing, step, tx.origin.actor)) {
    case null: return
    case 'ROLE': throw roleMissing(tx, step)
    case 'ALREADY_APPROVED': return refuse(chain.rule, 'This step is approved already for this content.')
    case 'NOT_OPEN': return refuse(chain.rule, 'There is nothing to decide on at this step now.')
    case 'EARLIER_STEP': return refuse('approval-order', 'An earlier step has not approved this content.')
    case 'FOUR_EYES': return requireOtherEyes(tx.origin.actor, ...kept(standing, step))
  }
}

const roleMissing = (tx: Transaction, step: ChainStep): AppError => {
  const roles = step.roles.join(', ')
  return new AppError('FORBIDDEN', `${tx.command} needs one of the roles ${roles} for the step ${step.step}.`, { messageKey: 'roleMissing', messageValues: { command: tx.command, roles } })
}
