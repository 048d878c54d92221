import type pg from 'pg'
import { newId } from '../../core/ids'
import type { Database } from '../../database/database'
import { digestOf, leafOf, rootOf, type Digest, type HashName } from './hashes'
import { formOf, hashOfSeal, LONGEST_TRANSACTION, NOW, RECORD_FORM, SEAL_COLUMNS, type Now, type Seal } from './seal'

/** Number of the advisory lock that lets one instance seal at a time. */
const SEALING = 43_210_013
/** Records under one seal at most. */
const BATCH = 5_000

/**
 * Seals every record that is committed now and was not when the last seal was made. Writers never wait for it: what is covered is told by
 * PostgreSQL's own snapshots, so that a transaction that commits late is sealed late, and none is skipped. Returns how many records were
 * sealed; null when another instance is at it.
 */
export async function sealAuditLog(db: Database, algorithm: HashName = 'SHA-256'): Promise<number | null> {
  const digest = digestOf(algorithm)
  if (!digest) throw new Error(`This Node.js cannot hash with ${algorithm}: its OpenSSL does not have it.`)
  const client = await db.writes.connect()
  let broken: Error | undefined
  const fail = (e: Error): void => void (broken = e)
  client.on('error', fail)
  try {
    // Before the transaction begins: its snapshot must show what the last holder of the lock sealed.
    const { rows: [lock] } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [SEALING])
    if (!lock!.mine) return null
    const sealed = await new Pass(client, algorithm, digest).run()
    await client.query('SELECT pg_advisory_unlock($1)', [SEALING])
    return sealed
  } catch (error) {
    fail(error as Error) // and with the connection goes its lock
    throw error
  } finally {
    client.off('error', fail)
    client.release(broken)
  }
}

class Pass {
  private last: Seal | null = null

  constructor(private readonly client: pg.PoolClient, private readonly algorithm: HashName, private readonly digest: Digest) {}

  async run(): Promise<number> {
    await this.client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    await this.client.query('SET LOCAL statement_timeout = 0')
    const now = await this.one<Now>(NOW)
    this.last = await this.one<Seal>(`SELECT ${SEAL_COLUMNS} FROM audit_seal s ORDER BY sequence DESC LIMIT 1`) ?? null
    const era = this.last ? this.last.era + (follows(this.last, now!) ? 0 : 1) : 1
    const begun = this.last?.lastPosition ?? 0
    const { text, values } = unsealed(this.last, era)
    await this.client.query({ text: `DECLARE unsealed NO SCROLL CURSOR FOR ${text}`, values })
    for (let ids; (ids = await this.next()).length;) await this.seal(ids, { ...now!, era })
    await this.client.query('COMMIT')
    if (!this.last || this.last.lastPosition === begun) return 0
    await this.client.query(`SELECT setval('audit_seal_tip', $1)`, [this.last.sequence])
    return this.last.lastPosition - begun
  }

  private async next(): Promise<string[]> {
    return (await this.client.query<{ id: string }>(`FETCH ${BATCH} FROM unsealed`)).rows.map(r => r.id)
  }

  private async seal(ids: string[], now: Now & { era: number }): Promise<void> {
    const { rows } = await this.client.query<{ form: string }>({
      name: 'audit-forms', text: `SELECT ${formOf(RECORD_FORM)} AS form FROM unnest($1::uuid[]) WITH ORDINALITY k(id, n) JOIN audit_record r ON r.id = k.id ORDER BY k.n`, values: [ids],
    })
    const leaves = rows.map(r => leafOf(this.digest, r.form))
    const content = {
      sequence: (this.last?.sequence ?? 0) + 1, at: now.at, firstPosition: (this.last?.lastPosition ?? 0) + 1, lastPosition: (this.last?.lastPosition ?? 0) + ids.length,
      recordCount: ids.length, algorithm: this.algorithm, recordForm: RECORD_FORM, root: rootOf(this.digest, leaves), previousHash: this.last?.hash ?? null,
      cluster: now.cluster, era: now.era, snapshot: now.snapshot,
    }
    const seal = { ...content, hash: hashOfSeal(this.digest, content) }
    await this.client.query({
      name: 'audit-seal',
      text: `INSERT INTO audit_seal (id, sequence, at, first_position, last_position, record_count, algorithm, record_form, root, previous_hash, hash, cluster, era, snapshot, record_ids, leaves)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      values: [newId(), seal.sequence, seal.at, seal.firstPosition, seal.lastPosition, seal.recordCount, seal.algorithm, seal.recordForm, seal.root, seal.previousHash,
        seal.hash, seal.cluster, seal.era, seal.snapshot, ids, Buffer.concat(leaves)],
    })
    this.last = seal
  }

  private async one<T extends pg.QueryResultRow>(text: string): Promise<T | undefined> {
    return (await this.client.query<T>(text)).rows[0]
  }
}

/** Same cluster, and its transaction numbers went on: else a dump was restored. */
export const follows = (last: Seal, now: Now): boolean => last.cluster === now.cluster && xmaxOf(now.snapshot) >= xmaxOf(last.snapshot)

/** `xmin:xmax:xip,…` */
const xmaxOf = (snapshot: string): bigint => BigInt(snapshot.split(':')[1]!)
const xminOf = (snapshot: string): string => snapshot.split(':')[0]!

/**
 * What the last seal's snapshot did not show. In a new era numbers begin anew: then it is what no seal names, and later, since old numbers
 * may lie above new ones, only what is young enough and that no seal of late names.
 */
function unsealed(last: Seal | null, era: number): { text: string; values: unknown[] } {
  const named = (where: string): string => `NOT EXISTS (SELECT 1 FROM audit_seal s, unnest(s.record_ids) k(id) WHERE ${where}k.id = r.id)`
  const all = (where: string, ...values: unknown[]) => ({ text: `SELECT r.id FROM audit_record r WHERE ${where} ORDER BY r.tx, r.id`, values })
  if (!last) return all('true')
  if (era !== last.era) return all(named(''))
  const late = `r.tx >= $1::bigint AND NOT pg_visible_in_snapshot(r.tx::text::xid8, $2::pg_snapshot)`
  if (era === 1) return all(late, xminOf(last.snapshot), last.snapshot)
  const floor = `$3::timestamptz - ${LONGEST_TRANSACTION}`
  return all(`${late} AND r.at >= ${floor} AND ${named(`s.at >= ${floor} AND `)}`, xminOf(last.snapshot), last.snapshot, last.at)
}
