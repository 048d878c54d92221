import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { Database, type DatabaseOptions } from '../../src/database/database'
import { asOwner, databaseUrl, RUN, SERVER_URL } from './test-server'

export interface TestDatabase {
  readonly db: Database
  readonly url: string
  /** Statements as the owner of the tables: for what the product itself is not allowed to do. */
  readonly owner: pg.Pool
  close(): Promise<void>
}

/** A migrated database of this test file's own: a clone that is dropped by `close()`. */
export async function testDatabase(options: DatabaseOptions = {}, from?: string): Promise<TestDatabase> {
  const { url, drop } = await clone(from)
  const db = new Database(url, { readConnections: 4, writeConnections: 4, ...options })
  // Wherever the server of DATABASE_URL thinks it stands.
  const owner = new pg.Pool({ connectionString: url, max: 2, options: '-c timezone=UTC' })
  owner.on('error', () => undefined)
  return {
    db, url, owner,
    close: async () => {
      await Promise.all([db.close(), owner.end()])
      await drop()
    },
  }
}

/** A database with nothing in it: for the migrations themselves. */
export async function blankDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  return make('TEMPLATE template0')
}

/** A migrated database with nothing in it. */
export const emptyClone = (): Promise<{ url: string; drop(): Promise<void> }> => clone()

/** A test database with what `fill` puts into it. The first file of a run that asks for one of this name fills it, the others clone what that one made. */
export async function filledDatabase(name: string, fill: (owner: pg.Pool) => Promise<void>): Promise<TestDatabase> {
  const made = `${process.env[RUN]}_${name}`
  await asOwner(server(), async client => {
    // Held until this connection ends.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [made])
    if ((await client.query('SELECT FROM pg_database WHERE datname = $1', [made])).rowCount) return
    const { url } = await emptyClone()
    const owner = new pg.Pool({ connectionString: url, max: 1 })
    await fill(owner).finally(() => owner.end())
    await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} RENAME TO ${made}`)
  })
  return testDatabase({}, made)
}

const clone = (from = `${process.env[RUN]}_template`): Promise<{ url: string; drop(): Promise<void> }> => make(`TEMPLATE ${from} STRATEGY FILE_COPY`)

function server(): string {
  const url = process.env[SERVER_URL]
  if (!url) throw new Error('There is no test server: tests are run through jest with its globalSetup.')
  return url
}

async function make(from: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `${process.env[RUN]}_${randomBytes(6).toString('hex')}`
  await asOwner(server(), client => client.query(`CREATE DATABASE ${name} ${from}`))
  return {
    url: databaseUrl(server(), name),
    drop: () => asOwner(server(), async client => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`))),
  }
}
