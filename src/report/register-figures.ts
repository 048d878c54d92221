import { LRUCache } from 'lru-cache'
import { badInput } from '../core/errors'
import { globalId, rowIdOf } from '../core/ids'
import type { Database } from '../database/database'
import {
  exceeded, filterConditions, inScope, opened, Parameters, Runner, scopeForm, scopeRows, seenByPerson, shapeOf, Statement, withinUnit, type Args, type Call, type FilterInput, type NounModel, type ScopeForm, type Seen,
} from '../database/sql'
import type { Unit } from '../domain/unit'
import type { Asker } from './risk-point-aggregate.service'

export const FIGURE_GROUPS_MAX = 2_000
const SHAPES_MAX = 200

export interface Dimension {
  /** Of the row (`t`), its unit (`t_unit`: id, path, division_code) or what `join` puts beside them. */
  readonly sql: string
  /** What stands beside the row in its own FROM. */
  readonly join?: string
  /** Its values in the order in which groups are told; in the order of their text when absent. */
  readonly values?: readonly string[]
  /** What becomes of that value in all rows together: a common table expression, joined by `join`, told as `sql`. */
  readonly then?: { readonly cte: string; join(value: string): string; readonly sql: string }
}

/** How the rows of a register are counted. All texts are ours; `t` is the row. */
export interface Counting<D extends string, M extends string> {
  /** Dimensions beside UNIT_CHILD. */
  readonly dimensions: Readonly<Record<D, Dimension>>
  /** Aggregate expressions over `t`. */
  readonly measures: Readonly<Record<M, string>>
  /** Columns that the expressions need. */
  readonly columns: readonly string[]
  /** What else stands beside `t` in FROM, and which rows count at all. */
  readonly join?: string | ((p: Parameters) => string)
  readonly where?: string
}

export interface Counted<D extends string, M extends string> {
  readonly unit: Unit | null
  readonly key: Readonly<Partial<Record<D, string>>>
  readonly figures: Readonly<Record<M, number>>
}
export interface CountedRegister<D extends string, M extends string> {
  readonly groups: readonly Counted<D, M>[]
  readonly totals: Readonly<Record<M, number>>
  readonly asOf: string
}

type Row = Readonly<Record<string, unknown>> & { unit: readonly [string, string, string, string, string] | null; total: number; as_of: string }

/** Counts the rows of one noun by dimensions, with the filter and the scope of its lists. One statement an answer. */
export class RegisterFigures<D extends string, M extends string> {
  private readonly shapes = new LRUCache<string, Statement>({ max: SHAPES_MAX })
  private readonly runner: Runner

  constructor(db: Database, private readonly noun: NounModel, private readonly counting: Counting<D, M>) {
    this.runner = new Runner(db)
  }

  async count({ actor, lifetime }: Asker, asked: { groupBy: readonly (D | 'UNIT_CHILD')[]; filter?: unknown }): Promise<CountedRegister<D, M>> {
    const args = asked as unknown as Args
    if (asked.groupBy.includes('UNIT_CHILD') && unitOf(args)['within'] == null) throw badInput('filter.unit.within', 'required', 'UNIT_CHILD counts below a unit: name it in filter.unit.within.')
    const form = scopeForm(actor)
    const key = `${form.key} ${asked.groupBy.join()} ${shapeOf(args)}`
    let statement = this.shapes.get(key)
    if (!statement) this.shapes.set(key, (statement = statementOf(this.noun, this.counting, asked.groupBy, args, form)))
    const [totals, ...groups] = await this.runner.rows<Row>(statement, { actor, args: [args] }, lifetime) as [Row, ...Row[]]
    if (groups.length > FIGURE_GROUPS_MAX) throw exceeded('groups', 'groupBy', groups.length, FIGURE_GROUPS_MAX)
    return { groups: groups.map(row => ({ unit: unitIn(row), key: row as Partial<Record<D, string>>, figures: row as unknown as Record<M, number> })), totals: totals as unknown as Record<M, number>, asOf: totals.as_of }
  }
}

/** A dimension may be one of the columns that are counted, too. */
const nameOf = (dimension: string): string => `by_${dimension.toLowerCase()}`
const at = (call: Call): Args => call.args[0]!
const unitOf = (args: Args): Args => ((args['filter'] as FilterInput | null | undefined)?.['unit'] ?? {}) as Args

function unitIn({ unit }: Row): Unit | null {
  if (!unit) return null
  const [id, path, code, nameZh, kind] = unit
  return { __typename: 'Unit', id: globalId('unit', id), path, code, nameZh, kind } as unknown as Unit
}

