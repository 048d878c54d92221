import cors from '@fastify/cors'
import Fastify, { LogController, type FastifyInstance, type FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { Authenticator } from '../auth'
import type { Locale } from '../core/request'
import type { Database } from '../database/database'
import type { DomainModule } from '../domain/module'
import { apolloServer, STORE } from './apollo'
import { BoundedStore } from './bounded-store'
import { ApiContext, type Trace } from './context'
import { CostEstimator } from './cost'
import { ErrorShaper } from './errors'
import { guardedExecutor } from './executor'
import { graphqlRoute } from './graphql-route'
import { Draining } from './draining'
import { commonRoutes, requestIdOf } from './http'
import { LateLog } from './late-log'
import { DEFAULT_LIMITS, type Limits } from './limits'
import { localeOf } from './messages'
import type { Metrics } from './metrics/metrics'
import { QueryTexts } from './query-texts'
import { checkDatabase, createExecutor, readerFactory, type ReadStats } from './reading'
import { buildSchema } from './schema'
import type { UnavailablePart } from './unavailable'

export interface ServerConfig {
  readonly production: boolean
  /** Off: the resolvers answer everything. */
  readonly planner: boolean
  readonly http: {
    readonly corsOrigins: readonly string[]
    readonly trustProxy: boolean
    readonly introspection: boolean
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
  /** Whether the product can serve, beside the database: asked by /readyz. */
  readonly ready?: () => Promise<boolean>
}

export interface ApiServer {
  readonly schema: GraphQLSchema
  readonly app: FastifyInstance
  /** How many operations each of the two readers answered. */
  readonly stats: Readonly<ReadStats>
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
  const { schema, model, unfit } = buildSchema(o.modules, o.db, o.unavailable)
  for (const part of unfit) o.log.warn(part, 'the last part of a plugin that does not run no longer fits the schema')
  await checkDatabase(o.db, model)
  const readers = readerFactory(o.db, model)
  const reading = createExecutor(schema, o.db, { planner: o.config.planner })
  const shaper = new ErrorShaper(o.log, { hideSuggestions: o.config.production, ...(o.metrics && { told: o.metrics.error.bind(o.metrics) }) })
  const app = Fastify({
    loggerInstance: o.log as never, logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }), bodyLimit: limits.bodyBytes, trustProxy: o.config.http.trustProxy,
    genReqId: requestIdOf(o.config.http.trustProxy) as never, requestTimeout: 300_000, return503OnClosing: false,
    childLoggerFactory: (logger, bindings, options) => new LateLog(logger as Logger, bindings, options) as never,
  }) as unknown as FastifyInstance
  const texts = new QueryTexts(new BoundedStore<string>(STORE.entries, STORE.characters, q => q.length))
  const apollo = apolloServer({
    schema, shaper, limits, texts, log: o.log, introspection: o.config.http.introspection, production: o.config.production,
    executor: guardedExecutor(reading, new CostEstimator(schema), limits),
  })
  await apollo.start()

  const contextOf = async (request: FastifyRequest): Promise<ApiContext> => {
    const { authorization, 'accept-language': language } = request.headers
    const who = o.authenticator.remembered(authorization) ?? await o.authenticator.authenticate(authorization)
    const context = new ApiContext(who, request.id, request.ip, locale(language), readers)
    request.trace = context.trace
    return context
  }
  app.decorateRequest('trace', null)
  noteRequests(app, o)
  if (o.config.http.corsOrigins.length) await app.register(cors, corsOptions(o.config.http.corsOrigins))
  const draining = new Draining(app, o.config.drainTimeout)
  commonRoutes(app, shaper, limits, async () => !draining.begun && o.db.answers && (await o.ready?.() ?? true))
  graphqlRoute(app, { apollo, texts, contextOf })
  const routes: RouteContext = { db: o.db, shaper, contextOf: async request => refusing(await contextOf(request)) }
  for (const register of o.routes ?? []) await app.register(async scope => register(scope, routes))

  return {
    schema, app, stats: reading.stats,
    listen: address => app.listen(address),
    drain: () => draining.begin(),
    close: async () => {
      await draining.end()
      await apollo.stop()
    },
  }
}

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
  allowedHeaders: ['authorization', 'content-type', 'accept-language', 'apollo-require-preflight', 'x-apollo-operation-name', 'plumbline-reason'], exposedHeaders: ['x-request-id'],
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
