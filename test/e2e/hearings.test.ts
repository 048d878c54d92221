import { DateTime } from 'luxon'
import { systemActor } from '../../src/core/actor'
import { today } from '../../src/core/day'
import { runCommand } from '../../src/database/command'
import { inboxSources } from '../../src/domain'
import { followStates } from '../../src/domain/inbox'
import { loopModule } from '../../src/domain/loop'
import { coreModules } from '../../src/modules'
import { testApi, type Answer, type TestApi } from '../support/api'
import { originOf } from '../support/registers-fixture'
import { desks, Office4321, type Desks } from '../support/responsibility-fixture'
import { Teller } from '../support/telling'

let api: TestApi
let d: Desks
let o: Office4321
const tokens: Record<string, string> = {}

beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  await followStates(api.database.url, inboxSources)
  d = await desks(api.database.db)
  o = new Office4321(api.database, d)
  for (const who of Object.keys(d.people)) tokens[who] = await api.token(who)
})
afterAll(() => api.close())

type Who = keyof Desks['people']
const INPUTS: Record<string, string> = {
  openHearingReports: 'HearingCommandInput', openHearingQuestions: 'HearingCommandInput', openHearingEvaluation: 'HearingCommandInput', stepHearingBack: 'HearingCommandInput', closeHearing: 'HearingCommandInput',
  cancelHearing: 'HearingCommandInput', pressHearingQuestion: 'HearingQuestionCommandInput', withdrawHearingQuestion: 'HearingQuestionCommandInput', trackPledge: 'PledgeCommandInput',
  confirmPledgeFulfilled: 'PledgeCommandInput', declarePledgeBroken: 'PledgeCommandInput', revisePledgeJudgement: 'PledgeCommandInput', planRectification: 'PlanRectificationInput',
  openCycleAccountability: 'CycleCommandInput', revokeAccountabilityDecision: 'AccountabilityCommandInput', startRectification: 'RectificationCommandInput', submitRectification: 'RectificationCommandInput', verifyRectification: 'RectificationCommandInput',
}
const { ask, done, refused } = new Teller<Who>(() => api, tokens, INPUTS)
const rules = (e: Record<string, unknown>): string[] => (e['violations'] as { rule: string }[]).map(v => v.rule)

const FOUR = ['COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY'] as const
type Four = (typeof FOUR)[number]
const SPEAKER: Record<Four, Who> = { COMMITTEE_MAIN: 'secretary', SECRETARY_FIRST: 'secretary', MEMBER_DUAL_DUTY: 'member', COMMISSION_SUPERVISORY: 'groupLeader' }
const postOf = (r: Four): string => ({ COMMITTEE_MAIN: d.secretary, SECRETARY_FIRST: d.secretary, MEMBER_DUAL_DUTY: d.member, COMMISSION_SUPERVISORY: d.groupHead })[r]
const DEADLINE = DateTime.fromISO(today()).plus({ months: 3 }).toISODate()!
const VOTES = { satisfied: 31, fair: 9, dissatisfied: 2, abstained: 1 }

interface Session { id: string; heard: Record<Four, string>; year: number }
async function session(of: readonly Four[] = FOUR, more: object = {}): Promise<Session> {
  const year = o.nextYear()
  const { hearingSession } = await done('secretariat', 'scheduleHearing', {
    hostUnitId: d.county.ref, no: `YG-${year}`, heldOn: today(), year, theme: '工程变更阳光问效', isFourResponsibility: true,
    respondents: of.map(responsibility => ({ aboutUnitId: d.bureau.ref, responsibility, appointmentId: postOf(responsibility) })), ...more,
  }, 'hearingSession { id state isFourResponsibility respondents { nodes { id responsibility } } }')
  const heard = Object.fromEntries(hearingSession.respondents.nodes.map((n: { id: string; responsibility: Four }) => [n.responsibility, n.id])) as Session['heard']
  return { id: hearingSession.id, heard, year }
}
const report = async (s: Session, of: readonly Four[] = FOUR): Promise<void> => {
  for (const responsibility of of) await done(SPEAKER[responsibility], 'fileDutyReport', { unitId: d.bureau.ref, year: s.year, responsibility, appointmentId: postOf(responsibility), text: '述责述廉报告' })
}
async function questioning(of: readonly Four[] = FOUR): Promise<Session> {
  const s = await session(of)
  await report(s, of)
  await done('secretariat', 'openHearingReports', { id: s.id })
  await done('secretariat', 'openHearingQuestions', { id: s.id })
  return s
}
const question = async (s: Session, r: Four, findingIds: string[] = []): Promise<string> =>
  (await done('secretariat', 'askHearingQuestion', { respondentId: s.heard[r], text: '变更为何未经集体研究', findingIds }, 'hearingQuestion { id state }')).hearingQuestion.id
