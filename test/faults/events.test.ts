import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { newId } from '../../src/core/ids'
import { riskEvents } from '../../src/domain/risk'
import { Product } from './product'

const directory = mkdtempSync(path.join(tmpdir(), 'plumbline-faults-'))
const product = new Product(directory, { PLUMBLINE_PLUGINS: 'none', PLUMBLINE_DEMO: 'off' })
let child: ChildProcess
let deaths = 0
let keptUp = true

beforeAll(() => product.start())
afterAll(async () => {
  keptUp = false
  child.kill('SIGKILL')
  await product.stop()
  rmSync(directory, { recursive: true, force: true })
})

/** A process that listens, and another one whenever it ends: as a supervisor of services does. */
function keepUp(url: string): void {
  child = spawn(process.execPath, ['-C', 'development', '-r', '@swc-node/register', path.join(__dirname, 'listener.ts'), url], { stdio: ['pipe', 'ignore', 'inherit'] })
  child.once('exit', code => {
    if (code === 7) deaths++
    if (keptUp) keepUp(url)
  })
}

const tell = (client: pg.Client, subject: string, testId: string): Promise<unknown> => client.query(
  `INSERT INTO outbox_event (id, type, subject_type, subject_id, actor, payload) VALUES ($1, $2, 'Control', $3, 'system:test', $4)`,
  [newId(), riskEvents.controlTestFailed.type, subject, { testId, state: 'DEFICIENT' }])
const noted = async (client: pg.Client): Promise<string[]> =>
  (await client.query<{ id: string }>(`SELECT after->>'testId' AS id FROM audit_record WHERE actor = 'system:fault-listener' ORDER BY at, id`)).rows.map(r => r.id)
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 120_000; !await holds(); await sleep(20)) if (Date.now() > end) throw new Error('It did not come about.')
}

test('an event that ends every process is parked after so many of them, and everything else is done, once each', () => product.database(async client => {
  const poisoned = newId()
  await tell(client, poisoned, 'poison')
  const others = Array.from({ length: 10 }, (_, i) => `other-${i}`)
  for (const id of others) await tell(client, newId(), id)
  await tell(client, poisoned, 'behind')
  keepUp(product.databaseUrl())
  await until(async () => (await noted(client)).length === 11)
  expect((await noted(client)).sort()).toEqual(['behind', ...others].sort())
  const { rows } = await client.query(`SELECT state, attempts, last_error_code FROM event_delivery WHERE subscriber = 'fault-listener'`)
  expect([rows, deaths]).toEqual([[{ state: 'PARKED', attempts: 4, last_error_code: 'PROCESS_ENDED' }], 4])
}))

test('kill -9 between a commit and the end of its handling, 15 times: each event is handled once in effect, and none is parked', () => product.database(async client => {
  const told: string[] = []
  const subjects = Array.from({ length: 5 }, newId)
  const before = (await noted(client)).length
  for (let round = 0; round < 15; round++) {
    for (let i = 0; i < 10; i++) {
      told.push(`killed-${round}-${i}`)
      await tell(client, subjects[i % 5]!, told.at(-1)!)
    }
    const soFar = (await noted(client)).length
    // In the middle of one of them.
    await until(async () => (await noted(client)).length > soFar)
    await sleep(Math.random() * 20)
    child.kill('SIGKILL')
  }
  await until(async () => (await noted(client)).length >= before + told.length)
  const all = (await noted(client)).slice(before)
  expect([...all].sort()).toEqual([...told].sort())
  for (let s = 0; s < 5; s++) {
    const of = (ids: string[]): string[] => ids.filter(id => Number(id.split('-')[2]) % 5 === s)
    expect(of(all)).toEqual(of(told))
  }
  await until(async () => (await client.query(`SELECT 1 FROM event_delivery WHERE state = 'WAITING'`)).rows.length === 0)
  expect((await client.query(`SELECT attempts FROM event_delivery WHERE subscriber = 'fault-listener'`)).rows).toEqual([{ attempts: 4 }])
}))
