import { systemActor } from '../../src/core/actor'
import { cangxiResults } from '../../src/demo/cangxi-results'
import { city, type City } from '../support/remedies'

const EDITOR = 'wangcang-health-editor'
const SECRETARY = 'wangcang-health-approver'
const MEMBER = 'wangcang-health-duty-owner'
const GROUP = 'wangcang-health-group-supervisor'
const LEADER = 'wangcang-health-group-leader'
const COUNTY = 'wangcang-commission-supervisor'
const NEIGHBOUR = 'cangxi-health-group-supervisor'
const LATER = '2099-06-30'
const STILL_LATER = '2099-07-31'
const TASK = 'rectificationTask { id state rowVersion returns extensions dueOn allowedCommands submittedOn verifiedBy closedOn }'

let c: City
let member: string
let secretary: string
beforeAll(async () => {
  c = await city()
  member = await c.appointment('S096')
  secretary = await c.appointment('S095')
})
afterAll(() => c.close())

const opened = async (responsibleAppointmentId = member, dueOn = LATER): Promise<string> =>
  (await c.done(GROUP, 'openRectificationTask', { responsibleAppointmentId, problem: '采购验收未按规定双人复核', dueOn, sourceNote: '日常监督发现' })).id as string
const act = (who: string, command: string, id: string, more: object = {}) => c.done(who, command, { id, ...more }, TASK)
const no = (who: string, command: string, id: string, more: object = {}) => c.refused(who, command, { id, ...more })
/** A task as far as this state, by the member who answers for it. */
async function taskIn(state: 'PLANNED' | 'IN_PROGRESS' | 'SUBMITTED' | 'VERIFIED' | 'CLOSED'): Promise<string> {
  const id = await opened()
  const steps: [string, () => Promise<unknown>][] = [
    ['PLANNED', () => act(MEMBER, 'planRectification', id, { measures: '完善验收制度' })],
    ['IN_PROGRESS', () => act(MEMBER, 'startRectification', id)],
    ['SUBMITTED', async () => { await c.prove(MEMBER, id); await act(MEMBER, 'submitRectification', id) }],
    ['VERIFIED', () => act(GROUP, 'verifyRectification', id)],
    ['CLOSED', () => act(COUNTY, 'closeRectificationTask', id)],
  ]
  for (const [reached, step] of steps) {
    await step()
    if (reached === state) break
  }
  return id
}

