import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type EmbeddedServer, startEmbedded } from '../../src/database/embedded'
import { databaseUrl } from '../support/test-server'
import { Product } from './product'

const folder = mkdtempSync(path.join(tmpdir(), 'plumbline-jobs-'))
const KEY = randomBytes(32).toString('base64')
let server: EmbeddedServer
let owner: pg.Client
let first: Product
let token: string
const products: Product[] = []

const instance = (): Product => {
  const product = new Product(mkdtempSync(path.join(folder, 'instance-')), { DATABASE_URL: databaseUrl(server.url, 'jobs'), PLUMBLINE_VAULT_KEY: KEY, PLUMBLINE_PLUGINS: 'none', PLUMBLINE_DRAIN_GRACE: '0' })
  products.push(product)
  return product
}

beforeAll(async () => {
  server = await startEmbedded({ directory: mkdtempSync(path.join(tmpdir(), 'plumbline-shared-')), ephemeral: true, settings: { fsync: 'off' } })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query('CREATE DATABASE jobs')
  await client.end()
  owner = new pg.Client({ connectionString: databaseUrl(server.url, 'jobs') })
  await owner.connect()
  first = instance()
  await first.start()
  token = first.token('platform-admin')
})
afterAll(async () => {
  for (const product of products) await product.kill()
  await owner.end()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const ROWS = 20_000
/** Sends a file of units of its own and has it imported. Answers the row id of the job. */
async function begin(product: Product, code: string): Promise<string> {
  const rows = Array.from({ length: ROWS }, (_, i) => `${code}-${i},单位${i},PUBLIC_INSTITUTION,510821,510821`)
  const form = new FormData()
  form.append('file', new Blob([['code,nameZh,kind,divisionCode,parentCode', ...rows].join('\n')]), 'units.csv')
  const response = await fetch(`${product.url}/workbooks`, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } })
  const { workbook } = await response.json() as { workbook: { id: string } }
  const { data } = await product.ask('mutation($input: StartImportInput!) { startImport(input: $input) { job { id } } }', { input: { kind: 'units', workbookId: workbook.id } }, token)
  return (data as { startImport: { job: { id: string } } }).startImport.job.id.slice(4)
}
async function until(id: string, state: string): Promise<void> {
  for (let i = 0; i < 1_200; i++) {
    const { rows } = await owner.query<{ state: string; failure: string | null }>('SELECT state, failure FROM job WHERE id = $1', [id])
    if (rows[0]!.state === state) return
    if (rows[0]!.failure) throw new Error(`The job failed: ${rows[0]!.failure}`)
    await sleep(50)
  }
  throw new Error(`The job never was ${state}.`)
}
/** Every row once, one record of the batch, one success, no file. */
async function expectOnce(id: string, code: string): Promise<void> {
  const { rows } = await owner.query(`
    SELECT (SELECT count(*)::int FROM unit WHERE starts_with(code, $2)) AS units,
      (SELECT count(*)::int FROM audit_record WHERE command = 'importUnits' AND subject_type = 'unit' AND request_id = 'job:' || $1) AS batches,
      (SELECT count(*)::int FROM state_transition WHERE subject_id = $1::uuid AND to_state = 'SUCCEEDED') AS ends, (SELECT count(*)::int FROM workbook WHERE job_id = $1::uuid) AS files`, [id, `${code}-`])
  expect(rows).toEqual([{ units: ROWS, batches: 1, ends: 1, files: 0 }])
}

test.each([1, 2, 3, 4, 5])('kill -9 at some moment of an import, round %i: after the restart it is done, once', async round => {
  const code = `KILL${round}`
  const id = await begin(first, code)
  await sleep(Math.random() * 3_000)
  await first.kill()
  await first.start()
  await until(id, 'SUCCEEDED')
  await expectOnce(id, code)
})

test('kill -9 of the instance that works on it: another one takes it up, and it is done once', async () => {
  await owner.query(`SELECT pg_advisory_lock(hashtext('plumbline.unit-tree'))`)
  const id = await begin(first, 'OTHER')
  await until(id, 'RUNNING')
  const { rows: [before] } = await owner.query<{ runner: string }>('SELECT runner FROM job WHERE id = $1', [id])
  const second = instance()
  await second.start()
  await first.kill()
  for (let now = before!.runner; now === before!.runner;) {
    await sleep(100)
    now = (await owner.query<{ runner: string }>('SELECT runner FROM job WHERE id = $1', [id])).rows[0]!.runner
  }
  await owner.query('SELECT pg_advisory_unlock_all()')
  await until(id, 'SUCCEEDED')
  await expectOnce(id, 'OTHER')
  await first.start()
})

test('SIGTERM puts it back at once', async () => {
  await owner.query(`SELECT pg_advisory_lock(hashtext('plumbline.unit-tree'))`)
  for (const other of products.slice(1)) await other.stop()
  const id = await begin(first, 'TERM')
  await until(id, 'RUNNING')
  expect(await first.stop()).toBe(0)
  const { rows } = await owner.query('SELECT state, runner, attempts FROM job WHERE id = $1', [id])
  expect(rows).toEqual([{ state: 'QUEUED', runner: null, attempts: 0 }])
  await owner.query('SELECT pg_advisory_unlock_all()')
  await first.start()
  await until(id, 'SUCCEEDED')
  await expectOnce(id, 'TERM')
})
