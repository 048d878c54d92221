import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { keyedHash, textOf } from './audit-content'
import { Json } from './values'

/** Values in the order of the columns. `null` and `undefined` are NULL; arrays are PostgreSQL arrays; `json(…)` is for jsonb columns. */
export type BulkRow = readonly unknown[]

export interface BulkResult {
  readonly count: number
  /** Keyed hash of everything that was sent: what an audit record keeps of the batch. */
  readonly digest: string
}

/** Rows of one COPY. Each is a statement of its own, so that a million rows stay inside the statement time-out. */
const ROWS_PER_COPY = 20_000
const CHARACTERS_PER_CHUNK = 1 << 16

/**
 * Loads rows into a table with COPY, in constant memory and at the pace of the database, inside the transaction that `client` is in.
 * It neither checks nor audits: the command around it does both.
 */
export async function copyInto(client: pg.ClientBase, table: string, columns: readonly string[], rows: AsyncIterable<BulkRow> | Iterable<BulkRow>): Promise<BulkResult> {
  const statement = `COPY ${table} (${columns.join(', ')}) FROM STDIN (FORMAT csv)`
  const source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]()
  const hash = keyedHash()
  let count = 0
  let ended = false

  async function* text(): AsyncGenerator<string> {
    let chunk = ''
    for (let sent = 0; sent < ROWS_PER_COPY; sent++) {
      const next = await source.next()
      if (next.done) { ended = true; break }
      chunk += lineOf(next.value)
      count++
      if (chunk.length > CHARACTERS_PER_CHUNK) { hash.update(chunk); yield chunk; chunk = '' }
    }
    hash.update(chunk)
    if (chunk) yield chunk
  }

  try {
    while (!ended) await pipeline(Readable.from(text(), { objectMode: true, highWaterMark: 1 }), client.query(copyFrom(statement)))
  } finally {
    if (!ended) await source.return?.()
  }
  return { count, digest: textOf(hash) }
}

const lineOf = (row: BulkRow): string => row.map(field).join(',') + '\n'

function field(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return quoted(value instanceof Json ? JSON.stringify(value.value) : Array.isArray(value) ? arrayLiteral(value) : String(value))
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

const arrayLiteral = (values: readonly unknown[]): string =>
  `{${values.map(v => (v === null || v === undefined ? 'NULL' : `"${String(v).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)).join(',')}}`
