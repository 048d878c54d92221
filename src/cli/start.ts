import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { leftBehind } from '../api'
import { type App, createApp } from '../app'
import { CORE_VERSION } from '../foundation'
import { type Config, ConfigError, readConfig } from '../config'
import { StartError } from '../database/start-error'
import { demoIdentities } from '../demo/data-files'
import { createLogger } from '../log'
import { table, terminalProgress } from './terminal'

/** Runs the product until it is told to stop: configuration, database, migrations, plugins, demo, HTTP, in this order. */
export async function start(): Promise<void> {
  try {
    const config = readConfig()
    const log = createLogger(config)
    const running = new RunningProduct(log, config)
    console.error(`Plumbline 准绳 ${CORE_VERSION}`)
    const app = await createApp(config, { log, progress: terminalProgress, onDeath: message => running.die(message) })
    running.serve(app)
    if (config.production) log.info({ url: app.url, metrics: app.metricsUrl, plugins: app.plugins.states.map(p => ({ plugin: p.code, version: p.version, state: p.state })) }, 'ready')
    else console.log(welcome(config, app))
  } catch (error) {
    console.error(`\n${sentence(error)}`)
    process.exit(1)
  }
}

/** What a person can do something about is a sentence; everything else comes with its stack. */
export const sentence = (error: unknown): string =>
  error instanceof ConfigError || error instanceof StartError ? error.message : error instanceof Error ? error.stack ?? error.message : String(error)

/** Milliseconds beyond the requests' own that closing may take before it is given up. */
const CLOSING = 12_000

/** Ends the process once and in order, whoever asks for it. */
class RunningProduct {
  private app: App | null = null
  private ending = false

  constructor(private readonly log: Logger, private readonly o: Pick<Config, 'drainGrace' | 'drainTimeout'>) {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => this.stop(signal))
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (err: unknown) => {
        if (leftBehind(err)) return this.log.error({ err }, 'a part of an answer failed after the answer')
        this.log.fatal({ err }, event)
        void this.end(1)
      })
    }
  }

  serve(app: App): void {
    this.app = app
  }

  die(message: string): void {
    if (this.ending) return
    this.log.fatal(message)
    console.error(message)
    void this.end(1)
  }

  /** A second signal does not wait. */
  private stop(signal: NodeJS.Signals): void {
    if (this.ending) process.exit(1)
    void this.end(0, signal === 'SIGTERM' ? this.o.drainGrace : 0)
  }

  private async end(code: number, grace = 0): Promise<void> {
    if (this.ending) return
    this.ending = true
    this.app?.api.drain()
    await sleep(grace)
    const late = setTimeout(() => {
      this.log.error('closing did not come to an end')
      process.exit(1)
    }, this.o.drainTimeout + CLOSING)
    try {
      await this.app?.close()
    } catch (err) {
      this.log.error({ err }, 'closing failed')
      code ||= 1
    }
    clearTimeout(late)
    process.exit(code)
  }
}

function welcome(config: Config, app: App): string {
  const plugins = app.plugins.states.map(p => [p.code, p.version, p.state, p.reason ?? p.title_en])
  const identities = config.demo && app.authenticator.canIssue ? demoIdentities().map(i => [i.key, i.labelZh, i.labelEn]) : []
  return [
    '',
    ...(config.http.explorer ? [`  Explorer   ${app.url}/`] : []),
    `  GraphQL    ${app.url}/graphql`,
    `  Health     ${app.url}/readyz`,
    ...(app.metricsUrl ? [`  Metrics    ${app.metricsUrl}`] : []),
    '',
    plugins.length ? table(['Plugin', 'Version', 'State', ''], plugins) : '  No plugins.',
    ...(identities.length ? ['', table(['Identity', '身份', 'Who'], identities), '', `  A token for one of them: npx plumbline token <identity>${config.http.explorer ? ', or pick one in the explorer' : ''}`] : []),
    '',
  ].join('\n')
}
