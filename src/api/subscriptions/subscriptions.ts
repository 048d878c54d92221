import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, handleProtocols, makeServer, type Context, type Server as ProtocolServer } from 'graphql-ws'
import { GraphQLError, type ExecutionArgs, type GraphQLFormattedError } from 'graphql'
import { WebSocketServer, type WebSocket } from 'ws'
import { RIGHTS_SIGNAL, type Authenticator } from '../../auth'
import { AppError } from '../../core/errors'
import type { Database } from '../../database/database'
import type { ReadModel } from '../../database/sql'
import type { Signals } from '../../database/signals'
import type { CostEstimator } from '../cost'
import type { ErrorShaper } from '../errors'
import { variablesRefused } from '../executor'
import { limitExceeded } from '../limit-rule'
import type { Limits } from '../limits'
import { localeOf } from '../messages'
import type { QueryTexts } from '../query-texts'
import type { Rates } from '../traffic'
import { ChangedRows } from './changed-rows'
import { Documents, subscriptionOf } from './documents'
import { NodeChanges } from './node-changes'
import { Seats } from './seats'
import { Topics } from './topics'
import { ViewerConnection, type ConnectionParts } from './viewer-connection'

export interface SubscriptionParts extends Omit<ConnectionParts, 'watch'> {
  readonly db: Database
  readonly model: ReadModel
  readonly signals: Pick<Signals, 'on'>
  readonly authenticator: Authenticator
  readonly rates: Rates
  readonly limits: Limits
  readonly costs: CostEstimator
  readonly texts: QueryTexts
  readonly shaper: ErrorShaper
  readonly log: { error(bindings: object, message: string): void }
  /** The client's address, as far as proxies in front are believed. */
  addressOf(request: IncomingMessage): string
  readonly draining: () => boolean
}

/** Beside those of the protocol: a client that does not read what it asked for. */
export const TOO_SLOW = 4413
/** Milliseconds that a client may take to read one message. */
const PATIENCE = 10_000
const INIT_WAIT = 5_000
const HEARTBEAT = 15_000
/** Milliseconds after which each token is looked at again: one that ends is noticed. */
const LOOK = 10_000

interface Extra { readonly socket: WebSocket; readonly request: IncomingMessage; viewer?: ViewerConnection; leave?: () => void; readonly ending: Map<string, () => void> }
type Connection = Context<Record<string, unknown> | undefined, Extra>

/** graphql-transport-ws on `/graphql`: the same tokens, limits, permissions and scopes as over HTTP. */
export class Subscriptions {
  private readonly wss: WebSocketServer
  private readonly protocol: ProtocolServer<Extra>
  private readonly documents: Documents
  private readonly seats: Seats
  private readonly rows: ChangedRows
  private readonly viewers = new Map<ViewerConnection, WebSocket>()
  private readonly timer: NodeJS.Timeout
  private readonly stopHearing: () => void
  private readonly parts: ConnectionParts

