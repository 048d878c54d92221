import { AppError } from '../../core/errors'
import type { Stoppable, Lifetime } from '../../core/request'
import type { Limits } from '../limits'
import type { Window } from './window'

/** How often the requests in flight are looked at. */
const EVERY = 250
/** After what was broken off must have answered: a database that hangs does not. */
const GRACE = 2_000

/** Whoever waits for an answer. */
export interface Waiting {
  /** Nobody does any more. */
  gone(): boolean
  /** The answer, when it will not come in another way. */
  giveUp(error: AppError): void
}

/** One request on its way through the server. */
export class RunningRequest implements Lifetime {
  /** Commands are carried out although nobody waits: whoever gave one and went wants it done. */
  command = false
  /** Where it stands among those in flight. */
  place = 0
  private readonly works = new Set<Stoppable>()
  private over: AppError | null = null
  private gaveUp = false

  constructor(private readonly waiting: Waiting, private readonly began: number, private readonly window: Window) {}

  begin(work: Stoppable): void {
    if (this.over) throw this.over
    this.works.add(work)
  }

  end(work: Stoppable): void {
    this.works.delete(work)
  }

  /** It has been answered. */
  finish(): void {
    this.window.running--
  }

  look(now: number, limits: Pick<Limits, 'queryTime' | 'commandTime'>): void {
    const limit = this.command ? 'commandTime' : 'queryTime'
    const since = now - this.began
    if (!this.over && since > limits[limit]) this.stop(timeOver(limit, limits[limit]))
    if (!this.over && !this.command && this.waiting.gone()) this.stop(timeOver(limit, limits[limit]))
    if (this.over && !this.gaveUp && since > limits[limit] + GRACE) {
      this.gaveUp = true
      this.waiting.giveUp(this.command ? unknownOutcome(this.over) : this.over)
    }
  }

  private stop(error: AppError): void {
    this.over = error
    for (const work of [...this.works]) work.stop()
  }
}

/**
 * All requests in flight, looked at by one timer: a request that is answered in time costs a place in an array, and neither a timer nor a
 * listener of its own. Not a Set: V8 builds its table anew every few changes, each old table keeps who stood in it and points to the next,
 * and once one of them is old the young generation frees nothing of any request any more.
 */
export class InFlight {
  private readonly all: RunningRequest[] = []
  private timer: NodeJS.Timeout | undefined
  private now = 0

  constructor(private readonly limits: Pick<Limits, 'queryTime' | 'commandTime'>) {}

  start(): void {
    const began = performance.now()
    this.timer = setInterval(() => this.look(performance.now() - began), EVERY).unref()
  }

  stop(): void {
    clearInterval(this.timer)
  }

  /** `window`: of whoever asks; one more is running in it. */
  begin(window: Window, waiting: Waiting): RunningRequest {
    window.running++
    // It begins at the next look at the latest: nobody's time is cut short.
    const request = new RunningRequest(waiting, this.now + EVERY, window)
    request.place = this.all.push(request) - 1
    return request
  }

  end(request: RunningRequest): void {
    if (this.all[request.place] !== request) return
    request.finish()
    const last = this.all.pop()!
    if (last !== request) this.all[last.place = request.place] = last
  }

  look(now: number): void {
    this.now = now
    for (const request of [...this.all]) request.look(now, this.limits)
  }

  get size(): number {
    return this.all.length
  }
}

const timeOver = (limit: 'queryTime' | 'commandTime', most: number): AppError =>
  new AppError('LIMIT_EXCEEDED', 'The request took longer than the server allows. Ask for less.', { limit, most, status: 503, messageKey: 'queryTime' })

/** Whether the database carried it out before it hung, nobody knows. */
const unknownOutcome = (error: AppError): AppError => new AppError(error.code, error.message, { ...error.details, outcome: 'UNKNOWN' })
