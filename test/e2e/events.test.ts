import pino from 'pino'
import { systemActor } from '../../src/core/actor'
import { AppError } from '../../src/core/errors'
import type { EventKind, EventOf } from '../../src/core/events'
import { newId } from '../../src/core/ids'
import { runCommand } from '../../src/database/command'
import { Database } from '../../src/database/database'
import { Dispatcher, subscriber, type DispatcherOptions, type Subscriber } from '../../src/database/events'
import { Signals } from '../../src/database/signals'
import type { Transaction } from '../../src/database/transaction'
import { riskEvents } from '../../src/domain/risk'
import { coreModules } from '../../src/modules'
import { pluginModule } from '../../src/plugin/adapt'
import { coreEvents, definePluginCode, eventHandler, type PluginEventHandler } from '../../src/sdk/data'
import { testServer, type TestServer } from '../support/server'

const { controlTestFailed, riskPointRetired } = riskEvents
const origin = { actor: systemActor('test'), requestId: 'r', address: null }

let s: TestServer
beforeAll(async () => { s = await testServer() })
afterAll(() => s.close())

/** Staff numbers of an administrator of everything there is, and of one of a county in it. */
async function administrators(): Promise<[all: string, county: string]> {
  const unit = { name_zh: '市', name_pinyin: 'shi', name_initials: 's', kind: 'PARTY_COMMITTEE', valid_from: '2020-01-01' }
  await runCommand(s.db, origin, 'test', {}, async tx => {
    const city = tx.insert('unit', { ...unit, code: 'CITY', division_code: '510800', parent_id: null, path: '/CITY/', depth: 1 })
    tx.barrier()
    const county = tx.insert('unit', { ...unit, code: 'COUNTY', division_code: '510821', parent_id: city, path: '/CITY/COUNTY/', depth: 2 })
    tx.barrier()
    for (const [staff_no, unit_id] of [['ADMIN-CITY', city], ['ADMIN-COUNTY', county]]) {
      const person_id = tx.insert('person', { display_name: '管理人员', staff_no, unit_id })
      tx.barrier()
      tx.insert('role_grant', { person_id, role: 'PLATFORM_ADMIN', unit_id, edge: 'TERRITORIAL', valid_from: '2020-01-01' })
    }
  })
  return ['ADMIN-CITY', 'ADMIN-COUNTY']
}

/** Instances of the product, as far as events go: each with connections of its own. */
const running: { stop(): Promise<void> }[] = []
afterEach(async () => { for (const instance of running.splice(0)) await instance.stop() })
async function instance(subscribers: readonly Subscriber[], o: Partial<DispatcherOptions> = {}): Promise<{ db: Database; dispatcher: Dispatcher; stop(): Promise<void> }> {
  const db = new Database(s.database.url, { readConnections: 2, writeConnections: 3 })
  const signals = new Signals(s.database.url)
  await signals.open()
  const leave = async (): Promise<void> => {
    await signals.close()
    await db.close()
  }
  const dispatcher = await Dispatcher.start(db, signals, subscribers, { log: pino({ level: 'silent' }), poll: 200, firstPause: 20, attempts: 3, ...o }).catch(async error => {
    await leave()
    throw error
  })
  let stopped = false
  const one = {
    db, dispatcher, async stop() {
      if (stopped) return
      stopped = true
      await dispatcher.stop()
      await leave()
    },
  }
  running.push(one)
  return one
}

let names = 0
type Handle = (tx: Transaction, event: EventOf<typeof controlTestFailed>) => Promise<void>
/** A subscriber that leaves one record for each event, and whatever `more` does. */
function listener(more: Handle = async () => undefined, timeLimit = 5_000): Subscriber {
  return subscriber({
    name: `test-${++names}`, as: 'noteFailedTest', on: [controlTestFailed], timeLimit,
    async handle(tx, event) {
      tx.audit('control', event.subjectId, null, { testId: event.payload.testId })
      await more(tx, event)
    },
  })
}

/** A test of this control fails. Answers the id of the test. */
async function failTest(control: string, db = s.db): Promise<string> {
  const testId = newId()
  await runCommand(db, origin, 'recordControlTest', {}, async tx => {
    tx.audit('control', control, null, { testId })
    tx.emit(controlTestFailed, { subjectId: control, unitId: null, payload: { testId, state: 'DEFICIENT' } })
  })
  return testId
}

