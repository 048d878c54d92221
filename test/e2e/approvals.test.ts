import { coreModules } from '../../src/domain'
import { globalId } from '../../src/core/ids'
import { testApi, type Answer, type TestApi } from '../support/api'
import { desks, Office4321, type Desks } from '../support/responsibility-fixture'
import { watchStatements } from '../support/watch-statements'

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
  confirmJointPublication: 'ConfirmJointPublicationInput', confirmPower: 'PowerCommandInput', reviewOperatingFlow: 'FlowCommandInput', planRiskTreatment: 'PlanRiskTreatmentInput',
  rateRiskPoint: 'RateRiskPointInput', addDutyItem: 'AddDutyItemInput', editRiskPoint: 'EditRiskPointInput', editControl: 'EditControlInput',
}
const tell = (who: Who, command: string, input: object): Promise<Answer> =>
  ask(who, `mutation($input: ${INPUTS[command] ?? (command.endsWith('List') ? 'ListCommandInput' : 'DutyItemCommandInput')}!) { ${command}(input: $input) { __typename } }`, { input })
const done = async (who: Who, command: string, input: object): Promise<void> => {
  const { errors } = await tell(who, command, input)
  expect([command, errors]).toEqual([command, []])
}
/** Code and rule of a refusal. */
const refused = async (who: Who, command: string, input: object): Promise<[string, string | undefined]> => {
  const { data, errors } = await tell(who, command, input)
  expect([command, data ?? null]).toEqual([command, null])
  return [errors[0]!.extensions.code, (errors[0]!.extensions['violations'] as { rule: string }[] | undefined)?.[0]?.rule]
}
const NOT_YOU = ['FORBIDDEN', 'INV-24']

const CHAIN = `approvalChain { name inOrder isComplete contentHash hashAlgorithm steps {
  step labelZh labelEn roles at apartFrom state contentChanged commands viewerMayDecide viewerHindrance decision { decision actor opinion contentHash at } } }`
interface Step { step: string; state: string; contentChanged: boolean; viewerMayDecide: boolean; viewerHindrance: string | null; decision: { decision: string; actor: string; opinion: string | null; contentHash: string } | null; [field: string]: unknown }
interface Chain { isComplete: boolean; contentHash: string | null; steps: Step[]; [field: string]: unknown }
const chainOf = async (who: Who, id: string): Promise<Chain> => {
  const { data, errors } = await ask(who, `query($id: ID!) { node(id: $id) { ... on Approvable { ${CHAIN} } } }`, { id })
  expect(errors).toEqual([])
  return data.node?.approvalChain ?? null
}
/** State of each step, and why this viewer may not decide it. */
const standing = async (who: Who, id: string): Promise<string[]> => (await chainOf(who, id)).steps.map(s => `${s.state}${s.contentChanged ? ' changed' : ''} ${s.viewerHindrance ?? 'mine'}`)
/** What both readers say that may be done. */
const allowed = async (who: Who, one: string, id: string): Promise<string[]> => {
  const planned = await ask(who, `query($id: ID!) { ${one}(id: $id) { allowedCommands } }`, { id })
  const resolved = await ask(who, 'query($id: ID!) { node(id: $id) { ... on Stateful { allowedCommands } } }', { id })
  expect(resolved.data.node).toEqual(planned.data[one])
  return planned.data[one].allowedCommands
}
const item = (listId: string, code: string) => ({ listId, code, responsibility: 'COMMITTEE_MAIN', content: '专题研究全面从严治党工作' })

