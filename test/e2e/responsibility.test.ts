import { coreModules } from '../../src/domain'
import { testApi, type Answer, type TestApi } from '../support/api'
import { desks, Office4321, type Desks } from '../support/responsibility-fixture'

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
const tell = async (who: Who, command: string, input: object, payload: string): Promise<Answer> => {
  const type = `${command[0]!.toUpperCase()}${command.slice(1)}Input`
  const inputType = ({
    SubmitResponsibilityListInput: 'ListCommandInput', ApproveResponsibilityListInput: 'ListCommandInput', ReturnResponsibilityListInput: 'ListCommandInput', WithdrawResponsibilityListInput: 'ListCommandInput',
    ReopenResponsibilityListInput: 'ListCommandInput', ReviseResponsibilityListInput: 'ListCommandInput', RemoveDutyItemInput: 'DutyItemCommandInput', StartDutyItemInput: 'DutyItemCommandInput',
    ClaimDutyItemDoneInput: 'DutyItemCommandInput', VerifyDutyItemInput: 'DutyItemCommandInput', ReturnDutyItemInput: 'DutyItemCommandInput', WaiveDutyItemInput: 'DutyItemCommandInput',
  } as Record<string, string>)[type] ?? type
  return ask(who, `mutation($input: ${inputType}!) { ${command}(input: $input) { ${payload} } }`, { input })
}
const done = async (who: Who, command: string, input: object, payload: string): Promise<Answer['data']> => {
  const { data, errors } = await tell(who, command, input, payload)
  expect([command, errors]).toEqual([command, []])
  return data[command]
}
const refused = async (who: Who, command: string, input: object, payload: string): Promise<Answer['errors'][number]> => {
  const { data, errors } = await tell(who, command, input, payload)
  expect([command, data ?? null]).toEqual([command, null])
  return errors[0]!
}
const LIST = 'responsibilityList { id kind state version allowedCommands }'
const ITEM = 'dutyItem { id code state rowVersion allowedCommands }'

