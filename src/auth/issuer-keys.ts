import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { Logger } from 'pino'
import { z } from 'zod'
import { AppError } from '../core/errors'
import { StartError } from '../database/start-error'
import { trustworthy } from './issuer-url'

export interface IssuerOptions {
  /** `iss` of its tokens; its discovery document is found below it. */
  readonly issuer: string
  /** Where its keys are; null: the discovery document says so. */
  readonly jwksUri: string | null
  /** Only https, or this machine. */
  readonly production: boolean
  /** Milliseconds after which the keys are asked for again; the old ones serve until the answer is there. */
  readonly maxAge: number
  /** Milliseconds for which a key that is not among them is refused without asking again. */
  readonly cooldown: number
  /** Milliseconds that the provider has for an answer: a request waits no longer for a key that it is the first to name. */
  readonly patience?: number
  readonly log?: Pick<Logger, 'info' | 'warn'>
}

const PATIENCE = 3_000
/** Milliseconds between tries while there is no answer at all. */
const RETRY = 1_000
const LARGEST = 256 * 1024

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() })
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).min(1).max(100) })

/**
 * The public keys of an identity provider, in memory: asked for at the start, when a token names one that is not among them (rotation; not
 * more often than the cooldown), and now and then. No request goes to the provider otherwise, and one that is away stops no token of a key
 * that is known.
 */
export class IssuerKeys {
  private known: JWTVerifyGetKey | null = null
  private uri: string | null
  private readAt = -Infinity
  private triedAt = -Infinity
  private failed = false
  private loading: Promise<void> | null = null

  constructor(private readonly o: IssuerOptions) {
    this.uri = o.jwksUri
  }

  /** A provider that is away does not stop the start; one that calls itself otherwise does. */
  async start(): Promise<void> {
    await this.load().catch((error: unknown) => { if (error instanceof StartError) throw error })
  }

  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (!this.known) await this.need(RETRY)
    else if (this.olderThan(this.o.maxAge, this.readAt) && this.olderThan(Math.max(RETRY, this.o.cooldown), this.triedAt)) this.load().catch(() => undefined)
    try {
      return await this.known!(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      await this.need(this.o.cooldown)
      return this.known!(header, token)
    }
  }

  /** Asks, unless that was done a moment ago. Throws UNAVAILABLE when nobody can tell. */
  private async need(pause: number): Promise<void> {
    if (this.loading || this.olderThan(this.failed ? RETRY : pause, this.triedAt)) await this.load().catch(unavailable)
    else if (this.failed) unavailable(new Error(`The keys of ${this.o.issuer} could not be read a moment ago.`))
  }

  private olderThan(milliseconds: number, since: number): boolean {
    return performance.now() - since >= milliseconds
  }

  /** One question at a time, whoever asks. */
  private load(): Promise<void> {
    return (this.loading ??= this.read().then(() => { this.failed = false }, (err: unknown) => {
      this.failed = true
      if (this.o.jwksUri === null) this.uri = null
      this.o.log?.warn({ err, issuer: this.o.issuer }, 'the keys of the identity provider cannot be read')
      throw err
    }).finally(() => {
      this.triedAt = performance.now()
      this.loading = null
    }))
  }

  private async read(): Promise<void> {
    const signal = AbortSignal.timeout(this.o.patience ?? PATIENCE)
    this.uri ??= await this.discover(signal)
    const { keys } = keySet.parse(await fetchJson(this.uri, signal))
    // A shared or private one has no business here: it is passed over.
    const usable = keys.filter(k => k.kty !== 'oct' && k['d'] === undefined)
    if (!usable.length) throw new Error(`${this.uri} has no public key.`)
    this.known = createLocalJWKSet({ keys: usable } as JSONWebKeySet)
    this.readAt = performance.now()
    this.o.log?.info({ issuer: this.o.issuer, kids: usable.map(k => k.kid ?? null) }, 'keys of the identity provider')
  }

  private async discover(signal: AbortSignal): Promise<string> {
    const { issuer, production } = this.o
    const found = discovery.parse(await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, signal))
    if (found.issuer !== issuer) throw new StartError(`The identity provider at ${issuer} (PLUMBLINE_AUTH_ISSUER) calls itself ${found.issuer}.`)
    if (!trustworthy(found.jwks_uri, production)) throw new StartError(`The identity provider at ${issuer} has its keys at ${found.jwks_uri}: that must be https, or this machine.`)
    return found.jwks_uri
  }
}

/** Whoever redirects is not asked further, and a long answer is not read to its end. */
async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } })
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}.`)
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > LARGEST) throw new Error(`${url} answered with more than ${LARGEST} bytes.`)
    parts.push(part)
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'))
}

function unavailable(cause: unknown): never {
  throw new AppError('UNAVAILABLE', 'The service cannot tell who you are at the moment. Try again.', { messageKey: 'unavailable' }, { cause })
}
