import { NOW, type Input, type Telling } from './telling'

/** What of the county the remedies are about; global ids. */
export interface RemedyMaterial { bureau: string; group: string; secretary: string; member: string; points: readonly string[] }

const LATER = '2099-06-30'

/** What becomes of what was found: rectifications, recommendation letters, decisions to hold somebody to account. */
export async function remedies(t: Telling, m: RemedyMaterial): Promise<void> {
  await rectifications(t, m)
  await letters(t, m)
  await accountability(t, m)
}

const proof = (M: string, subjectId: string): Input => ({ subjectId, title: `${M} remedy`, url: `https://files.example/${M}/remedy`, sensitivity: 'INTERNAL', collectedAt: '2026-01-01T00:00:00.000Z' })

/** The second person answers for the tasks, the first one supervises. */
async function rectifications({ county: c, does }: Telling, { bureau, secretary, member }: RemedyMaterial): Promise<void> {
  const M = c.mark
  const test = await c.find('test', 'SELECT t.id FROM control_test t WHERE t.unit_id = $1 ORDER BY t.id LIMIT 1', [bureau.slice(-36)])
  const open = async (more: Input): Promise<string> => (await does('openRectificationTask', { responsibleAppointmentId: member, problem: `${M} problem`, dueOn: LATER, ...more }))['rectificationTask']!.id
  const id = await open({ sourceId: test })
  await does('editRectificationTask', { id, rowVersion: NOW, problem: `${M} edited problem` })
  await does('reassignRectificationTask', { id, responsibleAppointmentId: secretary, opinion: `${M} reassigns` })
  await does('reassignRectificationTask', { id, responsibleAppointmentId: member, opinion: `${M} gives it back` })
  await does('planRectification', { id, measures: `${M} measures` }, 'TWO')
  await does('startRectification', { id }, 'TWO')
  await does('attachEvidenceLink', proof(M, id), 'TWO')
  await does('submitRectification', { id }, 'TWO')
  await does('recallRectification', { id }, 'TWO')
  await does('submitRectification', { id }, 'TWO')
  await does('returnRectification', { id, opinion: `${M} returns` })
  await does('startRectification', { id }, 'TWO')
  await does('submitRectification', { id }, 'TWO')
  await does('verifyRectification', { id })
  await does('closeRectificationTask', { id })
  const again = (await does('reportRectificationRecurrence', { id, opinion: `${M} recurs`, dueOn: LATER, problem: `${M} again`, responsibleAppointmentId: member }))['rectificationTask']!.id
  await does('cancelRectificationTask', { id: again, opinion: `${M} cancels` })
  const slow = await open({ sourceNote: `${M} source` })
  const more = async (dueOn: string): Promise<string> => (await does('requestRectificationExtension', { taskId: slow, dueOn, reason: `${M} needs time` }, 'TWO'))['rectificationExtension']!.id
  await does('approveRectificationExtension', { id: await more('2099-07-31') })
  await does('refuseRectificationExtension', { id: await more('2099-08-31'), opinion: `${M} refuses` })
  await does('withdrawRectificationExtension', { id: await more('2099-08-31') }, 'TWO')
}