test('a list goes through its chain: not by its authors, on what was seen, voided by an edit, all of it told', async () => {
  const list = await o.filled('MAIN_RESPONSIBILITY', o.nextYear())
  expect(await chainOf('approver', list)).toMatchObject({
    name: 'ResponsibilityList (main responsibility)', inOrder: true, isComplete: false, contentHash: expect.stringMatching(/^[0-9a-f]{64}$/), hashAlgorithm: 'SHA-256',
    steps: [{
      step: 'LIST_APPROVAL', labelZh: '清单审批', labelEn: 'Approval of a responsibility list', roles: ['UNIT_APPROVER'], at: ['OWNER_UNIT'], apartFrom: ['AUTHORS'],
      commands: ['approveResponsibilityList', 'returnResponsibilityList'], state: 'NOT_YET', contentChanged: false, decision: null, viewerMayDecide: false, viewerHindrance: 'NOT_OPEN',
    }],
  })
  // The insider edits and approves by several grants; one item among the editor's makes them an author of the list.
  await done('insider', 'addDutyItem', item(list, 'BY-INSIDER'))
  await done('editor', 'addDutyItem', item(list, 'BY-EDITOR'))
  await done('editor', 'submitResponsibilityList', { id: list })
  expect([await standing('approver', list), await standing('insider', list), await standing('editor', list)]).toEqual([['PENDING mine'], ['PENDING FOUR_EYES'], ['PENDING ROLE']])
  expect(await allowed('approver', 'responsibilityList', list)).toEqual(['approveResponsibilityList', 'returnResponsibilityList'])
  expect(await allowed('insider', 'responsibilityList', list)).toEqual(['withdrawResponsibilityList'])
  for (const command of ['approveResponsibilityList', 'returnResponsibilityList']) {
    expect(await refused('insider', command, { id: list, opinion: '意见' })).toEqual(NOT_YOU)
    expect((await refused('editor', command, { id: list }))[0]).toBe('FORBIDDEN')
  }
  expect(await refused('approver', 'approveResponsibilityList', { id: list, contentHash: '0'.repeat(64) })).toEqual(['CONFLICT', 'content-seen'])
  expect((await refused('approver', 'approveResponsibilityList', { id: list, contentHash: 'not a hash' }))[0]).toBe('BAD_INPUT')

  const { contentHash } = await chainOf('approver', list)
  await done('approver', 'returnResponsibilityList', { id: list, contentHash, opinion: '请补充' })
  expect(await standing('approver', list)).toEqual(['RETURNED NOT_OPEN'])
  await done('editor', 'submitResponsibilityList', { id: list, contentHash })
  expect((await chainOf('approver', list)).steps[0]).toMatchObject({ state: 'PENDING', decision: { decision: 'RETURNED', opinion: '请补充' } })
  await done('approver', 'approveResponsibilityList', { id: list, contentHash })
  expect(await chainOf('editor', list)).toMatchObject({ isComplete: true, contentHash, steps: [{ state: 'APPROVED', contentChanged: false, decision: { actor: d.people.approver.actor.ref, contentHash, opinion: null } }] })

  await done('editor', 'addDutyItem', item(list, 'LATER'))
  const voided = await chainOf('editor', list)
  expect(voided).toMatchObject({ isComplete: false, steps: [{ state: 'VOIDED', contentChanged: true, decision: { actor: d.people.editor.actor.ref, contentHash, opinion: expect.stringContaining('addDutyItem') } }] })
  expect(voided.contentHash).not.toBe(contentHash)
  const { data } = await ask('editor', 'query($id: ID!) { responsibilityList(id: $id) { state approvals { nodes { seq step decision } } } }', { id: list })
  expect(data.responsibilityList).toEqual({ state: 'DRAFT', approvals: { nodes: [
    { seq: 1, step: 'LIST_APPROVAL', decision: 'RETURNED' }, { seq: 2, step: 'LIST_APPROVAL', decision: 'APPROVED' }, { seq: 3, step: 'LIST_APPROVAL', decision: 'VOIDED' }] } })
})

test('what is approved is what was seen, also where the content lives in the registers', async () => {
  const year = o.nextYear()
  const power = await o.power()
  const list = await o.filled('POWER_RISK_CONTROL', year, [power])
  await done('editor', 'submitResponsibilityList', { id: list })
  const seen = (await chainOf('approver', list)).contentHash
  const point = globalId('rp', (await api.database.owner.query('SELECT id FROM risk_point WHERE power_id = $1', [power.slice(-36)])).rows[0].id)
  await done('editor', 'rateRiskPoint', { id: point, kind: 'INHERENT', likelihood: 1, impact: 1 })
  expect(await refused('approver', 'approveResponsibilityList', { id: list, contentHash: seen })).toEqual(['CONFLICT', 'content-seen'])
  await done('approver', 'approveResponsibilityList', { id: list, contentHash: (await chainOf('approver', list)).contentHash })
  // A rating after the approval is an edit of the list, too.
  await done('editor', 'rateRiskPoint', { id: point, kind: 'INHERENT', likelihood: 5, impact: 5 })
  expect(await chainOf('approver', list)).toMatchObject({ isComplete: false, steps: [{ state: 'APPROVED', contentChanged: true }] })

  // Whoever rated what stands on a list does not approve the list.
  await done('editor', 'reopenResponsibilityList', { id: list })
  await done('insider', 'rateRiskPoint', { id: point, kind: 'INHERENT', likelihood: 2, impact: 2 })
  await done('editor', 'submitResponsibilityList', { id: list })
  expect(await standing('insider', list)).toEqual(['PENDING changed FOUR_EYES'])
  expect(await refused('insider', 'approveResponsibilityList', { id: list })).toEqual(NOT_YOU)
  await done('approver', 'approveResponsibilityList', { id: list })
})

