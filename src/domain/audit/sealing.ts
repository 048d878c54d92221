import type { Logger } from 'pino'
import type { Database } from '../../database/database'
import type { HashName } from './hashes'
import { sealAuditLog } from './sealer'

export interface SealingOptions {
  readonly algorithm: HashName
  /** Milliseconds between two seals. */
  readonly interval: number
  readonly log: Pick<Logger, 'warn'>
}

/** Seals the log as it grows. Returns how to stop: what was written until then is sealed, unless the database is away. */
export function startSealing(db: Database, { algorithm, interval, log }: SealingOptions): () => Promise<void> {
  let running = Promise.resolve()
  let reachable = true
  const seal = (): Promise<void> => (running = running.then(async () => {
    try {
      await sealAuditLog(db, algorithm)
      reachable = true
    } catch (err) {
      if (reachable) log.warn({ err }, 'the audit log could not be sealed')
      reachable = false
    }
  }))
  let waiting = false
  const timer = setInterval(() => {
    if (waiting) return
    waiting = true
    void seal().finally(() => void (waiting = false))
  }, interval).unref()
  return async () => {
    clearInterval(timer)
    await running
    if (reachable) await seal()
  }
}
