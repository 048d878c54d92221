import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import pino from 'pino'
import { systemActor } from '../../../src/core/actor'
import { runCommand } from '../../../src/database/command'
import { Signals } from '../../../src/database/signals'
import type { Transaction } from '../../../src/database/transaction'
import { testDatabase, type TestDatabase } from '../../support/database'

let t: TestDatabase
const open: Signals[] = []
beforeAll(async () => { t = await testDatabase() })
afterEach(async () => { for (const s of open.splice(0)) await s.close() })
afterAll(() => t.close())

/** Everything that one instance hears on a channel, and the next thing to come. */
async function instance(channel = 'rights', url = t.url): Promise<{ signals: Signals; heard: (string | null)[]; next(): Promise<unknown> }> {
  const signals = new Signals(url)
  open.push(signals)
  const heard: (string | null)[] = []
  const bell = new EventTarget()
  signals.on(channel, payload => { heard.push(payload); bell.dispatchEvent(new Event('heard')) })
  await signals.open()
  return { signals, heard, next: () => once(bell, 'heard') }
}
const command = (work: (tx: Transaction) => void): Promise<void> =>
  runCommand(t.db, { actor: systemActor('test'), requestId: 'r', address: null }, 'test', {}, async tx => work(tx))

test('what a command says reaches every instance at its commit, on its channel only, once', async () => {
  const [a, b, other] = [await instance(), await instance(), await instance('documents')]
  const all = Promise.all([a.next(), b.next(), other.next()])
  await command(tx => { tx.notify('rights', 'person:1'); tx.notify('rights', 'person:1'); tx.notify('documents', '') })
  await all
  expect([a.heard, b.heard, other.heard]).toEqual([[null, 'person:1'], [null, 'person:1'], [null, '']])
})

test('a command that fails has said nothing', async () => {
  const a = await instance()
  await expect(command(tx => { tx.notify('rights', 'person:2'); throw new Error('no') })).rejects.toThrow('no')
  await expect(runCommand(t.db, { actor: systemActor('test'), requestId: 'r', address: null }, 'test', {}, async tx => {
    tx.notify('rights', 'person:2')
    await tx.rows('SELECT 1 / 0')
  })).rejects.toMatchObject({ code: '22012' })
  const next = a.next()
  await command(tx => tx.notify('rights', 'person:3'))
  await next
  expect(a.heard).toEqual([null, 'person:3'])
})

test('a connection that is lost comes back, tells that something may have been missed, and hears again', async () => {
  const a = await instance()
  const back = a.next()
  await t.owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'plumbline signals'`)
  await back
  expect(a.signals.listening).toBe(true)
  const next = a.next()
  await command(tx => tx.notify('rights', 'person:4'))
  await next
  expect(a.heard).toEqual([null, null, 'person:4'])
})

test('a subscriber that throws disturbs nobody; one that has left hears nothing', async () => {
  const lines: string[] = []
  const signals = new Signals(t.url, pino({ level: 'error' }, { write: line => void lines.push(line) }))
  open.push(signals)
  const gone: unknown[] = []
  signals.on('rights', () => { throw new Error('a bad subscriber') })
  const leave = signals.on('rights', payload => gone.push(payload))
  leave()
  const heard = new Promise(resolve => signals.on('rights', payload => { if (payload !== null) resolve(payload) }))
  await signals.open()
  await command(tx => tx.notify('rights', 'person:5'))
  expect(await heard).toBe('person:5')
  expect(gone).toEqual([])
  expect(lines.join()).toContain('a bad subscriber')
})

test('an instance that starts while the database is away begins to listen when it is there', async () => {
  const database = new URL(t.url)
  const door = createServer(socket => {
    const there = connect(Number(database.port), database.hostname)
    for (const end of [socket, there]) end.on('error', () => undefined)
    socket.pipe(there).pipe(socket)
  })
  const listen = async (port: number): Promise<number> => {
    await once(door.listen(port, '127.0.0.1'), 'listening')
    return (door.address() as AddressInfo).port
  }
  const port = await listen(0)
  await new Promise(resolve => door.close(resolve))
  const away = new URL(t.url)
  Object.assign(away, { hostname: '127.0.0.1', port: String(port) })
  const a = await instance('rights', away.toString())
  expect([a.signals.listening, a.heard]).toEqual([false, []])
  const next = a.next()
  await listen(port)
  await next
  expect([a.signals.listening, a.heard]).toEqual([true, [null]])
  await a.signals.close()
  await new Promise(resolve => door.close(resolve))
})

test('a channel has a simple name and a payload is short', async () => {
  await expect(command(tx => tx.notify('two words', ''))).rejects.toThrow(TypeError)
  await expect(command(tx => tx.notify('rights', '准'.repeat(3_000)))).rejects.toThrow(RangeError)
})
