import type { Logger } from 'pino'
import { systemActor } from '../../core/actor'
import { AppError } from '../../core/errors'
import { constraintError } from '../constraints'
import type { Database } from '../database'
import { databaseUnavailable } from '../failures'
import { locking, type Session } from '../session'
import { Transaction } from '../transaction'
import { claim, countAttempt, failed, giveBack, nextDue, nextRetry, settle, take, wantsToTake, type Delivery } from './delivery.repository'
import { GuardedSession } from './guarded-session'
import type { Subscriber } from './subscriber'
import { TimeLimit } from './time-limit'

export interface WorkerOptions {
  readonly log: Pick<Logger, 'warn' | 'error'>
  /** Milliseconds between two looks when nothing is heard. */
  readonly poll: number
  /** Attempts until an event is parked, and milliseconds until the second one; each pause is four times the one before. */
  readonly attempts: number
  readonly firstPause: number
  /** Milliseconds that a handler may take unless it says otherwise. */
  readonly timeLimit: number
}

const LONGEST_PAUSE = 600_000
/** Milliseconds for which an attempt that was counted is surely begun, or given back: until then nobody else counts one. */
const LEAST_PAUSE = 1_000
/** Told of an event in whose last attempt the process ended. */
const PROCESS_ENDED = 'PROCESS_ENDED'

/** Brings one subscriber its events, one after the other. Of several instances one works for it at a time. */
export class Worker {
  private readonly kinds: readonly string[]
  private running: Promise<void> | null = null
  private again = false
  private stopped = false
  private timer: NodeJS.Timeout | null = null
  /** Another instance was at it: what was given back to it waits for either of us. */
  private yielded = false
  /** Counted, and not made for want of the database: to be given back when it answers. */
  private owed: Delivery | null = null

  constructor(private readonly db: Database, private readonly subscriber: Subscriber, private readonly o: WorkerOptions) {
    this.kinds = subscriber.on.map(k => k.type)
  }

  wake(): void {
    if (this.stopped) return
    if (this.running) this.again = true
    else this.running = this.run().finally(() => void (this.running = null))
  }

  /** What is being handled is handled to its end, or to its time limit; nothing new is begun. */
  async stop(): Promise<void> {
    this.stopped = true
    if (this.timer) clearTimeout(this.timer)
    await this.running
  }

  private async run(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    let pause = this.o.poll
    this.yielded = false
    try {
      do {
        this.again = false
        await this.payBack()
        if (await wantsToTake(this.db, this.subscriber.name, this.kinds)) await this.take()
        for (let due; !this.stopped && (due = await nextDue(this.db, this.subscriber.name)) && await this.deliver(due););
      } while (this.again && !this.stopped)
      const retry = await nextRetry(this.db, this.subscriber.name)
      // What is due already is somebody else's at the moment.
      if (retry !== null && retry > 0) pause = Math.min(pause, retry + 1)
      if (this.yielded) pause = Math.min(pause, this.o.firstPause)
    } catch (err) {
      if (!databaseUnavailable(err)) this.o.log.error({ err, subscriber: this.subscriber.name }, 'events could not be brought')
    }
    if (!this.stopped) this.timer = setTimeout(() => this.wake(), pause).unref()
  }

  private async take(): Promise<void> {
    await locking(this.db.writes, async session => {
      const tx = this.transaction(session, 'take')
      await take(tx, this.subscriber.name, this.kinds)
      await tx.commit()
    })
  }

  /** Answers whether to go on with the next one. */
  private async deliver(due: Delivery): Promise<boolean> {
    if (due.attempts >= this.o.attempts) return this.note(due, new Error('The process ended while it was handled.'), PROCESS_ENDED)
    const counted = await countAttempt(this.db, due, Math.max(this.pauseAfter(due.attempts), LEAST_PAUSE))
    if (!counted) return false
    try {
      const mine = await this.handle(counted)
      this.yielded = !mine
      if (!mine) await giveBack(this.db, counted)
      return mine
    } catch (error) {
      if (!databaseUnavailable(error)) return this.note(counted, constraintError(error) ?? error)
      this.owed = counted
      return false
    }
  }

  private async note(d: Delivery, error: unknown, code = codeOf(error)): Promise<true> {
    const last = d.attempts >= this.o.attempts
    await failed(this.db, d, code, last ? null : this.pauseAfter(d.attempts - 1))
    this.o.log[last ? 'error' : 'warn'](
      { err: error, subscriber: this.subscriber.name, event: d.eventId, kind: d.kind, attempt: d.attempts }, last ? 'an event was parked' : 'an event was not handled')
    return true
  }

  private pauseAfter(attempts: number): number {
    return Math.min(this.o.firstPause * 4 ** attempts, LONGEST_PAUSE)
  }

  private async payBack(): Promise<void> {
    if (this.owed) await giveBack(this.db, this.owed)
    this.owed = null
  }

  private async handle(due: Delivery): Promise<boolean> {
    const limit = new TimeLimit(this.subscriber.timeLimit ?? this.o.timeLimit)
    let emitted = false
    try {
      const mine = await locking(this.db.writes, async session => {
        const guarded = new GuardedSession(session)
        const tx = this.transaction(guarded, due.eventId)
        const claimed = await claim(tx, this.subscriber.name, due)
        if (!claimed) return false
        // One that the outbox no longer holds can be told to nobody.
        if (claimed.event) await limit.race(this.subscriber.handle(tx, claimed.event), () => guarded.close())
        await settle(tx, due.id)
        await tx.commit()
        emitted = tx.emitted
        return true
      }, limit)
      if (mine) this.db.committed(emitted)
      return mine
    } finally {
      limit.clear()
    }
  }

  private transaction(session: Session, requestId: string): Transaction {
    const { name, as } = this.subscriber
    return new Transaction(session, { actor: this.subscriber.actor ?? systemActor(name), requestId: `event:${requestId}`, address: null }, as)
  }
}

/** What may be told of a failure: its code. Messages may hold values. */
function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.details.limit ?? error.code
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code.slice(0, 60) : typeof name === 'string' ? name.slice(0, 60) : 'UNKNOWN'
}
