import { pathsOf, type Actor, type Role } from '../core/actor'
import type { Database } from '../database/database'
import { SUPERVISION_READERS } from '../domain/supervision'

/** Reporting tools read figures of what they may not read row by row. */
export const FIGURE_READERS: readonly Role[] = Object.freeze([...SUPERVISION_READERS, 'REPORTING_CLIENT'])

const paths = (actor: Actor): string[] => pathsOf(actor, FIGURE_READERS)

/** Is the activity `a` one that the viewer's lists show: by its leading body or by a partner? */
const SEEN = (bound: string): string => `(EXISTS (SELECT FROM unit l WHERE l.id = a.unit_id AND l.path ^@ ANY(${bound}))
  OR EXISTS (SELECT FROM supervision_activity_partner w JOIN unit p ON p.id = w.unit_id WHERE w.activity_id = a.id AND p.path ^@ ANY(${bound}) OFFSET 0))`

const ROOT = 'root AS MATERIALIZED (SELECT w.path FROM unit w WHERE w.id = $1::uuid AND w.path ^@ ANY($2::text[]))'
const BELOW = `u.path >= root.path AND u.path < left(root.path, -1) || '0'`
const AS_OF = `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of`
const DAY = `(now() AT TIME ZONE 'Asia/Shanghai')::date`

export interface Uncovered { readonly id: string; readonly lastStartedOn: string | null }
export interface CoverageRow { readonly since: string; readonly objects: number; readonly covered: number; readonly as_of: string; readonly uncovered: readonly Uncovered[] }

/** Active units of these kinds below a unit, each with the last day on which an activity that the viewer sees began there. */
const COVERAGE = `
  WITH ${ROOT}, since AS (SELECT (${DAY} - make_interval(months => $4::integer))::date AS day),
  object AS MATERIALIZED (
    SELECT u.id, u.path, (SELECT max(a.started_on) FROM supervision_activity_object o JOIN supervision_activity a ON a.id = o.activity_id WHERE o.unit_id = u.id AND a.started_on IS NOT NULL AND ${SEEN('$2::text[]')}) AS last
    FROM root JOIN unit u ON ${BELOW} WHERE u.state = 'ACTIVE' AND u.kind = ANY($3::text[]))
  SELECT (SELECT day::text FROM since) AS since, (SELECT count(*)::integer FROM object) AS objects, (SELECT count(*)::integer FROM object, since WHERE last >= day) AS covered, ${AS_OF},
    coalesce((SELECT json_agg(json_build_object('id', x.id, 'lastStartedOn', x.last) ORDER BY x.last NULLS FIRST, x.path)
      FROM (SELECT o.* FROM object o, since WHERE o.last IS NULL OR o.last < day ORDER BY o.last NULLS FIRST, o.path LIMIT $5::integer) x), '[]') AS uncovered
  FROM root`

export const coverageBelow = async (db: Database, actor: Actor, unitId: string, o: { kinds: readonly string[]; months: number; first: number }): Promise<CoverageRow | null> =>
  (await db.rows<CoverageRow>(COVERAGE, [unitId, paths(actor), o.kinds, o.months, o.first]))[0] ?? null

export interface DuplicationGroupRow { readonly key: string; readonly pairs: number; readonly duplicated: number }
export interface DuplicationRow {
  readonly pairs: number; readonly duplicated: number; readonly groups: readonly DuplicationGroupRow[]; readonly as_of: string
  readonly merged: number; readonly joint: number; readonly reused: number; readonly own: number
}

/**
 * Pairs of unit and matter that were visited, and those that two bodies visited within some days of each other. Ordered by their days, two
 * such visits have a change of body between neighbours that are no further apart: the one before is enough to look at.
 */
