import type pg from 'pg'
import { AppError, markOutcome, outcomeOf } from '../core/errors'
import type { Origin } from '../core/request'
import { together } from './connection'
import { constraintError } from './constraints'
import { hashOf } from './content-hash'
import type { Database } from './database'
import { Transaction } from './transaction'

/** Serialization failure, deadlock, and a key whose answer was forgotten at that moment: start again. */
const retryable = (e: { code?: string; constraint?: string }): boolean =>
  e.code === '40001' || e.code === '40P01' || e.constraint === 'idempotent_request_pkey'

/**
 * Runs a command: one transaction with the answer to its idempotency key in it. The answer is plain JSON (ids); a repetition with the
 * same key and input gets the first answer and writes nothing; with other input it is a CONFLICT.
 */
export function runCommand<T>(db: Database, origin: Origin, command: string, input: Keyed, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return run(db.writes, origin, command, input, work)
}

/** As `runCommand`, on a connection that can COPY. */
export function runBulkCommand<T>(db: Database, origin: Origin, command: string, input: Keyed, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return run(db.bulk, origin, command, input, work)
}

interface Keyed { idempotencyKey?: string | null }

async function run<T>(pool: pg.Pool, origin: Origin, command: string, input: Keyed, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, origin, command, input, work)
    } catch (error) {
      if (attempt < 4 && retryable(error as { code?: string })) continue
      const told = constraintError(error) ?? error
      markOutcome(told, outcomeOf(error) ?? 'NOT_DONE')
      throw told
    }
  }
}

async function once<T>(pool: pg.Pool, origin: Origin, command: string, input: Keyed, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const fail = (e: Error): void => void (broken = e)
  client.on('error', fail)
  const key = input.idempotencyKey
  const inputHash = key == null ? '' : hashOf({ ...input, idempotencyKey: null })
  try {
    // Not waited for: it goes out with what is read first.
    const begun = together(client, () => client.query('BEGIN'))
    begun.catch(() => undefined)
    if (!client.pipeline) await begun
    const tx = new Transaction(client, begun, origin, command)
    const result = await work(tx)
    if (key != null) tx.keepAnswer(key, inputHash, result)
    await tx.commit()
    return result
  } catch (error) {
    // A rollback on a connection that hangs would double the wait: such a connection is thrown away instead.
    if (!broken) await client.query('ROLLBACK').catch(fail)
    // Whatever was refused, if only because it is done already: a repetition gets the first answer.
    const first = key == null || broken ? null : await firstAnswer<T>(client, origin.actor.ref, key, command, inputHash).catch(unanswered)
    if (first) return first.result
    throw error
  } finally {
    client.off('error', fail)
    client.release(broken)
  }
}

/** A key that was used for something else is told; a look-up that fails tells nothing, and hides nothing of what is known of the command. */
function unanswered(error: unknown): null {
  if (error instanceof AppError) throw error
  return null
}

/** The answer kept under this key, if any. */
async function firstAnswer<T>(client: pg.PoolClient, actor: string, key: string, command: string, inputHash: string): Promise<{ result: T } | null> {
  const { rows: [first] } = await client.query({ name: 'first-answer', text: 'SELECT command, input_hash, result FROM idempotent_request WHERE actor = $1 AND key = $2', values: [actor, key] })
  if (!first) return null
  if (first.command !== command || first.input_hash !== inputHash) {
    const message = 'This idempotency key was already used for another input.'
    throw new AppError('CONFLICT', message, { messageKey: 'keyReused', violations: [{ path: 'idempotencyKey', rule: 'unused', message }] })
  }
  return { result: first.result as T }
}
