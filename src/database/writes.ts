import { LRUCache } from 'lru-cache'
import { type Statement, statementName } from './light-query'
import { Json, plain, type Values } from './values'

/** A write that waits to be sent. */
export interface Write {
  readonly table: string
  /** The row that it touches, where it is known. */
  readonly row: string | null
  readonly values: readonly unknown[]
  /** The same for writes that differ in nothing but their values. */
  readonly shape: string
  /** The statement of so many writes of this shape, their parameters from `at`, those of one behind those of the other. */
  readonly text: (at: number, many: number) => string
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
  const into = `${table} (${Object.keys(row).join(', ')})`
  const values = Object.values(row).map(bound)
  return { table, row: id, values, shape: into, text: (at, many) => `INSERT INTO ${into} VALUES ${rowsOf(at, many, values.length)}` }
}

/** Rows of the same columns from one parameter. */
export function insertManyOf(table: string, rows: readonly Values[]): Write {
  const columns = Object.keys(rows[0]!).join(', ')
  const data = JSON.stringify(rows.map(r => Object.fromEntries(Object.entries(r).map(([k, v]) => [k, plain(v)]))))
  return {
    table, row: null, values: [data], shape: `${table}*${columns}`,
    text: (at, many) => `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${rowType(table)}, ${each(at, many, 1, ([rows]) => `${rows!}::jsonb`).join(' || ')}) RETURNING 1`,
  }
}

/**
 * New values for a row whose version is still the one that was read. What several rows get stands beside them as rows of the table itself: so
 * PostgreSQL knows the type of each value.
 */
export function changeOf(table: string, id: string, version: number, changes: Values): Write {
  const columns = [...Object.keys(changes), 'id', 'row_version']
  const set = (to: (column: string, i: number) => string): string =>
    `${columns.slice(0, -2).map((c, i) => `${c} = ${to(c, i)}, `).join('')}updated_at = greatest(now(), t.updated_at + interval '1 microsecond'), row_version = t.row_version + 1`
  return {
    table, row: id, change: true, values: [...Object.values(changes).map(bound), id, version], shape: `${table}=${columns.join()}`,
    text: (at, many) => (many === 1
      ? `UPDATE ${table} t SET ${set((_, i) => `$${at + i}`)} WHERE t.id = $${at + columns.length - 2} AND t.row_version = $${at + columns.length - 1} RETURNING 1`
      : `UPDATE ${table} t SET ${set(c => `v.${c}`)} FROM (SELECT ${columns.join(', ')} FROM ${table} WHERE false UNION ALL ${each(at, many, columns.length, row => `SELECT ${row.join(', ')}`).join(' UNION ALL ')}) v` +
        ' WHERE t.id = v.id AND t.row_version = v.row_version RETURNING 1'),
  }
}

/** The row must still be as it was read, and nobody changes it before what is written is done. */
export const unchanged = (table: string, id: string, version: number): Write => ({
  table, row: id, change: true, values: [id, version], shape: `${table}?`,
  text: (at, many) => `SELECT 1 FROM (VALUES ${each(at, many, 2, ([row, seen]) => `(${row!}::uuid, ${seen!}::int)`).join(', ')}) v(id, row_version) JOIN ${table} t ON t.id = v.id AND t.row_version = v.row_version FOR SHARE OF t`,
})

export function deleteOf(table: string, row: Values): Write {
  const columns = Object.keys(row)
  return {
    table, row: null, values: Object.values(row).map(bound), shape: `${table}-${columns.join()}`,
    text: (at, many) => `DELETE FROM ${table} WHERE ${each(at, many, columns.length, given => columns.map((c, i) => `${c} = ${given[i]!}`).join(' AND ')).join(' OR ')} RETURNING 1`,
  }
}

/** Said at the commit. As a change that must find its row: PostgreSQL leaves out a part that nothing asks for. */
export const notice = (channel: string, said: string): Write => ({
  table: '', row: null, change: true, values: [said], shape: '!', text: (at, many) => `SELECT pg_notify('${channel}', said) FROM (VALUES ${rowsOf(at, many, 1)}) AS news(said)`,
})

/** `position` is a table of ours and a word of SQL: as a type it must be quoted. */
const rowType = (table: string): string => table.split('.').map(part => `"${part}"`).join('.')

/** `($1, $2), ($3, $4)` */
const rowsOf = (at: number, many: number, wide: number): string => each(at, many, wide, row => `(${row.join(', ')})`).join(', ')
/** What is said of each of so many writes, by its parameters. */
const each = (at: number, many: number, wide: number, said: (row: string[]) => string): string[] =>
  Array.from({ length: many }, (_, i) => said(Array.from({ length: wide }, (_, j) => `$${at + i * wide + j}`)))

/** Writes of one command that go in one statement. */
export interface Parcel {
  /** The same for those whose writes are alike. */
  readonly shape: string
  /** Those of one shape are one part of the statement. */
  readonly alike: readonly (readonly Write[])[]
}

export function parcelOf(writes: readonly Write[]): Parcel {
  const alike = new Map<string, Write[]>()
  for (const write of writes) {
    const some = alike.get(write.shape)
    if (some) some.push(write)
    else alike.set(write.shape, [write])
  }
  let shape = ''
  for (const [each, some] of alike) shape += `${each}${some.length};`
  return { shape, alike: [...alike.values()] }
}

interface Text { readonly name: string | undefined; readonly text: string }

/** Texts by shape and number: what one command writes looks like what it wrote before. */
const texts = new LRUCache<string, Text>({ max: 500 })

/** Long statements differ from command to command: planned each time rather than kept by every connection. */
const NAMED_WRITES = 12

/** Parcels of one shape as one statement. */
export function statementOf(parcels: readonly [Parcel, ...Parcel[]]): Statement {
  const [{ shape, alike }] = parcels
  const key = `${parcels.length}*${shape}`
  const values: unknown[] = []
  for (let i = 0; i < alike.length; i++) for (const parcel of parcels) for (const write of parcel.alike[i]!) values.push(...write.values)
  let known = texts.get(key)
  if (known === undefined) {
    const text = textOf(parcels)
    const named = alike.reduce((sum, some) => sum + some.length, 0) <= NAMED_WRITES
    texts.set(key, (known = { name: named ? statementName(text) : undefined, text }))
  }
  return { ...known, values }
}

/** Milliseconds that what is written for several waits for a row that somebody holds: each of them can wait for it alone. */
const TOGETHER_WAITS = 100

function textOf(parcels: readonly [Parcel, ...Parcel[]]): string {
  let at = 1
  let changed = 0
  const parts: string[] = []
  const changes: string[] = []
  for (const some of parcels[0].alike) {
    const [{ text, values, change }] = some as [Write]
    const many = some.length * parcels.length
    if (change) {
      changes.push(`(SELECT count(*) FROM w${parts.length})`)
      changed += many
    }
    parts.push(`w${parts.length} AS (${text(at, many)})`)
    at += many * values.length
  }
  // What is selected is worked out from left to right, and before any part that it does not name.
  const patience = parcels.length > 1 ? `set_config('lock_timeout', '${TOGETHER_WAITS}', true), ` : ''
  return `WITH ${parts.join(', ')} SELECT ${patience}${changes.length ? `require_changed(${changes.join(' + ')}, ${changed})` : '1'}`
}
