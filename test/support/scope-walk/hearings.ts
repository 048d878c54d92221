import { NOW, type By, type Input, type Payload, type Telling } from './telling'

/** What of the county is heard; global ids. The first person holds the secretary's and the group leader's post, the second one the member's. */
export interface HeardMaterial { bureau: string; group: string; secretary: string; member: string; leader: string }

export const FOUR = ['COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY'] as const
export type Four = (typeof FOUR)[number]
const LATER = '2099-06-30'

const speakerOf = (m: HeardMaterial, r: Four): { post: string; by: By; others: By } => {
  if (r === 'MEMBER_DUAL_DUTY') return { post: m.member, by: 'TWO', others: 'ONE' }
  return { post: r === 'COMMISSION_SUPERVISORY' ? m.leader : m.secretary, by: 'ONE', others: 'TWO' }
}

/** What one of the four says about a year of the bureau, in a report that can still be changed. */
export async function dutyReport({ county: c, does }: Telling, m: HeardMaterial, of: { year: number; responsibility: Four }): Promise<string> {
  const { post, by } = speakerOf(m, of.responsibility)
  return (await does('fileDutyReport', { unitId: m.bureau, ...of, appointmentId: post, text: `${c.mark} report` }, by))['dutyReport']!.id
}

interface Session { id: string; heard: Record<Four, string> }
async function session({ county: c, does }: Telling, m: HeardMaterial, { year, no }: { year: number; no: string }, of: readonly Four[] = FOUR): Promise<Session> {
  const respondents = of.map(responsibility => ({ aboutUnitId: m.bureau, responsibility, appointmentId: speakerOf(m, responsibility).post }))
  const { hearingSession } = await does('scheduleHearing', {
    hostUnitId: c.root, no: `${c.mark}-${no}`, heldOn: '2026-01-12', year, theme: `${c.zh}阳光问效`, agenda: `${c.mark} agenda`, isFourResponsibility: of.length === FOUR.length, respondents, isSynthetic: true,
  })
  const { id } = hearingSession!
  await does('editHearing', { id, rowVersion: NOW, theme: `${c.zh}新主题`, respondents })
  const heard = await Promise.all(of.map(async r => [r, await c.find('heard', 'SELECT id FROM hearing_respondent WHERE session_id = $1 AND responsibility = $2', [id.slice(-36), r])] as const))
  return { id, heard: Object.fromEntries(heard) as Session['heard'] }
}

/** One session of all four with all that can happen in it, until its pledge is kept; another one that is called off. */
export async function hearings(t: Telling, m: HeardMaterial, year: number): Promise<void> {
  const { county: c, does } = t
  const M = c.mark
  const s = await session(t, m, { year, no: 'H1' })
  await does('openHearingReports', { id: s.id })
  for (const responsibility of FOUR) {
    const id = await dutyReport(t, m, { year, responsibility })
    await does('editDutyReport', { id, rowVersion: NOW, text: `${M} edited report` }, speakerOf(m, responsibility).by)
    await does('attachEvidenceLink', proof(M, id), speakerOf(m, responsibility).by)
  }
  await does('openHearingQuestions', { id: s.id })
  await questions(t, m, s)
  const pledge = await pledged(t, s.heard.SECRETARY_FIRST)
  await does('openHearingEvaluation', { id: s.id })
  await does('stepHearingBack', { id: s.id, opinion: `${M} asks on` })
  await does('openHearingEvaluation', { id: s.id })
  for (const r of FOUR) await does('recordDemocraticEvaluation', { respondentId: s.heard[r], satisfied: 31, fair: 9, dissatisfied: 2, abstained: 1 })
  await does('concludeHearing', { id: s.id })
  await kept(t, m, pledge)
  await does('followUpHearing', { id: s.id, followUp: `${M} followed up` })
  await does('closeHearing', { id: s.id })
  await does('cancelHearing', { id: (await session(t, m, { year, no: 'H2' }, ['SECRETARY_FIRST'])).id, opinion: `${M} calls off` })
}

const proof = (M: string, subjectId: string): Input => ({ subjectId, title: `${M} heard`, url: `https://files.example/${M}/heard`, sensitivity: 'INTERNAL', collectedAt: '2026-01-01T00:00:00.000Z' })

