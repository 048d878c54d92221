import { globalId } from '../../src/core/ids'
import { coreModules } from '../../src/modules'
import { rectifiedFindings } from '../../src/domain/supervision'
import { testApi, type Answer, type TestApi } from '../support/api'
import { delivery, type Delivery } from '../support/delivered'
import { Organisation } from '../support/organisation'

const CITY = '/510800/'
const COUNTY = `${CITY}510821/`
const COMMISSION = `${COUNTY}CCDI/`
const OFFICE = `${COMMISSION}SO1/`
const GROUP = `${COMMISSION}DG/`
const BUREAU = `${COUNTY}HEALTH/`
const HOSPITAL = `${BUREAU}HOSPITAL/`
const OTHER_BUREAU = `${COUNTY}WATER/`
const AUDIT = `${COUNTY}AUDIT/`
const NEIGHBOUR = `${CITY}510824/`
const NEIGHBOUR_OFFICE = `${NEIGHBOUR}SO1-N/`
const UNITS: [path: string, kind: string][] = [
  [CITY, 'PARTY_COMMITTEE'], [COUNTY, 'PARTY_COMMITTEE'], [COMMISSION, 'COMMISSION_COUNTY'], [OFFICE, 'SUPERVISION_OFFICE'], [GROUP, 'DISPATCHED_GROUP'], [BUREAU, 'GOVERNMENT_DEPARTMENT'],
  [HOSPITAL, 'PUBLIC_INSTITUTION'], [OTHER_BUREAU, 'GOVERNMENT_DEPARTMENT'], [AUDIT, 'AUDIT_OFFICE'], [NEIGHBOUR, 'PARTY_COMMITTEE'], [NEIGHBOUR_OFFICE, 'SUPERVISION_OFFICE'],
]
const PEOPLE: [staffNo: string, role: string, unit: string, edge?: string][] = [
  ['office', 'SUPERVISOR', OFFICE], ['office', 'SUPERVISOR', OFFICE, 'LIAISON'], ['office-two', 'SUPERVISOR', OFFICE], ['office-two', 'SUPERVISOR', OFFICE, 'LIAISON'],
  ['group', 'SUPERVISOR', GROUP], ['group', 'SUPERVISOR', GROUP, 'DISPATCHED'], ['audit', 'SUPERVISOR', AUDIT], ['audit', 'SUPERVISOR', BUREAU],
  ['bureau', 'UNIT_EDITOR', BUREAU], ['bureau-head', 'DUTY_OWNER', BUREAU], ['commission', 'COMMISSION_APPROVER', COUNTY], ['tool', 'REPORTING_CLIENT', COUNTY], ['leader', 'LEADER_READER', COUNTY], ['neighbour', 'SUPERVISOR', NEIGHBOUR], ['neighbour', 'COMMISSION_APPROVER', NEIGHBOUR],
]
type Who = 'bureau-head' | 'commission' | 'tool' | 'office' | 'office-two' | 'group' | 'audit' | 'bureau' | 'leader' | 'neighbour'

let api: TestApi
let org: Organisation
let events: Delivery
const tokens: Record<string, string> = {}

beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  org = new Organisation(api.database.owner)
  for (const [path, kind] of UNITS) await org.unit(path, kind)
  await org.relation('LIAISON', OFFICE, BUREAU)
  await org.relation('DISPATCHED', GROUP, BUREAU)
  for (const [staffNo, role, unit, edge] of PEOPLE) {
    if (!org.persons.has(staffNo)) await org.person(staffNo, unit)
    await org.grant(staffNo, role, unit, { edge })
  }
  for (const [staffNo] of PEOPLE) tokens[staffNo] ??= await api.token(staffNo)
  await rule('CITY_COMMISSION_ORGAN', 'LIAISON')
  await rule('DISPATCHED_DEPARTMENT_GROUP', 'DISPATCHED')
  events = await delivery(api.database, [rectifiedFindings])
})
afterAll(async () => {
  await events.stop()
  await api.close()
})

/** A work rule in force, written straight into the tables. */
async function rule(kind: string, relation: string): Promise<void> {
  const { owner } = api.database
  const { rows: [{ id }] } = await owner.query(
    `INSERT INTO supervision_rule (id, unit_id, kind, version, title_zh, issuer_name_zh, effective_from, state, created_by, updated_by)
     VALUES (gen_random_uuid(), $1, $2, 1, '规则', '县委', '2020-01-01', 'DRAFT', 'system:test', 'system:test') RETURNING id`, [org.units.get(COUNTY), kind])
  const items: [section: string, code: string, more: Record<string, unknown>][] = [
    ['OBJECTS', 'O1', { unit_kinds: ['GOVERNMENT_DEPARTMENT', 'PUBLIC_INSTITUTION'], relation_kinds: [relation] }], ['MATTERS', 'M1', { matter_code: 'power-risk-control' }],
    ['MATTERS', 'M2', { matter_code: 'procurement-projects' }], ['MATTERS', 'M3', { matter_code: 'livelihood', sector_code: 'education' }], ['WAYS', 'W1', {}], ['MEANS', 'N1', {}],
    ['USE_OF_RESULTS', 'U1', {}], ['ACCOUNTABILITY_TRIGGERS', 'T1', { fault_kind: 'ABDICATION' }],
  ]
  for (const [i, [section, code, more]] of items.entries()) {
    await owner.query(
      `INSERT INTO supervision_rule_item (id, unit_id, rule_id, section, seq, code, text_zh, unit_kinds, relation_kinds, matter_code, sector_code, fault_kind, created_by, updated_by)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, '条目', $6, $7, $8, $9, $10, 'system:test', 'system:test')`,
      [org.units.get(COUNTY), id, section, i + 1, code, more['unit_kinds'] ?? [], more['relation_kinds'] ?? [], more['matter_code'] ?? null, more['sector_code'] ?? null, more['fault_kind'] ?? null])
  }
  await owner.query(`UPDATE supervision_rule SET state = 'PUBLISHED', is_published = true, published_at = now() WHERE id = $1`, [id])
}

const unitId = (path: string): string => globalId('unit', org.units.get(path)!)
const ask = (who: Who, query: string, variables?: object): Promise<Answer> => api.ask(tokens[who]!, query, variables)
const OWN_INPUTS = [
  'planSupervisionActivity', 'editSupervisionActivity', 'startSupervisionActivity', 'concludeSupervisionActivity', 'mergeSupervisionActivity', 'answerSupervisionOverlap', 'recordSupervisionFinding',
  'editSupervisionFinding', 'linkSupervisionFinding', 'sendCollaborationRecord', 'resendCollaborationRecord', 'completeCollaborationRecord', 'conveneConsultationMeeting', 'editConsultationMeeting',
  'answerConsultationInvitation', 'holdConsultationMeeting', 'circulateConsultationMinutes',
]
const inputOf = (command: string): string => {
  const name = OWN_INPUTS.includes(command) ? command : command === 'unlinkSupervisionFinding' ? 'linkSupervisionFinding' : command.includes('Finding') ? 'supervisionFindingCommand'
    : command.includes('Record') ? 'collaborationRecordCommand' : command.includes('Consultation') ? 'consultationCommand' : 'supervisionActivityCommand'
  return `${name[0]!.toUpperCase()}${name.slice(1)}Input`
}
const answered = (command: string): string => (command === 'recordSupervisionFinding' ? 'supervisionFindings' : command.includes('Finding') ? 'supervisionFinding'
  : command.includes('Record') ? 'collaborationRecord' : command.includes('Consultation') ? 'consultationMeeting' : 'supervisionActivity')
