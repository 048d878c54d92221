import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedServer, startEmbedded } from '../../src/database/embedded'
import { asOwner, databaseUrl } from '../support/test-server'
import { Product } from './product'

const folder = mkdtempSync(path.join(tmpdir(), 'plumbline-instances-'))
let server: EmbeddedServer
const products: Product[] = []

beforeAll(async () => {
  server = await startEmbedded({ directory: mkdtempSync(path.join(tmpdir(), 'plumbline-shared-')), ephemeral: true, settings: { fsync: 'off' } })
})
afterAll(async () => {
  for (const product of products) await product.kill()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Instances on one database have one key: the demo city seals what its clue says. */
const KEY = randomBytes(32).toString('base64')

/** An instance of the whole product, demo city and plugins too, on a database of the shared server. */
function instance(database: string): Product {
  const product = new Product(mkdtempSync(path.join(folder, 'instance-')), { DATABASE_URL: databaseUrl(server.url, database), PLUMBLINE_VAULT_KEY: KEY })
  products.push(product)
  return product
}
const empty = (database: string): Promise<unknown> => asOwner(server.url, client => client.query(`CREATE DATABASE ${database}`))

/** What is told and how far its subscribers are, too: they go on beside. */
const NOT_DATA = ['audit_record', 'outbox_event', 'idempotent_request', 'event_delivery', 'event_handled']
/** How many rows every table has, without what differs from start to start. */
async function contents(database: string): Promise<Record<string, number>> {
  return asOwner(databaseUrl(server.url, database), async client => {
    const { rows } = await client.query<{ name: string }>(`SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') AND NOT table_name = ANY ($1) ORDER BY 1`, [NOT_DATA])
    const counts: Record<string, number> = {}
    for (const { name } of rows) counts[name] = (await client.query(`SELECT FROM ${name}`)).rowCount!
    return counts
  })
}

/** Waits until the database shows something; it may not be there yet. */
async function seen(database: string, text: string): Promise<void> {
  for (let i = 0; i < 3_000; i++) {
    const found = await asOwner(databaseUrl(server.url, database), async client => (await client.query(text)).rowCount!).catch(() => 0)
    if (found) return
    await sleep(5)
  }
  throw new Error(`It never came to: ${text}`)
}

let undisturbed: Record<string, number>
beforeAll(async () => {
  await empty('one')
  const product = instance('one')
  await product.start()
  undisturbed = await contents('one')
  expect(await product.stop()).toBe(0)
})

test('two that start at once on an empty database both come up: one migrates and loads, the other finds it done', async () => {
  await empty('two')
  const both = [instance('two'), instance('two')]
  await Promise.all(both.map(p => p.start()))
  expect(await contents('two')).toEqual(undisturbed)
  const token = both[0]!.token('wangcang-health-editor')
  for (const product of both) expect(await product.ask('{ plugins { nodes { code state } } units(first: 1) { totalCount } }', {}, product.token('platform-admin'))).toMatchObject({ status: 200 })
  expect(token).not.toBe('')
  expect(await Promise.all(both.map(p => p.stop()))).toEqual([0, 0])
})

test('kill -9 in the middle of the migrations, and again in the middle of the demo city: the next start goes on and ends with the same', async () => {
  await empty('three')
  const kills: [string, string][] = [
    ['a migration', `SELECT FROM schema_migration HAVING count(*) >= 2`],
    ['the units', `SELECT FROM administrative_division LIMIT 1`],
    ['the grants', `SELECT FROM role_grant LIMIT 1`],
    ['the year', `SELECT FROM power LIMIT 1`],
  ]
  for (const [, text] of kills) {
    const product = instance('three')
    const start = product.start().catch((error: Error) => error.message)
    await seen('three', text)
    await product.kill()
    expect(await start).toContain('The product ended')
  }
  const last = instance('three')
  await last.start()
  expect(await contents('three')).toEqual(undisturbed)
  expect(await last.stop()).toBe(0)
})
