import type { Database } from '../../database/database'
import type { Rates } from './rates'

/**
 * One statement tells what was counted here since the last time and returns what all instances counted. In order of their keys, so that two
 * instances never wait for each other in a circle.
 */
const EXCHANGE = `
  INSERT INTO request_count AS c (key, minute, count)
  SELECT key, minute, count FROM unnest($1::text[], $2::int[], $3::int[]) AS n (key, minute, count) ORDER BY key, minute
  ON CONFLICT (key, minute) DO UPDATE SET count = c.count + excluded.count
  RETURNING key, minute, count`
/** What others counted of keys that come near their limit, by kinds of keys. The rest is learned when something is told of it. */
const NEAR = `
  SELECT key, minute, count FROM request_count
  WHERE minute >= $1 AND count >= CASE left(key, 1) WHEN 'i' THEN $2::int WHEN 'a' THEN $3::int ELSE $4::int END LIMIT 10000`
const FORGET = 'DELETE FROM request_count WHERE minute < $1'
/** Keys in one statement. */
const PART = 5_000
const EVERY = 2_000

export interface ExchangeLog {
  warn(bindings: object, message: string): void
}

/**
 * Shares counts between instances through PostgreSQL, outside the way of any request. Between two exchanges an instance knows of the
 * others' requests only what they had told: beyond a limit, at most what one instance admits in two seconds comes through for each further
 * instance. Without the database every instance counts for itself.
 */
export class RateExchange {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> = Promise.resolve()
  private failing = false

  constructor(private readonly rates: Rates, private readonly db: Database, private readonly log: ExchangeLog) {}

  start(): void {
    this.timer = setInterval(() => void this.exchange(), EVERY).unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.running
  }

  /** One after the other, however often it is asked for. */
  exchange(): Promise<void> {
    this.running = this.running.then(() => this.once())
    return this.running
  }

  private async once(): Promise<void> {
    const told = this.rates.tell()
    let at = 0
    try {
      for (; at < told.length; at += PART) {
        const part = told.slice(at, at + PART)
        await this.learn(EXCHANGE, [part.map(p => p.window.key), part.map(p => p.minute), part.map(p => p.count)])
      }
      await this.learn(NEAR, this.rates.near())
      this.failing = false
    } catch (err) {
      this.rates.takeBack(told.slice(at))
      if (!this.failing) this.log.warn({ err }, 'request counts cannot be shared; every instance counts for itself')
      this.failing = true
    }
  }

  private async learn(statement: string, values: readonly unknown[]): Promise<void> {
    const { rows } = await this.db.writes.query<{ key: string; minute: number; count: number }>(statement, values as unknown[])
    for (const { key, minute, count } of rows) this.rates.learn(key, minute, count)
  }

  /** Counts of minutes that no window looks at. */
  static async forget(db: Database): Promise<void> {
    await db.writes.query(FORGET, [Math.floor(Date.now() / 60_000) - 10])
  }
}
