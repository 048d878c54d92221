import type { Origin } from '../core/request'
import type { Database } from '../database/database'

export interface DemoStep {
  readonly name: string
  /** What people read while it runs. */
  readonly title: string
  /** Whether it was done by an earlier run. A step is one transaction, or finds by itself what is left to do. */
  isDone(db: Database): Promise<boolean>
  run(demo: DemoRun): Promise<void>
}

export interface DemoRun {
  readonly db: Database
  readonly origin: Origin
  /** Share of the step that is done, 0 to 1. */
  tell(done: number): void
}
