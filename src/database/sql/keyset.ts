import { createHash } from 'node:crypto'
import { validate as isUuid } from 'uuid'
import { badInput } from '../../core/errors'
import { isWellFormed } from '../../core/well-formed'
import { exceeded } from './limits'
import { ID, PAGE_DEFAULT, type IndexColumn, type Key, type NounModel } from './model'
import type { OrderInput } from './shape'
import type { Args, Call, Parameters } from './statement'

/** The keys of a list: what the client asked, else the noun's own order; the id last, so that no two rows are equal. */
export function keysOf(noun: NounModel, args: Args): Key[] {
  const asked = args['orderBy'] as readonly OrderInput[] | null | undefined
  const keys = asked?.length ? asked.map(o => ({ ...noun.orders.get(o.field)!, desc: o.direction === 'DESC' })) : noun.defaultOrder
  return [...keys, ID].filter((k, i, all) => all.findIndex(other => other.column === k.column) === i)
}

export const orderBy = <K extends IndexColumn>(keys: readonly K[], sql: (key: K, i: number) => string, backwards = false): string =>
  keys.map((k, i) => sql(k, i) + (k.desc === backwards ? '' : ' DESC')).join(', ')

const PG_TYPE: Record<Key['type'], string> = { text: 'text', enum: 'text', int: 'integer', decimal: 'numeric', date: 'date', instant: 'timestamptz', id: 'uuid' }

/** Whose list a cursor belongs to. */
export interface ListOwner {
  readonly noun: { readonly type: string }
}

/** Says of which list and order a cursor is, so that one of another list is refused instead of misread. */
const tagOf = (noun: ListOwner, keys: readonly Key[]): string =>
  createHash('sha1').update([noun.noun.type, ...keys.map(k => k.column + (k.desc ? '-' : '+'))].join()).digest('base64url').slice(0, 6)

/** A key's value as the cursor keeps it: whole, whatever the field shows of it. */
function cursorValue(sql: string, type: Key['type']): string {
  if (type === 'instant') return `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
  return type === 'decimal' || type === 'date' ? `${sql}::text` : sql
}

/** SQL of a row's cursor. */
export function cursorOf(noun: ListOwner, keys: readonly Key[], sql: (key: Key, i: number) => string): string {
  const values = keys.map((k, i) => cursorValue(sql(k, i), k.type))
  return `translate(encode(convert_to(json_build_array('${tagOf(noun, keys)}', ${values.join(', ')})::text, 'UTF8'), 'base64'), E'\\n', '')`
}

/** The same cursor made of values that were read already, as `cursorOf` writes them. */
export const encodeCursor = (owner: ListOwner, keys: readonly Key[], values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify([tagOf(owner, keys), ...values])).toString('base64')

const SHAPES: Partial<Record<Key['type'], RegExp>> = {
  decimal: /^-?\d{1,60}(\.\d{1,60})?$/, date: /^\d{4}-\d{2}-\d{2}$/, instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
}

function isKeyValue(value: unknown, type: Key['type']): boolean {
  if (type === 'int') return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31
  if (typeof value !== 'string') return false
  return type === 'id' ? isUuid(value) : (SHAPES[type]?.test(value) ?? isWellFormed(value))
}

/** Reads the key values inside cursors; BAD_INPUT when one is none of this list in this order. */
export function cursorReader(argument: string, noun: ListOwner, keys: readonly Key[]): (cursor: unknown) => unknown[] {
  const tag = tagOf(noun, keys)
  return cursor => keyValues(cursor, tag, argument, keys)
}

function keyValues(cursor: unknown, expected: string, argument: string, keys: readonly Key[]): unknown[] {
  const [tag, ...values] = parsed(String(cursor))
  if (tag !== expected || values.length !== keys.length || !values.every((v, i) => isKeyValue(v, keys[i]!.type))) {
    throw badInput(argument, 'cursor', 'This is not a cursor of this list in this order.')
  }
  return values
}

function parsed(cursor: string): unknown[] {
  try {
    const bytes = Buffer.from(cursor, 'base64')
    // What is no base64 would be skipped.
    if (bytes.toString('base64') !== cursor) return []
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

/** How the rows after (or before) a cursor are told. */
export interface Bound {
  readonly t: string
  readonly keys: readonly Key[]
  readonly noun: ListOwner
  readonly argument: 'after' | 'before'
  readonly at: (call: Call) => Args
  /** The order's index drives the list: the first key is then bounded in a form that an index can use. */
  readonly drives: boolean
}

export function bounded(b: Bound, p: Parameters): string {
  const read = cursorReader(b.argument, b.noun, b.keys)
  const values = b.keys.map((k, i) => p.add(call => read(b.at(call)[b.argument])[i], PG_TYPE[k.type]))
  const columns = b.keys.map(k => `${b.t}.${k.column}`)
  const operators = b.keys.map(k => (k.desc === (b.argument === 'after') ? '<' : '>'))
  if (b.drives && new Set(operators).size === 1) return `(${columns.join(', ')}) ${operators[0]!} (${values.join(', ')})`
  const beyond = (i: number): string => {
    const past = `${columns[i]!} ${operators[i]!} ${values[i]!}`
    return i === columns.length - 1 ? past : `(${past} OR ${columns[i]!} = ${values[i]!} AND ${beyond(i + 1)})`
  }
  return b.drives && columns.length > 1 ? `${columns[0]!} ${operators[0]!}= ${values[0]!} AND ${beyond(0)}` : beyond(0)
}

/** Rows of one page: `first` or `last`, 20 when neither is told. */
export function pageSize(args: Args, max: number): number {
  const [first, last] = [args['first'], args['last']] as (number | null | undefined)[]
  if (first != null && last != null) throw badInput('last', 'firstOrLast', 'Ask for first or for last, not for both.')
  const argument = last != null ? 'last' : 'first'
  const size = last ?? first ?? Math.min(PAGE_DEFAULT, max)
  if (size < 1) throw badInput(argument, 'min', `${argument} must be at least 1.`)
  if (size > max) throw exceeded(argument, argument, size, max)
  return size
}
