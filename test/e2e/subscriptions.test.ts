import { connect } from 'node:net'
import { createClient, type Client, type FormattedExecutionResult } from 'graphql-ws'
import { WebSocket } from 'ws'
import { systemActor } from '../../src/core/actor'
import { globalId, newId } from '../../src/core/ids'
import { tellTopic } from '../../src/core/topics'
import { runCommand } from '../../src/database/command'
import { Signals } from '../../src/database/signals'
import { OperationCheck, OperationService } from '../../src/api/operations'
import { DEFAULT_LIMITS } from '../../src/api'
import { Topics } from '../../src/api/subscriptions/topics'
import { testServer, type TestServer } from '../support/server'

const origin = { actor: systemActor('test'), requestId: 'r', address: null }
let a: TestServer
let b: TestServer
const units: Record<'city' | 'county' | 'other', string> = { city: newId(), county: newId(), other: newId() }
const id = (unit: keyof typeof units): string => globalId('unit', units[unit])
const grants: Record<string, string> = {}

beforeAll(async () => {
  a = await testServer({ env: { PLUMBLINE_MAX_SUBSCRIPTIONS: '3', PLUMBLINE_MAX_CONNECTIONS: '6' } })
  await runCommand(a.db, origin, 'test', {}, async tx => {
    tx.insert('administrative_division', { code: '510800', name_zh: '市', name_pinyin: 'shi', name_initials: 's', level: 'CITY', valid_from: '2000-01-01' })
    const unit = (key: keyof typeof units, code: string, parent: string | null, path: string): void => {
      tx.barrier()
      tx.insert('unit', { id: units[key], code, name_zh: code, name_pinyin: 'x', name_initials: 'x', kind: 'PARTY_COMMITTEE', division_code: '510800', parent_id: parent, path, depth: path.split('/').length - 2, valid_from: '2020-01-01' })
    }
    unit('city', 'CITY', null, '/CITY/')
    unit('county', 'COUNTY', units.city, '/CITY/COUNTY/')
    unit('other', 'OTHER', units.city, '/CITY/OTHER/')
    for (const [staffNo, role, at] of [['ADMIN', 'PLATFORM_ADMIN', 'city'], ['READER', 'LEADER_READER', 'county'], ['LEAVING', 'LEADER_READER', 'county']] as const) {
      const person = tx.insert('person', { unit_id: units.city, display_name: '某人', staff_no: staffNo })
      tx.barrier()
      grants[staffNo] = globalId('grant', tx.insert('role_grant', { person_id: person, role, unit_id: units[at], edge: 'TERRITORIAL', valid_from: '2020-01-01' }))
    }
  })
  b = await testServer({ beside: a })
})
afterAll(async () => {
  await b.close()
  await a.close()
})

