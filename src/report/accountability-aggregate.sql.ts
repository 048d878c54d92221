import { outermost, type Actor } from '../core/actor'
import type { Database } from '../database/database'
import type { AccountabilityDimension } from './accountability-aggregate.types'

/** One cell: a value of one dimension; null stands for all of it. */
export interface CountedDecisions {
  readonly dimension: AccountabilityDimension | null
  readonly value: string | null
  readonly n: number
  readonly people: number
}

/** Decisions that stand, at and below a unit in the actor's scope or in all of it: each dimension by itself, with the total that they all share. */
const COUNTED = `
  WITH root AS MATERIALIZED (
    SELECT w.path FROM unit w WHERE w.id = $1::uuid AND w.path ^@ ANY($2::text[])
    UNION ALL SELECT s.path FROM unnest($2::text[]) s (path) WHERE $1::uuid IS NULL),
  standing AS MATERIALIZED (
    SELECT d.kind, d.form, d.responsibility, d.person_id,
      CASE length(u.division_code) WHEN 12 THEN 'VILLAGE' WHEN 9 THEN 'TOWNSHIP' ELSE CASE WHEN right(u.division_code, 2) = '00' THEN 'CITY' ELSE 'COUNTY' END END AS level
    FROM root JOIN unit u ON u.path >= root.path AND u.path < left(root.path, -1) || '0' JOIN accountability_decision d ON d.unit_id = u.id
    WHERE d.state IN ('EFFECTIVE', 'UNDER_APPEAL')),
  cell AS (
    SELECT x.dimension, x.value, count(*)::integer AS n, count(DISTINCT s.person_id)::integer AS people
    FROM standing s CROSS JOIN LATERAL (VALUES ('KIND', s.kind), ('FORM', s.form), ('RESPONSIBILITY', coalesce(s.responsibility, '')), ('UNIT_LEVEL', s.level), (NULL, NULL)) x(dimension, value)
    WHERE s.person_id IS NOT NULL GROUP BY x.dimension, x.value)
  SELECT (SELECT count(*)::integer FROM standing WHERE person_id IS NULL) AS units, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of,
    coalesce((SELECT json_agg(json_build_object('dimension', dimension, 'value', value, 'n', n, 'people', people) ORDER BY value) FROM cell), '[]') AS cells
  WHERE EXISTS (SELECT FROM root)`

export async function countDecisions(db: Database, actor: Actor, unitId: string | null): Promise<{ units: number; as_of: string; cells: CountedDecisions[] } | null> {
  const [counted] = await db.rows<{ units: number; as_of: string; cells: CountedDecisions[] }>(COUNTED, [unitId, outermost(actor.scope)])
  return counted ?? null
}
