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
    const seen = await c.read(NEIGHBOUR, 'query($id: ID!) { rectificationTask(id: $id) { id } node(id: $id) { id } rectificationTasks { totalCount } }', { id })
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
