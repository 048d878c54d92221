import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, markOutcome, outcomeOf } from '../core/errors'
import type { Origin } from '../core/request'
import { constraintError } from './constraints'
import { hashOf } from './content-hash'
import { AGAIN, type Database } from './database'
import { connectionLost } from './failures'
import { ask, neverSent, RowsQuery } from './light-query'
import { light, locking, type Session } from './session'
import { wasOvertaken, Transaction } from './transaction'

/** Opens a unit of work and closes it. */
type Sessions = <T>(work: (session: Session) => Promise<T>) => Promise<T>

/** Serialization failure, deadlock, and a key whose answer was forgotten at that moment: start again. */
const retryable = (e: { code?: string; constraint?: string }): boolean =>
  e.code === '40001' || e.code === '40P01' || e.constraint === 'idempotent_request_pkey'

/**
 * Runs a command: one transaction with the answer to its idempotency key in it. The answer is plain JSON (ids); a repetition with the
 * same key and input gets the first answer and writes nothing; with other input it is a CONFLICT.
 */
export function runCommand<T>(db: Database, origin: Origin, command: string, input: Keyed, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return new Run(db, origin, command, input).run(work, session => locking(db.writes, session, origin.lifetime))
}

/**
 * As `runCommand`, for commands whose decision rests on nothing but rows that they then change or name (`restsOn`): no lock and no
 * connection is held while they decide. When somebody else was faster, they decide again on what is there now; so `work` may run more than once.
 */
export function runLightCommand<T>(db: Database, origin: Origin, command: string, input: Keyed, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return new Run(db, origin, command, input).run(work, session => light(db, session, origin.lifetime), wasOvertaken)
}

/** Requests of which something was committed: what fails in them afterwards leaves it done. */
const carriedOut = new WeakSet<Origin>()
export const wasCarriedOut = (origin: Origin): boolean => carriedOut.has(origin)

interface Keyed { idempotencyKey?: string | null }

const ATTEMPTS = 4

class Run {
  private readonly key: string | null
  private readonly inputHash: string

  constructor(private readonly db: Database, private readonly origin: Origin, private readonly command: string, input: Keyed) {
    this.key = input.idempotencyKey ?? null
    this.inputHash = this.key === null ? '' : hashOf({ ...input, idempotencyKey: null })
  }

  async run<T>(work: (tx: Transaction) => Promise<T>, sessions: Sessions, again?: (error: unknown) => boolean): Promise<T> {
    const answer = await this.attempts(work, sessions, again)
    carriedOut.add(this.origin)
    return answer
  }

  private async attempts<T>(work: (tx: Transaction) => Promise<T>, sessions: Sessions, again: (error: unknown) => boolean = () => false): Promise<T> {
    let unknown = false
    for (let attempt = 1; ; attempt++) {
      try {
        return await sessions(session => this.once(session, work))
      } catch (error) {
        const lost = connectionLost(error)
        // Whatever was refused, if only because it is done already: a repetition gets the first answer.
        const first = lost || neverSent(error) ? null : await this.firstAnswer<T>()
        if (first) return first.result
        if (attempt < ATTEMPTS && (retryable(error as { code?: string }) || again(error))) continue
        unknown ||= outcomeOf(error) === 'UNKNOWN'
        // Nothing was done, or its key finds out whether it was.
        if (lost && attempt === 1 && this.db.answers && (!unknown || this.key !== null)) {
          await sleep(AGAIN)
          continue
        }
        const told = constraintError(error) ?? error
        markOutcome(told, unknown ? 'UNKNOWN' : 'NOT_DONE')
        throw told
      }
    }
  }

  private async once<T>(session: Session, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const tx = new Transaction(session, this.origin, this.command)
    const result = await work(tx)
    await this.origin.alongside?.(tx, result)
    if (this.key !== null) tx.keepAnswer(this.key, this.inputHash, result)
    await tx.commit()
    this.db.committed(tx.emitted)
    return result
  }

  /** The answer kept under the command's key, if any. A key that was used for something else is told; a look-up that fails tells nothing. */
  private async firstAnswer<T>(): Promise<{ result: T } | null> {
    if (this.key === null) return null
    const first = await keptAnswer(this.db, this.origin.actor.ref, this.key).catch(() => null)
    if (!first) return null
    if (first.command !== this.command || first.input_hash !== this.inputHash) {
      const message = 'This idempotency key was already used for another input.'
      throw new AppError('CONFLICT', message, { messageKey: 'keyReused', violations: [{ path: 'idempotencyKey', rule: 'unused', message }] })
    }
    return { result: first.result as T }
  }
}

interface KeptAnswer { command: string; input_hash: string; result: unknown }

async function keptAnswer(db: Database, actor: string, key: string): Promise<KeptAnswer | null> {
  const text = 'SELECT command, input_hash, result FROM idempotent_request WHERE actor = $1 AND key = $2'
  return (await ask(db.writes, new RowsQuery({ name: 'kept-answer', text, values: [actor, key] })) as unknown as KeptAnswer[])[0] ?? null
}
