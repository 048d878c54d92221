import { DateTime } from 'luxon'
import { today } from '../../src/core/day'
import { inboxSources } from '../../src/domain'
import { followStates } from '../../src/domain/inbox'
import { coreModules } from '../../src/modules'
import { testApi, type Answer, type TestApi } from '../support/api'
import { desks, Office4321, type Desks } from '../support/responsibility-fixture'
import { Teller } from '../support/telling'

let api: TestApi
let d: Desks
let o: Office4321
const tokens: Record<string, string> = {}
/** Who reports for the bureau next door. */
const COLLEAGUE = 'colleague'

beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  await followStates(api.database.url, inboxSources)
  d = await desks(api.database.db)
  o = new Office4321(api.database, d)
  await api.database.owner.query(`WITH p AS (INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by) VALUES (gen_random_uuid(), $1, '岗位人员', $2, 'system:test', 'system:test') RETURNING id)
    INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by) SELECT gen_random_uuid(), id, 'UNIT_APPROVER', $1, 'TERRITORIAL', '2020-01-01', 'system:test', 'system:test' FROM p`, [d.nextDoor.id, COLLEAGUE])
  for (const who of [...Object.keys(d.people), COLLEAGUE]) tokens[who] = await api.token(who)
})
afterAll(() => api.close())

type Who = keyof Desks['people'] | typeof COLLEAGUE
const STEPS = ['startSpecialSelfCheck', 'startSpecialSupervisedCheck', 'startSpecialMending', 'startSpecialEvaluation', 'stepSpecialRectificationBack', 'cancelSpecialRectification']
const INPUTS: Record<string, string> = {
  ...Object.fromEntries(STEPS.map(s => [s, 'SpecialRectificationCommandInput'])), startRectification: 'RectificationCommandInput', submitRectification: 'RectificationCommandInput', verifyRectification: 'RectificationCommandInput',
  linkSpecialFindings: 'SpecialFindingsInput', unlinkSpecialFindings: 'SpecialFindingsInput', dismissSupervisionFinding: 'SupervisionFindingCommandInput',
}
const { ask, done, refused } = new Teller<Who>(() => api, tokens, INPUTS)
const paths = (e: Record<string, unknown>): string[] => (e['violations'] as { path: string }[]).map(v => v.path)

const day = (months: number): string => DateTime.fromISO(today()).plus({ months }).toISODate()!
const announcement = (more: object = {}): object => ({
  leadUnitId: d.county.ref, gripUnitId: d.county.ref, pushUnitId: d.commission.ref, responsibleUnitId: d.county.ref, code: o.unique('ZX'), nameZh: '工程建设领域专项整治', campaignGroup: '以案促改',
  matters: '整治工程变更先变后报', problemCategories: ['project-tendering'], unitIds: [d.bureau.ref, d.nextDoor.ref], validFrom: day(-1), selfCheckDueOn: day(1), validTo: day(6), ...more,
})
interface Campaign { id: string; bureau: string; nextDoor: string }
async function announced(more: object = {}): Promise<Campaign> {
  const { specialRectification: { id, units } } = await done('supervisor', 'announceSpecialRectification', announcement(more), 'specialRectification { id units { nodes { id unit { id } } } }')
  const of = (unit: string): string => units.nodes.find((n: { unit: { id: string } }) => n.unit.id === unit)?.id
  return { id, bureau: of(d.bureau.ref), nextDoor: of(d.nextDoor.ref) }
}
async function checking(more: object = {}): Promise<Campaign> {
  const c = await announced(more)
  await done('supervisor', 'startSpecialSelfCheck', { id: c.id })
  return c
}
const figures = (specialRectificationUnitId: string, problemsFound: number, problemsFixed: number): object => ({ specialRectificationUnitId, problemsFound, problemsFixed, report: '自查报告' })
const findings = async (n: number): Promise<string[]> => (await done('groupOfficer', 'recordSupervisionFinding', {
  foundByUnitId: d.group.ref, sourceKind: 'OTHER', findings: Array.from({ length: n }, () => ({ unitId: d.bureau.ref, category: 'project-change', severity: 'GENERAL', description: '工程变更未按程序报批' })),
}, 'supervisionFindings { id }')).supervisionFindings.map((f: { id: string }) => f.id)
const task = async (more: object): Promise<string> => (await done('groupOfficer', 'openRectificationTask', { responsibleAppointmentId: d.secretary, problem: '规范工程变更', dueOn: day(3), ...more }, 'rectificationTask { id }')).rectificationTask.id
async function mend(id: string): Promise<void> {
  await done('editor', 'planRectification', { id, measures: '逐项整改' })
  await done('secretary', 'startRectification', { id })
  await done('secretary', 'attachEvidenceLink', { subjectId: id, title: '整改台账', url: 'https://files.example/ledger', sensitivity: 'INTERNAL', collectedAt: '2020-06-01T08:00:00+08:00' })
  await done('secretary', 'submitRectification', { id })
  await done('supervisor', 'verifyRectification', { id })
}
const stateOf = async (id: string): Promise<unknown> => (await ask('supervisor', 'query($id: ID!) { specialRectification(id: $id) { state } }', { id })).data.specialRectification.state

