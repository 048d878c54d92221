import { pathsOf, type Actor, type ClosedRealm, type Role } from '../core/actor'
import type { Lifetime } from '../core/request'
import { Parameters, type Runner, scopeForm, scopeRows, Statement } from '../database/sql'
import type { CaseStatisticsDimension, ClueStatisticsDimension } from './withheld-statistics.types'
import { MEDIAN, SUM, TODAY } from './measures.sql'
import { PLACES } from './places.sql'

/** One cell: a value of one dimension; without a dimension: all of the year. */
export interface CountedCell {
  readonly dimension: string | null
  readonly value: string | null
  readonly n: number
}
export interface CountedYear { readonly as_of: string; readonly cells: readonly CountedCell[]; readonly medians: readonly CountedMedian[] }
/** The median of a span of days, and of how many rows. */
export interface CountedMedian { readonly step: string; readonly n: number; readonly days: string | null }

/** Rows of a closed realm (`t`) as they are counted for those who do not open it. */
export interface WithheldTable<D extends string> {
  readonly table: string
  readonly realms: readonly ClosedRealm[]
  /** Day that says the year. */
  readonly day: string
  /** SQL of each dimension's value beside the place in which the row's unit lies. */
  readonly dimensions: Readonly<Record<Exclude<D, 'DIVISION'>, string>>
  /** Dimensions that tell of the rows with one value of another dimension, and have no value for the others. */
  readonly partOf?: Readonly<Partial<Record<D, { readonly dimension: D; readonly value: string }>>>
  /** SQL of spans of days; null where they are not over. */
  readonly days: Readonly<Record<string, string>>
}

const LOCAL = (unit: string): string => `(SELECT length(i.division_code) >= 9 FROM unit i WHERE i.id = ${unit})`
/** Q-45: codes of townships have 9 digits, those of villages 12. */
const GRIEVANCE_END = `CASE WHEN t.state <> 'CLOSED' THEN 'NOT_CLOSED' WHEN NOT ${LOCAL('t.intake_unit_id')} THEN 'TAKEN_IN_HIGHER'
  WHEN EXISTS (SELECT FROM clue_transfer r WHERE r.clue_id = t.id AND r.state = 'ACCEPTED' AND NOT ${LOCAL('r.to_unit_id')}) THEN 'WENT_HIGHER' ELSE 'SOLVED_LOCALLY' END`

export const CLUES: WithheldTable<ClueStatisticsDimension> = {
  table: 'clue', realms: ['CLUES'], day: 'received_on',
  dimensions: {
    CHANNEL: 't.channel', NATURE: 't.nature', OUTCOME: 't.outcome',
    STANDING: `CASE WHEN t.state IN ('NOT_ACCEPTED', 'MERGED', 'CLOSED') THEN 'ENDED' WHEN t.step_due_on < ${TODAY} THEN 'OPEN_OVERDUE' ELSE 'OPEN_IN_TIME' END`,
    GRIEVANCE_END: `CASE WHEN t.nature = 'CLAIM_GRIEVANCE' THEN ${GRIEVANCE_END} END`,
  },
  partOf: { GRIEVANCE_END: { dimension: 'NATURE', value: 'CLAIM_GRIEVANCE' } },
  days: { TO_CLOSE: `CASE WHEN t.state = 'CLOSED' THEN t.closed_on - t.received_on END` },
}
const CARRIED_OUT = `FROM case_measure m JOIN governance_measure g ON g.id = m.measure_id WHERE m.case_id = t.id AND g.state IN ('IMPLEMENTED', 'VERIFIED')`
export const CASES: WithheldTable<CaseStatisticsDimension> = {
  table: 'case_file', realms: ['CASES', 'CLUES'], day: 'filed_on',
  dimensions: {
    PATH: `CASE WHEN t.state = 'WITHDRAWN' THEN 'WITHDRAWN' WHEN t.state NOT IN ('ADJUDICATED', 'GOVERNANCE', 'CLOSED') THEN 'UNDER_WAY'
      WHEN EXISTS (SELECT ${CARRIED_OUT}) THEN 'MEASURE_CARRIED_OUT' WHEN t.governance_waived THEN 'MEASURE_WAIVED' ELSE 'MEASURE_AWAITED' END`,
  },
  days: {
    SUPERVISION: 't.filed_on - (SELECT min(c.received_on) FROM case_clue l JOIN clue c ON c.id = l.clue_id WHERE l.case_id = t.id)', INVESTIGATION: 't.transferred_on - t.filed_on',
    TRIAL: 't.adjudicated_on - t.transferred_on', GOVERNANCE: `(SELECT greatest(min(g.implemented_on) - t.adjudicated_on, 0) ${CARRIED_OUT} HAVING count(*) > 0)`,
  },
}

interface Asker { readonly actor: Actor; readonly lifetime?: Lifetime }
type Rows = Pick<WithheldTable<string>, 'table' | 'realms' | 'day'>

