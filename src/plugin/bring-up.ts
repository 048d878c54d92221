import path from 'node:path'
import { publishCatalog, readCatalog } from '../catalog'
import type { Database } from '../database/database'
import { checkDatabase, ReadModel } from '../database/sql'
import type { DomainModule } from '../domain/module'
import type { PluginCode } from '../sdk/plugin-code'
import { pluginData, type PluginData } from '../sdk/plugin-data'
import { pluginModule } from './adapt'
import { demoFolder, type DemoSheet } from './demo-sheets'
import { forget, mark } from './describe'
import { loadCode, PluginError, pluginError, told } from './load'
import { migrateUp } from './migrate'
import type { Outcome } from './outcome'
import { failure, type Failure, type Phase } from './problem'
import type { PluginSettings } from './settings'

/** A plugin that runs. One of content has neither code nor module. */
export interface Running {
  name: string
  code: PluginCode | null
  module: DomainModule | null
  data: PluginData
  /** What it brings for a demo. */
  demo: readonly DemoSheet[]
}
export interface BringUp {
  db: Database
  ownerUrl: string
  settings: PluginSettings
  /** Modules of the core and of the plugins that run already. */
  running: readonly DomainModule[]
}

/** The phases that need the database and this process: migrate, wire, start. A failure forgets what the plugin declared here. */
export async function bringUp(o: BringUp, outcome: Outcome): Promise<Running | Failure> {
  const since = outcome.descriptor!.codeFile ? mark() : null
  let phase: Phase = 'WIRE'
  try {
    const code = outcome.descriptor!.codeFile ? loadCode(outcome.descriptor!.codeFile) : null
    const settings = o.settings.settings[outcome.name]
    const data = pluginData(o.db, outcome.name, settings)
    phase = 'MIGRATE'
    if (code) await migrateUp(o.ownerUrl, outcome.manifest!, code.migrations)
    await publish(o.db, outcome)
    phase = 'WIRE'
    const module = code && pluginModule(outcome.name, code, settings)
    if (code) {
      checkInstances(code, data)
      await checkReads(o.db, [...o.running, module!])
    }
    phase = 'START'
    if (code?.start) await inTime(code.start(data), o.settings.startTimeout)
    return { name: outcome.name, code, module, data, demo: sheetsOf(outcome) }
  } catch (error) {
    if (since) forget(since)
    const problems = error instanceof PluginError ? error.problems : [{ code: phase, message: told(error, outcome.found.root) }]
    return failure(phase, ...problems)
  }
}

const sheetsOf = ({ manifest, found }: Outcome): DemoSheet[] => (manifest!.demo ? demoFolder(path.join(found.root, manifest!.demo)).sheets : [])

/** What the plugin declares to read is there, with the type and nullability declared: a difference would drop rows from answers silently. */
async function checkReads(db: Database, modules: readonly DomainModule[]): Promise<void> {
  try {
    await checkDatabase(db, new ReadModel(modules.flatMap(m => m.reads), modules.flatMap(m => m.edges)))
  } catch (error) {
    throw pluginError('READS', (error as Error).message)
  }
}

/** Every resolver class has its instance: a missing one would be found by the first query only. */
function checkInstances(code: PluginCode, data: PluginData): void {
  const instances = code.create(data)
  const without = code.resolvers.filter(r => !instances.some(i => i instanceof r))
  if (without.length) throw pluginError('WIRE', `create() makes no instance of ${without.map(r => r.name).join(', ')}.`)
}

async function publish(db: Database, { manifest, descriptor, found }: Outcome): Promise<void> {
  if (!descriptor!.catalog) return
  const problems = await publishCatalog(db, manifest!.name, {
    version: descriptor!.catalog.version, contentHash: descriptor!.catalog.contentHash, codePrefix: manifest!.short,
    read: () => readCatalog(path.join(found.root, manifest!.catalog!), manifest!.name),
  })
  if (problems.length) throw new PluginError(problems.map(p => ({ code: `CATALOG_${p.code}`, message: p.message, file: path.join(manifest!.catalog!, p.file), path: p.path })))
}

async function inTime(work: Promise<void>, timeout: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(pluginError('TIMEOUT', `It did not start within ${timeout} ms.`)), timeout) })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
