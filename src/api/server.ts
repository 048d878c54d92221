import cors from '@fastify/cors'
import proxyAddress from '@fastify/proxy-addr'
import Fastify, { LogController, type FastifyInstance, type FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { Authentication, Authenticator } from '../auth'
import type { Locale } from '../core/request'
import type { Database } from '../database/database'
import type { Signals } from '../database/signals'
import type { DomainModule } from '../domain/module'
import { apolloServer, STORE } from './apollo'
import { BoundedStore } from './bounded-store'
import { ApiContext, type Trace } from './context'
import { CostEstimator } from './cost'
import { Door } from './door'
import { ErrorShaper } from './errors'
import { guardedExecutor } from './executor'
import { graphqlRoute } from './graphql-route'
import { Draining } from './draining'
import { commonRoutes, requestIdOf, sendError } from './http'
import { LateLog } from './late-log'
import { DEFAULT_LIMITS, type Limits } from './limits'
import { localeOf } from './messages'
import type { Metrics } from './metrics/metrics'
import { logUnfit, OperationCheck, OperationRegistry } from './operations'
import { QueryTexts } from './query-texts'
import { checkDatabase, createExecutor, readerFactory, type ReadStats } from './reading'
import { buildSchema } from './schema'
import { Subscriptions } from './subscriptions'
import { InFlight, RateExchange, Rates, type RunningRequest } from './traffic'
import type { UnavailablePart } from './unavailable'

export interface ServerConfig {
  readonly production: boolean
  /** Off: the resolvers answer everything. */
  readonly planner: boolean
  /** Only operations that teams have had listed are answered. */
  readonly safelist?: boolean
  readonly http: {
    readonly corsOrigins: readonly string[]
    /** Whose word about the client's address is taken: nobody's, that of one or so many proxies in front, or of proxies with these addresses. */
    readonly trustProxy: boolean | number | readonly string[]
    readonly introspection: boolean
    readonly hsts?: number
  }
  readonly limits: Partial<Limits>
  /** Milliseconds that running requests get when the server closes. */
  readonly drainTimeout?: number
}

/** What routes beside GraphQL (files, the explorer, a plugin's downloads) are given. */
export interface RouteContext {
  readonly db: Database
  readonly shaper: ErrorShaper
  /** The request's context as GraphQL's resolvers have it. Throws what the token's problem is. */
  contextOf(request: FastifyRequest): Promise<ApiContext>
}
export type Routes = (app: FastifyInstance, context: RouteContext) => void | Promise<void>

export interface ServerOptions {
  readonly config: ServerConfig
  readonly db: Database
  readonly authenticator: Authenticator
  /** Core modules and those of plugins, parents before their children. */
  readonly modules: readonly DomainModule[]
  readonly log: Logger
  /** Parts of the schema that plugins brought which do not run now. */
  readonly unavailable?: readonly UnavailablePart[]
  readonly routes?: readonly Routes[]
  readonly metrics?: Metrics
  /** What other instances tell: of listed operations. Without it they are looked up every few seconds. */
  readonly signals?: Pick<Signals, 'on'>
  /** Whether the product can serve, beside the database: asked by /readyz. */
  readonly ready?: () => Promise<boolean>
}

export interface ApiServer {
  readonly schema: GraphQLSchema
  readonly app: FastifyInstance
  /** How many operations each of the two readers answered. */
  readonly stats: Readonly<ReadStats>
  /** How often who asked; shared with other instances while this one listens. */
  readonly exchange: RateExchange
  /** What teams have had listed. */
  readonly operations: OperationRegistry
  /** Returns the URL. Rejects when the port is taken. */
  listen(address: { host: string; port: number }): Promise<string>
  /** Says to balancers and clients that they should go elsewhere, while it still serves everybody. */
  drain(): void
  /** Takes no new connections, lets running requests end, cuts off those that do not, then closes. */
  close(): Promise<void>
}

declare module 'fastify' {
  interface FastifyRequest {
    trace: Trace | null
  }
}

/** The HTTP server over a schema of these modules. Nothing listens yet. */
export async function createServer(o: ServerOptions): Promise<ApiServer> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...o.config.limits }
  const { schema, model, readers, reading, costs, shaper } = await answering(o)
  const trust = trusted(o.config.http.trustProxy)
  const app = fastify(o, limits, trust)
  const operations = new OperationRegistry(o.db, o.log, o.signals)
  await operations.load()
  const texts = new QueryTexts(new BoundedStore<string>(STORE.entries, STORE.characters, q => q.length), operations, o.config.safelist)
  const apollo = apolloServer({
    schema, shaper, limits, texts, log: o.log, introspection: o.config.http.introspection, production: o.config.production,
    executor: guardedExecutor(reading, costs, limits),
  })
  await apollo.start()

  const rates = new Rates(limits)
  const exchange = new RateExchange(rates, o.db, o.log)
  const inFlight = new InFlight(limits)
  inFlight.start()
  const door = new Door(o.authenticator, rates)
  const contextOf = (request: FastifyRequest, who: Authentication, running?: RunningRequest): ApiContext => {
    const context = new ApiContext(who, request.id, request.ip, locale(request.headers['accept-language']), readers, running)
    request.trace = context.trace
    return context
  }
  app.decorateRequest('trace', null)
  noteRequests(app, o)
  if (o.config.http.corsOrigins.length) await app.register(cors, corsOptions(o.config.http.corsOrigins))
  const draining = new Draining(app, o.config.drainTimeout)
  commonRoutes(app, { shaper, limits, hsts: o.config.http.hsts ?? 0, ready: async () => !draining.begun && o.db.answers && (await o.ready?.() ?? true) })
  graphqlRoute(app, { apollo, texts, inFlight, door, contextOf, fail: (error, request, reply) => void sendError(error, request, reply, shaper) })
  const routes: RouteContext = {
    db: o.db, shaper,
    contextOf: async request => refusing(contextOf(request, await door.enter(request))),
  }
  const subscriptions = new Subscriptions(app.server, {
    db: o.db, model, signals: o.signals ?? NO_SIGNALS, schema, reading, readers, authenticator: o.authenticator, rates, limits, costs, texts, shaper, log: o.log,
    addressOf: request => proxyAddress(request, trust) || '', draining: () => draining.begun,
  })
  for (const register of o.routes ?? []) await app.register(async scope => register(scope, routes))

  return {
    schema, app, stats: reading.stats, exchange, operations,
    listen: address => {
      exchange.start()
      operations.start()
      void logUnfit(operations, new OperationCheck(schema, limits), o.log)
      return app.listen(address)
    },
    drain: () => draining.begin(),
    close: async () => {
      draining.begin()
      await subscriptions.close()
      await draining.end()
      await apollo.stop()
      inFlight.stop()
      await Promise.all([exchange.stop(), operations.stop()])
    },
  }
}

