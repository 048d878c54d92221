import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { APP_ROLE } from './database'

/** The one channel of PostgreSQL that every instance listens on. Ours are the first word of what is said there. */
export const PG_CHANNEL = 'plumbline'
const CHANNEL = /^[a-z][a-zA-Z-]*$/
/** PostgreSQL says at most 8,000 bytes. */
const LONGEST = 7_000

/**
 * What a subscriber is told: the payload of a command that was committed, on this instance or another; or null when it may have missed
 * something (each time the connection begins to listen): whatever it remembers must then be asked again.
 */
export type SignalHandler = (payload: string | null) => void

/** How a signal is said in SQL, `SELECT pg_notify('plumbline', $1)`: commands use `tx.notify`. */
export function signalText(channel: string, payload: string): string {
  const text = `${channel} ${payload}`
  if (!CHANNEL.test(channel)) throw new TypeError(`${channel} is no name of a channel.`)
  if (Buffer.byteLength(text) > LONGEST) throw new RangeError('A signal says which thing changed, not what it is now: the payload is too long.')
  return text
}

/**
 * What instances tell each other through PostgreSQL (LISTEN/NOTIFY): for rare things that everybody remembers, such as rights. Commits that
 * notify wait for each other, so it is nothing for every write. One connection of its own a process; when it is lost it comes back by
 * itself and tells everybody that they may have missed something. Behind a pooler it needs a session of its own.
 */
export class Signals {
  private readonly handlers = new Map<string, Set<SignalHandler>>()
  private client: pg.Client | null = null
  private closed = false

  constructor(private readonly url: string, private readonly log?: Pick<Logger, 'error' | 'warn'>) {}

  /** Does it hear the others at this moment? */
  get listening(): boolean {
    return this.client !== null
  }

  /** Returns how to stop it. A handler is quick and does not throw. */
  on(channel: string, handler: SignalHandler): () => void {
    const those = this.handlers.get(channel) ?? new Set()
    this.handlers.set(channel, those.add(handler))
    return () => void those.delete(handler)
  }

  /** Begins to listen. Resolves when it does, or when the first try has failed: it goes on trying then. */
  async open(): Promise<void> {
    if (!await this.listen()) void this.again()
  }

  async close(): Promise<void> {
    this.closed = true
    const { client } = this
    this.client = null
    await client?.end().catch(() => undefined)
  }

  private async listen(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.url, application_name: 'plumbline signals', keepAlive: true, connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE,
      options: `-c role=${APP_ROLE}`,
    })
    client.on('error', () => undefined)
    client.on('notification', ({ payload }) => this.hear(payload ?? ''))
    try {
      await client.connect()
      await client.query(`LISTEN ${PG_CHANNEL}`)
    } catch (err) {
      cut(client)
      this.log?.warn({ err }, 'signals of other instances are not heard')
      return false
    }
    if (this.closed) await client.end().catch(() => undefined)
    else this.keep(client)
    return true
  }

  private keep(client: pg.Client): void {
    this.client = client
    // A connection that died without a word would be silent for ever.
    const beat = setInterval(() => void client.query('SELECT 1').catch(() => cut(client)), HEARTBEAT).unref()
    client.once('end', () => {
      clearInterval(beat)
      this.client = null
      void this.again()
    })
    for (const those of this.handlers.values()) for (const handler of those) this.tell(handler, null)
  }

  private async again(): Promise<void> {
    for (let wait = 100; !this.closed; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      await sleep(wait, undefined, { ref: false })
      if (this.closed || await this.listen()) return
    }
  }

  private hear(text: string): void {
    const end = text.indexOf(' ')
    for (const handler of this.handlers.get(text.slice(0, end)) ?? []) this.tell(handler, text.slice(end + 1))
  }

  private tell(handler: SignalHandler, payload: string | null): void {
    try {
      handler(payload)
    } catch (err) {
      this.log?.error({ err }, 'a signal was not understood')
    }
  }
}

const PATIENCE = 5_000
const HEARTBEAT = 10_000
const LONGEST_WAIT = 1_000

/** A connection that hangs is not asked to end: it is cut. */
const cut = (client: pg.Client): void => void (client as unknown as { connection: { stream: Writable } }).connection.stream.destroy()