test.each(['editRiskPoint', 'editControl', 'planRiskTreatment'])('who gave %s on anything that stands on a list does not approve the list, whoever edits after them', async command => {
  const power = await o.power()
  const list = await o.filled('POWER_RISK_CONTROL', o.nextYear(), [power])
  const { rows: [entered] } = await api.database.owner.query(`
    SELECT r.id AS point, r.row_version AS point_version, c.id AS control, c.row_version AS control_version
    FROM risk_point r JOIN control_risk_point l ON l.risk_point_id = r.id JOIN control c ON c.id = l.control_id WHERE r.power_id = $1`, [power.slice(-36)])
  const [id, version] = command === 'editControl' ? [globalId('ctl', entered.control), entered.control_version] : [globalId('rp', entered.point), entered.point_version]
  await done('insider', command, { id, ...(command === 'planRiskTreatment' ? { responsePlan: 'REDUCE' } : { description: '量身定制参数', rowVersion: version }) })
  await done('editor', command === 'editControl' ? command : 'editRiskPoint', { id, description: '量身定制技术参数', rowVersion: version + 1 })
  await done('editor', 'submitResponsibilityList', { id: list })
  expect(await standing('insider', list)).toEqual(['PENDING FOUR_EYES'])
  for (const decision of ['approveResponsibilityList', 'returnResponsibilityList']) expect(await refused('insider', decision, { id: list, opinion: '意见' })).toEqual(NOT_YOU)
  await done('approver', 'approveResponsibilityList', { id: list })
})

test('the joint publication is a chain of two sides in any order; a revision goes through it again', async () => {
  const y = await o.readyYear()
  expect(await chainOf('approver', y.cycle)).toMatchObject({
    inOrder: false, isComplete: false, contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    steps: [
      { step: 'UNIT_CONFIRMATION', roles: ['UNIT_APPROVER'], at: ['SUBJECT_UNIT'], apartFrom: ['COMMISSION_CONFIRMATION'], commands: ['confirmJointPublication'], state: 'PENDING' },
      { step: 'COMMISSION_CONFIRMATION', roles: ['COMMISSION_APPROVER'], at: ['SUBJECT_UNIT', 'OWNER_UNIT'], apartFrom: ['UNIT_CONFIRMATION'], state: 'PENDING' },
    ],
  })
  expect([await standing('approver', y.cycle), await standing('groupLeader', y.cycle), await standing('insider', y.cycle)])
    .toEqual([['PENDING mine', 'PENDING ROLE'], ['PENDING ROLE', 'PENDING mine'], ['PENDING mine', 'PENDING mine']])
  const { contentHash } = await chainOf('insider', y.cycle)
  expect(await refused('insider', 'confirmJointPublication', { id: y.cycle, as: 'UNIT', contentHash: '0'.repeat(64) })).toEqual(['CONFLICT', 'content-seen'])
  await done('insider', 'confirmJointPublication', { id: y.cycle, as: 'UNIT', contentHash })
  expect(await standing('insider', y.cycle)).toEqual(['APPROVED ALREADY_APPROVED', 'PENDING FOUR_EYES'])
  expect([await allowed('insider', 'accountabilityCycle', y.cycle), await allowed('groupLeader', 'accountabilityCycle', y.cycle)]).toEqual([[], ['confirmJointPublication']])
  expect(await refused('insider', 'confirmJointPublication', { id: y.cycle, as: 'COMMISSION' })).toEqual(NOT_YOU)

  // An edit of one list voids what was confirmed; without an approved list there is nothing to confirm.
  await done('editor', 'addDutyItem', item(y.main, 'LATE'))
  expect(await chainOf('approver', y.cycle)).toMatchObject({ contentHash: null, steps: [{ state: 'VOIDED', viewerHindrance: 'NOT_OPEN' }, { state: 'NOT_YET' }] })
  await o.approve('MAIN_RESPONSIBILITY', y.main)
  await o.publish(y.cycle)
  expect(await chainOf('approver', y.cycle)).toMatchObject({ isComplete: true, steps: [{ state: 'APPROVED', contentChanged: false }, { state: 'APPROVED', contentChanged: false }] })

  const revision = globalId('list', await o.lists.revise(d.people.editor, { id: y.main }))
  expect(await standing('approver', y.cycle)).toEqual(['APPROVED ALREADY_APPROVED', 'APPROVED ROLE'])
  await o.approve('MAIN_RESPONSIBILITY', revision)
  expect(await standing('approver', y.cycle)).toEqual(['PENDING changed mine', 'PENDING changed ROLE'])
  await done('insider', 'confirmJointPublication', { id: y.cycle, as: 'COMMISSION' })
  expect(await refused('insider', 'confirmJointPublication', { id: y.cycle, as: 'UNIT' })).toEqual(NOT_YOU)
  await done('approver', 'confirmJointPublication', { id: y.cycle, as: 'UNIT' })
  expect(await o.state('responsibility_list', revision)).toBe('PUBLISHED')
})