  constructor(server: Server, private readonly p: SubscriptionParts) {
    this.wss = new WebSocketServer({ noServer: true, maxPayload: p.limits.bodyBytes, perMessageDeflate: false, handleProtocols })
    this.documents = new Documents(p.schema, p.limits)
    this.seats = new Seats(p.limits)
    const topics = new Topics(p.signals)
    this.rows = new ChangedRows(p.db, p.signals, p.log, news => topics.hear(news))
    const nodes = new NodeChanges(p.model, this.rows)
    this.parts = { ...p, watch: context => ({
      nodes: ids => nodes.watch(ids, context),
      topic: async (topic, isFor) => topics.listen(topic, { viewer: { actor: context.actor }, isFor, onEnd: await this.rows.follow() }),
    }) }
    this.protocol = makeServer<Record<string, unknown> | undefined, Extra>({
      connectionInitWaitTimeout: INIT_WAIT,
      onConnect: connection => this.connect(connection),
      onSubscribe: (connection, id, payload) => this.begin(connection, id, payload),
      subscribe: args => (args.contextValue as ViewerConnection).deliveries(args),
      onNext: (_connection, _id, _payload, args, result) => ({ ...result, ...(result.errors && { errors: this.shaped(result.errors, args.contextValue as ViewerConnection) }) }),
      onError: (connection, _id, _payload, errors) => this.shaped(errors, connection.extra.viewer),
      onComplete: (connection, id) => this.finish(connection, id),
      onClose: connection => {
        for (const id of [...connection.extra.ending.keys()]) this.finish(connection, id)
        if (connection.extra.viewer) this.viewers.delete(connection.extra.viewer)
        connection.extra.leave?.()
      },
    })
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head))
    this.wss.on('connection', (socket: WebSocket, request: IncomingMessage) => this.open(socket, request))
    this.stopHearing = p.signals.on(RIGHTS_SIGNAL, ref => {
      void this.recheck(ref || null)
      this.rows.recheck(ref || null)
      topics.recheck(ref || null)
    })
    this.timer = setInterval(() => void this.recheck(null), LOOK).unref()
  }

  /** Everybody is asked to connect anew, to another instance. */
  async close(): Promise<void> {
    clearInterval(this.timer)
    this.stopHearing()
    this.rows.stop()
    for (const socket of this.wss.clients) socket.close(1001, 'Going away')
    const late = setTimeout(() => { for (const socket of this.wss.clients) socket.terminate() }, 1_000)
    await new Promise<void>(done => this.wss.close(() => done()))
    clearTimeout(late)
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refuse = (status: string): void => void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    socket.on('error', () => socket.destroy())
    if (request.url?.split('?')[0] !== '/graphql') return refuse('404 Not Found')
    if (this.p.draining()) return refuse('503 Service Unavailable')
    try {
      this.p.rates.admit(null, this.p.addressOf(request))
    } catch {
      return refuse('429 Too Many Requests')
    }
    this.wss.handleUpgrade(request, socket, head, opened => this.wss.emit('connection', opened, request))
  }

  private open(socket: WebSocket, request: IncomingMessage): void {
    socket.on('error', () => socket.terminate())
    let alive = true
    const beat = setInterval(() => {
      if (!alive) return socket.terminate()
      alive = false
      socket.ping()
    }, HEARTBEAT).unref()
    socket.on('pong', () => { alive = true })
    const closed = this.protocol.opened({
      protocol: socket.protocol,
      send: text => sent(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: hear => socket.on('message', data => {
        hear(String(data)).catch((err: unknown) => {
          this.p.log.error({ err }, 'a message of a subscription was not understood')
          socket.close(CloseCode.InternalServerError, 'Internal server error')
        })
      }),
    }, { socket, request, ending: new Map() })
    socket.once('close', (code, reason) => {
      clearInterval(beat)
      void closed(code, String(reason))
    })
  }

  private async connect({ extra, connectionParams }: Connection): Promise<boolean> {
    const { socket, request } = extra
    const address = this.p.addressOf(request)
    const given = connectionParams?.['authorization'] ?? connectionParams?.['Authorization'] ?? request.headers.authorization
    const header = typeof given === 'string' ? given : ''
    try {
      if (!header) throw new AppError('UNAUTHENTICATED', 'This needs a valid token.', { messageKey: 'signInFirst' })
      this.p.rates.admitSignIn(address)
      const who = await this.p.authenticator.authenticate(header)
      if (who.problem?.code === 'UNAUTHENTICATED' && who.problem.details.messageKey !== 'tokenExpired') this.p.rates.failedSignIn(address)
      if (who.problem) throw who.problem
      extra.leave = this.seats.take('connections', who.actor.ref)
      const locale = localeOf(String(connectionParams?.['acceptLanguage'] ?? request.headers['accept-language'] ?? ''))
      const viewer = new ViewerConnection(this.parts, header, who.actor.ref, address, locale, () => socket.close(CloseCode.Forbidden, 'Forbidden'))
      this.viewers.set(viewer, socket)
      extra.viewer = viewer
      return true
    } catch (error) {
      const [code, reason] = closing(error)
      socket.close(code, reason)
      // The protocol's own word for a refusal comes after a close that says more, and is not sent any more.
      return false
    }
  }

  private async begin(connection: Connection, id: string, payload: { query: string; operationName?: string | null | undefined; variables?: Record<string, unknown> | null | undefined; extensions?: Record<string, unknown> | null | undefined }): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const { extra } = connection
    const viewer = extra.viewer!
    try {
      this.p.rates.admit(viewer.ref, viewer.address)
      this.p.texts.admit({ query: payload.query })
      const { document, errors } = await this.documents.check(payload.query)
      if (errors.length) return errors
      const variables = payload.variables ?? {}
      const operation = subscriptionOf(document, payload.operationName)
      const refused = variablesRefused(variables, this.p.limits)
      if (refused) throw refused
      const cost = this.p.costs.estimate(document, operation, variables)
      if (cost > this.p.limits.cost) return [limitExceeded('cost', cost, this.p.limits.cost)]
      extra.ending.set(id, this.seats.take('subscriptions', viewer.ref))
      return { schema: this.p.schema, document, operationName: payload.operationName ?? null, variableValues: variables, contextValue: viewer }
    } catch (error) {
      return [error instanceof GraphQLError ? error : new GraphQLError('Refused.', { originalError: error as Error })]
    }
  }

  private finish({ extra }: Connection, id: string): void {
    extra.ending.get(id)?.()
    extra.ending.delete(id)
  }

  /** Whose rights changed, or anybody's: tokens and keys that are no more end their connections; what still runs is asked at its next delivery. */
  private async recheck(ref: string | null): Promise<void> {
    for (const viewer of this.viewers.keys()) if (ref === null || viewer.ref === ref) await viewer.check()
  }

  private shaped(errors: readonly GraphQLError[], viewer: ViewerConnection | undefined): GraphQLFormattedError[] {
    this.p.shaper.note(errors, { locale: viewer?.locale ?? 'en', requestId: '', mutation: false })
    return errors.map(error => this.p.shaper.format(error.toJSON(), error))
  }
}

function closing(error: unknown): [number, string] {
  const code = error instanceof AppError ? error.code : 'INTERNAL'
  if (code === 'UNAUTHENTICATED') return [CloseCode.Unauthorized, 'Unauthorized']
  if (code === 'LIMIT_EXCEEDED') return [4429, String((error as AppError).details.limit)]
  return code === 'UNAVAILABLE' ? [1013, 'Try again later'] : [CloseCode.InternalServerError, 'Internal server error']
}

/** Resolves when the client has taken the message: the next delivery waits for that, so that nothing piles up here. */
const sent = (socket: WebSocket, text: string): Promise<void> => new Promise((resolve, reject) => {
  if (socket.readyState !== socket.OPEN) return resolve()
  const late = setTimeout(() => {
    socket.close(TOO_SLOW, 'Too slow')
    socket.terminate()
  }, PATIENCE).unref()
  socket.send(text, error => {
    clearTimeout(late)
    if (error && socket.readyState === socket.OPEN) reject(error)
    else resolve()
  })
})
