import { LRUCache } from 'lru-cache'
import { ANONYMOUS, type Actor } from '../core/actor'
import { AppError } from '../core/errors'
import type { Database } from '../database/database'
import type { Signals } from '../database/signals'
import { loadActor, personIdOf } from './actor.repository'
import { KeyUse } from './key-use'
import type { Keys } from './keys'
import { RIGHTS_SIGNAL } from './rights'
import { loadService } from './service-account.repository'
import { isServiceKey, readServiceKey } from './service-key'
import { refused, signToken, verifyToken, type TokenOptions } from './token'

export interface AuthOptions extends TokenOptions {
  /** Milliseconds for which an actor's rights are remembered where no signal says that they changed. 0: read every time. */
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

/** What a header says, once it was found good: whose rights go with it, how they are read, and what is told when there are none. */
interface Credential {
  /** Under which the rights are remembered. */
  readonly name: string
  /** Milliseconds since 1970. */
  readonly expires: number
  /** Until when (monotonic) the header need not be checked again. */
  readonly until: number
  readonly load: () => Promise<Found | null>
  readonly unknown: () => AppError
}
interface Found {
  readonly actor: Actor
  /** Milliseconds since 1970 from which the rights are none. */
  readonly ends?: number
}
interface Rights {
  readonly found: Promise<Found | null>
  until: number
  /** When they have been read. */
  known?: Authentication
}

/**
 * From an Authorization header to an Actor: a person's token, or the key of a service account. Signatures are checked once per token, rights
 * are read once per person or key and few seconds, and forgotten when a signal says that they changed. Both caches are bounded, and the end
 * of token or key is looked at every time. The times are kept beside the entries because the cache's own would start a timer for nearly
 * every request.
 */
export class Authenticator {
  private readonly headers = new LRUCache<string, Credential>({ max: 10_000 })
  private readonly rights = new LRUCache<string, Rights>({ max: 10_000 })
  private readonly use: KeyUse

  constructor(private readonly db: Database, private readonly keys: Keys, private readonly o: AuthOptions) {
    this.use = new KeyUse(db)
  }

  /** From now on what changed elsewhere holds here at once; and the keys are there. */
  async start(signals: Signals): Promise<void> {
    signals.on(RIGHTS_SIGNAL, ref => this.forgetRights(ref || null))
    await this.keys.start()
  }

  /** The answer that `authenticate` would give, when it takes neither a signature nor the database. */
  remembered(header: string | undefined): Authentication | undefined {
    const known = header === undefined ? undefined : this.headers.get(header)
    if (!known || known.expires <= Date.now()) return undefined
    const now = performance.now()
    const rights = known.until > now ? this.rights.get(known.name) : undefined
    return rights && rights.until > now ? rights.known : undefined
  }

  /** Never throws: a failure is told as `problem`. */
  async authenticate(header: string | undefined): Promise<Authentication> {
    if (header === undefined || header === '') return NOBODY
    try {
      const credential = this.known(header) ?? await this.check(header)
      const found = await this.rightsOf(credential)
      if (!found) {
        this.headers.delete(header)
        throw credential.unknown()
      }
      this.headers.set(header, credential)
      return { actor: found.actor, problem: null }
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

  private known(header: string): Credential | undefined {
    const known = this.headers.get(header)
    if (!known) return undefined
    if (known.expires <= Date.now()) {
      this.headers.delete(header)
      throw refused('tokenExpired')
    }
    return known.until > performance.now() ? known : undefined
  }

  private async check(header: string): Promise<Credential> {
    const token = BEARER.exec(header)?.[1]
    if (!token) throw new AppError('UNAUTHENTICATED', 'The Authorization header must be `Bearer <token>`.', { messageKey: 'tokenInvalid' })
    return isServiceKey(token) ? this.ofService(token) : this.ofPerson(token)
  }

  private async ofPerson(token: string): Promise<Credential> {
    const { subject, expires } = await verifyToken(token, this.keys, this.o)
    return {
      expires, until: performance.now() + CHECKED_FOR, name: 'personId' in subject ? subject.personId : `staff:${subject.staffNo}`,
      load: async () => {
        const actor = await loadActor(this.db, subject)
        return actor && { actor }
      },
      unknown: () => new AppError('UNAUTHENTICATED', 'The token names nobody here.', { messageKey: 'tokenUnknownPerson' }),
    }
  }

  private ofService(token: string): Credential {
    const key = readServiceKey(token)
    if (!key) throw refused('tokenInvalid')
    return {
      // Under its hash: a wrong key never meets what a right one of the same name left.
      name: key.hash, expires: Infinity, until: Infinity,
      load: async () => {
        const found = await loadService(this.db, key)
        if (found) this.use.note(found.keyId)
        return found
      },
      unknown: () => refused('tokenInvalid'),
    }
  }

  private rightsOf({ name, load }: Credential): Promise<Found | null> {
    const now = performance.now()
    const known = this.rights.get(name)
    if (known && known.until > now) return known.found
    const found = load()
    if (this.o.rightsTtl > 0) {
      const rights: Rights = { found, until: now + this.o.rightsTtl }
      this.rights.set(name, rights)
      // Neither a failure nor somebody unknown is remembered.
      found.then(f => {
        if (!f) return this.forget(name, rights)
        if (f.ends !== undefined) rights.until = Math.min(rights.until, performance.now() + f.ends - Date.now())
        rights.known = { actor: f.actor, problem: null }
      }, () => this.forget(name, rights))
    }
    return found
  }

  private forget(name: string, rights: Rights): void {
    if (this.rights.peek(name) === rights) this.rights.delete(name)
  }

  /** Of one actor or of everybody; also what is being read at this moment, for it may have been read before the change. */
  private forgetRights(ref: string | null): void {
    if (ref === null) return this.rights.clear()
    for (const [name, { known }] of [...this.rights.entries()]) if (!known || known.actor.ref === ref) this.rights.delete(name)
  }
}

const unavailable = (cause: unknown): AppError =>
  new AppError('UNAVAILABLE', 'The service cannot tell who you are at the moment. Try again.', { messageKey: 'unavailable' }, { cause })
