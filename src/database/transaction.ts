import { AppError, type Violation } from '../core/errors'
import type { EventKind, Happened, PayloadShape } from '../core/events'
import { newId } from '../core/ids'
import type { Origin } from '../core/request'
import { auditable, batchDigest } from './audit-content'
import type { BulkResult, BulkRow } from './bulk'
import { statementName } from './light-query'
import type { Session } from './session'
import { PG_CHANNEL, signalText } from './signals'
import { json, plain, type Values } from './values'
import { changeOf, deleteOf, insertManyOf, insertOf, notice, type Parcel, parcelOf, unchanged, type Write } from './writes'

export { Json, json, plain, type Values } from './values'

/** A row as read inside a transaction: snake_case columns. */
export interface StoredRow { id: string; row_version: number; [column: string]: unknown }

/** Most writes in one statement. */
const PARTS = 60

/** SQLSTATE of `require_changed`, the database's own function. */
const STALE = 'PL409'

/**
 * One command's unit of work. Writes are gathered and sent as few statements (one, as a rule) before the next read or the commit;
 * each brings its audit record. Nothing reaches a table except through here.
 */
export class Transaction {
  private writes: Write[] = []
  private readonly batches: Write[][] = []
  /** Whether it left events. */
  emitted = false
  private readonly basis: { table: string; id: string; version: number }[] = []

  constructor(private readonly session: Session, readonly origin: Origin, readonly command: string) {}

  /** Does it lock what it reads FOR UPDATE? Else such a read is refused, and a row that it rests on is looked at again at the end. */
  get locks(): boolean {
    return this.session.locks
  }

