import type pg from 'pg'
import type { Database } from '../../database/database'
import type { Checkpoint } from './checkpoint'
import { digestOf, leafOf, rootOf, type Digest } from './hashes'
import { follows } from './sealer'
import { formOf, hashOfSeal, LONGEST_TRANSACTION, NOW, SEAL_COLUMNS, type Now, type Seal } from './seal'

/** One thing that is not as it was sealed. */
export interface Broken {
  readonly kind: 'RECORD_CHANGED' | 'RECORD_REMOVED' | 'RECORD_INSERTED' | 'SEAL_CHANGED' | 'SEAL_REMOVED' | 'CUT_OFF'
  readonly sequence: number | null
  /** Place in the log, from 1; null where it has none. */
  readonly position: number | null
  readonly recordId: string | null
  /** A sentence for people. */
  readonly message: string
}

export interface Verdict {
  /** Records under seals that are as they were, or were told in `broken`. */
  readonly sealed: number
  readonly seals: number
  /** Records that no seal covers yet. */
  readonly unsealed: number
  /** In the order of the log; the first few. */
  readonly broken: readonly Broken[]
  readonly brokenCount: number
}

export interface VerifyOptions {
  /** A checkpoint whose signature was verified. */
  readonly checkpoint?: Checkpoint | null
  readonly onProgress?: (done: number, total: number) => void
}

const TOLD = 20
/** Seals and records read at a time. */
const SEALS = 500
const RECORDS = 20_000

/** Compares the whole log with its seals, on one snapshot and in constant memory. */
export async function verifyAuditLog(db: Database, o: VerifyOptions = {}): Promise<Verdict> {
  const client = await db.reads.connect()
  let failed: Error | undefined
  const fail = (e: Error): void => void (failed = e)
  client.on('error', fail)
  try {
    // Before the snapshot: seals that come in between would look cut off.
    const { rows: [tip] } = await client.query<{ last: number }>('SELECT CASE WHEN is_called THEN last_value ELSE 0 END::integer AS last FROM audit_seal_tip')
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query('SET LOCAL statement_timeout = 0')
    const verdict = await new Verification(client, o).run(tip!.last)
    await client.query('COMMIT')
    return verdict
  } catch (error) {
    fail(error as Error)
    throw error
  } finally {
    client.off('error', fail)
    client.release(failed)
  }
}

type StoredSeal = Seal & { readonly ids: readonly string[]; readonly leaves: Buffer }

class Verification {
  private readonly broken: Broken[] = []
  private brokenCount = 0
  private last: Seal | null = null
  private seals = 0
  private sealed = 0

  constructor(private readonly client: pg.PoolClient, private readonly o: VerifyOptions) {}

  async run(tip: number): Promise<Verdict> {
    const [{ total }] = await this.rows<{ total: number }>('SELECT coalesce(sum(record_count), 0)::float8 AS total FROM audit_seal') as [{ total: number }]
    for (let seals; (seals = await this.next()).length;) {
      const records = await this.records(seals)
      for (const seal of seals) this.check(seal, records)
      this.o.onProgress?.(this.sealed, total)
    }
    this.checkEnd(tip)
    const unsealed = await this.uncovered()
    await this.checkEvents()
    return { sealed: this.sealed, seals: this.seals, unsealed, broken: this.broken, brokenCount: this.brokenCount }
  }

  private next(): Promise<StoredSeal[]> {
    return this.rows<StoredSeal>(
      `SELECT ${SEAL_COLUMNS}, s.record_ids AS ids, s.leaves
       FROM (SELECT *, sum(record_count) OVER (ORDER BY sequence) - record_count AS before FROM (SELECT * FROM audit_seal WHERE sequence > $1 ORDER BY sequence LIMIT ${SEALS}) s) s
       WHERE before < ${RECORDS} ORDER BY sequence`, [this.last?.sequence ?? 0])
  }

