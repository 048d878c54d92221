import type { Socket } from 'node:net'
import pg from 'pg'
import { isRefusal } from './light-query'

/** Looks for which an answer is waited; fewer on a connection that is made to see whether the server answers at all, or does again. */
const PATIENCE = 12
const PATIENCE_ANEW = 4
/** Backends to which nothing was sent, as far as they know. */
const UNHEARD = `SELECT pid FROM pg_stat_activity WHERE pid = ANY($1::int[]) AND starts_with(state, 'idle')`

export interface Listener {
  away(why: string): void
  back(): void
  /** Of the backends that were asked about, those which wait for us. */
  unheard(pids: readonly number[]): void
}

/** A connection of its own on which PostgreSQL is asked twice a second whether it answers. */
export class Probe {
  answers = true
  private client: pg.Client | null = null
  /** Looks since the question that is open; -1 when none is. */
  private waited = -1
  private rest = false
  private silent = false
  /** The connection that was there fell silent: one process of the server may hang, or all of it. */
  private doubtful = false
  private stopped = false

  constructor(private readonly url: string, private readonly listener: Listener) {}

  /** To be called regularly. `suspects`: backends to ask about. */
  look(suspects: readonly number[]): void {
    if (this.stopped) return
    if (this.waited >= 0) {
      if (++this.waited < (this.answers && !this.doubtful ? PATIENCE : PATIENCE_ANEW)) return
      this.silent = true
      if (this.client) streamOf(this.client).destroy()
    } else if ((this.rest = !this.rest) || !this.answers) {
      void this.ask(suspects)
    }
  }

  async stop(): Promise<void> {
    this.stopped = true
    const { client } = this
    if (!client) return
    const stream = streamOf(client)
    if (this.waited >= 0) return void stream.destroy()
    // It keeps no process alive while it watches; a process that waits for its end must not end before, with the exit code of success.
    stream.ref()
    const late = setTimeout(() => stream.destroy(), CLOSING)
    await client.end()
    clearTimeout(late)
  }

  private async ask(suspects: readonly number[]): Promise<void> {
    this.waited = 0
    this.silent = false
    const known = this.client !== null
    try {
      const client = this.client ?? await this.connect()
      const { rows } = suspects.length ? await client.query<{ pid: number }>(UNHEARD, [suspects]) : await client.query('SELECT')
      this.answered()
      if (suspects.length) this.listener.unheard(rows.map(r => r.pid))
    } catch (error) {
      if (this.client) streamOf(this.client).destroy()
      this.client = null
      this.rest = false
      // Too many connections, a changed password: a server that can say so lives. One that starts or stops cannot serve.
      if (isRefusal(error)) this.answered()
      // Only this connection may have ended or hang: whether the server does shows when the next one is made, at the next look.
      else if (known) this.doubtful = this.silent
      else this.lost(this.silent ? 'It gives no answer.' : (error as Error).message || String((error as NodeJS.ErrnoException).code))
    } finally {
      this.waited = -1
    }
  }

  private async connect(): Promise<pg.Client> {
    const client = this.client = new pg.Client({ connectionString: this.url, application_name: 'plumbline watch', keepAlive: true, options: '-c statement_timeout=10000' })
    client.on('error', () => undefined)
    client.once('end', () => {
      if (this.client === client) this.client = null
    })
    await client.connect()
    streamOf(client).unref()
    return client
  }

  private answered(): void {
    this.doubtful = false
    if (this.answers || this.stopped) return
    this.answers = true
    this.listener.back()
  }

  private lost(why: string): void {
    if (!this.answers || this.stopped) return
    this.answers = false
    this.listener.away(why)
  }
}

/** Milliseconds that its connection may take to close. */
const CLOSING = 1_000

const streamOf = (client: pg.Client): Socket => (client as unknown as { connection: { stream: Socket } }).connection.stream
