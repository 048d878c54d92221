import { createClient, type Client, type FormattedExecutionResult } from 'graphql-ws'
import { WebSocket } from 'ws'
import { GrantService } from '../../src/auth'
import { systemActor } from '../../src/core/actor'
import { today } from '../../src/core/day'
import { globalId, rowIdOf } from '../../src/core/ids'
import { inboxSources } from '../../src/domain'
import { workCalendar } from '../../src/domain/calendar'
import { followStates, itemsOf, ITEM, remind } from '../../src/domain/inbox'
import { city, type City } from '../support/remedies'
import { testServer, type TestServer } from '../support/server'

const EDITOR = 'wangcang-health-editor'
const APPROVER = 'wangcang-health-approver'
const MEMBER = 'wangcang-health-duty-owner'
const GROUP = 'wangcang-health-group-supervisor'
const NEIGHBOURS = ['cangxi-health-group-supervisor', 'cangxi-health-editor', 'cangxi-health-approver']
const LATER = '2099-06-30'

let c: City
let beside: TestServer
let bureau: string
let member: string
beforeAll(async () => {
  c = await city()
  beside = await testServer({ beside: c.s })
  bureau = await c.unit('510821-HEALTH')
  member = await c.appointment('S096')
})
afterAll(async () => {
  await beside.close()
  await c.close()
})

interface Item { kind: string; state: string; awaits: string[]; dueOn: string | null; isOverdue: boolean; subject: { id: string } | null; unit: { code: string } | null }
const INBOX = `query($first: Int, $after: String, $filter: InboxFilter, $orderBy: InboxOrder) {
  inboxItems(first: $first, after: $after, filter: $filter, orderBy: $orderBy) { totalCount pageInfo { hasNextPage endCursor } nodes { kind state awaits dueOn isOverdue subject { id } unit { code } } } }`
const page = async (who: string, variables: object): Promise<{ totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: Item[] }> => (await c.read(who, INBOX, variables as never)).inboxItems
const about = async (who: string, id: string, filter?: object): Promise<Item | undefined> => (await page(who, { first: 100, filter })).nodes.find(i => i.subject?.id === id)
const sql = async (text: string, ...values: unknown[]): Promise<unknown[]> => (await c.s.database.owner.query(text, values)).rows

/** Each list has a year of its own. */
let year = 2030
async function drafted(): Promise<string> {
  const list = (await c.done(EDITOR, 'draftResponsibilityList', { unitId: bureau, kind: 'MAIN_RESPONSIBILITY', year: ++year })).id as string
  await c.done(EDITOR, 'addDutyItem', { listId: list, code: 'M1', responsibility: 'COMMITTEE_MAIN', content: '专题研究全面从严治党工作' })
  await c.done(EDITOR, 'addDutyItem', { listId: list, code: 'S1', responsibility: 'SECRETARY_FIRST', content: '与班子成员谈心谈话', responsibleAppointmentId: await secretary() })
  await c.done(EDITOR, 'addDutyItem', { listId: list, code: 'D1', responsibility: 'MEMBER_DUAL_DUTY', content: '抓好分管领域', responsibleAppointmentId: member })
  return list
}
const secretary = (): Promise<string> => c.appointment('S095')
const opened = async (dueOn = LATER): Promise<string> =>
  (await c.done(GROUP, 'openRectificationTask', { responsibleAppointmentId: member, problem: '采购验收未按规定双人复核', dueOn, sourceNote: '日常监督发现' })).id as string
const row = (id: string): string => rowIdOf('rect', id)!

/** What is kept is what follows from the rows as they stand, apart from since when. */
async function isTrue(): Promise<void> {
  const columns = ITEM.filter(i => i !== 'since').join(', ')
  for (const source of inboxSources) {
    const [kept, follows] = [`SELECT ${columns} FROM inbox_item WHERE subject_type = '${source.type}'`, `SELECT ${columns} FROM (${itemsOf(source)}) f`]
    expect([source.type, await sql(`(${kept} EXCEPT ${follows}) UNION ALL (${follows} EXCEPT ${kept})`)]).toEqual([source.type, []])
  }
}

