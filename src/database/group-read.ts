import type pg from 'pg'
import type { Lifetime } from '../core/request'
import { ask, EachQuery, isRefusal, isStopped, type Statement } from './light-query'
import { Partner, Together } from './together'

/** Most statements in one packet. */
const MOST = 16

type Reader = Partner<Statement, unknown[]>

/**
 * What commands read before they decide: those that ask the same of other rows in the same turn of the loop go in one packet, on one connection.
 * A packet costs PostgreSQL more than the row that is found by its key, and whatever was written together answers, and asks again, together.
 */
export class GroupRead {
  private waiting: Reader[] = []

  constructor(private readonly pool: pg.Pool) {}

  rows(statement: Statement, lifetime?: Lifetime): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push(new Partner(statement, lifetime, resolve, reject)) === 1) setImmediate(() => this.go())
    })
  }

  private go(): void {
    const alike = new Map<unknown, Reader[]>()
    for (const reader of this.waiting.splice(0)) {
      const key = reader.work.name ?? reader
      const some = alike.get(key)
      if (some && some.length < MOST) some.push(reader)
      else {
        if (some) void this.send(some)
        alike.set(key, [reader])
      }
    }
    for (const some of alike.values()) void this.send(some)
  }

  /** Never throws. What is refused to several, or cannot be sent, is asked by each alone: it is refused for what is its own. */
  private async send(all: readonly Reader[]): Promise<void> {
    const readers = all.filter(r => r.begin())
    const [first] = readers
    if (!first) return
    const shared = readers.length > 1
    try {
      const answers = await ask(this.pool, new EachQuery(first.work, readers.map(r => r.work.values)), new Together(readers))
      readers.forEach((reader, i) => reader.done(answers[i]!))
    } catch (error) {
      if (shared && (error instanceof TypeError || isRefusal(error)) && !isStopped(error)) for (const reader of readers) void this.send([reader])
      else for (const reader of readers) reader.failed(error, shared)
    }
  }
}