function statementOf<D extends string, M extends string>(noun: NounModel, c: Counting<D, M>, groupBy: readonly (D | 'UNIT_CHILD')[], args: Args, form: ScopeForm): Statement {
  const p = new Parameters(form)
  const byChild = groupBy.includes('UNIT_CHILD')
  const dimensions = groupBy.filter((d): d is D => d !== 'UNIT_CHILD')
  const columns = [...(byChild ? ['part.number'] : []), ...dimensions.map(d => c.dimensions[d].then?.sql ?? `t.${nameOf(d)}`)]
  const names = [...(byChild ? ['part'] : []), ...dimensions.map(nameOf)]
  const measures = Object.entries<string>(c.measures).map(([name, sql]) => `${sql} AS "${name}"`)
  const rows = rowsOf(noun, c, dimensions, args, p)
  const then = [...new Map(dimensions.flatMap(d => { const own = c.dimensions[d].then; return own ? [[own.cte, own.join(`t.${nameOf(d)}`)] as const] : [] }))]
  const counted = `SELECT ${[...columns.map((sql, i) => `${sql} AS ${names[i]!}`), `${columns.length ? `grouping(${columns[0]!})` : '1'} AS total`, ...measures].join(', ')}
    FROM ${rows}${then.map(([, join]) => join).join('')}${columns.length ? ` GROUP BY GROUPING SETS ((${columns.join(', ')}), ())` : ''}`
  const told = dimensions.map(d => `c.${nameOf(d)} AS "${d}"`)
  const text = `WITH ${then.length ? 'RECURSIVE ' : ''}${[...then.map(([cte]) => cte), ...(byChild ? [partsCte(noun, p)] : []), `counted AS MATERIALIZED (${counted})`].join(', ')}
    SELECT ${[...told, ...Object.keys(c.measures).map(m => `c."${m}"`), 'c.total', `${byChild ? 'part.told' : 'NULL::json'} AS unit`, `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of`].join(', ')}
    FROM counted c${byChild ? ' LEFT JOIN part ON part.number = c.part' : ''}
    ORDER BY ${['c.total DESC', ...(byChild ? ['c.part'] : []), ...dimensions.map(d => placeOf(c.dimensions[d], `c.${nameOf(d)}`))].join(', ')} LIMIT ${FIGURE_GROUPS_MAX + 2}`
  return new Statement(text, p.binds, p.realms)
}

const placeOf = ({ values }: Dimension, name: string): string => (values ? `array_position(ARRAY[${values.map(v => `'${v}'`).join(', ')}], ${name})` : `${name} COLLATE "C"`)

/** The subtrees whose rows are counted, when these are not the viewer's scope: of a closed realm those over which they open it. */
const rootsOf = ({ noun: { realm } }: NounModel, p: Parameters): string | undefined => realm && opened(realm, p)

/** Whether the viewer's rows are counted at the unit with this path. */
function seen(noun: NounModel, p: Parameters): Seen {
  const roots = rootsOf(noun, p)
  return path => (roots ? `${path} ^@ ANY(${roots})` : inScope(path, p))
}

/** Units come first, and every OFFSET 0 keeps it so; see risk-point-aggregate.sql.ts. */
export function rowsOf<D extends string>(noun: NounModel, c: Counting<D, string>, dimensions: readonly D[], args: Args, p: Parameters): string {
  const filter = (args['filter'] ?? {}) as FilterInput
  const byChild = ((args['groupBy'] ?? []) as string[]).includes('UNIT_CHILD')
  const asked = byChild ? { ...filter, unit: { ...unitOf(args), within: null } } : filter
  const conditions = filterConditions({ noun, t: 't', path: () => 't_unit.path', seen: seen(noun, p), p, withinDrives: false }, asked, at)
  const { realmRows } = noun.noun
  const columns = [...c.columns, ...dimensions.map(d => `${c.dimensions[d].sql} AS ${nameOf(d)}`)]
  const joins = [typeof c.join === 'function' ? c.join(p) : c.join ?? '', ...new Set(dimensions.map(d => c.dimensions[d].join ?? ''))].join('')
  const which = ['t.unit_id = t_unit.id', ...(c.where ? [c.where] : []), ...(realmRows ? [seenByPerson(realmRows, 'true', { t: 't' }, p)] : []), ...conditions]
  const ofUnit = `(SELECT ${columns.join(', ')} FROM ${noun.noun.table} t${joins} WHERE ${which.join(' AND ')} OFFSET 0) t`
  // Who sees the named unit sees everything below it: scope and `within` hold by construction.
  if (byChild) return `part CROSS JOIN LATERAL (SELECT ${UNIT} FROM unit u WHERE u.path >= part.path AND u.path < part.below OFFSET 0) t_unit CROSS JOIN LATERAL ${ofUnit}`
  const within = unitOf(args)['within'] != null
  const units = within ? `(SELECT ${UNIT} FROM unit u WHERE ${withinUnit('u.path', namedUnit(p), p, true, seen(noun, p))} OFFSET 0) t_unit` : scopeRows('unit', UNIT, 't_unit', p, rootsOf(noun, p))
  return `${units} CROSS JOIN LATERAL ${ofUnit}`
}

const UNIT = 'u.id, u.path, u.division_code'
const namedUnit = (p: Parameters): string => p.add(call => rowIdOf('unit', unitOf(at(call))['within']), 'uuid')
const told = (t: string): string => `json_build_array(${t}.id, ${t}.path, ${t}.code, ${t}.name_zh, ${t}.kind)`

/** The named unit itself, by its own path alone, and each unit directly below it with all that is below. */
const partsCte = (noun: NounModel, p: Parameters): string => `
  root AS MATERIALIZED (SELECT w.id, w.path, w.code, w.name_zh, w.kind FROM unit w WHERE w.id = ${namedUnit(p)} AND ${seen(noun, p)('w.path')}),
  part AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY u.path)::integer AS number, u.path, u.below, u.told
    FROM (SELECT w.path, w.path || E'\\x01' AS below, ${told('w')} AS told FROM root w
      UNION ALL SELECT n.path, left(n.path, -1) || '0', ${told('n')} FROM root JOIN unit n ON n.parent_id = root.id) u)`
