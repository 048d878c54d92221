import type { Descriptor, PlainManifest } from './descriptor'
import type { Found } from './find'
import type { Failure } from './problem'
import type { PluginState } from './states'

/** What became of one plugin at this start. */
export interface Outcome {
  name: string
  found: Found
  manifest: PlainManifest | null
  descriptor: Descriptor | null
  state: Extract<PluginState, 'ENABLED' | 'DISABLED' | 'QUARANTINED'>
  failure: Failure | null
}
