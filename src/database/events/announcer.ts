import type { Database } from '../database'
import { ask, RowsQuery } from '../light-query'
import { PG_CHANNEL, signalText } from '../signals'

/** Said to every instance soon after commands were committed: some of them left events, or none did. Nobody may rely on hearing it. */
export const EVENTS_SIGNAL = 'events'
export const WRITES_SIGNAL = 'writes'

/** Milliseconds between two announcements of one instance at least. */
const PAUSE = 50

/**
 * Tells all instances that something was committed here: beside the commands, which must not wait for each other, and once for many of them.
 * What is lost with this process is found by those who look now and then.
 */
export class Announcer {
  private timer: NodeJS.Timeout | null = null
  private last = -PAUSE
  private emitted = false

  constructor(private readonly db: Database) {
    const note = (emitted: boolean): void => this.note(emitted)
    db.committed = note
  }

  stop(): void {
    this.db.committed = silent
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
  }

  private note(emitted: boolean): void {
    this.emitted ||= emitted
    if (this.timer) return
    this.timer = setTimeout(() => this.say(), Math.max(0, this.last + PAUSE - performance.now())).unref()
  }

  private say(): void {
    this.timer = null
    this.last = performance.now()
    const signal = signalText(this.emitted ? EVENTS_SIGNAL : WRITES_SIGNAL, '')
    this.emitted = false
    void ask(this.db.writes, new RowsQuery({ name: 'announce', text: `SELECT pg_notify('${PG_CHANNEL}', $1)`, values: [signal] })).catch(() => undefined)
  }
}

const silent = (): void => undefined