const clients: Client[] = []
const ends: Promise<unknown>[] = []
// What one test leaves open would count against the next one's viewer. A client whose connection was refused has nothing to end, and says so.
afterEach(async () => {
  await Promise.allSettled(clients.splice(0).map(async c => c.dispose()))
  await Promise.all(ends.splice(0))
})
async function client(s: TestServer, who: string | null, o: { header?: string; atOnce?: boolean } = {}): Promise<{ client: Client; closed: Promise<number> }> {
  const authorization = o.header ?? (who === null ? undefined : `Bearer ${await s.tokenFor(who)}`)
  let tell: (code: number) => void
  const closed = new Promise<number>(done => { tell = done })
  const made = createClient({ url: `${s.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, lazy: !o.atOnce, onNonLazyError: () => undefined, connectionParams: { authorization }, on: { opened: () => ends.push(closed), closed: event => tell((event as { code: number }).code) } })
  clients.push(made)
  return { client: made, closed }
}

type Told = FormattedExecutionResult<Record<string, unknown>, Record<string, unknown>>
const WATCH = 'subscription($ids: [ID!]!) { nodeChanged(ids: $ids) { id node { __typename ... on Unit { nameZh rowVersion } } } }'
/** Begins and waits until nothing would be missed. */
function watch(c: Client, query: string, variables: Record<string, unknown> = {}): AsyncGenerator<Told> {
  return c.iterate({ query, variables }) as AsyncGenerator<Told>
}
const rename = async (s: TestServer, unit: keyof typeof units, nameZh: string): Promise<void> => {
  const { unit: now } = await s.data<{ unit: { rowVersion: number } }>('query($id: ID!) { unit(id: $id) { rowVersion } }', { id: id(unit) }, 'ADMIN')
  await s.data('mutation($input: EditUnitInput!) { editUnit(input: $input) { unit { id } } }', { input: { id: id(unit), rowVersion: now.rowVersion, nameZh } }, 'ADMIN')
}
/** The next delivery, while something is done again and again until it comes: a subscription has no word for having begun. */
async function next(told: AsyncGenerator<Told>, cause: () => Promise<unknown>): Promise<Told> {
  let come = false
  const first = told.next().then(({ value }) => value as Told).finally(() => { come = true })
  for (let i = 0; !come && i < 40; i++) {
    await cause()
    await Promise.race([first, new Promise(done => setTimeout(done, 100))])
  }
  return first
}
const errorOf = async (told: AsyncGenerator<Told>): Promise<{ code: string; limit?: string }> => {
  try {
    const { value } = await told.next() as { value: Told }
    return value.errors![0]!.extensions as never
  } catch (errors) {
    return (errors as { extensions: never }[])[0]!.extensions
  }
}

describe('a changed object', () => {
  test('is told on whatever instance it was changed, as the viewer sees it then', async () => {
    const { client: reader } = await client(a, 'READER')
    const told = watch(reader, WATCH, { ids: [id('county')] })
    let n = 0
    const here = await next(told, () => rename(a, 'county', `县${++n}`))
    expect(here).toEqual({ data: { nodeChanged: { id: id('county'), node: { __typename: 'Unit', nameZh: expect.stringMatching(/^县/), rowVersion: expect.any(Number) } } } })
    let there: Told
    do there = await next(told, () => rename(b, 'county', `别处${++n}`)); while (!JSON.stringify(there).includes('别处'))
    expect(there.errors).toBeUndefined()
  })

  test('that the viewer may not see cannot be watched, nor one that is not there, nor what is no object', async () => {
    const { client: reader } = await client(a, 'READER')
    const { rows: [record] } = await a.database.owner.query<{ id: string }>('SELECT id FROM audit_record LIMIT 1')
    for (const ids of [[id('other')], [id('county'), id('city')], [globalId('unit', newId())], ['nonsense'], [globalId('aud', record!.id)]]) expect([ids, (await errorOf(watch(reader, WATCH, { ids }))).code]).toEqual([ids, 'NOT_FOUND'])
    expect((await errorOf(watch(reader, WATCH, { ids: [] }))).code).toBe('BAD_INPUT')
    const { client: auditor } = await client(a, 'ADMIN')
    expect((await errorOf(watch(auditor, WATCH, { ids: [globalId('aud', record!.id)] }))).code).toBe('NOT_FOUND')
  })

  test('is told no more when the grant is revoked, and the subscription ends', async () => {
    const { client: leaving } = await client(b, 'LEAVING')
    const told = watch(leaving, WATCH, { ids: [id('county')] })
    let n = 0
    await next(told, () => rename(a, 'county', `前${++n}`))
    await a.data('mutation($input: RevokeRoleInput!) { revokeRole(input: $input) { roleGrant { id } } }', { input: { id: grants['LEAVING'] } }, 'ADMIN')
    for (;;) {
      const { value, done } = await told.next() as { value: Told; done: boolean }
      expect(done).toBe(false)
      // What was on its way when the grant ended.
      if (!value.errors) continue
      expect(['NOT_FOUND', 'FORBIDDEN']).toContain(value.errors[0]!.extensions!['code'])
      break
    }
    expect(await told.next()).toEqual({ done: true, value: undefined })
  })
})

describe('the same rules as over HTTP', () => {
  test.each([['no token', { who: null }], ['a token that is none', { who: null, header: 'Bearer nonsense' }], ['a key that is none', { who: null, header: 'Bearer plk_none_none' }]])('%s: closed with 4401', async (_, { who, ...o }) => {
    const { client: nobody, closed } = await client(a, who, o)
    await expect(watch(nobody, WATCH, { ids: [id('county')] }).next()).rejects.toBeDefined()
    expect(await closed).toBe(4401)
  })

  test('queries and commands, documents that are wrong or too large, and inputs that are none are refused', async () => {
    const { client: reader } = await client(a, 'READER')
    const code = async (query: string, variables?: Record<string, unknown>): Promise<unknown> => (await errorOf(watch(reader, query, variables))).code
    expect(await code('{ viewer { ref } }')).toBe('BAD_INPUT')
    expect(await code('mutation { setCalendarYear(input: { year: 2040, days: [], source: "x" }) { calendarYear { id } } }')).toBe('BAD_INPUT')
    expect(await code('subscription { nothing }')).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(await code('subscription {')).toBe('GRAPHQL_PARSE_FAILED')
    expect(await code(WATCH, { ids: ['\ud800'] })).toBe('BAD_INPUT')
    expect(await code(WATCH, {})).toBe('BAD_USER_INPUT')
    const deep = Array.from({ length: 20 }).reduce<string>(inner => `parent { ${inner} }`, 'id')
    expect((await errorOf(watch(reader, `subscription { nodeChanged(ids: ["x"]) { node { ... on Unit { ${deep} } } } }`))).limit).toBe('depth')
    expect(await code(`subscription { nodeChanged(ids: ["x"]) { ${'id '.repeat(6_000)} } }`)).toBe('LIMIT_EXCEEDED')
  })

  test('so many subscriptions and connections of one viewer, and no more; what ends makes room', async () => {
    const { client: reader } = await client(a, 'READER')
    const running: AsyncGenerator<Told>[] = []
    for (const i of [1, 2, 3]) {
      running.push(watch(reader, WATCH, { ids: [id('county')] }))
      let n = 0
      await next(running.at(-1)!, () => rename(a, 'county', `满${i}${++n}`))
    }
    expect(await errorOf(watch(reader, WATCH, { ids: [id('county')] }))).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'subscriptions' })
    for (const told of running) await told.return(undefined)
    let n = 0
    const again = watch(reader, WATCH, { ids: [id('county')] })
    expect((await next(again, () => rename(a, 'county', `又${++n}`))).errors).toBeUndefined()
    const more = await Promise.all(Array.from({ length: 6 }, () => client(a, 'READER', { atOnce: true })))
    expect(await Promise.race(more.map(c => c.closed))).toBe(4429)
  })

  test('an upgrade elsewhere is refused, and over HTTP a subscription still is', async () => {
    const { port } = new URL(a.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n')
    expect(await new Promise(done => socket.once('data', data => done(String(data).split('\r\n')[0])))).toBe('HTTP/1.1 404 Not Found')
    socket.destroy()
    expect((await a.query(WATCH, { ids: [id('county')] }, 'READER')).errors[0]!.extensions.code).toBe('BAD_INPUT')
  })

  test('closing asks everybody to connect anew', async () => {
    const c = await testServer({ beside: a })
    const { client: reader, closed } = await client(c, 'READER')
    const told = watch(reader, WATCH, { ids: [id('county')] })
    let n = 0
    await next(told, () => rename(a, 'county', `关${++n}`))
    void told.next().catch(() => undefined)
    await c.close()
    expect(await closed).toBe(1001)
  })
})

test('where only listed operations are answered, a listed subscription is, and no other', async () => {
  const handedIn = { place: 'watch.json', body: WATCH.replace('subscription', 'subscription Watch') }
  const { fit, problems } = new OperationCheck(a.app.api.schema, DEFAULT_LIMITS).all([handedIn])
  expect([problems, fit.map(f => [f.name, f.kind])]).toEqual([[], [['Watch', 'SUBSCRIPTION']]])
  await new OperationService(a.db).publish(origin, 'desk', fit)
  const safe = await testServer({ beside: a, env: { PLUMBLINE_OPERATIONS: 'safelist' } })
  const { client: reader } = await client(safe, 'READER')
  expect((await errorOf(watch(reader, WATCH, { ids: [id('county')] }))).code).toBe('OPERATION_NOT_LISTED')
  let n = 0
  const { data } = await next(watch(reader, handedIn.body, { ids: [id('county')] }), () => rename(a, 'county', `册${++n}`))
  expect(data!['nodeChanged']).toMatchObject({ id: id('county') })
  const byPost = await safe.query(handedIn.body, { ids: [id('county')] }, 'READER')
  expect(byPost.errors.map(e => e.extensions.code)).toEqual(['BAD_INPUT'])
  await safe.close()
})

test('news of a topic reach whoever listens, on any instance, at the commit and not without it', async () => {
  const signals = new Signals(a.database.url)
  await signals.open()
  const topics = new Topics(signals)
  const [mine, other] = [topics.listen('inbox:1'), topics.listen('inbox:2')]
  await runCommand(a.db, origin, 'test', {}, async tx => {
    tellTopic(tx, 'inbox:2')
    throw new Error('no')
  }).catch(() => undefined)
  await runCommand(a.db, origin, 'test', {}, async tx => {
    tellTopic(tx, 'inbox:1')
    tellTopic(tx, 'inbox:1')
  })
  expect((await mine.next()).done).toBe(false)
  await other.return()
  expect(await other.next()).toEqual({ done: true, value: undefined })
  await mine.return()
  await signals.close()
})
