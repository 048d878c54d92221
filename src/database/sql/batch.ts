import { selectColumns } from './columns'
import { cursorOf, orderBy } from './keyset'
import { nearColumn, type Key, type NounModel, type Reach } from './model'
import { pageOf } from './page'
import { countedSql, sourceOf, type Source, type Visit } from './source'
import { Parameters, Statement, type ScopeForm, type Site } from './statement'

/** A row as resolvers get it: fields under their names in the form that clients see, `_`-columns for the edges that start from it. */
export type Row = Readonly<Record<string, unknown>>
/** Columns that batches add: the near row's id, and the row's cursor in its list. */
export const NEAR = '_near'
export const CURSOR = '_cursor'
export const COUNT = '_count'

/** The statements of the resolvers; each answers one edge for all its near rows at once. */
export type BatchKind = 'rows' | 'count'

/** What is asked of the rows: fields (columns, and edges that start from them), and their cursors. */
export interface Wanted {
  readonly key: string
  readonly fields: ReadonlySet<string>
  readonly cursor: boolean
}

export function batchStatement(reach: Reach, site: Site, kind: BatchKind, form: ScopeForm, wanted?: Wanted): Statement {
  const p = new Parameters(form)
  const keys = p.add(call => call.keys, 'uuid[]')
  const near = `unnest(${keys}) WITH ORDINALITY near(key, n)`
  if (kind === 'count') {
    const counted = countedSql({ reach, near: 'near.key', t: 't', site }, p)
    return new Statement(`SELECT near.key AS "${NEAR}", (SELECT count(*)::int ${counted}) AS "${COUNT}" FROM ${near}`, p.binds, p.realms)
  }
  const rows = farRows({ reach, near: 'near.key', t: 't', site }, p, wanted)
  const order = orderBy(rows.keys, (_, i) => `far."_key${i}"`, site.args['last'] != null)
  return new Statement(`SELECT near.key AS "${NEAR}", far.* FROM ${near} CROSS JOIN LATERAL (${rows.sql}) far ORDER BY near.n${order && `, ${order}`}`, p.binds, p.realms)
}

/** The statements of root fields: one row, a page, a count. */
export function rootStatement(reach: Reach, site: Site, kind: BatchKind, form: ScopeForm, wanted?: Wanted): Statement {
  const p = new Parameters(form)
  const visit = { reach, near: '', t: 't', site }
  if (kind === 'rows') return new Statement(farRows(visit, p, wanted).sql, p.binds, p.realms)
  return new Statement(`SELECT count(*)::int AS "${COUNT}" ${sourceOf(visit, p).sql()}`, p.binds, p.realms)
}

function farRows(visit: Visit, p: Parameters, wanted?: Wanted): { sql: string; keys: readonly Key[] } {
  const { reach } = visit
  if (reach.card === 'connection') {
    const page = pageOf(visit, p, 1)
    const cursor = !wanted || wanted.cursor ? [`${cursorOf(reach.to, page.keys, k => `t.${k.column}`)} AS "${CURSOR}"`] : []
    return { sql: `SELECT ${[...rowColumns(page.source, page.keys, wanted), ...cursor].join(', ')} ${page.sql()}`, keys: page.keys }
  }
  const source = sourceOf(visit, p)
  const order = reach.order.length ? ` ORDER BY ${orderBy(reach.order, k => `t.${k.column}`)}` : ''
  return { sql: `SELECT ${rowColumns(source, reach.order, wanted).join(', ')} ${source.sql()}${order} LIMIT ${reach.max}`, keys: reach.order }
}

function rowColumns(source: Source, keys: readonly Key[], wanted?: Wanted): string[] {
  const near = nearColumns(source.noun, wanted).map(c => `${source.t}.${c} AS "${nearField(c)}"`)
  const order = keys.map((k, i) => `${source.t}.${k.column} AS "_key${i}"`)
  return [...selectColumns(source, wanted?.fields), ...near, ...order]
}

/** Columns that the noun's edges start from. */
const nearColumns = (noun: NounModel, wanted?: Wanted): string[] =>
  [...new Set(['id', ...[...noun.edges].filter(([name]) => !wanted || wanted.fields.has(name)).map(([, e]) => nearColumn(e.reach)!)])].sort()

/** Where a row keeps such a column. */
export const nearField = (column: string): string => `_${column}`