const answered = async (s: Session, of: readonly Four[] = FOUR): Promise<void> => {
  for (const r of of) await done(SPEAKER[r], 'answerHearingQuestion', { id: await question(s, r), answer: '已整改并完善制度' })
}

test('S-3: 43 findings, four reports, questions, evaluation of the four, one pledge that is one task with its day', async () => {
  const s = await session()
  const finding = (i: number) => ({ unitId: d.bureau.ref, category: 'project-change', severity: 'GENERAL', description: `工程变更问题${i + 1}` })
  const { supervisionFindings: found } = await done('groupOfficer', 'recordSupervisionFinding', { foundByUnitId: d.group.ref, sourceKind: 'OTHER', findings: Array.from({ length: 43 }, (_, i) => finding(i)) }, 'supervisionFindings { id }')
  const findings = (found as { id: string }[]).map(f => f.id)
  expect(findings).toHaveLength(43)

  // 述: nobody goes on before all have reported.
  expect((await refused('editor', 'openHearingReports', { id: s.id })).code).toBe('FORBIDDEN')
  await done('secretariat', 'openHearingReports', { id: s.id })
  const gap = await refused('secretariat', 'openHearingQuestions', { id: s.id })
  expect((gap['violations'] as { path: string }[]).map(v => v.path).sort()).toEqual(FOUR.map(r => `respondents.${r}`).sort())
  await report(s)
  await done('secretariat', 'openHearingQuestions', { id: s.id })

  // 问: on the findings, by the secretariat and by a representative; answered by who was asked.
  const first = await question(s, 'SECRETARY_FIRST', findings)
  const { hearingQuestion: second } = await done('representative', 'askHearingQuestion', { respondentId: s.heard.COMMITTEE_MAIN, text: '主体责任如何落实' }, 'hearingQuestion { id allowedCommands }')
  expect(second.allowedCommands).toEqual(['editHearingQuestion', 'withdrawHearingQuestion'])
  expect((await refused('member', 'askHearingQuestion', { respondentId: s.heard.COMMITTEE_MAIN, text: '提问' })).code).toBe('FORBIDDEN')
  expect((await refused('secretariat', 'openHearingEvaluation', { id: s.id })).code).toBe('PRECONDITION_FAILED')
  expect((await refused('member', 'answerHearingQuestion', { id: first, answer: '代答' })).code).toBe('FORBIDDEN')
  expect((await refused('secretariat', 'answerHearingQuestion', { id: first, answer: '代答' })).code).toBe('FORBIDDEN')
  await done('secretary', 'answerHearingQuestion', { id: first, answer: '情况属实，立即整改' })
  expect((await refused('representative', 'pressHearingQuestion', { id: first })).code).toBe('BAD_INPUT')
  await done('representative', 'pressHearingQuestion', { id: first, opinion: '没有说明责任人' })
  await done('secretary', 'answerHearingQuestion', { id: first, answer: '责任人已明确' })
  await done('representative', 'editHearingQuestion', { id: second.id, rowVersion: 1, text: '主体责任如何压实' })
  await done('secretary', 'answerHearingQuestion', { id: second.id, answer: '逐级压实' })
  const spare = await question(s, 'MEMBER_DUAL_DUTY')
  await done('secretariat', 'withdrawHearingQuestion', { id: spare })
  await answered(s, ['MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY'])

  // The pledge, by who is heard, with its one task.
  expect((await refused('member', 'makePledge', { respondentId: s.heard.SECRETARY_FIRST, commitment: '代为承诺', deadline: DEADLINE })).code).toBe('FORBIDDEN')
  expect((await refused('secretary', 'makePledge', { respondentId: s.heard.SECRETARY_FIRST, commitment: '已过期的承诺', deadline: '2020-01-01' })).code).toBe('BAD_INPUT')
  const { pledge } = await done('secretary', 'makePledge', { respondentId: s.heard.SECRETARY_FIRST, commitment: '三个月内完成43项工程变更问题整改', deadline: DEADLINE },
    'pledge { id state deadline rectificationTask { id dueOn problem sourceKind state responsibleAppointment { role } } }')
  expect(pledge).toEqual({ id: expect.any(String), state: 'MADE', deadline: DEADLINE, rectificationTask: {
    id: expect.any(String), dueOn: DEADLINE, problem: '三个月内完成43项工程变更问题整改', sourceKind: 'PLEDGE', state: 'OPEN', responsibleAppointment: { role: 'PARTY_GROUP_SECRETARY' } } })

  // 评: tallies for each of the four.
  await done('secretariat', 'openHearingEvaluation', { id: s.id })
  expect((await refused('representative', 'recordDemocraticEvaluation', { respondentId: s.heard.COMMITTEE_MAIN, ...VOTES })).code).toBe('FORBIDDEN')
  for (const r of FOUR) await done('secretariat', 'recordDemocraticEvaluation', { respondentId: s.heard[r], ...VOTES })
  await done('secretariat', 'concludeHearing', { id: s.id })
  const { data } = await ask('secretariat', `query($id: ID!) { hearingSession(id: $id) { state isFourResponsibility pledges { totalCount } respondents { nodes { responsibility dutyReport { fixedAt } tallies { satisfied fair dissatisfied abstained } } }
    questions(filter: { state: { eq: ANSWERED } }) { totalCount } transitions { nodes { toState } } } hearingQuestion(id: "${first}") { answer findings(first: 50) { totalCount } transitions { nodes { command opinion } } } rectificationTasks(filter: { sourceKind: { eq: PLEDGE }, problem: { contains: "43项" } }) { totalCount } }`, { id: s.id })
  expect(data.hearingSession).toMatchObject({ state: 'CONCLUDED', isFourResponsibility: true, pledges: { totalCount: 1 }, questions: { totalCount: 4 } })
  expect(data.hearingSession.respondents.nodes.map((n: { responsibility: string; dutyReport: { fixedAt: string }; tallies: object }) => [n.responsibility, typeof n.dutyReport.fixedAt, n.tallies]).sort()).toEqual([...FOUR].sort().map(r => [r, 'string', VOTES]))
  expect(data.hearingSession.transitions.nodes.map((n: { toState: string }) => n.toState)).toEqual(['REPORTING', 'QUESTIONING', 'EVALUATING', 'CONCLUDED'])
  expect(data.hearingQuestion).toMatchObject({ answer: '责任人已明确', findings: { totalCount: 43 } })
  expect(data.hearingQuestion.transitions.nodes.map((n: { command: string }) => n.command)).toEqual(['answerHearingQuestion', 'pressHearingQuestion', 'answerHearingQuestion'])
  expect(data.rectificationTasks.totalCount).toBe(1)

  // Followed up: judged by a supervisor once the task is verified.
  expect((await refused('secretariat', 'followUpHearing', { id: s.id, followUp: '跟踪情况' })).code).toBe('PRECONDITION_FAILED')
  await done('groupOfficer', 'trackPledge', { id: pledge.id, opinion: '已整改过半' })
  expect(rules(await refused('groupOfficer', 'confirmPledgeFulfilled', { id: pledge.id }))).toEqual(['INV-29'])
  expect((await refused('groupOfficer', 'declarePledgeBroken', { id: pledge.id, opinion: '未完成' })).code).toBe('PRECONDITION_FAILED')
  expect((await refused('secretary', 'confirmPledgeFulfilled', { id: pledge.id })).code).toBe('FORBIDDEN')
  const task = { id: pledge.rectificationTask.id }
  await done('editor', 'planRectification', { ...task, measures: '逐项整改' })
  await done('secretary', 'startRectification', task)
  await done('secretary', 'attachEvidenceLink', { subjectId: task.id, title: '整改台账', url: 'https://files.example/ledger', sensitivity: 'INTERNAL', collectedAt: '2020-06-01T08:00:00+08:00' })
  await done('secretary', 'submitRectification', task)
  await done('supervisor', 'verifyRectification', task)
  await done('groupOfficer', 'confirmPledgeFulfilled', { id: pledge.id })
  expect((await refused('groupOfficer', 'revisePledgeJudgement', { id: pledge.id, opinion: '误判' })).code).toBe('FORBIDDEN')
  await done('supervisor', 'revisePledgeJudgement', { id: pledge.id, opinion: '需再核' })
  await done('groupOfficer', 'confirmPledgeFulfilled', { id: pledge.id })
  await done('secretariat', 'followUpHearing', { id: s.id, followUp: '承诺已兑现' })
  expect((await refused('editor', 'closeHearing', { id: s.id })).code).toBe('FORBIDDEN')
  await done('secretariat', 'closeHearing', { id: s.id })
  expect((await refused('supervisor', 'revisePledgeJudgement', { id: pledge.id, opinion: '再改' })).code).toBe('PRECONDITION_FAILED')
})

