import pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Lifetime } from '../core/request'
import { connectionLost } from './failures'
import { GroupCommit } from './group-commit'
import { GroupRead } from './group-read'
import { ask, type LightQuery, RowsQuery, type Statement, statementName } from './light-query'
import { Watch } from './watch'

/** The role the server works with: it can read and write what it is granted, owns nothing and cannot alter anything. */
export const APP_ROLE = 'plumbline_app'

// Dates and timestamps stay text: PostgreSQL's own words, no time zone of this process mixed in.
pg.types.setTypeParser(pg.types.builtins.DATE, v => v)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, v => v)
pg.types.setTypeParser(1185 as number as typeof pg.types.builtins.TIMESTAMPTZ, v => v) // timestamptz[]

export interface DatabaseOptions {
  /** Connections for reads and for writes. */
  readConnections?: number
  writeConnections?: number
  /** Milliseconds after which PostgreSQL gives up on a statement. */
  statementTimeout?: number
  /** Told when PostgreSQL is found not to answer any more, with the reason, and when it does again. */
  onAvailability?: (answers: boolean, why: string) => void
}

/** What PostgreSQL gets beyond a statement's time-out to say that it gave up, before the connection counts as hung. */
const GRACE = 3_000
/** The longest time-out that commands set themselves: those that import. */
const IMPORTING = 600_000
/** Milliseconds until a statement whose connection was lost is repeated: others that were lost at the same moment are noticed until then. */
export const AGAIN = 50
/** Milliseconds that running statements get when the pools are closed. */
const CLOSING = 5_000

/**
 * Pools on one database: reads run under generic plans (exactly one predicate drives each list), writes do not.
 * All work as APP_ROLE.
 */
export class Database {
  readonly reads: pg.Pool
  readonly writes: pg.Pool
  /** What commands that lock nothing read goes through here, and what their answers are read by. */
  readonly alike: GroupRead
  /** And this way what they write at their end. */
  readonly together: GroupCommit
  /** Told after each command that was committed here, and whether it left events: quick, and never throws. */
  committed: (emitted: boolean) => void = () => undefined
  private readonly watch: Watch

  constructor(readonly url: string, o: DatabaseOptions = {}) {
    const statementTimeout = o.statementTimeout ?? 15_000
    this.watch = new Watch(url, o.onAvailability)
    const base = `-c role=${APP_ROLE} -c statement_timeout=${statementTimeout} -c timezone=UTC -c jit=off`
    const common = { connectionString: url, connectionTimeoutMillis: 5_000, idleTimeoutMillis: 60_000 }
    this.reads = new pg.Pool({ ...common, Client: this.watch.clientClass(statementTimeout + GRACE), max: o.readConnections ?? 10, options: `${base} -c plan_cache_mode=force_generic_plan -c default_transaction_read_only=on` })
    this.writes = new pg.Pool({ ...common, Client: this.watch.clientClass(IMPORTING + GRACE), max: o.writeConnections ?? 10, options: `${base} -c idle_in_transaction_session_timeout=30000` })
    this.alike = new GroupRead(this.reads)
    this.together = new GroupCommit(this.writes)
    // Without a listener a connection that dies ends the process, whether it is idle or not; whoever waits for an answer is told anyway.
    for (const pool of [this.reads, this.writes]) {
      pool.on('error', () => undefined)
      pool.on('connect', client => client.on('error', () => undefined))
    }
  }

  /** Whether PostgreSQL answers, as far as is known: asked twice a second, beside the pools. */
  get answers(): boolean {
    return this.watch.answers
  }

  /** Rows of one read statement. `text` must be constant per shape: it is prepared and kept by name. */
  async rows<T = Record<string, unknown>>(text: string, values: readonly unknown[] = [], lifetime?: Lifetime): Promise<T[]> {
    return await this.read(() => new RowsQuery({ name: statementName(text), text, values }), lifetime) as T[]
  }

  /** Asks the read pool. */
  read<T>(query: () => LightQuery<T>, lifetime?: Lifetime): Promise<T> {
    return this.twice(() => ask(this.reads, query(), lifetime))
  }

  /** As `read`, together with what is asked alike at the same moment. */
  readAlike(statement: Statement, lifetime?: Lifetime): Promise<unknown[]> {
    return this.twice(() => this.alike.rows(statement, lifetime))
  }

  /** What is lost with its connection changed nothing, and is asked once more on another. */
  private async twice<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (error) {
      if (!connectionLost(error) || !this.answers) throw error
      await sleep(AGAIN)
      return read()
    }
  }

  /** Waits a little for what still runs, and no longer. */
  async close(): Promise<void> {
    const late = setTimeout(() => this.watch.cutAll('The database is being closed.'), CLOSING)
    await Promise.all([this.reads.end(), this.writes.end()])
    clearTimeout(late)
    await this.watch.stop()
  }
}
