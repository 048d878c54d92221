import { holdsAnywhere, type Role } from '../../core/actor'
import { snake, type Column } from '../../core/reads'
import { othersThan, type Doer, type Machine, type Side } from '../../core/states'
import type { NounModel } from './model'
import { holdsOn } from './scope'
import type { Source } from './source'
import { literal, type Parameters } from './statement'

export type Group = Extract<Column, { kind: 'group' }>
export type Objects = Extract<Column, { kind: 'objects' }>
/** A column that is one value; groups and lists of objects are made of several. */
export type Single = Exclude<Column, Group | Objects>
type PartType = Objects['fields'][string]
type PlainType = Extract<Column, { kind: 'plain' }>['type']

/** How a value stands in JSON. `raw`: its text is JSON already. `quoted`: never needs escaping. */
export type Notation = 'raw' | 'quoted' | 'escaped'

/** One field's value in SQL: an expression in the form that clients see, and how it is written as JSON. */
export interface Value {
  readonly sql: string
  readonly notation: Notation
  readonly nullable: boolean
  /** Constant text that stands before it: the prefix of a global id. */
  readonly prefix?: string
}

export const columnName = (field: string, column: Column): string => ('sql' in column && column.sql) || snake(field)

/** Instants in UTC with milliseconds, whatever the session's time zone. */
const instantSql = (c: string): string => `to_char(${c} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const NOTATION: Record<Exclude<PlainType, 'text'>, Notation> = {
  int: 'raw', boolean: 'raw', float: 'escaped', decimal: 'quoted', date: 'quoted', instant: 'quoted', uuid: 'quoted',
}

export function valueOf(field: string, column: Single, source: Source): Value {
  const name = columnName(field, column)
  const c = `${source.t}.${name}`
  const nullable = 'nullable' in column && column.nullable === true
  switch (column.kind) {
    case 'id': return { prefix: `${source.noun.noun.prefix}_`, sql: `${source.t}.id::text`, notation: 'quoted', nullable }
    case 'ref': return { prefix: `${column.prefix}_`, sql: `${c}::text`, notation: 'quoted', nullable }
    case 'enum': return { sql: c, notation: textNotation(source.noun, name), nullable }
    case 'textArray': return { sql: c, notation: 'escaped', nullable }
    case 'json': return { sql: c, notation: 'raw', nullable }
    case 'masked': return { sql: masked(c, column.clearFor, source.p), notation: 'escaped', nullable }
    case 'commands': return { sql: commands(column, source), notation: 'escaped', nullable }
    case 'plain': return { sql: plain(c, column.type), notation: column.type === 'text' ? textNotation(source.noun, name) : NOTATION[column.type], nullable }
  }
}

const textNotation = (noun: NounModel, column: string): Notation => (noun.unescaped.has(column) ? 'quoted' : 'escaped')

function plain(c: string, type: PlainType): string {
  if (type === 'instant') return instantSql(c)
  return type === 'decimal' || type === 'date' ? `${c}::text` : c
}

/** Whole for holders of one of the roles anywhere, else the first character and two stars. */
function masked(c: string, clearFor: Extract<Column, { kind: 'masked' }>['clearFor'], p: Parameters): string {
  const clear = p.once(`clear:${clearFor.join()}`, ({ actor }) => holdsAnywhere(actor, clearFor), 'boolean')
  return `CASE WHEN ${clear} THEN ${c} ELSE left(${c}, 1) || '**' END`
}

/** The SQL of core's `allowedCommands`: commands whose state, role and four eyes allow them now, sorted by name. */
function commands(column: Extract<Column, { kind: 'commands' }>, source: Source): string {
  const listed = commandsOf(column, source)
  if (!column.while) return listed
  const { key, table, column: has, is } = column.while
  return `CASE WHEN EXISTS (SELECT FROM ${table} parent WHERE parent.id = ${source.t}.${key} AND parent.${has} = ${literal(is)}) THEN ${listed} ELSE '{}'::text[] END`
}

function commandsOf({ machine, at, variants }: Extract<Column, { kind: 'commands' }>, source: Source): string {
  const path = (): string => (at === undefined ? source.path() : source.pathAt(at))
  const listed = (table: Machine): string => {
    const each = Object.entries(table.commands).filter(([, t]) => t.from.length).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, t]) => {
      const asked = [inState(source.t, t.from), ...othersThan(table, t).map(doer => notDoneBy(doer, source)), t.side === undefined ? holdsOn(path(), t.roles, source.p) : holdsAt(table.sides[t.side]!, t.roles, source)]
      return `CASE WHEN ${asked.join(' AND ')} THEN ${literal(name)} END`
    })
    return `array_remove(ARRAY[${each.join(', ')}]::text[], NULL)`
  }
  if (!variants) return listed(machine)
  const cases = Object.entries(variants.machines).map(([value, table]) => `WHEN ${literal(value)} THEN ${listed(table)}`)
  return `CASE ${source.t}.${variants.column} ${cases.join(' ')} ELSE ${listed(machine)} END`
}

/**
 * A role on one of the units of a side. Looked up for the row at hand, and only in a state in which it matters: such a unit may be missing,
 * which a join would turn into a missing row; OFFSET 0 keeps PostgreSQL from reading the whole table of links ahead.
 */
function holdsAt(side: Side, roles: readonly Role[], { t, p }: Source): string {
  if ('column' in side) return holdsOn(`(SELECT s.path FROM unit s WHERE s.id = ${t}.${side.column})`, roles, p)
  const { table, near, far } = side.via
  return `EXISTS (SELECT FROM ${table} l JOIN unit s ON s.id = l.${far} WHERE l.${near} = ${t}.id AND ${holdsOn('s.path', roles, p)} OFFSET 0)`
}

const inState = (t: string, states: readonly string[]): string => `${t}.state IN (${states.map(literal).join(', ')})`

/** Four eyes: the viewer does not stand in the column that remembers who gave an earlier command. */
function notDoneBy({ column, all, in: states }: Doer, { t, p }: Source): string {
  const viewer = p.once('viewer', ({ actor }) => actor.ref, 'text')
  const other = all ? `${viewer} <> ALL(${t}.${column})` : `${t}.${column} IS DISTINCT FROM ${viewer}`
  return states ? `(NOT ${inState(t, states)} OR ${other})` : other
}

/** A value of a flat object inside a jsonb list, in the form that clients see; null when the key is missing. */
export function partOf(element: string, key: string, type: PartType): Value {
  const text = `(${element} ->> ${literal(key)})`
  if (type === 'int') return { sql: `${text}::integer`, notation: 'raw', nullable: true }
  if (type === 'boolean') return { sql: `${text}::boolean`, notation: 'raw', nullable: true }
  return { sql: text, notation: 'escaped', nullable: true }
}

/** The elements of a jsonb list, in order, as `e.value`. */
export const elements = (field: string, column: Objects, t: string): string =>
  `jsonb_array_elements(${t}.${columnName(field, column)}) WITH ORDINALITY e(value, n)`

export const present = (column: Group, t: string): string => `${t}.${column.present}`

/** The select list of the resolvers: the declared columns (those of these fields) under their fields' names, in the form that clients see. */
export function selectColumns(source: Source, fields?: ReadonlySet<string>): string[] {
  return Object.entries(source.noun.noun.columns).filter(([field]) => !fields || fields.has(field)).map(([field, column]) => `${selected(field, column, source)} AS "${field}"`)
}

function selected(field: string, column: Column, source: Source): string {
  if (column.kind === 'objects') {
    const parts = Object.entries(column.fields).map(([key, type]) => `${literal(key)}, ${partOf('e.value', key, type).sql}`)
    return `(SELECT coalesce(json_agg(json_build_object(${parts.join(', ')}) ORDER BY e.n), '[]') FROM ${elements(field, column, source.t)})`
  }
  if (column.kind === 'group') {
    const parts = Object.entries(column.fields).map(([key, c]) => `${literal(key)}, ${wholeOf(valueOf(key, c as Single, source))}`)
    return `CASE WHEN ${present(column, source.t)} IS NOT NULL THEN json_build_object(${parts.join(', ')}) END`
  }
  return wholeOf(valueOf(field, column, source))
}

const wholeOf = ({ prefix, sql }: Value): string => (prefix === undefined ? sql : `${literal(prefix)} || ${sql}`)
