import pg from 'pg'
import { testDatabase, type TestDatabase } from '../support/database'

/** `510101` … : 21 cities with 9 counties each; a county has 16 townships with 14 villages each; cities and counties have 68 departments. */
const CITIES = 21
const COUNTIES = 9
const DEPARTMENTS = 68
const TOWNSHIPS = 16
const VILLAGES = 14
/** Powers of a unit that has any, and risk points of each power. */
const POWERS = 8

export interface Province {
  readonly database: TestDatabase
  /** Row id of a unit by its code. */
  unitId(code: string): Promise<string>
}

const two = (n: string): string => `lpad(${n}::text, 2, '0')`

/** Ids in the order of the rows, like those of the product; `kind` keeps those of different tables apart. */
const id = (kind: number, n: string): string => `('0193${String(kind).padStart(4, '0')}-0000-7000-8000-' || lpad(to_hex((${n})::int), 12, '0'))::uuid`

const BY = `'system:scale', 'system:scale'`

const STATEMENTS: readonly string[] = [
  // The rows are right by construction; checking ten million references would take longer than making them.
  `SET session_replication_role = replica`,
  `CREATE TEMP TABLE made AS
    WITH city AS (SELECT '51' || ${two('c')} AS code FROM generate_series(1, ${CITIES}) c),
    county AS (SELECT city.code || ${two('n')} AS code, city.code AS parent FROM city, generate_series(1, ${COUNTIES}) n),
    department AS (SELECT p.code || '-D' || ${two('n')} AS code, p.code AS parent FROM (SELECT code FROM city UNION ALL SELECT code FROM county) p, generate_series(1, ${DEPARTMENTS}) n),
    township AS (SELECT county.code || '1' || ${two('n')} AS code, county.code AS parent FROM county, generate_series(1, ${TOWNSHIPS}) n),
    village AS (SELECT township.code || '2' || ${two('n')} AS code, township.code AS parent FROM township, generate_series(1, ${VILLAGES}) n)
    SELECT '51' AS code, NULL AS parent, 'PROVINCE' AS kind, '/51/' AS path, 1 AS depth
    UNION ALL SELECT code, '51', 'PARTY_COMMITTEE', '/51/' || code || '/', 2 FROM city
    UNION ALL SELECT code, parent, 'PARTY_COMMITTEE', '/51/' || parent || '/' || code || '/', 3 FROM county
    UNION ALL SELECT code, parent, 'GOVERNMENT_DEPARTMENT', CASE WHEN length(parent) = 4 THEN '/51/' ELSE '/51/' || left(parent, 4) || '/' END || parent || '/' || code || '/', CASE WHEN length(parent) = 4 THEN 3 ELSE 4 END FROM department
    UNION ALL SELECT code, parent, 'TOWNSHIP', '/51/' || left(code, 4) || '/' || parent || '/' || code || '/', 4 FROM township
    UNION ALL SELECT code, parent, 'VILLAGE_OR_COMMUNITY', '/51/' || left(code, 4) || '/' || left(code, 6) || '/' || parent || '/' || code || '/', 5 FROM village`,
  `ALTER TABLE made ADD COLUMN n integer`,
  `UPDATE made SET n = o.n FROM (SELECT code, row_number() OVER (ORDER BY path) AS n FROM made) o WHERE o.code = made.code`,
  `INSERT INTO unit (id, code, name_zh, name_pinyin, name_initials, kind, division_code, parent_id, path, depth, valid_from, created_by, updated_by)
    SELECT ${id(1, 'm.n')}, m.code, '单位' || m.code, 'dan1 wei4  danwei' || m.code, 'dw', m.kind, rpad(left(m.code, 6), 6, '0'), ${id(1, 'p.n')}, m.path, m.depth, '2020-01-01', ${BY}
    FROM made m LEFT JOIN made p ON p.code = m.parent ORDER BY m.path`,
  `INSERT INTO position (id, unit_id, code, name_zh, power_bearing, created_by, updated_by)
    SELECT ${id(2, 'n')}, ${id(1, 'n')}, 'head', '负责人', true, ${BY} FROM made WHERE kind IN ('GOVERNMENT_DEPARTMENT', 'TOWNSHIP') ORDER BY n`,
  `INSERT INTO power (id, unit_id, code, name_zh, category, significance, sector_code, state, created_by, updated_by)
    SELECT ${id(3, `n * ${POWERS} + i`)}, ${id(1, 'n')}, 'W' || i, '职权' || i, 'OTHER', 'MAJOR', 'sector-' || (n + i) % 12, 'CONFIRMED', ${BY}
    FROM made, generate_series(0, ${POWERS - 1}) i WHERE kind IN ('GOVERNMENT_DEPARTMENT', 'TOWNSHIP') ORDER BY n, i`,
  `INSERT INTO risk_point (id, unit_id, power_id, code, description_zh, category, owner_position_id, state,
      inherent_likelihood, inherent_impact, inherent_score, inherent_level, inherent_matrix_version, score, level, created_by, updated_by)
    SELECT ${id(4, `x.n * 64 + x.i * 8 + x.k`)}, ${id(1, 'x.n')}, ${id(3, `x.n * ${POWERS} + x.i`)}, 'R' || x.k, '风险点' || x.n || x.i || x.k, 'PROCESS', ${id(2, 'x.n')},
      (ARRAY['RATED', 'RATED', 'CONTROLLED', 'CONTROLLED', 'ESCALATED'])[1 + (x.n * 7 + x.i + x.k) % 5], x.l, x.m, x.l * x.m, x.level, 1, x.l * x.m, x.level, ${BY}
    FROM (SELECT n, i, k, l, m, CASE WHEN l * m >= 15 THEN 'HIGH' WHEN l * m >= 8 THEN 'MEDIUM' ELSE 'LOW' END AS level
      FROM (SELECT n, i, k, 1 + (n * 3 + i * 5 + k) % 5 AS l, 1 + (n + i * 7 + k * 3) % 5 AS m
        FROM made, generate_series(0, ${POWERS - 1}) i, generate_series(0, 6) k WHERE kind IN ('GOVERNMENT_DEPARTMENT', 'TOWNSHIP')) r) x ORDER BY x.n, x.i, x.k`,
  `INSERT INTO control (id, unit_id, code, description_zh, nature, mode, frequency, owner_position_id, state, next_test_due_on, created_by, updated_by)
    SELECT ${id(5, `x.n * 64 + x.i * 8 + x.k`)}, ${id(1, 'x.n')}, 'C' || x.i || x.k, '双人复核', 'PREVENTIVE', 'MANUAL', 'MONTHLY', ${id(2, 'x.n')}, 'OPERATING', '2026-06-30', ${BY}
    FROM (SELECT n, i, k FROM made, generate_series(0, ${POWERS - 1}) i, generate_series(0, 6) k WHERE kind IN ('GOVERNMENT_DEPARTMENT', 'TOWNSHIP')) x ORDER BY x.n, x.i, x.k`,
  `INSERT INTO control_risk_point (control_id, risk_point_id, unit_id)
    SELECT ${id(5, `x.n * 64 + x.i * 8 + x.k`)}, ${id(4, `x.n * 64 + x.i * 8 + x.k`)}, ${id(1, 'x.n')}
    FROM (SELECT n, i, k FROM made, generate_series(0, ${POWERS - 1}) i, generate_series(0, 6) k WHERE kind IN ('GOVERNMENT_DEPARTMENT', 'TOWNSHIP')) x ORDER BY x.n, x.i, x.k`,
  `RESET session_replication_role`,
  `VACUUM (ANALYZE, FREEZE) unit, position, power, risk_point, control, control_risk_point`,
]

/** A database of this file's own with a province in it. */
export async function province(): Promise<Province> {
  const database = await testDatabase({ statementTimeout: 120_000 })
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    for (const statement of STATEMENTS) await client.query(statement)
  } finally {
    await client.end()
  }
  return { database, unitId: async code => (await database.owner.query<{ id: string }>('SELECT id FROM unit WHERE code = $1', [code])).rows[0]!.id }
}
