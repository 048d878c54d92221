import type { Database } from '../database'
import type { Signals } from '../signals'
import { Announcer, EVENTS_SIGNAL } from './announcer'
import { deliveryFigures, register, type DeliveryFigures } from './delivery.repository'
import type { Subscriber } from './subscriber'
import { Worker, type WorkerOptions } from './worker'

export type DispatcherOptions = Pick<WorkerOptions, 'log'> & Partial<WorkerOptions>

const DEFAULTS = { poll: 5_000, attempts: 8, firstPause: 1_000, timeLimit: 10_000 }

/**
 * Brings what happened to those who asked for it, after the commit: every event to every subscriber at least once, and in effect once. It is
 * woken by what instances say to each other, and looks by itself now and then. Subscribers do not wait for each other.
 */
export class Dispatcher {
  private readonly workers: readonly Worker[]
  private readonly announcer: Announcer
  private stopHearing: () => void = () => undefined

  private constructor(private readonly db: Database, private readonly names: readonly string[], subscribers: readonly Subscriber[], options: DispatcherOptions) {
    this.workers = subscribers.map(s => new Worker(db, s, { ...DEFAULTS, ...options }))
    this.announcer = new Announcer(db)
  }

  static async start(db: Database, signals: Signals, subscribers: readonly Subscriber[], options: DispatcherOptions): Promise<Dispatcher> {
    const names = subscribers.map(s => s.name)
    const twice = names.find((n, i) => names.indexOf(n) !== i)
    if (twice !== undefined) throw new Error(`Two subscribers are called ${twice}.`)
    await register(db, names)
    const dispatcher = new Dispatcher(db, names, subscribers, options)
    dispatcher.stopHearing = signals.on(EVENTS_SIGNAL, () => dispatcher.wake())
    dispatcher.wake()
    return dispatcher
  }

  wake(): void {
    for (const worker of this.workers) worker.wake()
  }

  figures(): Promise<DeliveryFigures[]> {
    return deliveryFigures(this.db, this.names)
  }

  /** What is being handled comes to its end; the rest waits for another instance, or for the next start. */
  async stop(): Promise<void> {
    this.stopHearing()
    await Promise.all(this.workers.map(w => w.stop()))
    this.announcer.stop()
  }
}
