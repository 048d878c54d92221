import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Access, connection, OWNER } from './cluster'
import { StartError } from './start-error'

/** Whoever holds this lock on the cluster uses it. PostgreSQL lets it go when the holder's process ends, whatever way that happens. */
const IN_USE = 4321

/** Who uses the cluster whose server listens on this port. */
export async function askHolder(access: Access): Promise<'nobody' | 'no answer' | (string & {})> {
  const client = new pg.Client({ ...connection(access, 'postgres'), connectionTimeoutMillis: 5_000, application_name: 'plumbline waiting' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows: [row] } = await client.query<{ holder: string }>(
      'SELECT a.application_name AS holder FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = $1 AND l.objid = $2 AND l.granted', ['advisory', IN_USE])
    return row?.holder ?? 'nobody'
  } catch (e) {
    if ((e as { code?: string }).code === '28P01') throw new StartError('A PostgreSQL server with another password runs on the data directory. Stop it first.', { cause: e })
    return 'no answer'
  } finally {
    await client.end().catch(() => undefined)
  }
}

class LockTaken extends Error {}

/** Keeps the lock that says "in use", over the server's own restarts (it cuts all connections when one of its processes crashes). */
export class Holder {
  private released = false
  private constructor(private client: pg.Client, private readonly access: Access, private readonly onLoss?: (message: string) => void) { this.watch() }

  static async take(access: Access, onLoss?: (message: string) => void): Promise<Holder> {
    return new Holder(await Holder.lock(access), access, onLoss)
  }

  private static async lock(access: Access): Promise<pg.Client> {
    const client = new pg.Client({ ...connection(access, 'postgres'), application_name: `process ${process.pid} on ${hostname()}`.slice(0, 63), keepAlive: true })
    client.on('error', () => undefined)
    await client.connect()
    const { rows: [row] } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [IN_USE])
    if (row!.taken) return client
    await client.end()
    throw new LockTaken('another Plumbline took it at the same moment.')
  }

  private watch(): void {
    this.client.once('end', () => { if (!this.released) void this.again() })
  }

  /** However long the server takes to come back; when it ends instead, the lock is released. */
  private async again(): Promise<void> {
    while (!this.released) {
      await sleep(100)
      try {
        this.client = await Holder.lock(this.access)
        if (this.released) return await this.client.end()
        return this.watch()
      } catch (error) {
        if (error instanceof LockTaken) return this.onLoss?.('Another Plumbline took the embedded PostgreSQL.')
      }
    }
  }

  async makeDatabase(): Promise<void> {
    const { rowCount } = await this.client.query('SELECT 1 FROM pg_database WHERE datname = $1', [OWNER])
    if (!rowCount) await this.client.query(`CREATE DATABASE ${OWNER}`)
  }

  async release(): Promise<void> {
    this.released = true
    await this.client.end().catch(() => undefined)
  }
}