test('INV-29: a pledge and its task stay one thing with one day, whoever tries', async () => {
  const s = await questioning(['SECRETARY_FIRST'])
  const { pledge } = await done('secretary', 'makePledge', { respondentId: s.heard.SECRETARY_FIRST, commitment: '完成整改', deadline: DEADLINE }, 'pledge { id rectificationTask { id } }')
  const later = DateTime.fromISO(DEADLINE).plus({ days: 7 }).toISODate()!
  expect((await refused('member', 'editPledge', { id: pledge.id, rowVersion: 1, deadline: later })).code).toBe('FORBIDDEN')
  const { pledge: edited } = await done('secretary', 'editPledge', { id: pledge.id, rowVersion: 1, deadline: later, commitment: '全面完成整改' }, 'pledge { deadline commitment rectificationTask { dueOn problem } }')
  expect(edited).toEqual({ deadline: later, commitment: '全面完成整改', rectificationTask: { dueOn: later, problem: '全面完成整改' } })
  // The database refuses what the services never do: one changed alone, a task taken away, a second pledge on it.
  const { owner } = api.database
  const [p, t] = [pledge.id.slice(-36), pledge.rectificationTask.id.slice(-36)]
  await expect(owner.query(`UPDATE pledge SET deadline = '2030-01-01' WHERE id = $1`, [p])).rejects.toMatchObject({ constraint: 'pledge_task_fk' })
  await expect(owner.query(`UPDATE rectification_task SET due_on = '2030-01-01' WHERE id = $1`, [t])).rejects.toMatchObject({ constraint: 'pledge_task_fk' })
  await expect(owner.query(`UPDATE pledge SET task_id = NULL WHERE id = $1`, [p])).rejects.toMatchObject({ column: 'task_id' })
})

