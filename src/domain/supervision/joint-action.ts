import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { Transaction } from '../../database/transaction'
import { gate } from '../gate'
import { ACTIVITY, overlapAnswer, partnersOf, type ActivityRow } from './activity.repository'
import type { SupervisionActivityState } from './supervision-activity.states'
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

/** An activity takes another one in as long as its work on the spot goes on. */
const JOINABLE: readonly SupervisionActivityState[] = ['PLANNED', 'COORDINATED', 'IN_PROGRESS']

/** The activity that another one goes into: both bodies want that, and the leading body of the other one takes part from now on. */
export async function joined(tx: Transaction, activity: ActivityRow, intoActivityId: string): Promise<ActivityRow> {
  const intoId = rowIdOf(ACTIVITY.prefix, intoActivityId)
  const [mine, theirs] = intoId === null ? [null, null] : [await overlapAnswer(tx, activity.id, intoId), await overlapAnswer(tx, intoId, activity.id)]
  if (mine?.answer !== 'JOINT_ACTION') throw notFound('intoActivityId')
  const into = (await tx.row<ActivityRow>('SELECT t.*, u.path AS unit_path FROM supervision_activity t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1 FOR UPDATE OF t', [intoId]))!
  gate([
    ...(mine.agreed_at !== null || theirs?.answer === 'JOINT_ACTION' ? [] : [{ path: 'intoActivityId', rule: 'consent', message: 'The leading body of the other activity has not agreed to the joint action.' }]),
    ...(JOINABLE.includes(into.state) ? [] : [{ path: 'intoActivityId', rule: 'state', message: 'The other activity no longer takes anybody in.' }]),
  ])
  const partners = await partnersOf(tx, into.id)
  if (into.unit_id !== activity.unit_id && !partners.some(p => p.unit_id === activity.unit_id)) {
    tx.insert('supervision_activity_partner', {
      activity_id: into.id, lead_unit_id: into.unit_id, unit_id: activity.unit_id, name_zh: activity.lead_name_zh, merged_from_id: activity.id,
      plan_confirmed_at: new Date().toISOString(), plan_confirmed_by: tx.origin.actor.ref,
    })
    tx.touch(ACTIVITY.table, into)
  }
  return into
}