test('a special rectification from its announcement to its end: self-check, supervised check, mending, evaluation', async () => {
  const c = await announced()
  const { data } = await ask('editor', `query($id: ID!) { specialRectification(id: $id) { code state nameZh leadNameZh gripNameZh pushNameZh responsibleNameZh leadUnit { id } pushUnit { id } responsibleUnit { id } problemCategories allowedCommands units { nodes { id nameZh } } } }`, { id: c.id })
  // Who is in its scope reads who governs it, and sees of the units its own alone.
  expect(data.specialRectification).toMatchObject({
    state: 'ANNOUNCED', leadNameZh: '单位510821', gripNameZh: '单位510821', pushNameZh: '单位510821-CCDI', responsibleNameZh: '单位510821', leadUnit: null, pushUnit: null, responsibleUnit: null,
    problemCategories: ['project-tendering'], allowedCommands: [], units: { nodes: [{ id: c.bureau, nameZh: '单位510821-HEALTH' }] },
  })
  expect((await refused('editor', 'reportSpecialSelfCheck', figures(c.bureau, 1, 0))).code).toBe('PRECONDITION_FAILED')
  expect((await refused('groupOfficer', 'startSpecialSelfCheck', { id: c.id })).code).toBe('FORBIDDEN')
  await done('supervisor', 'startSpecialSelfCheck', { id: c.id })

  // 自查自纠: each unit for itself.
  expect((await refused('editor', 'reportSpecialSelfCheck', figures(c.nextDoor, 1, 0))).code).toBe('NOT_FOUND')
  expect((await refused('groupOfficer', 'reportSpecialSelfCheck', figures(c.bureau, 1, 0))).code).toBe('FORBIDDEN')
  expect(paths(await refused('editor', 'reportSpecialSelfCheck', figures(c.bureau, 3, 4)))).toEqual(['problemsFixed'])
  const { specialRectificationUnit: reported } = await done('editor', 'reportSpecialSelfCheck', figures(c.bureau, 12, 7), 'specialRectificationUnit { problemsFound problemsFixed reportedBy returnedReason rowVersion } specialRectification { id rowVersion }')
  expect(reported).toEqual({ problemsFound: 12, problemsFixed: 7, reportedBy: d.people.editor.actor.ref, returnedReason: null, rowVersion: 2 })
  expect(paths(await refused('supervisor', 'startSpecialSupervisedCheck', { id: c.id }))).toEqual(['units'])
  expect((await refused('editor', 'returnSpecialSelfCheck', { specialRectificationUnitId: c.bureau, opinion: '退回' })).code).toBe('FORBIDDEN')
  expect((await refused('supervisor', 'returnSpecialSelfCheck', { specialRectificationUnitId: c.bureau, opinion: ' ' })).code).toBe('BAD_INPUT')
  expect((await refused('supervisor', 'returnSpecialSelfCheck', { specialRectificationUnitId: c.nextDoor, opinion: '退回' })).code).toBe('PRECONDITION_FAILED')
  const { specialRectificationUnit: given } = await done('supervisor', 'returnSpecialSelfCheck', { specialRectificationUnitId: c.bureau, opinion: '未附台账' }, 'specialRectificationUnit { problemsFound reportedAt returnedReason }')
  expect(given).toEqual({ problemsFound: 12, reportedAt: null, returnedReason: '未附台账' })
  await done('editor', 'attachEvidenceLink', { subjectId: c.bureau, title: '自查台账', url: 'https://files.example/self-check', sensitivity: 'INTERNAL', collectedAt: '2020-06-01T08:00:00+08:00' })
  await done('approver', 'reportSpecialSelfCheck', { ...figures(c.bureau, 12, 8), rowVersion: 3 })
  expect((await refused('editor', 'reportSpecialSelfCheck', { ...figures(c.bureau, 12, 8), rowVersion: 3 })).code).toBe('CONFLICT')
  await done(COLLEAGUE, 'reportSpecialSelfCheck', figures(c.nextDoor, 0, 0))
  expect((await refused('groupOfficer', 'startSpecialSupervisedCheck', { id: c.id })).code).toBe('FORBIDDEN')
  await done('supervisor', 'startSpecialSupervisedCheck', { id: c.id })

  // 监督检查: what was found, and what follows from each.
  const [first, second, third] = await findings(3)
  expect((await refused('groupOfficer', 'linkSpecialFindings', { id: c.id, findingIds: [first] })).code).toBe('FORBIDDEN')
  await done('supervisor', 'linkSpecialFindings', { id: c.id, findingIds: [first, second, third] })
  await done('supervisor', 'linkSpecialFindings', { id: c.id, findingIds: [first] })
  const elsewhere = await checking({ selfCheckDueOn: day(-1), unitIds: [d.nextDoor.ref] })
  await done('supervisor', 'startSpecialSupervisedCheck', { id: elsewhere.id })
  expect(paths(await refused('supervisor', 'linkSpecialFindings', { id: elsewhere.id, findingIds: [first] }))).toEqual(['findingIds.0'])
  expect((await refused('groupOfficer', 'unlinkSpecialFindings', { id: c.id, findingIds: [third] })).code).toBe('FORBIDDEN')
  await done('supervisor', 'unlinkSpecialFindings', { id: c.id, findingIds: [third] })
  expect((await refused('supervisor', 'unlinkSpecialFindings', { id: c.id, findingIds: [first, third] })).code).toBe('NOT_FOUND')
  expect((await refused('groupOfficer', 'startSpecialMending', { id: c.id })).code).toBe('FORBIDDEN')
  expect(paths(await refused('supervisor', 'startSpecialMending', { id: c.id }))).toEqual(['findings'])
  const [following, own] = [await task({ sourceNote: '专项整治发现' }), await task({ sourceId: c.id })]
  await done('groupOfficer', 'linkSupervisionFinding', { id: first, targetId: following })
  await done('supervisor', 'dismissSupervisionFinding', { id: second, opinion: '情况不实' })
  await done('supervisor', 'startSpecialMending', { id: c.id })

  // 集中整改: how far the unit has come, and what it was asked to mend.
  await done('editor', 'reportSpecialSelfCheck', figures(c.bureau, 12, 12))
  const both = await refused('supervisor', 'startSpecialEvaluation', { id: c.id })
  expect(both['violations']).toEqual([expect.objectContaining({ path: 'rectificationTasks', message: '2 rectification(s) of it are not verified yet.' })])
  await mend(own)
  expect((await refused('supervisor', 'startSpecialEvaluation', { id: c.id })).code).toBe('PRECONDITION_FAILED')
  await mend(following)
  expect((await refused('groupOfficer', 'startSpecialEvaluation', { id: c.id })).code).toBe('FORBIDDEN')
  await done('supervisor', 'startSpecialEvaluation', { id: c.id })

  // 评估验收.
  expect((await refused('groupOfficer', 'closeSpecialRectification', { id: c.id, evaluation: '成效明显' })).code).toBe('FORBIDDEN')
  expect((await refused('supervisor', 'closeSpecialRectification', { id: c.id, evaluation: ' ' })).code).toBe('BAD_INPUT')
  const { specialRectification: end } = await done('supervisor', 'closeSpecialRectification', { id: c.id, evaluation: '成效明显' }, `specialRectification { state evaluation closedOn allowedCommands findingCount findings { nodes { id specialRectifications { nodes { id } } } }
    rectificationTasks { nodes { id sourceKind source { id } } } units { nodes { problemsFound problemsFixed evidence { totalCount } } } transitions { nodes { command toState } } }`)
  expect(end).toMatchObject({ state: 'CLOSED', evaluation: '成效明显', closedOn: today(), allowedCommands: [], findingCount: 2, rectificationTasks: { nodes: [{ id: own, sourceKind: 'CAMPAIGN', source: { id: c.id } }] } })
  expect(end.findings.nodes).toEqual(expect.arrayContaining([first, second].map(id => ({ id, specialRectifications: { nodes: [{ id: c.id }] } }))))
  expect(end.units.nodes).toEqual(expect.arrayContaining([{ problemsFound: 12, problemsFixed: 12, evidence: { totalCount: 1 } }, { problemsFound: 0, problemsFixed: 0, evidence: { totalCount: 0 } }]))
  expect(end.transitions.nodes.map((n: { toState: string }) => n.toState)).toEqual(['SELF_CHECK', 'SUPERVISED_CHECK', 'RECTIFICATION', 'EVALUATION', 'CLOSED'])
  expect(await refused('supervisor', 'stepSpecialRectificationBack', { id: c.id, opinion: '重来' })).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: [] })
})

