import { today } from '../../src/core/day'
import { globalId, newId } from '../../src/core/ids'
import { coreModules } from '../../src/domain'
import { RULE_KIND_OF, ruleBinding, ruleInForce } from '../../src/domain/rule'
import { testApi, type Answer, type TestApi } from '../support/api'
import { Organisation } from '../support/organisation'

const CITY = '/510800/'
const COUNTY = `${CITY}510821/`
const GROUP = `${COUNTY}DG/`
const NEIGHBOUR = `${CITY}510824/`
const PEOPLE: [staffNo: string, role: string, unit: string][] = [
  ['drafter', 'SUPERVISOR', CITY], ['secretary', 'PARTY_SECRETARY', CITY], ['commission', 'COMMISSION_APPROVER', CITY], ['reader', 'LEADER_READER', CITY],
  ['group', 'SUPERVISOR', GROUP], ['county-drafter', 'SUPERVISOR', COUNTY], ['county-head', 'UNIT_APPROVER', COUNTY], ['neighbour', 'SUPERVISOR', NEIGHBOUR], ['tool', 'REPORTING_CLIENT', CITY],
  ['both', 'SUPERVISOR', CITY], ['both', 'UNIT_APPROVER', CITY],
]
type Who = 'drafter' | 'secretary' | 'commission' | 'reader' | 'group' | 'county-drafter' | 'county-head' | 'neighbour' | 'tool' | 'both'

let api: TestApi
let org: Organisation
const tokens: Record<string, string> = {}

beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  org = new Organisation(api.database.owner)
  for (const path of [CITY, COUNTY, GROUP, NEIGHBOUR]) await org.unit(path)
  const kinds = { [CITY]: 'PARTY_COMMITTEE', [COUNTY]: 'PARTY_COMMITTEE', [NEIGHBOUR]: 'PARTY_COMMITTEE', [GROUP]: 'DISPATCHED_GROUP' }
  for (const [path, kind] of Object.entries(kinds)) await api.database.owner.query('UPDATE unit SET kind = $2 WHERE path = $1', [path, kind])
  for (const [staffNo, role, unit] of PEOPLE) {
    if (!org.persons.has(staffNo)) await org.person(staffNo, unit)
    await org.grant(staffNo, role, unit)
  }
  for (const [staffNo] of PEOPLE) tokens[staffNo] = await api.token(staffNo)
})
afterAll(() => api.close())

const unitId = (path: string): string => globalId('unit', org.units.get(path)!)
const ask = (who: Who, query: string, variables?: object): Promise<Answer> => api.ask(tokens[who]!, query, variables)
const INPUTS: Record<string, string> = {
  draftSupervisionRule: 'DraftSupervisionRuleInput', editSupervisionRule: 'EditSupervisionRuleInput', setSupervisionRuleItems: 'SetSupervisionRuleItemsInput', repealSupervisionRule: 'RepealSupervisionRuleInput',
}
const tell = (who: Who, command: string, input: object): Promise<Answer> =>
  ask(who, `mutation($input: ${INPUTS[command] ?? 'SupervisionRuleCommandInput'}!) { ${command}(input: $input) { supervisionRule { id rowVersion state } } }`, { input })
const done = async (who: Who, command: string, input: object): Promise<{ id: string; rowVersion: number; state: string }> => {
  const { data, errors } = await tell(who, command, input)
  expect([command, errors]).toEqual([command, []])
  return data[command].supervisionRule
}
/** Code, rule and path of a refusal. */
const refused = async (who: Who, command: string, input: object): Promise<(string | undefined)[]> => {
  const { data, errors } = await tell(who, command, input)
  expect([command, data ?? null]).toEqual([command, null])
  const [violation] = (errors[0]!.extensions['violations'] as { rule: string; path: string }[] | undefined) ?? []
  return violation ? [errors[0]!.extensions.code, violation.rule, violation.path] : [errors[0]!.extensions.code]
}

