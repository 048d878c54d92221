import { CLOSED_REALMS, GRANT_EDGES, outermost, pathsOf, ROLES, type Actor, type GrantEdge, type Role, type RoleOnPath } from '../core/actor'
import type { Database } from '../database/database'
import { ORGANISATION_READERS, REALM_ROLES, REGISTER_READERS } from './roles'

/** Who a token names: the `sub` claim is `person:<row id>` or, for identity providers that know nothing of us, `staff:<staff number>`. */
export type Subject = { readonly personId: string } | { readonly staffNo: string }

interface GrantRow { person_id: string; role: string | null; path: string | null }

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
  SELECT DISTINCT p.id AS person_id, r.role, u.path
  FROM person p LEFT JOIN reached r ON r.start = (r.edge = 'TERRITORIAL') LEFT JOIN unit u ON u.id = r.unit_id
  WHERE p.id = $1::uuid`

const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role)
export const isGrantEdge = (edge: string): edge is GrantEdge => (GRANT_EDGES as readonly string[]).includes(edge)

/** A root of the territorial tree, `/51/`: whoever sees one sees a good part of everything. */
const isRoot = (path: string): boolean => path.split('/').length <= 3

/** The person with today's rights, or null when there is no such person. */
export async function loadActor(db: Database, subject: Subject): Promise<Actor | null> {
  const personId = 'personId' in subject ? subject.personId : await personIdOf(db, subject.staffNo)
  if (personId === null) return null
  const rows = await db.rows<GrantRow>(GRANTS, [personId])
  if (!rows.length) return null
  const roles = rows.filter((r): r is { person_id: string; role: Role; path: string } => r.role !== null && r.path !== null && isRole(r.role))
    .map(({ role, path }): RoleOnPath => ({ role, path }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.role < b.role ? -1 : 1))
  return actorOf(personId, roles)
}

/**
 * Rows are narrowed by the subtrees of the register-reading roles. Roles that read the organisation only (a reporting client, an
 * administrator) open their subtree to people who hold no other role: beside an editor's grant they would widen the editor's registers.
 */
export const actorOf = (personId: string, roles: readonly RoleOnPath[]): Actor => actorWith({ ref: personRef(personId), personId }, roles)

export const personRef = (personId: string): string => `person:${personId}`

/** Somebody, person or machine, with these rights. */
export function actorWith(who: Pick<Actor, 'ref' | 'personId'>, roles: readonly RoleOnPath[]): Actor {
  const registers = outermost(roles.filter(r => REGISTER_READERS.includes(r.role)).map(r => r.path))
  const base = { ...who, roles: Object.freeze([...roles]) }
  const scope = registers.length ? registers : pathsOf({ ...base, scope: [], wide: false }, ORGANISATION_READERS)
  return Object.freeze({ ...base, scope: Object.freeze(scope), wide: scope.some(isRoot), realms: realmsOf(roles) })
}

/** The realms that these roles open, each over the subtrees of the roles that open it. */
export const realmsOf = (roles: readonly RoleOnPath[]): NonNullable<Actor['realms']> => Object.freeze(Object.fromEntries(
  CLOSED_REALMS.map(realm => [realm, Object.freeze(outermost(roles.filter(r => REALM_ROLES[realm].includes(r.role)).map(r => r.path)))] as const).filter(([, paths]) => paths.length)))

/** The person with this staff number; it is unique. */
export async function personIdOf(db: Database, staffNo: string): Promise<string | null> {
  const [row] = await db.rows<{ id: string }>('SELECT id FROM person WHERE staff_no = $1', [staffNo])
  return row?.id ?? null
}