const tell = (who: Who, command: string, input: object): Promise<Answer> =>
  ask(who, `mutation($input: ${inputOf(command)}!) { ${command}(input: $input) { ${answered(command)} { id rowVersion state allowedCommands } } }`, { input })
interface Row { id: string; rowVersion: number; state: string; allowedCommands: string[] }
const done = async (who: Who, command: string, input: object): Promise<Row> => {
  const { data, errors } = await tell(who, command, input)
  expect([command, errors]).toEqual([command, []])
  return data[command][answered(command)]
}
/** Code, rule and path of a refusal. */
const refused = async (who: Who, command: string, input: object): Promise<(string | undefined)[]> => {
  const { data, errors } = await tell(who, command, input)
  expect([command, data ?? null]).toEqual([command, null])
  const [violation] = (errors[0]!.extensions['violations'] as { rule: string; path: string }[] | undefined) ?? []
  return violation ? [errors[0]!.extensions.code, violation.rule, violation.path] : [errors[0]!.extensions.code]
}

let months = 0
/** A plan on days that no other one has. */
const planned = (): { plannedFrom: string; plannedTo: string } => {
  const month = new Date(Date.UTC(2020, months++, 1)).toISOString().slice(0, 8)
  return { plannedFrom: `${month}10`, plannedTo: `${month}20` }
}
const PLAN = { title: '权力风险防控专项监督检查', types: ['SUPERVISORY'], matterCodes: ['power-risk-control'], wayCodes: ['W1'], meansCodes: ['N1'], isSynthetic: true }
const plan = (o: object = {}): object => ({ ...PLAN, leadUnitId: unitId(OFFICE), objectUnitIds: [unitId(BUREAU)], ...planned(), ...o })
const ACTIVITY = 'planSupervisionActivity'
/** An activity of the office that is under way. */
const underWay = async (o: object = {}): Promise<string> => {
  const { id } = await done('office', ACTIVITY, plan(o))
  await done('office', 'coordinateSupervisionActivity', { id })
  await done('office', 'startSupervisionActivity', { id, startedOn: '2020-06-01' })
  return id
}
const record = async (activityId: string, o: object = {}): Promise<Row> =>
  (await done('office', 'recordSupervisionFinding', { activityId, findings: [{ ...FINDING, unitId: unitId(BUREAU), ...o }] }) as unknown as Row[])[0]!
const FINDING = { category: 'control-weakness', severity: 'GENERAL', description: '防控措施未执行' }

test('an activity goes from its plan to the file, with its partner and a finding', async () => {
  const { id, state, allowedCommands } = await done('office', 'planSupervisionActivity', plan({ mode: 'OFFICE_PLUS_DISPATCHED', partnerUnitIds: [unitId(GROUP)] }))
  expect([state, allowedCommands]).toEqual(['PLANNED', ['answerSupervisionOverlap', 'cancelSupervisionActivity', 'coordinateSupervisionActivity', 'editSupervisionActivity', 'mergeSupervisionActivity']])
  expect((await done('office', 'coordinateSupervisionActivity', { id })).state).toBe('COORDINATED')
  expect(await refused('office', 'startSupervisionActivity', { id })).toEqual(['PRECONDITION_FAILED', 'partners', 'id'])
  expect((await done('group', 'confirmSupervisionActivityPlan', { id })).state).toBe('COORDINATED')
  expect((await done('office', 'startSupervisionActivity', { id, startedOn: '2020-01-11' })).state).toBe('IN_PROGRESS')
  const { data } = await ask('office', `mutation($input: RecordSupervisionFindingInput!) { recordSupervisionFinding(input: $input) { supervisionFindings { id state foundByNameZh sourceKind unit { id } activity { id } allowedCommands } } }`,
    { input: { activityId: id, findings: [{ ...FINDING, unitId: unitId(HOSPITAL) }] } })
  const [finding] = data.recordSupervisionFinding.supervisionFindings
  expect(finding).toMatchObject({ state: 'OPEN', sourceKind: 'ACTIVITY', unit: { id: unitId(HOSPITAL) }, activity: { id } })
  await done('office', 'concludeSupervisionActivity', { id, conclusion: '发现一个问题', concludedOn: '2020-01-15' })
  await done('group', 'confirmSupervisionActivityConclusion', { id })
  expect(await refused('office', 'applySupervisionActivityResults', { id })).toEqual(['PRECONDITION_FAILED', 'use-of-results', 'id'])
  // Four eyes: whoever recorded a finding does not decide that nothing follows.
  expect(await refused('office', 'dismissSupervisionFinding', { id: finding.id, opinion: '已当场纠正' })).toEqual(['FORBIDDEN', 'INV-24', 'id'])
  expect((await done('office-two', 'dismissSupervisionFinding', { id: finding.id, opinion: '已当场纠正' })).state).toBe('DEALT_WITH')
  expect((await done('office', 'applySupervisionActivityResults', { id })).state).toBe('RESULTS_APPLIED')
  expect((await done('office', 'closeSupervisionActivity', { id })).state).toBe('CLOSED')
})

test('INV-03: kinds, objects, matters, ways and means that the mode and the rule in force do not name are refused', async () => {
  const outside = async (o: object, who: Who = 'office'): Promise<(string | undefined)[]> => refused(who, ACTIVITY, plan(o))
  const bad = (path: string): string[] => ['BAD_INPUT', 'INV-03', path]
  expect(await outside({ mode: 'OFFICE_PLUS_DISPATCHED' })).toEqual(bad('mode'))
  expect(await outside({ mode: 'OUTPOST_PLUS_TOWNSHIP', partnerUnitIds: [unitId(GROUP)] })).toEqual(bad('mode'))
  // Whoever is visited does not read the plan of the visit beforehand.
  const visited = `${COUNTY}510802-AUDIT-2/`
  await org.unit(visited, 'AUDIT_OFFICE')
  await org.relation('LIAISON', OFFICE, visited)
  expect(await outside({ partnerUnitIds: [unitId(visited)], objectUnitIds: [unitId(visited)] })).toEqual(bad('partnerUnitIds.0'))
  expect(await outside({ types: ['AUDIT'] })).toEqual(bad('types.0'))
  expect(await outside({ matterCodes: ['work-style'] })).toEqual(bad('matterCodes.0'))
  // Named for one sector only, in which the bureau is not.
  expect(await outside({ matterCodes: ['power-risk-control', 'livelihood'] })).toEqual(bad('matterCodes.1'))
  expect(await outside({ matterCodes: ['no-such-matter'] })).toEqual(['BAD_INPUT', 'known-code', 'matterCodes.0'])
  expect(await outside({ wayCodes: ['N1'] })).toEqual(bad('wayCodes.0'))
  expect(await outside({ meansCodes: ['W1'] })).toEqual(bad('meansCodes.0'))
  // Before the relation began nobody was supervised, and no rule was in force.
  expect(await outside({ plannedFrom: '2019-05-01', plannedTo: '2019-05-02' })).toEqual(bad('objectUnitIds.0'))
  // Out of sight it is not there; in sight but not supervised it is outside.
  expect(await outside({ objectUnitIds: [unitId(OTHER_BUREAU)] })).toEqual(['NOT_FOUND', 'exists', 'objectUnitIds.0'])
  expect(await outside({ leadUnitId: unitId(AUDIT), types: ['AUDIT'], objectUnitIds: [unitId(BUREAU)] }, 'audit')).toEqual(bad('wayCodes.0'))
  expect(await outside({ leadUnitId: unitId(BUREAU) }, 'audit')).toEqual(bad('types.0'))
  expect(await outside({ leadUnitId: unitId(NEIGHBOUR_OFFICE) })).toEqual(['NOT_FOUND', 'exists', 'leadUnitId'])
  expect(await outside({}, 'bureau')).toEqual(['FORBIDDEN'])
  // A body from outside has no rule: it names matters, and neither ways nor means.
  const audit = { leadUnitId: unitId(AUDIT), types: ['AUDIT'], wayCodes: [], meansCodes: [] }
  expect((await done('audit', ACTIVITY, plan({ ...audit, matterCodes: ['work-style'] }))).state).toBe('PLANNED')
  expect(await refused('office', ACTIVITY, plan({ plannedTo: '2020-01-01', plannedFrom: '2020-01-02' }))).toEqual(['BAD_INPUT', 'order', 'plannedTo'])
})

