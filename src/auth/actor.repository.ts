import { CLOSED_REALMS, GRANT_EDGES, isRoot, outermost, pathsOf, ROLES, type Actor, type GrantEdge, type Role, type RoleOnPath } from '../core/actor'
import type { Database } from '../database/database'
import { ORGANISATION_READERS, REALM_ROLES, REGISTER_READERS } from './roles'

/** Who a token names: the `sub` claim is `person:<row id>` or, for identity providers that know nothing of us, `staff:<staff number>`. */
export type Subject = { readonly personId: string } | { readonly staffNo: string }

interface GrantRow { person_id: string; role: string | null; path: string | null; large: boolean | null }

/** An eighth of all units, as the database estimates them; none before it has. */
const EIGHTH = `(SELECT nullif(greatest(reltuples, 0), 0) / 8 FROM pg_class WHERE oid = 'unit'::regclass)`
/** SQL of whether the subtree at this path holds as much: no more units are counted than that. */
export const isLarge = (path: string): string =>
  `(SELECT count(*) >= ${EIGHTH} FROM (SELECT FROM unit b WHERE b.path >= ${path} AND b.path < left(${path}, -1) || '0' LIMIT ceil(${EIGHTH})) below)`

/**
 * Grants in force today, each with the subtrees that it opens: the unit itself along the territorial edge; along another edge, every
 * unit that relations of that kind in force today reach from it, step by step. Today is the day in China.
 */
const GRANTS = `
  WITH RECURSIVE today AS (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day),
  held AS (
    SELECT g.role, g.edge, g.unit_id FROM role_grant g, today t
    WHERE g.person_id = $1::uuid AND g.revoked_at IS NULL AND g.valid_from <= t.day AND (g.valid_to IS NULL OR g.valid_to > t.day)),
  reached (role, edge, unit_id, start) AS (
    SELECT role, edge, unit_id, true FROM held
    UNION
    SELECT r.role, r.edge, ur.to_unit_id, false FROM reached r JOIN unit_relation ur ON ur.from_unit_id = r.unit_id AND ur.kind = r.edge, today t
    WHERE ur.valid_from <= t.day AND (ur.valid_to IS NULL OR ur.valid_to > t.day))
  SELECT DISTINCT p.id AS person_id, r.role, u.path, ${isLarge('u.path')} AS large
  FROM person p LEFT JOIN reached r ON r.start = (r.edge = 'TERRITORIAL') LEFT JOIN unit u ON u.id = r.unit_id
  WHERE p.id = $1::uuid`

const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role)
export const isGrantEdge = (edge: string): edge is GrantEdge => (GRANT_EDGES as readonly string[]).includes(edge)

/** The person with today's rights, or null when there is no such person. */
export async function loadActor(db: Database, subject: Subject): Promise<Actor | null> {
  const personId = 'personId' in subject ? subject.personId : await personIdOf(db, subject.staffNo)
  if (personId === null) return null
  const rows = await db.rows<GrantRow>(GRANTS, [personId])
  if (!rows.length) return null
  const roles = rows.filter((r): r is GrantRow & { role: Role; path: string } => r.role !== null && r.path !== null && isRole(r.role))
    .map(({ role, path }): RoleOnPath => ({ role, path }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.role < b.role ? -1 : 1))
  return actorOf(personId, roles, rows.flatMap(({ path, large }) => (path !== null && large ? [path] : [])))
}

/**
 * Rows are narrowed by the subtrees of the register-reading roles. Roles that read the organisation only (a reporting client, an
 * administrator) open their subtree to people who hold no other role: beside an editor's grant they would widen the editor's registers.
 */
export const actorOf = (personId: string, roles: readonly RoleOnPath[], large: readonly string[] = []): Actor => actorWith({ ref: personRef(personId), personId }, roles, large)

export const personRef = (personId: string): string => `person:${personId}`

/** Somebody, person or machine, with these rights. `large`: subtrees that hold a good part of all units, beside the roots, which do. */
export function actorWith(who: Pick<Actor, 'ref' | 'personId'>, roles: readonly RoleOnPath[], large: readonly string[] = []): Actor {
  const registers = outermost(roles.filter(r => REGISTER_READERS.includes(r.role)).map(r => r.path))
  const base = { ...who, roles: Object.freeze([...roles]) }
  const scope = registers.length ? registers : pathsOf({ ...base, scope: [], wide: [] }, ORGANISATION_READERS)
  const wide = [...new Set(roles.map(r => r.path))].filter(path => isRoot(path) || large.includes(path))
  return Object.freeze({ ...base, scope: Object.freeze(scope), wide: Object.freeze(wide), realms: realmsOf(roles) })
}

/** The realms that these roles open, each over the subtrees of the roles that open it. */
export const realmsOf = (roles: readonly RoleOnPath[]): NonNullable<Actor['realms']> => Object.freeze(Object.fromEntries(
  CLOSED_REALMS.map(realm => [realm, Object.freeze(outermost(roles.filter(r => REALM_ROLES[realm].includes(r.role)).map(r => r.path)))] as const).filter(([, paths]) => paths.length)))

/** The person with this staff number; it is unique. */
export async function personIdOf(db: Database, staffNo: string): Promise<string | null> {
  const [row] = await db.rows<{ id: string }>('SELECT id FROM person WHERE staff_no = $1', [staffNo])
  return row?.id ?? null
}