describe('rectification (SM-13)', () => {
  test('a problem is mended, found so by others with evidence, closed, comes back and goes on in a new task', async () => {
    const id = await opened()
    expect((await act(GROUP, 'editRectificationTask', id, { rowVersion: 1, problem: '采购验收无双人复核', dueOn: STILL_LATER }))).toMatchObject({ state: 'OPEN', dueOn: STILL_LATER, rowVersion: 2 })
    expect((await no(GROUP, 'editRectificationTask', id, { rowVersion: 1, problem: '别的' })).code).toBe('CONFLICT')
    expect((await act(EDITOR, 'planRectification', id, { measures: '完善验收制度' })).state).toBe('PLANNED')
    expect((await act(MEMBER, 'planRectification', id, { measures: '完善验收制度并培训' })).state).toBe('PLANNED')
    expect((await act(MEMBER, 'startRectification', id)).state).toBe('IN_PROGRESS')
    expect(await no(MEMBER, 'submitRectification', id)).toMatchObject({ code: 'PRECONDITION_FAILED', violations: [{ path: 'evidence', rule: 'INV-28' }] })
    await c.prove(MEMBER, id)
    expect((await act(MEMBER, 'submitRectification', id)).submittedOn).not.toBeNull()
    expect((await act(MEMBER, 'recallRectification', id))).toMatchObject({ state: 'IN_PROGRESS', submittedOn: null })
    await act(MEMBER, 'submitRectification', id)
    expect((await act(GROUP, 'returnRectification', id, { opinion: '佐证不足' }))).toMatchObject({ state: 'RETURNED', returns: 1, submittedOn: null })
    await act(MEMBER, 'startRectification', id)
    await act(MEMBER, 'submitRectification', id)
    await act(GROUP, 'verifyRectification', id)
    expect((await act(COUNTY, 'returnRectification', id, { opinion: '现场复核不符' }))).toMatchObject({ state: 'RETURNED', returns: 2, verifiedBy: null })
    const slow = await c.read(GROUP, 'query($id: ID!) { rectificationTask(id: $id) { isLongUnresolved isOverdue source { id } sourceKind sourceNote transitions { nodes { command opinion } } } }', { id })
    expect(slow.rectificationTask).toMatchObject({ isLongUnresolved: true, isOverdue: false, source: null, sourceKind: 'OTHER', sourceNote: '日常监督发现' })
    await act(MEMBER, 'planRectification', id, { measures: '更换验收人员' })
    await act(MEMBER, 'startRectification', id)
    await act(MEMBER, 'submitRectification', id)
    await act(GROUP, 'verifyRectification', id)
    expect((await act(GROUP, 'closeRectificationTask', id))).toMatchObject({ state: 'CLOSED', allowedCommands: ['reportRectificationRecurrence'] })
    const again = await act(GROUP, 'reportRectificationRecurrence', id, { opinion: '抽查再次发现', dueOn: LATER, responsibleAppointmentId: secretary })
    expect(again).toMatchObject({ state: 'OPEN', returns: 0 })
    const { rectificationTask: before } = await c.read(GROUP, 'query($id: ID!) { rectificationTask(id: $id) { state isLongUnresolved problem recurrence { id recurrenceOf { id } problem responsibleAppointment { role } } evidence { totalCount } } }', { id })
    expect(before).toEqual({
      state: 'RECURRED', isLongUnresolved: false, problem: '采购验收无双人复核', evidence: { totalCount: 1 },
      recurrence: { id: again.id, recurrenceOf: { id }, problem: '采购验收无双人复核', responsibleAppointment: { role: 'PARTY_GROUP_SECRETARY' } },
    })
  })

  test('roles, the responsible person, opinions and states decide who does what', async () => {
    const id = await opened()
    expect((await c.refused(EDITOR, 'openRectificationTask', { responsibleAppointmentId: member, problem: '问题', dueOn: LATER })).code).toBe('FORBIDDEN')
    expect((await c.refused(GROUP, 'openRectificationTask', { responsibleAppointmentId: member, problem: '问题', dueOn: '2020-01-01' })).violations).toMatchObject([{ path: 'dueOn', rule: 'future' }])
    expect((await no(EDITOR, 'editRectificationTask', id, { rowVersion: 1 })).code).toBe('FORBIDDEN')
    expect((await no(GROUP, 'planRectification', id, { measures: '措施' })).code).toBe('FORBIDDEN')
    expect(await no(MEMBER, 'startRectification', id)).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: ['planRectification'] })
    await act(EDITOR, 'planRectification', id, { measures: '措施' })
    expect((await no(SECRETARY, 'startRectification', id)).violations).toMatchObject([{ rule: 'responsible' }])
    await act(MEMBER, 'startRectification', id)
    await c.prove(MEMBER, id)
    expect((await no(SECRETARY, 'submitRectification', id)).code).toBe('FORBIDDEN')
    await act(MEMBER, 'submitRectification', id)
    expect((await no(SECRETARY, 'recallRectification', id)).code).toBe('FORBIDDEN')
    expect((await no(MEMBER, 'verifyRectification', id)).code).toBe('FORBIDDEN')
    expect((await no(GROUP, 'returnRectification', id)).violations).toMatchObject([{ path: 'opinion', rule: 'required' }])
    expect(await no(GROUP, 'closeRectificationTask', id)).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: ['returnRectification', 'verifyRectification'] })
    expect((await no(GROUP, 'reportRectificationRecurrence', id, { opinion: '反弹', dueOn: LATER })).code).toBe('PRECONDITION_FAILED')
    expect((await no(LEADER, 'cancelRectificationTask', id, { opinion: '取消' })).code).toBe('PRECONDITION_FAILED')
    expect((await no(GROUP, 'cancelRectificationTask', id, { opinion: '取消' })).code).toBe('FORBIDDEN')
  })

  test('a task goes to another post of the same unit only, and ends without being mended only for a reason', async () => {
    for (const state of ['OPEN', 'PLANNED', 'IN_PROGRESS'] as const) {
      const id = state === 'OPEN' ? await opened() : await taskIn(state)
      expect((await no(SECRETARY, 'reassignRectificationTask', id, { opinion: '分工调整', responsibleAppointmentId: await c.appointment('S146') })).violations).toMatchObject([{ path: 'responsibleAppointmentId', rule: 'responsible' }])
      expect((await no(EDITOR, 'reassignRectificationTask', id, { opinion: '分工调整', responsibleAppointmentId: secretary })).code).toBe('FORBIDDEN')
      expect((await act(SECRETARY, 'reassignRectificationTask', id, { opinion: '分工调整', responsibleAppointmentId: secretary })).state).toBe(state)
      expect((await no(LEADER, 'cancelRectificationTask', id)).code).toBe('BAD_INPUT')
      expect((await act(LEADER, 'cancelRectificationTask', id, { opinion: '对象已不存在' })).state).toBe('CANCELLED')
    }
  })

  test('INV-28: nobody verifies or closes what they answer for or worked on', async () => {
    const id = await taskIn('IN_PROGRESS')
    await c.s.database.owner.query(`UPDATE rectification_task SET state = 'SUBMITTED' WHERE id = $1`, [id.slice(-36)])
    expect(await no(GROUP, 'verifyRectification', id)).toMatchObject({ code: 'PRECONDITION_FAILED', violations: [{ path: 'evidence', rule: 'INV-28' }] })
    await c.prove(MEMBER, id)
    const [{ person_id }] = (await c.s.database.owner.query(`SELECT id AS person_id FROM person WHERE staff_no = 'S091'`)).rows
    const { rows: [{ id: other }] } = await c.s.database.owner.query(
      `INSERT INTO appointment (id, unit_id, person_id, position_id, role, valid_from, created_by, updated_by)
       SELECT gen_random_uuid(), unit_id, $1, position_id, 'STAFF', '2020-01-01', 'system:test', 'system:test' FROM appointment WHERE id = $2 RETURNING id`, [person_id, member.slice(-36)])
    await c.s.database.owner.query('UPDATE rectification_task SET responsible_appointment_id = $2 WHERE id = $1', [id.slice(-36), other])
    expect(await no(GROUP, 'verifyRectification', id)).toMatchObject({ code: 'FORBIDDEN', violations: [{ rule: 'INV-28' }] })
    expect((await act(COUNTY, 'verifyRectification', id)).state).toBe('VERIFIED')
    expect(await no(GROUP, 'closeRectificationTask', id)).toMatchObject({ code: 'FORBIDDEN', violations: [{ rule: 'INV-28' }] })
    expect((await act(LEADER, 'closeRectificationTask', id)).state).toBe('CLOSED')
  })

  test('more time is asked for and granted by others, so often as configured, and never for a pledge (INV-29)', async () => {
    const EXT = 'rectificationExtension { id state rowVersion allowedCommands task { dueOn extensions } }'
    const id = await opened()
    const ask = (dueOn: string) => c.done(SECRETARY, 'requestRectificationExtension', { taskId: id, dueOn, reason: '需重新招标' }, EXT)
    expect((await c.refused(GROUP, 'requestRectificationExtension', { taskId: id, dueOn: STILL_LATER, reason: '理由' })).code).toBe('FORBIDDEN')
    expect((await c.refused(SECRETARY, 'requestRectificationExtension', { taskId: id, dueOn: LATER, reason: '理由' })).violations).toMatchObject([{ path: 'dueOn', rule: 'later' }])
    const first = await ask(STILL_LATER)
    expect(first).toMatchObject({ state: 'REQUESTED', task: { dueOn: LATER } })
    expect((await c.refused(MEMBER, 'requestRectificationExtension', { taskId: id, dueOn: STILL_LATER, reason: '理由' })).violations).toMatchObject([{ rule: 'oneRequest' }])
    expect((await c.refused(SECRETARY, 'approveRectificationExtension', { id: first.id })).code).toBe('FORBIDDEN')
    expect(await c.done(LEADER, 'approveRectificationExtension', { id: first.id }, EXT)).toMatchObject({ state: 'APPROVED', allowedCommands: [], task: { dueOn: STILL_LATER, extensions: 1 } })
    expect(await c.refused(LEADER, 'refuseRectificationExtension', { id: first.id, opinion: '不同意' })).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: [] })
    const second = await ask('2099-08-31')
    expect((await c.refused(GROUP, 'refuseRectificationExtension', { id: second.id })).code).toBe('BAD_INPUT')
    expect((await c.refused(EDITOR, 'withdrawRectificationExtension', { id: second.id })).code).toBe('FORBIDDEN')
    expect((await c.done(GROUP, 'refuseRectificationExtension', { id: second.id, opinion: '应抓紧整改' }, EXT)).task).toEqual({ dueOn: STILL_LATER, extensions: 1 })
    const third = await ask('2099-08-31')
    expect((await c.done(MEMBER, 'withdrawRectificationExtension', { id: third.id }, EXT)).state).toBe('WITHDRAWN')
    await c.done(GROUP, 'approveRectificationExtension', { id: (await ask('2099-08-31')).id }, EXT)
    expect((await c.refused(SECRETARY, 'requestRectificationExtension', { taskId: id, dueOn: '2099-09-30', reason: '理由' })).violations).toMatchObject([{ rule: 'mostExtensions' }])
    const done = await taskIn('SUBMITTED')
    expect((await c.refused(SECRETARY, 'requestRectificationExtension', { taskId: done, dueOn: STILL_LATER, reason: '理由' })).violations).toMatchObject([{ rule: 'SM-13' }])

    const pledged = await opened()
    await c.s.database.owner.query(`UPDATE rectification_task SET source_kind = 'PLEDGE', source_told = 'PLEDGE', source_note = NULL, source_id = gen_random_uuid() WHERE id = $1`, [pledged.slice(-36)])
    expect((await c.refused(SECRETARY, 'requestRectificationExtension', { taskId: pledged, dueOn: STILL_LATER, reason: '理由' })).violations).toMatchObject([{ rule: 'INV-29' }])
    expect((await no(GROUP, 'editRectificationTask', pledged, { rowVersion: 1, dueOn: STILL_LATER })).violations).toMatchObject([{ path: 'dueOn', rule: 'INV-29' }])
    expect((await no(LEADER, 'cancelRectificationTask', pledged, { opinion: '取消' })).violations).toMatchObject([{ rule: 'INV-29' }])
    expect((await act(GROUP, 'editRectificationTask', pledged, { rowVersion: 1, problem: '承诺事项' })).dueOn).toBe(LATER)
  })

  test('a repetition with the same key opens one task, with other input it is refused', async () => {
    const input = { responsibleAppointmentId: member, problem: '重复提交', dueOn: LATER, idempotencyKey: 'task-once-1' }
    const [one, two] = [await c.done(GROUP, 'openRectificationTask', input), await c.done(GROUP, 'openRectificationTask', input)]
    expect(two).toEqual(one)
    expect((await c.refused(GROUP, 'openRectificationTask', { ...input, problem: '别的' })).code).toBe('CONFLICT')
    const { rectificationTasks } = await c.read(GROUP, '{ rectificationTasks(filter: { problem: { eq: "重复提交" } }) { totalCount } }')
    expect(rectificationTasks.totalCount).toBe(1)
  })

  test('the neighbouring county sees nothing of a task and gives no command on it', async () => {
    const id = await opened()
    const seen = await c.read(NEIGHBOUR, 'query($id: ID!, $unit: ID!) { rectificationTask(id: $id) { id } node(id: $id) { id } rectificationTasks(filter: { unit: { within: $unit } }) { totalCount } }', { id, unit: await c.unit('510821') })
    expect(seen).toEqual({ rectificationTask: null, node: null, rectificationTasks: { totalCount: 0 } })
    for (const [command, more] of [['verifyRectification', {}], ['editRectificationTask', { rowVersion: 1 }], ['returnRectification', { opinion: '退回' }]] as const) expect((await no(NEIGHBOUR, command, id, more)).code).toBe('NOT_FOUND')
    expect((await c.refused(NEIGHBOUR, 'openRectificationTask', { responsibleAppointmentId: member, problem: '问题', dueOn: LATER })).code).toBe('NOT_FOUND')
  })

  test('a control test that makes a control DEFICIENT opens one task for the holder of the post that owns it', async () => {
    const { controlId, position } = await control('DEPUTY-MEDICAL')
    const failing = { id: controlId, period: '2026-Q3', kind: 'OPERATING', result: 'INEFFECTIVE' }
    await c.done(GROUP, 'recordControlTest', failing)
    const TASKS = `query($id: ID!) { control(id: $id) { state code tests { nodes { id rectificationTasks { nodes { id state sourceKind source { __typename id } dueOn createdBy problem responsibleAppointment { position { id } } } } } } } }`
    const found = async () => (await c.read(GROUP, TASKS, { id: controlId })).control as { state: string; code: string; tests: { nodes: { id: string; rectificationTasks: { nodes: { id: string; problem: string }[] } }[] } }
    const first = await c.eventually(async () => { const found_ = await found(); return found_.tests.nodes[0]!.rectificationTasks.nodes.length ? found_ : null })
    const test = first.tests.nodes[0]!
    expect([first.state, test.rectificationTasks.nodes]).toEqual(['DEFICIENT', [{
      id: expect.any(String), state: 'OPEN', sourceKind: 'CONTROL_TEST', source: { __typename: 'ControlTest', id: test.id }, dueOn: expect.any(String), createdBy: 'system:rectification',
      problem: expect.stringContaining(first.code), responsibleAppointment: { position: { id: position } },
    }]])

    // It fails again while it is being mended; a control whose post nobody holds fails after it. Events of other subjects tell that the first was handled.
    await c.done(GROUP, 'recordControlTest', failing)
    const { controlId: orphan } = await control(null)
    await c.done(GROUP, 'recordControlTest', { ...failing, id: orphan })
    const nobody = await c.eventually(async () => (await c.s.db.rows<{ id: string; responsible_appointment_id: string | null }>(
      `SELECT r.id, r.responsible_appointment_id FROM rectification_task r JOIN control_test t ON t.id = r.source_id WHERE t.control_id = $1`, [orphan.slice(-36)]))[0] ?? null)
    expect(nobody.responsible_appointment_id).toBeNull()
    await c.eventually(async () => ((await c.s.db.rows(`SELECT FROM event_handled h JOIN outbox_event e ON e.id = h.event_id WHERE e.subject_id = $1`, [controlId.slice(-36)])).length === 2 ? true : null))
    expect((await found()).tests.nodes.map(t => t.rectificationTasks.nodes.length)).toEqual([1, 0])
    const id = `rect_${nobody.id}`
    await act(EDITOR, 'planRectification', id, { measures: '先定措施' })
    expect((await no(MEMBER, 'startRectification', id)).violations).toMatchObject([{ rule: 'responsible' }])
    await act(SECRETARY, 'reassignRectificationTask', id, { opinion: '指定责任人', responsibleAppointmentId: member })
    expect((await act(MEMBER, 'startRectification', id)).state).toBe('IN_PROGRESS')
  })
})