test('what the rule no longer allows is refused when the activity is coordinated and started', async () => {
  const { owner } = api.database
  const { id } = await done('office', ACTIVITY, plan())
  const relation = (to: string | null): Promise<unknown> => owner.query(`UPDATE unit_relation SET valid_to = $1 WHERE kind = 'LIAISON'`, [to])
  await relation('2020-01-02')
  expect(await refused('office', 'coordinateSupervisionActivity', { id })).toEqual(['PRECONDITION_FAILED', 'INV-03', 'objectUnitIds.0'])
  await relation(null)
  await done('office', 'coordinateSupervisionActivity', { id })
  await relation('2020-01-02')
  expect(await refused('office', 'startSupervisionActivity', { id })).toEqual(['PRECONDITION_FAILED', 'INV-03', 'objectUnitIds.0'])
  await relation(null)
  await done('office', 'startSupervisionActivity', { id })
})

test('partners decline, confirm, dispute; edits void what was confirmed; every other way through the states', async () => {
  const { id, rowVersion } = await done('office', ACTIVITY, plan({ partnerUnitIds: [unitId(GROUP)] }))
  expect(await refused('group', 'coordinateSupervisionActivity', { id })).toEqual(['FORBIDDEN'])
  expect(await refused('office', 'startSupervisionActivity', { id })).toEqual(['PRECONDITION_FAILED'])
  expect(await refused('office', 'editSupervisionActivity', { id, rowVersion: rowVersion + 9, title: '改' })).toEqual(['CONFLICT', 'current', 'rowVersion'])
  await done('office', 'coordinateSupervisionActivity', { id })
  expect(await refused('office', 'confirmSupervisionActivityPlan', { id })).toEqual(['FORBIDDEN'])
  expect(await refused('office', 'declineSupervisionActivityPlan', { id, opinion: '不同意' })).toEqual(['FORBIDDEN'])
  expect(await refused('group', 'declineSupervisionActivityPlan', { id })).toEqual(['BAD_INPUT', 'required', 'opinion'])
  expect((await done('group', 'declineSupervisionActivityPlan', { id, opinion: '时间冲突' })).state).toBe('PLANNED')
  await done('office', 'coordinateSupervisionActivity', { id })
  const confirmed = await done('group', 'confirmSupervisionActivityPlan', { id })
  expect(await refused('group', 'confirmSupervisionActivityPlan', { id })).toEqual(['PRECONDITION_FAILED', 'once', 'id'])
  expect((await done('office', 'editSupervisionActivity', { id, rowVersion: confirmed.rowVersion, purpose: '新的目的' })).state).toBe('PLANNED')
  const PARTNERS = 'query($id: ID!) { supervisionActivity(id: $id) { leadNameZh leadUnit { id } partners { nodes { nameZh unit { id } planConfirmedAt conclusionConfirmedAt } } transitions { nodes { command } } } }'
  const partners = async (who: Who) => (await ask(who, PARTNERS, { id })).data.supervisionActivity
  expect((await partners('office')).partners.nodes).toMatchObject([{ planConfirmedAt: null, unit: null }])
  // The partner does not see the leading body itself, and is told its name.
  expect(await partners('group')).toMatchObject({ leadNameZh: '单位SO1', leadUnit: null, partners: { nodes: [{ unit: { id: unitId(GROUP) } }] } })
  await done('office', 'coordinateSupervisionActivity', { id })
  await done('group', 'confirmSupervisionActivityPlan', { id })
  await done('office', 'startSupervisionActivity', { id })
  expect(await refused('office', 'editSupervisionActivity', { id, rowVersion: 1, title: '改' })).toEqual(['PRECONDITION_FAILED'])
  expect(await refused('office', 'cancelSupervisionActivity', { id, opinion: '取消' })).toEqual(['PRECONDITION_FAILED'])
  expect(await refused('group', 'concludeSupervisionActivity', { id, conclusion: '无' })).toEqual(['FORBIDDEN'])
  await done('office', 'concludeSupervisionActivity', { id, conclusion: '未发现问题' })
  expect(await refused('office', 'applySupervisionActivityResults', { id })).toEqual(['PRECONDITION_FAILED', 'partners', 'id'])
  expect(await refused('office', 'disputeSupervisionActivityConclusion', { id, opinion: '不同意' })).toEqual(['FORBIDDEN'])
  expect((await done('group', 'disputeSupervisionActivityConclusion', { id, opinion: '遗漏一个事项' })).state).toBe('IN_PROGRESS')
  await done('office', 'concludeSupervisionActivity', { id, conclusion: '已补查' })
  expect(await refused('group', 'resumeSupervisionActivity', { id, opinion: '再查' })).toEqual(['FORBIDDEN'])
  expect((await done('office', 'resumeSupervisionActivity', { id, opinion: '再查一项' })).state).toBe('IN_PROGRESS')
  await done('office', 'concludeSupervisionActivity', { id, conclusion: '查清' })
  expect(await refused('office', 'confirmSupervisionActivityConclusion', { id })).toEqual(['FORBIDDEN'])
  await done('group', 'confirmSupervisionActivityConclusion', { id })
  expect(await refused('group', 'applySupervisionActivityResults', { id })).toEqual(['FORBIDDEN'])
  expect(await refused('office', 'closeSupervisionActivity', { id })).toEqual(['PRECONDITION_FAILED'])
  await done('office', 'applySupervisionActivityResults', { id })
  expect(await refused('group', 'closeSupervisionActivity', { id })).toEqual(['FORBIDDEN'])
  expect((await done('office', 'closeSupervisionActivity', { id })).allowedCommands).toEqual([])
  // Called off while planned, and while coordinated.
  const { id: second } = await done('office', ACTIVITY, plan())
  expect(await refused('leader', 'cancelSupervisionActivity', { id: second, opinion: '取消' })).toEqual(['FORBIDDEN'])
  expect((await done('office', 'cancelSupervisionActivity', { id: second, opinion: '成果可用' })).state).toBe('CANCELLED')
  const { id: third } = await done('office', ACTIVITY, plan())
  await done('office', 'coordinateSupervisionActivity', { id: third })
  expect((await done('office', 'cancelSupervisionActivity', { id: third, opinion: '上级统一安排' })).state).toBe('CANCELLED')
})