test('INV-30: a session is one of the four responsibilities only when all four reported, were asked and evaluated', async () => {
  const s = await questioning(['SECRETARY_FIRST', 'MEMBER_DUAL_DUTY'])
  await answered(s, ['SECRETARY_FIRST'])
  await done('secretariat', 'openHearingEvaluation', { id: s.id })
  await done('secretariat', 'recordDemocraticEvaluation', { respondentId: s.heard.SECRETARY_FIRST, ...VOTES })
  expect((await refused('secretariat', 'recordDemocraticEvaluation', { respondentId: s.heard.MEMBER_DUAL_DUTY, satisfied: 0, fair: 0, dissatisfied: 0, abstained: 0 })).code).toBe('BAD_INPUT')
  const gap = await refused('secretariat', 'concludeHearing', { id: s.id })
  expect(gap['violations']).toEqual([
    expect.objectContaining({ rule: 'INV-30', path: 'responsibilities.COMMITTEE_MAIN', message: 'COMMITTEE_MAIN lacks a report, a question, an evaluation.' }),
    expect.objectContaining({ rule: 'INV-30', path: 'responsibilities.MEMBER_DUAL_DUTY', message: 'MEMBER_DUAL_DUTY lacks a question, an evaluation.' }),
    expect.objectContaining({ rule: 'INV-30', path: 'responsibilities.COMMISSION_SUPERVISORY' }),
  ])
  // One phase back, or an ordinary session.
  expect((await refused('secretariat', 'stepHearingBack', { id: s.id })).code).toBe('BAD_INPUT')
  expect((await done('secretariat', 'stepHearingBack', { id: s.id, opinion: '补充质询' }, 'hearingSession { state }')).hearingSession.state).toBe('QUESTIONING')
  await done('secretariat', 'openHearingEvaluation', { id: s.id })
  expect((await done('secretariat', 'concludeHearing', { id: s.id, isFourResponsibility: false }, 'hearingSession { state isFourResponsibility }')).hearingSession).toEqual({ state: 'CONCLUDED', isFourResponsibility: false })
  expect((await refused('secretary', 'makePledge', { respondentId: s.heard.SECRETARY_FIRST, commitment: '迟到的承诺', deadline: DEADLINE })).code).toBe('PRECONDITION_FAILED')
  await done('secretariat', 'followUpHearing', { id: s.id, followUp: '无承诺事项' })
})

