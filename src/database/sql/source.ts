import type { Role } from '../../core/actor'
import type { RealmRows } from '../../core/reads'
import type { Side } from '../../core/states'
import { rowIdOf } from '../../core/ids'
import { filterConditions, type FilterInput } from './filter'
import { bounded, keysOf, orderBy, pageSize } from './keyset'
import { checkedText } from './limits'
import { STEP, type Key, type NounModel, type Reach } from './model'
import { aboutSql, aboveScope, holdsOn, inScope, opensOn, rolePaths, scopeRows, type Seen } from './scope'
import { literal, type Call, type Args, type Parameters, type Site } from './statement'

/** A reach where it stands in a statement: seen from the near row's key (empty for root fields), under an alias, with its arguments. */
export interface Visit {
  readonly reach: Reach
  readonly near: string
  readonly t: string
  readonly site: Site
}
const argsOf = ({ site }: Visit) => (call: Call): Args => call.args[site.index]!

/** The rows of a noun under one alias: FROM and WHERE grow together, so that relation, scope and filter never part. */
export class Source {
  readonly where: string[] = []
  private readonly joins: string[] = []
  private readonly units: string[] = []

  /** `joined`: the column whose unit already stands in `from`. */
  constructor(readonly noun: NounModel, readonly t: string, private readonly from: string, readonly p: Parameters, private readonly joined?: string) {}

  join(sql: string): void {
    this.joins.push(sql)
  }

  /** The path of the unit that decides who sees the row. */
  path(): string {
    const { scope, type } = this.noun.noun
    if (scope.by === 'public') throw new Error(`${type} belongs to no unit.`)
    if (scope.by === 'own') return `${this.t}.path`
    if (scope.by === 'whole') return WHOLE
    return scope.orWhole ? `coalesce(${this.pathAt(scope.column)}, ${WHOLE})` : this.pathAt(scope.column)
  }

  /** The path of the unit that the row names in this column; the unit is joined when something asks for it. */
  pathAt(column: string): string {
    if (column !== this.joined && !this.units.includes(column)) this.units.push(column)
    return `${this.t}_${column}.path`
  }

  /** Call it last: what else is selected may join the unit. */
  sql(): string {
    const { scope } = this.noun.noun
    const units = this.units.map(c => `${scope.by === 'unit' && scope.orWhole && scope.column === c ? 'LEFT ' : ''}JOIN unit ${this.t}_${c} ON ${this.t}_${c}.id = ${this.t}.${c}`)
    return `FROM ${[this.from, ...units, ...this.joins].join(' ')} WHERE ${this.where.join(' AND ') || 'true'}`
  }
}

/** Path of the whole territory, when it is one. */
const WHOLE = `(SELECT CASE WHEN count(*) = 1 THEN min(w.path) ELSE '/' END FROM unit w WHERE w.parent_id IS NULL)`

/**
 * What drives a list's plan; exactly one thing may. Everything else is written so that it can only filter.
 * `unit`: the filter names the unit itself.
 */
type Driver = 'relation' | 'unit' | 'within' | 'scope' | 'order'

function driverOf({ relation, to }: Reach, args: Args, p: Parameters): Driver {
  if (relation.kind !== 'all') return 'relation'
  const asked = Object.entries((args['filter'] ?? {}) as FilterInput).find(([name, v]) => v != null && to.filters.get(name)?.within)
  const unit = (asked?.[1] ?? {}) as Args
  if (unit['eq'] != null || unit['in'] != null) return 'unit'
  if (unit['within'] != null) return 'within'
  return p.form.wide || to.noun.scope.by === 'public' || to.noun.realm || wholeOf(to) || bindsBelow(to) ? 'order' : 'scope'
}

const rolesOf = ({ noun: { scope } }: NounModel): readonly Role[] | undefined => (scope.by === 'unit' || scope.by === 'whole' ? scope.roles : undefined)

const wholeOf = ({ noun: { scope } }: NounModel): boolean => scope.by === 'whole' || (scope.by === 'unit' && scope.orWhole === true)

const alsoAt = ({ noun: { scope } }: NounModel): readonly Side[] => (scope.by === 'unit' ? scope.alsoAt ?? [] : [])

const bindsBelow = ({ noun: { scope } }: NounModel): string | undefined => (scope.by === 'unit' ? scope.bindsBelow : undefined)

function seen(noun: NounModel, p: Parameters): Seen {
  const [{ realm }, roles] = [noun.noun, rolesOf(noun)]
  if (realm) return path => opensOn(path, realm, p)
  return path => (roles ? holdsOn(path, roles, p) : inScope(path, p))
}

/** May the actor see this row: by its unit, by another one that it names, or because it binds everything below its unit. */
function seenRow(noun: NounModel, source: Source, p: Parameters): string {
  const [may, binding, { t }] = [seen(noun, p), bindsBelow(noun), source]
  const ways = [may(source.path()), ...alsoAt(noun).map(side => seenAt(side, t, may)), ...(binding === undefined ? [] : [`${t}.${binding} AND ${aboveScope(source.path(), p)}`])]
  const seenBy = ways.length === 1 ? ways[0]! : `(${ways.join(' OR ')})`
  return noun.noun.realmRows ? seenByPerson(noun.noun.realmRows, seenBy, source, p) : seenBy
}

/** Of a realm: who is named as a reader sees the row, too; whom it is about does not. */
export function seenByPerson({ readers, notAbout }: RealmRows, byUnit: string, { t }: Pick<Source, 't'>, p: Parameters): string {
  const about = notAbout && aboutSql(notAbout, t, p.once('person', ({ actor }) => actor.personId, 'uuid'))
  const opened = about ? `${byUnit} AND NOT ${about.unit}` : byUnit
  const seenBy = readers === undefined ? opened : `(${opened} OR ${p.once('me', ({ actor }) => actor.ref, 'text')} = ANY(${t}.${readers}))`
  return about ? `${seenBy} AND NOT ${about.person}` : seenBy
}