test('whoever made a power, drew a flow, wrote or rated a risk or worked on a duty does not decide on it, whatever roles they hold', async () => {
  const { insider, editor, groupOfficer } = d.people
  const { powers, flows, points, progress } = o
  const power = globalId('pw', await powers.propose(editor, { unitId: d.bureau.ref, code: o.unique('power'), nameZh: '药械采购', category: 'PROCUREMENT', significance: 'GENERAL', legalBasis: [], positionIds: [] }))
  await powers.edit(insider, { id: power, rowVersion: 1, nameZh: '药品采购' })
  // An edit by somebody else afterwards does not wash theirs off.
  await powers.edit(editor, { id: power, rowVersion: 2, nameEn: 'Drugs' })
  expect(await allowed('insider', 'power', power)).toEqual(['editPower'])
  expect(await allowed('approver', 'power', power)).toEqual(['confirmPower'])
  expect(await refused('insider', 'confirmPower', { id: power })).toEqual(NOT_YOU)
  await done('approver', 'confirmPower', { id: power })

  const steps = [{ nameZh: '申请', kind: 'APPLY' as const, collectiveDecision: false }]
  const flow = globalId('flow', await flows.draft(editor, { powerId: power, steps }))
  await flows.edit(insider, { id: flow, rowVersion: 1, steps })
  await flows.edit(editor, { id: flow, rowVersion: 2, steps })
  expect(await allowed('insider', 'operatingFlow', flow)).toEqual(['editOperatingFlow'])
  expect(await refused('insider', 'reviewOperatingFlow', { id: flow })).toEqual(NOT_YOU)
  await done('approver', 'reviewOperatingFlow', { id: flow })

  const point = await o.point(power)
  await points.rate(insider, { id: point, kind: 'INHERENT', likelihood: 5, impact: 5 })
  const accept = { id: point, responsePlan: 'ACCEPT', acceptedUntil: '2030-12-31' }
  expect(await refused('insider', 'planRiskTreatment', accept)).toEqual(NOT_YOU)
  await done('approver', 'planRiskTreatment', accept)

  const worded = await o.point(power)
  await points.rate(editor, { id: worded, kind: 'INHERENT', likelihood: 5, impact: 5 })
  const { rows: [{ row_version: rowVersion }] } = await api.database.owner.query('SELECT row_version FROM risk_point WHERE id = $1', [worded.slice(-36)])
  await points.edit(insider, { id: worded, rowVersion, description: '围标串标' })
  expect(await refused('insider', 'planRiskTreatment', { ...accept, id: worded })).toEqual(NOT_YOU)
  await done('approver', 'planRiskTreatment', { ...accept, id: worded })

  const y = await o.publishedYear()
  const [committee, secretarys] = (await o.itemsOf(y.main)).map(i => globalId('duty', i['id'] as string)) as [string, string]
  await progress.start(insider, { id: committee })
  await o.prove(insider, committee)
  await progress.claimDone(d.people.member, { id: committee })
  expect(await allowed('insider', 'dutyItem', committee)).toEqual([])
  for (const command of ['verifyDutyItem', 'returnDutyItem', 'waiveDutyItem']) expect([command, await refused('insider', command, { id: committee, opinion: '意见' })]).toEqual([command, NOT_YOU])
  await progress.return(groupOfficer, { id: committee, opinion: '佐证不足' })
  await progress.start(d.people.member, { id: committee })
  await progress.claimDone(d.people.member, { id: committee })
  expect(await refused('insider', 'verifyDutyItem', { id: committee })).toEqual(NOT_YOU)
  await done('groupOfficer', 'verifyDutyItem', { id: committee })

  // The secretary, made a commission's approver by another grant, does not let go of the secretary's own duty, which nobody has begun.
  const { rows: [{ id: grant }] } = await api.database.owner.query(`
    INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by)
    SELECT gen_random_uuid(), p.id, 'COMMISSION_APPROVER', $1, 'TERRITORIAL', '2020-01-01', 'system:test', 'system:test' FROM person p WHERE p.staff_no = 'secretary' RETURNING id`, [d.bureau.id])
  expect(await refused('secretary', 'waiveDutyItem', { id: secretarys, opinion: '不再要求' })).toEqual(NOT_YOU)
  await api.database.owner.query('UPDATE role_grant SET revoked_at = now() WHERE id = $1', [grant])
})