test('it goes back one phase at a time with an opinion, goes on without silent units when their time is over, and is called off before supervisors check', async () => {
  const c = await checking({ selfCheckDueOn: day(-1), unitIds: [d.bureau.ref] })
  await done('supervisor', 'startSpecialSupervisedCheck', { id: c.id })
  await done('supervisor', 'startSpecialMending', { id: c.id })
  await done('supervisor', 'startSpecialEvaluation', { id: c.id })
  expect((await refused('groupLeader', 'stepSpecialRectificationBack', { id: c.id, opinion: '返回' })).code).toBe('FORBIDDEN')
  expect((await refused('supervisor', 'stepSpecialRectificationBack', { id: c.id })).code).toBe('BAD_INPUT')
  for (const state of ['RECTIFICATION', 'SUPERVISED_CHECK', 'SELF_CHECK', 'ANNOUNCED']) {
    expect((await done('supervisor', 'stepSpecialRectificationBack', { id: c.id, opinion: '补充工作' }, 'specialRectification { state }')).specialRectification.state).toBe(state)
  }
  expect((await refused('groupLeader', 'cancelSpecialRectification', { id: c.id, opinion: '取消' })).code).toBe('FORBIDDEN')
  expect((await refused('supervisor', 'cancelSpecialRectification', { id: c.id })).code).toBe('BAD_INPUT')
  await done('supervisor', 'cancelSpecialRectification', { id: c.id, opinion: '并入上级专项整治' })
  expect(await stateOf(c.id)).toBe('CANCELLED')
  const other = await checking({ unitIds: [d.bureau.ref] })
  await done('supervisor', 'cancelSpecialRectification', { id: other.id, opinion: '不再需要' })
  expect(await stateOf(other.id)).toBe('CANCELLED')
})