type Kind = 'CITY_COMMISSION_ORGAN' | 'DISPATCHED_DEPARTMENT_GROUP' | 'TOWNSHIP_AREA_OUTPOST_GROUP' | 'TOWNSHIP_COMMISSION'
const SECTIONS: Record<string, object[]> = {
  OBJECTS: [{ code: 'O1', text: '驻在部门领导班子及其成员', unitKinds: ['GOVERNMENT_DEPARTMENT'], relationKinds: ['DISPATCHED'] }],
  MATTERS: [{ code: 'M1', text: '权力风险防控', matterCode: 'power-risk-control', powerCategory: 'PROCUREMENT', sectorCode: 'health' }, { code: 'M2', text: '四责协同', matterCode: 'four-responsibilities' }],
  WAYS: [{ code: 'W1', text: '专项检查' }],
  MEANS: [{ code: 'N1', text: '查阅资料' }],
  USE_OF_RESULTS: [{ code: 'U1', text: '督促整改' }],
  ACCOUNTABILITY_TRIGGERS: [{ code: 'T1', text: '应查不查', faultKind: 'ABDICATION' }, { code: 'T2', text: '多头重复检查', faultKind: 'DISORDER' }, { code: 'T3', text: '以监督谋私', faultKind: 'ABUSE' }],
}
const draft = async (kind: Kind, o: { who?: Who; at?: string; effectiveFrom?: string } = {}): Promise<string> =>
  (await done(o.who ?? 'drafter', 'draftSupervisionRule', { issuingUnitId: unitId(o.at ?? CITY), kind, title: '监督检查工作规则', effectiveFrom: o.effectiveFrom ?? '2020-01-01', isSynthetic: true })).id
const versionOf = async (who: Who, id: string): Promise<number> => (await ask(who, 'query($id: ID!) { supervisionRule(id: $id) { rowVersion } }', { id })).data.supervisionRule.rowVersion
const setItems = async (who: Who, id: string, section: string, items: readonly object[]): Promise<void> =>
  void (await done(who, 'setSupervisionRuleItems', { id, rowVersion: await versionOf(who, id), section, items }))
const fill = async (id: string, who: Who = 'drafter', leave: readonly string[] = []): Promise<string> => {
  for (const [section, items] of Object.entries(SECTIONS)) if (!leave.includes(section)) await setItems(who, id, section, items)
  return id
}
const approve = async (id: string, by: { drafter?: Who; head?: Who } = {}): Promise<void> => {
  await done(by.drafter ?? 'drafter', 'submitSupervisionRule', { id })
  await done(by.head ?? 'secretary', 'approveSupervisionRule', { id })
}
const stateOf = async (who: Who, id: string): Promise<string | null> => (await ask(who, 'query($id: ID!) { supervisionRule(id: $id) { state } }', { id })).data.supervisionRule?.state ?? null

