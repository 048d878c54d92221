import { randomUUID } from 'node:crypto'
import { newId } from '../../src/core/ids'
import { pdf } from '../support/sample-files'
import { testServer, type TestServer } from '../support/server'
import { tcpProxy, type TcpProxy } from '../support/tcp-proxy'
import { twoCounties, type TwoCounties } from '../support/two-counties'

const PLANNED = '{ powers { nodes { code } } }'
const RESOLVED = '{ vocabulary { name } powers { nodes { code } } }'
const PROPOSE = 'mutation ($input: ProposePowerInput!) { proposePower(input: $input) { power { id code } } }'

let proxy: TcpProxy
let server: TestServer
let world: TwoCounties

beforeAll(async () => {
  proxy = await tcpProxy()
  server = await testServer({
    through: url => proxy.url(url),
    env: { PLUMBLINE_RIGHTS_TTL: '300000', PLUMBLINE_STATEMENT_TIMEOUT: '2000' },
    before: async database => { world = await twoCounties(database) },
  })
})
afterAll(async () => {
  await proxy.pass()
  await server.close()
  await proxy.close()
})

afterEach(() => proxy.pass())

interface Told { status: number; retryAfter: string | null; code: string | null; outcome: unknown; data: unknown }

/** Any request, which must be answered within the promised time. */
async function ask(path: string, init: RequestInit, who: string): Promise<Told> {
  const response = await server.fetch(path, { ...init, signal: AbortSignal.timeout(6_000) }, who)
  const text = await response.text()
  const body = (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}) as { data?: unknown; errors?: { extensions: { code: string; outcome?: string } }[] }
  return { status: response.status, retryAfter: response.headers.get('retry-after'), code: body.errors?.[0]?.extensions.code ?? null, outcome: body.errors?.[0]?.extensions.outcome, data: body.data ?? null }
}
const graphql = (query: string, variables: object = {}, who = 'W-EDITOR'): Promise<Told> =>
  ask('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) }, who)
const power = (): object => ({ unitId: world.wangcang.ids.Unit, code: randomUUID(), nameZh: '职权', category: 'OTHER', significance: 'GENERAL', positionIds: [world.wangcang.ids.Position], idempotencyKey: randomUUID() })
const propose = (input = power()): Promise<Told> => graphql(PROPOSE, { input })
const upload = (): Promise<Told> => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ subjectId: world.wangcang.ids.Power, title: '会议记录', sensitivity: 'INTERNAL', collectedAt: '2026-01-05T08:00:00Z' })) form.append(name, value)
  form.append('file', new Blob([new Uint8Array(pdf())]), 'minutes.pdf')
  return ask('/evidence', { method: 'POST', body: form }, 'W-EDITOR')
}
const download = (): Promise<Told> => ask(`/evidence/ev_${newId()}`, {}, 'W-EDITOR')
const ready = async (): Promise<number> => (await fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(1_000) })).status
const alive = async (): Promise<number> => (await fetch(`${server.url}/healthz`, { signal: AbortSignal.timeout(1_000) })).status

async function until(what: () => Promise<boolean> | boolean, milliseconds: number): Promise<void> {
  for (const end = Date.now() + milliseconds; !(await what());) {
    if (Date.now() > end) throw new Error(`It was not so within ${milliseconds} ms: ${what.toString()}`)
    await new Promise(done => setTimeout(done, 25))
  }
}

/** The same process answers a question and a command, and no connection is kept back. */
async function expectWhole(): Promise<void> {
  expect(await ready()).toBe(200)
  expect(await graphql(PLANNED)).toMatchObject({ status: 200, code: null, data: { powers: { nodes: expect.arrayContaining([{ code: 'P-01' }]) } } })
  expect(await graphql(RESOLVED)).toMatchObject({ status: 200, code: null })
  expect(await propose()).toMatchObject({ status: 200, code: null })
  for (const pool of [server.db.reads, server.db.writes]) expect({ idle: pool.idleCount, waiting: pool.waitingCount }).toEqual({ idle: pool.totalCount, waiting: 0 })
}

const away = { status: 503, retryAfter: '2', code: 'UNAVAILABLE' }

describe.each([
  ['stopped: connections end, new ones are refused', () => proxy.refuse()],
  ['frozen: it takes connections and never answers', async () => proxy.swallow()],
])('PostgreSQL is %s', (_how, fail) => {
  test('everything is told within six seconds that it is not available; the process lives, is not ready, and works again when the database does', async () => {
    await expectWhole()
    // Of this person the rights have never been read.
    await server.tokenFor('W-LEADER')
    await fail()
    const answers = await Promise.all([graphql(PLANNED), graphql(RESOLVED), graphql(PLANNED, {}, 'W-LEADER'), upload(), download(), propose(), ...Array.from({ length: 30 }, () => graphql(PLANNED))])
    for (const answer of answers) expect(answer).toMatchObject(away)
    expect(answers[5]!.outcome).toMatch(/^(NOT_DONE|UNKNOWN)$/)
    expect([await alive(), await ready()]).toEqual([200, 503])
    // Known to be away: nobody waits.
    expect(await propose()).toMatchObject({ ...away, outcome: 'NOT_DONE' })
    expect(await graphql(PROPOSE, { input: {} }, 'W-EDITOR')).toMatchObject({ status: 400 })
    await proxy.pass()
    await until(async () => (await ready()) === 200, 2_000)
    await expectWhole()
  })
})