test('it is announced by a body that supervises, over units that it supervises, with days in order and codes that are known', async () => {
  const announce = (more: object): Promise<Record<string, unknown>> => refused('supervisor', 'announceSpecialRectification', announcement(more))
  expect((await refused('groupOfficer', 'announceSpecialRectification', announcement({ pushUnitId: d.group.ref }))).code).toBe('FORBIDDEN')
  expect((await refused('groupLeader', 'announceSpecialRectification', announcement())).code).toBe('NOT_FOUND')
  expect(paths(await announce({ pushUnitId: d.county.ref }))).toEqual(['pushUnitId'])
  expect(paths(await announce({ unitIds: [d.bureau.ref, d.neighbour.ref] }))).toEqual(['unitIds.1'])
  expect((await announce({ responsibleUnitId: d.neighbour.ref })).code).toBe('NOT_FOUND')
  expect(paths(await announce({ problemCategories: ['formalism', 'unheard-of'] }))).toEqual(['problemCategories.1'])
  expect(paths(await announce({ selfCheckDueOn: day(-2) }))).toEqual(['selfCheckDueOn'])
  expect(paths(await announce({ validTo: day(0) }))).toEqual(['validTo'])
  const code = o.unique('ZX')
  await announced({ code })
  expect((await announce({ code })).code).toBe('CONFLICT')
  // A group pushes where it is dispatched to.
  expect((await done('groupLeader', 'announceSpecialRectification', announcement({ pushUnitId: d.group.ref, unitIds: [d.bureau.ref] }), 'specialRectification { pushNameZh }')).specialRectification.pushNameZh).toBe('单位510821-DG-HEALTH')
})