test('a year over HTTP: drafted, filled, submitted, returned, approved, published, performed', async () => {
  const year = o.nextYear()
  const unitId = d.bureau.ref
  const { responsibilityList: main } = await done('editor', 'draftResponsibilityList', { unitId, kind: 'MAIN_RESPONSIBILITY', year }, LIST)
  expect(main).toMatchObject({ state: 'DRAFT', version: 1, allowedCommands: ['addDutyItem', 'editDutyItem', 'removeDutyItem', 'submitResponsibilityList', 'withdrawResponsibilityList'] })
  const add = (code: string, responsibility: string, more: object = {}) => done('editor', 'addDutyItem', { listId: main.id, code, responsibility, content: '专题研究全面从严治党工作', ...more }, ITEM)
  await add('M1', 'COMMITTEE_MAIN', { dueOn: '2020-06-30', isPriorityTask: true })
  const { dutyItem: first } = await add('S1', 'SECRETARY_FIRST')
  const drafted = await ask('member', 'query($id: ID!) { dutyItem(id: $id) { state allowedCommands } }', { id: first.id })
  expect(drafted.data.dutyItem).toEqual({ state: 'NOT_STARTED', allowedCommands: [] })
  await add('D1', 'MEMBER_DUAL_DUTY', { responsibleAppointmentId: d.member })
  const gap = await refused('editor', 'submitResponsibilityList', { id: main.id }, LIST)
  expect(gap.extensions).toMatchObject({ code: 'PRECONDITION_FAILED', violations: [{ path: 'items.1.responsibleAppointment', rule: 'INV-08' }] })
  await done('editor', 'editDutyItem', { id: first.id, rowVersion: 1, responsibleAppointmentId: d.secretary }, ITEM)
  expect((await refused('editor', 'editDutyItem', { id: first.id, rowVersion: 1, content: '别的' }, ITEM)).extensions.code).toBe('CONFLICT')
  await done('editor', 'submitResponsibilityList', { id: main.id }, LIST)
  expect((await refused('editor', 'approveResponsibilityList', { id: main.id }, LIST)).extensions.code).toBe('FORBIDDEN')
  expect((await refused('insider', 'returnResponsibilityList', { id: main.id }, LIST)).extensions.code).toBe('BAD_INPUT')
  await done('approver', 'returnResponsibilityList', { id: main.id, opinion: '请补充' }, LIST)
  await done('editor', 'submitResponsibilityList', { id: main.id }, LIST)
  await done('approver', 'approveResponsibilityList', { id: main.id }, LIST)

  const powers = [await o.power()]
  await o.approved('POWER_RISK_CONTROL', year, powers)
  const { responsibilityList: supervision } = await done('groupEditor', 'draftResponsibilityList', { unitId, kind: 'SUPERVISION_RESPONSIBILITY', year, ownerUnitId: d.group.ref }, LIST)
  await done('groupEditor', 'addDutyItem', { listId: supervision.id, code: 'F1', responsibility: 'COMMISSION_SUPERVISORY', content: '看采购', targetPowerIds: powers }, ITEM)
  const cycle = await o.cycle(year)
  expect((await refused('approver', 'confirmJointPublication', { id: cycle, as: 'UNIT' }, 'accountabilityCycle { state }')).extensions['violations']).toEqual([expect.objectContaining({ path: 'lists.SUPERVISION_RESPONSIBILITY', rule: 'INV-07' })])
  await done('groupEditor', 'submitResponsibilityList', { id: supervision.id }, LIST)
  await done('groupLeader', 'approveResponsibilityList', { id: supervision.id }, LIST)
  expect((await done('approver', 'confirmJointPublication', { id: cycle, as: 'UNIT' }, 'accountabilityCycle { state }')).accountabilityCycle.state).toBe('PREPARING')
  expect((await done('groupLeader', 'confirmJointPublication', { id: cycle, as: 'COMMISSION' }, 'accountabilityCycle { state allowedCommands mainList { state } powerRiskList { powers { nodes { state } } } supervisionList { items { nodes { targetPowers { nodes { id } } } } } }')).accountabilityCycle)
    .toEqual({
      state: 'IN_FORCE', allowedCommands: ['confirmJointPublication', 'proposeCycleAccountability', 'reportCycle', 'reviewProgress'], mainList: { state: 'PUBLISHED' }, powerRiskList: { powers: { nodes: [{ state: 'PUBLISHED' }] } },
      supervisionList: { items: { nodes: [{ targetPowers: { nodes: [{ id: powers[0] }] } }] } },
    })

  const { data: { responsibilityList: shown } } = await ask('member', `query($id: ID!) { responsibilityList(id: $id) { publishedAt approvals { nodes { step decision opinion } } transitions { nodes { command } }
    items { nodes { code isOverdue dueOn responsibleAppointment { role } ownerUnit { code } allowedCommands list { id } } } qualityFindings { rule } } }`, { id: main.id })
  expect(shown.items.nodes).toEqual([
    { code: 'M1', isOverdue: true, dueOn: '2020-06-30', responsibleAppointment: null, ownerUnit: { code: '510821-HEALTH' }, allowedCommands: ['startDutyItem'], list: { id: main.id } },
    { code: 'S1', isOverdue: false, dueOn: null, responsibleAppointment: { role: 'PARTY_GROUP_SECRETARY' }, ownerUnit: { code: '510821-HEALTH' }, allowedCommands: ['startDutyItem'], list: { id: main.id } },
    { code: 'D1', isOverdue: false, dueOn: null, responsibleAppointment: { role: 'TEAM_MEMBER' }, ownerUnit: { code: '510821-HEALTH' }, allowedCommands: ['startDutyItem'], list: { id: main.id } },
  ])
  expect(shown.approvals.nodes).toEqual([{ step: 'LIST_APPROVAL', decision: 'RETURNED', opinion: '请补充' }, { step: 'LIST_APPROVAL', decision: 'APPROVED', opinion: null }])
  expect(shown.transitions.nodes.map((n: { command: string }) => n.command)).toEqual(['submitResponsibilityList', 'returnResponsibilityList', 'submitResponsibilityList', 'approveResponsibilityList', 'confirmJointPublication'])
  expect(shown.qualityFindings).toEqual([])

  // A focus is the group's duty about the bureau: the group brings the evidence, the bureau's own duty owners do not.
  const { data: { dutyItems: { nodes: [focus] } } } = await ask('groupLeader', 'query($list: ID!) { dutyItems(filter: { list: { eq: $list } }) { nodes { id code } } }', { list: supervision.id })
  const minutes = { subjectId: focus.id, title: '检查记录', url: 'https://files.example/visit', sensitivity: 'INTERNAL', collectedAt: '2020-06-01T08:00:00+08:00' }
  await done('groupLeader', 'attachEvidenceLink', minutes, '__typename')
  expect((await refused('member', 'attachEvidenceLink', minutes, '__typename')).extensions.code).toBe('FORBIDDEN')

  const { data: { dutyItems } } = await ask('member', 'query($list: ID!) { dutyItems(filter: { list: { eq: $list }, responsibility: { eq: COMMITTEE_MAIN } }) { totalCount nodes { id } } }', { list: main.id })
  expect(dutyItems.totalCount).toBe(1)
  const id = dutyItems.nodes[0].id as string
  await done('member', 'startDutyItem', { id }, ITEM)
  expect((await refused('member', 'claimDutyItemDone', { id }, ITEM)).extensions['violations']).toEqual([expect.objectContaining({ path: 'evidence', rule: 'SM-3' })])
  await done('member', 'attachEvidenceLink', { subjectId: id, title: '会议纪要', url: 'https://files.example/minutes', sensitivity: 'INTERNAL', collectedAt: '2020-06-01T08:00:00+08:00' }, '__typename')
  expect((await done('member', 'claimDutyItemDone', { id }, 'dutyItem { isOverdue state }')).dutyItem).toEqual({ isOverdue: false, state: 'CLAIMED_DONE' })
  expect((await refused('member', 'verifyDutyItem', { id }, ITEM)).extensions.code).toBe('FORBIDDEN')
  expect((await done('groupOfficer', 'verifyDutyItem', { id }, ITEM)).dutyItem).toMatchObject({ state: 'VERIFIED', allowedCommands: [] })
})

