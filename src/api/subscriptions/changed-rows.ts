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
 * Which of the rows that somebody here watches were changed by a command, and what is new in topics that somebody follows, on whatever
 * instance: the log of commands and `topic_news` tell, in the order in which commits became visible. Nothing is looked at while nobody watches.
 */
export class ChangedRows {
  private readonly listeners = new Set<RowListener>()
  private followers = 0
  private snapshot: string | null = null
  private looking: Promise<void> | null = null
  private again = false
  private timer: NodeJS.Timeout | null = null
  private readonly stopHearing: (() => void)[]

  constructor(private readonly db: Database, signals: Pick<Signals, 'on'>, private readonly log: { error(bindings: object, message: string): void }, private readonly hear: (news: string) => void) {
    this.stopHearing = [EVENTS_SIGNAL, WRITES_SIGNAL].map(channel => signals.on(channel, () => this.wake()))
  }

  /** From when this resolves nothing is missed. Returns how to stop. */
  async watch(listener: RowListener): Promise<() => void> {
    this.listeners.add(listener)
    await this.begin()
    return () => {
      this.listeners.delete(listener)
      this.rest()
    }
  }

  /** From when this resolves nothing is missed of what is new in topics. Returns how to stop, to be called once. */
  async follow(): Promise<() => void> {
    this.followers++
    await this.begin()
    return () => {
      this.followers--
      this.rest()
    }
  }

  private async begin(): Promise<void> {
    this.timer ??= setInterval(() => this.wake(), POLL).unref()
    if (this.snapshot === null) this.snapshot = (await this.db.rows<{ now: string }>('SELECT pg_current_snapshot()::text AS now'))[0]!.now
  }

  private rest(): void {
    if (this.isWatched) return
    if (this.timer) clearInterval(this.timer)
    this.timer = this.snapshot = null
  }

  private get isWatched(): boolean {
    return this.followers > 0 || this.listeners.size > 0
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
    if (!this.isWatched || this.snapshot === null) return
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
      if (since === null) return
      const [row] = await this.db.rows<{ now: string; changed: string[]; news: string[] }>(
        `SELECT pg_current_snapshot()::text AS now, ARRAY(
           SELECT DISTINCT r.subject_id FROM audit_record r WHERE r.subject_id = ANY($1::uuid[]) AND r.at > now() - ${LONGEST}
           AND r.tx >= $2::bigint AND NOT pg_visible_in_snapshot(r.tx::text::xid8, $3::pg_snapshot)) AS changed, ARRAY(
           SELECT DISTINCT n.news FROM topic_news n WHERE $4 AND n.at > now() - ${LONGEST}
           AND n.tx >= $2::bigint AND NOT pg_visible_in_snapshot(n.tx::text::xid8, $3::pg_snapshot)) AS news`, [ids, since.split(':')[0]!, since, this.followers > 0])
      // Nobody may have watched for a moment: what is new now was asked for by nobody then.
      if (this.snapshot !== null) this.snapshot = row!.now
      for (const news of row!.news) this.hear(news)
      for (const id of row!.changed) for (const l of this.listeners) if (l.ids.has(id)) l.changed(id)
    } while (this.again)
  }
}
