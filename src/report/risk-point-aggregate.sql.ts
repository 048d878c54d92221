import { rowIdOf } from '../core/ids'
import {
  bounded, filterConditions, inScope, orderBy, pageSize, Parameters, scopeRows, Statement, withinUnit, type Args, type Call, type FilterInput, type Key, type NounModel, type ScopeForm,
} from '../database/sql'
import { RiskCategory, RiskLevel, riskPointMachine } from '../domain/risk'
import { GROUPS_DEFAULT, GROUPS_MAX, type RiskPointDimension, type RiskPointGroupOrder, type RiskPointGroupOrderField } from './risk-point-aggregate.types'

/** What is known of a unit without asking for it: fields of Unit. */
export const KNOWN_OF_UNITS = ['id', 'path', 'code', 'nameZh', 'kind'] as const
export type CountedUnit = readonly [id: string, path: string, code: string, nameZh: string, kind: string]
const unitSql = (t: string): string => `json_build_array(${t}.id, ${t}.path, ${t}.code, ${t}.name_zh, ${t}.kind)`

/** A row of the answer: the first is of totals, then the groups of the page in order. Columns of dimensions that were not asked for are missing. */
export interface CountedRow {
  /** Of a group: its unit (UNIT). Of the totals: all units that groups are numbered by (UNIT_CHILD). */
  readonly unit?: CountedUnit | readonly CountedUnit[] | null
  /** UNIT_CHILD: place of the group's unit among those of the totals, from 1. */
  readonly part_number?: number
  readonly sector?: string | null
  readonly level?: string
  readonly state?: string
  readonly category?: string
  readonly n: number
  readonly rated: number
  readonly score: number
  readonly high: number
  /** Only when groups are ordered by it. */
  readonly mean?: string
}
export interface TotalsRow extends CountedRow {
  readonly groups: number
  readonly as_of: string
  readonly version: string
}

export interface AggregateStatement {
  readonly statement: Statement
  readonly keys: readonly GroupKey[]
}

const at = (call: Call): Args => call.args[0]!
export const askedOf = (args: Args, field: string): Args => ((args['filter'] as FilterInput | null | undefined)?.[field] ?? {}) as Args

/** A dimension's value on a counted row. */
const VALUE: Readonly<Record<Exclude<RiskPointDimension, 'UNIT_CHILD'>, string>> = {
  UNIT: 't_unit.id AS unit', SECTOR: 'sector_code AS sector', LEVEL: 't.level', STATE: 't.state', CATEGORY: 't.category',
}

/** One key of the order of groups: a column of `told`, and its value on a row of the answer. */
export interface GroupKey extends Key {
  readonly of: (row: CountedRow, unit: CountedUnit | null) => string | number
}
interface Place extends GroupKey {
  /** Never NULL. */
  readonly sql: string
}

/** Enums follow the order in which the schema lists them. */
function enumPlace(column: 'level' | 'state' | 'category', values: Readonly<Record<string, unknown>>): Place {
  const names = Object.keys(values)
  return { column: `place_${column}`, type: 'int', desc: false, sql: `array_position(ARRAY[${names.map(v => `'${v}'`).join(', ')}], ${column})`, of: row => names.indexOf(row[column]!) + 1 }
}
const UNIT_PLACE: Place = { column: 'place_unit', type: 'text', desc: false, sql: 'unit_path', of: (_, unit) => unit![1] }
const PLACE: Readonly<Record<RiskPointDimension, Place>> = {
  UNIT_CHILD: UNIT_PLACE, UNIT: UNIT_PLACE,
  SECTOR: { column: 'place_sector', type: 'text', desc: false, sql: `coalesce(sector, '')`, of: row => row.sector ?? '' },
  LEVEL: enumPlace('level', RiskLevel), STATE: enumPlace('state', riskPointMachine.states), CATEGORY: enumPlace('category', RiskCategory),
}
const MEASURE: Readonly<Record<RiskPointGroupOrderField, Omit<GroupKey, 'desc'>>> = {
  COUNT: { column: 'n', type: 'int', of: row => row.n }, AVERAGE_SCORE: { column: 'mean', type: 'decimal', of: row => row.mean! },
  SUM_SCORE: { column: 'score', type: 'int', of: row => row.score }, HIGH_COUNT: { column: 'high', type: 'int', of: row => row.high },
}