/** OFFSET 0: looked up for the row at hand, never the whole table of links ahead. */
function seenAt(side: Side, t: string, may: Seen): string {
  if ('column' in side) return `EXISTS (SELECT FROM unit s WHERE s.id = ${t}.${side.column} AND ${may('s.path')})`
  const { table, near, far } = side.via
  return `EXISTS (SELECT FROM ${table} l JOIN unit s ON s.id = l.${far} WHERE l.${near} = ${t}.id AND ${may('s.path')} OFFSET 0)`
}

/** The rows behind a reach. */
export function sourceOf(visit: Visit, p: Parameters): Source {
  const { reach, t, site } = visit
  const driver = driverOf(reach, site.args, p)
  const source = driver === 'scope' ? subtrees(visit, p) : related(visit, p)
  for (const [column, value] of reach.where) source.where.push(`${t}.${column} = ${literal(value)}`)
  if (driver !== 'scope' && !reach.sameScope && reach.to.noun.scope.by !== 'public') source.where.push(seenRow(reach.to, source, p))
  const filtered = { noun: reach.to, t, path: () => source.path(), seen: seen(reach.to, p), p, withinDrives: driver === 'within' }
  source.where.push(...filterConditions(filtered, site.args['filter'] as FilterInput | null, argsOf(visit)))
  return source
}

/** All rows of a noun in the actor's subtrees. */
function subtrees({ reach: { to }, t }: Visit, p: Parameters): Source {
  const { table, scope } = to.noun
  if (scope.by !== 'unit') return new Source(to, t, scopeRows(table, 'u.*', t, p), p)
  const [unit, roles] = [`${t}_${scope.column}`, rolesOf(to)]
  const roots = roles && rolePaths(roles, p)
  if (!scope.alsoAt) return new Source(to, t, `${scopeRows('unit', 'u.id, u.path', unit, p, roots)} JOIN ${table} ${t} ON ${t}.${scope.column} = ${unit}.id`, p, scope.column)
  const units = scopeRows('unit', 'u.id', 'u', p, roots)
  const ids = [{ column: scope.column }, ...scope.alsoAt].map(side => ('column' in side
    ? `SELECT r.id FROM ${units} JOIN ${table} r ON r.${side.column} = u.id` : `SELECT l.${side.via.near} FROM ${units} JOIN ${side.via.table} l ON l.${side.via.far} = u.id`))
  return new Source(to, t, `(${ids.join(' UNION ')}) ${t}_seen JOIN ${table} ${t} ON ${t}.id = ${t}_seen.id`, p)
}

/** FROM and WHERE of a count: where nothing is asked of the far rows, the links to them are as many. */
export function countedSql(visit: Visit, p: Parameters): string {
  const { reach: { relation, sameScope, where }, near, t, site } = visit
  if (relation.kind !== 'via' || !sameScope || where.length || site.args['filter'] != null) return sourceOf(visit, p).sql()
  return `FROM ${relation.via.table} ${t}_via WHERE ${t}_via.${relation.via.near} = ${near}`
}

/** The relation alone: which rows belong to the near row. */
function related(visit: Visit, p: Parameters): Source {
  const { reach: { relation, to, nearRealm }, near, t } = visit
  if (nearRealm && relation.kind === 'via') p.realms.add(nearRealm)
  const at = argsOf(visit)
  const { table, prefix } = to.noun
  const source = new Source(to, t, relation.kind === 'walk' ? `(${walk(table, relation, near)}) ${t}` : `${table} ${t}`, p)
  switch (relation.kind) {
    case 'all': case 'walk': break
    case 'id': source.where.push(`${t}.id = ${p.add(call => rowIdOf(prefix, at(call)['id']), 'uuid')}`); break
    case 'column': {
      const value = p.add(call => checkedText(String(at(call)[relation.argument]), relation.argument), 'text')
      source.where.push(`${t}.${relation.column} = ${value}`)
      break
    }
    case 'up': source.where.push(`${t}.id = ${near}`); break
    case 'down': source.where.push(`${t}.${relation.by} = ${near}`); break
    case 'via':
      source.join(`JOIN ${relation.via.table} ${t}_via ON ${t}_via.${relation.via.far} = ${t}.id`)
      source.where.push(`${t}_via.${relation.via.near} = ${near}`)
  }
  return source
}

/** The chain along a column, `max` steps at most: a ring in the data ends, too. */
const walk = (table: string, { column, max }: { column: string; max: number }, near: string): string =>
  `WITH RECURSIVE w AS (SELECT s.*, 1 AS ${STEP} FROM ${table} s WHERE s.id = ${near}` +
  ` UNION ALL SELECT s.*, w.${STEP} + 1 FROM w JOIN ${table} s ON s.id = w.${column} WHERE w.${STEP} < ${max}) SELECT * FROM w`

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
  const source = sourceOf(visit, p)
  const keys = keysOf(reach.to, site.args)
  const drives = driverOf(reach, site.args, p) === 'order'
  for (const argument of ['after', 'before'] as const) {
    if (site.args[argument] != null) source.where.push(bounded({ t, keys, noun: reach.to, argument, at, drives }, p))
  }
  const limit = p.add(call => pageSize(at(call), reach.max) + ahead, 'integer')
  const order = orderBy(keys, k => `${t}.${k.column}`, site.args['last'] != null)
  return { source, keys, sql: () => `${source.sql()} ORDER BY ${order} LIMIT ${limit}` }
}
