import { NOW, type Input, type Telling } from '../scope-walk/telling'
import { LATER, said, type Ground } from './ground'

const YEAR = 2023

/** A session that goes back a step, an answer that is given again, pledges judged in another order. */
export async function hearings({ county: c, does }: Telling, { bureau, secretary }: Ground): Promise<void> {
  await does('fileDutyReport', { unitId: bureau, year: YEAR, responsibility: 'SECRETARY_FIRST', appointmentId: secretary, text: '述责' })
  const session = async (no: string): Promise<{ id: string; respondentId: string }> => {
    const { id } = (await does('scheduleHearing', {
      hostUnitId: c.root, no: `${c.mark}-${no}`, heldOn: '2026-01-12', year: YEAR, theme: '阳光问效', agenda: '议程', isFourResponsibility: false,
      respondents: [{ aboutUnitId: bureau, responsibility: 'SECRETARY_FIRST', appointmentId: secretary }], isSynthetic: true,
    }))['hearingSession']!
    await does('openHearingReports', { id })
    await does('openHearingQuestions', { id })
    return { id, respondentId: await c.find('heard', 'SELECT id FROM hearing_respondent WHERE session_id = $1', [id.slice(-36)]) }
  }
  const s = await session('W1')
  await does('stepHearingBack', { id: s.id, ...said() })
  await does('openHearingQuestions', { id: s.id })
  const question = (await does('askHearingQuestion', { respondentId: s.respondentId, text: '质询', findingIds: [] }, 'TWO'))['hearingQuestion']!.id
  for (const answer of ['答复', '补充答复']) await does('answerHearingQuestion', { id: question, answer })
  const pledge = async ({ respondentId }: { respondentId: string }): Promise<string> => (await does('makePledge', { respondentId, commitment: '承诺', deadline: LATER }))['pledge']!.id
  const conclude = async ({ id, respondentId }: { id: string; respondentId: string }): Promise<void> => {
    await does('openHearingEvaluation', { id })
    await does('recordDemocraticEvaluation', { respondentId, satisfied: 30, fair: 5, dissatisfied: 1, abstained: 0 })
    await does('concludeHearing', { id })
  }
  const broken = await pledge(s)
  await conclude(s)
  for (const opinion of ['进展一', '进展二']) await does('trackPledge', { id: broken, opinion }, 'TWO')
  await c.find('pledge', `WITH p AS (UPDATE pledge SET deadline = '2020-06-30' WHERE id = $1 RETURNING id, task_id) UPDATE rectification_task t SET due_on = '2020-06-30' FROM p WHERE t.id = p.task_id RETURNING p.id`, [broken.slice(-36)])
  await does('declarePledgeBroken', { id: broken, ...said() }, 'TWO')
  await does('revisePledgeJudgement', { id: broken, ...said() }, 'TWO')
  const other = await session('W2')
  const kept = await pledge(other)
  await conclude(other)
  await keptAtOnce({ county: c, does }, kept)
}

/** Nobody looked before it was kept. */
async function keptAtOnce({ county: c, does }: Pick<Telling, 'county' | 'does'>, id: string): Promise<void> {
  const task = await c.find('rect', 'SELECT task_id AS id FROM pledge WHERE id = $1', [id.slice(-36)])
  await does('planRectification', { id: task, measures: '措施' })
  await does('startRectification', { id: task })
  const proof: Input = { subjectId: task, title: '佐证', url: 'https://files.example/kept', sensitivity: 'INTERNAL', collectedAt: '2026-01-01T00:00:00.000Z' }
  await does('attachEvidenceLink', proof)
  await does('submitRectification', { id: task })
  await does('verifyRectification', { id: task }, 'TWO')
  await does('closeRectificationTask', { id: task }, 'TWO')
  await does('confirmPledgeFulfilled', { id }, 'TWO')
}

/** Special rectifications that go back from every step, and what is still done while problems are put right. */
export async function campaigns({ county: c, does }: Telling, { bureau, insurance, commission }: Ground): Promise<void> {
  const announce = async (code: string): Promise<string> => {
    const measure = (await does('proposeGovernanceMeasure', { unitId: bureau, demandingUnitId: commission, kind: 'SPECIAL_RECTIFICATION', content: '牵头整治', dueOn: LATER, isSynthetic: true }))['governanceMeasure']!.id
    return (await does('announceSpecialRectification', {
      leadUnitId: c.root, gripUnitId: insurance, pushUnitId: commission, responsibleUnitId: bureau, code: `${c.mark}-${code}`, nameZh: '专项整治', campaignGroup: '系统治理', matters: '整治内容',
      problemCategories: ['formalism'], unitIds: [bureau], governanceMeasureIds: [measure], validFrom: '2020-01-01', selfCheckDueOn: '2020-02-01', validTo: '2099-12-31', isSynthetic: true,
    }))['specialRectification']!.id
  }
  const id = await announce('W1')
  const back = (): Promise<unknown> => does('stepSpecialRectificationBack', { id, ...said() })
  await does('startSpecialSelfCheck', { id })
  await does('editSpecialRectification', { id, rowVersion: NOW, nameZh: '新专项整治' })
  await back()
  await does('startSpecialSelfCheck', { id })
  await does('startSpecialSupervisedCheck', { id })
  await back()
  await does('startSpecialSupervisedCheck', { id })
  const findingIds = [await c.find('finding', `SELECT id FROM supervision_finding WHERE unit_id = $1 AND state = 'DEALT_WITH' ORDER BY id`, [bureau.slice(-36)])]
  await does('startSpecialMending', { id })
  await back()
  await does('startSpecialMending', { id })
  await does('linkSpecialFindings', { id, findingIds })
  await does('unlinkSpecialFindings', { id, findingIds })
  const part = await c.find('campu', 'SELECT id FROM special_rectification_unit WHERE special_rectification_id = $1', [id.slice(-36)])
  await does('reportSpecialSelfCheck', { specialRectificationUnitId: part, problemsFound: 5, problemsFixed: 3, report: '自查' })
  await does('returnSpecialSelfCheck', { specialRectificationUnitId: part, ...said() })
  const off = await announce('W2')
  await does('startSpecialSelfCheck', { id: off })
  await does('cancelSpecialRectification', { id: off, ...said() })
}
