import { today } from '../../src/core/day'
import { globalId } from '../../src/core/ids'
import { coreModules } from '../../src/modules'
import { testApi, type Answer, type TestApi } from '../support/api'
import { desks, Office4321, type Desks, type Year } from '../support/responsibility-fixture'

let api: TestApi
let d: Desks
let o: Office4321
const tokens: Record<string, string> = {}

beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  d = await desks(api.database.db)
  o = new Office4321(api.database, d)
  for (const who of Object.keys(d.people)) tokens[who] = await api.token(who)
})
afterAll(() => api.close())

type Who = keyof Desks['people']
const ask = (who: Who, query: string, variables?: object): Promise<Answer> => api.ask(tokens[who]!, query, variables)
const INPUTS: Record<string, string> = {
  reviewProgress: 'ReviewProgressInput', evaluateCycle: 'EvaluateCycleInput', proposeCycleAccountability: 'ProposeCycleAccountabilityInput', recordCycleFault: 'RecordCycleFaultInput',
  proposeAccountability: 'ProposeAccountabilityInput', decideAccountability: 'DecideAccountabilityInput', revokeAccountabilityDecision: 'AccountabilityCommandInput', rejectAccountabilityProposal: 'AccountabilityCommandInput',
  fileDutyReport: 'FileDutyReportInput', editDutyReport: 'EditDutyReportInput',
}
const CYCLE = 'accountabilityCycle { state rowVersion }'
const tell = (who: Who, command: string, input: object, payload: string): Promise<Answer> =>
  ask(who, `mutation($input: ${INPUTS[command] ?? 'CycleCommandInput'}!) { ${command}(input: $input) { ${payload} } }`, { input })
const done = async (who: Who, command: string, input: object, payload = CYCLE): Promise<Answer['data']> => {
  const { data, errors } = await tell(who, command, input, payload)
  expect([command, errors]).toEqual([command, []])
  return data[command]
}
const refused = async (who: Who, command: string, input: object, payload = CYCLE): Promise<Answer['errors'][number]['extensions']> => {
  const { data, errors } = await tell(who, command, input, payload)
  expect([command, data ?? null]).toEqual([command, null])
  return errors[0]!.extensions
}
const rules = (e: Record<string, unknown>): string[] => (e['violations'] as { rule: string }[]).map(v => v.rule)
const stateOf = async (cycle: string): Promise<string> => (await ask('supervisor', 'query($id: ID!) { accountabilityCycle(id: $id) { state } }', { id: cycle })).data.accountabilityCycle.state

const FOUR = ['COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY'] as const
const evaluations = (grade = 'FULFILLED') => FOUR.map(responsibility => ({ responsibility, grade, evaluation: '履责情况良好' }))
const END = `${today().slice(0, 4)}-12-31`

/** All four file what they report on the year. */
async function fileReports(y: Year, text = '本年度履责情况'): Promise<string[]> {
  const file = async (who: Who, responsibility: string, appointmentId: string): Promise<string> =>
    (await done(who, 'fileDutyReport', { unitId: d.bureau.ref, year: y.year, responsibility, appointmentId, text }, 'dutyReport { id }')).dutyReport.id
  return [
    await file('secretary', 'COMMITTEE_MAIN', d.secretary), await file('secretary', 'SECRETARY_FIRST', d.secretary),
    await file('member', 'MEMBER_DUAL_DUTY', d.member), await file('groupLeader', 'COMMISSION_SUPERVISORY', d.groupHead),
  ]
}

async function reportedYear(): Promise<Year> {
  const y = await o.publishedYear()
  await fileReports(y)
  await done('approver', 'reportCycle', { id: y.cycle })
  return y
}

async function evaluatedYear(): Promise<Year> {
  const y = await reportedYear()
  await done('supervisor', 'evaluateCycle', { id: y.cycle, evaluations: evaluations() })
  return y
}

const itemOf = async (y: Year, kind: 'main' | 'supervision', responsibility: string): Promise<string> =>
  `duty_${String((await o.itemsOf(y[kind])).find(i => i['responsibility'] === responsibility)!['id'])}`

