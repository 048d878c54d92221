import { filterConditions, type FilterInput } from './filter'
import { bounded, keysOf, orderBy, pageSize } from './keyset'
import type { IndexColumn, Key, NounModel } from './model'
import { scopeRows } from './scope'
import { argsOf, bindsBelow, breadthOf, driverOf, lookedUp, narrowed, readerOf, related, rootsOf, seen, sidesOf, Source, sourceOf, unreadable, wholeOf, type Driver, type Visit } from './source'
import type { Args, Parameters } from './statement'

export interface Page {
  readonly source: Source
  readonly keys: readonly Key[]
  /** FROM … LIMIT of the page and, when `ahead` is 1, of the row after it. Call it last. */
  sql(): string
}

/** A connection's page. `last` reads the list backwards; who asked turns the rows round again. */
export function pageOf(visit: Visit, p: Parameters, ahead: 0 | 1): Page {
  const { reach, t, site } = visit
  const at = argsOf(visit)
  const [keys, backwards] = [keysOf(reach.to, site.args), site.args['last'] != null]
  const driver = driverOf(reach, site.args, p)
  const starts = startsByUnit(visit, keys, driver, p)
  const source = starts ? narrowed(related(visit, p), withoutFilter(visit), p, 'scope') : sourceOf(visit, p)
  const ordered = starts !== null || driver === 'order'
  source.looksUp ||= starts !== null || (ordered && reach.to.indexes.some(([first]) => first!.column === keys[0]!.column))
  for (const argument of ['after', 'before'] as const) {
    if (site.args[argument] != null) source.where.push(bounded({ t, keys, noun: reach.to, argument, at, drives: ordered }, p))
  }
  const limit = p.add(call => pageSize(at(call), reach.max) + ahead, 'integer')
  const order = orderBy(keys, k => `${t}.${k.column}`, backwards)
  const rows = starts ? new Source(reach.to, t, unitByUnit(source, starts, { keys, backwards, limit }, p), p) : source
  return { source: rows, keys, sql: () => `${rows.sql()} ORDER BY ${order} LIMIT ${limit}` }
}

const withoutFilter = (visit: Visit): Visit => ({ ...visit, site: { ...visit.site, args: { ...visit.site.args, filter: null } } })

/** Where the pages of units come from: an index into the order for each way in which a unit makes rows seen. */
interface Starts {
  /** FROM of the units, as `u`. */
  readonly units: string
  readonly columns: readonly IndexColumn[]
  /** What tells the rows that the viewer reads besides. */
  readonly readBy: string | undefined
}

/**
 * A page can be made from the first rows of each unit, of the scope or below the named one, where nothing else is filtered and indexes lead from
 * the units into the order. What is looked at then depends on the number of units alone, whoever came to the platform first and whatever the
 * statistics say. Over the whole of a territory the order's own index is shorter.
 */
function startsByUnit(visit: Visit, keys: readonly Key[], driver: Driver, p: Parameters): Starts | null {
  const { reach: { to }, site: { args } } = visit
  const filter = args['filter'] as FilterInput | null | undefined
  const asked = Object.values(filter ?? {}).flatMap(operators => Object.values((operators ?? {}) as Args)).filter(value => value != null)
  const below = driver === 'within' && asked.length === 1
  const all = (driver === 'scope' || driver === 'order') && !asked.length && !unreadable(to) && breadthOf(to, p) !== 'whole'
  if (!below && !all || to.noun.scope.by !== 'unit' || wholeOf(to) || bindsBelow(to)) return null
  const sides = below ? sidesOf(to).slice(0, 1) : sidesOf(to)
  const columns = sides.flatMap(side => ('column' in side ? startOf(to.indexes, side.column, keys) ?? [] : []))
  if (columns.length < sides.length) return null
  if (all) return { columns, units: scopeRows('unit', 'u.id', 'u', p, rootsOf(to, p)), readBy: to.noun.realmRows?.readBy }
  const named = filterConditions({ noun: to, t: 'u', path: () => 'u.path', seen: seen(to, p), p, withinDrives: true }, filter, argsOf(visit))
  return { columns, units: `(SELECT u.id FROM unit u WHERE ${named.join(' AND ')} OFFSET 0) u`, readBy: undefined }
}

/** The first column of an index that goes on in this order, in the direction in which it does. */
function startOf(indexes: NounModel['indexes'], column: string, keys: readonly Key[]): IndexColumn | undefined {
  for (const [first, ...rest] of indexes) {
    const turned = keys[0]!.desc !== rest[0]?.desc
    if (first!.column === column && keys.every((k, i) => k.column === rest[i]?.column && k.desc !== rest[i].desc === turned)) return { column, desc: first!.desc !== turned }
  }
  return undefined
}

interface Order {
  readonly keys: readonly Key[]
  readonly backwards: boolean
  readonly limit: string
}

/**
 * Only units whose own first row is among the first can have a part in the page: a row is looked up for each unit, a page for those. Being of
 * a unit is written as a range and the unit as the first key of the order, so that no other index can give it: where statistics call one unit
 * as good as another, PostgreSQL would walk all rows in their order to find those of a unit that has none.
 */
function unitByUnit(rows: Source, { units, columns, readBy }: Starts, { keys, backwards, limit }: Order, p: Parameters): string {
  const { noun, t } = rows
  const order = (of: string, limit: string, first: readonly IndexColumn[] = []): string => `ORDER BY ${orderBy([...first, ...keys], k => `${of}.${k.column}`, backwards)} LIMIT ${limit}`
  const pages = columns.map(start => {
    const ofUnit = (limit: string): string =>
      `(SELECT ${keys.map(k => `${t}.${k.column}`).join(', ')} ${rows.sql(`${t}.${start.column} >= u.id`, `${t}.${start.column} <= u.id`)} ${order(t, limit, [start])})`
    const first = `SELECT u.id FROM ${units} CROSS JOIN LATERAL ${ofUnit('1')} first ${order('first', limit)}`
    return `(SELECT ${t}.id FROM (${first}) u CROSS JOIN LATERAL ${ofUnit(limit)} ${t} ${order(t, limit)})`
  })
  if (readBy) pages.push(`(SELECT ${t}.id ${rows.sql(`${t}.id = ANY(ARRAY(SELECT ${readBy}(${readerOf(p)})))`)} ${order(t, limit)})`)
  return `(${pages.join(' UNION ')}) ${t}_page ${lookedUp('*', noun.noun.table, t, `${t}.id = ${t}_page.id`)}`
}
