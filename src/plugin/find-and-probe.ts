import os from 'node:os'
import { examine, type Examined } from './examine'
import { findPlugins, type Found } from './find'
import { probe } from './probe'
import { ProbeCache } from './probe-cache'
import { failure } from './problem'
import type { PluginSettings } from './settings'

export interface Probed { found: Found; enabled: boolean; examined: Examined }
export interface ProbeOptions {
  settings: PluginSettings
  coreVersion: string
  /** Module that exports `buildSchema(modules)`, for the process in which a plugin is tried; null: its schema is not tried. */
  schemaModule: string | null
  /** File in which what came of looking is kept for the next start; absent: every start looks. */
  cacheFile?: string
}

/** Finds the plugins and looks at each that shall run, in processes of their own, as many at once as there are processors. */
export async function probePlugins(o: ProbeOptions): Promise<Probed[]> {
  const all = findPlugins(o.settings)
  const cache = o.cacheFile ? new ProbeCache(o.cacheFile, all, [o.coreVersion, o.schemaModule]) : null
  const queue = [...all.entries()]
  const probed: Probed[] = []
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [i, found] = next
      probed[i] = { found, enabled: isEnabled(o.settings, found.name), examined: await look(o, found, all, cache) }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(os.availableParallelism(), all.length)) }, work))
  cache?.save()
  return probed
}

const isEnabled = (s: PluginSettings, name: string): boolean => (s.enabled === 'all' || s.enabled.includes(name)) && !s.disabled.includes(name)

async function look(o: ProbeOptions, found: Found, all: Found[], cache: ProbeCache | null): Promise<Examined> {
  if (!isEnabled(o.settings, found.name)) return { manifest: null, descriptor: null, failure: null }
  const twins = all.filter(f => f.name === found.name)
  if (twins.length > 1) {
    const message = `There are ${twins.length} plugins named ${found.name} (${twins.map(f => (f.source === 'FOLDER' ? 'in the plugins folder' : 'an installed package')).join(', ')}). Keep one.`
    return { manifest: null, descriptor: null, failure: failure('DISCOVER', { code: 'CLASH', message }) }
  }
  const settings = o.settings.settings[found.name]
  const kept = cache?.get(found.name, settings)
  if (kept) return kept
  const job = { found, all, coreVersion: o.coreVersion, settings, schemaModule: o.schemaModule }
  // A plugin without any code needs no process of its own: there is nothing to run.
  const examined = found.entry?.kind === 'module' ? await probe(job, o.settings.probeTimeout) : examine(job)
  cache?.put(found.name, settings, examined)
  return examined
}
