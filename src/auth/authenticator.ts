import { LRUCache } from 'lru-cache'
import { ANONYMOUS, type Actor } from '../core/actor'
import { AppError } from '../core/errors'
import type { Database } from '../database/database'
import { loadActor, personIdOf } from './actor.repository'
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

/** Milliseconds after which a token's signature is checked again. */
const CHECKED_FOR = 300_000

/** A header whose token was found good, under which its person's rights are kept, and until when (monotonic) that need not be checked again. */
interface Known {
  readonly claims: Claims
  readonly person: string
  readonly until: number
}
interface Rights {
  readonly actor: Promise<Actor | null>
  readonly until: number
  /** When they have been read. */
  found?: Authentication
}

/**
 * From an Authorization header to an Actor. Signatures are checked once per token, rights are read once per person and few seconds:
 * both caches are bounded, and the token's end is looked at every time. The times are kept beside the entries because the cache's own
 * would start a timer for nearly every request.
 */
export class Authenticator {
  private readonly headers = new LRUCache<string, Known>({ max: 10_000 })
  private readonly rights = new LRUCache<string, Rights>({ max: 10_000 })

  constructor(private readonly db: Database, private readonly keys: Keys, private readonly o: AuthOptions) {}

  /** The answer that `authenticate` would give, when it takes neither a signature nor the database. */
  remembered(header: string | undefined): Authentication | undefined {
    const known = header === undefined ? undefined : this.headers.get(header)
    if (!known || known.claims.expires <= Date.now()) return undefined
    const now = performance.now()
    const rights = known.until > now ? this.rights.get(known.person) : undefined
    return rights && rights.until > now ? rights.found : undefined
  }

  /** Never throws: a failure is told as `problem`. */
  async authenticate(header: string | undefined): Promise<Authentication> {
    if (header === undefined || header === '') return NOBODY
    try {
      const known = this.known(header) ?? await this.check(header)
      const actor = await this.actorOf(known)
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

  private known(header: string): Known | undefined {
    const known = this.headers.get(header)
    if (!known) return undefined
    if (known.claims.expires <= Date.now()) {
      this.headers.delete(header)
      throw new AppError('UNAUTHENTICATED', 'The token has expired.', { messageKey: 'tokenExpired' })
    }
    return known.until > performance.now() ? known : undefined
  }

  private async check(header: string): Promise<Known> {
    const token = BEARER.exec(header)?.[1]
    if (!token) throw new AppError('UNAUTHENTICATED', 'The Authorization header must be `Bearer <token>`.', { messageKey: 'tokenInvalid' })
    const claims = await verifyToken(token, this.keys, this.o)
    const { subject } = claims
    const known: Known = { claims, person: 'personId' in subject ? subject.personId : `staff:${subject.staffNo}`, until: performance.now() + CHECKED_FOR }
    this.headers.set(header, known)
    return known
  }

  private actorOf({ claims: { subject }, person }: Known): Promise<Actor | null> {
    const now = performance.now()
    const known = this.rights.get(person)
    if (known && known.until > now) return known.actor
    const actor = loadActor(this.db, subject)
    if (this.o.rightsTtl > 0) {
      const rights: Rights = { actor, until: now + this.o.rightsTtl }
      this.rights.set(person, rights)
      // Neither a failure nor an unknown person is remembered.
      actor.then(found => {
        if (found) rights.found = { actor: found, problem: null }
        else this.forget(person, rights)
      }, () => this.forget(person, rights))
    }
    return actor
  }

  private forget(person: string, rights: Rights): void {
    if (this.rights.peek(person) === rights) this.rights.delete(person)
  }
}

const unavailable = (cause: unknown): AppError =>
  new AppError('UNAVAILABLE', 'The service cannot tell who you are at the moment. Try again.', { messageKey: 'unavailable' }, { cause })