test('allowedCommands follows the body that owns the list and its kind, in both readers', async () => {
  const y = await o.readyYear()
  await o.lists.reopen(d.people.groupLeader, { id: y.supervision })
  await o.lists.submit(d.people.groupEditor, { id: y.supervision })
  const CONTENT = ['addDutyItem', 'editDutyItem', 'removeDutyItem']
  const expected: Record<string, [main: string[], powerRisk: string[], supervision: string[]]> = {
    editor: [[...CONTENT, 'reopenResponsibilityList'], ['reopenResponsibilityList', 'setListPowers'], []],
    approver: [['reopenResponsibilityList'], ['reopenResponsibilityList'], []],
    groupEditor: [[], [], ['withdrawResponsibilityList']],
    groupLeader: [[], [], ['approveResponsibilityList', 'returnResponsibilityList']],
    supervisor: [[], [], ['approveResponsibilityList', 'returnResponsibilityList']],
    member: [[], [], []],
  }
  for (const [who, want] of Object.entries(expected)) {
    const planned = await ask(who as Who, 'query($ids: [ID!]!) { nodes(ids: $ids) { ... on ResponsibilityList { allowedCommands } } }', { ids: [y.main, y.powerRisk, y.supervision] })
    expect([who, planned.data.nodes.map((n: { allowedCommands: string[] }) => n.allowedCommands)]).toEqual([who, want])
    const fields = (extra: string) => ['main', 'powerRisk', 'supervision'].map(name => `${name}: responsibilityList(id: "${y[name as 'main']}") { allowedCommands ${extra} }`).join(' ')
    for (const extra of ['', 'qualityFindings { rule }']) {
      const { data } = await ask(who as Who, `{ ${fields(extra)} }`)
      expect([who, extra, [data.main, data.powerRisk, data.supervision].map(l => l.allowedCommands)]).toEqual([who, extra, want])
    }
  }
})