  /** Rows of a statement that sees everything written so far. */
  async rows<T = StoredRow>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    await this.flush()
    return (await this.session.read({ name: statementName(text), text, values })) as T[]
  }

  async row<T = StoredRow>(text: string, values: readonly unknown[] = []): Promise<T | null> {
    return (await this.rows<T>(text, values))[0] ?? null
  }

  /** Loads many rows with COPY, without an audit record of its own: the command audits the batch. */
  async copyInto(table: string, columns: readonly string[], rows: AsyncIterable<BulkRow> | Iterable<BulkRow>): Promise<BulkResult> {
    await this.flush()
    return this.session.copyInto(table, columns, rows)
  }

  /** Adds a row of a register; `id` is made when absent. Returns the id. */
  insert(table: string, values: Values): string {
    const row = { id: (values['id'] as string | undefined) ?? newId(), ...values, created_by: this.origin.actor.ref, updated_by: this.origin.actor.ref }
    this.add(insertOf(table, row, row.id))
    this.audit(table, row.id, null, row)
    return row.id
  }

  /** Adds many rows of one register in one statement with one audit record. All rows have the same columns. Returns their ids. */
  insertMany(table: string, many: readonly Values[]): string[] {
    if (!many.length) return []
    const rows = many.map(v => ({ id: (v['id'] as string | undefined) ?? newId(), ...v, created_by: this.origin.actor.ref, updated_by: this.origin.actor.ref }))
    this.add(insertManyOf(table, rows))
    this.audit(table, null, null, batchDigest(rows), unitOfAll(rows))
    return rows.map(r => r.id)
  }

  /**
   * Changes a row that was read in this transaction. Its version must still be the one read; else CONFLICT and nothing is written.
   * Only the columns in `changes` that differ are written; no difference, no write.
   */
  update(table: string, before: StoredRow, changes: Values): void {
    const changed = Object.entries(changes).filter(([column, v]) => !same(plain(v), before[column]))
    if (!changed.length) return
    this.write(table, before, changed)
  }

  /** A new version of a row whose parts changed (steps, links) while its own columns did not. */
  touch(table: string, row: StoredRow): void {
    this.write(table, row, [])
  }

  /**
   * The command's decision rests on this row: where reading it has not locked it, it must still be as it was read when the command is
   * written, and nobody changes it before that is done.
   */
  restsOn(table: string, row: StoredRow): void {
    if (!this.session.locks) this.basis.push({ table, id: row.id, version: row.row_version })
  }

  private write(table: string, before: StoredRow, changed: [string, unknown][]): void {
    this.add(changeOf(table, before.id, before.row_version, { ...Object.fromEntries(changed), updated_by: this.origin.actor.ref }))
    this.audit(table, before.id, pick(before, changed.map(([c]) => c)), Object.fromEntries(changed.map(([c, v]) => [c, plain(v)])), unitOf(table, before.id, before))
    for (const [c, v] of changed) before[c] = plain(v)
    before.row_version += 1
  }

  /** Ties two rows in a link table. */
  link(table: string, row: Values): void {
    this.add(insertOf(table, row, null))
    this.audit(table, null, null, row)
  }

  linkMany(table: string, rows: readonly Values[]): void {
    if (!rows.length) return
    this.add(insertManyOf(table, rows))
    this.audit(table, null, null, batchDigest(rows), unitOfAll(rows))
  }

  /** Unties two rows. Only link tables allow it. */
  unlink(table: string, row: Values): void {
    this.add(deleteOf(table, row))
    this.audit(table, null, row, null)
  }

  /** Appends to a register that only grows (ratings, tests, approvals): no version, no updated_at. Returns the id. */
  append(table: string, values: Values): string {
    const row = { id: (values['id'] as string | undefined) ?? newId(), ...values }
    this.add(insertOf(table, row, row.id))
    this.audit(table, row.id, null, row)
    return row.id
  }

  /** Records a state change: the history that `Stateful.transitions` shows. */
  transition(t: { type: string; id: string; unitId: string; from: string; to: string; opinion?: string | null; command?: string }): void {
    this.add(insertOf('state_transition', {
      id: newId(), subject_type: t.type, subject_id: t.id, unit_id: t.unitId, command: t.command ?? this.command,
      from_state: t.from, to_state: t.to, opinion: t.opinion ?? null, actor: this.origin.actor.ref,
    }, null))
  }

  /** Tells the rest of the product, after commit, that something happened. */
  emit<S extends PayloadShape>(kind: EventKind<string, S>, about: Happened<S>): void {
    this.emitted = true
    this.add(insertOf('outbox_event', {
      id: newId(), type: kind.type, subject_type: kind.subject, subject_id: about.subjectId, unit_id: about.unitId,
      payload: json(about.payload ?? {}), actor: this.origin.actor.ref,
    }, null))
  }

  /** Tells every instance at the moment of the commit, and never without it; see `Signals`. */
  notify(channel: string, payload: string): void {
    this.add(notice(PG_CHANNEL, signalText(channel, payload)))
  }

  /** An audit record of its own, for what is not a row: an import, a refusal worth keeping, a sensitive read. */
  audit(subjectType: string, subjectId: string | null, before: Values | null, after: Values | null, unitId = unitOf(subjectType, subjectId, after ?? before)): void {
    const { actor, requestId, address } = this.origin
    this.add(insertOf('audit_record', {
      id: newId(), actor: actor.ref, request_id: requestId, address, command: this.command, subject_type: subjectType, subject_id: subjectId, unit_id: unitId,
      before: before && json(auditable(subjectType, subjectId, before)), after: after && json(auditable(subjectType, subjectId, after)),
    }, null))
  }

  /** Keeps the command's answer under its idempotency key, in the same transaction as what it did. */
  keepAnswer(key: string, inputHash: string, result: unknown): void {
    this.add(insertOf('idempotent_request', { actor: this.origin.actor.ref, key, command: this.command, input_hash: inputHash, result: json(result) }, null))
  }

  /** Everything after this point is sent in a later statement: needed where a unique index must see the first write done. */
  barrier(): void {
    if (this.writes.length) this.batches.push(this.writes)
    this.writes = []
  }

  /** Sends what was gathered. */
  async flush(): Promise<void> {
    const parcels = this.pending()
    if (parcels.length) await this.session.write(parcels).catch(told)
  }

  /** Sends the rest and commits. */
  async commit(): Promise<void> {
    if (this.writes.length) for (const { table, id, version } of this.basis) if (!this.writes.some(w => w.row === id && w.table === table)) this.writes.push(unchanged(table, id, version))
    await this.session.commit(this.pending()).catch(told)
  }

  private pending(): Parcel[] {
    this.barrier()
    return this.batches.splice(0).flatMap(batch => Array.from({ length: Math.ceil(batch.length / PARTS) }, (_, i) => parcelOf(batch.slice(i * PARTS, (i + 1) * PARTS))))
  }

  private add(write: Write): void {
    // PostgreSQL runs the parts of one statement on one snapshot: a row may be touched by one of them only.
    if (write.row && this.writes.some(w => w.row === write.row && w.table === write.table)) this.barrier()
    this.writes.push(write)
  }
}

function told(error: unknown): never {
  throw (error as { code?: string }).code === STALE ? stale() : error
}

/** The unit that a record is about, whose auditors may read it; null: only those of the whole territory. */
const unitOf = (table: string, id: string | null, row: Values | null): string | null => (table === 'unit' ? id : row?.['unit_id'] as string | undefined ?? null)
const unitOfAll = (rows: readonly Values[]): string | null => (rows.every(r => r['unit_id'] === rows[0]!['unit_id']) ? unitOf('', null, rows[0]!) : null)

const pick = (row: Values, columns: readonly string[]): Values => Object.fromEntries(columns.map(c => [c, row[c]]))
const same = (a: unknown, b: unknown): boolean => a === b || (a ?? null) === (b ?? null) || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))

/** Checks a client's `rowVersion` against the row that was read and locked. */
export function checkVersion(row: { row_version: number }, rowVersion: number | null | undefined): void {
  if (rowVersion != null && rowVersion !== row.row_version) {
    throw stale([{ path: 'rowVersion', rule: 'current', message: `The current rowVersion is ${row.row_version}.` }])
  }
}

/** Was it refused because somebody else was faster, rather than because of the version that the client named? */
export const wasOvertaken = (error: unknown): boolean => error instanceof AppError && error.details.messageKey === STALE_KEY && !error.details.violations

const STALE_KEY = 'staleRowVersion'
const stale = (violations?: Violation[]): AppError =>
  new AppError('CONFLICT', 'Somebody else changed this in the meantime. Read it again and repeat.', { messageKey: STALE_KEY, ...(violations && { violations }) })