const OVERLAPS = 'query($id: ID!, $days: Int! = 0) { supervisionOverlaps(activityId: $id, withinDays: $days) { otherActivityId leadUnitId leadNameZh leadKind objectUnits { id } matterCodes plannedFrom plannedTo state needsAnswer proposals answer } }'
const overlaps = async (who: Who, id: string, days = 0) => (await ask(who, OVERLAPS, { id, days })).data.supervisionOverlaps

test('S-9, INV-04: a duplicate is found before the visit, agreed on as a joint action and merged; a result is used instead of a visit', async () => {
  const days = planned()
  const ours = (await done('office', ACTIVITY, plan({ ...days, matterCodes: ['power-risk-control', 'procurement-projects'] }))).id
  const theirs = (await done('group', ACTIVITY, plan({ ...days, leadUnitId: unitId(GROUP), types: ['DISPATCHED'], matterCodes: ['procurement-projects'] }))).id
  // As much as coordination needs, to those who must answer, and no more.
  expect(await overlaps('group', theirs)).toEqual([{
    otherActivityId: ours, leadUnitId: unitId(OFFICE), leadNameZh: '单位SO1', leadKind: 'SUPERVISION_OFFICE', objectUnits: [{ id: unitId(BUREAU) }], matterCodes: ['procurement-projects'], ...days,
    state: 'PLANNED', needsAnswer: true, proposals: ['JOINT_ACTION', 'OWN_VISIT'], answer: null,
  }])
  expect((await ask('group', 'query($id: ID!) { supervisionActivity(id: $id) { id } node(id: $id) { id } }', { id: ours })).data).toEqual({ supervisionActivity: null, node: null })
  expect([await overlaps('office', theirs), await overlaps('neighbour', theirs), await overlaps('leader', theirs)]).toEqual([null, null, null])
  expect(await refused('group', 'coordinateSupervisionActivity', { id: theirs })).toEqual(['PRECONDITION_FAILED', 'INV-04', 'id'])
  const answer = (o: object): object => ({ id: theirs, otherActivityId: ours, ...o })
  expect(await refused('group', 'answerSupervisionOverlap', answer({ answer: 'OWN_VISIT' }))).toEqual(['BAD_INPUT', 'INV-04', 'opinion'])
  expect(await refused('group', 'answerSupervisionOverlap', answer({ answer: 'JOINT_ACTION', otherActivityId: theirs }))).toEqual(['NOT_FOUND', 'exists', 'otherActivityId'])
  expect(await refused('office', 'answerSupervisionOverlap', answer({ answer: 'JOINT_ACTION' }))).toEqual(['NOT_FOUND', 'exists', 'id'])
  await done('group', 'answerSupervisionOverlap', answer({ answer: 'JOINT_ACTION' }))
  expect(await refused('group', 'mergeSupervisionActivity', { id: theirs, intoActivityId: ours })).toEqual(['PRECONDITION_FAILED', 'consent', 'intoActivityId'])

  const proposal = { fromUnitId: unitId(GROUP), toUnitId: unitId(OFFICE), kind: 'JOINT_ACTION', subject: '联合开展采购监督', linkedId: theirs, targetActivityId: ours }
  expect(await refused('group', 'sendCollaborationRecord', { ...proposal, targetActivityId: theirs })).toEqual(['NOT_FOUND', 'exists', 'targetActivityId'])
  const { id: exchange } = await done('group', 'sendCollaborationRecord', proposal)
  expect((await done('office', 'acknowledgeCollaborationRecord', { id: exchange })).state).toBe('ACKNOWLEDGED')
  expect(await refused('office', 'mergeSupervisionActivity', { id: theirs, intoActivityId: ours })).toEqual(['NOT_FOUND', 'exists', 'id'])
  const merged = await done('group', 'mergeSupervisionActivity', { id: theirs, intoActivityId: ours })
  expect([merged.state, merged.allowedCommands]).toEqual(['MERGED', []])
  // Its body takes part now, and so sees the joint action; nothing overlaps any more.
  const { data } = await ask('group', 'query($id: ID!) { supervisionActivity(id: $id) { state mergedActivities { nodes { id } } partners { nodes { nameZh mergedFrom { id } planConfirmedBy } } } }', { id: ours })
  expect(data.supervisionActivity).toMatchObject({ mergedActivities: { nodes: [{ id: theirs }] }, partners: { nodes: [{ nameZh: '单位DG', mergedFrom: { id: theirs }, planConfirmedBy: expect.any(String) }] } })
  expect(await overlaps('office', ours)).toEqual([])
  await done('office', 'coordinateSupervisionActivity', { id: ours })
  await done('office', 'startSupervisionActivity', { id: ours, startedOn: days.plannedFrom })
  await done('office', 'concludeSupervisionActivity', { id: ours, conclusion: '采购流程执行良好', concludedOn: days.plannedTo })

  // Near in time it is a result to use, which no answer is asked for.
  const later = { plannedFrom: `${days.plannedFrom.slice(0, 8)}25`, plannedTo: `${days.plannedFrom.slice(0, 8)}27` }
  const another = (await done('group', ACTIVITY, plan({ ...later, leadUnitId: unitId(GROUP), types: ['DISPATCHED'], matterCodes: ['procurement-projects'] }))).id
  expect(await overlaps('group', another)).toEqual([])
  expect(await overlaps('group', another, 30)).toMatchObject([{ otherActivityId: ours, state: 'CONCLUDED', needsAnswer: false, proposals: ['RESULT_REUSE', 'OWN_VISIT'] }])
  await done('group', 'answerSupervisionOverlap', { id: another, otherActivityId: ours, answer: 'RESULT_REUSE' })
  const shared = (await done('office', 'sendCollaborationRecord', { fromUnitId: unitId(OFFICE), toUnitId: unitId(GROUP), kind: 'RESULT_SHARING', subject: '采购监督结果', content: '采购流程执行良好', linkedId: ours })).id
  await done('group', 'acknowledgeCollaborationRecord', { id: shared })
  expect(await refused('group', 'completeCollaborationRecord', { id: shared, outcome: '已运用', usedInActivityId: ours })).toEqual(['NOT_FOUND', 'exists', 'usedInActivityId'])
  expect((await done('group', 'completeCollaborationRecord', { id: shared, outcome: '以该结果代替检查', usedInActivityId: another })).state).toBe('COMPLETED')
  await done('group', 'cancelSupervisionActivity', { id: another, opinion: '运用市纪委监督结果' })
  const { data: used } = await ask('group', 'query($id: ID!) { supervisionActivity(id: $id) { state reusedResults { nodes { id linked { id } } } } }', { id: another })
  expect(used.supervisionActivity).toEqual({ state: 'CANCELLED', reusedResults: { nodes: [{ id: shared, linked: { id: ours } }] } })

  // INV-04 passes with a written reason, too.
  const own = (await done('group', ACTIVITY, plan({ ...days, leadUnitId: unitId(GROUP), types: ['DISPATCHED'], matterCodes: ['power-risk-control'] }))).id
  expect(await refused('group', 'coordinateSupervisionActivity', { id: own })).toEqual(['PRECONDITION_FAILED', 'INV-04', 'id'])
  await done('group', 'answerSupervisionOverlap', { id: own, otherActivityId: ours, answer: 'OWN_VISIT', opinion: '另有群众反映' })
  expect((await done('group', 'coordinateSupervisionActivity', { id: own })).state).toBe('COORDINATED')

  const period = { from: days.plannedFrom, to: days.plannedTo, unitId: unitId(COUNTY) }
  const DUPLICATION = 'query($unitId: ID!, $from: LocalDate!, $to: LocalDate!) { unit(id: $unitId) { supervisionDuplication(from: $from, to: $to) { duplicated { numerator denominator value nullReason } groups { matterCode duplicated { denominator } } mergedCount jointActionCount ownVisitCount } } }'
  const before = (await ask('leader', DUPLICATION, period)).data.unit?.supervisionDuplication ?? null
  expect(before).toEqual({
    duplicated: { numerator: 0, denominator: 2, value: '0.0000', nullReason: null }, mergedCount: 1, jointActionCount: 1, ownVisitCount: 1,
    groups: [{ matterCode: 'power-risk-control', duplicated: { denominator: 1 } }, { matterCode: 'procurement-projects', duplicated: { denominator: 1 } }],
  })
  await done('group', 'startSupervisionActivity', { id: own, startedOn: days.plannedTo })
  expect((await ask('leader', DUPLICATION, period)).data.unit?.supervisionDuplication.duplicated).toEqual({ numerator: 1, denominator: 2, value: '0.5000', nullReason: null })
  expect((await ask('tool', DUPLICATION, { ...period, from: '2010-01-01', to: '2010-12-31' })).data.unit?.supervisionDuplication.duplicated).toEqual({ numerator: 0, denominator: 0, value: null, nullReason: 'NOTHING_COUNTED' })
  expect((await ask('neighbour', DUPLICATION, period)).data.unit?.supervisionDuplication ?? null).toBe(null)
})