test('a neighbour sees neither chain nor approvals; the chain of many lists takes as few statements as that of one, and none is spent on those who do not ask', async () => {
  const y = await o.readyYear()
  for (const id of [y.main, y.cycle]) expect(await chainOf('stranger', id)).toBeNull()
  const counted = async (query: string): Promise<[number, Answer]> => {
    const { statements, result } = await watchStatements(api.database.db.reads, () => ask('approver', query))
    // Who asks is read on every request here.
    return [statements.filter(({ text }) => !text.includes('role_grant')).length, result]
  }
  // Three of a year, one of each kind.
  const z = await o.readyYear()
  const lists = (years: readonly number[], fields: string) => `{ responsibilityLists(filter: { state: { eq: APPROVED }, year: { in: [${years.join()}] } }) { nodes { id ${fields} } } }`
  const [few] = await counted(lists([y.year], CHAIN))
  const [many, { data, errors }] = await counted(lists([y.year, z.year], CHAIN))
  expect([errors, data.responsibilityLists.nodes.length]).toEqual([[], 6])
  expect(data.responsibilityLists.nodes.every((n: { approvalChain: Chain }) => n.approvalChain.isComplete)).toBe(true)
  expect(many).toBe(few)
  expect(many).toBeLessThanOrEqual(12)
  expect((await counted(lists([y.year, z.year], 'state allowedCommands')))[0]).toBe(1)
  const [cycles] = await counted(`{ accountabilityCycles(first: 2) { nodes { ${CHAIN} } } }`)
  expect(cycles).toBeLessThanOrEqual(6)
})

test('the roles are told with what they never do and which commands they open', async () => {
  const { data, errors } = await ask('editor', '{ roles(only: [AUDITOR, UNIT_APPROVER, REPORTING_CLIENT]) { role labelZh mayZh mayEn never { textZh textEn kind } commands } vocabulary(names: ["ApprovalStep"], locale: ZH_CN) { values { value label } } }')
  expect(errors).toEqual([])
  expect(data.roles).toEqual([
    expect.objectContaining({ role: 'UNIT_APPROVER', labelZh: '单位审批人', never: [{ textZh: '审批自己提交的内容', textEn: 'approves own submission', kind: 'OWN_WORK' }], commands: expect.arrayContaining(['approveResponsibilityList', 'confirmPower']) }),
    expect.objectContaining({ role: 'REPORTING_CLIENT', never: [expect.objectContaining({ kind: 'ROWS' }), expect.objectContaining({ kind: 'COMMANDS' })], commands: [] }),
    expect.objectContaining({ role: 'AUDITOR', never: [{ textZh: '修改任何内容', textEn: 'changes anything', kind: 'COMMANDS' }], commands: [] }),
  ])
  expect(data.vocabulary).toEqual([{ values: expect.arrayContaining([
    { value: 'LIST_APPROVAL', label: '清单审批' }, { value: 'UNIT_CONFIRMATION', label: '单位确认同亮' }, { value: 'COMMISSION_CONFIRMATION', label: '纪委（组）确认同亮' }]) }])
  const { data: all } = await ask('editor', '{ roles { role commands } }')
  expect(all.roles).toHaveLength(25)
  expect((await api.ask(null, '{ roles { role } }')).errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
})
