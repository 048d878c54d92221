import type { Logger } from 'pino'
import type { Database } from '../database/database'
import { catalogModule } from '../catalog'
import { coreModules } from '../domain'
import type { ImportKind } from '../domain/import'
import { variableSources } from '../domain/indicator'
import type { DomainModule } from '../domain/module'
import type { PluginRoute } from '../sdk/plugin-code'
import { pluginImport } from './adapt'
import { bringUp, type Running } from './bring-up'
import { pluginDemo, type PluginDemo } from './demo'
import { probePlugins, type Probed, type ProbeOptions } from './find-and-probe'
import { link } from './link'
import { measuredSource } from './measured-source'
import type { Outcome } from './outcome'
import { allPlugins, type PluginRow } from './plugin.repository'
import { failure, reasonOf, type Failure } from './problem'
import { pluginsModule } from './plugins.module'
import { recordOutcomes } from './record'

export interface HostOptions extends ProbeOptions {
  db: Database
  /** Address with the role that owns the tables: migrations of plugins run as it. */
  ownerUrl: string
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** What `probePlugins` began earlier, so that looking at plugins and starting the database go on at the same time. */
  probed?: Promise<Probed[]>
}

/** A plugin that once ran and does not now: its part of the schema stays and answers PLUGIN_UNAVAILABLE. */
export interface UnavailablePlugin { plugin: string; sdl: string; reason: string; since: string; state: string }
export interface NamedRoute extends PluginRoute { plugin: string; url: string }

export interface PluginHost {
  /** Modules of the running plugins, in an order that depends on their needs and names only. */
  modules: DomainModule[]
  unavailable: UnavailablePlugin[]
  /** Every plugin that was ever found, as the table at start and the query `plugins` show it. */
  states: PluginRow[]
  /** Files under `/plugins/<name>/`. */
  routes: NamedRoute[]
  /** Files that their registers take, by `<plugin>.<import>`. */
  imports: ImportKind[]
  /** What the running plugins add to a demo, in the order of their needs. */
  demo: PluginDemo[]
  close(): Promise<void>
}

/**
 * Finds, checks, orders, migrates, wires and starts the plugins. A failure in any phase quarantines that plugin and those that need it; this
 * function throws only when the database fails. Call it after the core's own migrations.
 */
export async function loadPlugins(o: HostOptions): Promise<PluginHost> {
  const probed = await (o.probed ?? probePlugins(o))
  const ran = new Set((await allPlugins(o.db)).filter(p => p.state === 'ENABLED').map(p => p.code))
  const outcomes = link(probed, ran)
  const running = new Map<string, Running>()
  // In order of need: one that fails on the way takes those that need it along.
  for (const outcome of outcomes.filter(x => x.state === 'ENABLED')) {
    const modules = [...coreModules, catalogModule, pluginsModule, ...[...running.values()].flatMap(r => r.module ?? [])]
    const result = needsMissing(outcome, running) ?? await bringUp({ ...o, running: modules }, outcome)
    if ('problems' in result) Object.assign(outcome, { state: 'QUARANTINED', failure: result })
    else running.set(outcome.name, result)
  }
  const states = await recordOutcomes(o.db, outcomes)
  for (const { name, failure: f } of outcomes) if (f) o.log.warn({ plugin: name, phase: f.phase, reason: reasonOf(f) }, 'plugin quarantined')
  return assemble(o, [...running.values()], states)
}

function needsMissing(outcome: Outcome, running: ReadonlyMap<string, Running>): Failure | null {
  const lost = Object.keys(outcome.manifest!.requires).find(r => !running.has(r))
  return lost === undefined ? null : failure('LINK', { code: 'REQUIRES', message: `${outcome.name} needs ${lost}, which does not run.` })
}

const importsOf = (name: string, code: Running['code'], data: Running['data']): ImportKind[] => (code?.imports?.(data) ?? []).map(i => pluginImport(name, i))

function assemble(o: HostOptions, running: readonly Running[], states: PluginRow[]): PluginHost {
  const sources = variableSources(o.db)
  for (const { name, code } of running) if (code?.variables) sources.set(name, measuredSource(o.db, code.variables))
  return {
    modules: running.flatMap(r => (r.module ? [r.module] : [])),
    unavailable: states.flatMap(s => (s.sdl !== null && s.state !== 'ENABLED' && s.state !== 'PURGED'
      ? [{ plugin: s.code, sdl: s.sdl, reason: s.reason ?? 'It is switched off.', since: s.since, state: s.state }] : [])),
    states,
    routes: running.flatMap(({ name, code }) => (code?.routes ?? []).map(route => ({ ...route, plugin: name, url: `/plugins/${name}/${route.path}` }))),
    imports: running.flatMap(({ name, code, data }) => importsOf(name, code, data)),
    demo: running.filter(r => r.demo.length).map(({ name, code, data, demo }) => {
      const { id, title_en: title } = states.find(s => s.code === name)!
      return pluginDemo({ plugin: name, title, pluginId: id, sheets: demo, imports: importsOf(name, code, data), log: o.log })
    }),
    async close() {
      for (const { name, code } of [...running].reverse()) {
        sources.delete(name)
        await code?.stop?.()
      }
    },
  }
}