/** Everybody is asked by the other one of the two. */
async function questions({ county: c, does }: Telling, m: HeardMaterial, { heard }: Session): Promise<void> {
  const M = c.mark
  const finding = await c.find('finding', 'SELECT id FROM supervision_finding WHERE unit_id = $1 ORDER BY id', [m.bureau.slice(-36)])
  const ask = async (r: Four): Promise<string> => (await does('askHearingQuestion', { respondentId: heard[r], text: `${M} question`, findingIds: [finding] }, speakerOf(m, r).others))['hearingQuestion']!.id
  for (const r of FOUR) {
    const id = await ask(r)
    const { by, others } = speakerOf(m, r)
    const answer = (): Promise<Payload> => does('answerHearingQuestion', { id, answer: `${M} answer` }, by)
    await does('editHearingQuestion', { id, rowVersion: NOW, text: `${M} edited question`, findingIds: [finding] }, others)
    await answer()
    await does('pressHearingQuestion', { id, opinion: `${M} presses` }, others)
    await answer()
  }
  await does('withdrawHearingQuestion', { id: await ask('MEMBER_DUAL_DUTY') })
}

async function pledged({ county: c, does }: Telling, respondentId: string): Promise<string> {
  const { id } = (await does('makePledge', { respondentId, commitment: `${c.mark} pledge`, deadline: LATER }))['pledge']!
  await does('editPledge', { id, rowVersion: NOW, commitment: `${c.mark} edited pledge`, deadline: '2099-07-31' })
  return id
}

/** Its task is done, verified and closed, and what was found is settled with it. */
async function kept({ county: c, does }: Telling, { bureau }: HeardMaterial, id: string): Promise<void> {
  const M = c.mark
  const task = await c.find('rect', 'SELECT task_id AS id FROM pledge WHERE id = $1', [id.slice(-36)])
  await does('trackPledge', { id, opinion: `${M} looks` }, 'TWO')
  await does('planRectification', { id: task, measures: `${M} measures` })
  await does('startRectification', { id: task })
  await does('attachEvidenceLink', proof(M, task))
  await does('submitRectification', { id: task })
  await does('verifyRectification', { id: task }, 'TWO')
  await does('closeRectificationTask', { id: task }, 'TWO')
  await does('confirmPledgeFulfilled', { id }, 'TWO')
  await does('revisePledgeJudgement', { id, opinion: `${M} revises` }, 'TWO')
  await does('confirmPledgeFulfilled', { id }, 'TWO')
  await does('recordSupervisionFinding', {
    foundByUnitId: await c.find('unit', 'SELECT id FROM unit WHERE code = $1', [`${M}-AUDIT`]), sourceKind: 'AUDIT',
    findings: [{ unitId: bureau, category: 'control-weakness', severity: 'GENERAL', description: `${M} pledged`, foundOn: '2026-01-13' }],
  })
  await does('linkSupervisionFinding', { id: await c.find('finding', 'SELECT id FROM supervision_finding WHERE description_zh = $1', [`${M} pledged`]), targetId: task })
}

/** A pledge whose day has passed, in an ordinary session: it was made years ago. */
export async function brokenPledge(t: Telling, m: HeardMaterial, year: number): Promise<void> {
  const { county: c, does } = t
  const s = await session(t, m, { year, no: 'H3' }, ['SECRETARY_FIRST'])
  await dutyReport(t, m, { year, responsibility: 'SECRETARY_FIRST' })
  await does('openHearingReports', { id: s.id })
  await does('openHearingQuestions', { id: s.id })
  const id = await pledged(t, s.heard.SECRETARY_FIRST)
  await c.find('pledge', `WITH p AS (UPDATE pledge SET deadline = '2020-06-30' WHERE id = $1 RETURNING id, task_id) UPDATE rectification_task t SET due_on = '2020-06-30' FROM p WHERE t.id = p.task_id RETURNING p.id`, [id.slice(-36)])
  await does('declarePledgeBroken', { id, opinion: `${c.mark} finds it broken` }, 'TWO')
}
