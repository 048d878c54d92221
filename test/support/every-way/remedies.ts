import { NOW, type By, type Input, type Telling } from '../scope-walk/telling'
import { LATER, proofOf, said, type Ground } from './ground'

/** Tasks given to somebody else, planned anew, given back and called off wherever they stand. */
export async function rectifications({ does }: Telling, { secretary, member }: Ground): Promise<void> {
  const open = async (): Promise<string> => (await does('openRectificationTask', { responsibleAppointmentId: member, problem: '问题', dueOn: LATER, sourceNote: '检查' }))['rectificationTask']!.id
  const plan = (id: string): Promise<unknown> => does('planRectification', { id, measures: '措施' }, 'TWO')
  const start = (id: string): Promise<unknown> => does('startRectification', { id }, 'TWO')
  const submit = (id: string): Promise<unknown> => does('submitRectification', { id }, 'TWO')
  const reassign = async (id: string): Promise<void> => {
    for (const responsibleAppointmentId of [secretary, member]) await does('reassignRectificationTask', { id, responsibleAppointmentId, ...said() })
  }
  const cancel = (id: string): Promise<unknown> => does('cancelRectificationTask', { id, ...said() })
  const id = await open()
  await plan(id)
  await reassign(id)
  await plan(id)
  await start(id)
  await reassign(id)
  await plan(id)
  await does('attachEvidenceLink', proofOf(id) as Input, 'TWO')
  await submit(id)
  await does('returnRectification', { id, ...said() })
  await reassign(id)
  await plan(id)
  await start(id)
  await submit(id)
  await does('verifyRectification', { id })
  await does('returnRectification', { id, ...said() })
  await cancel(id)
  const planned = await open()
  await plan(planned)
  await cancel(planned)
  const begun = await open()
  await plan(begun)
  await start(begun)
  await cancel(begun)
}

/** Signed letters that are changed, taken back or revoked; silence and refusals that go higher; answers that are changed. */
export async function letters({ county: c, does }: Telling, { bureau, group, member }: Ground): Promise<void> {
  const draft = async (): Promise<string> => (await does('draftRecommendationLetter', { issuerUnitId: group, addresseeUnitId: bureau, title: '建议书', basis: '事实', replyWithin: 10 }))['recommendationLetter']!.id
  const add = async (letterId: string): Promise<string> => (await does('addRecommendationItem', { letterId, content: '建议' }))['recommendationItem']!.id
  const sign = async (id: string): Promise<void> => {
    await does('submitRecommendationLetter', { id })
    await does('signRecommendationLetter', { id }, 'TWO')
  }
  const issued = async (n = 1): Promise<{ id: string; items: string[] }> => {
    const id = await draft()
    const items: string[] = []
    for (let i = 0; i < n; i++) items.push(await add(id))
    await sign(id)
    await does('issueRecommendationLetter', { id })
    return { id, items }
  }
  const acknowledged = async (n = 1): Promise<{ id: string; items: string[] }> => {
    const letter = await issued(n)
    await does('acknowledgeRecommendationLetter', { id: letter.id })
    return letter
  }
  const adopt = (id: string): Promise<unknown> => does('adoptRecommendationItem', { id, measure: '措施', responsibleAppointmentId: member, dueOn: LATER })
  const escalate = (id: string): Promise<unknown> => does('escalateRecommendationLetter', { id, ...said() }, 'TWO')
  const silent = (id: string): Promise<string> => c.find('letter', `UPDATE recommendation_letter SET issued_on = '2020-01-01', reply_due_on = '2020-01-15' WHERE id = $1 RETURNING id`, [id.slice(-36)])

  const changed = await draft()
  const item = await add(changed)
  const changes: (() => Promise<unknown>)[] = [
    () => does('editRecommendationLetter', { id: changed, rowVersion: NOW, title: '新建议书' }), () => add(changed), () => does('editRecommendationItem', { id: item, rowVersion: NOW, content: '新建议' }),
    () => does('removeRecommendationItem', { id: item }),
  ]
  for (const change of changes) {
    await sign(changed)
    await change()
  }
  await sign(changed)
  await does('withdrawRecommendationLetter', { id: changed })
  const inReview = await draft()
  await add(inReview)
  await does('submitRecommendationLetter', { id: inReview })
  await does('withdrawRecommendationLetter', { id: inReview })
  await does('revokeRecommendationLetter', { id: (await acknowledged()).id, ...said() }, 'TWO')
  for (const letter of [await issued(), await acknowledged()]) {
    await silent(letter.id)
    await escalate(letter.id)
  }
  const partly = await acknowledged(2)
  await adopt(partly.items[0]!)
  await does('declineRecommendationItem', { id: partly.items[0]!, ...said() })
  await adopt(partly.items[0]!)
  await does('declineRecommendationItem', { id: partly.items[1]!, ...said() })
  await does('replyRecommendationLetter', { id: partly.id })
  await escalate(partly.id)
  const whole = await acknowledged()
  const [only] = whole.items as [string]
  const done = async (): Promise<void> => {
    await does('implementRecommendationItem', { id: only })
    await does('verifyRecommendationItem', { id: only }, 'TWO')
  }
  await adopt(only)
  await does('replyRecommendationLetter', { id: whole.id })
  await does('attachEvidenceLink', proofOf(only) as Input)
  await does('implementRecommendationItem', { id: only })
  await does('returnRecommendationItem', { id: only, ...said() }, 'TWO')
  await done()
  await does('reportRecommendationLetter', { id: whole.id })
  await does('verifyRecommendationLetter', { id: whole.id }, 'TWO')
  await does('returnRecommendationReport', { id: whole.id, ...said() }, 'TWO')
}

