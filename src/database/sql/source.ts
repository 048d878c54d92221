import type { Role } from '../../core/actor'
import type { RealmRows } from '../../core/reads'
import type { Side } from '../../core/states'
import { rowIdOf } from '../../core/ids'
import { filterConditions, type FilterInput } from './filter'
import { checkedText } from './limits'
import { STEP, type NounModel, type Reach } from './model'
import { aboutSql, aboveScope, holdsOn, inScope, opened, opensOn, rolePaths, scopeRows, type Seen } from './scope'
import { literal, type Args, type Breadth, type Call, type Parameters, type Site } from './statement'

/** A reach where it stands in a statement: seen from the near row's key (empty for root fields), under an alias, with its arguments. */
export interface Visit {
  readonly reach: Reach
  readonly near: string
  readonly t: string
  readonly site: Site
}
export const argsOf = ({ site }: Visit) => (call: Call): Args => call.args[site.index]!

/** The rows of a noun under one alias: FROM and WHERE grow together, so that relation, scope and filter never part. */
export class Source {
  readonly where: string[] = []
  private readonly joins: string[] = []
  private readonly units: string[] = []
  /** Rows are met unit by unit, in the order of an index, or are few: units are looked up, since PostgreSQL would rather read all, or those of the scope first. */
  looksUp = false

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
  sql(...also: string[]): string {
    const { scope } = this.noun.noun
    const units = this.units.map(c => {
      const [left, unit, id] = [scope.by === 'unit' && scope.orWhole && scope.column === c ? 'LEFT ' : '', `${this.t}_${c}`, `${this.t}.${c}`]
      return this.looksUp ? `${left}JOIN LATERAL (SELECT s.path FROM unit s WHERE s.id = ${id} OFFSET 0) ${unit} ON true` : `${left}JOIN unit ${unit} ON ${unit}.id = ${id}`
    })
    return `FROM ${[this.from, ...units, ...this.joins].join(' ')} WHERE ${[...also, ...this.where].join(' AND ') || 'true'}`
  }
}

/** Path of the whole territory, when it is one. */
const WHOLE = `(SELECT CASE WHEN count(*) = 1 THEN min(w.path) ELSE '/' END FROM unit w WHERE w.parent_id IS NULL)`

/**
 * What drives a list's plan; exactly one thing may. Everything else is written so that it can only filter.
 * `unit`: the filter names the unit itself.
 */
export type Driver = 'relation' | 'unit' | 'within' | 'scope' | 'order'

export function driverOf({ relation, to }: Reach, args: Args, p: Parameters): Driver {
  if (relation.kind !== 'all') return 'relation'
  const asked = Object.entries((args['filter'] ?? {}) as FilterInput).find(([name, v]) => v != null && to.filters.get(name)?.within)
  const unit = (asked?.[1] ?? {}) as Args
  if (unit['eq'] != null || unit['in'] != null) return 'unit'
  if (unit['within'] != null) return 'within'
  return to.noun.scope.by === 'public' || wholeOf(to) || bindsBelow(to) || unreadable(to) || breadthOf(to, p) !== 'narrow' ? 'order' : 'scope'
}

/** Rows that single people read, of which nothing tells which. */
export const unreadable = ({ noun: { realmRows } }: NounModel): boolean => realmRows?.readers !== undefined && realmRows.readBy === undefined

/** How much of everything the actor's subtrees hold that decide who sees these rows. */
export function breadthOf(noun: NounModel, { form }: Parameters): Breadth {
  const [{ realm }, roles] = [noun.noun, rolesOf(noun)]
  return realm ? form.ofRealm(realm) : roles ? form.ofRoles(roles) : form.scope
}

const rolesOf = ({ noun: { scope } }: NounModel): readonly Role[] | undefined => (scope.by === 'unit' || scope.by === 'whole' ? scope.roles : undefined)

export const wholeOf = ({ noun: { scope } }: NounModel): boolean => scope.by === 'whole' || (scope.by === 'unit' && scope.orWhole === true)

/** The units that a row of a unit names and that make it seen, its own first. */
export const sidesOf = (noun: NounModel): readonly Side[] => (noun.noun.scope.by === 'unit' ? [{ column: noun.noun.scope.column }, ...alsoAt(noun)] : [])

const alsoAt = ({ noun: { scope } }: NounModel): readonly Side[] => (scope.by === 'unit' ? scope.alsoAt ?? [] : [])

export const bindsBelow = ({ noun: { scope } }: NounModel): string | undefined => (scope.by === 'unit' ? scope.bindsBelow : undefined)

export function seen(noun: NounModel, p: Parameters): Seen {
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
  const seenBy = readers === undefined ? opened : `(${opened} OR ${readerOf(p)} = ANY(${t}.${readers}))`
  return about ? `${seenBy} AND NOT ${about.person}` : seenBy
}

