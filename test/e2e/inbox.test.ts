import { city, type City } from '../support/remedies'

const EDITOR = 'wangcang-health-editor'
const APPROVER = 'wangcang-health-approver'
const NEIGHBOUR = 'cangxi-health-group-supervisor'

let c: City
beforeAll(async () => { c = await city() })
afterAll(() => c.close())

interface Item { kind: string; state: string; awaits: string[]; dueOn: string | null; isOverdue: boolean; subject: { id: string } | null; unit: { code: string } | null }
const INBOX = `query($first: Int, $after: String, $filter: InboxFilter, $orderBy: InboxOrder) {
  inboxItems(first: $first, after: $after, filter: $filter, orderBy: $orderBy) { totalCount pageInfo { hasNextPage endCursor } nodes { kind state awaits dueOn isOverdue subject { id } unit { code } } } }`
const inboxOf = async (who: string, variables: object = {}): Promise<Item[]> => (await c.read(who, INBOX, { first: 100, ...variables })).inboxItems.nodes
const about = async (who: string, id: string): Promise<Item | undefined> => (await inboxOf(who)).find(i => i.subject?.id === id)

test('a list goes from desk to desk: submitted, returned with an opinion, submitted again, approved', async () => {
  const unitId = await c.unit('510821-HEALTH')
  const list = (await c.done(EDITOR, 'draftResponsibilityList', { unitId, kind: 'MAIN_RESPONSIBILITY', year: 2031 })).id as string
  expect(await about(EDITOR, list)).toEqual({ kind: 'WAITING', state: 'DRAFT', awaits: ['submitResponsibilityList'], dueOn: null, isOverdue: false, subject: { id: list }, unit: { code: '510821-HEALTH' } })
  expect(await about(APPROVER, list)).toBeUndefined()
})
