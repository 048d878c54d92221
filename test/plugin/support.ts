import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { forget, mark } from '../../src/plugin/describe'
import { examine, type Examined } from '../../src/plugin/examine'
import { findPlugins } from '../../src/plugin/find'
import type { Probed } from '../../src/plugin/find-and-probe'
import { loadPlugins, type PluginHost } from '../../src/plugin/host'
import { pluginSettings, type PluginSettings } from '../../src/plugin/settings'
import type { TestDatabase } from '../support/database'
import type { Files } from './fixtures/broken'

export const MODULES = require.resolve('../../src/modules')

/** A folder of plugins of a test's own. jest keeps the modules that it loaded: another start with other code is another folder. */
export class PluginFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'plumbline-plugins-'))

  constructor(plugins: Readonly<Record<string, Files>> = {}) {
    for (const [name, files] of Object.entries(plugins)) this.write(name, files)
  }

  write(name: string, files: Files): void {
    for (const [file, text] of Object.entries(files)) {
      const to = path.join(this.path, name, file)
      mkdirSync(path.dirname(to), { recursive: true })
      writeFileSync(to, text)
    }
  }

  remove(name: string): void {
    rmSync(path.join(this.path, name), { recursive: true, force: true })
  }

  settings(over: Partial<PluginSettings> = {}): PluginSettings {
    return pluginSettings.parse({ folder: this.path, packages: null, startTimeout: 1_000, ...over })
  }

  delete(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

const LOG = pino({ level: 'silent' })
const CORE = '1.0.0'

/** One start of the host, with every plugin looked at in a process of its own, as the server does it. */
export const start = (t: TestDatabase, settings: PluginSettings, schemaModule: string | null = MODULES): Promise<PluginHost> =>
  loadPlugins({ settings, coreVersion: CORE, schemaModule, db: t.db, ownerUrl: t.url, log: LOG })

/** Looks at a plugin in this process: for those that are wrong without being dangerous, and much quicker. */
export function examineHere(settings: PluginSettings, name: string): Examined {
  const all = findPlugins(settings)
  const since = mark()
  try {
    return examine({ found: all.find(f => f.name === name)!, all, coreVersion: CORE, settings: settings.settings[name], schemaModule: null })
  } finally {
    forget(since)
  }
}

/** A start whose plugins were looked at in this process. The schema is not built. */
export function startHere(t: TestDatabase, settings: PluginSettings): Promise<PluginHost> {
  const enabled = (name: string): boolean => (settings.enabled === 'all' || settings.enabled.includes(name)) && !settings.disabled.includes(name)
  const probed: Probed[] = findPlugins(settings).map(found => ({
    found, enabled: enabled(found.name), examined: enabled(found.name) ? examineHere(settings, found.name) : { manifest: null, descriptor: null, failure: null },
  }))
  return loadPlugins({ settings, coreVersion: CORE, schemaModule: null, db: t.db, ownerUrl: t.url, log: LOG, probed: Promise.resolve(probed) })
}

export const stateOf = (host: PluginHost, code: string): { state: string; phase: string | null; codes: string[]; reason: string | null } | undefined => {
  const row = host.states.find(s => s.code === code)
  return row && { state: row.state, phase: row.phase, reason: row.reason, codes: row.problems.map(p => p.code) }
}
