import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { Kind, NoSchemaIntrospectionCustomRule, OperationTypeNode, type DocumentNode, type ExecutionResult, type FormattedExecutionResult, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import type { Logger } from 'pino'
import { safeText } from '../core/safe-log'
import { wasCarriedOut } from '../database/command'
import { BoundedStore } from './bounded-store'
import type { ApiContext } from './context'
import { causeOf, expected, type ErrorShaper } from './errors'
import type { GatewayRequest } from './executor'
import { RETRY_AFTER } from './http'
import { limitRule, literalRule, noSubscriptions } from './limit-rule'
import type { Limits } from './limits'
import type { QueryTexts } from './query-texts'
import { stringifyResult } from './reading'

export interface ApolloParts {
  readonly schema: GraphQLSchema
  readonly executor: (request: GatewayRequest) => ExecutionResult | Promise<ExecutionResult>
  readonly shaper: ErrorShaper
  readonly limits: Limits
  readonly texts: QueryTexts
  readonly log: Logger
  readonly introspection: boolean
  readonly production: boolean
}

/** Documents and persisted queries kept: so many entries, so many characters. */
export const STORE = { entries: 2_000, characters: 8_000_000 }

/**
 * Apollo Server, with our executor instead of its own. What is without errors is handed over before Apollo would execute (`whole`); results
 * with errors go through the gateway interface, behind which Apollo shapes them. Not everything goes that way, because its request for
 * a gateway is an object with accessors of its own, through which V8 chains each request to the next: none is then freed but by a full
 * collection. What is switched off here costs time on every field or talks to the outside.
 */
export function apolloServer(p: ApolloParts): ApolloServer<ApiContext> {
  const failures = new WeakMap<ApiContext, () => ExecutionResult>()
  const gateway = {
    load: async () => ({ executor: async ({ context }: { context: ApiContext }) => failures.get(context)!() }),
    onSchemaLoadOrUpdate: (tell: (loaded: { apiSchema: GraphQLSchema; coreSupergraphSdl: string }) => void) => {
      tell({ apiSchema: p.schema, coreSupergraphSdl: '' })
      return () => undefined
    },
    stop: async () => undefined,
  }
  return new ApolloServer<ApiContext>({
    gateway: gateway as never,
    // Refused by a rule of graphql-js, whose words name no product.
    introspection: true,
    // Apollo's own development aids (stack traces, landing page, advice in errors) stay off everywhere.
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: p.production,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    logger: quiet(p.log),
    formatError: p.shaper.format,
    stringifyResult,
    validationRules: [limitRule(p.limits), literalRule(p.limits), noSubscriptions, ...(p.introspection ? [] : [NoSchemaIntrospectionCustomRule])],
    parseOptions: { maxTokens: p.limits.tokens },
    documentStore: new BoundedStore<DocumentNode>(STORE.entries, STORE.characters, d => d.loc?.source.body.length ?? 1_000),
    persistedQueries: { cache: p.texts, ttl: null },
    plugins: [
      ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(), ApolloServerPluginUsageReportingDisabled(),
      listening(p.shaper, whole(p.executor, failures)),
    ],
  })
}

/** Apollo puts errors into its sentences: what they quote stays out of the log. */
const quiet = (log: Logger) => ({
  debug: () => undefined, info: () => undefined,
  warn: (message: unknown) => log.warn(safeText(String(message))), error: (message: unknown) => log.error(safeText(String(message))),
})

/** Of a document that is not valid the operation is not known: a mutation in it counts. */
const isMutation = (operation: OperationDefinitionNode | undefined, document: DocumentNode | undefined): boolean =>
  (operation ? [operation] : document?.definitions ?? []).some(d => d.kind === Kind.OPERATION_DEFINITION && d.operation === OperationTypeNode.MUTATION)

const isUnavailable = (error: unknown): boolean => expected(causeOf(error))?.code === 'UNAVAILABLE'

type Listener = GraphQLRequestListener<ApiContext>
type Whole = NonNullable<Listener['responseForOperation']>

const NOTHING_TO_ADD = { headers: new HeaderMap() }

/** Executes; null when there are errors, which Apollo then asks the gateway for. */
function whole(executor: ApolloParts['executor'], failures: WeakMap<ApiContext, () => ExecutionResult>): Whole {
  return async r => {
    const { contextValue: context, document, operation, operationName, request } = r
    try {
      const singleResult = await executor({ document: document!, operation, operationName, request, context })
      if (!singleResult.errors?.length) return { http: NOTHING_TO_ADD, body: { kind: 'single', singleResult: singleResult as FormattedExecutionResult } }
      failures.set(context, () => singleResult)
    } catch (error) {
      failures.set(context, () => { throw error })
    }
    return null
  }
}

/** Tells the shaper whose errors it is about to format; what is not available is so for HTTP too, whose balancers and clients know when to repeat. */
function listening(shaper: ErrorShaper, responseForOperation: Whole): ApolloServerPlugin<ApiContext> {
  const listener: Listener = {
    responseForOperation,
    didEncounterErrors: async ({ errors, contextValue, operation, document, source, request, response: { http } }) => {
      const { locale, requestId, trace } = contextValue
      const mutation = isMutation(operation, document)
      const sent = (): string => `${source ?? ''} ${request.operationName ?? ''} ${textOf(request.variables)}`
      shaper.note(errors, { sent, locale, requestId, mutation, codes: trace.codes, ...(mutation && { done: wasCarriedOut(contextValue), failed: (trace.failed ??= new Map()) }) })
      if (!errors.some(isUnavailable)) return
      http.status = 503
      http.headers.set('retry-after', RETRY_AFTER)
    },
  }
  return { requestDidStart: async () => listener }
}

/** Of what is nested without end there is no text. */
function textOf(variables: unknown): string {
  try {
    return JSON.stringify(variables) ?? ''
  } catch {
    return ''
  }
}
