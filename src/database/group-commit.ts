import type pg from 'pg'
import type { Lifetime } from '../core/request'
import { ask, isRefusal, isStopped, RowsQuery } from './light-query'
import { Partner, Together } from './together'
import { type Parcel, statementOf } from './writes'

/** Statements on their way before whoever comes then waits for one to return; one of a kind, as what waits meanwhile goes together. */
const LANES = 4
/** How many commands one statement may write: hardly anybody is left behind, and there are not too many statements to plan. */
const SIZES = [16, 12, 8, 7, 6, 5, 4, 3, 2, 1]
/** So many do not wait for one of their kind to return: of more, each costs hardly less. */
const ENOUGH = 8
/** Milliseconds after which a statement on its way keeps nobody waiting any more: it may wait for somebody itself. */
const SLOW = 50

/** A command that has decided and waits to be written. */
type Ending = Partner<Parcel, void>

/**
 * Group commit: what commands write that end while others are being written goes in one statement and one transaction, each still whole or
 * not at all. A statement costs PostgreSQL more than the rows in it, so many at once cost each of them less; one alone waits for nobody.
 * Where PostgreSQL refuses what was written for several, nothing of it was done, and each is written alone: it is refused for what is its own.
 */
export class GroupCommit {
  private waiting: Ending[] = []
  /** What is on its way. */
  private readonly lanes: Parcel[] = []
  private soon: NodeJS.Immediate | undefined

  constructor(private readonly pool: pg.Pool) {}

  write(parcel: Parcel, lifetime?: Lifetime): Promise<void> {
    return new Promise((resolve, reject) => {
      // What ends in the same turn of the loop was read together, and goes together.
      this.waiting.push(new Partner(parcel, lifetime, resolve, reject))
      this.soon ??= setImmediate(() => {
        this.soon = undefined
        this.go()
      })
    })
  }

  private go(): void {
    for (let next; this.lanes.length < LANES && (next = this.next()); ) void this.send(next)
  }

  /**
   * Whoever waits longest and those that write the same. What is like something on its way waits for it to return, or until there is enough
   * of it.
   */
  private next(): Ending[] | undefined {
    for (const shape of new Set(this.waiting.map(e => e.work.shape))) {
      const alike = this.waiting.filter(e => e.work.shape === shape)
      if (alike.length < ENOUGH && this.lanes.some(p => p.shape === shape)) continue
      const together = alike.slice(0, SIZES.find(size => size <= alike.length))
      this.waiting = this.waiting.filter(e => !together.includes(e))
      return together
    }
    return undefined
  }

  /** Never throws. */
  private async send(all: readonly Ending[]): Promise<void> {
    const [first, ...others] = all.filter(e => e.begin())
    if (!first) return
    const endings = [first, ...others]
    const leave = this.enter(first.work)
    try {
      await ask(this.pool, new RowsQuery(statementOf([first.work, ...others.map(e => e.work)])), new Together(endings))
      for (const ending of endings) ending.done()
    } catch (error) {
      if (others.length && isRefusal(error) && !isStopped(error)) for (const ending of endings) void this.send([ending])
      else for (const ending of endings) ending.failed(error, others.length > 0)
    } finally {
      leave()
    }
  }

  private enter(parcel: Parcel): () => void {
    this.lanes.push(parcel)
    const leave = (): void => {
      const lane = this.lanes.indexOf(parcel)
      if (lane >= 0) this.lanes.splice(lane, 1)
      clearTimeout(slow)
      this.go()
    }
    const slow = setTimeout(leave, SLOW)
    return leave
  }
}
