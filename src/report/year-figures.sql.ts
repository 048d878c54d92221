import type { DutyItemDimension } from './duty-item-aggregate.types'
import type { PublicationDimension } from './joint-publication-aggregate.types'

/** Parameters of every statement here: year, division, within (row id), sector, scope, then those of the page. */
export const FILTER_VALUES = 5
const AS_OF = `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of`

/** A division with its descendants; for each division the city, county or zone that it lies in; units that the filter and the scope leave. */
const PLACES = `
  RECURSIVE chosen AS (
    SELECT code FROM administrative_division WHERE code = $2::text UNION SELECT d.code FROM administrative_division d JOIN chosen p ON d.parent_code = p.code),
  district AS (
    SELECT code, code AS county FROM administrative_division WHERE level IN ('CITY', 'COUNTY', 'FUNCTIONAL_ZONE')
    UNION SELECT d.code, p.county FROM administrative_division d JOIN district p ON d.parent_code = p.code WHERE d.level NOT IN ('CITY', 'COUNTY', 'FUNCTIONAL_ZONE'))`
const FITS = `u.path ^@ ANY($5::text[]) AND ($2::text IS NULL OR u.division_code IN (SELECT code FROM chosen))
  AND ($3::uuid IS NULL OR u.path ^@ (SELECT path FROM unit WHERE id = $3::uuid)) AND ($4::text IS NULL OR u.sector_codes @> ARRAY[$4::text])`

/** Duties of the lists that a unit-year holds, each with the steps of the loop that it passed. */
const ITEMS = `
  picked AS MATERIALIZED (
    SELECT u.id AS unit_id, u.path, coalesce(k.county, u.division_code) AS county, c.id AS cycle_id, c.state AS cycle_state, c.accountability_opened_at, c.main_list_id, c.supervision_list_id
    FROM accountability_cycle c JOIN unit u ON u.id = c.unit_id LEFT JOIN district k ON k.code = u.division_code WHERE c.year = $1::integer AND ${FITS}),
  item AS (
    SELECT p.unit_id, p.path, p.county, i.id AS item_id, i.code, i.responsibility, i.state, i.responsible_appointment_id, l.state = 'PUBLISHED' AS known,
      i.state IN ('CLAIMED_DONE', 'VERIFIED') AND EXISTS (SELECT FROM evidence e WHERE e.subject_id = i.id AND e.withdrawn_reason IS NULL) AS performed,
      i.state = 'VERIFIED' OR coalesce(r.grade IS NOT NULL, false) AS supervised,
      coalesce(r.fault IS NOT NULL, false) OR (p.cycle_state = 'CLOSED' AND p.accountability_opened_at IS NULL) AS accounted,
      l.state = 'PUBLISHED' AND i.due_on < (now() AT TIME ZONE 'Asia/Shanghai')::date AND i.state IN ('NOT_STARTED', 'IN_PROGRESS', 'RETURNED') AS overdue
    FROM picked p JOIN responsibility_list l ON l.id IN (p.main_list_id, p.supervision_list_id) JOIN duty_item i ON i.list_id = l.id
    LEFT JOIN cycle_responsibility r ON r.cycle_id = p.cycle_id AND r.responsibility = i.responsibility)`

const counted = (name: string, condition: string): string => `count(*) FILTER (WHERE state <> 'WAIVED' AND ${condition})::integer AS ${name}`
const FIGURES = [
  `count(*) FILTER (WHERE state <> 'WAIVED')::integer AS n`, `count(*) FILTER (WHERE state = 'WAIVED')::integer AS waived`, ...['overdue', 'known', 'performed', 'supervised', 'accounted'].map(c => counted(c, c)),
  counted('complete', 'known AND performed AND supervised AND accounted'),
].join(', ')

/** The key of each dimension: text that is never NULL, and what else is shown of it. */
const KEY: Readonly<Record<DutyItemDimension, { readonly sql: string; readonly as: string }>> = {
  UNIT: { sql: `path || ' ' || unit_id`, as: 'unit' }, DIVISION: { sql: 'county', as: 'division' }, RESPONSIBILITY: { sql: 'responsibility', as: 'responsibility' }, STATE: { sql: 'state', as: 'state' },
  ITEM: { sql: `code || ' ' || item_id`, as: 'item' }, APPOINTMENT: { sql: `coalesce(responsible_appointment_id::text, '')`, as: 'appointment' },
}
export const keyName = (d: DutyItemDimension): string => KEY[d].as