test('a rule is drawn up, filled, approved by another and published; all below are bound and see it', async () => {
  const id = await fill(await draft('DISPATCHED_DEPARTMENT_GROUP'), 'drafter', ['MEANS'])
  // INV-01, at once with everything that is missing.
  expect(await refused('drafter', 'submitSupervisionRule', { id })).toEqual(['PRECONDITION_FAILED', 'INV-01', 'sections.MEANS'])
  await setItems('drafter', id, 'MEANS', SECTIONS['MEANS']!)
  await done('drafter', 'submitSupervisionRule', { id })
  expect([await stateOf('group', id), await stateOf('neighbour', id), await stateOf('reader', id)]).toEqual([null, null, 'UNDER_REVIEW'])

  expect(await refused('drafter', 'approveSupervisionRule', { id })).toEqual(['FORBIDDEN'])
  expect(await refused('secretary', 'returnSupervisionRule', { id })).toEqual(['BAD_INPUT', 'required', 'opinion'])
  await done('secretary', 'returnSupervisionRule', { id, opinion: '请补充英文' })
  await done('drafter', 'submitSupervisionRule', { id })
  const { data: seen } = await ask('secretary', 'query($id: ID!) { supervisionRule(id: $id) { allowedCommands approvalChain { contentHash steps { step state viewerMayDecide } } } }', { id })
  expect(seen.supervisionRule).toMatchObject({
    allowedCommands: ['approveSupervisionRule', 'returnSupervisionRule'], approvalChain: { steps: [{ step: 'RULE_APPROVAL', state: 'PENDING', viewerMayDecide: true }] } })
  expect(await refused('secretary', 'approveSupervisionRule', { id, contentHash: '0'.repeat(64) })).toEqual(['CONFLICT', 'content-seen', 'contentHash'])
  await done('secretary', 'approveSupervisionRule', { id, contentHash: seen.supervisionRule.approvalChain.contentHash })

  // Reopening voids the approval, and so does an edit.
  expect((await done('drafter', 'reopenSupervisionRule', { id })).state).toBe('DRAFT')
  await approve(id)
  expect((await done('drafter', 'editSupervisionRule', { id, rowVersion: await versionOf('drafter', id), documentNo: '广委发〔2020〕1号' })).state).toBe('DRAFT')
  await approve(id)
  expect(await refused('drafter', 'publishSupervisionRule', { id })).toEqual(['FORBIDDEN'])
  await done('commission', 'publishSupervisionRule', { id })

  const RULE = `{ kind version state issuerNameZh documentNo effectiveFrom effectiveTo itemCount issuingUnit { id } allowedCommands
    objects { nodes { code unitKinds relationKinds } } matters { nodes { code seq matterCode powerCategory sectorCode } } ways { nodes { code } } means { nodes { code } } useOfResults { nodes { code } }
    accountabilityTriggers { nodes { code faultKind rule { id } } } transitions { nodes { toState } } approvals { nodes { opinion } } }`
  for (const who of ['group', 'neighbour'] as const) {
    const { data, errors } = await ask(who, `query($id: ID!) { node(id: $id) { ... on SupervisionRule ${RULE} } supervisionRule(id: $id) ${RULE} }`, { id })
    expect(errors).toEqual([])
    expect(data.supervisionRule).toEqual(data.node)
    expect(data.node).toMatchObject({
      kind: 'DISPATCHED_DEPARTMENT_GROUP', version: 1, state: 'PUBLISHED', documentNo: '广委发〔2020〕1号', effectiveFrom: '2020-01-01', effectiveTo: null, itemCount: 9, issuingUnit: null, allowedCommands: [],
      transitions: { nodes: [] }, approvals: { nodes: [] }, issuerNameZh: expect.any(String), objects: { nodes: [{ code: 'O1', unitKinds: ['GOVERNMENT_DEPARTMENT'], relationKinds: ['DISPATCHED'] }] },
      matters: { nodes: [{ code: 'M1', seq: 1, matterCode: 'power-risk-control', powerCategory: 'PROCUREMENT', sectorCode: 'health' }, { code: 'M2', seq: 2, matterCode: 'four-responsibilities', powerCategory: null }] },
      accountabilityTriggers: { nodes: [{ faultKind: 'ABDICATION', rule: { id } }, { faultKind: 'DISORDER' }, { faultKind: 'ABUSE' }] },
    })
  }
  expect((await ask('tool', 'query($id: ID!) { supervisionRule(id: $id) { state } }', { id })).errors[0]!.extensions.code).toBe('FORBIDDEN')
})