/** Tests that the subscriber noted, in the order in which it did. */
const noted = async (who: Subscriber): Promise<string[]> =>
  (await s.database.owner.query<{ id: string }>(`SELECT after->>'testId' AS id FROM audit_record WHERE actor = $1 ORDER BY at, id`, [`system:${who.name}`])).rows.map(r => r.id)
async function until<T>(look: () => Promise<T>, enough: (found: T) => boolean): Promise<T> {
  for (let end = Date.now() + 15_000; ;) {
    const found = await look()
    if (enough(found)) return found
    if (Date.now() > end) throw new Error(`It did not come about: ${JSON.stringify(found)}`)
    await new Promise(done => setTimeout(done, 15))
  }
}
const only = (...ids: string[]) => (all: string[]): string[] => all.filter(id => ids.includes(id))
const waiting = async (who: Subscriber): Promise<Record<string, unknown>[]> => (await s.database.owner.query('SELECT * FROM event_delivery WHERE subscriber = $1', [who.name])).rows

describe('events reach those who asked for them', () => {
  test('once, with two instances at work, those of one subject in the order of their commits', async () => {
    const who = listener()
    const [a, b] = [await instance([who]), await instance([who])]
    const controls = [newId(), newId(), newId()]
    const tests: string[][] = [[], [], []]
    for (let i = 0; i < 30; i++) tests[i % 3]!.push(await failTest(controls[i % 3]!, (i % 2 ? a : b).db))
    const all = await until(() => noted(who).then(only(...tests.flat())), found => found.length >= 30)
    for (const of of tests) expect(only(...of)(all)).toEqual(of)
    await until(() => waiting(who), rows => rows.length === 0)
    expect(await noted(who).then(only(...tests.flat()))).toHaveLength(30)
  })

  test('what was committed before the subscriber was known, and what another kind of process committed without a word', async () => {
    const before = await failTest(newId())
    const who = listener()
    await instance([who])
    await until(() => noted(who), found => found.includes(before))
    const silent = new Database(s.database.url, { readConnections: 1, writeConnections: 1 })
    const quietly = await failTest(newId(), silent)
    await silent.close()
    await until(() => noted(who), found => found.includes(quietly))
  })

  test('a transaction that began first and commits last is not lost', async () => {
    const who = listener()
    await instance([who])
    const client = await s.database.owner.connect()
    const late = newId()
    try {
      await client.query('BEGIN')
      await client.query(`INSERT INTO outbox_event (id, type, subject_type, subject_id, actor, payload) VALUES ($1, $2, 'Control', $3, 'system:test', $4)`, [newId(), controlTestFailed.type, newId(), { testId: late, state: 'DEFICIENT' }])
      const next = await failTest(newId())
      await until(() => noted(who), found => found.includes(next))
      expect(await noted(who)).not.toContain(late)
      await client.query('COMMIT')
    } finally {
      client.release()
    }
    await until(() => noted(who), found => found.includes(late))
  })

  test('only the kinds that were asked for', async () => {
    const who = listener()
    await instance([who])
    await runCommand(s.db, origin, 'retireRiskPoint', {}, async tx => {
      tx.audit('risk_point', null, null, {})
      tx.emit(riskPointRetired, { subjectId: newId(), unitId: null })
    })
    const test = await failTest(newId())
    await until(() => noted(who), found => found.includes(test))
    expect((await s.database.owner.query('SELECT 1 FROM event_handled h JOIN outbox_event e ON e.id = h.event_id WHERE h.subscriber = $1 AND e.type = $2', [who.name, riskPointRetired.type])).rows).toEqual([])
  })

  test('with the name of the subscriber in the log, and the event that it answers to', async () => {
    const who = listener()
    await instance([who])
    const test = await failTest(newId())
    await until(() => noted(who), found => found.includes(test))
    const { rows } = await s.database.owner.query(
      `SELECT r.command, r.request_id = 'event:' || e.id AS of_event FROM audit_record r, outbox_event e WHERE r.actor = $1 AND r.after->>'testId' = $2 AND e.payload->>'testId' = $2`, [`system:${who.name}`, test])
    expect(rows).toEqual([{ command: 'noteFailedTest', of_event: true }])
  })
})