let controls = 0
/** A control at work, owned by this post of the bureau, or by a post that nobody holds. */
async function control(post: string | null): Promise<{ controlId: string; position: string }> {
  const n = ++controls
  const unitId = await c.unit('510821-HEALTH')
  if (post === null) await c.done('platform-admin', 'createPosition', { unitId, code: `EMPTY-${n}`, nameZh: '空缺岗位', powerBearing: true })
  const { units: { nodes: [{ positions }] } } = await c.read(EDITOR, 'query($code: String!) { units(filter: { code: { eq: "510821-HEALTH" } }) { nodes { positions(filter: { code: { eq: $code } }) { nodes { id } } } } }', { code: post ?? `EMPTY-${n}` })
  const position = positions.nodes[0].id as string
  const power = await c.done(EDITOR, 'proposePower', { unitId, code: `REM-${n}`, nameZh: '药械采购', category: 'PROCUREMENT', significance: 'MAJOR', legalBasis: [], positionIds: [position] })
  const point = await c.done(EDITOR, 'identifyRiskPoint', {
    powerId: power.id, code: `R-${n}`, description: '量身定制', category: 'PROCESS', ownerPositionId: position,
    controls: [{ code: `REM-${n}`, description: '双人复核', nature: 'PREVENTIVE', mode: 'MANUAL', frequency: 'MONTHLY', ownerPositionId: position }],
  }, 'riskPoint { controls { nodes { id } } }')
  const controlId = point.controls.nodes[0].id as string
  await c.done(EDITOR, 'implementControl', { id: controlId })
  await c.done(EDITOR, 'operateControl', { id: controlId })
  return { controlId, position }
}

