import { LRUCache } from 'lru-cache'
import { type Statement, statementName } from './light-query'
import { Json, type Values } from './values'

/** A write that waits to be sent. */
export interface Write {
  readonly table: string
  /** The row that it touches, where it is known. */
  readonly row: string | null
  readonly values: readonly unknown[]
  /** `table (columns)` of an insert of one row. */
  readonly into?: string
  /** The statement of anything else, its parameters from `at`; and what tells it from other statements. */
  readonly text?: (at: number) => string
  readonly shape?: string
  /** It must find its row. */
  readonly change?: boolean
}

/** A value as pg sends it. One that it could not send would be noticed too late: when half of a statement is on its way. */
export function bound(v: unknown): unknown {
  if (v instanceof Json) return JSON.stringify(v.value)
  if (!sendable(v)) throw new TypeError(`A ${typeof v} is no value of a column.`)
  return v
}

const sendable = (v: unknown): boolean =>
  v === null || v === undefined || ['string', 'number', 'boolean'].includes(typeof v) || v instanceof Date || Buffer.isBuffer(v) || (Array.isArray(v) && v.every(sendable))

export function insertOf(table: string, row: Values, id: string | null): Write {
  return { table, row: id, into: `${table} (${Object.keys(row).join(', ')})`, values: Object.values(row).map(bound) }
}

/** Writes of one command that go in one statement. */
export interface Parcel {
  /** The same for writes that differ in nothing but their values. */
  readonly shape: string
  /** Rows for the same columns of a table go in together. */
  readonly inserts: readonly (readonly Write[])[]
  readonly others: readonly Write[]
}

export function parcelOf(writes: readonly Write[]): Parcel {
  const inserts = new Map<string, Write[]>()
  for (const write of writes) {
    if (!write.into) continue
    const rows = inserts.get(write.into)
    if (rows) rows.push(write)
    else inserts.set(write.into, [write])
  }
  const others = writes.filter(w => w.text)
  let shape = ''
  for (const [into, rows] of inserts) shape += `${into}${rows.length};`
  for (const write of others) shape += `${write.shape};`
  return { shape, inserts: [...inserts.values()], others }
}

interface Text { readonly name: string | undefined; readonly text: string }

/** Texts by shape and number: what one command writes looks like what it wrote before. */
const texts = new LRUCache<string, Text>({ max: 500 })

/** Long statements differ from command to command: planned each time rather than kept by every connection. */
const NAMED_PARTS = 12

/** Parcels of one shape as one statement. */
export function statementOf(parcels: readonly [Parcel, ...Parcel[]]): Statement {
  const [{ shape, inserts, others }] = parcels
  const key = `${parcels.length}*${shape}`
  const values: unknown[] = []
  for (let i = 0; i < inserts.length; i++) for (const parcel of parcels) for (const row of parcel.inserts[i]!) values.push(...row.values)
  for (let i = 0; i < others.length; i++) for (const parcel of parcels) values.push(...parcel.others[i]!.values)
  let known = texts.get(key)
  if (known === undefined) {
    const text = textOf(parcels)
    const named = inserts.reduce((sum, rows) => sum + rows.length, others.length) <= NAMED_PARTS
    texts.set(key, (known = { name: named ? statementName(text) : undefined, text }))
  }
  return { ...known, values }
}

/** Milliseconds that what is written for several waits for a row that somebody holds: each of them can wait for it alone. */
const TOGETHER_WAITS = 100

function textOf(parcels: readonly [Parcel, ...Parcel[]]): string {
  const [{ inserts, others }] = parcels
  let at = 1
  const parts: string[] = []
  const changes: string[] = []
  inserts.forEach((_, i) => {
    const rows = parcels.flatMap(p => p.inserts[i]!)
    parts.push(`w${parts.length} AS (INSERT INTO ${rows[0]!.into!} VALUES ${rows.map(r => `(${r.values.map(() => `$${at++}`).join(', ')})`).join(', ')})`)
  })
  others.forEach((_, i) => {
    for (const { text, values, change } of parcels.map(p => p.others[i]!)) {
      if (change) changes.push(`(SELECT count(*) FROM w${parts.length})`)
      parts.push(`w${parts.length} AS (${text!(at)})`)
      at += values.length
    }
  })
  // What is selected is worked out from left to right, and before any part that it does not name.
  const patience = parcels.length > 1 ? `set_config('lock_timeout', '${TOGETHER_WAITS}', true), ` : ''
  return `WITH ${parts.join(', ')} SELECT ${patience}${changes.length ? `require_changed(${changes.join(' + ')}, ${changes.length})` : '1'}`
}
