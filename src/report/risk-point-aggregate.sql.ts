import { rowIdOf } from '../core/ids'
import {
  bounded, filterConditions, inScope, orderBy, pageSize, Parameters, scopeRows, Statement, type Args, type Call, type FilterInput, type Key, type NounModel, type ScopeForm,
} from '../database/sql'
import { RiskCategory, RiskLevel, riskPointMachine } from '../domain/risk'
import { GROUPS_DEFAULT, GROUPS_MAX, type RiskPointDimension, type RiskPointGroupOrder, type RiskPointGroupOrderField } from './risk-point-aggregate.types'

/** What is known of a unit without asking for it: fields of Unit. */
export const KNOWN_OF_UNITS = ['id', 'path', 'code', 'nameZh', 'kind'] as const
export type CountedUnit = readonly [id: string, path: string, code: string, nameZh: string, kind: string]
const unitSql = (t: string): string => `json_build_array(${t}.id, ${t}.path, ${t}.code, ${t}.name_zh, ${t}.kind)`

/** A row of the answer: one of totals (`part` 0), then the groups of the page in order. */
export interface CountedRow {
  readonly part: 0 | 1
  readonly groups: number
  /** Of a group: its unit (UNIT). Of the totals: all units that groups are numbered by (UNIT_CHILD). */
  readonly unit: CountedUnit | readonly CountedUnit[] | null
  /** UNIT_CHILD: place of the group's unit among those of the totals, from 1. */
  readonly part_number: number | null
  readonly sector: string | null
  readonly level: string | null
  readonly state: string | null
  readonly category: string | null
  readonly n: number
  readonly rated: number
  readonly score: number
  readonly high: number
  /** Only when groups are ordered by it. */
  readonly mean: string | null
  readonly as_of: string
  readonly version: string
}

export interface AggregateStatement {
  readonly statement: Statement
  /** Joins must run in the order in which they are written. */
  readonly ordered: boolean
  readonly keys: readonly GroupKey[]
}

interface Rows {
  /** FROM, units first. */
  readonly units: string
  readonly conditions: readonly string[]
  readonly ordered: boolean
}

const at = (call: Call): Args => call.args[0]!
export const askedOf = (args: Args, field: string): Args => ((args['filter'] as FilterInput | null | undefined)?.[field] ?? {}) as Args

/** A dimension's column among the counted ones. The parts below a unit are numbered: a number is cheaper to group by than an id. */
const VALUE: Readonly<Record<RiskPointDimension, string>> = {
  UNIT_CHILD: 'part.number AS part', UNIT: 't_unit.id AS unit', SECTOR: 't_power.sector_code AS sector', LEVEL: 't.level', STATE: 't.state', CATEGORY: 't.category',
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
  const rows = rowsOf(noun, args, p)
  const ctes = [...(dimensions.includes('UNIT_CHILD') ? [partsCte(p)] : []), `counted AS MATERIALIZED (${countedSql(dimensions, rows)})`]
  const text = dimensions.length
    ? `WITH ${ctes.join(', ')}, told AS (${toldSql(dimensions, keys)}) ${totalsSql(dimensions)} UNION ALL (${pageSql(args, keys, p)})`
    : `WITH ${ctes.join(', ')} ${totalsSql(dimensions)}`
  return { statement: new Statement(text, p.binds), ordered: rows.ordered, keys }
}

/** Filter fields that find few rows by themselves: with one of them PostgreSQL chooses the order of the joins. */
const SELECTIVE = ['unit', 'power', 'ownerPosition'] as const

/** One thing drives the plan: the parts below a unit, else `within`, else a narrow scope. Everything else can only filter. */
function rowsOf(noun: NounModel, args: Args, p: Parameters): Rows {
  const filter = (args['filter'] ?? {}) as FilterInput
  const unit = askedOf(args, 'unit')
  const filtered = { noun, t: 't', path: () => 't_unit.path', p }
  if ((args['groupBy'] as readonly string[]).includes('UNIT_CHILD')) {
    // The parts are those of a unit that the actor sees, and who sees a unit sees everything below it: scope and `within` hold by construction.
    const others = filterConditions({ ...filtered, withinDrives: false }, { ...filter, unit: { ...unit, within: null } }, at)
    return { units: `part CROSS JOIN LATERAL (SELECT u.id, u.path FROM unit u WHERE u.path >= part.path AND u.path < part.below OFFSET 0) t_unit`, conditions: others, ordered: true }
  }
  const selective = SELECTIVE.some(f => askedOf(args, f)['eq'] != null || askedOf(args, f)['in'] != null)
  const within = unit['within'] != null
  const ordered = !selective && (within || !p.form.wide)
  const conditions = filterConditions({ ...filtered, withinDrives: ordered }, filter, at)
  if (!ordered || within) return { units: 'unit t_unit', conditions: [inScope('t_unit.path', p), ...conditions], ordered }
  return { units: scopeRows('unit', 'u.id, u.path', 't_unit', p), conditions, ordered }
}

/**
 * The direct children of the unit that the filter names, each with the range of paths below it, and that unit itself, whose range holds
 * its own path alone (`\\x01` stands before every character of a code). A unit that the actor may not see has no parts.
 */
