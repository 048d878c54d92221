import type { Actor } from '../core/actor'
import type { Database } from '../database/database'
import { ResponsibilityRole } from '../domain/person'

/** One cell of the table of subordinates and roles; null stands for all of them. */
export interface CountedHolders {
  /** Row id of the unit. */
  readonly part: string | null
  readonly role: string | null
  /** Posts held. */
  readonly n: number
  /** Different people who hold them. */
  readonly people: number
}

const ROLES = Object.keys(ResponsibilityRole).map(role => `'${role}'`).join(', ')

/**
 * Appointments in force today (the day in China) below a unit in the actor's scope, with all totals. The named unit holds a part of its own:
 * its range is its own path alone (`\\x01` stands before every character of a code).
 */
const COUNTED = `
  WITH root AS MATERIALIZED (SELECT w.id, w.path FROM unit w WHERE w.id = $1::uuid AND w.path ^@ ANY($2::text[])),
  part AS MATERIALIZED (
    SELECT id, path, path || E'\\x01' AS below FROM root
    UNION ALL (SELECT c.id, c.path, left(c.path, -1) || '0' FROM root JOIN unit c ON c.parent_id = root.id ORDER BY c.path LIMIT $3::integer + 1)),
  counted AS (
    SELECT part.id AS part, a.role, count(*)::integer AS n, count(DISTINCT a.person_id)::integer AS people, min(part.path) AS path
    FROM part JOIN unit u ON u.path >= part.path AND u.path < part.below JOIN appointment a ON a.unit_id = u.id
    CROSS JOIN (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) today
    WHERE a.valid_from <= today.day AND (a.valid_to IS NULL OR a.valid_to > today.day)
    GROUP BY CUBE (part.id, a.role))
  SELECT (SELECT count(*)::integer - 1 FROM part) AS parts, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of,
    coalesce((SELECT json_agg(json_build_object('part', part, 'role', role, 'n', n, 'people', people)
      ORDER BY part IS NULL, path, array_position(ARRAY[${ROLES}], role)) FROM counted WHERE n > 0), '[]') AS rows
  FROM root`

export async function countAppointments(db: Database, actor: Actor, unitId: string, mostParts: number): Promise<{ parts: number; as_of: string; rows: CountedHolders[] } | null> {
  const [counted] = await db.rows<{ parts: number; as_of: string; rows: CountedHolders[] }>(COUNTED, [unitId, actor.scope, mostParts])
  return counted ?? null
}
