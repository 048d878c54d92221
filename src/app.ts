import { createServer as createNetServer } from 'node:net'
import path from 'node:path'
import pino, { type Logger } from 'pino'
import { createServer, evidenceRoutes, listenForMetrics, Metrics, metricsRoute, pluginRoutes, RateExchange, translateViolation, workbookRoutes, type ApiServer, type Routes } from './api'
import { explorerRoutes } from './api/explorer'
import type { Config } from './config'
import type { Database } from './database/database'
import { Dispatcher, forgetHandled } from './database/events'
import { oneAtATime } from './database/migrate'
import { purgeExpired } from './database/retention'
import { StartError } from './database/start-error'
import { demoIdentities } from './demo/data-files'
import { loadDemo } from './demo/load'
import { demoSteps } from './demo/steps'
import { startSealing } from './domain/audit'
import { hearCalendars } from './domain/calendar'
import { DiskEvidenceStore, EvidenceFileService, evidenceLimits, EvidenceSweeper } from './domain/evidence'
import type { ImportKind } from './domain/import'
import { startReminding } from './domain/inbox'
import { forgetFiles, forgetWorkbooks, jobFigures, JobRunner, useImports, WorkbookService } from './domain/job'
import { type AppOptions, Closers, CORE_VERSION, openFoundation, SILENT, type Foundation } from './foundation'
import { coreModules } from './modules'
import { type ProbeOptions, probePlugins } from './plugin/find-and-probe'
import { type HostOptions, loadPlugins, type PluginHost } from './plugin/host'
import { defaultPluginSettings, type PluginSettings } from './plugin/settings'
import { finishRotation } from './vault'

export interface App extends Foundation {
  readonly url: string
  readonly api: ApiServer
  readonly plugins: PluginHost
  /** Address of the metrics; null: there are none. */
  readonly metricsUrl: string | null
}

/** The whole product, started in order and listening. */
export async function createApp(config: Config, o: AppOptions): Promise<App> {
  const { step } = o.progress ?? SILENT
  await requireFreePort(config.http)
  // Plugins are tried in processes of their own while the database starts.
  const probed = probePlugins(remembered(config))
  probed.catch(() => undefined)
  const foundation = await openFoundation(config, o)
  const closers = new Closers()
  closers.add(() => foundation.close())
  try {
    const { db, authenticator, signals } = foundation
    await Promise.all([authenticator.start(signals), signals.open()])
    const plugins = await bringUp(foundation, closers, { ...o, probed })
    const modules = [...coreModules, ...plugins.modules]
    closers.add(startSealing(db, { algorithm: config.audit.hash, interval: config.audit.sealInterval, log: o.log }))
    const events = await Dispatcher.start(db, signals, modules.flatMap(m => m.subscribers ?? []), { log: o.log })
    closers.add(() => events.stop())
    hearCalendars(db, signals)
    closers.add(startReminding(db, o))
    closers.add(startJobs(foundation, [...coreModules.flatMap(m => m.imports ?? []), ...plugins.imports], o.log))
    const evidence = await evidenceOf(config, db)
    const { listener } = config.metrics
    const metrics = config.metrics.enabled ? new Metrics({ db, version: CORE_VERSION, plugins: plugins.states, deliveries: () => events.figures(), jobs: () => jobFigures(db) }) : undefined
    const api = await createServer({
      config, db, authenticator, modules, unavailable: plugins.unavailable, log: o.log, signals, ...(metrics && { metrics }),
      routes: [...evidence.routes, pluginRoutes(plugins.routes), ...explorerOf(foundation, plugins), ...(metrics && !listener ? [metricsRoute(metrics)] : [])],
    })
    closers.add(() => api.close())
    const url = await step('HTTP', () => api.listen({ host: config.http.host, port: config.http.port }).catch(portTaken(config.http)))
    closers.add(tidyUp(db, evidence.sweeper, o.log))
    const apart = metrics && listener ? await listenForMetrics(metrics, listener).catch(portTaken(listener, 'PLUMBLINE_METRICS_PORT')) : null
    if (apart) closers.add(() => apart.close())
    return { ...foundation, url, api, plugins, metricsUrl: apart?.url ?? (metrics ? `${url}/metrics` : null), close: closers.close }
  } catch (error) {
    await closers.close().catch(() => undefined)
    throw error
  }
}