test('matters, units and days change before supervisors check; a unit that has reported stays', async () => {
  const c = await announced()
  expect((await refused('groupOfficer', 'editSpecialRectification', { id: c.id, rowVersion: 1, nameZh: '改名' })).code).toBe('FORBIDDEN')
  const { specialRectification } = await done('supervisor', 'editSpecialRectification', { id: c.id, rowVersion: 1, unitIds: [d.bureau.ref], nameZh: '工程变更专项整治', problemCategories: ['formalism'], validTo: day(7), campaignGroup: null },
    'specialRectification { nameZh problemCategories validTo campaignGroup rowVersion units { nodes { unit { id } } } }')
  expect(specialRectification).toEqual({ nameZh: '工程变更专项整治', problemCategories: ['formalism'], validTo: day(7), campaignGroup: null, rowVersion: 2, units: { nodes: [{ unit: { id: d.bureau.ref } }] } })
  expect((await refused('supervisor', 'editSpecialRectification', { id: c.id, rowVersion: 1, nameZh: '改名' })).code).toBe('CONFLICT')
  await done('supervisor', 'startSpecialSelfCheck', { id: c.id })
  await done('editor', 'reportSpecialSelfCheck', figures(c.bureau, 1, 1))
  expect(paths(await refused('supervisor', 'editSpecialRectification', { id: c.id, rowVersion: 3, unitIds: [d.nextDoor.ref] }))).toEqual(['unitIds'])
  const both = await done('supervisor', 'editSpecialRectification', { id: c.id, rowVersion: 3, unitIds: [d.nextDoor.ref, d.bureau.ref] }, 'specialRectification { rowVersion units { nodes { problemsFound } } }')
  expect(both.specialRectification).toEqual({ rowVersion: 4, units: { nodes: [{ problemsFound: 1 }, { problemsFound: null }] } })
  const found = await checking({ selfCheckDueOn: day(-1) })
  await done('supervisor', 'startSpecialSupervisedCheck', { id: found.id })
  await done('supervisor', 'linkSpecialFindings', { id: found.id, findingIds: await findings(1) })
  await done('supervisor', 'stepSpecialRectificationBack', { id: found.id, opinion: '补充自查' })
  expect(paths(await refused('supervisor', 'editSpecialRectification', { id: found.id, rowVersion: 5, unitIds: [d.nextDoor.ref] }))).toEqual(['unitIds'])
  await done('supervisor', 'editSpecialRectification', { id: found.id, rowVersion: 5, unitIds: [d.bureau.ref] })
  const { id: group } = (await done('groupLeader', 'announceSpecialRectification', announcement({ pushUnitId: d.group.ref, unitIds: [d.bureau.ref] }), 'specialRectification { id }')).specialRectification
  expect(paths(await refused('supervisor', 'editSpecialRectification', { id: group, rowVersion: 1, unitIds: [d.nextDoor.ref] }))).toEqual(['unitIds.0'])
})

