import type { Dimension } from './register-figures'

/** For each division at or below a city, county or functional zone: which one, and which township. A code that stood for several things counts with the first. */
export const PLACES = `
  above AS (
    SELECT code, code AS county, NULL::text COLLATE "C" AS township FROM administrative_division WHERE level IN ('CITY', 'COUNTY', 'FUNCTIONAL_ZONE')
    UNION SELECT d.code, a.county, CASE d.level WHEN 'TOWNSHIP' THEN d.code ELSE a.township END
      FROM administrative_division d JOIN above a ON d.parent_code = a.code WHERE d.level NOT IN ('CITY', 'COUNTY', 'FUNCTIONAL_ZONE')),
  place AS MATERIALIZED (SELECT code, min(county) AS county, min(township) AS township FROM above GROUP BY code)`

/** The place in which a division lies. `code`: the division's, of the row. */
export const placeIn = (code: string, level: 'county' | 'township'): Dimension => ({ sql: code, then: { cte: PLACES, join: value => ` LEFT JOIN place ON place.code = ${value}`, sql: `place.${level}` } })