const partsCte = (p: Parameters): string => `
  root AS MATERIALIZED (SELECT w.id, w.path, w.code, w.name_zh, w.kind FROM unit w WHERE w.id = ${p.add(call => rowIdOf('unit', askedOf(at(call), 'unit')['within']), 'uuid')} AND ${inScope('w.path', p)}),
  part AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY u.path)::integer AS number, u.path, u.below, u.told
    FROM (SELECT w.path, w.path || E'\\x01' AS below, ${unitSql('w')} AS told FROM root w
      UNION ALL SELECT c.path, left(c.path, -1) || '0', ${unitSql('c')} FROM root JOIN unit c ON c.parent_id = root.id) u),
  parts AS MATERIALIZED (SELECT array_agg(path ORDER BY number) AS paths, json_agg(told ORDER BY number) AS units FROM part)`

/** Where the level is a dimension, what depends on it is known from the group's level. */
const rated = (dimensions: readonly RiskPointDimension[]): string => (dimensions.includes('LEVEL') ? `CASE WHEN level <> 'UNRATED' THEN n ELSE 0 END` : 'rated')
const high = (dimensions: readonly RiskPointDimension[]): string => (dimensions.includes('LEVEL') ? `CASE WHEN level = 'HIGH' THEN n ELSE 0 END` : 'high')

function countedSql(dimensions: readonly RiskPointDimension[], { units, conditions }: Rows): string {
  const byPower = 'JOIN power t_power ON t_power.unit_id = t_unit.id JOIN risk_point t ON t.power_id = t_power.id'
  const byLevel = `count(*) FILTER (WHERE t.level <> 'UNRATED')::integer AS rated, count(*) FILTER (WHERE t.level = 'HIGH')::integer AS high`
  const columns = [...dimensions.map(d => VALUE[d]), 'count(*)::integer AS n', 'coalesce(sum(t.score), 0)::integer AS score', ...(dimensions.includes('LEVEL') ? [] : [byLevel])]
  const groups = dimensions.length ? ` GROUP BY ${dimensions.map((_, i) => i + 1).join(', ')}` : ''
  return `SELECT ${columns.join(', ')} FROM ${units} ${dimensions.includes('SECTOR') ? byPower : 'JOIN risk_point t ON t.unit_id = t_unit.id'} WHERE ${conditions.join(' AND ') || 'true'}${groups}`
}

/** The groups with their units and with what they are ordered by. */
function toldSql(dimensions: readonly RiskPointDimension[], keys: readonly Key[]): string {
  const [unit, from] = dimensions.includes('UNIT_CHILD') ? ['NULL::json AS unit, c.part AS part_number, parts.paths[c.part] AS unit_path', 'counted c CROSS JOIN parts']
    : dimensions.includes('UNIT') ? [`${unitSql('u')} AS unit, NULL::integer AS part_number, u.path AS unit_path`, 'counted c JOIN unit u ON u.id = c.unit'] : ['NULL::json AS unit, NULL::integer AS part_number', 'counted c']
  const others = (['SECTOR', 'LEVEL', 'STATE', 'CATEGORY'] as const).map(d => (dimensions.includes(d) ? `c.${d.toLowerCase()}` : `NULL::text AS ${d.toLowerCase()}`))
  const mean = keys.some(k => k.column === 'mean') ? 'coalesce(round(score::numeric / nullif(rated, 0), 6), -1)' : 'NULL::numeric'
  return `SELECT *, ${mean} AS mean, ${dimensions.map(d => `${PLACE[d].sql} AS ${PLACE[d].column}`).join(', ')}
    FROM (SELECT ${unit}, ${others.join(', ')}, c.n, ${rated(dimensions)} AS rated, c.score, ${high(dimensions)} AS high FROM ${from}) g`
}

const COLUMNS = 'unit, part_number, sector, level, state, category, n, rated, score, high'

const totalsSql = (dimensions: readonly RiskPointDimension[]): string =>
  `SELECT 0 AS part, count(*)::integer AS groups, ${dimensions.includes('UNIT_CHILD') ? '(SELECT units FROM parts)' : 'NULL::json'} AS unit, NULL::integer AS part_number, NULL::text AS sector, NULL::text AS level, NULL::text AS state, NULL::text AS category,
    coalesce(sum(n), 0)::integer AS n, coalesce(sum(${rated(dimensions)}), 0)::integer AS rated, coalesce(sum(score), 0)::integer AS score, coalesce(sum(${high(dimensions)}), 0)::integer AS high,
    NULL::text AS mean, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of, pg_current_snapshot()::text AS version FROM counted`

function pageSql(args: Args, keys: readonly Key[], p: Parameters): string {
  const after = args['after'] == null ? '' : ` WHERE ${bounded({ t: 'told', keys, noun: CURSORS_OF, argument: 'after', at, drives: false }, p)}`
  const limit = p.add(call => groupsOf(at(call)) + 1, 'integer')
  return `SELECT 1, 0, ${COLUMNS}, mean::text, NULL, NULL FROM told${after} ORDER BY ${orderBy(keys, k => `told.${k.column}`)} LIMIT ${limit}`
}

/** Groups of a page; the one after them is read too, to know whether there is one. */
export const groupsOf = (args: Args): number => pageSize({ first: args['first'] ?? GROUPS_DEFAULT }, GROUPS_MAX)