test('reform driven by cases: it names governance measures, which lead back to it', async () => {
  const measure = async (): Promise<string> => (await done('supervisor', 'proposeGovernanceMeasure', { unitId: d.bureau.ref, demandingUnitId: d.commission.ref, caseIds: [], kind: 'SPECIAL_RECTIFICATION', content: '开展工程变更专项整治', dueOn: day(5) }, 'governanceMeasure { id }')).governanceMeasure.id
  const [one, two, gone] = [await measure(), await measure(), await measure()]
  await api.database.owner.query(`UPDATE governance_measure SET state = 'CANCELLED' WHERE id = $1`, [gone.slice(-36)])
  expect(paths(await refused('supervisor', 'announceSpecialRectification', announcement({ governanceMeasureIds: [one, gone] })))).toEqual(['governanceMeasureIds.1'])
  const c = await announced({ governanceMeasureIds: [one] })
  await done('supervisor', 'editSpecialRectification', { id: c.id, rowVersion: 1, governanceMeasureIds: [one, two] })
  const { specialRectification } = await done('supervisor', 'editSpecialRectification', { id: c.id, rowVersion: 2, governanceMeasureIds: [two] }, 'specialRectification { rowVersion governanceMeasures { nodes { id specialRectifications { nodes { id } } } } }')
  expect(specialRectification).toEqual({ rowVersion: 3, governanceMeasures: { nodes: [{ id: two, specialRectifications: { nodes: [{ id: c.id }] } }] } })
  // Colleagues next door are in its scope, and learn nothing of the measure of the bureau.
  expect((await ask(COLLEAGUE, 'query($id: ID!) { specialRectification(id: $id) { governanceMeasures { totalCount } findings { totalCount } } }', { id: c.id })).data.specialRectification).toEqual({ governanceMeasures: { totalCount: 0 }, findings: null })
})