test('one rule of a kind by one body on any day (INV-02): a revision ends the version before it, what was repealed is not overlapped, the database agrees', async () => {
  const first = await fill(await draft('TOWNSHIP_COMMISSION', { effectiveFrom: '2021-01-01' }))
  await approve(first)
  await done('commission', 'publishSupervisionRule', { id: first })
  expect(await refused('drafter', 'draftSupervisionRule', { issuingUnitId: unitId(CITY), kind: 'TOWNSHIP_COMMISSION', title: '规则', effectiveFrom: '2022-01-01' })).toEqual(['PRECONDITION_FAILED', 'revise', 'kind'])

  const second = (await done('drafter', 'reviseSupervisionRule', { id: first })).id
  expect(await refused('drafter', 'reviseSupervisionRule', { id: first })).toEqual(['CONFLICT', 'one-open-version', 'kind'])
  // Codes go on; one that moves to another section does not, nor does one that stands there already.
  const codes = async (id: string): Promise<string[]> => (await ask('drafter', 'query($id: ID!) { supervisionRule(id: $id) { items(first: 50, orderBy: [{ field: CODE, direction: ASC }]) { nodes { code } } } }', { id })).data.supervisionRule.items.nodes.map((n: { code: string }) => n.code)
  expect(await codes(second)).toEqual(await codes(first))
  const edit = async (section: string, items: object[]): Promise<(string | undefined)[]> => refused('drafter', 'setSupervisionRuleItems', { id: second, rowVersion: await versionOf('drafter', second), section, items })
  expect(await edit('WAYS', [{ code: 'M2', text: '方式' }])).toEqual(['BAD_INPUT', 'unique', 'items.0.code'])
  await setItems('drafter', second, 'MATTERS', [SECTIONS['MATTERS']![0]!])
  expect(await edit('WAYS', [{ code: 'W1', text: '专项检查' }, { code: 'M2', text: '方式' }])).toEqual(['BAD_INPUT', 'permanent-code', 'items.1.code'])
  await setItems('drafter', second, 'MATTERS', [SECTIONS['MATTERS']![1]!, SECTIONS['MATTERS']![0]!])

  const day = async (id: string, effectiveFrom: string): Promise<void> => void (await done('drafter', 'editSupervisionRule', { id, rowVersion: await versionOf('drafter', id), effectiveFrom }))
  await day(second, '2021-01-01')
  await approve(second)
  expect(await refused('commission', 'publishSupervisionRule', { id: second })).toEqual(['PRECONDITION_FAILED', 'INV-02', 'effectiveFrom'])
  await day(second, '2022-07-01')
  await approve(second)
  await done('commission', 'publishSupervisionRule', { id: second })
  expect([await stateOf('group', first), await stateOf('group', second)]).toEqual(['SUPERSEDED', 'PUBLISHED'])

  const effectiveOn = async (on: string): Promise<string[]> => (await ask('neighbour', `query($on: LocalDate!) { supervisionRules(filter: { kind: { eq: TOWNSHIP_COMMISSION }, effective: { on: $on } }) { nodes { id } } }`, { on })).data.supervisionRules.nodes.map((n: { id: string }) => n.id)
  expect([await effectiveOn('2020-12-31'), await effectiveOn('2022-06-30'), await effectiveOn('2022-07-01')]).toEqual([[], [first], [second]])

  expect(await refused('commission', 'repealSupervisionRule', { id: second, opinion: '不再适用', endsOn: '2023-01-01' })).toEqual(['BAD_INPUT', 'not-past', 'endsOn'])
  await done('commission', 'repealSupervisionRule', { id: second, opinion: '不再适用' })
  expect(await effectiveOn(today())).toEqual([])
  const third = await fill(await draft('TOWNSHIP_COMMISSION', { effectiveFrom: '2023-01-01' }))
  await approve(third)
  expect(await refused('commission', 'publishSupervisionRule', { id: third })).toEqual(['PRECONDITION_FAILED', 'INV-02', 'effectiveFrom'])
  // Whatever the service says: the database holds it, and what is published it holds as it is.
  const owner = api.database.owner
  const row = third.slice(-36)
  await expect(owner.query(`UPDATE supervision_rule SET state = 'PUBLISHED', is_published = true, published_at = now() WHERE id = $1`, [row])).rejects.toMatchObject({ constraint: 'supervision_rule_in_force_excl' })
  for (const sql of [
    `UPDATE supervision_rule SET title_zh = '别的' WHERE id = $1`, `UPDATE supervision_rule_item SET text_zh = '别的' WHERE rule_id = $1`, 'DELETE FROM supervision_rule_item WHERE rule_id = $1',
    `INSERT INTO supervision_rule_item SELECT (jsonb_populate_record(i, jsonb_build_object('id', '${newId()}', 'code', 'NEW', 'seq', 99))).* FROM supervision_rule_item i WHERE rule_id = $1 AND section = 'WAYS'`,
  ]) await expect(owner.query(sql, [second.slice(-36)])).rejects.toMatchObject({ constraint: 'supervision_rule_locked' })
  await day(third, today())
  await approve(third)
  await done('commission', 'publishSupervisionRule', { id: third })
  expect(await effectiveOn(today())).toEqual([third])
})