test('a unit shows its lists, duties, focuses and years; a neighbour is shown nothing of them', async () => {
  const y = await o.publishedYear()
  const item = String((await o.itemsOf(y.supervision))[0]!['id'])
  const query = `query($id: ID!, $year: Int!) { unit(id: $id) { responsibilityLists(filter: { year: { eq: $year } }, orderBy: [{ field: KIND, direction: ASC }]) { totalCount nodes { kind itemCount ownerUnit { code } } }
    accountabilityCycles(filter: { year: { eq: $year } }) { nodes { state unitConfirmedBy commissionConfirmedBy jointPublicationAt } } supervisionFocuses(filter: { list: { eq: "${y.supervision}" } }) { nodes { responsibility } } } }`
  const { data } = await ask('groupLeader', query, { id: d.bureau.ref, year: y.year })
  expect(data.unit).toEqual({
    responsibilityLists: { totalCount: 3, nodes: [
      { kind: 'MAIN_RESPONSIBILITY', itemCount: 3, ownerUnit: { code: '510821-HEALTH' } }, { kind: 'POWER_RISK_CONTROL', itemCount: 0, ownerUnit: { code: '510821-HEALTH' } },
      { kind: 'SUPERVISION_RESPONSIBILITY', itemCount: 1, ownerUnit: { code: '510821-DG-HEALTH' } },
    ] },
    accountabilityCycles: { nodes: [{ state: 'IN_FORCE', unitConfirmedBy: d.people.approver.actor.ref, commissionConfirmedBy: d.people.groupLeader.actor.ref, jointPublicationAt: expect.stringMatching(/Z$/) }] },
    supervisionFocuses: { nodes: [{ responsibility: 'COMMISSION_SUPERVISORY' }] },
  })
  // The group lies outside the bureau's own sight.
  expect((await ask('editor', query, { id: d.bureau.ref, year: y.year })).data.unit.responsibilityLists.nodes[2].ownerUnit).toBeNull()
  expect((await ask('stranger', query, { id: d.bureau.ref, year: y.year })).data.unit).toBeNull()
  const ids = [y.main, y.powerRisk, y.supervision, y.cycle, `duty_${item}`]
  const nodes = await ask('stranger', 'query($ids: [ID!]!) { nodes(ids: $ids) { id } responsibilityLists { totalCount } dutyItems { totalCount } accountabilityCycles { totalCount } }', { ids })
  expect(nodes.data).toEqual({ nodes: ids.map(() => null), responsibilityLists: { totalCount: 0 }, dutyItems: { totalCount: 0 }, accountabilityCycles: { totalCount: 0 } })
  for (const [command, input] of [['submitResponsibilityList', { id: y.main }], ['reviseResponsibilityList', { id: y.main }], ['confirmJointPublication', { id: y.cycle, as: 'UNIT' }], ['startDutyItem', { id: `duty_${item}` }]] as const) {
    expect((await refused('stranger', command, input, '__typename')).extensions.code).toBe('NOT_FOUND')
  }
})

test('hostile input answers a coded error and changes nothing', async () => {
  const list = await o.draft('MAIN_RESPONSIBILITY', o.nextYear())
  const input = { listId: list, code: 'X', responsibility: 'COMMITTEE_MAIN', content: 'x' }
  for (const bad of [{ content: '' }, { content: 'x'.repeat(2001) }, { code: '' }, { content: 'a\u0000b' }, { targetPowerIds: Array.from({ length: 101 }, (_, i) => `pw_${i}`) }]) {
    expect((await refused('editor', 'addDutyItem', { ...input, ...bad }, ITEM)).extensions.code).toBe('BAD_INPUT')
  }
  for (const id of ['', 'list_', 'pw_0198', list.replace('list', 'duty'), `${list}'--`]) expect((await refused('editor', 'submitResponsibilityList', { id }, LIST)).extensions.code).toBe('NOT_FOUND')
  for (const year of [1999, 2101]) expect((await refused('editor', 'draftResponsibilityList', { unitId: d.bureau.ref, kind: 'MAIN_RESPONSIBILITY', year }, LIST)).extensions.code).toBe('BAD_INPUT')
  expect(await o.itemsOf(list)).toEqual([])
})
