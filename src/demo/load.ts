import { systemActor } from '../core/actor'
import type { Origin } from '../core/request'
import type { Database } from '../database/database'
import type { DemoStep } from './step'
import { demoSteps } from './steps'

export interface DemoProgress {
  readonly step: string
  readonly title: string
  /** Which step, from 1, of how many. */
  readonly index: number
  readonly steps: number
  /** Share of this step that is done, 0 to 1. */
  readonly done: number
}

export interface DemoOptions {
  readonly onProgress?: (progress: DemoProgress) => void
  readonly steps?: readonly DemoStep[]
}

const origin: Origin = { actor: systemActor('demo'), requestId: 'demo', address: null }

/**
 * Loads the demo city through the same doors as anybody's data. Does nothing where it already stands; after an interruption it goes on with
 * what is missing. Returns the names of the steps that it ran.
 */
export async function loadDemo(db: Database, { onProgress, steps = demoSteps }: DemoOptions = {}): Promise<string[]> {
  const ran: string[] = []
  for (const [i, step] of steps.entries()) {
    const tell = (done: number): void => onProgress?.({ step: step.name, title: step.title, index: i + 1, steps: steps.length, done })
    if (!await step.isDone(db)) {
      tell(0)
      await step.run({ db, origin, tell })
      ran.push(step.name)
    }
    tell(1)
  }
  return ran
}