test('a rule binds what lies below its issuer, the nearest first; each kind of body finds its own', async () => {
  const city = await fill(await draft('CITY_COMMISSION_ORGAN'))
  await approve(city)
  await done('commission', 'publishSupervisionRule', { id: city })
  const county = await fill(await draft('CITY_COMMISSION_ORGAN', { who: 'county-drafter', at: COUNTY, effectiveFrom: '2024-01-01' }), 'county-drafter')
  await approve(county, { drafter: 'county-drafter', head: 'county-head' })
  await done('county-head', 'publishSupervisionRule', { id: county })

  const at = async (who: Who, path: string, on: string): Promise<string[]> => (await ask(who, 'query($unitId: ID!, $on: LocalDate) { supervisionRulesInForce(unitId: $unitId, on: $on) { id kind } }', { unitId: unitId(path), on }))
    .data.supervisionRulesInForce?.filter((r: { kind: string }) => r.kind === 'CITY_COMMISSION_ORGAN').map((r: { id: string }) => r.id) ?? null
  expect([await at('group', GROUP, '2023-12-31'), await at('group', GROUP, '2024-01-01'), await at('neighbour', NEIGHBOUR, '2024-01-01'), await at('reader', CITY, '2019-12-31')]).toEqual([[city], [county], [city], []])
  expect(await at('neighbour', COUNTY, '2024-01-01')).toBeNull()
  // What the neighbouring county issues is none of one's business, published or not.
  for (const query of ['supervisionRule(id: $id) { id }', 'node(id: $id) { id }']) {
    const { data } = await ask('neighbour', `query($id: ID!) { ${query} }`, { id: county })
    expect(Object.values(data)).toEqual([null])
  }
  const listed = async (who: Who): Promise<string[]> => (await ask(who, '{ supervisionRules(first: 50, filter: { kind: { eq: CITY_COMMISSION_ORGAN } }) { nodes { id } } }')).data.supervisionRules.nodes.map((n: { id: string }) => n.id).sort()
  expect([await listed('neighbour'), await listed('group')]).toEqual([[city], [city, county].sort()])
  const items = async (who: Who): Promise<string[]> => (await ask(who, '{ supervisionRuleItems(first: 100, filter: { matterCode: { eq: "four-responsibilities" } }) { nodes { rule { id } } } }')).data.supervisionRuleItems.nodes.map((n: { rule: { id: string } }) => n.rule.id)
  expect(await items('neighbour')).not.toContain(county)
  expect(await items('group')).toEqual(expect.arrayContaining([city, county]))

  const body = { id: org.units.get(GROUP)!, kind: 'AREA_OUTPOST_GROUP' as const }
  expect(await ruleBinding(api.database.db, body, '2024-01-01')).toBeNull()
  expect(await ruleBinding(api.database.db, { ...body, kind: 'INSPECTION_OFFICE' }, '2024-01-01')).toBeNull()
  expect(await ruleInForce(api.database.db, 'CITY_COMMISSION_ORGAN', org.units.get(NEIGHBOUR)!, '2024-01-01')).toMatchObject({ id: city.slice(-36), items: expect.arrayContaining([expect.objectContaining({ code: 'M1' })]) })
  expect(new Set(Object.values(RULE_KIND_OF)).size).toBe(4)
})