test('a list goes from desk to desk: submitted, returned with an opinion, submitted again, approved', async () => {
  const id = await drafted()
  expect(await about(EDITOR, id)).toEqual({ kind: 'WAITING', state: 'DRAFT', awaits: ['submitResponsibilityList'], dueOn: null, isOverdue: false, subject: { id }, unit: { code: '510821-HEALTH' } })
  expect(await about(APPROVER, id)).toBeUndefined()
  await c.done(EDITOR, 'submitResponsibilityList', { id })
  expect(await about(EDITOR, id)).toBeUndefined()
  expect(await about(APPROVER, id)).toMatchObject({ kind: 'WAITING', state: 'UNDER_REVIEW', awaits: ['approveResponsibilityList', 'returnResponsibilityList'] })
  for (const who of NEIGHBOURS) expect([who, await about(who, id)]).toEqual([who, undefined])
  await c.done(APPROVER, 'returnResponsibilityList', { id, opinion: '请补充' })
  expect(await about(APPROVER, id)).toBeUndefined()
  expect(await about(EDITOR, id, { kind: 'RETURNED' })).toMatchObject({ kind: 'RETURNED', state: 'DRAFT', awaits: ['submitResponsibilityList'] })
  expect(await about(EDITOR, id, { kind: 'WAITING' })).toBeUndefined()
  const { inboxSummary } = await c.read(EDITOR, '{ inboxSummary { total returned overdue byType { subjectType total returned } } }')
  expect(inboxSummary.byType).toContainEqual(expect.objectContaining({ subjectType: 'ResponsibilityList', returned: 1 }))
  expect(inboxSummary.returned).toBe(1)
  await isTrue()
  await c.done(EDITOR, 'submitResponsibilityList', { id })
  await c.done(APPROVER, 'approveResponsibilityList', { id })
  for (const who of [EDITOR, APPROVER]) expect([who, await about(who, id)]).toEqual([who, undefined])
  await isTrue()
})

test('four eyes: what somebody prepared does not wait for them, whatever they hold; with the role it is gone at once', async () => {
  const grants = new GrantService(c.s.db)
  const origin = { actor: systemActor('test'), requestId: 'r', address: null }
  const [person] = await sql(`SELECT id FROM person WHERE staff_no = 'S101'`) as [{ id: string }]
  const grant = { personId: person.id, unitId: rowIdOf('unit', bureau)!, edge: 'TERRITORIAL', validFrom: '2020-01-01' } as const
  const approver = await grants.grantRole(origin, { ...grant, role: 'UNIT_APPROVER' })
  const [mine, others] = [await drafted(), await drafted()]
  await c.done(EDITOR, 'submitResponsibilityList', { id: mine })
  await sql(`UPDATE responsibility_list SET state = 'UNDER_REVIEW', created_by = 'person:x', submitted_by = 'person:x', edited_by = '{}' WHERE id = $1`, rowIdOf('list', others))
  expect(await about(EDITOR, mine)).toBeUndefined()
  expect(await about(APPROVER, mine)).toBeDefined()
  expect(await about(EDITOR, others)).toMatchObject({ state: 'UNDER_REVIEW' })
  await grants.revokeRole(origin, { id: globalId('grant', approver.id) })
  expect(await about(EDITOR, others)).toBeUndefined()
  await isTrue()
})

test('a task waits for the one who answers for it, then for the supervisors; overdue follows from the day', async () => {
  const id = await opened()
  expect(await about(MEMBER, id)).toMatchObject({ state: 'OPEN', awaits: ['planRectification'], dueOn: LATER, isOverdue: false })
  // Another duty owner of the bureau holds the same role, and is not meant.
  expect(await about(APPROVER, id)).toBeUndefined()
  expect(await about(EDITOR, id)).toMatchObject({ awaits: ['planRectification'] })
  await c.done(MEMBER, 'planRectification', { id, measures: '完善验收制度' })
  await c.done(MEMBER, 'startRectification', { id })
  await sql(`UPDATE rectification_task SET due_on = '2020-06-30' WHERE id = $1`, row(id))
  expect(await about(MEMBER, id, { isOverdue: true })).toMatchObject({ isOverdue: true, dueOn: '2020-06-30' })
  expect(await about(MEMBER, id, { isOverdue: false })).toBeUndefined()
  expect(await about(MEMBER, id, { dueFrom: '2020-06-30', dueTo: '2020-06-30', subjectType: 'RectificationTask', unitWithin: bureau })).toBeDefined()
  expect(await about(MEMBER, id, { dueFrom: '2020-07-01' })).toBeUndefined()
  expect(await about(MEMBER, id, { subjectType: 'DutyItem' })).toBeUndefined()
  expect(await about(MEMBER, id, { unitWithin: await c.unit('510824-HEALTH') })).toBeUndefined()
  await c.prove(MEMBER, id)
  await c.done(MEMBER, 'submitRectification', { id })
  expect(await about(MEMBER, id)).toBeUndefined()
  expect(await about(GROUP, id)).toMatchObject({ state: 'SUBMITTED', dueOn: null, awaits: ['returnRectification', 'verifyRectification'] })
  await c.done(GROUP, 'returnRectification', { id, opinion: '佐证不足' })
  expect(await about(MEMBER, id)).toMatchObject({ kind: 'RETURNED', state: 'RETURNED' })
  expect(await about(GROUP, id)).toBeUndefined()
  await isTrue()
})