test('findings: recorded, changed, dismissed, taken up again, withdrawn; each command has its denial', async () => {
  const activityId = await underWay()
  expect(await refused('leader', 'recordSupervisionFinding', { activityId, findings: [{ ...FINDING, unitId: unitId(BUREAU) }] })).toEqual(['FORBIDDEN'])
  expect(await refused('group', 'recordSupervisionFinding', { activityId, findings: [{ ...FINDING, unitId: unitId(BUREAU) }] })).toEqual(['NOT_FOUND', 'exists', 'activityId'])
  expect(await refused('office', 'recordSupervisionFinding', { activityId, findings: [{ ...FINDING, unitId: unitId(OTHER_BUREAU) }] })).toEqual(['BAD_INPUT', 'object', 'findings.0.unitId'])
  expect(await refused('office', 'recordSupervisionFinding', { activityId, findings: [{ ...FINDING, unitId: unitId(BUREAU), category: 'nonsense' }] })).toEqual(['BAD_INPUT', 'known-code', 'findings.0.category'])
  expect(await refused('office', 'recordSupervisionFinding', { activityId, findings: [{ ...FINDING, unitId: unitId(BUREAU), powerId: globalId('pw', org.units.get(BUREAU)!) }] })).toEqual(['NOT_FOUND', 'exists', 'findings.0.powerId'])
  const { id, rowVersion } = await record(activityId)
  expect(await refused('leader', 'editSupervisionFinding', { id, rowVersion, severity: 'MINOR' })).toEqual(['FORBIDDEN'])
  await done('office', 'editSupervisionFinding', { id, rowVersion, severity: 'SERIOUS', violationType: 'work-discipline' })
  expect(await refused('leader', 'dismissSupervisionFinding', { id, opinion: '无' })).toEqual(['FORBIDDEN'])
  expect(await refused('office-two', 'dismissSupervisionFinding', { id })).toEqual(['BAD_INPUT', 'required', 'opinion'])
  await done('office-two', 'dismissSupervisionFinding', { id, opinion: '已当场纠正' })
  expect(await refused('leader', 'reopenSupervisionFinding', { id, opinion: '再看' })).toEqual(['FORBIDDEN'])
  expect((await done('office', 'reopenSupervisionFinding', { id, opinion: '又有新情况' })).state).toBe('OPEN')
  expect(await refused('leader', 'withdrawSupervisionFinding', { id, opinion: '误录' })).toEqual(['FORBIDDEN'])
  await done('office', 'concludeSupervisionActivity', { id: activityId, conclusion: '一个问题' })
  expect(await refused('office', 'withdrawSupervisionFinding', { id, opinion: '误录' })).toEqual(['PRECONDITION_FAILED', 'concluded', 'id'])
  expect(await refused('office', 'recordSupervisionFinding', { activityId, findings: [{ ...FINDING, unitId: unitId(BUREAU) }] })).toEqual(['PRECONDITION_FAILED', 'under-way', 'activityId'])
  await done('office', 'resumeSupervisionActivity', { id: activityId, opinion: '补正' })
  expect((await done('office', 'withdrawSupervisionFinding', { id, opinion: '误录' })).state).toBe('WITHDRAWN')
  // The unit does not read what was found of it; its leaders do, and the body dispatched to it.
  const read = async (who: Who) => (await ask(who, 'query($id: ID!) { supervisionFinding(id: $id) { id } }', { id })).data?.supervisionFinding ?? null
  expect([await read('leader'), await read('group'), await read('bureau'), await read('neighbour')]).toEqual([{ id }, { id }, null, null])
})

test('INV-42: what is pointed out becomes a finding by a person who says how it was looked at', async () => {
  const alert = { foundByUnitId: unitId(OFFICE), sourceKind: 'INDICATOR', findings: [{ ...FINDING, unitId: unitId(BUREAU) }] }
  expect(await refused('office', 'recordSupervisionFinding', alert)).toEqual(['BAD_INPUT', 'INV-42', 'verification'])
  expect(await refused('office', 'recordSupervisionFinding', { ...alert, sourceKind: null })).toEqual(['BAD_INPUT', 'required', 'sourceKind'])
  expect(await refused('office', 'recordSupervisionFinding', { ...alert, sourceKind: 'PLUGIN_RECORD', verification: '已核' })).toEqual(['BAD_INPUT', 'required', 'sourceId'])
  expect(await refused('office', 'recordSupervisionFinding', { ...alert, sourceKind: 'PLUGIN_RECORD', verification: '已核', sourceId: globalId('act', org.units.get(BUREAU)!) })).toEqual(['NOT_FOUND', 'exists', 'sourceId'])
  expect(await refused('audit', 'recordSupervisionFinding', { ...alert, foundByUnitId: unitId(BUREAU), verification: '已核' })).toEqual(['BAD_INPUT', 'INV-03', 'findings.0.unitId'])
  const [found] = await done('office', 'recordSupervisionFinding', { ...alert, verification: '抽查二十份处方，属实' }) as unknown as Row[]
  expect(found!.state).toBe('OPEN')
  // The database holds it, too: no other hand than a person's makes such a finding.
  await expect(api.database.owner.query(`INSERT INTO supervision_finding (id, unit_id, found_by_unit_id, found_by_name_zh, source_kind, verification_zh, category, severity, description_zh, found_on, state, created_by, updated_by)
    SELECT gen_random_uuid(), unit_id, found_by_unit_id, found_by_name_zh, source_kind, verification_zh, category, severity, description_zh, found_on, state, 'system:plugin', 'system:plugin' FROM supervision_finding WHERE id = $1`,
  [found!.id.slice(-36)])).rejects.toThrow('supervision_finding_verified_check')
})