test('a clean year: joint progress, four reports, the joint report, its return, evaluation by the commission above, close', async () => {
  const y = await o.publishedYear()
  const shown = await ask('approver', 'query($id: ID!) { accountabilityCycle(id: $id) { allowedCommands responsibilities { id } } }', { id: y.cycle })
  expect(shown.data.accountabilityCycle).toEqual({ allowedCommands: ['confirmJointPublication', 'reportCycle', 'reviewProgress'], responsibilities: [] })

  // Joint progress: the four side by side, counted by the platform.
  const main = await itemOf(y, 'main', 'COMMITTEE_MAIN')
  await o.progress.start(d.people.secretary, { id: main })
  await o.prove(d.people.secretary, main)
  await o.progress.claimDone(d.people.secretary, { id: main })
  await o.progress.verify(d.people.groupOfficer, { id: main })
  const duty = await itemOf(y, 'main', 'MEMBER_DUAL_DUTY')
  const { progressReview } = await done('approver', 'reviewProgress', { id: y.cycle, quarter: 1, summary: '一季度推进', moves: [{ dutyItemId: duty, appointmentId: d.member, dueOn: END, measure: '本月内启动' }] },
    'progressReview { quarter reviewedOn figures { responsibility items done verified late } moves { nodes { measure dueOn dutyItem { id } appointment { role } } } }')
  expect(progressReview).toEqual({
    quarter: 1, reviewedOn: today(),
    figures: FOUR.map(responsibility => ({ responsibility, items: 1, done: responsibility === 'COMMITTEE_MAIN' ? 1 : 0, verified: responsibility === 'COMMITTEE_MAIN' ? 1 : 0, late: 0 })),
    moves: { nodes: [{ measure: '本月内启动', dueOn: END, dutyItem: { id: duty }, appointment: { role: 'TEAM_MEMBER' } }] },
  })
  // A second look in the quarter replaces the first.
  await done('groupLeader', 'reviewProgress', { id: y.cycle, quarter: 1, moves: [{ dutyItemId: duty, appointmentId: d.groupHead, dueOn: END, measure: '跟进督办' }] }, CYCLE)
  const reviews = await ask('editor', 'query($id: ID!) { accountabilityCycle(id: $id) { progressReviews { totalCount nodes { summary rowVersion moves { nodes { measure } } } } } }', { id: y.cycle })
  expect(reviews.data.accountabilityCycle.progressReviews).toEqual({ totalCount: 1, nodes: [{ summary: null, rowVersion: expect.any(Number), moves: { nodes: [{ measure: '跟进督办' }] } }] })
  expect((await refused('member', 'reviewProgress', { id: y.cycle, quarter: 1, moves: [] })).code).toBe('FORBIDDEN')
  expect((await refused('approver', 'reviewProgress', { id: y.cycle, quarter: 1, moves: [{ dutyItemId: duty, appointmentId: d.elsewhere, dueOn: END, measure: '督办' }] }))['violations']).toEqual([expect.objectContaining({ path: 'moves.0.appointmentId' })])
  expect((await refused('approver', 'reviewProgress', { id: y.cycle, quarter: 1, moves: [{ dutyItemId: duty, appointmentId: d.member, dueOn: '2020-01-01', measure: '督办' }] })).code).toBe('BAD_INPUT')

  // No joint report without all four.
  const gap = await refused('approver', 'reportCycle', { id: y.cycle })
  expect(gap).toMatchObject({ code: 'PRECONDITION_FAILED' })
  expect((gap['violations'] as { path: string }[]).map(v => v.path)).toEqual(FOUR.map(r => `dutyReports.${r}`))
  const mine = { unitId: d.bureau.ref, year: y.year, responsibility: 'MEMBER_DUAL_DUTY', text: '代为提交' }
  expect((await refused('secretary', 'fileDutyReport', { ...mine, appointmentId: d.member }, 'dutyReport { id }')).code).toBe('FORBIDDEN')
  expect((await refused('secretary', 'fileDutyReport', { ...mine, appointmentId: d.secretary }, 'dutyReport { id }')).code).toBe('BAD_INPUT')
  const [, second] = await fileReports(y)
  expect((await refused('secretary', 'fileDutyReport', { ...mine, responsibility: 'SECRETARY_FIRST', appointmentId: d.secretary }, 'dutyReport { id }')).code).toBe('CONFLICT')
  await done('secretary', 'editDutyReport', { id: second, rowVersion: 1, text: '修改后的述责报告' }, 'dutyReport { version text fixedAt }')
  expect((await refused('member', 'editDutyReport', { id: second, rowVersion: 2, text: '改' }, 'dutyReport { id }')).code).toBe('FORBIDDEN')
  expect((await refused('member', 'reportCycle', { id: y.cycle })).code).toBe('FORBIDDEN')
  expect((await done('approver', 'reportCycle', { id: y.cycle })).accountabilityCycle.state).toBe('REPORTED')
  expect((await refused('secretary', 'editDutyReport', { id: second, rowVersion: 3, text: '再改' }, 'dutyReport { id }')).code).toBe('PRECONDITION_FAILED')
  expect(await refused('approver', 'reviewProgress', { id: y.cycle, quarter: 2, moves: [] })).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: [] })

  // The commission above gives it back; then the next version is filed and reported.
  expect((await refused('groupLeader', 'returnCycleReport', { id: y.cycle, opinion: '请补充' })).code).toBe('FORBIDDEN')
  expect((await refused('supervisor', 'returnCycleReport', { id: y.cycle })).code).toBe('BAD_INPUT')
  await done('supervisor', 'returnCycleReport', { id: y.cycle, opinion: '请补充问题和不足' })
  await done('secretary', 'fileDutyReport', { unitId: d.bureau.ref, year: y.year, responsibility: 'SECRETARY_FIRST', appointmentId: d.secretary, text: '补充后的述责报告' }, 'dutyReport { id }')
  await done('groupLeader', 'reportCycle', { id: y.cycle })
  const reports = await ask('editor', 'query($id: ID!) { accountabilityCycle(id: $id) { reportedBy dutyReports(filter: { responsibility: { eq: SECRETARY_FIRST } }) { nodes { version text fixedAt } } } }', { id: y.cycle })
  expect(reports.data.accountabilityCycle).toEqual({ reportedBy: d.people.groupLeader.actor.ref, dutyReports: { nodes: [
    { version: 1, text: '修改后的述责报告', fixedAt: expect.stringMatching(/Z$/) }, { version: 2, text: '补充后的述责报告', fixedAt: expect.stringMatching(/Z$/) },
  ] } })

  // Evaluated from above, for each of the four; corrected; closed.
  expect((await refused('groupLeader', 'evaluateCycle', { id: y.cycle, evaluations: evaluations() })).code).toBe('FORBIDDEN')
  expect((await refused('approver', 'evaluateCycle', { id: y.cycle, evaluations: evaluations() })).code).toBe('FORBIDDEN')
  expect((await refused('supervisor', 'evaluateCycle', { id: y.cycle, evaluations: FOUR.map(() => evaluations()[0]) })).code).toBe('BAD_INPUT')
  expect((await done('supervisor', 'evaluateCycle', { id: y.cycle, evaluations: evaluations('WEAK') })).accountabilityCycle.state).toBe('EVALUATED')
  await done('supervisor', 'evaluateCycle', { id: y.cycle, evaluations: evaluations() })
  expect((await refused('groupLeader', 'closeCycle', { id: y.cycle })).code).toBe('FORBIDDEN')
  await done('supervisor', 'closeCycle', { id: y.cycle })
  const { data: { accountabilityCycle: closed } } = await ask('member', `query($id: ID!) { accountabilityCycle(id: $id) { state closedAt allowedCommands accountabilitySource { id } responsibilities { responsibility grade fault }
    transitions { nodes { command fromState toState } } } }`, { id: y.cycle })
  expect(closed).toEqual({
    state: 'CLOSED', closedAt: expect.stringMatching(/Z$/), allowedCommands: [], accountabilitySource: null, responsibilities: FOUR.map(responsibility => ({ responsibility, grade: 'FULFILLED', fault: null })),
    transitions: { nodes: ([['confirmJointPublication', 'PREPARING', 'IN_FORCE'], ['reportCycle', 'IN_FORCE', 'REPORTED'], ['returnCycleReport', 'REPORTED', 'IN_FORCE'], ['reportCycle', 'IN_FORCE', 'REPORTED'],
      ['evaluateCycle', 'REPORTED', 'EVALUATED'], ['closeCycle', 'EVALUATED', 'CLOSED']]).map(([command, fromState, toState]) => ({ command, fromState, toState })) },
  })
})

