import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../src/database/embedded'
import { migrate } from '../../src/database/migrate'
import { nativeFolder, reaches, serverUser } from '../../src/database/native'

/** How the workers of a run find its server: set by globalSetup, inherited by them. */
export const SERVER_URL = 'PLUMBLINE_TEST_SERVER'
export const RUN = 'PLUMBLINE_TEST_RUN'

/** What came of looking at the shipped plugins, for all servers of the run. */
export const pluginsOfTheRun = (): string => path.join(tmpdir(), `${process.env[RUN]}-plugins.json`)

export const databaseUrl = (serverUrl: string, database: string): string => {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.toString()
}

export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** One server for the whole run with a migrated template on it; every test file clones the template. */
export async function startTestServer(given: string | undefined, place = roomForClones()): Promise<{ url: string; run: string; stop(): Promise<void> }> {
  const run = `plumbline_test_${randomBytes(5).toString('hex')}`
  const server = given ? { url: given, stop: async () => undefined } : await startEmbedded({
    directory: mkdtempSync(path.join(place, 'plumbline-test-')), ephemeral: true,
    settings: {
      fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '512MB',
      max_connections: '300', shared_buffers: '128MB', autovacuum: 'off',
    },
  })
  try {
    await asOwner(server.url, client => client.query(`CREATE DATABASE ${run}_template`))
    await migrate(databaseUrl(server.url, `${run}_template`))
  } catch (error) {
    await server.stop()
    throw error
  }
  return {
    url: server.url, run,
    stop: async () => {
      if (given) await dropDatabases(server.url, run)
      await server.stop()
    },
  }
}

const MEMORY = '/dev/shm'
const GIGABYTE = 2 ** 30

/**
 * A clone is more than a thousand small files, which take a disk many times as long as memory: the cluster, a few hundred megabytes, lies
 * in memory where there is plenty. (Not where PostgreSQL's programs must be copied beside it, because some systems run nothing from there.)
 */
function roomForClones(): string {
  if (!existsSync(MEMORY) || process.availableMemory() < 6 * GIGABYTE || !reaches(serverUser(MEMORY), path.join(nativeFolder(), 'bin', 'postgres'))) return tmpdir()
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize < 2 * GIGABYTE ? tmpdir() : MEMORY
}

async function dropDatabases(url: string, run: string): Promise<void> {
  await asOwner(url, async client => {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [run])
    for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`)
  })
}