test('a finding leads to a rectification, by hand or because the task names it, and is settled with it', async () => {
  const { owner } = api.database
  const { rows: [{ appointment }] } = await owner.query(`
    WITH p AS (INSERT INTO position (id, unit_id, code, name_zh, power_bearing, created_by, updated_by) VALUES (gen_random_uuid(), $1, 'HEAD', '局长', true, 'system:test', 'system:test') RETURNING id)
    INSERT INTO appointment (id, unit_id, person_id, position_id, role, valid_from, created_by, updated_by) SELECT gen_random_uuid(), $1, $2, id, 'UNIT_HEAD', '2020-01-01', 'system:test', 'system:test' FROM p RETURNING id AS appointment`,
  [org.units.get(BUREAU), org.persons.get('bureau-head')])
  const open = async (sourceId: string | null): Promise<string> => (await ask('office', 'mutation($input: OpenRectificationTaskInput!) { openRectificationTask(input: $input) { rectificationTask { id source { id } } } }',
    { input: { responsibleAppointmentId: globalId('appt', appointment), problem: '未执行', dueOn: '2099-01-01', sourceId, ...(sourceId === null && { sourceNote: '口头' }) } })).data.openRectificationTask.rectificationTask.id
  const stateOf = async (id: string) => (await ask('office', 'query($id: ID!) { supervisionFinding(id: $id) { state outcomes { kind target { id } settledAt } } }', { id })).data.supervisionFinding
  const activityId = await underWay()
  const byTask = await record(activityId)
  const task = await open(byTask.id)
  await events.delivered()
  expect(await stateOf(byTask.id)).toMatchObject({ state: 'LINKED', outcomes: [{ kind: 'RECTIFICATION', target: { id: task }, settledAt: null }] })
  const cancelled = await ask('commission', 'mutation($input: RectificationCommandInput!) { cancelRectificationTask(input: $input) { rectificationTask { state } } }', { input: { id: task, opinion: '另行处理' } })
  expect(cancelled.errors).toEqual([])
  await events.delivered()
  expect((await stateOf(byTask.id)).state).toBe('RESOLVED')
  expect((await done('office', 'reopenSupervisionFinding', { id: byTask.id, opinion: '任务取消后仍存在' })).state).toBe('OPEN')

  const byHand = await record(activityId)
  const second = await open(null)
  expect(await refused('leader', 'linkSupervisionFinding', { id: byHand.id, targetId: second })).toEqual(['FORBIDDEN'])
  expect(await refused('office', 'linkSupervisionFinding', { id: byHand.id, targetId: activityId })).toEqual(['NOT_FOUND', 'exists', 'targetId'])
  expect((await done('office', 'linkSupervisionFinding', { id: byHand.id, targetId: second })).state).toBe('LINKED')
  expect(await refused('office', 'linkSupervisionFinding', { id: byHand.id, targetId: second })).toEqual(['BAD_INPUT', 'unique', 'targetId'])
  const third = await open(null)
  expect((await done('office', 'linkSupervisionFinding', { id: byHand.id, targetId: third })).state).toBe('LINKED')
  expect(await refused('leader', 'unlinkSupervisionFinding', { id: byHand.id, targetId: second, opinion: '误' })).toEqual(['FORBIDDEN'])
  expect((await done('office', 'unlinkSupervisionFinding', { id: byHand.id, targetId: second, opinion: '误关联' })).state).toBe('LINKED')
  expect((await done('office', 'unlinkSupervisionFinding', { id: byHand.id, targetId: third, opinion: '误关联' })).state).toBe('OPEN')
  // From no action it may lead to something after all.
  await done('office-two', 'dismissSupervisionFinding', { id: byHand.id, opinion: '不再处理' })
  expect((await done('office', 'linkSupervisionFinding', { id: byHand.id, targetId: third })).state).toBe('LINKED')

  const AGGREGATE = 'query($filter: SupervisionFindingFilter) { supervisionFindingAggregate(filter: $filter, groupBy: [CATEGORY, SEVERITY]) { groupCount groups { key { category severity unit { id } } count } totals { count rectificationCount clueCount clueCountNullReason conversionRate { numerator denominator value } } } }'
  const asked = { filter: { activity: { eq: activityId } } }
  const { data: counted } = await ask('leader', AGGREGATE, asked)
  expect(counted.supervisionFindingAggregate).toEqual({
    groupCount: 1, groups: [{ key: { category: 'control-weakness', severity: 'GENERAL', unit: null }, count: 2 }],
    totals: { count: 2, rectificationCount: 1, clueCount: null, clueCountNullReason: 'CLOSED_REALM', conversionRate: { numerator: 1, denominator: 2, value: '0.5000' } },
  })
  expect((await ask('commission', AGGREGATE, asked)).data.supervisionFindingAggregate.totals).toMatchObject({ count: 2, clueCount: 0, clueCountNullReason: null })
  expect((await ask('tool', AGGREGATE, asked)).data.supervisionFindingAggregate.totals.count).toBe(2)
  expect((await ask('neighbour', AGGREGATE, asked)).data.supervisionFindingAggregate.totals.count).toBe(0)
})

