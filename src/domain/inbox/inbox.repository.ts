import { opens, outermost, type Actor, type ClosedRealm, CLOSED_REALMS } from '../../core/actor'
import type { Database } from '../../database/database'
import type { Lifetime } from '../../core/request'

/** What of an inbox is asked for. Days are calendar days; `dueBefore` does not count itself. */
export interface InboxQuery {
  readonly kind?: 'WAITING' | 'RETURNED' | null
  readonly subjectType?: string | null
  readonly dueFrom?: string | null
  readonly dueBefore?: string | null
  /** Path of the unit inside which items lie. */
  readonly within?: string | null
}
export interface InboxPage extends InboxQuery {
  readonly order: 'due_key' | 'since'
  readonly descending: boolean
  readonly after: readonly [key: string, subjectId: string] | null
  readonly limit: number
}

/** A place in the order of a page. */
export interface Place { readonly subject_id: string; readonly key: string }
export interface ItemRow {
  subject_id: string
  subject_type: string
  state: string
  kind: 'WAITING' | 'RETURNED'
  due_key: string
  since: string
  unit_id: string
  commands: string[]
}
export interface InboxCounts { subject_type: string; total: number; returned: number; overdue: number; due_soon: number }

interface Desks { readonly roles: string[]; readonly paths: string[]; readonly wide: boolean[]; readonly realms: string[] }

/**
 * Each role with each subtree over which the actor holds it: an item is theirs where its own role is held on its own unit. Over a good part of
 * all units the order of the list is walked; everybody else comes by their units.
 */
function desksOf(actor: Actor, within: string | null | undefined): Desks {
  const desks: Desks = { roles: [], paths: [], wide: [], realms: [] }
  for (const role of new Set(actor.roles.map(r => r.role))) {
    for (const held of outermost(actor.roles.filter(r => r.role === role).map(r => r.path))) {
      const path = within == null || held.startsWith(within) ? held : within.startsWith(held) ? within : null
      if (path === null) continue
      desks.roles.push(role)
      desks.paths.push(path)
      desks.wide.push(actor.wide.includes(path))
      desks.realms.push(CLOSED_REALMS.filter((realm: ClosedRealm) => opens(actor, realm, path)).join())
    }
  }
  return desks
}

/** Parameters of every statement: $1–$4 where which role is held, $5 who asks, $6 the day. */
const given = (actor: Actor, desks: Desks, day: string): unknown[] => [desks.roles, desks.paths, desks.wide, desks.realms, [actor.ref, actor.personId ?? ''], day]
const DESKS = 'unnest($1::text[], $2::text[], $3::boolean[], $4::text[]) AS g(role, path, wide, realms)'
/** Open on that day, in no realm that is closed to who asks, and not kept from them by four eyes. */
const OPEN = `(i.opens_on IS NULL OR i.opens_on <= $6::date) AND (i.realm IS NULL OR i.realm = ANY(string_to_array(g.realms, ','))) AND NOT (($5::text[])[1] = ANY(i.excluded))`

/** Below the subtree, as what can only filter: PostgreSQL would rather read every unit than walk items in their order. To count, it may. */
const WALKED = 'starts_with((SELECT u.path FROM unit u WHERE u.id = i.unit_id), g.path)'

/** Items that a role on a subtree is asked for, in three ways: by the order or by units, of which one finds nothing, and by name. */
function asked(columns: string, where: string, tail: string): string {
  const mine = `i.role = g.role AND ${OPEN}${where}`
  const inside = tail ? WALKED : 'i.unit_id IN (SELECT u.id FROM unit u WHERE starts_with(u.path, g.path))'
  return `(SELECT ${columns} FROM inbox_item i WHERE g.wide AND i.person_id IS NULL AND ${mine} AND ${inside} ${tail})
    UNION ALL (SELECT ${columns} FROM (SELECT u.id FROM unit u WHERE NOT g.wide AND u.path >= g.path AND u.path < left(g.path, -1) || '0' OFFSET 0) u
      JOIN inbox_item i ON i.unit_id = u.id WHERE i.person_id IS NULL AND ${mine} ${tail})
    UNION ALL (SELECT ${columns} FROM inbox_item i WHERE i.person_id = nullif(($5::text[])[2], '')::uuid AND ${mine} AND ${inside} ${tail})`
}

/** What a query narrows, with its values; texts are few and constant, so that each is planned once. */
function narrowed({ kind, subjectType, dueFrom, dueBefore }: InboxQuery, values: unknown[]): string {
  const bind = (value: unknown, type: string): string => `$${values.push(value)}::${type}`
  return [
    ...(kind ? [` AND i.kind = '${kind === 'RETURNED' ? 'RETURNED' : 'WAITING'}'`] : []),
    ...(subjectType ? [` AND i.subject_type = ${bind(subjectType, 'text')}`] : []),
    ...(dueFrom ? [` AND i.due_key >= ${bind(dueFrom, 'date')}`] : []),
    ...(dueBefore ? [` AND i.due_key < ${bind(dueBefore, 'date')}`] : []),
  ].join('')
}