/** Plugins and demo city: what is missing is written by one instance; those that start at the same moment find it there. */
const bringUp = (foundation: Foundation, closers: Closers, o: AppOptions & Pick<HostOptions, 'probed'>): Promise<PluginHost> => oneAtATime(foundation.ownerUrl, async () => {
  const { step } = o.progress ?? SILENT
  const host = await step('Plugins', async tell => {
    const opened = await openPlugins(foundation, o)
    tell(`${opened.states.filter(s => s.state === 'ENABLED').length} of ${opened.states.length} running`)
    return opened
  })
  closers.add(() => host.close())
  if (foundation.config.demo) await step('Demo city', tell => loadDemo(foundation.db, {
    steps: [...demoSteps, ...host.demo], onProgress: p => tell(`${p.index}/${p.steps} ${p.title} ${Math.round(p.done * 100)} %`),
  }))
  return host
})

const explorerOf = ({ config, authenticator }: Foundation, { states }: PluginHost): Routes[] => {
  const plugins = states.filter(s => s.state === 'ENABLED').map(s => s.code)
  return config.http.explorer ? [explorerRoutes({ authenticator, identities: config.demo ? demoIdentities() : [], plugins, version: CORE_VERSION })] : []
}

/** Loading a city only to find the port taken would be a pity. */
async function requireFreePort({ host, port }: { host: string; port: number }): Promise<void> {
  if (port === 0) return
  await new Promise<void>((resolve, reject) => {
    const probe = createNetServer().once('error', reject).listen(port, host, () => probe.close(() => resolve()))
  }).catch(portTaken({ host, port }))
}

const portTaken = ({ host, port }: { host: string; port: number }, setting = 'PORT') => (error: Error): never => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') throw new StartError(`Port ${port} on ${host} is in use. Set ${setting} to another one, or stop what listens there.`)
  if (code === 'EACCES') throw new StartError(`This account may not listen on port ${port}. Set ${setting} to 1024 or above.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new StartError(`This machine has no address ${host}. Set ${setting.replace('PORT', 'HOST')} to one that it has.`)
  throw error
}

/** Finds, checks, migrates and starts the plugins on this database. */
export const openPlugins = ({ config, db, ownerUrl }: Foundation, o: Pick<HostOptions, 'probed'> & { log?: Logger } = {}): Promise<PluginHost> =>
  loadPlugins({ ...remembered(config), db, ownerUrl, log: o.log ?? pino({ level: 'silent' }), ...(o.probed && { probed: o.probed }) })

/** How plugins are looked at, with this configuration. */
export const pluginTrial = (config: Config): ProbeOptions => ({ settings: pluginSettingsOf(config), coreVersion: CORE_VERSION, schemaModule: require.resolve('./modules') })

/** At a start, a plugin that nothing changed around since the last one is not looked at again. */
const remembered = (config: Config): ProbeOptions => ({ ...pluginTrial(config), cacheFile: path.join(config.dataDirectory, 'plugins.json') })

const pluginSettingsOf = ({ plugins }: Config): PluginSettings => defaultPluginSettings({ enabled: plugins.enabled ? [...plugins.enabled] : 'all', disabled: [...plugins.disabled], settings: plugins.settings })

async function evidenceOf(config: Config, db: Database): Promise<{ routes: Routes[]; sweeper: EvidenceSweeper }> {
  const limits = evidenceLimits(config.evidence.limits)
  const store = await DiskEvidenceStore.open(config.evidence.directory)
  return { routes: [evidenceRoutes(new EvidenceFileService(db, store, limits), limits), workbookRoutes(new WorkbookService(db, limits), limits)], sweeper: new EvidenceSweeper(db, store) }
}

/** Begins to work on the jobs that wait. Returns how to stop it. */
function startJobs({ config, db, signals }: Foundation, imports: readonly ImportKind[], log: Logger): () => Promise<void> {
  useImports(db, imports)
  const runner = new JobRunner(db, signals, { ...config.jobs, log, chinese: problem => translateViolation('zh-CN', problem).message })
  return () => runner.stop()
}

const SIX_HOURS = 6 * 3_600_000
/** What is cleared away at start and then four times a day. Returns how to stop it. */
function tidyUp(db: Database, sweeper: EvidenceSweeper, log: Logger): () => Promise<void> {
  let running = Promise.resolve()
  const tidy = (): void => {
    running = running.then(async () => {
      await purgeExpired(db)
      await forgetHandled(db)
      await RateExchange.forget(db)
      await sweeper.sweep()
      await forgetWorkbooks(db)
      await forgetFiles()
      await finishRotation(db)
    }).catch((err: unknown) => log.error({ err }, 'tidying up failed'))
  }
  tidy()
  const timer = setInterval(tidy, SIX_HOURS).unref()
  return () => {
    clearInterval(timer)
    return running
  }
}