describe('a handler of a plugin', () => {
  const pluginHandler = (handle: PluginEventHandler['handle']): Subscriber => {
    const handler = eventHandler({ name: `retest${++names}`, on: [coreEvents.risk.controlTestFailed], handle })
    return pluginModule('water-works', definePluginCode({ entities: [], types: [], resolvers: [], reads: [], edges: [], permissions: {}, migrations: [], create: () => [], handlers: [handler] }), null).subscribers![0]!
  }

  test('hears of the core in its own name, without any role, and can say nothing in the name of others', async () => {
    const control = newId()
    const heard: unknown[] = []
    await instance([pluginHandler(async (tx, event) => {
      if (event.subjectId !== control) return
      expect(() => tx.requireRole(['SUPERVISOR'], { id: 'u', path: '/' })).toThrow('needs one of the roles')
      expect(() => tx.emit(controlTestFailed, { subjectId: control, unitId: null, payload: { testId: control, state: 'DEFICIENT' } })).toThrow('is no event of water-works')
      heard.push([tx.origin.actor.ref, event.type, event.unit])
    })])
    await failTest(control)
    expect(await until(async () => heard, found => found.length > 0)).toEqual([[expect.stringMatching(/^system:water-works\.retest\d+$/), 'ControlTest.failed', null]])
  })

  test('that throws is parked by itself, and stands still while its plugin does not run', async () => {
    const control = newId()
    const bad = pluginHandler(async () => { throw new Error('broken') })
    const core = listener()
    const one = await instance([bad, core])
    const test = await failTest(control)
    await until(() => noted(core), found => found.includes(test))
    await until(() => waiting(bad), rows => rows.some(r => r['subject_id'] === control && r['state'] === 'PARKED' && r['last_error_code'] === 'Error'))
    await one.stop()
    const meanwhile = newId()
    const without = await instance([core])
    const later = await failTest(meanwhile)
    await until(() => noted(core), found => found.includes(later))
    await without.stop()
    await instance([bad, core])
    await until(() => waiting(bad), rows => rows.some(r => r['subject_id'] === meanwhile))
  })
})