/** The noun of cursors: a cursor of risk points is none of their groups. */
export const CURSORS_OF = { noun: { type: 'RiskPointAggregate' } } as const

/** What groups are ordered by: what the client asked, then the dimensions, by which no two groups are equal. */
function keysOf(args: Args): GroupKey[] {
  const order = (args['orderBy'] ?? []) as readonly RiskPointGroupOrder[]
  const keys = order.map(o => ({ ...MEASURE[o.field], desc: o.direction === 'DESC' }))
  return [...keys, ...(args['groupBy'] as readonly RiskPointDimension[]).map(d => PLACE[d])].filter((k, i, all) => all.findIndex(o => o.column === k.column) === i)
}

/** The statement that counts. Its text depends on the shape of the arguments, never on their values. */
export function aggregateStatement(noun: NounModel, args: Args, form: ScopeForm): AggregateStatement {
  const p = new Parameters(form)
  const dimensions = args['groupBy'] as readonly RiskPointDimension[]
  const keys = keysOf(args)
  const ctes = [...(dimensions.includes('UNIT_CHILD') ? [partsCte(p)] : []), `counted AS MATERIALIZED (${countedSql(dimensions, rowsOf(noun, args, p))})`]
  const text = dimensions.length
    ? `WITH ${ctes.join(', ')}, told AS (${toldSql(dimensions, keys)}) ${totalsSql(dimensions, keys)} UNION ALL (${pageSql(dimensions, args, keys, p)})`
    : `WITH ${ctes.join(', ')} ${totalsSql(dimensions, keys)}`
  return { statement: new Statement(text, p.binds, p.realms), keys }
}

/** Filter fields that find few rows by themselves: with one of them PostgreSQL chooses where to begin. */
const SELECTIVE = ['unit', 'power', 'ownerPosition'] as const

/**
 * FROM and WHERE of the counted rows. One thing drives the plan: a filter that finds few rows by itself, else the part below a unit,
 * `within`, or the scope. Their units come first then, and every OFFSET 0 keeps it so: PostgreSQL takes a range of paths for thirty
 * times as many units as it holds, would read the whole register to count the rows of one city, and would keep the rows of every unit
 * in case it meets that unit again.
 */
function rowsOf(noun: NounModel, args: Args, p: Parameters): string {
  const filter = (args['filter'] ?? {}) as FilterInput
  const unit = askedOf(args, 'unit')
  const dimensions = args['groupBy'] as readonly RiskPointDimension[]
  const conditionsOf = (asked: FilterInput): string[] => filterConditions({ noun, t: 't', path: () => 't_unit.path', p, withinDrives: false }, asked, at)
  const of = (units: string, conditions: readonly string[]): string => `(SELECT t_unit.id, t_unit.path FROM ${units} OFFSET 0) t_unit CROSS JOIN LATERAL (${ofUnit(dimensions, conditions)}) t`
  const below = (range: string): string => of(`unit t_unit WHERE ${range}`, conditionsOf({ ...filter, unit: { ...unit, within: null } }))
  // The parts are those of a unit that the actor sees, and who sees a unit sees everything below it: scope and `within` hold by construction.
  if (dimensions.includes('UNIT_CHILD')) return below('t_unit.path >= part.path AND t_unit.path < part.below')
  if (!SELECTIVE.some(f => askedOf(args, f)['eq'] != null || askedOf(args, f)['in'] != null)) {
    if (unit['within'] != null) return below(withinUnit('t_unit.path', namedUnit(p), p, true))
    return of(scopeRows('unit', 'u.id, u.path', 't_unit', p), conditionsOf(filter))
  }
  return `risk_point t JOIN unit t_unit ON t_unit.id = t.unit_id JOIN power t_power ON t_power.id = t.power_id WHERE ${[inScope('t_unit.path', p), ...conditionsOf(filter)].join(' AND ')}`
}

