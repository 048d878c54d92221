import { systemActor } from '../core/actor'
import type { Origin } from '../core/request'
import { runCommand } from './command'
import { Database } from './database'

export interface RetentionPeriod {
  readonly register: string
  readonly days: number
  readonly action: string
  readonly basis: string
  readonly since: string
  /** Rows purged so far, and when last. */
  readonly purged: number
  readonly last: string | null
}

/** The periods in force, each with what was purged by it and by those before. */
export const retentionPeriods = (db: Database): Promise<RetentionPeriod[]> => db.rows<RetentionPeriod>(
  `SELECT DISTINCT ON (p.register) p.register, p.days, p.action, p.basis, p.since, coalesce(r.count, 0)::int AS purged, r.last
   FROM retention_period p LEFT JOIN (SELECT register, sum(count) AS count, max(at) AS last FROM purge_record GROUP BY register) r ON r.register = p.register
   ORDER BY p.register, p.version DESC`)

/** Purges at a time, so that no lock lasts. */
const BATCH = 5_000
/** Number of the advisory lock, with the register, that lets one instance purge it at a time. */
const PURGING = 7_301_015
const RETENTION: Origin = Object.freeze({ actor: systemActor('retention'), requestId: 'retention', address: null })

/**
 * Purges what is past its period. The database's own function decides what that is and leaves the proof in the same transaction; the
 * server's role could not delete by itself. Of several instances one does it, register by register. Returns how many by register.
 */
export async function purgeExpired(db: Database, origin: Origin = RETENTION): Promise<Record<string, number>> {
  const purged: Record<string, number> = {}
  for (const { register } of await retentionPeriods(db)) {
    for (let batch = BATCH; batch === BATCH;) {
      batch = await purgeBatch(db, origin, register)
      purged[register] = (purged[register] ?? 0) + batch
    }
  }
  return purged
}

function purgeBatch(db: Database, origin: Origin, register: string): Promise<number> {
  return runCommand(db, origin, 'purgeExpired', {}, async tx => {
    const mine = await tx.row<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1::integer, hashtext($2::text)) AS mine', [PURGING, register])
    if (!mine!.mine) return 0
    const { n } = (await tx.row<{ n: number }>('SELECT purge_expired($1::text, $2::integer) AS n', [register, BATCH]))!
    if (n) tx.audit('purge_record', null, null, { register, count: n })
    return n
  })
}

/** A new period for a register, as the owner: the server's role cannot shorten what it then purges. False when there is no such register. */
export async function setRetentionPeriod(ownerUrl: string, origin: Origin, { register, days, basis }: Pick<RetentionPeriod, 'register' | 'days' | 'basis'>): Promise<boolean> {
  const db = new Database(ownerUrl, { readConnections: 1, writeConnections: 1 })
  try {
    return await runCommand(db, origin, 'setRetentionPeriod', {}, async tx => {
      await tx.rows('SET LOCAL ROLE NONE')
      const [before, after] = await tx.rows<{ version: number; days: number; basis: string }>(
        `WITH last AS (SELECT register, version, days, action, basis FROM retention_period WHERE register = $1 ORDER BY version DESC LIMIT 1),
           next AS (INSERT INTO retention_period (register, version, days, action, basis) SELECT register, version + 1, $2, action, $3 FROM last RETURNING version, days, basis)
         SELECT version, days, basis FROM last UNION ALL SELECT version, days, basis FROM next ORDER BY version`, [register, days, basis])
      if (!before || !after) return false
      tx.audit('retention_period', null, { register, ...before }, { register, ...after })
      return true
    })
  } finally {
    await db.close()
  }
}
