import type pg from 'pg'
import { AppError, markOutcome, outcomeOf, type Outcome } from '../core/errors'
import type { Origin } from '../core/request'
import { constraintError } from './constraints'
import type { Database } from './database'
import { hashOf, Transaction } from './transaction'

/** Serialization failure, deadlock, and a key that another connection took at the same moment: start again. */
const retryable = (e: { code?: string; constraint?: string }): boolean =>
  e.code === '40001' || e.code === '40P01' || e.constraint === 'idempotent_request_pkey'

/**
 * Runs a command: one transaction, its idempotency key checked first and its answer kept with it. The answer is plain JSON (ids);
 * a repetition with the same key and input returns the first answer and writes nothing; with other input it is a CONFLICT.
 */
export async function runCommand<T>(
  db: Database, origin: Origin, command: string, input: { idempotencyKey?: string | null }, work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(db, origin, command, input, work)
    } catch (error) {
      if (attempt < 4 && retryable(error as { code?: string })) continue
      const told = constraintError(error) ?? error
      markOutcome(told, outcomeOf(error) ?? 'NOT_DONE')
      throw told
    }
  }
}

async function once<T>(
  db: Database, origin: Origin, command: string, input: { idempotencyKey?: string | null }, work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const client = await db.writes.connect()
  let broken: Error | undefined
  let committing = false
  const fail = (e: Error): void => void (broken = e)
  client.on('error', fail)
  try {
    await client.query('BEGIN')
    const tx = new Transaction(client, origin, command)
    const key = input.idempotencyKey
    const inputHash = key == null ? '' : hashOf({ ...input, idempotencyKey: null })
    if (key != null) {
      const first = await firstAnswer<T>(client, origin.actor.ref, key, command, inputHash)
      if (first) { await client.query('ROLLBACK'); return first.result }
    }
    const result = await work(tx)
    if (key != null) tx.keepAnswer(key, inputHash, result)
    await tx.flush()
    committing = true
    await client.query('COMMIT')
    return result
  } catch (error) {
    markOutcome(error, committing ? commitOutcome(error) : 'NOT_DONE')
    // A rollback on a connection that hangs would double the wait: such a connection is thrown away instead.
    if (!broken) await client.query('ROLLBACK').catch(fail)
    throw error
  } finally {
    client.off('error', fail)
    client.release(broken)
  }
}

/** A commit that PostgreSQL itself refused is not done; one whose answer never came may be. */
const commitOutcome = (error: unknown): Outcome => {
  const { code, severity } = error as { code?: string; severity?: string }
  return severity !== undefined && code !== undefined && !/^(08|57|58|XX)/.test(code) ? 'NOT_DONE' : 'UNKNOWN'
}

/** The answer kept under this key, if any. Two at once: the later one breaks on the primary key, starts again and finds the first one's answer. */
async function firstAnswer<T>(client: pg.PoolClient, actor: string, key: string, command: string, inputHash: string): Promise<{ result: T } | null> {
  const { rows: [first] } = await client.query({ name: 'first-answer', text: 'SELECT command, input_hash, result FROM idempotent_request WHERE actor = $1 AND key = $2', values: [actor, key] })
  if (!first) return null
  if (first.command !== command || first.input_hash !== inputHash) {
    const message = 'This idempotency key was already used for another input.'
    throw new AppError('CONFLICT', message, { messageKey: 'keyReused', violations: [{ path: 'idempotencyKey', rule: 'unused', message }] })
  }
  return { result: first.result as T }
}