/** The rows of a year (`one`), wherever the actor holds one of these roles. `t`: what is told of each. */
async function ofYear<T>(runner: Runner, { actor, lifetime }: Asker, { table, realms, day, t, roles, year, then }: Rows & { readonly t: string; readonly roles: readonly Role[]; readonly year: number; readonly then: string }): Promise<T> {
  const p = new Parameters(scopeForm(actor))
  for (const realm of realms) p.realms.add(realm)
  const [roots, of] = [p.add(call => pathsOf(call.actor, roles), 'text[]'), p.add(() => year, 'integer')]
  const text = `
    WITH RECURSIVE ${PLACES},
    one AS MATERIALIZED (
      SELECT t.*, place.county AS division
      FROM ${scopeRows('unit', 'u.id, u.path, u.division_code', 't_unit', p, roots)}
      CROSS JOIN LATERAL (SELECT ${t} FROM ${table} t
        WHERE t.unit_id = t_unit.id AND t.${day} >= make_date(${of}, 1, 1) AND t.${day} <= make_date(${of}, 12, 31) OFFSET 0) t
      LEFT JOIN place ON place.code = t_unit.division_code)${then}`
  const [found] = await runner.rows<T>(new Statement(text, p.binds, p.realms), { actor, args: [] }, lifetime)
  return found!
}

const AS_OF = `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of`
const CELLS = `coalesce((SELECT json_agg(json_build_object('dimension', dimension, 'value', value, 'n', n) ORDER BY value COLLATE "C") FROM cell), '[]') AS cells`

/** Counts each dimension by itself, with the total that they all share. */
export function countYear(runner: Runner, who: Asker, table: WithheldTable<string>, roles: readonly Role[], year: number): Promise<CountedYear> {
  const { dimensions, partOf = {}, days } = table
  const [names, steps, parts] = [Object.entries<string>(dimensions), Object.entries(days), Object.keys(partOf)]
  return ofYear<CountedYear>(runner, who, {
    ...table, roles, year, t: [...names, ...steps].map(([name, sql]) => `${sql} AS ${name.toLowerCase()}`).join(', '),
    then: `,
    cell AS (
      SELECT x.dimension, x.value, count(*)::integer AS n
      FROM one CROSS JOIN LATERAL (VALUES ${[...names.map(([name]) => `('${name}', one.${name.toLowerCase()})`), `('DIVISION', one.division)`, '(NULL, NULL)'].join(', ')}) x(dimension, value)
      ${parts.length ? `WHERE x.value IS NOT NULL OR x.dimension IS NULL OR x.dimension NOT IN (${parts.map(d => `'${d}'`).join(', ')})` : ''} GROUP BY 1, 2)
    SELECT ${AS_OF}, ${CELLS},
      (SELECT json_build_array(${steps.map(([step]) => `json_build_object('step', '${step}', 'n', count(${step.toLowerCase()})::integer, 'days', ${MEDIAN(step.toLowerCase())})`).join(', ')}) FROM one) AS medians`,
  })
}

export const SUBJECTS = { UNIT: ['clue_subject_unit', 'subject_unit_id'], PERSON: ['clue_subject_person', 'person_id'] } as const

/** Q-47: how many the clues of a year are about, by how many clues. A clue that is handled with another one is no further one. */
export function countSubjects(runner: Runner, who: Asker, of: keyof typeof SUBJECTS, roles: readonly Role[], year: number): Promise<CountedYear> {
  const [table, column] = SUBJECTS[of]
  return ofYear<CountedYear>(runner, who, {
    ...CLUES, roles, year, t: 't.id, t.state',
    then: `,
    subject AS (SELECT s.${column}, count(*) AS clues FROM one JOIN ${table} s ON s.clue_id = one.id WHERE one.state <> 'MERGED' GROUP BY 1),
    cell AS (
      SELECT x.dimension, x.value, count(*)::integer AS n
      FROM subject CROSS JOIN LATERAL (VALUES ('TIMES', CASE clues WHEN 1 THEN 'ONCE' WHEN 2 THEN 'TWICE' ELSE 'MORE_OFTEN' END), (NULL, NULL)) x(dimension, value) GROUP BY 1, 2)
    SELECT ${AS_OF}, ${CELLS}, '[]'::json AS medians`,
  })
}

/** What was restored in one measure, to how many. */
export interface Restored { readonly measure: string; readonly n: number; readonly sum: string }

/** Q-40: what was paid in a year, amounts and each measure of quantities by themselves. */
export function restoredIn(runner: Runner, who: Asker, roles: readonly Role[], year: number): Promise<{ as_of: string; restored: Restored[] }> {
  return ofYear(runner, who, {
    table: 'restitution', realms: ['CLUES'], day: 'paid_on', roles, year, t: 't.state, t.amount, t.quantity, t.measure',
    then: `,
    paid AS (
      SELECT x.measure, count(*)::integer AS n, ${SUM('x.value')} AS sum
      FROM one CROSS JOIN LATERAL (VALUES ('YUAN', one.amount), (one.measure, one.quantity)) x(measure, value) WHERE one.state IN ('PAID', 'VERIFIED') AND x.value IS NOT NULL GROUP BY 1)
    SELECT ${AS_OF}, coalesce((SELECT json_agg(json_build_object('measure', measure, 'n', n, 'sum', sum) ORDER BY measure COLLATE "C") FROM paid), '[]') AS restored`,
  })
}
