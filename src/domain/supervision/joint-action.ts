import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { Transaction } from '../../database/transaction'
import { ACTIVITY, overlapAnswer } from './activity.repository'
import { activityEvents } from './supervision.events'

/** The other body's activity for which a joint action is proposed: the leading body has answered that overlap so. Answers its row id. */
export async function proposedFor(tx: Transaction, activityId: string, otherId: string, otherLeadId: string): Promise<string> {
  const other = rowIdOf(ACTIVITY.prefix, otherId)
  const answer = other === null ? null : await overlapAnswer(tx, activityId, other)
  const row = answer?.answer === 'JOINT_ACTION' ? await tx.row<{ unit_id: string }>('SELECT unit_id FROM supervision_activity WHERE id = $1', [other]) : null
  if (row?.unit_id !== otherLeadId) throw notFound('targetActivityId')
  return other!
}

/** The leading body of the other activity agrees: from now on the activity can go into that one. */
export async function agreeToJointAction(tx: Transaction, activityId: string, otherId: string): Promise<void> {
  const answer = await overlapAnswer(tx, activityId, otherId)
  if (answer?.answer !== 'JOINT_ACTION' || answer.agreed_at !== null) return
  tx.update('supervision_overlap', answer, { agreed_at: new Date().toISOString(), agreed_by: tx.origin.actor.ref })
  tx.emit(activityEvents.jointActionAgreed, { subjectId: activityId, unitId: answer.unit_id, payload: { otherActivityId: otherId } })
}