test('a neighbour sees nothing of it; a unit in its scope sees its own report, the four bodies see all', async () => {
  const c = await checking({ gripUnitId: d.nextDoor.ref, responsibleUnitId: d.bureau.ref })
  await done('editor', 'reportSpecialSelfCheck', figures(c.bureau, 5, 2))
  const query = 'query($id: ID!, $unit: ID!) { specialRectification(id: $id) { nameZh units { totalCount } } specialRectificationUnit(id: $unit) { problemsFound } }'
  const seen = async (who: Who): Promise<unknown> => (await ask(who, query, { id: c.id, unit: c.bureau })).data
  const whole = { specialRectification: { nameZh: '工程建设领域专项整治', units: { totalCount: 2 } }, specialRectificationUnit: { problemsFound: 5 } }
  // The bureau is responsible, the bureau next door grips.
  for (const who of ['supervisor', 'editor', COLLEAGUE] as const) expect(await seen(who)).toEqual(whole)
  const narrow = await announced()
  // Two counties in one special rectification: each unit reads who governs it, and nothing of the other units.
  await api.database.owner.query(`INSERT INTO special_rectification_unit (id, unit_id, name_zh, special_rectification_id, lead_unit_id, grip_unit_id, push_unit_id, responsible_unit_id, created_by, updated_by)
    SELECT gen_random_uuid(), $2, '邻县', special_rectification_id, lead_unit_id, grip_unit_id, push_unit_id, responsible_unit_id, created_by, updated_by FROM special_rectification_unit WHERE id = $1`, [narrow.bureau.slice(-36), d.neighbour.id])
  expect((await ask('stranger', 'query($id: ID!, $unit: ID!) { specialRectification(id: $id) { pushNameZh pushUnit { id } units { nodes { nameZh } } findings { totalCount } allowedCommands } specialRectificationUnit(id: $unit) { id } }', { id: narrow.id, unit: narrow.bureau })).data)
    .toEqual({ specialRectification: { pushNameZh: '单位510821-CCDI', pushUnit: null, units: { nodes: [{ nameZh: '邻县' }] }, findings: { totalCount: 0 }, allowedCommands: [] }, specialRectificationUnit: null })
  expect((await refused('stranger', 'reportSpecialSelfCheck', figures(narrow.bureau, 1, 1))).code).toBe('NOT_FOUND')
  expect((await refused('stranger', 'startSpecialSelfCheck', { id: narrow.id })).code).toBe('FORBIDDEN')
  await api.database.owner.query('DELETE FROM special_rectification_unit WHERE unit_id = $1', [d.neighbour.id])
  expect((await ask('editor', query, { id: narrow.id, unit: narrow.nextDoor })).data).toEqual({ specialRectification: { nameZh: '工程建设领域专项整治', units: { totalCount: 1 } }, specialRectificationUnit: null })
  expect(await seen('stranger')).toEqual({ specialRectification: null, specialRectificationUnit: null })
  for (const command of STEPS) expect((await refused('stranger', command, { id: c.id, opinion: '意见' })).code).toBe('NOT_FOUND')
  expect((await refused('stranger', 'reportSpecialSelfCheck', figures(c.bureau, 1, 1))).code).toBe('NOT_FOUND')
  expect((await refused('stranger', 'returnSpecialSelfCheck', { specialRectificationUnitId: c.bureau, opinion: '退回' })).code).toBe('NOT_FOUND')
  expect((await ask('stranger', '{ specialRectifications { totalCount } specialRectificationUnits { totalCount } }')).data).toEqual({ specialRectifications: { totalCount: 0 }, specialRectificationUnits: { totalCount: 0 } })
})

test('each unit finds in its inbox what it has not reported, and whoever drives it what comes next', async () => {
  const c = await checking()
  const waits = async (who: Who): Promise<unknown> => (await ask(who, '{ inboxItems(first: 100) { nodes { awaits dueOn unit { id } subject { id } } } }')).data.inboxItems.nodes
    .filter((n: { subject: { id: string } | null }) => n.subject?.id === c.id).map(({ awaits, dueOn, unit }: { awaits: string[]; dueOn: string; unit: { id: string } }) => ({ awaits, dueOn, unit: unit.id }))
  const report = (unit: string): object => ({ awaits: ['reportSpecialSelfCheck'], dueOn: day(1), unit })
  expect(await waits('editor')).toEqual([report(d.bureau.ref)])
  expect(await waits(COLLEAGUE)).toEqual([report(d.nextDoor.ref)])
  await done('editor', 'reportSpecialSelfCheck', figures(c.bureau, 5, 2))
  expect(await waits('editor')).toEqual([])
  expect(await waits(COLLEAGUE)).toEqual([report(d.nextDoor.ref)])
  expect(await waits('supervisor')).toContainEqual({ awaits: ['startSpecialSupervisedCheck'], dueOn: day(1), unit: d.commission.ref })
  await done('supervisor', 'returnSpecialSelfCheck', { specialRectificationUnitId: c.bureau, opinion: '数据不实' })
  expect(await waits('editor')).toEqual([report(d.bureau.ref)])
})

