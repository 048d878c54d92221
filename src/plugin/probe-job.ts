import type { Found } from './find'
import type { Phase } from './problem'

/** What a plugin's own process is told to look at. */
export interface ProbeJob {
  found: Found
  /** Every place where a plugin was found: those that it needs are loaded before it. */
  all: Found[]
  coreVersion: string
  settings: unknown
  /** Module that exports `buildSchema(modules)`; it builds the core with these plugin modules. */
  schemaModule: string | null
}
/** Told how far looking has come: from `enter` on, the time is the plugin's; from `ours` on it is not, as when the core is loaded. */
export interface Watch {
  enter(phase: Phase): void
  ours(): void
}
