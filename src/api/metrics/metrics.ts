import type { DocumentNode, OperationDefinitionNode } from 'graphql'
import { collectDefaultMetrics, Counter, Gauge, Histogram, register as ofProcess, Registry } from 'prom-client'
import type pg from 'pg'
import { ERROR_CODES, type Outcome } from '../../core/errors'
import type { Database } from '../../database/database'
import type { DeliveryFigures } from '../../database/events'
import { operationFacts } from './operation-facts'

/** What a request leaves for the metrics: filled in on its way. */
export interface Measured {
  /** The operation that was run, with its document: as they stand in the document store. */
  operationNode: OperationDefinitionNode | null
  document: DocumentNode | null
  signedIn: boolean
  /** Which reader answered; null: it was refused before. */
  reader: 'planned' | 'resolvers' | null
  /** Codes of the errors in the answer. */
  readonly codes: readonly string[]
  /** How root fields of a mutation failed, by the key of their answer; '' for all of them. */
  failed: Map<string, Outcome> | null
}

/** The HTTP side of a request. The route is its pattern, never the address asked for. */
export interface Answered {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly milliseconds: number
}

export interface MetricsOptions {
  readonly db: Pick<Database, 'reads' | 'writes'>
  readonly version: string
  /** Every plugin that was ever found. */
  readonly plugins: readonly { readonly code: string; readonly version: string; readonly state: string }[]
  /** How far the subscribers of events are. */
  readonly deliveries: () => Promise<readonly DeliveryFigures[]>
  /** How many jobs wait and run. */
  readonly jobs: () => Promise<readonly { readonly state: string; readonly count: number }[]>
}

/** Names of operations with figures of their own. */
export const MAX_NAMES = 200
const OTHER = '(other)'
const ANONYMOUS = '(anonymous)'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Codes beside the product's own: Apollo's. */
const CODES = new Set<string>([
  ...ERROR_CODES, 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'OPERATION_RESOLUTION_FAILURE', 'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED',
])

/** The product's figures for Prometheus. */
export class Metrics {
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE
  private readonly registry = new Registry()
  private readonly factsOf: ReturnType<typeof operationFacts>
  private readonly names = new Set<string>()
  private readonly observers = new Map<string, (seconds: number) => void>()
  private readonly operations = this.histogram('plumbline_operation_duration_seconds', 'Operations of GraphQL that were run, by name, reader (planned, resolvers, refused), HTTP status and outcome (ok, error).', ['operation', 'type', 'reader', 'status', 'outcome'])
  private readonly requests = this.histogram('plumbline_http_request_duration_seconds', 'Other requests, those to /graphql that came to no operation included, by route and HTTP status.', ['route', 'method', 'status'])
  private readonly errors = this.counter('plumbline_errors_total', 'Errors told to clients, by code.', ['code'])
  private readonly limits = this.counter('plumbline_limit_refusals_total', 'Requests refused by a limit, by its name.', ['limit'])
  private readonly commands = this.counter('plumbline_commands_total', 'Commands by name and outcome: done, not_done (refused), unknown (the client must repeat).', ['command', 'outcome'])
  private readonly pluginOperations = this.counter('plumbline_plugin_operations_total', 'Operations that name a field or a type of a plugin, by outcome of the whole operation.', ['plugin', 'outcome'])

  constructor(o: MetricsOptions) {
    this.factsOf = operationFacts(o.plugins.map(p => p.code))
    this.gauge('plumbline_build_info', 'Always 1: version of the product.', ['version']).set({ version: o.version }, 1)
    const up = this.gauge('plumbline_plugin_up', '1 when the plugin runs; 0 when it is quarantined, switched off or gone.', ['plugin', 'version', 'state'])
    for (const { code, version, state } of o.plugins) up.set({ plugin: code, version, state }, state === 'ENABLED' ? 1 : 0)
    this.watchPools(o.db)
    this.watchDeliveries(o.deliveries)
    this.gauge('plumbline_jobs', 'Jobs that wait (QUEUED) and run (RUNNING), over all instances.', ['state'], async gauge => {
      for (const { state, count } of await o.jobs().catch(() => [])) gauge.set({ state }, count)
    })
    watchProcess()
  }

  /** Once for each answer. */
  request(measured: Measured | null, answered: Answered): void {
    const { operationNode: node, document } = measured ?? {}
    if (measured && node && document) this.operation(measured, this.factsOf(document, node), answered)
    else {
      const { route, method, status } = answered
      this.observer(`${route} ${method} ${status}`, this.requests, [route, method, String(status)])(answered.milliseconds / 1_000)
    }
  }