test('Q-41: problems found and put right by special rectification, as far as the viewer sees them; null with a reason where nothing was reported', async () => {
  const group = o.unique('以案促改')
  const [one, two, silent] = [await checking({ campaignGroup: group, problemCategories: ['formalism', 'personnel'] }), await checking({ campaignGroup: group }), await announced({ campaignGroup: group })]
  await done('editor', 'reportSpecialSelfCheck', figures(one.bureau, 12, 9))
  await done(COLLEAGUE, 'reportSpecialSelfCheck', figures(one.nextDoor, 4, 0))
  await done('editor', 'reportSpecialSelfCheck', figures(two.bureau, 0, 0))
  await done(COLLEAGUE, 'reportSpecialSelfCheck', figures(two.nextDoor, 7, 7))
  await done('supervisor', 'returnSpecialSelfCheck', { specialRectificationUnitId: two.nextDoor, opinion: '数据不实' })
  const FIGURES = 'unitCount reportedCount reportedRate { value } problemsFound problemsFixed problemsNullReason fixedRate { numerator denominator value nullReason }'
  const count = async (who: Who, groupBy: string, of: readonly Campaign[] = [one, two, silent]): Promise<Answer['data']> => {
    const { data, errors } = await ask(who, `query($of: [ID!]) { specialRectificationAggregate(groupBy: [${groupBy}], filter: { specialRectification: { in: $of } }) {
      groups { key { specialRectification { id } nameZh campaignGroup problemCategory state unit { id } } ${FIGURES} } groupCount totals { ${FIGURES} } } }`, { of: of.map(c => c.id) })
    expect(errors).toEqual([])
    return data.specialRectificationAggregate
  }
  const ratio = (numerator: number, denominator: number, value: string | null, nullReason: string | null = null): object => ({ numerator, denominator, value, nullReason })
  const counted = await count('supervisor', 'SPECIAL_RECTIFICATION')
  const of = (c: Campaign): object => counted.groups.find((g: { key: { specialRectification: { id: string } } }) => g.key.specialRectification.id === c.id)
  expect(of(one)).toEqual({
    key: { specialRectification: { id: one.id }, nameZh: '工程建设领域专项整治', campaignGroup: null, problemCategory: null, state: null, unit: null },
    unitCount: 2, reportedCount: 2, reportedRate: { value: '1.0000' }, problemsFound: 16, problemsFixed: 9, problemsNullReason: null, fixedRate: ratio(9, 16, '0.5625'),
  })
  expect(of(two)).toMatchObject({ unitCount: 2, reportedCount: 1, problemsFound: 0, problemsFixed: 0, problemsNullReason: null, fixedRate: ratio(0, 0, null, 'NOTHING_FOUND') })
  expect(of(silent)).toMatchObject({ unitCount: 2, reportedCount: 0, problemsFound: null, problemsFixed: null, problemsNullReason: 'NOTHING_REPORTED', fixedRate: ratio(0, 0, null, 'NOTHING_REPORTED') })
  expect([counted.groupCount, counted.totals]).toEqual([3, { unitCount: 6, reportedCount: 3, reportedRate: { value: '0.5000' }, problemsFound: 16, problemsFixed: 9, problemsNullReason: null, fixedRate: ratio(9, 16, '0.5625') }])
  expect((await count('supervisor', 'PROBLEM_CATEGORY', [one])).groups.map((g: { key: { problemCategory: string }; problemsFound: number }) => [g.key.problemCategory, g.problemsFound])).toEqual([['formalism', 16], ['personnel', 16]])
  expect((await count('supervisor', 'CAMPAIGN_GROUP, STATE')).groups.map((g: { key: { campaignGroup: string; state: string }; unitCount: number }) => [g.key.campaignGroup, g.key.state, g.unitCount])).toEqual([[group, 'SELF_CHECK', 4], [group, 'ANNOUNCED', 2]])
  // A unit counts its own reports, a neighbour none.
  expect((await count('approver', 'UNIT')).groups).toEqual([expect.objectContaining({ key: expect.objectContaining({ unit: { id: d.bureau.ref } }), unitCount: 3, problemsFound: 12, problemsFixed: 9 })])
  expect(await count('stranger', 'SPECIAL_RECTIFICATION')).toMatchObject({ groups: [], totals: { unitCount: 0, problemsFound: null, problemsNullReason: 'NOTHING_COUNTED' } })
})