test('a session is arranged, rearranged and called off; nobody is heard before its day or on what is not theirs', async () => {
  const s = await session(['SECRETARY_FIRST'], { heldOn: DEADLINE })
  expect((await refused('secretariat', 'openHearingReports', { id: s.id })).code).toBe('PRECONDITION_FAILED')
  const { hearingSession } = await done('secretariat', 'editHearing', { id: s.id, rowVersion: 1, theme: '新的主题', respondents: [{ aboutUnitId: d.bureau.ref, responsibility: 'MEMBER_DUAL_DUTY', appointmentId: d.member }] },
    'hearingSession { theme respondents { nodes { responsibility } } }')
  expect(hearingSession).toEqual({ theme: '新的主题', respondents: { nodes: [{ responsibility: 'MEMBER_DUAL_DUTY' }] } })
  const again = { hostUnitId: d.county.ref, no: `YG-${s.year}`, heldOn: today(), year: s.year, theme: '重号', isFourResponsibility: false, respondents: [{ aboutUnitId: d.bureau.ref, responsibility: 'MEMBER_DUAL_DUTY', appointmentId: d.member }] }
  expect((await refused('secretariat', 'scheduleHearing', again)).code).toBe('CONFLICT')
  expect((await refused('editor', 'scheduleHearing', { ...again, hostUnitId: d.bureau.ref })).code).toBe('FORBIDDEN')
  expect(rules(await refused('secretariat', 'scheduleHearing', { ...again, no: 'X', respondents: [{ aboutUnitId: d.bureau.ref, responsibility: 'SECRETARY_FIRST', appointmentId: d.member }] }))).toEqual(['INV-08'])
  expect(rules(await refused('secretariat', 'scheduleHearing', { ...again, no: 'X', respondents: [{ aboutUnitId: d.bureau.ref, responsibility: 'SECRETARY_FIRST', appointmentId: d.elsewhere }] }))).toEqual(['INV-08'])
  expect((await refused('secretariat', 'cancelHearing', { id: s.id })).code).toBe('BAD_INPUT')
  await done('secretariat', 'cancelHearing', { id: s.id, opinion: '择期举行' })
  expect(await refused('secretariat', 'openHearingReports', { id: s.id })).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: [] })
})

test('a neighbour sees nothing of a hearing; who is heard sees it, a representative sees the hearing and nothing else', async () => {
  const s = await questioning(['SECRETARY_FIRST'])
  const id = await question(s, 'SECRETARY_FIRST')
  const query = 'query($id: ID!, $q: ID!) { hearingSession(id: $id) { theme } hearingQuestion(id: $q) { text } }'
  // It waits for whoever holds the post that was asked, not for everybody of the unit who reports on something.
  const waits = async (who: Who): Promise<boolean> => (await ask(who, '{ inboxItems(first: 100) { nodes { subject { id } } } }')).data.inboxItems.nodes.some((n: { subject: { id: string } | null }) => n.subject?.id === id)
  expect([await waits('secretary'), await waits('member'), await waits('groupLeader')]).toEqual([true, false, false])
  for (const who of ['secretariat', 'secretary', 'editor', 'representative'] as const) expect((await ask(who, query, { id: s.id, q: id })).data).toEqual({ hearingSession: { theme: '工程变更阳光问效' }, hearingQuestion: { text: '变更为何未经集体研究' } })
  expect((await ask('stranger', query, { id: s.id, q: id })).data).toEqual({ hearingSession: null, hearingQuestion: null })
  expect((await refused('stranger', 'answerHearingQuestion', { id, answer: '答' })).code).toBe('NOT_FOUND')
  expect((await refused('stranger', 'makePledge', { respondentId: s.heard.SECRETARY_FIRST, commitment: '承诺', deadline: DEADLINE })).code).toBe('NOT_FOUND')
  expect((await ask('stranger', '{ hearingSessions { totalCount } pledges { totalCount } hearingQuestions { totalCount } }')).data).toEqual({ hearingSessions: { totalCount: 0 }, pledges: { totalCount: 0 }, hearingQuestions: { totalCount: 0 } })
})