export async function decisions({ county: c, does }: Telling, { group, third }: Ground): Promise<void> {
  const propose = async (): Promise<string> => (await does('proposeAccountability', {
    proposingUnitId: group, decidingUnitId: c.root, basis: '事实', responsibility: 'MEMBER_DUAL_DUTY', personId: third, kind: 'WARNING', form: 'SECOND',
  }))['accountabilityDecision']!.id
  const returned = await propose()
  await does('returnAccountabilityProposal', { id: returned, ...said() }, 'TWO')
  await does('editAccountabilityProposal', { id: returned, rowVersion: NOW, basis: '补充事实' })
  await does('withdrawAccountabilityProposal', { id: returned, ...said() })
  const appealed = await propose()
  await does('decideAccountability', { id: appealed, rowVersion: NOW, ...said() }, 'TWO')
  await does('receiveAccountabilityAppeal', { id: appealed })
  await does('revokeAccountabilityDecision', { id: appealed, ...said() })
}

/** Measures that are given back after they were verified, or let go before they were carried out. */
export async function measures({ county: c, does }: Telling, { bureau, commission }: Ground): Promise<void> {
  const point = await c.find('rp', `SELECT id FROM risk_point WHERE unit_id = $1 AND state <> 'RETIRED' ORDER BY id`, [bureau.slice(-36)])
  const propose = async (): Promise<string> => (await does('proposeGovernanceMeasure', { unitId: bureau, demandingUnitId: commission, kind: 'INSTITUTION_BUILDING', content: '建章立制', dueOn: LATER, isSynthetic: true }))['governanceMeasure']!.id
  const carryOut = (id: string, by: By = 'TWO'): Promise<unknown> => does('implementGovernanceMeasure', { id, report: '已落实', controlIds: [], riskPointIds: [point] }, by)
  const verified = await propose()
  await does('acceptGovernanceMeasure', { id: verified }, 'TWO')
  await does('attachEvidenceLink', proofOf(verified) as Input, 'TWO')
  await carryOut(verified)
  await does('verifyGovernanceMeasure', { id: verified })
  await does('returnGovernanceReport', { id: verified, ...said() })
  await does('cancelGovernanceMeasure', { id: verified, ...said() })
  const returned = await propose()
  await does('returnGovernanceMeasure', { id: returned, ...said() }, 'TWO')
  await does('cancelGovernanceMeasure', { id: returned, ...said() })
}