  /** The records that these seals name, as they are now, in the form of their seal. */
  private async records(seals: readonly StoredSeal[]): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    for (const name of new Set(seals.map(s => s.recordForm))) {
      const form = formOf(name)
      const ids = seals.filter(s => s.recordForm === name).flatMap(s => s.ids)
      if (form) for (const r of await this.rows<{ id: string; form: string }>(`SELECT r.id, ${form} AS form FROM audit_record r WHERE r.id = ANY($1::uuid[])`, [ids])) found.set(r.id, r.form)
    }
    return found
  }

  private check(seal: StoredSeal, records: ReadonlyMap<string, string>): void {
    const { last } = this
    const expected = (last?.sequence ?? 0) + 1
    const told = this.brokenCount
    if (seal.sequence !== expected) this.tell('SEAL_REMOVED', { sequence: expected }, `Seal ${expected} is missing; the next one is ${seal.sequence}.`)
    else if (seal.previousHash !== (last?.hash ?? null) || seal.firstPosition !== (last?.lastPosition ?? 0) + 1) {
      this.tell('SEAL_CHANGED', seal, `Seal ${seal.sequence} does not follow from the seal before it.`)
    }
    const digest = digestOf(seal.algorithm)
    const problem = digest && formOf(seal.recordForm) ? sealProblem(seal, digest, this.o.checkpoint) : `cannot be checked here: it is made with ${seal.algorithm} over ${seal.recordForm}`
    if (problem && this.brokenCount === told) this.tell('SEAL_CHANGED', seal, `Seal ${seal.sequence} ${problem}.`)
    if (digest) seal.ids.forEach((id, i) => this.checkRecord(seal, digest, i, records.get(id)))
    this.last = seal
    this.seals++
    this.sealed += seal.recordCount
  }

  private checkRecord(seal: StoredSeal, digest: Digest, i: number, record: string | undefined): void {
    const at = { sequence: seal.sequence, position: seal.firstPosition + i, recordId: seal.ids[i]! }
    const where = `Record ${at.position} of the log (${at.recordId}, seal ${seal.sequence} of ${seal.at})`
    if (record === undefined) return this.tell('RECORD_REMOVED', at, `${where} was removed.`)
    const leaf = leafOf(digest, record)
    if (!leaf.equals(seal.leaves.subarray(i * leaf.length, (i + 1) * leaf.length))) this.tell('RECORD_CHANGED', at, `${where} was changed.`)
  }

  /** Is the newest seal the newest one that ever was? */
  private checkEnd(tip: number): void {
    const newest = this.last?.sequence ?? 0
    const { checkpoint } = this.o
    if (checkpoint && checkpoint.sequence > newest) {
      this.tell('CUT_OFF', { sequence: newest + 1 }, `The log ends with seal ${newest}, but seal ${checkpoint.sequence} over ${checkpoint.records} records was signed on ${checkpoint.signedAt}: its end was cut off.`)
    } else if (tip > newest) this.tell('CUT_OFF', { sequence: newest + 1 }, `The log ends with seal ${newest}, but ${tip} seals were made: its end was cut off.`)
  }

  /** Records that no seal names: those that were committed when the last seal was made were put in afterwards. Returns how many are only young. */
  private async uncovered(): Promise<number> {
    const { last } = this
    const [now] = await this.rows<Now>(NOW)
    const old = !last || !follows(last, now!) ? 'false'
      : `pg_visible_in_snapshot(r.tx::text::xid8, $1::pg_snapshot)${last.era > 1 ? ` OR r.at < $2::timestamptz - ${LONGEST_TRANSACTION}` : ''}`
    const values = !last || old === 'false' ? [] : last.era > 1 ? [last.snapshot, last.at] : [last.snapshot]
    const uncovered = `FROM audit_record r WHERE NOT EXISTS (SELECT 1 FROM audit_seal s, unnest(s.record_ids) k(id) WHERE k.id = r.id)`
    const [{ young, inserted }] = await this.rows(`SELECT count(*) FILTER (WHERE NOT (${old}))::float8 AS young, count(*) FILTER (WHERE ${old})::float8 AS inserted ${uncovered}`, values) as [{ young: number; inserted: number }]
    if (inserted > 0) {
      const rows = await this.rows<{ id: string; at: string }>(`SELECT r.id, r.at ${uncovered} AND (${old}) ORDER BY r.tx, r.id LIMIT ${TOLD}`, values)
      for (const { id, at } of rows) this.tell('RECORD_INSERTED', { recordId: id }, `Record ${id} of ${at} was put into the sealed part of the log.`)
      this.brokenCount += inserted - rows.length
    }
    return young
  }

  /** Every event was left by a command, and every command leaves a record: one without the other was cut off before it could be sealed. */
  private async checkEvents(): Promise<void> {
    const rows = await this.rows<{ type: string; at: string }>(
      `SELECT e.type, e.at FROM outbox_event e WHERE NOT EXISTS (SELECT 1 FROM audit_record r WHERE r.tx = e.tx) ORDER BY e.at LIMIT ${TOLD}`)
    for (const { type, at } of rows) this.tell('RECORD_REMOVED', {}, `The records of the command that left ${type} on ${at} are missing.`)
  }

  private tell(kind: Broken['kind'], at: Partial<Pick<Broken, 'sequence' | 'position' | 'recordId'>>, message: string): void {
    this.brokenCount++
    if (this.broken.length < TOLD) this.broken.push({ kind, sequence: at.sequence ?? null, position: at.position ?? null, recordId: at.recordId ?? null, message })
  }

  private async rows<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.client.query<T>(text, values)).rows
  }
}

function sealProblem(seal: StoredSeal, digest: Digest, checkpoint: Checkpoint | null | undefined): string | null {
  if (hashOfSeal(digest, seal) !== seal.hash) return 'was changed'
  const size = seal.leaves.length / seal.recordCount
  const leaves = Array.from({ length: seal.recordCount }, (_, i) => seal.leaves.subarray(i * size, (i + 1) * size))
  if (rootOf(digest, leaves) !== seal.root) return 'was changed: its hashes do not make its root'
  return checkpoint?.sequence === seal.sequence && checkpoint.hash !== seal.hash ? `is not the one that was signed on ${checkpoint.signedAt}: the log was written anew` : null
}
