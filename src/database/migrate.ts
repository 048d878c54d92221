import 'reflect-metadata'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { DataSource, type DataSourceOptions, type Logger, type MigrationInterface } from 'typeorm'
import { StartError } from './start-error'

type Migration = new () => MigrationInterface

/** The core's migrations in order of time. */
export function coreMigrations(): Migration[] {
  const folder = path.join(__dirname, '..', '..', 'migrations')
  return readdirSync(folder)
    .filter(f => /^\d+-[a-z0-9-]+\.(js|ts)$/.test(f)).sort()
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known at run time only
    .flatMap(f => Object.values(require(path.join(folder, f)) as Record<string, Migration>))
}

/** The ledger of the core's migrations. */
export const LEDGER = 'schema_migration'
/** Number of the advisory lock that lets one instance migrate at a time. */
const MIGRATING = 43_210_001

const nothing = (): void => undefined
/** Failures travel as errors; TypeORM would also print them. */
const SILENT: Logger = { logQuery: nothing, logQueryError: nothing, logQuerySlow: nothing, logSchemaBuild: nothing, logMigration: nothing, log: nothing }

/** TypeORM's view of the database: it migrates, and compares entities with tables. The product's reads and writes do not go through it. */
export function createDataSource(url: string, entities: DataSourceOptions['entities'] = [], logger: DataSourceOptions['logger'] = SILENT): DataSource {
  return new DataSource({
    type: 'postgres', url, entities, migrations: coreMigrations(), migrationsTableName: LEDGER, migrationsTransactionMode: 'each',
    applicationName: 'plumbline migration', logger, installExtensions: false, poolSize: 2,
    extra: { options: '-c timezone=UTC -c statement_timeout=0' },
  })
}

/**
 * Brings the database to the version of this code, as the owner of its tables. Each migration is one transaction, so a process that
 * dies between two of them leaves a database that the next start finishes. Returns the names of those that ran.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  return withSource(ownerUrl, async source => (await source.runMigrations({ transaction: 'each' })).map(m => m.name))
}

/** Takes the newest migration back. Returns its name; null when there is none. */
export async function revert(ownerUrl: string): Promise<string | null> {
  return withSource(ownerUrl, async source => {
    const newest = (await ledger(source)).at(-1)
    if (newest === undefined) return null
    await source.undoLastMigration({ transaction: 'each' })
    return newest
  })
}

/** Names of the migrations that have not run on this database. */
export async function pendingMigrations(ownerUrl: string): Promise<string[]> {
  return withSource(ownerUrl, async source => {
    const ran = await ledger(source)
    return source.migrations.map(m => m.name ?? m.constructor.name).filter(name => !ran.includes(name))
  })
}

async function withSource<T>(ownerUrl: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  return oneAtATime(ownerUrl, async () => {
    const source = createDataSource(ownerUrl)
    await source.initialize()
    try {
      const known = source.migrations.map(m => m.name ?? m.constructor.name)
      const newer = (await ledger(source)).filter(name => !known.includes(name))
      if (newer.length) throw new StartError(`The database was migrated by a newer Plumbline (${newer.join(', ')}). Start that version.`)
      return await work(source)
    } finally {
      await source.destroy()
    }
  })
}

async function ledger(source: DataSource): Promise<string[]> {
  const [{ there }] = await source.query<[{ there: boolean }]>('SELECT to_regclass($1) IS NOT NULL AS there', [LEDGER])
  return there ? (await source.query<{ name: string }[]>(`SELECT name FROM ${LEDGER} ORDER BY id`)).map(r => r.name) : []
}

/** Runs `work` while no other instance migrates or fills the same database; PostgreSQL frees the lock when this process ends. */
export async function oneAtATime<T>(ownerUrl: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000, keepAlive: true, application_name: 'plumbline migration lock', options: '-c statement_timeout=0' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATING])
    return await work()
  } finally {
    await client.end().catch(() => undefined)
  }
}