/** The first person draws up and answers, the second one signs, verifies and decides. */
async function letters({ county: c, does }: Telling, { bureau, group, member, points }: RemedyMaterial): Promise<void> {
  const M = c.mark
  const drafted = async (title: string): Promise<string> => (await does('draftRecommendationLetter', {
    issuerUnitId: group, addresseeUnitId: bureau, title: `${M} ${title}`, basis: `${M} facts`, replyWithin: 10,
  }))['recommendationLetter']!.id
  const add = async (letterId: string, content: string): Promise<string> => (await does('addRecommendationItem', { letterId, content: `${M} ${content}`, targetRiskPointId: points[0] }))['recommendationItem']!.id
  const send = async (id: string): Promise<void> => {
    await does('submitRecommendationLetter', { id })
    await does('signRecommendationLetter', { id }, 'TWO')
    await does('issueRecommendationLetter', { id })
  }
  const id = await drafted('letter')
  await does('editRecommendationLetter', { id, rowVersion: NOW, title: `${M} edited letter` })
  const [first, second] = [await add(id, 'first'), await add(id, 'second')]
  await does('editRecommendationItem', { id: first, rowVersion: NOW, content: `${M} edited first`, targetRiskPointId: points[0] })
  await does('removeRecommendationItem', { id: await add(id, 'third') })
  await does('submitRecommendationLetter', { id })
  await does('returnRecommendationLetter', { id, opinion: `${M} returns` }, 'TWO')
  await send(id)
  await does('acknowledgeRecommendationLetter', { id })
  await does('adoptRecommendationItem', { id: first, measure: `${M} measure`, responsibleAppointmentId: member, dueOn: LATER })
  await does('declineRecommendationItem', { id: second, opinion: `${M} declines` })
  await does('replyRecommendationLetter', { id })
  await does('attachEvidenceLink', proof(M, first))
  await does('implementRecommendationItem', { id: first })
  await does('verifyRecommendationItem', { id: first }, 'TWO')
  await does('returnRecommendationItem', { id: first, opinion: `${M} returns it` }, 'TWO')
  await does('implementRecommendationItem', { id: first })
  await does('verifyRecommendationItem', { id: first }, 'TWO')
  await does('reportRecommendationLetter', { id })
  await does('returnRecommendationReport', { id, opinion: `${M} returns the report` }, 'TWO')
  await does('reportRecommendationLetter', { id })
  await does('verifyRecommendationLetter', { id }, 'TWO')
  await does('closeRecommendationLetter', { id }, 'TWO')
  await does('withdrawRecommendationLetter', { id: await drafted('withdrawn letter') })
  const declined = async (title: string): Promise<string> => {
    const letter = await drafted(title)
    const only = await add(letter, 'only')
    await send(letter)
    await does('acknowledgeRecommendationLetter', { id: letter })
    await does('declineRecommendationItem', { id: only, opinion: `${M} declines` })
    await does('replyRecommendationLetter', { id: letter })
    return letter
  }
  await does('acceptRecommendationRefusal', { id: await declined('accepted refusal'), opinion: `${M} accepts` }, 'TWO')
  const escalated = await declined('escalated letter')
  await does('escalateRecommendationLetter', { id: escalated, opinion: `${M} escalates` }, 'TWO')
  await does('orderRecommendationReply', { id: escalated, opinion: `${M} orders` }, 'TWO')
  await does('replyRecommendationLetter', { id: escalated })
  await does('escalateRecommendationLetter', { id: escalated, opinion: `${M} escalates again` }, 'TWO')
  await does('upholdRecommendationRefusal', { id: escalated, opinion: `${M} upholds` }, 'TWO')
  const revoked = await drafted('revoked letter')
  await add(revoked, 'only')
  await send(revoked)
  await does('revokeRecommendationLetter', { id: revoked, opinion: `${M} revokes` }, 'TWO')
}

async function accountability({ county: c, does }: Telling, { bureau, group }: RemedyMaterial): Promise<void> {
  const M = c.mark
  const personId = await c.find('person', 'SELECT id FROM person WHERE staff_no = $1', [`${M}-THREE`])
  const propose = async (more: Input): Promise<string> => (await does('proposeAccountability', {
    proposingUnitId: group, decidingUnitId: c.root, basis: `${M} basis`, responsibility: 'MEMBER_DUAL_DUTY', ...more,
  }))['accountabilityDecision']!.id
  const ofPerson = { personId, kind: 'DEMERIT', form: 'SECOND' }
  const id = await propose(ofPerson)
  await does('editAccountabilityProposal', { id, rowVersion: NOW, basis: `${M} edited basis` })
  await does('returnAccountabilityProposal', { id, opinion: `${M} returns` }, 'TWO')
  await does('resubmitAccountabilityProposal', { id })
  await does('decideAccountability', { id, rowVersion: NOW, opinion: `${M} decides` }, 'TWO')
  await does('receiveAccountabilityAppeal', { id })
  await does('upholdAccountabilityDecision', { id, opinion: `${M} upholds` })
  await does('revokeAccountabilityDecision', { id, opinion: `${M} revokes` })
  await does('withdrawAccountabilityProposal', { id: await propose(ofPerson), opinion: `${M} withdraws` })
  await does('rejectAccountabilityProposal', { id: await propose({ unitId: bureau, kind: 'CIRCULAR_CRITICISM' }), opinion: `${M} rejects` }, 'TWO')
}
