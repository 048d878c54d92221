import type { DomainEvent } from '../../core/events'
import type { Database } from '../database'
import { ask, RowsQuery } from '../light-query'
import type { Transaction } from '../transaction'

/** An event that a subscriber has not dealt with yet. */
export interface Delivery { readonly id: string; readonly eventId: string; readonly kind: string; readonly attempts: number }

interface Position { readonly taken_at: string | null; readonly snapshot: string | null; readonly era: number; readonly follows: boolean }

/** Longer than any transaction lasts. After a restore, what is older than this before the last look cannot still be on its way. */
const LONGEST_TRANSACTION = `interval '1 day'`
/** A position is carried along when nothing came, so that the next look has little to look at. */
const CARRIED = `interval '1 minute'`

const CLUSTER = '(SELECT system_identifier::text FROM pg_control_system())'

async function write<T>(db: Database, name: string, text: string, values: readonly unknown[]): Promise<T[]> {
  return await ask(db.writes, new RowsQuery({ name, text, values })) as T[]
}

/** Makes the subscribers known. A new one begins with what the outbox still holds. */
export const register = (db: Database, names: readonly string[]): Promise<unknown> =>
  write(db, 'event-register', 'INSERT INTO event_subscriber (name) SELECT unnest($1::text[]) ON CONFLICT (name) DO NOTHING', [names])

/**
 * Takes the events of these kinds that are committed now and were not when it last looked: PostgreSQL's own snapshots tell, so that a
 * transaction that commits late is taken late, and none is skipped. What is taken later comes later, whatever the clock does. In an era after a restore numbers lie; there the ledger tells as well.
 * Answers false when another instance is at it.
 */
export async function take(tx: Transaction, name: string, kinds: readonly string[]): Promise<boolean> {
  const position = await tx.row<Position>(
    `SELECT taken_at, snapshot, era, coalesce(cluster = ${CLUSTER} AND pg_snapshot_xmax(snapshot::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot()), true) AS follows
     FROM event_subscriber WHERE name = $1 FOR UPDATE SKIP LOCKED`, [name])
  if (!position) return false
  const era = position.era + (position.follows ? 0 : 1)
  const { where, values } = unseen(position, era)
  await tx.rows(
    `WITH stamp AS MATERIALIZED (SELECT greatest(clock_timestamp(), $4::timestamptz + interval '1 microsecond') AS at), taken AS (
       INSERT INTO event_delivery (id, subscriber, event_id, kind, subject_id, event_at, taken_at, tx)
       SELECT gen_random_uuid(), $1, e.id, e.type, e.subject_id, e.at, stamp.at, e.tx FROM stamp, outbox_event e
       WHERE e.type = ANY($2::text[]) AND ${where} AND NOT EXISTS (SELECT 1 FROM event_handled h WHERE h.subscriber = $1 AND h.event_id = e.id)
       ON CONFLICT (subscriber, event_id) DO NOTHING)
     UPDATE event_subscriber SET snapshot = pg_current_snapshot()::text, cluster = ${CLUSTER}, era = $3, taken_at = stamp.at FROM stamp WHERE name = $1`,
    [name, kinds, era, position.taken_at, ...values])
  return true
}

function unseen({ snapshot, follows }: Position, era: number): { where: string; values: unknown[] } {
  if (snapshot === null || !follows) return { where: 'true', values: [] }
  const late = 'e.tx >= $5::bigint AND NOT pg_visible_in_snapshot(e.tx::text::xid8, $6::pg_snapshot)'
  const values = [snapshot.split(':')[0]!, snapshot]
  return era === 1 ? { where: late, values } : { where: `${late} AND e.at >= $4::timestamptz - ${LONGEST_TRANSACTION}`, values }
}

/** Is there anything to take, or to carry the position along for? */
export async function wantsToTake(db: Database, name: string, kinds: readonly string[]): Promise<boolean> {
  const [row] = await db.rows<{ wants: boolean }>(
    `SELECT c.snapshot IS NULL OR c.taken_at < now() - ${CARRIED} OR c.cluster IS DISTINCT FROM ${CLUSTER}
       OR EXISTS (SELECT 1 FROM outbox_event e WHERE e.type = ANY($2::text[]) AND e.tx >= pg_snapshot_xmin(c.snapshot::pg_snapshot)::text::bigint
                  AND NOT pg_visible_in_snapshot(e.tx::text::xid8, c.snapshot::pg_snapshot)) AS wants
     FROM event_subscriber c WHERE c.name = $1`, [name, kinds])
  return row?.wants ?? false
}

/** The next one whose time has come, and before which nothing else about the same subject waits. */
export async function nextDue(db: Database, name: string): Promise<Delivery | null> {
  const [row] = await db.rows<Delivery>(
    `SELECT d.id, d.event_id AS "eventId", d.kind, d.attempts FROM event_delivery d
     WHERE d.subscriber = $1 AND d.state = 'WAITING' AND d.due_at <= now() AND NOT EXISTS (
       SELECT 1 FROM event_delivery b WHERE b.subscriber = $1 AND b.state = 'WAITING' AND b.subject_id = d.subject_id
       AND (b.taken_at, b.tx, b.event_id) < (d.taken_at, d.tx, d.event_id))
     ORDER BY d.taken_at, d.tx, d.event_id LIMIT 1`, [name])
  return row ?? null
}