test('duties wait for nobody before their list is published, and no more when it is replaced', async () => {
  const list = await drafted()
  const mine = async (): Promise<number> => (await page(MEMBER, { first: 100, filter: { subjectType: 'DutyItem' } })).nodes.length
  const before = await mine()
  await sql(`UPDATE responsibility_list SET state = 'PUBLISHED', published_at = now() WHERE id = $1`, rowIdOf('list', list))
  // Of three duties one is the member's own, one is anybody's who owns duties there, and one the secretary's.
  expect(await mine()).toBe(before + 2)
  await isTrue()
  await sql(`UPDATE responsibility_list SET state = 'SUPERSEDED' WHERE id = $1`, rowIdOf('list', list))
  expect(await mine()).toBe(before)
})

test('pages: every thing once, in order, whichever way', async () => {
  await Promise.all(['2099-03-01', '2099-01-01', '2099-02-01', '2099-02-01', '2099-05-01'].map(d => opened(d)))
  const filter = { subjectType: 'RectificationTask', dueFrom: '2099-01-01', dueTo: '2099-05-31' }
  for (const orderBy of [undefined, { field: 'DUE_ON', direction: 'DESC' }, { field: 'SINCE' }]) {
    const seen: Item[] = []
    let after: string | null = null
    do {
      const { nodes, pageInfo, totalCount } = await page(EDITOR, { first: 2, after, filter, orderBy })
      expect(totalCount).toBe(5)
      seen.push(...nodes)
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after)
    expect(new Set(seen.map(i => i.subject!.id)).size).toBe(5)
    const days = seen.map(i => i.dueOn!)
    if (orderBy?.field !== 'SINCE') expect(days).toEqual(orderBy ? [...days].sort().reverse() : [...days].sort())
  }
  const { pageInfo } = await page(EDITOR, { first: 1, filter })
  const wrong = await c.s.query(INBOX, { after: pageInfo.endCursor, orderBy: { field: 'SINCE' } }, EDITOR)
  expect(wrong.errors[0]!.extensions.code).toBe('BAD_INPUT')
  expect((await c.s.query(INBOX, { first: 101 }, EDITOR)).errors[0]!.extensions.code).toBe('LIMIT_EXCEEDED')
  expect((await c.s.query(INBOX, {}, null)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
})

test('a change that changes nothing that is awaited writes nothing; a start on the same tables neither', async () => {
  const id = await opened()
  const versions = (): Promise<unknown[]> => sql('SELECT xmin, ctid, role FROM inbox_item WHERE subject_id = $1 ORDER BY role', row(id))
  const before = await versions()
  expect(before.length).toBe(2)
  await c.done(GROUP, 'editRectificationTask', { id, rowVersion: 1, problem: '采购验收无双人复核', dueOn: LATER })
  expect(await followStates(c.s.app.ownerUrl, inboxSources)).toBe(false)
  expect(await versions()).toEqual(before)
})

test('a start on other state tables writes everything anew, and what follows is followed as before', async () => {
  const id = await opened()
  const all = (): Promise<unknown[]> => sql(`SELECT ${ITEM.join(', ')} FROM inbox_item ORDER BY subject_id, desk, unit_id, role`)
  const before = await all()
  expect(await followStates(c.s.app.ownerUrl, inboxSources.filter(s => s.type !== 'RectificationTask'))).toBe(true)
  expect(await sql('SELECT FROM inbox_item WHERE subject_id = $1', row(id))).toEqual([])
  expect(await followStates(c.s.app.ownerUrl, inboxSources)).toBe(true)
  expect(await all()).toEqual(before)
  await sql(`UPDATE rectification_task SET state = 'CANCELLED' WHERE id = $1`, row(id))
  expect(await sql('SELECT FROM inbox_item WHERE subject_id = $1', row(id))).toEqual([])
})

test('reminders are given once for each day before, by however many instances, and anew when the day is moved', async () => {
  const id = await opened()
  const told = async (): Promise<unknown[]> => (await sql(`SELECT type, payload FROM outbox_event WHERE subject_id = $1 AND type LIKE 'Inbox.%' ORDER BY at`, row(id)))
  const remindTwice = async (): Promise<void> => {
    // Who comes second finds the other one at it, or nothing to do.
    await Promise.all([remind(c.s.db), remind(beside.db)])
    await remind(beside.db)
  }
  const due = (day: string): Promise<unknown> => sql('UPDATE rectification_task SET due_on = $2 WHERE id = $1', row(id), day)
  await remindTwice()
  expect(await told()).toEqual([])
  const tomorrow = (await workCalendar(c.s.db)).addWorkingDays(today(), 1).day
  await due(tomorrow)
  await remindTwice()
  const item = { subjectType: 'RectificationTask', state: 'OPEN' }
  expect(await told()).toEqual([{ type: 'Inbox.dueSoon', payload: { ...item, dueOn: tomorrow, workingDays: 1 } }])
  await due('2020-06-30')
  await remindTwice()
  expect((await told()).slice(1)).toEqual([{ type: 'Inbox.overdue', payload: { ...item, dueOn: '2020-06-30' } }])
  await due('2099-06-30')
  await remindTwice()
  expect((await told()).length).toBe(2)
})

describe('watching', () => {
  const clients: Client[] = []
  afterEach(async () => { for (const one of clients.splice(0)) await one.dispose() })
  type Told = FormattedExecutionResult<{ inboxChanged: { summary: { total: number } } }>
  async function watch(s: TestServer, who: string): Promise<AsyncGenerator<Told>> {
    const client = createClient({ url: `${s.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true, connectionParams: { authorization: `Bearer ${await s.tokenFor(who)}` } })
    clients.push(client)
    return client.iterate({ query: 'subscription { inboxChanged { summary { total } } }' }) as AsyncGenerator<Told>
  }
  /** The next word, while something is done again and again until it comes. */
  async function next(told: AsyncGenerator<Told>, cause: () => Promise<unknown>): Promise<Told> {
    let come = false
    const first = told.next().then(({ value }) => value as Told).finally(() => { come = true })
    for (let i = 0; !come && i < 40; i++) {
      await cause()
      await Promise.race([first, new Promise(done => setTimeout(done, 100))])
    }
    return first
  }

  test('whoever is waited for is told, on any instance, with the counts of that moment; a neighbour is not', async () => {
    const [here, there, neighbour] = [await watch(c.s, EDITOR), await watch(beside, MEMBER), await watch(beside, NEIGHBOURS[1]!)]
    let word: Told | null = null
    void neighbour.next().then(({ value }) => { word = value as Told }, () => undefined)
    const [editor, owner] = await Promise.all([next(here, () => opened()), next(there, () => opened())])
    expect([editor.errors, owner.errors]).toEqual([undefined, undefined])
    expect(editor.data!.inboxChanged.summary.total).toBeGreaterThan(0)
    expect(owner.data!.inboxChanged.summary.total).toBeGreaterThan(0)
    // The neighbour hears of their own.
    const unitId = await c.unit('510824-HEALTH')
    let year = 2060
    for (let i = 0; word === null && i < 40; i++) {
      await c.done('cangxi-health-editor', 'draftResponsibilityList', { unitId, kind: 'MAIN_RESPONSIBILITY', year: ++year })
      await new Promise(done => setTimeout(done, 50))
    }
    // As many as were there when it was counted: another may have come before the word arrived.
    const { total } = word!.data!.inboxChanged.summary
    expect([total > 0, total <= year - 2060]).toEqual([true, true])
  })
})
