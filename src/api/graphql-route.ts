import { HeaderMap, type ApolloServer } from '@apollo/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Authentication } from '../auth'
import { AppError } from '../core/errors'
import { newTrace, type ApiContext } from './context'
import type { Door } from './door'
import { exceeds } from './limits'
import type { QueryTexts } from './query-texts'
import type { InFlight, RunningRequest } from './traffic'

export interface GraphqlRoute {
  readonly apollo: ApolloServer<ApiContext>
  readonly texts: QueryTexts
  readonly inFlight: InFlight
  readonly door: Door
  contextOf(request: FastifyRequest, who: Authentication, running: RunningRequest): ApiContext
  fail(error: unknown, request: FastifyRequest, reply: FastifyReply): void
}

/** The headers that Apollo Server looks at: media types, and proof that a browser asked before it sent. */
const READ = ['content-type', 'accept', 'apollo-require-preflight', 'x-apollo-operation-name'] as const

/**
 * What nearly every request amounts to: JSON, which no foreign page can send unasked, and any JSON as the answer. Said to Apollo in the
 * words that take it the least time, since it parses and negotiates media types anew for each request.
 */
const JSON_FOR_JSON = new HeaderMap([['accept', ''], ['apollo-require-preflight', 'true']])
const SENT = new Set(['application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8'])
const ACCEPTED = new Set([undefined, '*/*', 'application/json'])

/** `/graphql`. As the integration's own handler, without a URL object and a copy of every header per request. */
export function graphqlRoute(app: FastifyInstance, route: GraphqlRoute): void {
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler: (request, reply) => handle(request, reply, route) })
}

async function handle(request: FastifyRequest, reply: FastifyReply, route: GraphqlRoute): Promise<FastifyReply> {
  const identified = route.door.identify(request)
  const who = identified instanceof Promise ? await identified : identified
  const window = route.door.admit(request, who)
  const running = route.inFlight.begin(window, { gone: () => reply.raw.closed, giveUp: error => route.fail(error, request, reply) })
  try {
    return await answer(request, reply, { route, context: route.contextOf(request, who, running) })
  } finally {
    route.inFlight.end(running)
  }
}

async function answer(request: FastifyRequest, reply: FastifyReply, { route: { apollo, texts }, context }: { route: GraphqlRoute; context: ApiContext }): Promise<FastifyReply> {
  const { method, body, url } = request
  // One request, one operation: a list of them would be a way around every limit of a request.
  if (Array.isArray(body)) throw body.length > 1 ? exceeds('batch', body.length, 1) : new AppError('BAD_INPUT', 'Send one operation, not a list.', { messageKey: 'oneOperation' })
  if (method === 'POST') texts.admit(body)
  const at = url.indexOf('?')
  const search = at < 0 ? '' : url.slice(at)
  const answered = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers: headersOf(request), body, search: method === 'GET' ? texts.admitSearch(search) : search },
    context: async () => context,
  })
  // It took so long that somebody else has answered.
  if (reply.sent) return reply
  for (const [name, value] of answered.headers) reply.header(name, value)
  // @defer and @stream are not in the schema: answers are always whole.
  const text = answered.body.kind === 'complete' ? answered.body.string : ''
  if (answered.status === undefined || answered.status < 400) return reply.send(text)
  const told = request.trace?.codes.length ? text : named(text, request)
  return reply.code(answered.status === 400 ? refusalStatus(request) : answered.status).send(told)
}

/** What Apollo refuses before there is a context, a body that is no request for instance, was told without the request's number. */
function named(text: string, request: FastifyRequest): string {
  const body = JSON.parse(text) as { errors?: { extensions?: Record<string, unknown> }[] }
  const { codes } = (request.trace ??= newTrace())
  for (const { extensions } of body.errors ?? []) {
    if (!extensions) continue
    codes.push(String(extensions['code']))
    extensions['requestId'] = request.id
  }
  return JSON.stringify(body)
}

/** Refusals of a document, its variables or its operation's name: the HTTP request itself was in order. */
const DOCUMENT_REFUSED = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'OPERATION_RESOLUTION_FAILURE'])

/**
 * Who names application/json is an older client, to whom 200 says that the answer is GraphQL's and not a proxy's; everybody else, also who
 * names nothing, gets 400. So wants the specification of GraphQL over HTTP.
 */
function refusalStatus({ headers: { accept }, trace }: FastifyRequest): number {
  const older = accept?.includes('application/json') && !accept.includes('application/graphql-response+json')
  return older && trace?.codes.length && trace.codes.every(code => DOCUMENT_REFUSED.has(code)) ? 200 : 400
}

function headersOf({ method, headers }: FastifyRequest): HeaderMap {
  if (method === 'POST' && SENT.has(headers['content-type'] ?? '') && ACCEPTED.has(headers.accept)) return JSON_FOR_JSON
  const read = new HeaderMap()
  // Without credentials there is no one in whose name a foreign page could ask: an address typed into a browser is answered, as to anybody.
  if (method === 'GET' && headers.authorization === undefined && headers.cookie === undefined && headers['content-type'] === undefined) read.set('apollo-require-preflight', 'true')
  for (const name of READ) {
    const value = headers[name]
    if (value !== undefined) read.set(name, String(value))
  }
  return read
}