const DUPLICATION = (key: string): string => `
  WITH ${ROOT}, visit AS (
    SELECT s.unit_id, s.matter_code, s.lead_unit_id AS lead, a.started_on AS began, coalesce(a.concluded_on, greatest(a.started_on, a.planned_to)) AS ended
    FROM root JOIN unit u ON ${BELOW} JOIN supervision_slot s ON s.unit_id = u.id JOIN supervision_activity a ON a.id = s.activity_id
    WHERE a.started_on BETWEEN $3::date AND $4::date AND ${SEEN('$2::text[]')}),
  next AS (SELECT v.*, lag(lead) OVER w AS lead_before, lag(ended) OVER w AS ended_before FROM visit v WINDOW w AS (PARTITION BY unit_id, matter_code ORDER BY began, ended, lead)),
  pair AS MATERIALIZED (SELECT unit_id, matter_code, coalesce(bool_or(lead <> lead_before AND began - ended_before <= $5::integer), false) AS duplicated FROM next GROUP BY 1, 2),
  answer AS MATERIALIZED (
    SELECT v.answer, a.state FROM root JOIN unit u ON ${BELOW} JOIN supervision_overlap v ON v.unit_id = u.id JOIN supervision_activity a ON a.id = v.activity_id WHERE a.planned_from BETWEEN $3::date AND $4::date)
  SELECT (SELECT count(*)::integer FROM pair) AS pairs, (SELECT count(*)::integer FROM pair WHERE duplicated) AS duplicated, ${AS_OF},
    (SELECT count(*)::integer FROM root JOIN unit u ON ${BELOW} JOIN supervision_activity a ON a.unit_id = u.id WHERE a.state = 'MERGED' AND a.planned_from BETWEEN $3::date AND $4::date) AS merged,
    (SELECT count(*)::integer FROM answer WHERE answer = 'JOINT_ACTION') AS joint, (SELECT count(*)::integer FROM answer WHERE answer = 'RESULT_REUSE') AS reused, (SELECT count(*)::integer FROM answer WHERE answer = 'OWN_VISIT') AS own,
    coalesce((SELECT json_agg(json_build_object('key', g.key, 'pairs', g.pairs, 'duplicated', g.duplicated) ORDER BY g.duplicated DESC, g.pairs DESC, g.key) FROM (
      SELECT ${key}::text AS key, count(*)::integer AS pairs, count(*) FILTER (WHERE duplicated)::integer AS duplicated FROM pair GROUP BY 1 ORDER BY 3 DESC, 2 DESC, 1 LIMIT $6::integer) g), '[]') AS groups
  FROM root`
const BY = { MATTER: DUPLICATION('matter_code'), OBJECT_UNIT: DUPLICATION('unit_id') } as const

export const duplicationBelow = async (
  db: Database, actor: Actor, unitId: string, o: { by: keyof typeof BY; from: string; to: string; withinDays: number; first: number },
): Promise<DuplicationRow | null> => (await db.rows<DuplicationRow>(BY[o.by], [unitId, paths(actor), o.from, o.to, o.withinDays, o.first]))[0] ?? null

export interface ConsultationRow { readonly id: string; readonly held: number; readonly due: number; readonly in_time: number; readonly overdue: number }

/**
 * Of each convening body below a unit: consultations held on these days; dates by which one was due, as the minutes before said; those of
 * them on which or before which the next one was held; and those that have passed without one.
 */
const CONSULTATIONS = `
  WITH ${ROOT}, meeting AS MATERIALIZED (
    SELECT m.unit_id, m.held_on, m.next_due_on, lead(m.held_on) OVER (PARTITION BY m.unit_id ORDER BY m.held_on, m.id) AS next_held
    FROM root JOIN unit u ON ${BELOW} JOIN consultation_meeting m ON m.unit_id = u.id WHERE m.state IN ('HELD', 'MINUTES_CIRCULATED', 'CLOSED'))
  SELECT unit_id AS id, count(*) FILTER (WHERE held_on BETWEEN $3::date AND $4::date)::integer AS held, count(*) FILTER (WHERE next_due_on BETWEEN $3::date AND $4::date)::integer AS due,
    count(*) FILTER (WHERE next_due_on BETWEEN $3::date AND $4::date AND next_held <= next_due_on)::integer AS in_time,
    count(*) FILTER (WHERE next_due_on BETWEEN $3::date AND $4::date AND next_held IS NULL AND next_due_on < ${DAY})::integer AS overdue
  FROM meeting GROUP BY unit_id HAVING count(*) FILTER (WHERE held_on BETWEEN $3::date AND $4::date OR next_due_on BETWEEN $3::date AND $4::date) > 0 ORDER BY unit_id LIMIT $5::integer`

/** Null when the actor may not see the unit. */
export async function consultationsBelow(db: Database, actor: Actor, unitId: string, o: { from: string; to: string; first: number }): Promise<ConsultationRow[] | null> {
  const [root] = await db.rows(`WITH ${ROOT} SELECT path FROM root`, [unitId, paths(actor)])
  return root ? db.rows<ConsultationRow>(CONSULTATIONS, [unitId, paths(actor), o.from, o.to, o.first]) : null
}