/** Groups behind the totals: `told` must have the columns of `keys`, which together order it. */
const paged = (keys: readonly string[], totals: string): string => {
  const tuple = keys.map(k => `${k} COLLATE "C"`).join(', ')
  const from = FILTER_VALUES + 2
  return `SELECT (SELECT row_to_json(t) FROM (${totals}) t) AS totals, (SELECT count(*)::integer FROM told) AS groups, ${AS_OF},
    coalesce((SELECT json_agg(g) FROM (SELECT * FROM told WHERE $${from}::text IS NULL OR (${tuple}) > (${keys.map((_, i) => `$${from + i}::text`).join(', ')}) ORDER BY ${tuple} LIMIT $${FILTER_VALUES + 1}::integer + 1) g), '[]') AS page`
}

/** Values after those of the filter: page size, then the keys of the cursor (all null without one). */
export function dutyItemStatement(dimensions: readonly DutyItemDimension[]): string {
  const totals = `SELECT ${FIGURES} FROM item`
  if (!dimensions.length) return `WITH ${PLACES}, ${ITEMS} SELECT row_to_json(t) AS totals, 0 AS groups, ${AS_OF}, '[]'::json AS page FROM (${totals}) t`
  const keys = dimensions.map(d => `${KEY[d].sql} AS ${KEY[d].as}`)
  return `WITH ${PLACES}, ${ITEMS}, told AS (SELECT ${keys.join(', ')}, ${FIGURES} FROM item GROUP BY ${dimensions.map((_, i) => i + 1).join(', ')}) ${paged(dimensions.map(keyName), totals)}`
}

const PUBLISHED = [
  'count(*)::integer AS units', `count(*) FILTER (WHERE published)::integer AS published`, `count(*) FILTER (WHERE NOT published AND state IS NOT NULL)::integer AS preparing`,
  `count(*) FILTER (WHERE state IS NULL)::integer AS not_begun`,
].join(', ')

/** Values: filter, page size, cursor key, kinds of units. */
export function jointPublicationStatement(dimension: PublicationDimension): string {
  const expected = `
    expected AS MATERIALIZED (
      SELECT u.id AS unit_id, u.path, coalesce(k.county, u.division_code) AS county, c.state, coalesce(c.joint_publication_at IS NOT NULL, false) AS published
      FROM unit u LEFT JOIN accountability_cycle c ON c.unit_id = u.id AND c.year = $1::integer LEFT JOIN district k ON k.code = u.division_code
      WHERE u.state = 'ACTIVE' AND (u.kind = ANY($${FILTER_VALUES + 3}::text[]) OR c.id IS NOT NULL) AND ${FITS})`
  const told = dimension === 'UNIT'
    ? `SELECT path || ' ' || unit_id AS key, county, min(state) AS state, ${PUBLISHED} FROM expected GROUP BY path, unit_id, county`
    : `SELECT county AS key, county, NULL::text AS state, ${PUBLISHED} FROM expected GROUP BY county`
  return `WITH ${PLACES}, ${expected}, told AS (${told}) ${paged(['key'], `SELECT ${PUBLISHED} FROM expected`)}`
}

/** Values: filter, page size, cursor key, least spread. The widest spread first: its complement is the first part of the key. */
export const BALANCE = `
  WITH ${PLACES}, ${ITEMS},
  share AS (
    SELECT unit_id, path, responsibility, count(*)::integer AS n, count(*) FILTER (WHERE performed)::integer AS done, round(count(*) FILTER (WHERE performed)::numeric / count(*), 4) AS part
    FROM item WHERE known AND state <> 'WAIVED' GROUP BY unit_id, path, responsibility),
  balance AS (
    SELECT unit_id, path, max(part) - min(part) AS spread,
      json_agg(json_build_object('responsibility', responsibility, 'n', n, 'done', done, 'part', part)) AS shares FROM share GROUP BY unit_id, path),
  told AS (SELECT to_char(1 - spread, 'FM0.0000') || ' ' || path AS key, unit_id, spread::text AS spread, shares FROM balance WHERE spread > 0 AND spread >= $${FILTER_VALUES + 3}::numeric)
  ${paged(['key'], 'SELECT count(*)::integer AS n FROM balance')}`
