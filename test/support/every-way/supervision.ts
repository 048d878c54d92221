import { NOW, type Input, type Telling } from '../scope-walk/telling'
import { said, type Ground } from './ground'

let day = 0
/** Days of their own for each activity. */
const days = (): Input => {
  const from = new Date(Date.UTC(2031, 0, 1 + 10 * day++))
  return { plannedFrom: from.toISOString().slice(0, 10), plannedTo: new Date(from.getTime() + 3 * 86_400_000).toISOString().slice(0, 10) }
}

/** Activities that are changed, called off and merged after they were coordinated; a meeting that is called off after it was held. */
export async function activities({ does }: Telling, { audit, congress, bureau }: Ground): Promise<void> {
  const plan = async (leadUnitId: string, when: Input = days()): Promise<string> => (await does('planSupervisionActivity', {
    leadUnitId, title: '检查', types: [leadUnitId === audit ? 'AUDIT' : 'PEOPLES_CONGRESS'], objectUnitIds: [bureau], partnerUnitIds: [], matterCodes: ['work-style'], isSynthetic: true, ...when,
  }))['supervisionActivity']!.id
  const id = await plan(audit)
  await does('coordinateSupervisionActivity', { id })
  await does('editSupervisionActivity', { id, rowVersion: NOW, purpose: '目的' })
  await does('coordinateSupervisionActivity', { id })
  await does('cancelSupervisionActivity', { id, ...said() })

  const when = days()
  const [mine, theirs] = [await plan(congress, when), await plan(audit, when)]
  await does('answerSupervisionOverlap', { id: mine, otherActivityId: theirs, answer: 'JOINT_ACTION', ...said() })
  const proposal = (await does('sendCollaborationRecord', { fromUnitId: congress, toUnitId: audit, kind: 'JOINT_ACTION', subject: '联合检查', linkedId: mine, targetActivityId: theirs, isSynthetic: true }))['collaborationRecord']!.id
  await does('acknowledgeCollaborationRecord', { id: proposal })
  await does('coordinateSupervisionActivity', { id: mine })
  await does('mergeSupervisionActivity', { id: mine, intoActivityId: theirs })

  const wrong = (await does('sendCollaborationRecord', { fromUnitId: congress, toUnitId: audit, kind: 'INFORMATION_SHARING', subject: '通报', isSynthetic: true }))['collaborationRecord']!.id
  await does('returnCollaborationRecord', { id: wrong, ...said() })
  await does('recallCollaborationRecord', { id: wrong, ...said() })
  const meeting = (await does('conveneConsultationMeeting', { convenerUnitId: congress, title: '会商', agenda: '议题', plannedOn: '2026-02-02', participantUnitIds: [audit], isSynthetic: true }))['consultationMeeting']!.id
  await does('holdConsultationMeeting', { id: meeting, heldOn: '2026-02-03', attendedUnitIds: [audit] })
  await does('cancelConsultationMeeting', { id: meeting, ...said() })
}

/** Findings that lead to a clue, to several things, to something after all; one that is taken up when it was settled. */
export async function findings({ county: c, does }: Telling, { audit, bureau, commission, hospital, member }: Ground): Promise<void> {
  let n = 0
  const record = async (): Promise<string> => {
    const description = `${c.mark} way ${++n}`
    await does('recordSupervisionFinding', { foundByUnitId: audit, sourceKind: 'AUDIT', findings: [{ unitId: bureau, category: 'control-weakness', severity: 'GENERAL', description }] })
    return c.find('finding', 'SELECT id FROM supervision_finding WHERE description_zh = $1', [description])
  }
  const task = async (): Promise<string> => (await does('openRectificationTask', { responsibleAppointmentId: member, problem: '问题', dueOn: '2099-06-30', sourceNote: '检查' }))['rectificationTask']!.id
  const link = (id: string, targetId: string): Promise<unknown> => does('linkSupervisionFinding', { id, targetId })
  const unlink = (id: string, targetId: string): Promise<unknown> => does('unlinkSupervisionFinding', { id, targetId, ...said() })
  const clue = (await does('receiveClue', {
    unitId: commission, channel: 'ONLINE', nature: 'DISCIPLINE_CLUE', anonymity: 'NO_REPORTER', summary: '线索', subjectUnitIds: [hospital], subjectPersonIds: [], isSynthetic: true,
  }))['clue']!.id
  const id = await record()
  await link(id, clue)
  await unlink(id, clue)
  await does('dismissSupervisionFinding', { id, ...said() }, 'TWO')
  await link(id, clue)
  await unlink(id, clue)
  const [first, second] = [await task(), await task()]
  await link(id, first)
  await link(id, second)
  for (const target of [first, second]) await does('cancelRectificationTask', { id: target, ...said() })
  // What it led to is told it by events.
  const state = (): Promise<string> => c.find('finding', `SELECT CASE state WHEN 'RESOLVED' THEN id END AS id FROM supervision_finding WHERE id = $1`, [id.slice(-36)])
  for (let tries = 0; tries < 200 && await state() !== id; tries++) await new Promise(resolve => setTimeout(resolve, 50))
  await does('reopenSupervisionFinding', { id, ...said() })
}
