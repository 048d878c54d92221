import type { Database } from '../../database/database'
import { EVENTS_SIGNAL, WRITES_SIGNAL } from '../../database/events'
import { databaseUnavailable } from '../../database/failures'
import type { Signals } from '../../database/signals'

/** Milliseconds between two looks when nothing is heard. */
const POLL = 2_000
/** No transaction lasts longer. */
const LONGEST = `interval '1 hour'`

/** Told with the ids of rows that were changed, of those that it watches. */
export interface RowListener {
  readonly ids: ReadonlySet<string>
  changed(id: string): void
  /** Whose eyes it watches with, and that what they may see has changed. */
  readonly viewer: string
  rightsChanged(): void
}

/**
 * Which of the rows that somebody here watches were changed by a command, on whatever instance: the log of commands tells, in the order in
 * which commits became visible. Nothing is looked at while nobody watches.
 */
export class ChangedRows {
  private readonly listeners = new Set<RowListener>()
  private snapshot: string | null = null
  private looking: Promise<void> | null = null
  private again = false
  private timer: NodeJS.Timeout | null = null
  private readonly stopHearing: (() => void)[]

  constructor(private readonly db: Database, signals: Pick<Signals, 'on'>, private readonly log: { error(bindings: object, message: string): void }) {
    this.stopHearing = [EVENTS_SIGNAL, WRITES_SIGNAL].map(channel => signals.on(channel, () => this.wake()))
  }

  /** From when this resolves nothing is missed. Returns how to stop. */
  async watch(listener: RowListener): Promise<() => void> {
    this.listeners.add(listener)
    this.timer ??= setInterval(() => this.wake(), POLL).unref()
    if (this.snapshot === null) this.snapshot = (await this.db.rows<{ now: string }>('SELECT pg_current_snapshot()::text AS now'))[0]!.now
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size) return
      if (this.timer) clearInterval(this.timer)
      this.timer = this.snapshot = null
    }
  }

  /** Rights of somebody, or null, of anybody, changed: everything watched is looked at again with the eyes of now. */
  recheck(ref: string | null): void {
    for (const l of this.listeners) if (ref === null || l.viewer === ref) l.rightsChanged()
  }

  stop(): void {
    for (const stop of this.stopHearing) stop()
    if (this.timer) clearInterval(this.timer)
    this.listeners.clear()
  }

  private wake(): void {
    if (!this.listeners.size || this.snapshot === null) return
    if (this.looking) this.again = true
    else this.looking = this.look().catch(this.failed).finally(() => void (this.looking = null))
  }

  private readonly failed = (err: unknown): void => {
    if (!databaseUnavailable(err)) this.log.error({ err }, 'changes could not be looked for')
  }

  private async look(): Promise<void> {
    do {
      this.again = false
      const ids = [...new Set([...this.listeners].flatMap(l => [...l.ids]))]
      const since = this.snapshot
      if (since === null || !ids.length) return
      const [row] = await this.db.rows<{ now: string; changed: string[] }>(
        `SELECT pg_current_snapshot()::text AS now, ARRAY(
           SELECT DISTINCT r.subject_id FROM audit_record r WHERE r.subject_id = ANY($1::uuid[]) AND r.at > now() - ${LONGEST}
           AND r.tx >= $2::bigint AND NOT pg_visible_in_snapshot(r.tx::text::xid8, $3::pg_snapshot)) AS changed`, [ids, since.split(':')[0]!, since])
      // Nobody may have watched for a moment: what is new now was asked for by nobody then.
      if (this.snapshot !== null) this.snapshot = row!.now
      for (const id of row!.changed) for (const l of this.listeners) if (l.ids.has(id)) l.changed(id)
    } while (this.again)
  }
}