test('exchanges: every way through their states, in time and not, at both ends and nowhere else', async () => {
  const send = (o: object = {}): object => ({ fromUnitId: unitId(AUDIT), toUnitId: unitId(OFFICE), kind: 'INFORMATION_SHARING', subject: '审计发现', content: '见附件', ...o })
  expect(await refused('leader', 'sendCollaborationRecord', send())).toEqual(['FORBIDDEN'])
  expect(await refused('audit', 'sendCollaborationRecord', send({ kind: 'CLUE_TRANSFER' }))).toEqual(['BAD_INPUT', 'transfer', 'kind'])
  expect(await refused('audit', 'sendCollaborationRecord', send({ toUnitId: unitId(NEIGHBOUR_OFFICE) }))).toEqual(['NOT_FOUND', 'exists', 'toUnitId.0'])
  const { id } = await done('audit', 'sendCollaborationRecord', send())
  expect(await refused('audit', 'acknowledgeCollaborationRecord', { id })).toEqual(['FORBIDDEN'])
  expect(await refused('audit', 'returnCollaborationRecord', { id, opinion: '退' })).toEqual(['FORBIDDEN'])
  expect(await refused('office', 'recallCollaborationRecord', { id, opinion: '撤' })).toEqual(['FORBIDDEN'])
  expect(await refused('office', 'returnCollaborationRecord', { id })).toEqual(['BAD_INPUT', 'required', 'opinion'])
  await done('office', 'returnCollaborationRecord', { id, opinion: '缺少附件' })
  expect(await refused('office', 'resendCollaborationRecord', { id })).toEqual(['FORBIDDEN'])
  await done('audit', 'resendCollaborationRecord', { id, content: '附件已补' })
  expect(await refused('audit', 'completeCollaborationRecord', { id, outcome: '完成' })).toEqual(['FORBIDDEN'])
  expect(await refused('office', 'completeCollaborationRecord', { id, outcome: '完成' })).toEqual(['PRECONDITION_FAILED'])
  await done('office', 'acknowledgeCollaborationRecord', { id })
  expect((await done('office', 'completeCollaborationRecord', { id, outcome: '纳入年度计划' })).allowedCommands).toEqual([])
  for (const back of [false, true]) {
    const { id: wrong } = await done('audit', 'sendCollaborationRecord', send())
    if (back) await done('office', 'returnCollaborationRecord', { id: wrong, opinion: '不属我室' })
    expect((await done('audit', 'recallCollaborationRecord', { id: wrong, opinion: '发错' })).state).toBe('RECALLED')
  }
  const late = (await done('audit', 'sendCollaborationRecord', send())).id
  await api.database.owner.query(`UPDATE collaboration_record SET sent_on = '2020-01-02', due_on = '2020-01-09' WHERE id = $1`, [late.slice(-36)])

  const READ = 'query($id: ID!) { collaborationRecord(id: $id) { fromNameZh fromUnit { id } toUnit { id } dueOn isOverdue content transitions { nodes { command } } } }'
  const read = async (who: Who, of = id) => (await ask(who, READ, { id: of })).data?.collaborationRecord ?? null
  expect(await read('office')).toMatchObject({ fromNameZh: '单位AUDIT', fromUnit: null, toUnit: { id: unitId(OFFICE) }, isOverdue: false, content: '附件已补' })
  expect([(await read('audit', late)).isOverdue, await read('group'), await read('bureau'), await read('neighbour')]).toEqual([true, null, null, null])
  const list = async (who: Who) => (await ask(who, 'query { collaborationRecords(filter: { kind: { eq: INFORMATION_SHARING } }) { totalCount nodes { id } } }')).data.collaborationRecords
  expect([(await list('office')).totalCount, (await list('audit')).totalCount, (await list('leader')).totalCount, (await list('neighbour')).totalCount]).toEqual([4, 4, 4, 0])

  const { data } = await ask('leader', `query { collaborationAggregate(filter: { kind: { eq: INFORMATION_SHARING } }, groupBy: [FROM_UNIT, TO_UNIT]) {
    groups { key { fromNameZh toNameZh fromUnit { id } } count } totals { count acknowledgedCount completedCount overdueCount inTimeRate { numerator denominator value } averageLeadDays averageLeadDaysNullReason } } }`)
  expect(data.collaborationAggregate).toEqual({
    groups: [{ key: { fromNameZh: '单位AUDIT', toNameZh: '单位SO1', fromUnit: { id: unitId(AUDIT) } }, count: 2 }],
    totals: { count: 2, acknowledgedCount: 1, completedCount: 1, overdueCount: 1, inTimeRate: { numerator: 1, denominator: 2, value: '0.5000' }, averageLeadDays: '0.0', averageLeadDaysNullReason: null },
  })
  const bodies = async (who: Who, unit: string) => (await ask(who, 'query($unitId: ID!) { supervisionBodies(unitId: $unitId, kinds: [AUDIT_OFFICE, DISPATCHED_GROUP, SUPERVISION_OFFICE]) { unitId nameZh kind } }', { unitId: unitId(unit) })).data.supervisionBodies
  expect([...new Set((await bodies('office', OFFICE)).map((b: { kind: string }) => b.kind))].sort()).toEqual(['AUDIT_OFFICE', 'DISPATCHED_GROUP'])
  expect([await bodies('office', GROUP), (await bodies('neighbour', NEIGHBOUR)).map((b: { unitId: string }) => b.unitId)]).toEqual([null, [unitId(NEIGHBOUR_OFFICE)]])
})