test('who may not, may not: roles, four eyes, scope, shape and state', async () => {
  const input = { issuingUnitId: unitId(CITY), kind: 'TOWNSHIP_AREA_OUTPOST_GROUP', title: '规则', effectiveFrom: '2020-01-01' }
  expect(await refused('secretary', 'draftSupervisionRule', input)).toEqual(['FORBIDDEN'])
  expect((await refused('group', 'draftSupervisionRule', input))[0]).toBe('NOT_FOUND')
  expect(await refused('group', 'draftSupervisionRule', { ...input, issuingUnitId: unitId(GROUP) })).toEqual(['BAD_INPUT', 'issuer', 'issuingUnitId'])
  const id = (await done('both', 'draftSupervisionRule', input)).id
  const rowVersion = 1
  expect(await refused('drafter', 'editSupervisionRule', { id, rowVersion: 7, title: '规则' })).toEqual(['CONFLICT', 'current', 'rowVersion'])
  const wrong: [string, object, string[]][] = [
    ['WAYS', { code: 'W1', text: '方式', faultKind: 'ABUSE' }, ['section', 'items.0.faultKind']], ['WAYS', { code: 'W1', text: '方式', unitKinds: ['TOWNSHIP'] }, ['section', 'items.0.unitKinds']],
    ['OBJECTS', { code: 'O1', text: '对象', matterCode: 'other' }, ['section', 'items.0.matterCode']], ['ACCOUNTABILITY_TRIGGERS', { code: 'T1', text: '情形' }, ['required', 'items.0.faultKind']],
    ['MATTERS', { code: 'M1', text: '事项', matterCode: 'no-such-matter' }, ['known-code', 'items.0.matterCode']],
  ]
  for (const [section, item, [rule, path]] of wrong) expect(await refused('drafter', 'setSupervisionRuleItems', { id, rowVersion, section, items: [item] })).toEqual(['BAD_INPUT', rule, path])
  expect(await refused('drafter', 'setSupervisionRuleItems', { id, rowVersion, section: 'WAYS', items: [{ code: 'W1', text: '方式' }, { code: 'W1', text: '方式' }] })).toEqual(['BAD_INPUT', 'unique', 'items.1.code'])
  await fill(id)
  await done('drafter', 'submitSupervisionRule', { id })
  // Whoever drew it up holds the role, too, and is kept from it all the same.
  for (const command of ['approveSupervisionRule', 'returnSupervisionRule']) expect(await refused('both', command, { id, opinion: '意见' })).toEqual(['FORBIDDEN', 'INV-24', expect.any(String)])
  expect(await refused('commission', 'publishSupervisionRule', { id })).toEqual(['PRECONDITION_FAILED'])
  for (const command of ['submitSupervisionRule', 'reopenSupervisionRule', 'withdrawSupervisionRule', 'reviseSupervisionRule', 'approveSupervisionRule', 'returnSupervisionRule', 'publishSupervisionRule', 'repealSupervisionRule']) {
    expect([command, (await refused('county-head', command, { id, opinion: '意见' }))[0]]).toEqual([command, ['submitSupervisionRule', 'withdrawSupervisionRule', 'reviseSupervisionRule'].includes(command) ? 'FORBIDDEN' : 'NOT_FOUND'])
    expect([command, (await refused('both', command, { id: id.replace(/.$/, c => (c === '0' ? '1' : '0')), opinion: '意见' }))[0]]).toEqual([command, 'NOT_FOUND'])
    expect([command, (await refused('reader', command, { id, opinion: '意见' }))[0]]).toEqual([command, 'FORBIDDEN'])
  }
  for (const command of ['editSupervisionRule', 'setSupervisionRuleItems']) {
    const values = command === 'editSupervisionRule' ? { title: '规则' } : { section: 'WAYS', items: [] }
    expect((await refused('neighbour', command, { id, rowVersion: 1, ...values }))[0]).toBe('NOT_FOUND')
    expect((await refused('secretary', command, { id, rowVersion: 1, ...values }))[0]).toBe('FORBIDDEN')
  }
  expect((await done('drafter', 'withdrawSupervisionRule', { id })).state).toBe('WITHDRAWN')
})

test('modes and types of supervision and the lists of codes can be asked by anybody who is known', async () => {
  const { data, errors } = await ask('tool', `{ supervisionModes { code labelZh leadKinds partnerKinds } supervisionTypes { type isInner }
    codes(first: 100, filter: { list: { eq: FINDING_CATEGORY }, retiredOn: { isNull: true } }) { nodes { code labelZh labelEn pluginCode } } }`)
  expect(errors).toEqual([])
  expect(data.supervisionModes).toEqual([
    { code: 'PATROL_PLUS_COMMISSION', labelZh: '巡视巡察+纪检监察', leadKinds: ['INSPECTION_OFFICE'], partnerKinds: ['COMMISSION_CITY', 'COMMISSION_COUNTY'] },
    { code: 'OFFICE_PLUS_DISPATCHED', labelZh: '监督室+派驻组', leadKinds: ['SUPERVISION_OFFICE'], partnerKinds: ['DISPATCHED_GROUP'] },
    { code: 'OUTPOST_PLUS_TOWNSHIP', labelZh: '派出组+乡镇室', leadKinds: ['AREA_OUTPOST_GROUP'], partnerKinds: ['TOWNSHIP_COMMISSION'] },
    { code: 'TOWNSHIP_PLUS_VILLAGE', labelZh: '乡镇室+村监委', leadKinds: ['TOWNSHIP_COMMISSION'], partnerKinds: ['VILLAGE_SUPERVISION_COMMITTEE'] },
  ])
  expect(data.supervisionTypes.filter((t: { isInner: boolean }) => t.isInner).map((t: { type: string }) => t.type)).toEqual(['DISCIPLINE', 'SUPERVISORY', 'DISPATCHED', 'PATROL_INSPECTION'])
  expect(data.codes.nodes).toContainEqual({ code: 'project-change', labelZh: '工程变更', labelEn: 'Project changes', pluginCode: null })
  expect((await api.ask(null, '{ codes { totalCount } }')).errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
})
