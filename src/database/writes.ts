import { Json, type Values } from './values'

/** A write that waits to be sent. */
export interface Write {
  readonly table: string
  /** The row that it touches, where it is known. */
  readonly row: string | null
  readonly values: readonly unknown[]
  /** `table (columns)` of an insert of one row. */
  readonly into?: string
  /** The statement of anything else, its parameters from `at`. */
  readonly text?: (at: number) => string
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

/** Writes as parts of one statement. Rows for the same columns of a table go in together. */
export function partsOf(batch: readonly Write[]): { parts: string[]; changes: string[]; values: unknown[] } {
  const parts: string[] = []
  const changes: string[] = []
  const values: unknown[] = []
  const inserts = new Map<string, string[]>()
  for (const { into, values: row } of batch) {
    if (!into) continue
    const rows = inserts.get(into) ?? []
    inserts.set(into, rows)
    rows.push(`(${row.map(v => `$${values.push(v)}`).join(', ')})`)
  }
  for (const [into, rows] of inserts) parts.push(`w${parts.length} AS (INSERT INTO ${into} VALUES ${rows.join(', ')})`)
  for (const { text, values: own, change } of batch) {
    if (!text) continue
    if (change) changes.push(`(SELECT count(*) FROM w${parts.length})`)
    parts.push(`w${parts.length} AS (${text(values.length + 1)})`)
    values.push(...own)
  }
  return { parts, changes, values }
}