  /** Once for each error that a client is told. */
  error(code: string, limit: unknown): void {
    this.errors.inc({ code: CODES.has(code) ? code : OTHER })
    if (code === 'LIMIT_EXCEEDED') this.limits.inc({ limit: typeof limit === 'string' ? limit : OTHER })
  }

  /** Everything, in Prometheus's text format. */
  async text(): Promise<string> {
    return `${await this.registry.metrics()}\n${await ofProcess.metrics()}`
  }

  private operation(m: Measured, facts: ReturnType<typeof this.factsOf>, { status, milliseconds }: Answered): void {
    const operation = this.nameOf(facts.name, m.signedIn)
    const reader = m.reader ?? 'refused'
    const outcome = m.codes.length ? 'error' : 'ok'
    this.observer(`${operation} ${facts.type} ${reader} ${status} ${outcome}`, this.operations, [operation, facts.type, reader, String(status), outcome])(milliseconds / 1_000)
    for (const plugin of facts.plugins) this.pluginOperations.inc({ plugin, outcome })
    for (const { key, name } of facts.commands) {
      const failed = m.failed?.get(key) ?? m.failed?.get('')
      this.commands.inc({ command: name, outcome: failed?.toLowerCase() ?? 'done' })
    }
  }

  /**
   * Clients choose names: only so many are kept apart, and nobody spends them without being known here. A name of GraphQL is letters,
   * digits and underscores; the words in parentheses cannot be one.
   */
  private nameOf(name: string | null, signedIn: boolean): string {
    if (name === null) return ANONYMOUS
    if (this.names.has(name)) return name
    if (!signedIn || this.names.size >= MAX_NAMES || name.length > 80) return OTHER
    this.names.add(name)
    return name
  }

  /** prom-client checks labels when a child is made: each is made once. */
  private observer(key: string, histogram: Histogram, labels: string[]): (seconds: number) => void {
    let observe = this.observers.get(key)
    if (!observe) this.observers.set(key, (observe = histogram.labels(...labels).observe as (seconds: number) => void))
    return observe
  }

  private watchPools(db: MetricsOptions['db']): void {
    const pools: [string, pg.Pool][] = [['read', db.reads], ['write', db.writes]]
    const states = { total: (p: pg.Pool) => p.totalCount, idle: (p: pg.Pool) => p.idleCount, waiting: (p: pg.Pool) => p.waitingCount, max: (p: pg.Pool) => p.options.max }
    this.gauge('plumbline_pool_connections', 'Connections to the database by pool: open (total), idle, and allowed (max); waiting: requests that wait for one.', ['pool', 'state'], gauge => {
      for (const [pool, p] of pools) for (const [state, of] of Object.entries(states)) gauge.set({ pool, state }, of(p))
    })
  }

  /** Where the database does not answer, the last figures stand. */
  private watchDeliveries(deliveries: MetricsOptions['deliveries']): void {
    const lag = this.gauge('plumbline_event_lag_seconds', 'Age of the oldest event that a subscriber has not dealt with; 0: none waits.', ['subscriber'])
    const parked = this.gauge('plumbline_events_parked', 'Events that a subscriber could not handle: look at eventDeliveries.', ['subscriber'])
    this.gauge('plumbline_events_waiting', 'Events that wait for a subscriber.', ['subscriber'], async waiting => {
      for (const f of await deliveries().catch(() => [])) {
        waiting.set({ subscriber: f.subscriber }, f.waiting)
        lag.set({ subscriber: f.subscriber }, f.lag)
        parked.set({ subscriber: f.subscriber }, f.parked)
      }
    })
  }

  private histogram<T extends string>(name: string, help: string, labelNames: T[]): Histogram {
    return new Histogram({ name, help, labelNames, buckets: SECONDS, registers: [this.registry] })
  }
  private counter<T extends string>(name: string, help: string, labelNames: T[]): Counter<T> {
    return new Counter({ name, help, labelNames, registers: [this.registry] })
  }
  private gauge<T extends string>(name: string, help: string, labelNames: T[], collect?: (gauge: Gauge<T>) => void | Promise<void>): Gauge<T> {
    return new Gauge<T>({ name, help, labelNames, registers: [this.registry], ...(collect && { collect() { return collect(this) } }) })
  }
}

let watched = false
/** Memory, processor, garbage collection and the delay of the event loop belong to the process, however many servers it runs. */
function watchProcess(): void {
  if (!watched) collectDefaultMetrics({ eventLoopMonitoringPrecision: 20 })
  watched = true
}