export const readerOf = (p: Parameters): string => p.once('me', ({ actor }) => actor.ref, 'text')

/** OFFSET 0: looked up for the row at hand, never the whole table of links ahead. */
function seenAt(side: Side, t: string, may: Seen): string {
  if ('column' in side) return `EXISTS (SELECT FROM unit s WHERE s.id = ${t}.${side.column} AND ${may('s.path')} OFFSET 0)`
  const { table, near, far } = side.via
  return `EXISTS (SELECT FROM ${table} l JOIN unit s ON s.id = l.${far} WHERE l.${near} = ${t}.id AND ${may('s.path')} OFFSET 0)`
}

/** The rows behind a reach. */
export function sourceOf(visit: Visit, p: Parameters): Source {
  const driver = driverOf(visit.reach, visit.site.args, p)
  const source = driver === 'scope' ? subtrees(visit, p) : related(visit, p)
  source.looksUp = driver === 'scope'
  return narrowed(source, visit, p, driver)
}

/** The rows that are seen and asked for. Those of a realm are asked for one by one, whatever drives: some are about the viewer. */
export function narrowed(source: Source, visit: Visit, p: Parameters, driver: Driver): Source {
  const { reach, t, site } = visit
  for (const [column, value] of reach.where) source.where.push(`${t}.${column} = ${literal(value)}`)
  if (!reach.sameScope && reach.to.noun.scope.by !== 'public') {
    if (driver !== 'scope') source.where.push(seenRow(reach.to, source, p))
    // CASE: asked at last, and no guess how few it leaves.
    else if (reach.to.noun.realm) source.where.push(`CASE WHEN ${seenRow(reach.to, source, p)} THEN true ELSE false END`)
  }
  const filtered = { noun: reach.to, t, path: () => source.path(), seen: seen(reach.to, p), p, withinDrives: driver === 'within' }
  source.where.push(...filterConditions(filtered, site.args['filter'] as FilterInput | null, argsOf(visit)))
  return source
}

/** Which subtrees drive, when they are not the scope. */
export function rootsOf(noun: NounModel, p: Parameters): string | undefined {
  const [{ realm }, roles] = [noun.noun, rolesOf(noun)]
  return realm ? opened(realm, p) : roles && rolePaths(roles, p)
}

/** Looked up for the row at hand; OFFSET 0: never the whole table ahead. */
export const lookedUp = (columns: string, table: string, t: string, condition: string): string => `CROSS JOIN LATERAL (SELECT ${columns} FROM ${table} ${t} WHERE ${condition} OFFSET 0) ${t}`

/** All rows of a noun in the actor's subtrees. */
function subtrees({ reach: { to }, t }: Visit, p: Parameters): Source {
  const { table, scope, realmRows } = to.noun
  const roots = rootsOf(to, p)
  if (scope.by !== 'unit') return new Source(to, t, scopeRows(table, 'u.*', t, p, roots), p)
  const unit = `${t}_${scope.column}`
  if (!scope.alsoAt && !realmRows?.readBy) {
    return new Source(to, t, `${scopeRows('unit', 'u.id, u.path', unit, p, roots)} ${lookedUp('*', table, t, `${t}.${scope.column} = ${unit}.id`)}`, p, scope.column)
  }
  const units = scopeRows('unit', 'u.id', 'u', p, roots)
  const ids = sidesOf(to).map(side => ('column' in side
    ? `SELECT r.id FROM ${units} ${lookedUp('r.id', table, 'r', `r.${side.column} = u.id`)}`
    : `SELECT l.${side.via.near} FROM ${units} ${lookedUp(`l.${side.via.near}`, side.via.table, 'l', `l.${side.via.far} = u.id`)}`))
  if (realmRows?.readBy) ids.push(`SELECT ${realmRows.readBy}(${readerOf(p)})`)
  return new Source(to, t, `(${ids.join(' UNION ')}) ${t}_seen ${lookedUp('*', table, t, `${t}.id = ${t}_seen.id`)}`, p)
}

/** FROM and WHERE of a count: where nothing is asked of the far rows, the links to them are as many. */
export function countedSql(visit: Visit, p: Parameters): string {
  const { reach: { relation, sameScope, where }, near, t, site } = visit
  if (relation.kind !== 'via' || !sameScope || where.length || site.args['filter'] != null) return sourceOf(visit, p).sql()
  return `FROM ${relation.via.table} ${t}_via WHERE ${t}_via.${relation.via.near} = ${near}`
}

/** The relation alone: which rows belong to the near row. */
export function related(visit: Visit, p: Parameters): Source {
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
