import { LRUCache } from 'lru-cache'
import { AppError } from '../../core/errors'
import type { Limits } from '../limits'
import { addressKey } from './address'
import { Window, type Untold } from './window'

export type RateLimits = Pick<Limits, 'requestsPerMinute' | 'requestsPerMinuteOfAddress' | 'failedSignInsPerMinute' | 'requestsInFlight'>

/** Identities and addresses that are counted at the same time. The longest silent are forgotten first: they have little to lose. */
const WINDOWS_MAX = 50_000
const INT_MAX = 2 ** 31 - 1

/**
 * How many requests an identity and an address sent within the last minute. Counted in memory, so that a request costs two look-ups; what
 * other instances counted is added every few seconds (`exchange.ts`). What was refused is not counted: who asks too often gets the rate of the limit.
 */
export class Rates {
  private readonly windows = new LRUCache<string, Window>({ max: WINDOWS_MAX })
  private untold = new Set<Window>()

  constructor(private readonly limits: RateLimits, private readonly now: () => number = Date.now) {}

  /** Counts a request of somebody (null: nobody in particular) from an address, or throws. The window is that of whoever asks. */
  admit(identity: string | null, address: string): Window {
    const now = this.now()
    const { requestsPerMinute, requestsPerMinuteOfAddress, requestsInFlight } = this.limits
    const place = this.window(`a ${addressKey(address)}`)
    const who = identity === null ? place : this.window(`i ${identity}`)
    if (place.within(now) + 1 > requestsPerMinuteOfAddress) throw this.refused('requestsPerMinuteOfAddress', place, requestsPerMinuteOfAddress)
    if (who !== place && who.within(now) + 1 > requestsPerMinute) throw this.refused('requestsPerMinute', who, requestsPerMinute)
    if (who.running >= requestsInFlight) throw tooMany('requestsInFlight', requestsInFlight, 1)
    this.add(place, now)
    if (who !== place) this.add(who, now)
    return who
  }

  /** Before a token or key is looked at that is not known to be good: throws when too many from this address were not. */
  admitSignIn(address: string): void {
    const { failedSignInsPerMinute } = this.limits
    const failures = this.windows.get(`f ${addressKey(address)}`)
    if (failures && failures.within(this.now()) + 1 > failedSignInsPerMinute) throw this.refused('failedSignInsPerMinute', failures, failedSignInsPerMinute)
  }

  failedSignIn(address: string): void {
    this.add(this.window(`f ${addressKey(address)}`), this.now())
  }

  /** What other instances have not been told. */
  tell(): Untold[] {
    const now = this.now()
    const told = [...this.untold].flatMap(window => window.tell(now))
    this.untold = new Set()
    return told
  }

  takeBack(told: readonly Untold[]): void {
    const now = this.now()
    for (const part of told) {
      part.window.takeBack(part, now)
      this.untold.add(part.window)
    }
  }

  learn(key: string, minute: number, total: number): void {
    this.window(key).learn(minute, total, this.now())
  }

  /** From which minute on, and from how many requests of an identity, an address and a guesser on, an instance wants to know of others' counts. */
  near(): [minute: number, identity: number, address: number, guesser: number] {
    const { requestsPerMinute, requestsPerMinuteOfAddress, failedSignInsPerMinute } = this.limits
    const share = (limit: number): number => Math.min(Math.ceil(limit / 4), INT_MAX)
    return [Math.floor(this.now() / 60_000) - 1, share(requestsPerMinute), share(requestsPerMinuteOfAddress), share(failedSignInsPerMinute)]
  }

  private window(key: string): Window {
    let window = this.windows.get(key)
    if (!window) this.windows.set(key, (window = new Window(key)))
    return window
  }

  private add(window: Window, now: number): void {
    window.add(now)
    this.untold.add(window)
  }

  private refused(limit: keyof RateLimits, window: Window, most: number): AppError {
    return tooMany(limit, most, window.secondsUntil(most, this.now()))
  }
}

const tooMany = (limit: keyof RateLimits, most: number, retryAfter: number): AppError =>
  new AppError('LIMIT_EXCEEDED', `Too many requests: the limit ${limit} is ${most}. Try again in ${retryAfter} s.`, {
    limit, most, retryAfter, status: 429, messageKey: 'tooManyRequests', messageValues: { limit, most, retryAfter },
  })