test('each late duty needs somebody who moves it', async () => {
  const y = await o.readyYear()
  await o.lists.reopen(d.people.editor, { id: y.main })
  const late = await o.item(y.main, 'COMMITTEE_MAIN', { code: 'LATE', dueOn: '2020-03-31' })
  await o.approve('MAIN_RESPONSIBILITY', y.main)
  await o.publish(y.cycle)
  const gap = await refused('approver', 'reviewProgress', { id: y.cycle, quarter: 4, moves: [] })
  expect(gap).toMatchObject({ code: 'PRECONDITION_FAILED', violations: [{ path: 'moves', rule: 'SM-2', message: 'LATE is late; say who moves it by when.' }] })
  const { progressReview } = await done('approver', 'reviewProgress', { id: y.cycle, quarter: 4, moves: [{ dutyItemId: late, appointmentId: d.secretary, dueOn: END, measure: '专题研究' }] }, 'progressReview { figures { late } }')
  expect(progressReview.figures.map((f: { late: number }) => f.late)).toEqual([1, 0, 0, 0])
  const moved = await ask('member', 'query($id: ID!) { dutyItem(id: $id) { moves { nodes { measure review { quarter } } } } }', { id: late })
  expect(moved.data.dutyItem.moves.nodes).toEqual([{ measure: '专题研究', review: { quarter: 4 } }])
  // A serious failure is pursued during the year.
  expect((await done('groupOfficer', 'proposeCycleAccountability', { id: y.cycle, sourceId: late, responsibility: 'COMMITTEE_MAIN', opinion: '逾期未履责' })).accountabilityCycle.state).toBe('IN_FORCE')
  expect((await done('decider', 'openCycleAccountability', { id: y.cycle })).accountabilityCycle.state).toBe('ACCOUNTABILITY')
  expect((await done('decider', 'dropCycleAccountability', { id: y.cycle, opinion: '事实不清' })).accountabilityCycle.state).toBe('IN_FORCE')
})

