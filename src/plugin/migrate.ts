import pg from 'pg'
import { newId } from '../core/ids'
import { APP_ROLE } from '../database/database'
import { schemaOf, type PluginMigration } from '../sdk/migration'
import { checksumOf } from './checksum'
import { pluginError, PluginError, told } from './load'
import { strangersChanged, worldOutside } from './outside'

interface LedgerRow { migration: string; checksum: string }

/** Migrations of a plugin that are applied, in their order. */
async function applied(client: pg.Client, plugin: string): Promise<LedgerRow[]> {
  const { rows } = await client.query<LedgerRow & { direction: string }>(
    `SELECT DISTINCT ON (migration) migration, checksum, direction FROM plugin_ledger WHERE plugin_code = $1 ORDER BY migration, id DESC`, [plugin])
  return rows.filter(r => r.direction === 'UP')
}

/** An applied migration is history: it may neither change nor be missing, and none may be slipped in before it. */
function check(plugin: string, ledger: readonly LedgerRow[], code: readonly PluginMigration[]): PluginMigration[] {
  const names = code.map(m => m.name)
  const unordered = names.find((n, i) => i > 0 && n <= names[i - 1]!)
  if (unordered) throw pluginError('MIGRATION', `${unordered} is not named after the migration before it: names give the order and are unique.`)
  for (const row of ledger) {
    const m = code.find(c => c.name === row.migration)
    if (!m) throw pluginError('MIGRATION', `${plugin} lacks the migration ${row.migration}, which is applied to this database. Is this an older version of the plugin?`)
    if (checksumOf(m) !== row.checksum) throw pluginError('MIGRATION', `${row.migration} was changed after it was applied to this database. Take the change back and write a new migration.`)
  }
  const pending = code.filter(m => !ledger.some(r => r.migration === m.name))
  const last = ledger.at(-1)?.migration
  const late = pending.find(m => last !== undefined && m.name < last)
  if (late) throw pluginError('MIGRATION', `${late.name} comes before ${last}, which is applied already.`)
  return pending
}

/**
 * Runs what a plugin has not run on this database yet: all of it in one transaction, in the plugin's own PostgreSQL schema, as the owner of
 * the tables. A failure, or a change outside that schema, leaves nothing behind. Returns the names that ran.
 */
export async function migrateUp(ownerUrl: string, plugin: { name: string; version: string }, migrations: readonly PluginMigration[]): Promise<string[]> {
  return asOwner(ownerUrl, plugin.name, async client => {
    const pending = check(plugin.name, await applied(client, plugin.name), migrations)
    if (!pending.length) return []
    const schema = schemaOf(plugin.name)
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
    await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${APP_ROLE}`)
    await inside(client, schema, async () => {
      for (const m of pending) await run(client, m.name, m.up)
    })
    for (const m of pending) await note(client, plugin, m, 'UP')
    return pending.map(m => m.name)
  })
}

/** Takes the plugin's migrations back, newest first, and its empty schema with them. Its data is lost: for the contract kit and for purging. */
export async function migrateDown(ownerUrl: string, plugin: { name: string; version: string }, migrations: readonly PluginMigration[]): Promise<string[]> {
  return asOwner(ownerUrl, plugin.name, async client => {
    const ledger = await applied(client, plugin.name)
    check(plugin.name, ledger, migrations)
    const back = migrations.filter(m => ledger.some(r => r.migration === m.name)).reverse()
    if (!back.length) return []
    const schema = schemaOf(plugin.name)
    await inside(client, schema, async () => {
      for (const m of back) await run(client, m.name, m.down)
    })
    await client.query(`DROP SCHEMA ${schema}`)
    for (const m of back) await note(client, plugin, m, 'DOWN')
    return back.map(m => m.name)
  })
}

async function note(client: pg.Client, plugin: { name: string; version: string }, m: PluginMigration, direction: 'UP' | 'DOWN'): Promise<void> {
  await client.query('INSERT INTO plugin_ledger (id, plugin_code, migration, checksum, direction, plugin_version) VALUES ($1, $2, $3, $4, $5, $6)',
    [newId(), plugin.name, m.name, checksumOf(m), direction, plugin.version])
}

const TRANSACTION = /^\s*(commit|rollback|end|abort|begin|start\s+transaction|prepare\s+transaction|savepoint|release)\b/i

async function run(client: pg.Client, name: string, statements: readonly string[]): Promise<void> {
  for (const [i, sql] of statements.entries()) {
    if (TRANSACTION.test(sql)) throw pluginError('MIGRATION', `${name}, statement ${i + 1}: a migration does not begin or end transactions.`)
    try {
      // The extended protocol takes one statement only: no COMMIT can ride along.
      await client.query({ text: sql, values: [], queryMode: 'extended' } as pg.QueryConfig)
    } catch (error) {
      throw pluginError('MIGRATION', `${name}, statement ${i + 1}: ${told(error, '\0')}`, `migrations/${name}`)
    }
  }
}

/** Lets `work` change the plugin's schema and refuses it when anything else in the database is different afterwards. */
async function inside(client: pg.Client, schema: string, work: () => Promise<void>): Promise<void> {
  const before = await worldOutside(client, schema)
  await client.query(`SET LOCAL search_path TO ${schema}, public`)
  await work()
  await client.query('SET LOCAL search_path TO public')
  const changed = await strangersChanged(client, schema, before)
  if (changed.length) throw pluginError('MIGRATION', `A migration touched what is not the plugin's: ${changed.slice(0, 5).join(', ')}.`)
}

async function asOwner(url: string, plugin: string, work: (client: pg.Client) => Promise<string[]>): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: `plumbline plugin ${plugin}`, options: '-c timezone=UTC -c statement_timeout=300000 -c lock_timeout=20000' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock(43210002)')
    const names = await work(client)
    await client.query('COMMIT')
    return names
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error instanceof PluginError ? error : pluginError('MIGRATION', told(error, '\0'))
  } finally {
    await client.end().catch(() => undefined)
  }
}
