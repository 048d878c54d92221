import type pg from 'pg'
import { markOutcome, type Outcome } from '../core/errors'
import type { Lifetime } from '../core/request'
import { copyInto, type BulkResult, type BulkRow } from './bulk'
import { Held } from './cancel'
import type { GroupCommit } from './group-commit'
import type { GroupRead } from './group-read'
import { isRefusal, isStopped, neverSent, RowsQuery, run, type Statement } from './light-query'
import { type Parcel, statementOf } from './writes'

/** How a unit of work reaches the database. */
export interface Session {
  /** What it reads FOR UPDATE or FOR SHARE is locked; else a row that is read must be changed or held at the end. */
  readonly locks: boolean
  read(statement: Statement): Promise<unknown[]>
  /** Sends writes before the end, so that reads see them. */
  write(parcels: readonly Parcel[]): Promise<void>
  /** Sends the rest and makes all of it last. */
  commit(rest: readonly Parcel[]): Promise<void>
  copyInto(table: string, columns: readonly string[], rows: AsyncIterable<BulkRow> | Iterable<BulkRow>): Promise<BulkResult>
}

const BEGIN: Statement = { name: 'begin', text: 'BEGIN', values: [] }
const COMMIT: Statement = { name: 'commit', text: 'COMMIT', values: [] }

/** A transaction on a connection of its own: what it reads FOR UPDATE or FOR SHARE stays as it is until the end. */
class LockingSession implements Session {
  readonly locks = true
  /** Is it in the middle of a transaction? */
  begun = false

  constructor(private readonly client: pg.PoolClient) {}

  read(statement: Statement): Promise<unknown[]> {
    return this.send([statement])
  }

  async write(parcels: readonly Parcel[]): Promise<void> {
    for (const parcel of parcels) await this.send([statementOf([parcel])])
  }

  async commit(rest: readonly Parcel[]): Promise<void> {
    await this.write(rest.slice(0, -1))
    await this.send([...rest.slice(-1).map(parcel => statementOf([parcel])), COMMIT]).catch((error: unknown) => {
      markOutcome(error, endOutcome(error))
      throw error
    })
    this.begun = false
  }

  async copyInto(table: string, columns: readonly string[], rows: AsyncIterable<BulkRow> | Iterable<BulkRow>): Promise<BulkResult> {
    if (!this.begun) await this.send([])
    return copyInto(this.client, table, columns, rows)
  }

  /** In one packet, BEGIN before the first: where one of them fails, those behind it are not looked at. */
  private async send(statements: readonly Statement[]): Promise<unknown[]> {
    const all = this.begun ? statements : [BEGIN, ...statements]
    this.begun = true
    if (all.length === 1 || RowsQuery.together(this.client, all)) return run(this.client, new RowsQuery(...all))
    const rows: unknown[] = []
    for (const s of all) rows.push(...await run(this.client, new RowsQuery(s)))
    return rows
  }
}

/**
 * Holds neither a lock nor a connection while the program thinks: it reads as anybody does, and what it writes at the end, one statement
 * as a rule and together with others that end at that moment, refuses itself when a row is no longer as it was read.
 */
class LightSession implements Session {
  readonly locks = false

  constructor(private readonly pools: Pools, private readonly lifetime?: Lifetime) {}

  read(statement: Statement): Promise<unknown[]> {
    return this.pools.alike.rows(statement, this.lifetime)
  }

  async write(): Promise<void> {
    throw new Error('A command that locks nothing reads before it writes.')
  }

  async copyInto(): Promise<BulkResult> {
    throw new Error('A command that locks nothing cannot COPY.')
  }

  async commit(rest: readonly Parcel[]): Promise<void> {
    const [only, ...more] = rest
    if (!only) return
    if (more.length) return locking(this.pools.writes, session => session.commit(rest), this.lifetime)
    await this.pools.together.write(only, this.lifetime).catch((error: unknown) => {
      markOutcome(error, endOutcome(error))
      throw error
    })
  }
}

/** Runs `work` in a transaction; what it does not commit is rolled back. */
export async function locking<T>(pool: pg.Pool, work: (session: Session) => Promise<T>, lifetime?: Lifetime): Promise<T> {
  const client = await pool.connect()
  const held = new Held(client)
  let broken: Error | undefined
  const fail = (e: Error): void => void (broken = e)
  client.on('error', fail)
  try {
    lifetime?.begin(held)
    const session = new LockingSession(client)
    const answer = await work(session)
    if (session.begun) await client.query('ROLLBACK')
    return answer
  } catch (error) {
    // A rollback on a connection that hangs would double the wait: such a connection is thrown away instead.
    if (!broken) await client.query('ROLLBACK').catch(fail)
    throw error
  } finally {
    client.off('error', fail)
    lifetime?.end(held)
    client.release(broken ?? held.stopped)
  }
}

interface Pools { readonly alike: GroupRead; readonly writes: pg.Pool; readonly together: GroupCommit }

export const light = <T>(pools: Pools, work: (session: Session) => Promise<T>, lifetime?: Lifetime): Promise<T> => work(new LightSession(pools, lifetime))

/** What PostgreSQL itself refused at the end is not done; what was never answered may be. */
const endOutcome = (error: unknown): Outcome => (neverSent(error) || (isRefusal(error) && !isStopped(error)) ? 'NOT_DONE' : 'UNKNOWN')
