import type pg from 'pg'
import type { ClosedRealm } from '../core/actor'
import type { Transaction } from './transaction'

/**
 * Row security shows nothing of a closed realm to a transaction that has not entered it. This is the only place that enters one; who may
 * is decided before: by the vault for values, by the compiled scope for rows.
 */
const setting = (realms: readonly ClosedRealm[]): string => `SET LOCAL plumbline.realms = '${realms.join()}'`

/** Opens these realms, and no other, to the rest of a command's transaction. */
export async function enterRealms(tx: Transaction, ...realms: readonly ClosedRealm[]): Promise<void> {
  await tx.rows(setting(realms))
}

/** Runs one read inside these realms: the next statement of the same connection is outside again. */
export async function insideRealms<T>(pool: pg.Pool, realms: readonly ClosedRealm[], read: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const fail = (e: Error): void => void (broken = e)
  client.on('error', fail)
  try {
    await client.query(`BEGIN READ ONLY; ${setting(realms)}`)
    const found = await read(client)
    await client.query('COMMIT')
    return found
  } catch (error) {
    if (!broken) await client.query('ROLLBACK').catch(fail)
    throw error
  } finally {
    client.off('error', fail)
    client.release(broken)
  }
}