test('consultations: called, changed, answered, held, minuted, objected to and closed; held against due', async () => {
  const convene = (o: object = {}): object => ({ convenerUnitId: unitId(COMMISSION), title: '季度会商', agenda: '通报情况', plannedOn: '2020-03-01', participantUnitIds: [unitId(AUDIT), unitId(GROUP)], ...o })
  expect(await refused('leader', 'conveneConsultationMeeting', convene())).toEqual(['FORBIDDEN'])
  expect(await refused('commission', 'conveneConsultationMeeting', convene({ participantUnitIds: [unitId(NEIGHBOUR_OFFICE)] }))).toEqual(['NOT_FOUND', 'exists', 'participantUnitIds.0'])
  const { id, rowVersion } = await done('commission', 'conveneConsultationMeeting', convene())
  expect(await refused('leader', 'answerConsultationInvitation', { id, answer: 'ATTENDS' })).toEqual(['FORBIDDEN'])
  await done('audit', 'answerConsultationInvitation', { id, answer: 'ATTENDS' })
  expect(await refused('audit', 'editConsultationMeeting', { id, rowVersion: 1, title: '改' })).toEqual(['FORBIDDEN'])
  await done('commission', 'editConsultationMeeting', { id, rowVersion: rowVersion + 1, agenda: '通报并会商', participantUnitIds: [unitId(AUDIT), unitId(GROUP), unitId(OFFICE)] })
  await done('group', 'answerConsultationInvitation', { id, answer: 'DECLINES', opinion: '另有任务' })
  const meeting = async (who: Who) => (await ask(who, 'query($id: ID!) { consultationMeeting(id: $id) { agenda state participants { nodes { nameZh answer answerNote attended confirmedAt } } } }', { id })).data?.consultationMeeting ?? null
  expect((await meeting('audit')).participants.nodes).toMatchObject([{ nameZh: '单位AUDIT', answer: null }, { nameZh: '单位DG', answer: 'DECLINES', answerNote: null }, { nameZh: '单位SO1', answer: null }])
  // What a body says to the call is for itself, for who called it and for those above them.
  const said = async (who: Who) => (await meeting(who)).participants.nodes.find((p: { nameZh: string }) => p.nameZh === '单位DG').answerNote
  expect([await said('group'), await said('commission'), await said('leader'), await said('office')]).toEqual(['另有任务', '另有任务', '另有任务', null])
  expect([await meeting('bureau'), await meeting('neighbour')]).toEqual([null, null])
  expect(await refused('audit', 'holdConsultationMeeting', { id, attendedUnitIds: [] })).toEqual(['FORBIDDEN'])
  const future = (await done('commission', 'conveneConsultationMeeting', convene({ plannedOn: '2099-01-01' }))).id
  expect(await refused('commission', 'holdConsultationMeeting', { id: future, attendedUnitIds: [] })).toEqual(['PRECONDITION_FAILED', 'day', 'id'])
  expect(await refused('audit', 'cancelConsultationMeeting', { id: future, opinion: '取消' })).toEqual(['FORBIDDEN'])
  expect((await done('commission', 'cancelConsultationMeeting', { id: future, opinion: '改期' })).state).toBe('CANCELLED')
  await done('commission', 'holdConsultationMeeting', { id, heldOn: '2020-03-02', attendedUnitIds: [unitId(AUDIT), unitId(OFFICE)] })
  const minutes = { id, minutes: '议定三项', nextDueOn: '2020-06-30' }
  expect(await refused('audit', 'circulateConsultationMinutes', minutes)).toEqual(['FORBIDDEN'])
  expect(await refused('commission', 'circulateConsultationMinutes', { ...minutes, nextDueOn: '2020-01-01' })).toEqual(['BAD_INPUT', 'order', 'nextDueOn'])
  await done('commission', 'circulateConsultationMinutes', minutes)
  expect(await refused('leader', 'returnConsultationMinutes', { id, opinion: '有误' })).toEqual(['FORBIDDEN'])
  expect((await done('audit', 'returnConsultationMinutes', { id, opinion: '第二项有误' })).state).toBe('HELD')
  await done('commission', 'circulateConsultationMinutes', minutes)
  expect(await refused('leader', 'confirmConsultationMinutes', { id })).toEqual(['FORBIDDEN'])
  await done('audit', 'confirmConsultationMinutes', { id })
  expect(await refused('audit', 'closeConsultationMeeting', { id })).toEqual(['FORBIDDEN'])
  expect(await refused('commission', 'closeConsultationMeeting', { id })).toEqual(['PRECONDITION_FAILED', 'minutes', 'id'])
  await done('office', 'confirmConsultationMinutes', { id })
  expect((await done('commission', 'closeConsultationMeeting', { id })).state).toBe('CLOSED')
  // The second is closed because the time to object is over; a third is taken back after it was held.
  const second = (await done('commission', 'conveneConsultationMeeting', convene({ plannedOn: '2020-06-01' }))).id
  await done('commission', 'holdConsultationMeeting', { id: second, heldOn: '2020-06-20', attendedUnitIds: [unitId(AUDIT)] })
  await done('commission', 'circulateConsultationMinutes', { id: second, minutes: '议定两项', nextDueOn: '2020-09-30' })
  await api.database.owner.query(`UPDATE consultation_meeting SET object_until = '2020-06-30' WHERE id = $1`, [second.slice(-36)])
  expect((await done('commission', 'closeConsultationMeeting', { id: second })).state).toBe('CLOSED')
  const third = (await done('commission', 'conveneConsultationMeeting', convene({ plannedOn: '2020-07-01' }))).id
  await done('commission', 'holdConsultationMeeting', { id: third, heldOn: '2020-07-02', attendedUnitIds: [] })
  await done('commission', 'cancelConsultationMeeting', { id: third, opinion: '误记' })

  const HELD = 'query($unitId: ID!) { unit(id: $unitId) { consultationsHeld(from: "2020-01-01", to: "2020-12-31") { convenerUnit { id } heldCount dueCount heldInTime { numerator denominator value } overdueCount } } }'
  expect((await ask('leader', HELD, { unitId: unitId(COUNTY) })).data.unit?.consultationsHeld ?? null).toEqual([{ convenerUnit: { id: unitId(COMMISSION) }, heldCount: 2, dueCount: 2, heldInTime: { numerator: 1, denominator: 2, value: '0.5000' }, overdueCount: 1 }])
  expect((await ask('neighbour', HELD, { unitId: unitId(COUNTY) })).data.unit?.consultationsHeld ?? null).toBe(null)
})

test('Q-16 and Q-17: activities by what they are, and units that nobody went to', async () => {
  const id = await underWay({ matterCodes: ['power-risk-control', 'procurement-projects'], objectUnitIds: [unitId(BUREAU), unitId(HOSPITAL)], title: '统计用活动' })
  const AGGREGATE = `query($filter: SupervisionActivityFilter, $groupBy: [SupervisionActivityDimension!]!) { supervisionActivityAggregate(filter: $filter, groupBy: $groupBy) {
    groupCount groups { key { ruleKind mode type matterCode objectUnit { id } year } count } totals { count startedCount concludedCount concludedRate { numerator denominator value nullReason } } } }`
  const counted = async (who: Who, groupBy: string[], filter: object = { title: { contains: '统计用活动' } }) => (await ask(who, AGGREGATE, { filter, groupBy })).data.supervisionActivityAggregate
  const totals = { count: 1, startedCount: 1, concludedCount: 0, concludedRate: { numerator: 0, denominator: 1, value: '0.0000', nullReason: null } }
  expect(await counted('leader', ['MATTER', 'OBJECT_UNIT'])).toMatchObject({ groupCount: 4, totals })
  expect((await counted('leader', ['RULE_KIND', 'MODE', 'TYPE'])).groups).toMatchObject([{ key: { ruleKind: 'CITY_COMMISSION_ORGAN', mode: null, type: 'SUPERVISORY', matterCode: null }, count: 1 }])
  expect((await counted('tool', [])).totals).toEqual(totals)
  expect((await counted('neighbour', [])).totals).toEqual({ count: 0, startedCount: 0, concludedCount: 0, concludedRate: { numerator: 0, denominator: 0, value: null, nullReason: 'NOTHING_COUNTED' } })
  expect((await ask('bureau', AGGREGATE, { groupBy: [] })).errors[0]!.extensions.code).toBe('FORBIDDEN')
  const listed = async (who: Who) => (await ask(who, 'query($f: SupervisionActivityFilter) { supervisionActivities(filter: $f) { totalCount nodes { id objectUnits { totalCount } } } }', { f: { title: { contains: '统计用活动' } } })).data?.supervisionActivities ?? null
  expect([await listed('office'), await listed('leader'), await listed('neighbour')]).toEqual([...Array(2).fill({ totalCount: 1, nodes: [{ id, objectUnits: { totalCount: 2 } }] }), { totalCount: 0, nodes: [] }])

  const COVERAGE = 'query($unitId: ID!, $months: Int!) { unit(id: $unitId) { supervisionCoverage(months: $months, kinds: [GOVERNMENT_DEPARTMENT, PUBLIC_INSTITUTION]) { covered { numerator denominator value } uncoveredCount uncovered { unit { id } lastStartedOn } } } }'
  const coverage = async (who: Who, months: number) => (await ask(who, COVERAGE, { unitId: unitId(COUNTY), months })).data.unit?.supervisionCoverage ?? null
  expect(await coverage('leader', 120)).toEqual({ covered: { numerator: 2, denominator: 3, value: '0.6667' }, uncoveredCount: 1, uncovered: [{ unit: { id: unitId(OTHER_BUREAU) }, lastStartedOn: null }] })
  expect((await coverage('leader', 1)).uncovered).toEqual(expect.arrayContaining([{ unit: { id: unitId(HOSPITAL) }, lastStartedOn: '2020-06-01' }]))
  expect(await coverage('neighbour', 12)).toBe(null)
})