describe('recommendation letters (SM-12)', () => {
  const LETTER = 'recommendationLetter { id state rowVersion no allowedCommands replyDueOn issuedOn contentHash closedOn items { nodes { id seq state } } }'
  const REC = 'recommendationItem { id state seq rowVersion allowedCommands measure declinedReason rectificationTasks { nodes { id problem dueOn sourceKind source { id } } } }'
  const SUPERIOR = 'wangcang-reader'
  let letters = 0
  beforeAll(async () => {
    const [{ id }] = await c.s.db.rows<{ id: string }>(`SELECT id FROM person WHERE staff_no = 'S079'`) as [{ id: string }]
    await c.done('platform-admin', 'grantRole', { personId: `person_${id}`, unitId: await c.unit('510821'), role: 'UNIT_APPROVER', validFrom: '2020-01-01' })
  })
  const letter = (who: string, command: string, id: string, more: object = {}) => c.done(who, command, { id, ...more }, LETTER)
  const item = (who: string, command: string, id: string, more: object = {}) => c.done(who, command, { id, ...more }, REC)
  async function drafted(items = 2): Promise<string> {
    const { id } = await c.done(GROUP, 'draftRecommendationLetter', {
      issuerUnitId: await c.unit('510821-DG-HEALTH'), addresseeUnitId: await c.unit('510821-HEALTH'), title: `关于规范采购的建议${++letters}`, basis: '监督检查发现采购验收不规范', replyWithin: 10,
    })
    for (let n = 1; n <= items; n++) await c.done(GROUP, 'addRecommendationItem', { letterId: id, content: `建议${n}` })
    return id as string
  }
  async function acknowledged(items = 2): Promise<{ id: string; items: string[] }> {
    const id = await drafted(items)
    await letter(GROUP, 'submitRecommendationLetter', id)
    await letter(LEADER, 'signRecommendationLetter', id)
    await letter(GROUP, 'issueRecommendationLetter', id)
    const seen = await letter(EDITOR, 'acknowledgeRecommendationLetter', id)
    return { id, items: seen.items.nodes.map((i: { id: string }) => i.id) }
  }

  test('a letter is drawn up, signed for one content, sent, answered item by item, carried out, verified and closed', async () => {
    const id = await drafted(2)
    const unseen = 'query($id: ID!) { recommendationLetter(id: $id) { id } unit(id: $unit) { receivedLetters(filter: { state: { eq: DRAFT } }) { totalCount } } }'.replace('$id: ID!', '$id: ID!, $unit: ID!')
    expect(await c.read(EDITOR, unseen, { id, unit: await c.unit('510821-HEALTH') })).toEqual({ recommendationLetter: null, unit: { receivedLetters: { totalCount: 0 } } })
    const [first] = (await letter(GROUP, 'editRecommendationLetter', id, { rowVersion: 1, basis: '监督检查发现验收无复核' })).items.nodes
    expect((await c.refused(GROUP, 'editRecommendationLetter', { id, rowVersion: 1, title: '别的' })).code).toBe('CONFLICT')
    await item(GROUP, 'editRecommendationItem', first.id, { rowVersion: 1, content: '建立双人验收制度' })
    const { id: extra } = await c.done(GROUP, 'addRecommendationItem', { letterId: id, content: '多余的建议' })
    expect((await letter(GROUP, 'removeRecommendationItem', extra)).items.nodes).toHaveLength(2)
    await letter(GROUP, 'submitRecommendationLetter', id)
    expect((await c.refused(GROUP, 'signRecommendationLetter', { id })).code).toBe('FORBIDDEN')
    expect((await letter(LEADER, 'returnRecommendationLetter', id, { opinion: '补充依据' })).state).toBe('DRAFT')
    await letter(GROUP, 'submitRecommendationLetter', id)
    expect((await c.refused(LEADER, 'signRecommendationLetter', { id, contentHash: '0'.repeat(64) })).violations).toMatchObject([{ rule: 'content-seen' }])
    const { recommendationLetter: { approvalChain: { contentHash } } } = await c.read(LEADER, 'query($id: ID!) { recommendationLetter(id: $id) { approvalChain { contentHash steps { viewerMayDecide } } } }', { id })
    expect((await letter(LEADER, 'signRecommendationLetter', id, { contentHash })).contentHash).toBe(contentHash)
    expect(await item(GROUP, 'editRecommendationItem', first.id, { rowVersion: 2, content: '建立双人验收和复核制度' })).toMatchObject({ seq: 1 })
    const { recommendationLetter: voided } = await c.read(GROUP, 'query($id: ID!) { recommendationLetter(id: $id) { state contentHash approvals { nodes { decision } } } }', { id })
    expect(voided).toEqual({ state: 'DRAFT', contentHash: null, approvals: { nodes: [{ decision: 'RETURNED' }, { decision: 'APPROVED' }, { decision: 'VOIDED' }] } })
    await letter(GROUP, 'submitRecommendationLetter', id)
    await letter(LEADER, 'signRecommendationLetter', id)
    const sent = await letter(GROUP, 'issueRecommendationLetter', id)
    expect(sent).toMatchObject({ state: 'ISSUED', no: expect.stringMatching(/^510821-DG-HEALTH〔\d{4}〕\d+号$/), allowedCommands: [] })
    expect(sent.replyDueOn > sent.issuedOn).toBe(true)
    const { recommendationLetter: received } = await c.read(EDITOR, 'query($id: ID!) { recommendationLetter(id: $id) { allowedCommands issuerUnit { code } approvals { totalCount } transitions { nodes { command } } items { totalCount nodes { seq allowedCommands } } } }', { id })
    expect(received).toMatchObject({ allowedCommands: ['acknowledgeRecommendationLetter'], approvals: { totalCount: 0 }, transitions: { nodes: [{ command: 'issueRecommendationLetter' }] }, items: { totalCount: 2 } })
    expect((await c.refused(GROUP, 'acknowledgeRecommendationLetter', { id })).code).toBe('FORBIDDEN')
    const { items: { nodes: [one, two] } } = await letter(EDITOR, 'acknowledgeRecommendationLetter', id)
    await item(EDITOR, 'declineRecommendationItem', one.id, { opinion: '已有制度' })
    expect(await item(EDITOR, 'adoptRecommendationItem', one.id, { measure: '修订验收制度', responsibleAppointmentId: member, dueOn: LATER })).toMatchObject({ state: 'ADOPTED', declinedReason: null })
    expect((await c.refused(SECRETARY, 'replyRecommendationLetter', { id })).violations).toMatchObject([{ path: 'items.1', rule: 'INV-27' }])
    expect((await c.refused(EDITOR, 'declineRecommendationItem', { id: two.id })).code).toBe('BAD_INPUT')
    await item(SECRETARY, 'adoptRecommendationItem', two.id, { measure: '先同意' })
    await item(SECRETARY, 'declineRecommendationItem', two.id, { opinion: '与现行规定不符' })
    expect((await c.refused(EDITOR, 'replyRecommendationLetter', { id })).code).toBe('FORBIDDEN')
    expect((await letter(SECRETARY, 'replyRecommendationLetter', id)).state).toBe('PARTLY_ADOPTED')
    const { recommendationItem: adopted } = await c.read(GROUP, `query($id: ID!) { recommendationItem(id: $id) { rectificationTasks { nodes { problem dueOn sourceKind source { id } } } } }`, { id: one.id })
    expect(adopted.rectificationTasks.nodes).toEqual([{ problem: '建立双人验收和复核制度', dueOn: LATER, sourceKind: 'RECOMMENDATION', source: { id: one.id } }])
    expect((await c.refused(MEMBER, 'implementRecommendationItem', { id: one.id })).violations).toMatchObject([{ path: 'evidence' }])
    expect((await c.refused(SECRETARY, 'reportRecommendationLetter', { id })).violations).toMatchObject([{ path: 'items.0', rule: 'SM-12' }])
    expect((await c.refused(GROUP, 'attachEvidenceLink', { subjectId: one.id, title: '材料', url: 'https://files.example/x', sensitivity: 'INTERNAL', collectedAt: '2026-06-01T00:00:00.000Z' })).code).toBe('FORBIDDEN')
    await c.prove(MEMBER, one.id)
    await item(MEMBER, 'implementRecommendationItem', one.id)
    expect((await item(GROUP, 'returnRecommendationItem', one.id, { opinion: '未全面落实' })).state).toBe('ADOPTED')
    await item(MEMBER, 'implementRecommendationItem', one.id)
    expect((await letter(SECRETARY, 'reportRecommendationLetter', id)).state).toBe('REPORTED_BACK')
    expect((await letter(GROUP, 'returnRecommendationReport', id, { opinion: '补充说明' })).state).toBe('PARTLY_ADOPTED')
    await letter(SECRETARY, 'reportRecommendationLetter', id)
    expect((await c.refused(COUNTY, 'verifyRecommendationLetter', { id })).violations).toMatchObject([{ path: 'items.0', rule: 'SM-12' }])
    expect((await c.refused(MEMBER, 'verifyRecommendationItem', { id: one.id })).code).toBe('FORBIDDEN')
    await item(GROUP, 'verifyRecommendationItem', one.id)
    expect((await item(COUNTY, 'returnRecommendationItem', one.id, { opinion: '复核不符' })).state).toBe('ADOPTED')
    await item(MEMBER, 'implementRecommendationItem', one.id)
    await item(COUNTY, 'verifyRecommendationItem', one.id)
    await letter(COUNTY, 'verifyRecommendationLetter', id)
    expect((await letter(GROUP, 'returnRecommendationReport', id, { opinion: '再核' })).state).toBe('PARTLY_ADOPTED')
    await letter(SECRETARY, 'reportRecommendationLetter', id)
    await letter(GROUP, 'verifyRecommendationLetter', id)
    expect((await c.refused(EDITOR, 'closeRecommendationLetter', { id })).code).toBe('FORBIDDEN')
    expect(await letter(LEADER, 'closeRecommendationLetter', id)).toMatchObject({ state: 'CLOSED', allowedCommands: [], closedOn: expect.any(String) })
  })

  test('INV-27: no letter without a recommendation and a time to reply, no refusal without reasons; refusal and silence go before the superior unit', async () => {
    const bare = (await c.done(GROUP, 'draftRecommendationLetter', { issuerUnitId: await c.unit('510821-DG-HEALTH'), addresseeUnitId: await c.unit('510821-HEALTH'), title: '空', basis: '无' })).id as string
    expect((await c.refused(GROUP, 'submitRecommendationLetter', { id: bare })).violations).toMatchObject([{ path: 'items', rule: 'INV-27' }, { path: 'replyWithin', rule: 'INV-27' }])
    expect((await letter(LEADER, 'withdrawRecommendationLetter', bare)).state).toBe('WITHDRAWN')

    const declined = await acknowledged(2)
    for (const id of declined.items) await item(EDITOR, 'declineRecommendationItem', id, { opinion: '暂无条件' })
    expect((await letter(SECRETARY, 'replyRecommendationLetter', declined.id)).state).toBe('DECLINED')
    expect((await c.refused(LEADER, 'escalateRecommendationLetter', { id: declined.id })).code).toBe('BAD_INPUT')
    expect((await c.refused(GROUP, 'escalateRecommendationLetter', { id: declined.id, opinion: '理由不足' })).code).toBe('FORBIDDEN')
    expect((await letter(LEADER, 'escalateRecommendationLetter', declined.id, { opinion: '理由不足' }))).toMatchObject({ state: 'ESCALATED', allowedCommands: [] })
    const { recommendationLetter: before } = await c.read(SUPERIOR, 'query($id: ID!) { recommendationLetter(id: $id) { allowedCommands superiorUnit { code } } }', { id: declined.id })
    expect(before).toEqual({ allowedCommands: ['orderRecommendationReply', 'upholdRecommendationRefusal'], superiorUnit: { code: '510821' } })
    expect((await c.refused(SECRETARY, 'orderRecommendationReply', { id: declined.id, opinion: '重新回复' })).code).toBe('FORBIDDEN')
    expect((await letter(SUPERIOR, 'orderRecommendationReply', declined.id, { opinion: '重新回复' })).state).toBe('ACKNOWLEDGED')
    for (const id of declined.items) await item(EDITOR, 'adoptRecommendationItem', id, { measure: '立即落实' })
    expect((await letter(SECRETARY, 'replyRecommendationLetter', declined.id)).state).toBe('ADOPTED')

    const silent = await acknowledged(1)
    expect((await c.refused(LEADER, 'escalateRecommendationLetter', { id: silent.id, opinion: '逾期' })).violations).toMatchObject([{ rule: 'INV-27' }])
    await c.s.database.owner.query(`UPDATE recommendation_letter SET reply_due_on = '2020-01-02' WHERE id = $1`, [silent.id.slice(-36)])
    expect((await c.read(GROUP, 'query($id: ID!) { recommendationLetter(id: $id) { isOverdue } }', { id: silent.id })).recommendationLetter.isOverdue).toBe(true)
    await letter(LEADER, 'escalateRecommendationLetter', silent.id, { opinion: '逾期未复' })
    expect((await letter(SUPERIOR, 'upholdRecommendationRefusal', silent.id, { opinion: '情况属实' })).state).toBe('CLOSED')

    const accepted = await acknowledged(1)
    await item(EDITOR, 'declineRecommendationItem', accepted.items[0]!, { opinion: '已自行整改' })
    await letter(SECRETARY, 'replyRecommendationLetter', accepted.id)
    expect((await letter(LEADER, 'acceptRecommendationRefusal', accepted.id, { opinion: '理由成立' })).state).toBe('CLOSED')
    const revoked = await acknowledged(1)
    expect((await c.refused(GROUP, 'revokeRecommendationLetter', { id: revoked.id, opinion: '收回' })).code).toBe('FORBIDDEN')
    expect((await letter(LEADER, 'revokeRecommendationLetter', revoked.id, { opinion: '事实有误' })).state).toBe('WITHDRAWN')
  })

  test('numbers follow each other, a repetition sends nothing twice, strangers see nothing, and bodies recommend only to whom they supervise', async () => {
    const [one, two] = [await acknowledged(1), await acknowledged(1)]
    const { recommendationLetters: { nodes } } = await c.read(GROUP, 'query { recommendationLetters(first: 50, filter: { state: { eq: ACKNOWLEDGED } }) { nodes { id no } } }')
    const number = (id: string): number => Number(/(\d+)号$/.exec((nodes as { id: string; no: string }[]).find(n => n.id === id)!.no)![1])
    expect(number(two.id)).toBe(number(one.id) + 1)
    const input = { letterId: await drafted(0), content: '只加一次', idempotencyKey: 'item-once-1' }
    expect((await c.done(GROUP, 'addRecommendationItem', input)).id).toBe((await c.done(GROUP, 'addRecommendationItem', input)).id)
    expect((await c.refused(GROUP, 'addRecommendationItem', { ...input, content: '别的' })).code).toBe('CONFLICT')
    expect(await c.read(NEIGHBOUR, 'query($id: ID!, $item: ID!, $unit: ID!) { recommendationLetter(id: $id) { id } node(id: $item) { id } recommendationItems(filter: { unit: { within: $unit } }) { totalCount } }', { id: one.id, item: one.items[0], unit: await c.unit('510821') })).toEqual({ recommendationLetter: null, node: null, recommendationItems: { totalCount: 0 } })
    expect((await c.refused(NEIGHBOUR, 'verifyRecommendationItem', { id: one.items[0]! })).code).toBe('NOT_FOUND')
    expect(await c.refused(GROUP, 'submitRecommendationLetter', { id: one.id })).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: [] })
    expect((await c.refused(COUNTY, 'draftRecommendationLetter', { issuerUnitId: await c.unit('510821-DG-HEALTH'), addresseeUnitId: await c.unit('510821-EDUCATION'), title: '越权', basis: '无' })).violations).toMatchObject([{ rule: 'supervises' }])
    expect((await c.refused(EDITOR, 'draftRecommendationLetter', { issuerUnitId: await c.unit('510821-HEALTH'), addresseeUnitId: await c.unit('510821-HEALTH'), title: '自己', basis: '无' })).code).toBe('FORBIDDEN')
  })
})