describe('what goes wrong', () => {
  test('leaves nothing of a failed attempt, is tried again, and holds up no other subject and no other subscriber', async () => {
    const [bad, good] = [newId(), newId()]
    let failures = 2
    const who = listener(async (_, event) => {
      if (event.subjectId === bad && failures-- > 0) throw new AppError('PRECONDITION_FAILED', 'not yet')
    })
    const other = listener()
    await instance([who, other])
    const [first, second, elsewhere] = [await failTest(bad), await failTest(bad), await failTest(good)]
    const found = only(first, second, elsewhere)(await until(() => noted(who), all => [first, second, elsewhere].every(t => all.includes(t))))
    expect(found).toHaveLength(3)
    expect(only(first, second)(found)).toEqual([first, second])
    await until(() => noted(other), all => [first, second, elsewhere].every(t => all.includes(t)))
  })

  test('an event that nobody can handle is parked with its reason; a command brings it back', async () => {
    const poison = newId()
    let healed = false
    const who = listener(async (_, event) => {
      if (event.subjectId === poison && !healed) throw new AppError('BAD_INPUT', '某人的姓名')
    })
    const one = await instance([who])
    const [test, next] = [await failTest(poison), await failTest(poison)]
    await until(() => waiting(who), rows => rows.filter(r => r['state'] === 'PARKED').length === 2)
    expect(await one.dispatcher.figures()).toEqual([{ subscriber: who.name, waiting: 0, parked: 2, lag: 0 }])
    const [admin, county] = await administrators()
    const asked = '{ eventDeliveries(first: 10, filter: { subscriber: { eq: "NAME" }, state: { eq: PARKED } }) { nodes { kind state attempts lastErrorCode } } }'.replace('NAME', who.name)
    const seen = await s.data<{ eventDeliveries: { nodes: object[] } }>(asked, {}, admin)
    expect(seen.eventDeliveries.nodes).toEqual(Array(2).fill({ kind: 'ControlTest.failed', state: 'PARKED', attempts: 3, lastErrorCode: 'BAD_INPUT' }))
    expect((await s.query(asked, {}, null)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
    // They are of no county: its administrator neither sees them nor brings them back.
    expect(await s.data(asked, {}, county)).toEqual({ eventDeliveries: { nodes: [] } })
    healed = true
    const retry = ['mutation($input: RetryParkedEventsInput!) { retryParkedEvents(input: $input) { count } }', { input: { subscriber: who.name } }] as const
    expect((await s.query(...retry, county)).errors[0]!.extensions.code).toBe('FORBIDDEN')
    const retried = await s.data(...retry, admin)
    expect(retried).toEqual({ retryParkedEvents: { count: 2 } })
    expect(only(test, next)(await until(() => noted(who), all => all.includes(test) && all.includes(next)))).toEqual([test, next])
  })

  test('a handler that takes too long is broken off, and what it does afterwards reaches nothing', async () => {
    const slow = newId()
    const zombies: Promise<unknown>[] = []
    const who = listener(async (tx, event) => {
      if (event.subjectId !== slow) return
      const late = new Promise(done => setTimeout(done, 80)).then(async () => {
        tx.audit('control', slow, null, { testId: 'zombie' })
        await tx.flush()
      })
      zombies.push(late.then(() => 'wrote', (e: Error) => e.message))
      await new Promise(() => undefined)
    }, 40)
    await instance([who])
    const [, next] = [await failTest(slow), await failTest(newId())]
    const [parked] = await until(() => waiting(who), rows => rows.some(r => r['state'] === 'PARKED'))
    expect(parked).toMatchObject({ attempts: 3, last_error_code: 'handlerTime' })
    expect(await Promise.all(zombies)).toEqual(Array(3).fill('This transaction is over.'))
    expect(await noted(who).then(only(next, 'zombie'))).toEqual([next])
  })

  test('a handler whose connection dies under it has done nothing, and does it once on another', async () => {
    let deaths = 0
    const control = newId()
    const who = listener(async (tx, event) => {
      if (event.subjectId !== control || deaths++) return
      const pid = await tx.row<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      await s.database.owner.query('SELECT pg_terminate_backend($1)', [pid!.pid])
      await tx.rows('SELECT 1')
    })
    await instance([who])
    const test = await failTest(control)
    await until(() => waiting(who), rows => deaths > 1 && rows.length === 0)
    expect(await noted(who).then(only(test))).toEqual([test])
    expect(deaths).toBe(2)
  })

  test('a restored dump, where transaction numbers begin anew, brings nothing twice and goes on', async () => {
    const who = listener()
    const one = await instance([who])
    const test = await failTest(newId())
    await until(() => noted(who), found => found.includes(test))
    await one.stop()
    // As if what was taken had been taken in another cluster, whose numbers were far ahead.
    await s.database.owner.query(`UPDATE event_subscriber SET cluster = 'another', snapshot = '900000000000:900000000000:' WHERE name = $1`, [who.name])
    await instance([who])
    const next = await failTest(newId())
    await until(() => noted(who), found => found.includes(next))
    const again = await failTest(newId())
    await until(() => noted(who), found => found.includes(again))
    expect(await noted(who).then(only(test, next, again))).toEqual([test, next, again])
    expect((await s.database.owner.query('SELECT era FROM event_subscriber WHERE name = $1', [who.name])).rows).toEqual([{ era: 2 }])
  })

  test('closing waits for what is being handled', async () => {
    let begun = (): void => undefined
    const beginning = new Promise<void>(done => { begun = done })
    const control = newId()
    const who = listener(async (_, event) => {
      if (event.subjectId !== control) return
      begun()
      await new Promise(done => setTimeout(done, 60))
    })
    const one = await instance([who])
    const test = await failTest(control)
    await beginning
    await one.stop()
    expect(await noted(who)).toContain(test)
  })

  test('two of one name are refused', async () => {
    const who = listener()
    await expect(instance([who, who])).rejects.toThrow(`Two subscribers are called ${who.name}.`)
  })
})

test('every kind is declared once and says what it is in both languages', () => {
  const kinds: EventKind[] = coreModules.flatMap(m => m.events ?? [])
  expect(kinds.length).toBeGreaterThan(30)
  expect(new Set(kinds.map(k => k.type)).size).toBe(kinds.length)
  for (const k of kinds) expect([k.type, k.description]).toEqual([expect.stringMatching(/^[A-Z]\w+\.[a-zA-Z_]+$/), expect.stringMatching(/（.*\p{Script=Han}.*）\.$/u)])
})
