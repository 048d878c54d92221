import { realmPaths, type ClosedRealm } from '../core/actor'
import { orderBy, pageSize, Parameters, reach, sourceOf, Statement, type Args, type NounModel, type ScopeForm } from '../database/sql'

/** By what rows of a register are put into groups. */
export interface GroupDimension {
  /** What the rows (`r`) are joined with: one row for each value, none twice. */
  readonly join?: string
  readonly value: string
}
/** Whole numbers summed over the rows (`r`) of a group: SQL of the number for one row. `realm`: only where the viewer opens it, else null. */
export interface Measure {
  readonly sql: string
  readonly realm?: ClosedRealm
}

export interface CountedDeclaration<D extends string = string, M extends string = string> {
  readonly dimensions: Readonly<Record<D, GroupDimension>>
  readonly measures: Readonly<Record<M, Measure>>
  /** Rows that are not counted at all. */
  readonly where?: string
}

export const GROUPS_MAX = 2_000
export const GROUPS_DEFAULT = 100
export const groupsOf = (args: Args): number => pageSize({ first: args['first'] ?? GROUPS_DEFAULT }, GROUPS_MAX)

/** A row of the answer: totals first, then the groups, largest first. Values stand under `d0`, `d1` … in the order of `groupBy`. */
export type CountedRow = { readonly groups: number; readonly as_of: string; readonly n: number } & Readonly<Record<string, string | number | null>>

/**
 * Counts the rows of a noun that a list with the same filter would show. Scope, filter and their one driver are those of lists; the text
 * depends on the shape of the arguments, never on their values.
 */
export function groupedCount(noun: NounModel, { dimensions, measures, where }: CountedDeclaration, args: Args, form: ScopeForm): Statement {
  const p = new Parameters(form)
  const asked = args['groupBy'] as readonly string[]
  const source = sourceOf({ reach: reach(`Query.${noun.noun.type}Aggregate`, 'connection', noun, { kind: 'all' }), near: '', t: 't', site: { index: 0, args } }, p)
  if (where) source.where.push(where)
  const rows = `SELECT t.*, ${source.path()} AS path_of_row ${source.sql()}`
  const sums = Object.entries(measures).map(([name, m]) => `${summed(m, p)} AS ${name}`)
  const keys = asked.map((d, i) => `${dimensions[d]!.value} AS d${i}`)
  const joins = asked.flatMap(d => dimensions[d]!.join ?? []).join(' ')
  const names = ['n', ...Object.keys(measures)]
  const counted = `SELECT ${[...keys, 'count(*)::integer AS n', ...sums].join(', ')} FROM rows r ${joins}${asked.length ? ` GROUP BY ${asked.map((_, i) => i + 1).join(', ')}` : ''}`
  const totals = `SELECT ${['(SELECT count(*)::integer FROM counted) AS groups', `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of`, ...asked.map((_, i) => `NULL::text AS d${i}`), 'count(*)::integer AS n', ...sums].join(', ')} FROM rows r`
  if (!asked.length) return new Statement(`WITH rows AS MATERIALIZED (${rows}), counted AS (SELECT) ${totals}`, p.binds, p.realms)
  const limit = p.add(call => groupsOf(call.args[0]!), 'integer')
  const order = orderBy([{ column: 'n', type: 'int', desc: true }], k => `c.${k.column}`, false)
  const page = `SELECT NULL::integer, NULL::text, ${[...asked.map((_, i) => `c.d${i}::text`), ...names.map(n => `c.${n}`)].join(', ')} FROM counted c ORDER BY ${[order, ...asked.map((_, i) => `c.d${i}`)].join(', ')} LIMIT ${limit}`
  return new Statement(`WITH rows AS MATERIALIZED (${rows}), counted AS MATERIALIZED (${counted}) ${totals} UNION ALL (${page})`, p.binds, p.realms)
}

function summed({ sql, realm }: Measure, p: Parameters): string {
  const sum = `coalesce(sum(${sql}), 0)::integer`
  if (!realm) return sum
  const paths = p.once(`opened:${realm}`, ({ actor }) => realmPaths(actor, realm), 'text[]')
  return `CASE WHEN cardinality(${paths}) > 0 AND bool_and(r.path_of_row ^@ ANY(${paths})) THEN ${sum} END`
}