describe('accountability', () => {
  const DECISION = 'accountabilityDecision { id state rowVersion allowedCommands effectiveUntil durationBasis decidedOn kind person { displayName } }'
  const DECIDER = 'wangcang-commission-secretary'
  const HIGHER = 'city-commission-secretary'
  const person = async (staffNo: string): Promise<string> => `person_${(await c.s.db.rows<{ id: string }>('SELECT id FROM person WHERE staff_no = $1', [staffNo]))[0]!.id}`
  const proposal = async (more: object = {}): Promise<object> => ({
    personId: await person('S096'), proposingUnitId: await c.unit('510821-CCDI'), decidingUnitId: await c.unit('510821-CCDI'), kind: 'DEMERIT', form: 'SECOND', responsibility: 'MEMBER_DUAL_DUTY',
    basis: '《中华人民共和国公职人员政务处分法》第八条', ...more,
  })
  const proposed = async (more: object = {}): Promise<string> => (await c.done(COUNTY, 'proposeAccountability', await proposal(more))).id as string
  const give = (who: string, command: string, id: string, more: object = {}) => c.done(who, command, { id, ...more }, DECISION)
  const denied = (who: string, command: string, id: string, more: object = {}) => c.refused(who, command, { id, ...more })

  test('one body proposes, another person decides exactly that, an appeal is heard by a third, and durations follow the law', async () => {
    const id = await proposed({ kind: 'WARNING' })
    expect((await give(COUNTY, 'editAccountabilityProposal', id, { rowVersion: 1, kind: 'DEMERIT' })).kind).toBe('DEMERIT')
    expect((await denied(COUNTY, 'editAccountabilityProposal', id, { rowVersion: 1, kind: 'WARNING' })).code).toBe('CONFLICT')
    expect((await denied(DECIDER, 'decideAccountability', id, { rowVersion: 1 })).code).toBe('CONFLICT')
    expect((await denied(DECIDER, 'returnAccountabilityProposal', id)).code).toBe('BAD_INPUT')
    await give(DECIDER, 'returnAccountabilityProposal', id, { opinion: '补充证据' })
    expect(await denied(DECIDER, 'decideAccountability', id, { rowVersion: 3 })).toMatchObject({ code: 'PRECONDITION_FAILED' })
    expect((await give(COUNTY, 'resubmitAccountabilityProposal', id)).state).toBe('PROPOSED')
    expect((await denied(COUNTY, 'decideAccountability', id, { rowVersion: 4 })).code).toBe('FORBIDDEN')
    const decided = await give(DECIDER, 'decideAccountability', id, { rowVersion: 4 })
    expect(decided).toMatchObject({ state: 'EFFECTIVE', effectiveUntil: `${Number(decided.decidedOn.slice(0, 4)) + 1}${decided.decidedOn.slice(4)}`, durationBasis: expect.stringContaining('第八条'), allowedCommands: ['receiveAccountabilityAppeal', 'revokeAccountabilityDecision'] })
    await give(DECIDER, 'receiveAccountabilityAppeal', id)
    expect((await denied(DECIDER, 'upholdAccountabilityDecision', id, { opinion: '维持' })).violations).toMatchObject([{ rule: 'INV-24' }])
    expect((await give(HIGHER, 'upholdAccountabilityDecision', id, { opinion: '维持' })).state).toBe('EFFECTIVE')
    await give(DECIDER, 'receiveAccountabilityAppeal', id)
    expect(await give(HIGHER, 'revokeAccountabilityDecision', id, { opinion: '事实不清' })).toMatchObject({ state: 'REVOKED', effectiveUntil: null, allowedCommands: [] })
    const withdrawn = await proposed()
    expect((await denied(DECIDER, 'receiveAccountabilityAppeal', withdrawn)).code).toBe('PRECONDITION_FAILED')
    expect((await denied(COUNTY, 'withdrawAccountabilityProposal', withdrawn)).code).toBe('BAD_INPUT')
    expect((await give(COUNTY, 'withdrawAccountabilityProposal', withdrawn, { opinion: '另案处理' })).state).toBe('WITHDRAWN')
    const rejected = await proposed()
    expect((await denied(COUNTY, 'rejectAccountabilityProposal', rejected, { opinion: '不予' })).code).toBe('FORBIDDEN')
    expect((await give(DECIDER, 'rejectAccountabilityProposal', rejected, { opinion: '情节轻微' })).state).toBe('REJECTED')
  })

  test('INV-24: who proposed does not decide', async () => {
    const { id } = await c.done(DECIDER, 'proposeAccountability', await proposal())
    expect((await denied(DECIDER, 'decideAccountability', id, { rowVersion: 1 })).violations).toMatchObject([{ rule: 'INV-24' }])
    expect((await give(HIGHER, 'decideAccountability', id, { rowVersion: 1 })).state).toBe('EFFECTIVE')
  })

  test('INV-35: a basis, one subject, and a body with authority over it', async () => {
    const no = async (more: object) => c.refused(COUNTY, 'proposeAccountability', await proposal(more))
    expect((await no({ decidingUnitId: await c.unit('510821-EDUCATION') })).violations).toMatchObject([{ path: 'decidingUnitId', rule: 'INV-35' }])
    expect((await no({ basis: '   ' })).violations).toMatchObject([{ path: 'basis', rule: 'INV-35' }])
    expect((await no({ unitId: await c.unit('510821-HEALTH') })).violations).toMatchObject([{ rule: 'oneSubject' }])
    expect((await no({ personId: null })).violations).toMatchObject([{ rule: 'oneSubject' }])
    expect((await no({ form: null })).violations).toMatchObject([{ path: 'form', rule: 'form' }])
    expect((await no({ personId: null, unitId: await c.unit('510821-HEALTH'), form: null })).violations).toMatchObject([{ path: 'kind', rule: 'ofUnits' }])
    const id = await proposed({ personId: null, unitId: await c.unit('510821-HEALTH'), form: null, kind: 'CIRCULAR_CRITICISM', decidingUnitId: await c.unit('510821') })
    expect(await give(DECIDER, 'decideAccountability', id, { rowVersion: 1 })).toMatchObject({ state: 'EFFECTIVE', effectiveUntil: null, person: null })
  })

  test('single decisions are for those who propose and decide: neither the people of the unit nor the neighbour see any', async () => {
    const id = await proposed()
    for (const who of [EDITOR, SECRETARY]) {
      const { errors } = await c.s.query('query($id: ID!) { accountabilityDecision(id: $id) { id } }', { id }, who)
      expect(errors.map(e => e.extensions.code)).toEqual(['FORBIDDEN'])
      expect((await c.read(who, 'query($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull()
    }
    expect((await c.read(NEIGHBOUR, 'query($id: ID!, $unit: ID!) { accountabilityDecision(id: $id) { id } accountabilityDecisions(filter: { unit: { within: $unit } }) { totalCount } }', { id, unit: await c.unit('510821') }))).toEqual({ accountabilityDecision: null, accountabilityDecisions: { totalCount: 0 } })
    expect((await denied('cangxi-commission-secretary', 'decideAccountability', id, { rowVersion: 1 })).code).toBe('NOT_FOUND')
    const input = { ...await proposal(), idempotencyKey: 'propose-once-1' }
    expect((await c.done(COUNTY, 'proposeAccountability', input)).id).toBe((await c.done(COUNTY, 'proposeAccountability', input)).id)
  })
})

describe('S-5: results in Cangxi', () => {
  const READER = 'cangxi-commission-secretary'
  const LEADER_OF_COUNTY = 'cangxi-reader'
  const run = (): Promise<void> => cangxiResults.run({ db: c.s.db, origin: { actor: systemActor('demo'), requestId: 'demo', address: null }, tell: () => undefined })
  beforeAll(async () => {
    expect(await cangxiResults.isDone(c.s.db)).toBe(false)
    await run()
  })

  test('6 letters, 26 recommendations, 23 rectifications, 12 people held to account; a second run adds nothing', async () => {
    await run()
    expect(await cangxiResults.isDone(c.s.db)).toBe(true)
    const within = await c.unit('510824')
    const figures = await c.read(READER, `query($within: ID!) {
      recommendationLetters(filter: { unit: { within: $within } }) { totalCount nodes { isSynthetic itemCount } }
      recommendationItems(filter: { unit: { within: $within } }) { totalCount }
      rectificationTasks(filter: { unit: { within: $within } }) { totalCount }
      accountabilityDecisions(filter: { unit: { within: $within }, state: { eq: EFFECTIVE } }) { totalCount } }`, { within })
    expect(figures).toMatchObject({ recommendationLetters: { totalCount: 6 }, recommendationItems: { totalCount: 26 }, rectificationTasks: { totalCount: 23 }, accountabilityDecisions: { totalCount: 12 } })
    expect(figures.recommendationLetters.nodes.map((n: { itemCount: number }) => n.itemCount).sort()).toEqual([4, 4, 4, 4, 5, 5])
    expect(figures.recommendationLetters.nodes.every((n: { isSynthetic: boolean }) => n.isSynthetic)).toBe(true)
  })

  test('Q-36: letters, items, adoption and time to reply, by addressee and source', async () => {
    const FIGURES = 'letterCount itemCount adoptionRate { numerator denominator value } verifiedItemCount repliedCount repliedOnTimeRate { value } overdueCount medianDaysToReply'
    const { recommendationLetterAggregate: counted } = await c.read(LEADER_OF_COUNTY, `query($filter: RecommendationLetterFilter) {
      recommendationLetterAggregate(groupBy: [UNIT_CHILD, SOURCE], filter: $filter) { groups { unit { code sectorCodes } source state letterCount itemCount } totals { ${FIGURES} } asOf } }`, { filter: { unit: { within: await c.unit('510824') } } })
    expect(counted.totals).toEqual({
      letterCount: 6, itemCount: 26, adoptionRate: { numerator: 23, denominator: 26, value: '0.8846' }, verifiedItemCount: 0, repliedCount: 6, repliedOnTimeRate: { value: '1.0000' }, overdueCount: 0, medianDaysToReply: '0.0',
    })
    expect(counted.groups).toHaveLength(6)
    expect(counted.groups).toContainEqual({ unit: { code: '510824-HEALTH', sectorCodes: ['health'] }, source: 'OTHER', state: null, letterCount: 1, itemCount: 5 })
  })

  test('Q-37: rectifications on time, overdue, given back, recurred, long unresolved', async () => {
    const within = await c.unit('510824')
    const { rectificationTaskAggregate: counted } = await c.read('city-reporting-client', `query($filter: RectificationTaskFilter) { rectificationTaskAggregate(groupBy: [STATE, SOURCE], filter: $filter) {
      groups { state source unit { code } count } totals { count openCount closedCount onTimeRate { numerator denominator } overdueCount returnedCount extendedCount longUnresolvedCount recurrenceRate { numerator denominator } } } }`, { filter: { unit: { within } } })
    expect(counted).toEqual({
      groups: [['OPEN', 3], ['IN_PROGRESS', 5], ['RETURNED', 2], ['CLOSED', 13]].map(([state, count]) => ({ state, source: 'RECOMMENDATION', unit: null, count })),
      totals: {
        count: 23, openCount: 10, closedCount: 13, onTimeRate: { numerator: 13, denominator: 13 }, overdueCount: 0, returnedCount: 2, extendedCount: 0, longUnresolvedCount: 2, recurrenceRate: { numerator: 0, denominator: 13 },
      },
    })
    await c.s.database.owner.query(`UPDATE rectification_task SET due_on = '2020-06-30' WHERE state IN ('IN_PROGRESS', 'CLOSED') AND unit_id = $1`, [(await c.unit('510824-HEALTH')).slice(-36)])
    const { rectificationTaskAggregate: late } = await c.read(LEADER_OF_COUNTY, `query($filter: RectificationTaskFilter) { rectificationTaskAggregate(groupBy: [UNIT_CHILD], filter: $filter) {
      groups { unit { code } count overdueCount onTimeRate { numerator denominator } } } }`, { filter: { unit: { within }, state: { in: ['IN_PROGRESS', 'CLOSED'] } } })
    expect(late.groups).toHaveLength(6)
    expect(late.groups).toContainEqual({ unit: { code: '510824-HEALTH' }, count: 3, overdueCount: 1, onTimeRate: { numerator: 0, denominator: 2 } })
    const { rectificationTasks } = await c.read(LEADER_OF_COUNTY, '{ rectificationTasks(filter: { state: { eq: RETURNED } }, orderBy: [{ field: RETURNS, direction: DESC }]) { nodes { returns isLongUnresolved isOverdue } } }')
    expect(rectificationTasks.nodes).toEqual([{ returns: 2, isLongUnresolved: true, isOverdue: false }, { returns: 2, isLongUnresolved: true, isOverdue: false }])
    const { errors } = await c.s.query('{ rectificationTaskAggregate(groupBy: [UNIT_CHILD]) { totals { count } } }', {}, LEADER_OF_COUNTY)
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', violations: [{ path: 'filter.unit.within' }] })
  })

  test('Q-38: people held to account are counted by one dimension, and cells of fewer than five are withheld with what would tell them', async () => {
    const ASK = 'query($unitId: ID!, $groupBy: AccountabilityDimension!) { accountabilityAggregate(unitId: $unitId, groupBy: $groupBy) { minimumCell unitDecisions totals { value } groups { kind form responsibility unitLevel decisions { value nullReason } } } }'
    const ask = async (groupBy: string, who = LEADER_OF_COUNTY) => (await c.read(who, ASK, { unitId: await c.unit('510824'), groupBy })).accountabilityAggregate
    const none = { kind: null, form: null, responsibility: null, unitLevel: null }
    expect(await ask('FORM')).toEqual({ minimumCell: 5, unitDecisions: 0, totals: { value: 12 }, groups: ['FIRST', 'SECOND'].map(form => ({ ...none, form, decisions: { value: 6, nullReason: null } })) })
    const withheld = { value: null, nullReason: 'SUPPRESSED' }
    expect((await ask('KIND', 'city-reporting-client')).groups).toEqual([
      { ...none, kind: 'ADMONITION', decisions: { value: 6, nullReason: null } }, { ...none, kind: 'PARTY_WARNING', decisions: withheld }, { ...none, kind: 'DEMERIT', decisions: withheld },
    ])
    expect((await ask('RESPONSIBILITY')).groups.map((g: { responsibility: string }) => g.responsibility)).toEqual(['SECRETARY_FIRST', 'MEMBER_DUAL_DUTY'])
    expect((await ask('UNIT_LEVEL')).groups).toEqual([{ ...none, unitLevel: 'COUNTY', decisions: { value: 12, nullReason: null } }])
    expect(await ask('FORM', 'wangcang-reader')).toBeNull()
  })
})