test('one of the four failed, all four are found at fault or not before the year closes', async () => {
  const y = await evaluatedYear()
  const failed = await itemOf(y, 'main', 'SECRETARY_FIRST')
  const proposal = { id: y.cycle, sourceId: failed, responsibility: 'SECRETARY_FIRST', opinion: '第一责任人未履责' }
  expect((await refused('decider', 'openCycleAccountability', { id: y.cycle }))['violations']).toEqual([expect.objectContaining({ rule: 'SM-2', message: 'No accountability is proposed.' })])
  expect((await refused('member', 'proposeCycleAccountability', proposal)).code).toBe('FORBIDDEN')
  expect((await refused('groupOfficer', 'proposeCycleAccountability', { ...proposal, responsibility: 'COMMITTEE_MAIN' })).code).toBe('BAD_INPUT')
  const other = await o.publishedYear()
  expect((await refused('groupOfficer', 'proposeCycleAccountability', { ...proposal, sourceId: await itemOf(other, 'main', 'SECRETARY_FIRST') })).code).toBe('NOT_FOUND')
  expect(rules(await refused('groupOfficer', 'proposeCycleAccountability', { ...proposal, id: other.cycle, sourceId: await itemOf(other, 'main', 'SECRETARY_FIRST') }))).toEqual(['SM-2'])
  await done('groupOfficer', 'proposeCycleAccountability', proposal)
  expect((await refused('supervisor', 'proposeCycleAccountability', proposal)).code).toBe('PRECONDITION_FAILED')
  expect((await refused('supervisor', 'closeCycle', { id: y.cycle })).code).toBe('PRECONDITION_FAILED')
  expect((await refused('supervisor', 'evaluateCycle', { id: y.cycle, evaluations: evaluations() })).code).toBe('PRECONDITION_FAILED')
  // Declined, proposed again, opened.
  expect((await refused('supervisor', 'declineCycleAccountability', { id: y.cycle, opinion: '不予启动' })).code).toBe('FORBIDDEN')
  await done('decider', 'declineCycleAccountability', { id: y.cycle, opinion: '情节轻微' })
  await done('groupOfficer', 'proposeCycleAccountability', proposal)
  expect((await refused('groupOfficer', 'openCycleAccountability', { id: y.cycle })).code).toBe('FORBIDDEN')
  await done('decider', 'openCycleAccountability', { id: y.cycle })
  const opened = await ask('approver', `query($id: ID!) { accountabilityCycle(id: $id) { state accountabilityResponsibility accountabilityReason accountabilityProposedBy accountabilityOpenedBy
    accountabilitySource { id ... on DutyItem { responsibility } } responsibilities { responsibility fault } } }`, { id: y.cycle })
  expect(opened.data.accountabilityCycle).toEqual({
    state: 'ACCOUNTABILITY', accountabilityResponsibility: 'SECRETARY_FIRST', accountabilityReason: '第一责任人未履责', accountabilityProposedBy: d.people.groupOfficer.actor.ref,
    accountabilityOpenedBy: d.people.decider.actor.ref, accountabilitySource: { id: failed, responsibility: 'SECRETARY_FIRST' }, responsibilities: FOUR.map(responsibility => ({ responsibility, fault: null })),
  })
  const finding = (responsibility: string, fault: string) => ({ id: y.cycle, responsibility, fault, reason: '经核实' })
  expect((await refused('supervisor', 'recordCycleFault', finding('SECRETARY_FIRST', 'AT_FAULT'))).code).toBe('FORBIDDEN')
  await done('decider', 'recordCycleFault', finding('SECRETARY_FIRST', 'AT_FAULT'))
  // Pursued together: the other three need an explicit finding.
  const gap = await refused('decider', 'decideCycleAccountability', { id: y.cycle })
  expect((gap['violations'] as { path: string }[]).map(v => v.path).sort()).toEqual(['COMMISSION_SUPERVISORY', 'COMMITTEE_MAIN', 'MEMBER_DUAL_DUTY'].map(r => `responsibilities.${r}`))
  for (const r of ['COMMITTEE_MAIN', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY']) await done('decider', 'recordCycleFault', finding(r, 'NOT_AT_FAULT'))
  expect((await refused('supervisor', 'decideCycleAccountability', { id: y.cycle })).code).toBe('FORBIDDEN')
  expect((await refused('decider', 'dropCycleAccountability', { id: y.cycle })).code).toBe('BAD_INPUT')
  await done('decider', 'decideCycleAccountability', { id: y.cycle, opinion: '予以问责' })
  const closed = await ask('member', 'query($id: ID!) { accountabilityCycle(id: $id) { state allowedCommands responsibilities { fault faultReason } } }', { id: y.cycle })
  expect(closed.data.accountabilityCycle).toEqual({ state: 'CLOSED', allowedCommands: [], responsibilities: ['NOT_AT_FAULT', 'AT_FAULT', 'NOT_AT_FAULT', 'NOT_AT_FAULT'].map(fault => ({ fault, faultReason: '经核实' })) })
  expect((await refused('decider', 'recordCycleFault', finding('SECRETARY_FIRST', 'NOT_AT_FAULT'))).code).toBe('PRECONDITION_FAILED')
})

test('SM-2: decisions in a year agree with what is found, none is left open, and none that stands is passed over', async () => {
  const y = await evaluatedYear()
  const cycle = { id: y.cycle }
  const decision = 'accountabilityDecision { id rowVersion state source { id } }'
  const proposal = (more: object = {}): object => ({
    unitId: d.bureau.ref, proposingUnitId: d.commission.ref, decidingUnitId: d.county.ref, kind: 'CIRCULAR_CRITICISM', responsibility: 'SECRETARY_FIRST', basis: '第一责任人未履责', sourceId: y.cycle, ...more,
  })
  const propose = async (more: object = {}): Promise<string> => (await done('supervisor', 'proposeAccountability', proposal(more), decision)).accountabilityDecision.id
  const decide = (id: string): Promise<Answer['data']> => done('decider', 'decideAccountability', { id, rowVersion: 1 }, decision)
  const refusedDecision = (who: Who, command: string, input: object) => refused(who, command, input, decision)
  const find = (responsibility: string, fault: string): object => ({ ...cycle, responsibility, fault, reason: '经核实' })
  // Nothing is pursued yet; and in what is, only those who answer for the year, each for one of the four.
  expect(await refusedDecision('supervisor', 'proposeAccountability', proposal())).toMatchObject({ code: 'PRECONDITION_FAILED', violations: [{ path: 'sourceId', rule: 'SM-2' }] })
  await done('groupOfficer', 'proposeCycleAccountability', { ...cycle, sourceId: await itemOf(y, 'main', 'SECRETARY_FIRST'), responsibility: 'SECRETARY_FIRST', opinion: '第一责任人未履责' })
  await done('decider', 'openCycleAccountability', cycle)
  expect(rules(await refusedDecision('supervisor', 'proposeAccountability', proposal({ responsibility: null })))).toEqual(['SM-2'])
  expect(rules(await refusedDecision('supervisor', 'proposeAccountability', proposal({ unitId: d.nextDoor.ref })))).toEqual(['SM-2'])
  expect((await refusedDecision('supervisor', 'proposeAccountability', proposal({ sourceId: await itemOf(y, 'main', 'SECRETARY_FIRST') }))).code).toBe('NOT_FOUND')
  const first = await propose()
  expect((await ask('supervisor', 'query($id: ID!) { accountabilityCycle(id: $id) { accountabilityDecisions { nodes { id state source { id } } } } }', cycle)).data.accountabilityCycle.accountabilityDecisions.nodes)
    .toEqual([{ id: first, state: 'PROPOSED', source: { id: y.cycle } }])
  // Not at fault, and held to account for it, do not go together.
  expect(rules(await refused('decider', 'recordCycleFault', find('SECRETARY_FIRST', 'NOT_AT_FAULT')))).toEqual(['SM-2'])
  await done('decider', 'recordCycleFault', find('SECRETARY_FIRST', 'AT_FAULT'))
  for (const r of ['COMMITTEE_MAIN', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY']) await done('decider', 'recordCycleFault', find(r, 'NOT_AT_FAULT'))
  // A proposal keeps the year open; a decision that stands keeps it from being dropped.
  expect(await refused('decider', 'decideCycleAccountability', cycle)).toMatchObject({ code: 'PRECONDITION_FAILED', violations: [{ path: 'accountabilityDecisions', rule: 'SM-2' }] })
  await decide(first)
  expect(await refused('decider', 'dropCycleAccountability', { ...cycle, opinion: '程序有误' })).toMatchObject({ code: 'PRECONDITION_FAILED', violations: [{ path: 'id', rule: 'SM-2' }] })
  const wrong = await propose({ responsibility: 'COMMITTEE_MAIN' })
  await decide(wrong)
  expect((await refused('decider', 'decideCycleAccountability', cycle))['violations']).toEqual([expect.objectContaining({ path: 'responsibilities.COMMITTEE_MAIN', rule: 'SM-2' })])
  await done('decider', 'revokeAccountabilityDecision', { id: wrong, opinion: '认定有误' }, decision)
  await done('decider', 'decideCycleAccountability', cycle)
  expect(await stateOf(y.cycle)).toBe('CLOSED')
  expect(rules(await refusedDecision('supervisor', 'proposeAccountability', proposal()))).toEqual(['SM-2'])
})

test('SM-2: what was proposed in a year that is no longer pursued is not decided', async () => {
  const y = await evaluatedYear()
  const decision = 'accountabilityDecision { id }'
  await done('groupOfficer', 'proposeCycleAccountability', { id: y.cycle, sourceId: await itemOf(y, 'main', 'SECRETARY_FIRST'), responsibility: 'SECRETARY_FIRST', opinion: '第一责任人未履责' })
  await done('decider', 'openCycleAccountability', { id: y.cycle })
  const { accountabilityDecision: { id } } = await done('supervisor', 'proposeAccountability', {
    personId: globalId('person', d.people.secretary.actor.personId!), proposingUnitId: d.commission.ref, decidingUnitId: d.county.ref, kind: 'ADMONITION', form: 'FIRST', responsibility: 'SECRETARY_FIRST', basis: '未履责', sourceId: y.cycle,
  }, decision)
  await done('decider', 'dropCycleAccountability', { id: y.cycle, opinion: '程序有误' })
  expect(rules(await refused('decider', 'decideAccountability', { id, rowVersion: 1 }, decision))).toEqual(['SM-2'])
  await done('decider', 'rejectAccountabilityProposal', { id, opinion: '年度问责已终止' }, decision)
})

test('accountability that was opened after the evaluation and dropped leads back to it', async () => {
  const y = await evaluatedYear()
  await done('groupOfficer', 'proposeCycleAccountability', { id: y.cycle, sourceId: await itemOf(y, 'supervision', 'COMMISSION_SUPERVISORY'), responsibility: 'COMMISSION_SUPERVISORY', opinion: '监督专责未履行' })
  await done('decider', 'openCycleAccountability', { id: y.cycle })
  await done('decider', 'recordCycleFault', { id: y.cycle, responsibility: 'COMMISSION_SUPERVISORY', fault: 'AT_FAULT', reason: '初步认定' })
  await done('decider', 'dropCycleAccountability', { id: y.cycle, opinion: '程序有误' })
  expect(await stateOf(y.cycle)).toBe('EVALUATED')
  const shown = await ask('member', 'query($id: ID!) { accountabilityCycle(id: $id) { accountabilityProposedBy accountabilityOpenedAt responsibilities { grade fault } } }', { id: y.cycle })
  expect(shown.data.accountabilityCycle).toEqual({ accountabilityProposedBy: null, accountabilityOpenedAt: null, responsibilities: FOUR.map(() => ({ grade: 'FULFILLED', fault: null })) })
})

test('a neighbour sees nothing of a year and does nothing in it', async () => {
  const y = await reportedYear()
  expect((await refused('stranger', 'evaluateCycle', { id: y.cycle, evaluations: evaluations() })).code).toBe('NOT_FOUND')
  expect((await refused('stranger', 'fileDutyReport', { unitId: d.bureau.ref, year: y.year, responsibility: 'SECRETARY_FIRST', appointmentId: d.secretary, text: '述责' }, 'dutyReport { id }')).code).toBe('NOT_FOUND')
  const seen = await ask('stranger', '{ dutyReports { totalCount } progressReviews { totalCount } }')
  expect(seen.data).toEqual({ dutyReports: { totalCount: 0 }, progressReviews: { totalCount: 0 } })
})

test('a repetition with the same key gets the first answer', async () => {
  const y = await o.publishedYear()
  const input = { id: y.cycle, quarter: 1, moves: [], idempotencyKey: 'same-key-1' }
  const once = await done('approver', 'reviewProgress', input, 'progressReview { id rowVersion }')
  expect(await done('approver', 'reviewProgress', input, 'progressReview { id rowVersion }')).toEqual(once)
})

const RATIO = '{ numerator denominator value nullReason }'
const share = (numerator: number, denominator: number) => ({ numerator, denominator, value: denominator ? (numerator / denominator).toFixed(4) : null, nullReason: denominator ? null : 'NOTHING_COUNTED' })
const FIGURES = `count overdueCount known ${RATIO} performed ${RATIO} supervised ${RATIO} accounted ${RATIO} complete ${RATIO}`
const figuresOf = async (who: Who, y: { year: number }, groupBy: string, filter = ''): Promise<Answer['data']> => {
  const { data, errors } = await ask(who, `query($year: Int!) { dutyItemAggregate(filter: { year: $year ${filter} }, groupBy: [${groupBy}]) {
    groups { key { unit { code } divisionCode responsibility state appointment { role } } ${FIGURES} } groupCount hasNextPage totals { ${FIGURES} } } }`, { year: y.year })
  expect(errors).toEqual([])
  return data.dutyItemAggregate
}

test('Q-02, Q-03: duties by responsibility, state and person, and the share that passed each step of the loop', async () => {
  const y = await o.publishedYear()
  const main = await itemOf(y, 'main', 'COMMITTEE_MAIN')
  await o.progress.start(d.people.secretary, { id: main })
  await o.prove(d.people.secretary, main)
  await o.progress.claimDone(d.people.secretary, { id: main })
  expect((await figuresOf('supervisor', y, '')).totals).toEqual({ count: 4, overdueCount: 0, known: share(4, 4), performed: share(1, 4), supervised: share(0, 4), accounted: share(0, 4), complete: share(0, 4) })
  await o.progress.verify(d.people.groupOfficer, { id: main })
  await fileReports(y)
  await done('approver', 'reportCycle', { id: y.cycle })
  await done('supervisor', 'evaluateCycle', { id: y.cycle, evaluations: evaluations() })
  await done('supervisor', 'closeCycle', { id: y.cycle })
  const { groups, totals, groupCount } = await figuresOf('supervisor', y, 'UNIT, RESPONSIBILITY')
  expect([groupCount, groups.map((g: { key: { responsibility: string } }) => g.key.responsibility)]).toEqual([4, [...FOUR].sort()])
  expect(groups[1]).toEqual({ key: { unit: { code: '510821-HEALTH' }, divisionCode: null, responsibility: 'COMMITTEE_MAIN', state: null, appointment: null },
    count: 1, overdueCount: 0, known: share(1, 1), performed: share(1, 1), supervised: share(1, 1), accounted: share(1, 1), complete: share(1, 1) })
  expect(totals).toEqual({ count: 4, overdueCount: 0, known: share(4, 4), performed: share(1, 4), supervised: share(4, 4), accounted: share(4, 4), complete: share(1, 4) })
  const people = await figuresOf('supervisor', y, 'APPOINTMENT, STATE')
  expect(people.groups.map((g: { key: { appointment: { role: string } | null; state: string }; count: number }) => [g.key.appointment?.role ?? null, g.key.state, g.count]).sort())
    .toEqual([[null, 'NOT_STARTED', 1], [null, 'VERIFIED', 1], ['PARTY_GROUP_SECRETARY', 'NOT_STARTED', 1], ['TEAM_MEMBER', 'NOT_STARTED', 1]].sort())
  // Each duty by itself: what it passed and what it did not.
  const each = `query($year: Int!) { dutyItemAggregate(filter: { year: $year }, groupBy: [UNIT, ITEM]) { groups { key { unit { code } dutyItem { id responsibility } } count ${FIGURES} } groupCount } }`
  const { data: { dutyItemAggregate: duties } } = await ask('supervisor', each, { year: y.year })
  expect(duties.groupCount).toBe(4)
  for (const { key, known, performed, supervised, accounted, complete } of duties.groups) {
    const done = key.dutyItem.id === main ? 1 : 0
    expect([key.dutyItem.responsibility, known, performed, supervised, accounted, complete]).toEqual([key.dutyItem.responsibility, share(1, 1), share(done, 1), share(1, 1), share(1, 1), share(done, 1)])
  }
  expect(duties.groups.map((g: { key: { dutyItem: { responsibility: string } } }) => g.key.dutyItem.responsibility).sort()).toEqual([...FOUR].sort())
  for (const groupBy of ['ITEM', 'APPOINTMENT']) {
    const refusal = (await ask('tool', `query($year: Int!) { dutyItemAggregate(filter: { year: $year }, groupBy: [${groupBy}]) { groupCount } }`, { year: y.year })).errors[0]!.extensions
    expect([refusal.code, refusal['violations']]).toEqual(['FORBIDDEN', [expect.objectContaining({ rule: 'minimumCell' })]])
  }
  // What is not there is told as such, never as 0; what may not be seen is not counted.
  for (const [who, filter] of [['supervisor', 'sector: "water"'], ['supervisor', `within: "${d.neighbour.ref}"`], ['supervisor', 'within: "unit_nowhere"'], ['stranger', '']] as const) {
    expect((await figuresOf(who, y, 'UNIT', filter))).toEqual({ groups: [], groupCount: 0, hasNextPage: false, totals: { count: 0, overdueCount: 0, ...Object.fromEntries(['known', 'performed', 'supervised', 'accounted', 'complete'].map(f => [f, share(0, 0)])) } })
  }
  // A page at a time.
  const paged = `query($year: Int!, $after: String) { dutyItemAggregate(filter: { year: $year }, groupBy: [RESPONSIBILITY], first: 3, after: $after) { groups { key { responsibility } } hasNextPage endCursor } }`
  const first = (await ask('supervisor', paged, { year: y.year })).data.dutyItemAggregate
  const second = (await ask('supervisor', paged, { year: y.year, after: first.endCursor })).data.dutyItemAggregate
  expect([first.groups.length, first.hasNextPage, second.groups.map((g: { key: { responsibility: string } }) => g.key.responsibility), second.hasNextPage]).toEqual([3, true, ['SECRETARY_FIRST'], false])
  expect((await ask('supervisor', paged, { year: y.year, after: 'nonsense' })).errors[0]!.extensions.code).toBe('BAD_INPUT')
})

test('Q-04: a unit where one responsibility lags behind the others', async () => {
  const y = await o.publishedYear()
  const query = `query($year: Int!, $least: Decimal!) { responsibilityBalance(filter: { year: $year }, leastSpread: $least) { unitCount publishedCount units { unit { code } spread lagging responsibilities { responsibility performed { numerator denominator value } } } } }`
  const balance = async (least: string): Promise<Answer['data']> => (await ask('supervisor', query, { year: y.year, least })).data.responsibilityBalance
  expect(await balance('0')).toEqual({ unitCount: 0, publishedCount: 1, units: [] })
  for (const r of ['COMMITTEE_MAIN', 'MEMBER_DUAL_DUTY'] as const) {
    const [id, who] = [await itemOf(y, 'main', r), r === 'COMMITTEE_MAIN' ? d.people.secretary : d.people.member]
    await o.progress.start(who, { id })
    await o.prove(who, id)
    await o.progress.claimDone(who, { id })
  }
  const part = (responsibility: string, n: number) => ({ responsibility, performed: { numerator: n, denominator: 1, value: `${n}.0000` } })
  expect(await balance('0.5')).toEqual({ unitCount: 1, publishedCount: 1, units: [{ unit: { code: '510821-HEALTH' }, spread: '1.0000', lagging: ['SECRETARY_FIRST', 'COMMISSION_SUPERVISORY'],
    responsibilities: [part('COMMITTEE_MAIN', 1), part('SECRETARY_FIRST', 0), part('MEMBER_DUAL_DUTY', 1), part('COMMISSION_SUPERVISORY', 0)] }] })
})

test('Q-01: which units have published jointly in a year, which have not', async () => {
  const y = await o.readyYear()
  const query = `query($year: Int!, $by: PublicationDimension!, $division: String) { jointPublicationAggregate(filter: { year: $year, divisionCode: $division }, groupBy: $by, unitKinds: [GOVERNMENT_DEPARTMENT]) {
    groups { divisionCode unit { code } state units published preparing notBegun publishedRate { value } } groupCount totals { units published preparing notBegun publishedRate ${RATIO} } } }`
  const shown = async (by: string): Promise<Answer['data']> => (await ask('supervisor', query, { year: y.year, by })).data.jointPublicationAggregate
  expect(await shown('DIVISION')).toMatchObject({ groupCount: 1, groups: [{ divisionCode: '510821', unit: null, units: 2, published: 0, preparing: 1, notBegun: 1, publishedRate: { value: '0.0000' } }] })
  await o.publish(y.cycle)
  const { groups, totals } = await shown('UNIT')
  expect(groups.map((g: { unit: { code: string }; state: string | null }) => [g.unit.code, g.state])).toEqual([['510821-EDUCATION', null], ['510821-HEALTH', 'IN_FORCE']])
  expect(totals).toEqual({ units: 2, published: 1, preparing: 0, notBegun: 1, publishedRate: share(1, 2) })
})

test('Q-05: what a version of a list changed against the one before', async () => {
  const y = await o.publishedYear()
  const before = await o.itemsOf(y.main)
  const main = `list_${await o.lists.revise(d.people.editor, { id: y.main })}`
  const [kept, edited, removed] = (await o.itemsOf(main)).map(i => ({ id: `duty_${String(i['id'])}`, code: String(i['code']) }))
  await o.items.edit(d.people.editor, { id: edited!.id, rowVersion: 1, content: '修订后的责任事项' })
  await o.items.remove(d.people.editor, { id: removed!.id })
  await o.item(main, 'MEMBER_DUAL_DUTY', { code: 'NEW' })
  const { data } = await ask('editor', 'query($ids: [ID!]!) { nodes(ids: $ids) { ... on ResponsibilityList { version changes { sinceVersion added removed edited } } } }', { ids: [main, y.main] })
  expect(data.nodes).toEqual([{ version: 2, changes: { sinceVersion: 1, added: ['NEW'], removed: [removed!.code], edited: [edited!.code] } }, { version: 1, changes: null }])
  expect(before.map(i => i['code'])).toContain(kept!.code)
})
