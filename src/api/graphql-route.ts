import { HeaderMap, type ApolloServer } from '@apollo/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiContext } from './context'

/** The headers that Apollo Server looks at: media types, and proof that a browser asked before it sent. */
const READ = ['content-type', 'accept', 'apollo-require-preflight', 'x-apollo-operation-name'] as const

/** `/graphql`. As the integration's own handler, without a URL object and a copy of every header per request. */
export function graphqlRoute(app: FastifyInstance, apollo: ApolloServer<ApiContext>, contextOf: (request: FastifyRequest) => Promise<ApiContext>): void {
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler: (request, reply) => handle(request, reply, apollo, contextOf) })
}

async function handle(request: FastifyRequest, reply: FastifyReply, apollo: ApolloServer<ApiContext>, contextOf: (request: FastifyRequest) => Promise<ApiContext>): Promise<FastifyReply> {
  const headers = new HeaderMap()
  for (const name of READ) {
    const value = request.headers[name]
    if (value !== undefined) headers.set(name, String(value))
  }
  const query = request.url.indexOf('?')
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method, headers, body: request.body, search: query < 0 ? '' : request.url.slice(query) },
    context: () => contextOf(request),
  })
  for (const [name, value] of answer.headers) reply.header(name, value)
  // @defer and @stream are not in the schema: answers are always whole.
  return reply.code(answer.status ?? 200).send(answer.body.kind === 'complete' ? answer.body.string : '')
}
