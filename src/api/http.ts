import { randomUUID } from 'node:crypto'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, type ErrorCode } from '../core/errors'
import { newTrace } from './context'
import type { ErrorShaper } from './errors'
import type { Limits } from './limits'
import { localeOf } from './messages'

const STATUS: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, BAD_INPUT: 400, CONFLICT: 409, PRECONDITION_FAILED: 409,
  LIMIT_EXCEEDED: 400, OPERATION_NOT_LISTED: 403, PLUGIN_UNAVAILABLE: 503, UNAVAILABLE: 503, INTERNAL: 500,
}

const REQUEST_ID = /^[\w.-]{8,64}$/

/** The request's number: the proxy's when it may be trusted, else our own. */
export const requestIdOf = (trustProxy: boolean) => (request: { headers: Record<string, unknown> }): string => {
  const given = request.headers['x-request-id']
  return trustProxy && typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

/** Seconds after which what was not available may be: the return of the database is noticed within two. */
export const RETRY_AFTER = '2'

/** Headers of every answer. Pages of the explorer bring their own policy on top. */
const HEADERS = {
  'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'x-permitted-cross-domain-policies': 'none',
} as const

export interface CommonParts {
  readonly shaper: ErrorShaper
  readonly limits: Limits
  readonly ready: () => Promise<boolean>
  /** Seconds for which browsers that came by https shall come in no other way; 0: not told. */
  readonly hsts: number
}

/** Everything of HTTP that is not GraphQL: headers, the shape of errors, the questions of a load balancer. */
export function commonRoutes(app: FastifyInstance, { shaper, limits, ready, hsts }: CommonParts): void {
  // Only JSON is read: text/plain would let a foreign page post without the browser asking first.
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(HEADERS).header('x-request-id', request.id)
    if (hsts && request.protocol === 'https') void reply.header('strict-transport-security', `max-age=${hsts}`)
    done()
  })
  app.setErrorHandler<FastifyError>((error, request, reply) => sendError(asExpected(error, limits), request, reply, shaper))
  app.setNotFoundHandler((request, reply) =>
    sendError(new AppError('NOT_FOUND', 'There is nothing at this address.', { messageKey: 'noSuchPage' }), request, reply, shaper))
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const ok = await ready().catch(() => false)
    return reply.code(ok ? 200 : 503).send({ status: ok ? 'ready' : 'not ready' })
  })
}

/** An error of a route in the shape of GraphQL errors, with the HTTP status that fits. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, shaper: ErrorShaper): FastifyReply {
  const { codes } = (request.trace ??= newTrace())
  // What is posted to a route beside GraphQL is a command: a file of evidence.
  const mutation = request.method === 'POST' && request.routeOptions.url !== '/graphql'
  const shaped = shaper.shape(error, { locale: localeOf(request.headers['accept-language']), requestId: request.id, mutation, codes })
  const code = shaped.extensions?.['code'] as ErrorCode
  const status = error instanceof AppError && typeof error.details['status'] === 'number' ? error.details['status'] : STATUS[code]
  const { status: _, ...extensions } = shaped.extensions ?? {}
  if (typeof extensions['retryAfter'] === 'number') void reply.header('retry-after', extensions['retryAfter'])
  else if (status === 503) reply.header('retry-after', RETRY_AFTER)
  return reply.code(status).type('application/json; charset=utf-8').send({ errors: [{ message: shaped.message, extensions }] })
}

function asExpected(error: FastifyError, limits: Limits): unknown {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new AppError('LIMIT_EXCEEDED', `The request body is larger than ${limits.bodyBytes} bytes.`, { limit: 'bodyBytes', most: limits.bodyBytes, status: 413, messageKey: 'bodyTooLarge', messageValues: { most: limits.bodyBytes } })
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new AppError('BAD_INPUT', 'Send the request as application/json.', { status: 415, messageKey: 'badMediaType' })
  if (error.statusCode === 400) return new AppError('BAD_INPUT', 'The request body is not valid JSON.', { messageKey: 'badBody' })
  return error
}