/** Row id of the unit that the filter names; an id of anything else names none. */
const namedUnit = (p: Parameters): string => p.add(call => rowIdOf('unit', askedOf(at(call), 'unit')['within']), 'uuid')

/** The rows of one unit (`t_unit`), with the columns that are counted by: from indexes alone, as far as they have them. */
function ofUnit(dimensions: readonly RiskPointDimension[], conditions: readonly string[]): string {
  const bySector = dimensions.includes('SECTOR')
  const columns = ['t.score', 't.level', ...(bySector ? ['t_power.sector_code'] : []), ...(['STATE', 'CATEGORY'] as const).filter(d => dimensions.includes(d)).map(d => `t.${d.toLowerCase()}`)]
  const rows = bySector ? 'power t_power JOIN risk_point t ON t.unit_id = t_power.unit_id AND t.power_id = t_power.id WHERE t_power.unit_id = t_unit.id' : 'risk_point t WHERE t.unit_id = t_unit.id'
  return `SELECT ${columns.join(', ')} FROM ${[rows, ...conditions].join(' AND ')} OFFSET 0`
}

/**
 * The direct children of the unit that the filter names, each with the range of paths below it, and that unit itself, whose range holds
 * its own path alone (`\\x01` stands before every character of a code). A unit that the actor may not see has no parts.
 */
const partsCte = (p: Parameters): string => `
  root AS MATERIALIZED (SELECT w.id, w.path, w.code, w.name_zh, w.kind FROM unit w WHERE w.id = ${namedUnit(p)} AND ${inScope('w.path', p)}),
  part AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY u.path)::integer AS number, u.path, u.below, u.told
    FROM (SELECT w.path, w.path || E'\\x01' AS below, ${unitSql('w')} AS told FROM root w
      UNION ALL SELECT c.path, left(c.path, -1) || '0', ${unitSql('c')} FROM root JOIN unit c ON c.parent_id = root.id) u),
  parts AS MATERIALIZED (SELECT array_agg(path ORDER BY number) AS paths, json_agg(told ORDER BY number) AS units FROM part)`

/** Where the level is a dimension, what depends on it is known from the group's level. */
const rated = (dimensions: readonly RiskPointDimension[]): string => (dimensions.includes('LEVEL') ? `CASE WHEN level <> 'UNRATED' THEN n ELSE 0 END` : 'rated')
const high = (dimensions: readonly RiskPointDimension[]): string => (dimensions.includes('LEVEL') ? `CASE WHEN level = 'HIGH' THEN n ELSE 0 END` : 'high')

/**
 * Figures by dimensions. Each part is counted by itself: there is one key less to group by, and no cache of what PostgreSQL takes for
 * the same unit in many parts. A part without risk points is no group.
 */
function countedSql(dimensions: readonly RiskPointDimension[], rows: string): string {
  const own = dimensions.filter(d => d !== 'UNIT_CHILD')
  const byLevel = `count(*) FILTER (WHERE t.level <> 'UNRATED')::integer AS rated, count(*) FILTER (WHERE t.level = 'HIGH')::integer AS high`
  const columns = [...own.map(d => VALUE[d]), 'count(*)::integer AS n', 'coalesce(sum(t.score), 0)::integer AS score', ...(own.includes('LEVEL') ? [] : [byLevel])]
  const counted = `SELECT ${columns.join(', ')} FROM ${rows}${own.length ? ` GROUP BY ${own.map((_, i) => i + 1).join(', ')}` : ''}`
  return own.length === dimensions.length ? counted : `SELECT part.number AS part, of_part.* FROM part CROSS JOIN LATERAL (${counted} HAVING count(*) > 0) of_part`
}