/** The schema, and what answers from it. */
async function answering(o: ServerOptions) {
  const { schema, model, unfit } = buildSchema(o.modules, o.db, o.unavailable)
  for (const part of unfit) o.log.warn(part, 'the last part of a plugin that does not run no longer fits the schema')
  await checkDatabase(o.db, model)
  const shaper = new ErrorShaper(o.log, {
    hideSchema: o.config.production, isType: name => schema.getType(name) !== undefined, ...(o.metrics && { told: o.metrics.error.bind(o.metrics) }),
  })
  return { schema, model, shaper, readers: readerFactory(o.db, model), reading: createExecutor(schema, o.db, { planner: o.config.planner }), costs: new CostEstimator(schema) }
}

function fastify({ config, log }: ServerOptions, limits: Limits, trust: Trust): FastifyInstance {
  return Fastify({
    loggerInstance: log as never, logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }), bodyLimit: limits.bodyBytes, trustProxy: trust,
    genReqId: requestIdOf(config.http.trustProxy !== false) as never, requestTimeout: 300_000, return503OnClosing: false,
    childLoggerFactory: (logger, bindings, options) => new LateLog(logger as Logger, bindings, options) as never,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  }) as unknown as FastifyInstance
}

/** Routes check what they are sent themselves: compilers of JSON schemas, which take as long to load as the rest of it, are not there. */
const noSchemas = (): never => {
  throw new Error('A route declares a JSON schema: give Fastify its compilers back.')
}

type Trust = (address: string, steps: number) => boolean
/**
 * What comes from further out than the proxies in front, a client may have written itself. Fastify asks this of requests, and we of upgrades,
 * which it does not see: the same client counts as the same address on both.
 */
function trusted(proxies: boolean | number | readonly string[]): Trust {
  return typeof proxies === 'object' ? proxyAddress.compile([...proxies]) : (_address, steps) => steps < Number(proxies)
}

const NO_SIGNALS: Pick<Signals, 'on'> = { on: () => () => undefined }

const refusing = (context: ApiContext): ApiContext => {
  if (context.problem) throw context.problem
  return context
}

/** Accept-Language headers repeat: the same few texts from all browsers of a country. */
const locales = new Map<string, Locale>()
function locale(header: string | undefined): Locale {
  const known = locales.get(header ?? '')
  if (known) return known
  const found = localeOf(header)
  if (locales.size < 500) locales.set(header ?? '', found)
  return found
}

const corsOptions = (origins: readonly string[]) => ({
  origin: origins.includes('*') ? '*' : [...origins], methods: ['GET', 'POST'], maxAge: 600,
  allowedHeaders: ['authorization', 'content-type', 'accept-language', 'apollo-require-preflight', 'x-apollo-operation-name', 'plumbline-reason'], exposedHeaders: ['x-request-id', 'retry-after'],
})

/** One line for each request, without variables, names or values: which operation, how long, which error codes. And the metrics. */
function noteRequests(app: FastifyInstance, { log, metrics }: Pick<ServerOptions, 'log' | 'metrics'>): void {
  const logged = log.isLevelEnabled('info')
  if (!logged && !metrics) return
  app.addHook('onResponse', (request, reply, done) => {
    const { trace, method } = request
    const { statusCode: status, elapsedTime: milliseconds } = reply
    const route = request.routeOptions.url ?? null
    metrics?.request(trace, { method, route: route ?? '(none)', status, milliseconds })
    if (logged) {
      const operation = trace?.operationNode?.name?.value.slice(0, LONGEST_NAME)
      const codes = trace?.codes ?? []
      log.info({ requestId: request.id, method, route, status, ms: Math.round(milliseconds * 10) / 10, ...(operation !== undefined && { operation }), ...(codes.length && { codes }) }, 'request')
    }
    done()
  })
}

/** Of an operation's name, which its client chose. */
const LONGEST_NAME = 80