test('a broken pledge proposes accountability in the year that it was made for, in the name of whoever found it broken', async () => {
  const y = await o.publishedYear()
  const s = await session(['SECRETARY_FIRST'], { year: y.year, no: `军令状-${y.year}` })
  await report({ ...s, year: y.year }, ['SECRETARY_FIRST'])
  await done('secretariat', 'openHearingReports', { id: s.id })
  await done('secretariat', 'openHearingQuestions', { id: s.id })
  const { pledge } = await done('secretary', 'makePledge', { respondentId: s.heard.SECRETARY_FIRST, commitment: '按期整改', deadline: DEADLINE }, 'pledge { id }')
  const row = pledge.id.slice(-36)
  await api.database.owner.query(`WITH p AS (UPDATE pledge SET deadline = '2020-06-30' WHERE id = $1 RETURNING task_id) UPDATE rectification_task t SET due_on = '2020-06-30' FROM p WHERE t.id = p.task_id`, [row])
  expect((await refused('groupOfficer', 'declarePledgeBroken', { id: pledge.id })).code).toBe('BAD_INPUT')
  await done('groupOfficer', 'declarePledgeBroken', { id: pledge.id, opinion: '逾期未兑现' })
  const { rows: [event] } = await api.database.owner.query(`SELECT id, type, at, subject_type AS "subjectType", subject_id AS "subjectId", unit_id AS "unitId", actor, payload FROM outbox_event WHERE type = 'Pledge.broken' AND subject_id = $1`, [row])
  for (let i = 0; i < 2; i++) await runCommand(api.database.db, originOf(systemActor('test')), 'test', {}, tx => loopModule.subscribers![0]!.handle(tx, event))
  const { data } = await ask('supervisor', 'query($id: ID!) { accountabilityCycle(id: $id) { state accountabilityProposedBy accountabilityResponsibility accountabilityReason accountabilitySource { id ... on Pledge { state } } } }', { id: y.cycle })
  expect(data.accountabilityCycle).toEqual({
    state: 'IN_FORCE', accountabilityProposedBy: d.people.groupOfficer.actor.ref, accountabilityResponsibility: 'SECRETARY_FIRST', accountabilityReason: '军令状未兑现：按期整改', accountabilitySource: { id: pledge.id, state: 'BROKEN' },
  })

  // SM-14: the judgement is taken back as long as nobody is held to account on it, in the year or beside it.
  const decide = async (sourceId: string): Promise<string> => {
    const { accountabilityDecision: { id } } = await done('supervisor', 'proposeAccountability', {
      unitId: d.bureau.ref, proposingUnitId: d.commission.ref, decidingUnitId: d.county.ref, kind: 'CIRCULAR_CRITICISM', responsibility: 'SECRETARY_FIRST', basis: '军令状未兑现', sourceId,
    }, 'accountabilityDecision { id }')
    await done('decider', 'decideAccountability', { id, rowVersion: 1 })
    return id
  }
  await done('decider', 'openCycleAccountability', { id: y.cycle })
  for (const source of [y.cycle, pledge.id]) {
    const id = await decide(source)
    expect(await refused('supervisor', 'revisePledgeJudgement', { id: pledge.id, opinion: '误判' })).toMatchObject({ code: 'PRECONDITION_FAILED', violations: [{ path: 'id', rule: 'SM-14' }] })
    await done('decider', 'revokeAccountabilityDecision', { id, opinion: '撤销' })
  }
  await done('supervisor', 'revisePledgeJudgement', { id: pledge.id, opinion: '误判' })
  expect(rules((await refused('supervisor', 'proposeAccountability', { unitId: d.bureau.ref, proposingUnitId: d.commission.ref, decidingUnitId: d.county.ref, kind: 'CIRCULAR_CRITICISM', basis: '…', sourceId: pledge.id })))).toEqual(['SM-14'])
})

