import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createDataSource, LEDGER, migrate, pendingMigrations, revert } from '../../src/database/migrate'
import { dump } from '../support/catalogue'
import { blankDatabase } from '../support/database'
import { asOwner } from '../support/test-server'

let url: string
let drop: () => Promise<void>
let client: pg.Client
beforeEach(async () => {
  ({ url, drop } = await blankDatabase())
  client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
})
afterEach(async () => {
  await client.end()
  await drop()
})

const names = async (): Promise<string[]> => (await client.query<{ name: string }>(`SELECT name FROM ${LEDGER} ORDER BY id`)).rows.map(r => r.name)

test('each migration taken back leaves exactly what was there before it, down to nothing and up again', async () => {
  const empty = await dump(client)
  const source = await createDataSource(url).initialize()
  const steps: Awaited<ReturnType<typeof dump>>[] = [empty]
  // TypeORM runs all that is pending: hand it one more each time.
  const all = [...source.migrations]
  for (let n = 1; n <= all.length; n++) {
    source.migrations.splice(0, source.migrations.length, ...all.slice(0, n))
    await source.runMigrations({ transaction: 'each' })
    steps.push(await dump(client))
  }
  await source.destroy()
  for (let n = all.length; n > 0; n--) {
    expect(await dump(client)).toEqual(steps[n])
    expect(await revert(url)).toBe(all[n - 1]!.name)
  }
  expect(await revert(url)).toBeNull()
  // The right to make tables in `public` is taken from everybody for good: PostgreSQL 15 and later never gives it.
  expect(await dump(client)).toEqual(empty)
  await migrate(url)
  expect(await dump(client)).toEqual(steps.at(-1))
})

test('a second run changes nothing', async () => {
  expect((await migrate(url)).length).toBeGreaterThan(3)
  const first = await dump(client)
  expect(await migrate(url)).toEqual([])
  expect(await pendingMigrations(url)).toEqual([])
  expect(await dump(client)).toEqual(first)
})

test('two instances that migrate at once run each migration once', async () => {
  const pending = await pendingMigrations(url)
  const ran = await Promise.all([migrate(url), migrate(url), migrate(url)])
  expect(ran.flat().sort()).toEqual(pending.sort())
  expect((await names()).sort()).toEqual(pending)
})

test('a process that dies between two migrations is healed by the next start', async () => {
  const pending = await pendingMigrations(url)
  // Somebody holds the name of a table that the third migration makes: it waits there, and its connection is cut.
  await client.query('BEGIN')
  await client.query('CREATE TABLE power ()')
  const broken = migrate(url).then(() => null, (e: Error) => e)
  await asOwner(url, async other => {
    for (let waiting = false; !waiting; await sleep(20)) {
      const { rowCount } = await other.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'plumbline migration' AND wait_event_type = 'Lock'`)
      waiting = !!rowCount
    }
  })
  expect(await broken).toBeInstanceOf(Error)
  await client.query('ROLLBACK')
  const done = await names()
  expect(done.length).toBeGreaterThan(0)
  expect(done.length).toBeLessThan(pending.length)
  expect(await migrate(url)).toEqual(pending.slice(done.length))
})

test('a database of a newer version is refused', async () => {
  await migrate(url)
  await client.query(`INSERT INTO ${LEDGER} (timestamp, name) VALUES (1, 'Tomorrow20991231000001')`)
  await expect(migrate(url)).rejects.toThrow('The database was migrated by a newer Plumbline (Tomorrow20991231000001)')
})

test('every table of the core belongs to the migrating role, and the role of the server owns nothing', async () => {
  await migrate(url)
  const { rows } = await client.query<{ owner: string }>(`SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'`)
  expect(rows).toEqual([{ owner: decodeURIComponent(new URL(url).username) }])
})