/** Which things stand on a page, in order: each once, whatever number of roles it is asked of. */
export async function placesOf(db: Database, actor: Actor, day: string, page: InboxPage, lifetime?: Lifetime): Promise<Place[]> {
  const { statement, values } = placesStatement(actor, day, page)
  return db.rows<Place>(statement, values, lifetime)
}

export function placesStatement(actor: Actor, day: string, page: InboxPage): { statement: string; values: unknown[] } {
  const values = given(actor, desksOf(actor, page.within), day)
  const key = `i.${page.order}`
  const type = page.order === 'since' ? 'timestamptz' : 'date'
  const direction = page.descending ? ' DESC' : ''
  let where = narrowed(page, values)
  if (page.after) where += ` AND (${key}, i.subject_id) ${page.descending ? '<' : '>'} ($${values.push(page.after[0])}::${type}, $${values.push(page.after[1])}::uuid)`
  const limit = `$${values.push(page.limit)}::int`
  const order = `ORDER BY ${key}${direction}, i.subject_id${direction} LIMIT ${limit}`
  const told = page.order === 'since' ? `to_char(b.key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : 'b.key::text'
  return {
    values,
    statement: `SELECT b.subject_id, ${told} AS key FROM ${DESKS} CROSS JOIN LATERAL (${asked(`DISTINCT ${key} AS key, i.subject_id`, where, order)}) b
      GROUP BY b.key, b.subject_id ORDER BY b.key${direction}, b.subject_id${direction} LIMIT ${limit}`,
  }
}

/** Everything that is asked of the actor about these things. */
export const itemsAt = (db: Database, actor: Actor, day: string, subjectIds: readonly string[], within: string | null | undefined, lifetime?: Lifetime): Promise<ItemRow[]> =>
  db.rows<ItemRow>(`
    SELECT i.subject_id, i.subject_type, i.state, i.kind, i.due_key, to_char(i.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS since, i.unit_id, i.commands
    FROM inbox_item i JOIN unit u ON u.id = i.unit_id
    WHERE i.subject_id = ANY($7::uuid[]) AND (i.person_id IS NULL OR i.person_id = nullif(($5::text[])[2], '')::uuid)
      AND EXISTS (SELECT FROM ${DESKS} WHERE g.role = i.role AND starts_with(u.path, g.path) AND ${OPEN})
    ORDER BY i.subject_id, i.desk, u.path`, [...given(actor, desksOf(actor, within), day), subjectIds], lifetime)

/** How many things wait. */
export async function countOf(db: Database, actor: Actor, day: string, query: InboxQuery, lifetime?: Lifetime): Promise<number> {
  const values = given(actor, desksOf(actor, query.within), day)
  const where = narrowed(query, values)
  const [row] = await db.rows<{ count: number }>(`SELECT count(DISTINCT b.subject_id)::int AS count FROM ${DESKS} CROSS JOIN LATERAL (${asked('i.subject_id', where, '')}) b`, values, lifetime)
  return row!.count
}

/** The same by the kind of thing: `soon` is the last day that counts as soon. */
export function countsOf(db: Database, actor: Actor, { day, soon }: { day: string; soon: string }, within: string | null | undefined, lifetime?: Lifetime): Promise<InboxCounts[]> {
  const columns = 'i.subject_id, i.subject_type, i.kind, i.due_key'
  return db.rows<InboxCounts>(`
    SELECT d.subject_type, count(*)::int AS total, count(*) FILTER (WHERE d.kind = 'RETURNED')::int AS returned, count(*) FILTER (WHERE d.due_key < $6::date)::int AS overdue,
      count(*) FILTER (WHERE d.due_key BETWEEN $6::date AND $7::date)::int AS due_soon
    FROM (SELECT DISTINCT b.* FROM ${DESKS} CROSS JOIN LATERAL (${asked(columns, '', '')}) b) d
    GROUP BY d.subject_type ORDER BY d.subject_type`, [...given(actor, desksOf(actor, within), day), soon], lifetime)
}

/** The path of a unit inside the actor's reach; null for any other. */
export async function pathOf(db: Database, actor: Actor, unitId: string, lifetime?: Lifetime): Promise<string | null> {
  const [unit] = await db.rows<{ path: string }>('SELECT path FROM unit WHERE id = $1::uuid AND path ^@ ANY($2::text[])', [unitId, outermost(actor.roles.map(r => r.path))], lifetime)
  return unit?.path ?? null
}