test('Q-39: pledges kept and broken, by who pledged and on what, for those who read pledges', async () => {
  const s = await questioning(['SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY'])
  const made: string[] = []
  for (const r of ['SECRETARY_FIRST', 'SECRETARY_FIRST', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY'] as const) {
    made.push((await done(SPEAKER[r], 'makePledge', { respondentId: s.heard[r], commitment: `承诺${made.length}`, deadline: DEADLINE }, 'pledge { id }')).pledge.id.slice(-36))
  }
  // Of the secretary one is kept, one broken and one past its day; the member's is kept, the group leader's is under way.
  const { owner } = api.database
  await owner.query(`UPDATE pledge SET state = 'FULFILLED', judged_by = 'person:x', judged_at = now() WHERE id = ANY($1)`, [[made[0], made[3]]])
  await owner.query(`UPDATE pledge SET state = 'BROKEN', judged_by = 'person:x', judged_at = now() WHERE id = $1`, [made[1]])
  await owner.query(`WITH p AS (UPDATE pledge SET deadline = '2020-06-30' WHERE id = $1 RETURNING task_id) UPDATE rectification_task t SET due_on = '2020-06-30' FROM p WHERE t.id = p.task_id`, [made[2]])
  const FIGURES = 'count keptCount brokenCount openCount overdueCount keptRate { numerator denominator value nullReason }'
  const counted = async (who: Who, groupBy: string): Promise<Answer> => ask(who, `query($session: ID!, $within: ID!) { pledgeAggregate(groupBy: [${groupBy}], filter: { session: { eq: $session }, unit: { within: $within } }) {
    groups { unit { code } responsibility state year ${FIGURES} } totals { ${FIGURES} } } }`, { session: s.id, within: d.county.ref })
  const { data: { pledgeAggregate: all } } = await counted('secretariat', 'UNIT_CHILD, RESPONSIBILITY')
  expect(all.totals).toEqual({ count: 5, keptCount: 2, brokenCount: 1, openCount: 2, overdueCount: 1, keptRate: { numerator: 2, denominator: 3, value: '0.6667', nullReason: null } })
  const none = { state: null, year: null, keptCount: 0, brokenCount: 0, openCount: 0, overdueCount: 0 }
  expect(all.groups).toEqual([
    { ...none, unit: { code: '510821-CCDI' }, responsibility: 'COMMISSION_SUPERVISORY', count: 1, openCount: 1, keptRate: { numerator: 0, denominator: 0, value: null, nullReason: 'NOTHING_COUNTED' } },
    { ...none, unit: { code: '510821-HEALTH' }, responsibility: 'SECRETARY_FIRST', count: 3, keptCount: 1, brokenCount: 1, openCount: 1, overdueCount: 1, keptRate: { numerator: 1, denominator: 2, value: '0.5000', nullReason: null } },
    { ...none, unit: { code: '510821-HEALTH' }, responsibility: 'MEMBER_DUAL_DUTY', count: 1, keptCount: 1, keptRate: { numerator: 1, denominator: 1, value: '1.0000', nullReason: null } },
  ])
  const years = (await counted('supervisor', 'YEAR, STATE')).data.pledgeAggregate.groups.map((g: Record<string, unknown>) => [g['year'], g['state'], g['count']])
  expect(years).toEqual([[2020, 'MADE', 1], [Number(DEADLINE.slice(0, 4)), 'MADE', 1], [Number(DEADLINE.slice(0, 4)), 'FULFILLED', 2], [Number(DEADLINE.slice(0, 4)), 'BROKEN', 1]])
  expect((await counted('stranger', 'STATE')).data.pledgeAggregate).toMatchObject({ groups: [], totals: { count: 0 } })
  expect((await counted('representative', 'STATE')).errors[0]!.extensions.code).toBe('FORBIDDEN')
})
