import { LRUCache } from 'lru-cache'
import { ANONYMOUS, type Actor } from '../core/actor'
import { AppError } from '../core/errors'
import type { Database } from '../database/database'
import { loadActor, personIdOf, type Subject } from './actor.repository'
import type { Keys } from './keys'
import { signToken, verifyToken, type Claims, type TokenOptions } from './token'

export interface AuthOptions extends TokenOptions {
  /** Milliseconds for which an actor's rights are remembered: a revoked grant stops within this time. 0: read every time. */
  readonly rightsTtl: number
}

/** Who asks, and why not when the token did not serve: the request is then refused as a whole, never treated as anonymous. */
export interface Authentication {
  readonly actor: Actor
  readonly problem: AppError | null
}

const NOBODY: Authentication = Object.freeze({ actor: ANONYMOUS, problem: null })
const BEARER = /^Bearer +([\w.~+/=-]+)$/i

/**
 * From an Authorization header to an Actor. Signatures are checked once per token, rights are read once per person and few seconds:
 * both caches are bounded, and the token's end is looked at every time.
 */
export class Authenticator {
  private readonly tokens = new LRUCache<string, Claims>({ max: 10_000, ttl: 300_000 })
  private readonly actors: LRUCache<string, Promise<Actor | null>>

  constructor(private readonly db: Database, private readonly keys: Keys, private readonly o: AuthOptions) {
    this.actors = new LRUCache({ max: 10_000, ttl: Math.max(o.rightsTtl, 1) })
  }

  /** Never throws: a failure is told as `problem`. */
  async authenticate(header: string | undefined): Promise<Authentication> {
    if (header === undefined || header === '') return NOBODY
    try {
      const token = BEARER.exec(header)?.[1]
      if (!token) throw new AppError('UNAUTHENTICATED', 'The Authorization header must be `Bearer <token>`.', { messageKey: 'tokenInvalid' })
      const { subject } = await this.claimsOf(token)
      const actor = await this.actorOf(subject)
      if (!actor) throw new AppError('UNAUTHENTICATED', 'The token names nobody here.', { messageKey: 'tokenUnknownPerson' })
      return { actor, problem: null }
    } catch (error) {
      return { actor: ANONYMOUS, problem: error instanceof AppError ? error : unavailable(error) }
    }
  }

  /** Development only: a token for the person with this staff number. */
  async issueToken(staffNo: string, lifetimeSeconds = 12 * 3_600): Promise<string> {
    const personId = await personIdOf(this.db, staffNo)
    if (personId === null) throw new AppError('NOT_FOUND', 'There is no person with this staff number.', { messageKey: 'noSuchPerson' })
    return signToken({ personId }, this.keys, this.o, lifetimeSeconds)
  }

  get canIssue(): boolean {
    return this.keys.signing !== null
  }

  private async claimsOf(token: string): Promise<Claims> {
    const known = this.tokens.get(token)
    if (known) {
      if (known.expires > Date.now()) return known
      this.tokens.delete(token)
      throw new AppError('UNAUTHENTICATED', 'The token has expired.', { messageKey: 'tokenExpired' })
    }
    const claims = await verifyToken(token, this.keys, this.o)
    this.tokens.set(token, claims)
    return claims
  }

  private async actorOf(subject: Subject): Promise<Actor | null> {
    const key = 'personId' in subject ? subject.personId : `staff:${subject.staffNo}`
    const known = this.actors.get(key)
    if (known) return known
    if (this.o.rightsTtl === 0) return loadActor(this.db, subject)
    const loading = loadActor(this.db, subject)
    this.actors.set(key, loading)
    // Neither a failure nor an unknown person is remembered.
    loading.then(actor => actor ?? this.forget(key, loading), () => this.forget(key, loading))
    return loading
  }

  private forget(key: string, loading: Promise<Actor | null>): void {
    if (this.actors.peek(key) === loading) this.actors.delete(key)
  }
}

const unavailable = (cause: unknown): AppError =>
  new AppError('UNAVAILABLE', 'The service cannot tell who you are at the moment. Try again.', { messageKey: 'unavailable' }, { cause })