/** Milliseconds until the next one that failed is due; null: none waits. */
export async function nextRetry(db: Database, name: string): Promise<number | null> {
  const [row] = await db.rows<{ wait: number | null }>(
    `SELECT (extract(epoch FROM min(due_at) - now()) * 1000)::float8 AS wait FROM event_delivery WHERE subscriber = $1 AND state = 'WAITING'`, [name])
  return row?.wait ?? null
}

/**
 * Counts an attempt before it is made, and puts the next one off, as if this one had failed already: what ends the process leaves the trace of
 * a failure. It outlives the process without waiting for the disk. Answers null when somebody else was first.
 */
export async function countAttempt(db: Database, d: Delivery, wait: number): Promise<Delivery | null> {
  const [row] = await write<Delivery>(db, 'event-attempt',
    `UPDATE event_delivery SET attempts = attempts + 1, due_at = now() + $3::float8 * interval '1 millisecond'
     WHERE id = (SELECT id FROM event_delivery WHERE id = $1 AND state = 'WAITING' AND attempts = $2 FOR UPDATE SKIP LOCKED)
       AND set_config('synchronous_commit', 'off', true) IS NOT NULL
     RETURNING id, event_id AS "eventId", kind, attempts`, [d.id, d.attempts, wait])
  return row ?? null
}

/** An attempt that was counted and not made, or that failed for want of the database. */
export const giveBack = (db: Database, d: Delivery): Promise<unknown> => write(db, 'event-give-back',
  `UPDATE event_delivery SET attempts = attempts - 1, due_at = now() WHERE id = $1 AND state = 'WAITING' AND attempts = $2`, [d.id, d.attempts])

/** Holds the subscriber and the delivery until the end of the transaction; null when somebody else does, or when it is settled. */
export async function claim(tx: Transaction, name: string, d: Delivery): Promise<{ event: DomainEvent | null } | null> {
  const row = await tx.row<DomainEvent & { id: string | null }>(
    `SELECT e.id, e.type, e.at, e.subject_type AS "subjectType", e.subject_id AS "subjectId", e.unit_id AS "unitId", e.actor, e.payload
     FROM event_subscriber c JOIN event_delivery d ON d.subscriber = c.name LEFT JOIN outbox_event e ON e.id = d.event_id
     WHERE c.name = $1 AND d.id = $2 AND d.state = 'WAITING' AND d.attempts = $3 FOR UPDATE OF c, d SKIP LOCKED`, [name, d.id, d.attempts])
  return row && { event: row.id === null ? null : row }
}

/** Marks an event as handled, in the transaction of what its handler wrote. */
export const settle = (tx: Transaction, deliveryId: string): Promise<unknown> => tx.rows(
  `WITH done AS (DELETE FROM event_delivery WHERE id = $1 RETURNING subscriber, event_id)
   INSERT INTO event_handled (subscriber, event_id) SELECT subscriber, event_id FROM done`, [deliveryId])

/** Notes how a counted attempt failed. `wait`: milliseconds until the next attempt; null parks it. */
export const failed = (db: Database, d: Delivery, code: string, wait: number | null): Promise<unknown> => write(db, 'event-failed',
  `UPDATE event_delivery SET last_error_code = $2, state = CASE WHEN $3::float8 IS NULL THEN 'PARKED' ELSE 'WAITING' END,
     due_at = now() + coalesce($3::float8, 0) * interval '1 millisecond'
   WHERE id = $1 AND state = 'WAITING' AND attempts = $4`, [d.id, code, wait, d.attempts])

/** Parked events of one subscriber wait again, each with all its attempts. Answers how many. */
export async function unpark(tx: Transaction, subscriber: string): Promise<number> {
  const rows = await tx.rows(`UPDATE event_delivery SET state = 'WAITING', attempts = 0, due_at = now() WHERE subscriber = $1 AND state = 'PARKED' RETURNING 1 AS one`, [subscriber])
  return rows.length
}

/** What was handled is remembered as long as the outbox remembers it. */
export const forgetHandled = (db: Database): Promise<unknown> => write(db, 'event-forget',
  `DELETE FROM event_handled h WHERE h.at < now() - ${LONGEST_TRANSACTION} AND NOT EXISTS (SELECT 1 FROM outbox_event e WHERE e.id = h.event_id)`, [])

export interface DeliveryFigures { readonly subscriber: string; readonly waiting: number; readonly parked: number; readonly lag: number }
/** How many events wait and are parked for each of these subscribers, and seconds since the oldest that waits was committed. */
export const deliveryFigures = (db: Database, names: readonly string[]): Promise<DeliveryFigures[]> => db.rows<DeliveryFigures>(
  `SELECT n.name AS subscriber, count(*) FILTER (WHERE d.state = 'WAITING')::int AS waiting, count(*) FILTER (WHERE d.state = 'PARKED')::int AS parked,
     coalesce(extract(epoch FROM now() - min(d.event_at) FILTER (WHERE d.state = 'WAITING')), 0)::float8 AS lag
   FROM unnest($1::text[]) n(name) LEFT JOIN event_delivery d ON d.subscriber = n.name GROUP BY n.name`, [names])