/** The groups with their units and with what they are ordered by. */
function toldSql(dimensions: readonly RiskPointDimension[], keys: readonly Key[]): string {
  const [unit, from] = dimensions.includes('UNIT_CHILD') ? ['c.part AS part_number, parts.paths[c.part] AS unit_path, ', 'counted c CROSS JOIN parts']
    : dimensions.includes('UNIT') ? [`${unitSql('u')} AS unit, u.path AS unit_path, `, 'counted c JOIN unit u ON u.id = c.unit'] : ['', 'counted c']
  const others = dimensions.filter(d => !d.startsWith('UNIT')).map(d => `c.${d.toLowerCase()}, `).join('')
  const mean = keys.some(k => k.column === 'mean') ? ', coalesce(round(score::numeric / nullif(rated, 0), 6), -1) AS mean' : ''
  return `SELECT *, ${dimensions.map(d => `${PLACE[d].sql} AS ${PLACE[d].column}`).join(', ')}${mean}
    FROM (SELECT ${unit}${others}c.n, ${rated(dimensions)} AS rated, c.score, ${high(dimensions)} AS high FROM ${from}) g`
}

/** What stands in the rows of the answer, in the order of its columns; totals first. A column that nothing asks for is left out: a thousand rows have it. */
function columnsOf(dimensions: readonly RiskPointDimension[], keys: readonly Key[]): { name: string; total: string }[] {
  const byChild = dimensions.includes('UNIT_CHILD')
  const sum = (sql: string): string => `coalesce(sum(${sql}), 0)::integer`
  return [
    { name: 'n', total: sum('n') }, { name: 'score', total: sum('score') },
    { name: 'rated', total: sum(rated(dimensions)) }, { name: 'high', total: sum(high(dimensions)) },
    ...(byChild ? [{ name: 'part_number', total: 'NULL::integer' }] : []),
    ...(byChild ? [{ name: 'NULL::json AS unit', total: '(SELECT units FROM parts)' }] : dimensions.includes('UNIT') ? [{ name: 'unit', total: 'NULL::json' }] : []),
    ...dimensions.filter(d => !d.startsWith('UNIT')).map(d => ({ name: d.toLowerCase(), total: 'NULL::text' })),
    ...(keys.some(k => k.column === 'mean') ? [{ name: 'mean::text', total: 'NULL::text' }] : []),
  ]
}

function totalsSql(dimensions: readonly RiskPointDimension[], keys: readonly Key[]): string {
  const columns = columnsOf(dimensions, keys).map(({ name, total }) => `${total} AS ${name.replace(/::text$/, '').replace(/^.* AS /, '')}`)
  return `SELECT count(*)::integer AS groups, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of, pg_current_snapshot()::text AS version, ${columns.join(', ')} FROM counted`
}

function pageSql(dimensions: readonly RiskPointDimension[], args: Args, keys: readonly Key[], p: Parameters): string {
  const after = args['after'] == null ? '' : ` WHERE ${bounded({ t: 'told', keys, noun: CURSORS_OF, argument: 'after', at, drives: false }, p)}`
  const limit = p.add(call => groupsOf(at(call)) + 1, 'integer')
  // Parts are numbered in the order of their paths.
  const place = (k: Key): string => (k.column === UNIT_PLACE.column && dimensions.includes('UNIT_CHILD') ? 'told.part_number' : `told.${k.column}`)
  return `SELECT NULL::integer, NULL::text, NULL::text, ${columnsOf(dimensions, keys).map(c => c.name).join(', ')} FROM told${after} ORDER BY ${orderBy(keys, place)} LIMIT ${limit}`
}

/** Groups of a page; the one after them is read too, to know whether there is one. */
export const groupsOf = (args: Args): number => pageSize({ first: args['first'] ?? GROUPS_DEFAULT }, GROUPS_MAX)
