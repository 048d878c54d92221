import { pathsOf, type Actor, type ClosedRealm, type Role } from '../core/actor'
import type { Lifetime } from '../core/request'
import { Parameters, type Runner, scopeForm, scopeRows, Statement } from '../database/sql'
import type { CaseStatisticsDimension, ClueStatisticsDimension } from './withheld-statistics.types'
import { TODAY } from './measures.sql'
import { PLACES } from './places.sql'

/** One cell: a value of one dimension; without a dimension: all of the year. */
export interface CountedCell {
  readonly dimension: string | null
  readonly value: string | null
  readonly n: number
}
export interface CountedYear { readonly as_of: string; readonly cells: readonly CountedCell[] }

/** Rows of a closed realm (`t`) as they are counted for those who do not open it. */
export interface WithheldTable<D extends string> {
  readonly table: string
  readonly realm: ClosedRealm
  /** Day that says the year. */
  readonly day: string
  /** SQL of each dimension's value beside the place in which the row's unit lies. */
  readonly dimensions: Readonly<Record<Exclude<D, 'DIVISION'>, string>>
}

export const CLUES: WithheldTable<ClueStatisticsDimension> = {
  table: 'clue', realm: 'CLUES', day: 'received_on',
  dimensions: {
    CHANNEL: 't.channel', NATURE: 't.nature', OUTCOME: 't.outcome',
    STANDING: `CASE WHEN t.state IN ('NOT_ACCEPTED', 'MERGED', 'CLOSED') THEN 'ENDED' WHEN t.step_due_on < ${TODAY} THEN 'OPEN_OVERDUE' ELSE 'OPEN_IN_TIME' END`,
  },
}
export const CASES: WithheldTable<CaseStatisticsDimension> = {
  table: 'case_file', realm: 'CASES', day: 'filed_on',
  dimensions: {
    PATH: `CASE WHEN t.state = 'WITHDRAWN' THEN 'WITHDRAWN' WHEN t.state NOT IN ('ADJUDICATED', 'GOVERNANCE', 'CLOSED') THEN 'UNDER_WAY'
      WHEN EXISTS (SELECT FROM case_measure m JOIN governance_measure g ON g.id = m.measure_id WHERE m.case_id = t.id AND g.state IN ('IMPLEMENTED', 'VERIFIED')) THEN 'MEASURE_CARRIED_OUT'
      WHEN t.governance_waived THEN 'MEASURE_WAIVED' ELSE 'MEASURE_AWAITED' END`,
  },
}

/** Counts each dimension by itself, with the total that they all share, wherever the actor holds one of these roles. */
export async function countYear(runner: Runner, { actor, lifetime }: { readonly actor: Actor; readonly lifetime?: Lifetime }, { table, realm, day, dimensions }: WithheldTable<string>, roles: readonly Role[], year: number): Promise<CountedYear> {
  const p = new Parameters(scopeForm(actor))
  p.realms.add(realm)
  const [roots, of] = [p.add(call => pathsOf(call.actor, roles), 'text[]'), p.add(() => year, 'integer')]
  const names = Object.entries<string>(dimensions)
  const text = `
    WITH RECURSIVE ${PLACES},
    one AS MATERIALIZED (
      SELECT t.*, place.county AS division
      FROM ${scopeRows('unit', 'u.id, u.path, u.division_code', 't_unit', p, roots)}
      CROSS JOIN LATERAL (SELECT ${names.map(([name, sql]) => `${sql} AS ${name.toLowerCase()}`).join(', ')} FROM ${table} t
        WHERE t.unit_id = t_unit.id AND t.${day} >= make_date(${of}, 1, 1) AND t.${day} <= make_date(${of}, 12, 31) OFFSET 0) t
      LEFT JOIN place ON place.code = t_unit.division_code),
    cell AS (
      SELECT x.dimension, x.value, count(*)::integer AS n
      FROM one CROSS JOIN LATERAL (VALUES ${[...names.map(([name]) => `('${name}', one.${name.toLowerCase()})`), `('DIVISION', one.division)`, '(NULL, NULL)'].join(', ')}) x(dimension, value) GROUP BY 1, 2)
    SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of,
      coalesce((SELECT json_agg(json_build_object('dimension', dimension, 'value', value, 'n', n) ORDER BY value COLLATE "C") FROM cell), '[]') AS cells`
  const [counted] = await runner.rows<CountedYear>(new Statement(text, p.binds, p.realms), { actor, args: [] }, lifetime)
  return counted!
}
