import { globalId } from '../../src/core/ids'
import { coreModules } from '../../src/domain'
import { testApi, type Answer, type TestApi } from '../support/api'
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
  ['bureau', 'UNIT_EDITOR', BUREAU], ['leader', 'LEADER_READER', COUNTY], ['neighbour', 'SUPERVISOR', NEIGHBOUR], ['neighbour', 'COMMISSION_APPROVER', NEIGHBOUR],
]
type Who = 'office' | 'office-two' | 'group' | 'audit' | 'bureau' | 'leader' | 'neighbour'

let api: TestApi
let org: Organisation
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
})
afterAll(() => api.close())

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
const inputOf = (command: string): string => {
  const own = ['planSupervisionActivity', 'editSupervisionActivity', 'startSupervisionActivity', 'concludeSupervisionActivity', 'mergeSupervisionActivity', 'answerSupervisionOverlap', 'recordSupervisionFinding', 'editSupervisionFinding', 'linkSupervisionFinding']
  const name = own.includes(command) ? command : command === 'unlinkSupervisionFinding' ? 'linkSupervisionFinding' : command.includes('Finding') ? 'supervisionFindingCommand' : 'supervisionActivityCommand'
  return `${name[0]!.toUpperCase()}${name.slice(1)}Input`
}
const answered = (command: string): string => (command === 'recordSupervisionFinding' ? 'supervisionFindings' : command.includes('Finding') ? 'supervisionFinding' : 'supervisionActivity')
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
  expect((await done('office-two', 'dismissSupervisionFinding', { id: finding.id, opinion: '已当场纠正' })).state).toBe('NO_ACTION')
  expect((await done('office', 'applySupervisionActivityResults', { id })).state).toBe('RESULTS_APPLIED')
  expect((await done('office', 'closeSupervisionActivity', { id })).state).toBe('CLOSED')
})
