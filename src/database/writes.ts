import { LRUCache } from 'lru-cache'
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

/** Texts by the shapes of their writes: what one command writes looks like what it wrote before. */
const texts = new LRUCache<string, string>({ max: 500 })

/** Writes as one statement. Rows for the same columns of a table go in together. */
export function statementText(batch: readonly Write[]): { text: string; values: unknown[] } {
  const inserts = new Map<string, Write[]>()
  for (const write of batch) {
    if (!write.into) continue
    const rows = inserts.get(write.into)
    if (rows) rows.push(write)
    else inserts.set(write.into, [write])
  }
  const others = batch.filter(w => w.text)
  let shape = ''
  const values: unknown[] = []
  for (const [into, rows] of inserts) {
    shape += `${into}${rows.length};`
    for (const row of rows) values.push(...row.values)
  }
  for (const write of others) {
    shape += `${write.shape};`
    values.push(...write.values)
  }
  let text = texts.get(shape)
  if (text === undefined) texts.set(shape, (text = textOf(inserts, others)))
  return { text, values }
}

function textOf(inserts: ReadonlyMap<string, readonly Write[]>, others: readonly Write[]): string {
  let at = 1
  const parts: string[] = []
  const changes: string[] = []
  for (const [into, rows] of inserts) parts.push(`w${parts.length} AS (INSERT INTO ${into} VALUES ${rows.map(r => `(${r.values.map(() => `$${at++}`).join(', ')})`).join(', ')})`)
  for (const { text, values, change } of others) {
    if (change) changes.push(`(SELECT count(*) FROM w${parts.length})`)
    parts.push(`w${parts.length} AS (${text!(at)})`)
    at += values.length
  }
  return `WITH ${parts.join(', ')} SELECT ${changes.length ? `require_changed(${changes.join(' + ')}, ${changes.length})` : '1'}`
}
