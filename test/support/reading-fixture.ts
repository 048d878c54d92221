import type pg from 'pg'
import { filledDatabase, type TestDatabase } from './database'
import { deeds } from './reading-deeds'

/**
 * Some 300 units in eight counties with everything that hangs below them, made to be awkward: codes that begin like each other, equal
 * order keys, texts that hurt, rows at both sides of every edge of the scope. Written as the owner, straight into the tables; ids and
 * values are the same in every run.
 */
export async function fillReadingFixture(owner: pg.Pool): Promise<void> {
  const client = await owner.connect()
  try {
    for (const statement of STATEMENTS) await client.query(statement).catch((e: Error) => { throw new Error(`${e.message} in ${statement.slice(0, 300)}`) })
  } finally {
    client.release()
  }
}

/** A database of the fixture, and of nothing else. */
export const readingDatabase = (): Promise<TestDatabase> => filledDatabase('reading_fixture', fillReadingFixture)

/** Texts that break what is put together carelessly; `pick(HOSTILE, n)`. */
export const HOSTILE: readonly string[] = [
  '审批环节', `药械采购'; DROP TABLE unit; --`, 'a "quoted" \\ back\\slash', 'line\nbreak\ttab', '100%_of_\\%', '😀🀄 表情', '\u0001\u001f控制', '</script>&amp;', '＂全角＂', '{"json": [1]}', '$1::text', 'é̂ combining', ' lead and trail ',
]
const HOSTILE_SQL = `ARRAY[${HOSTILE.map(t => `E'${t.replaceAll('\\', '\\\\').replaceAll(`'`, `''`)}'`).join(', ')}]`

/** The person of every actor that asks. */
export const VIEWER = 'person:01935000-ffff-7000-8000-000000000001'
const WHO = `'system:test', 'system:test'`
const BY = 'created_by, updated_by'
/** Departments and townships: the units that have powers. */
const OFFICES = `office AS (SELECT u.*, row_number() OVER (ORDER BY path) n FROM unit u WHERE kind IN ('GOVERNMENT_DEPARTMENT', 'TOWNSHIP'))`

/** Type, table and unit of what has approvals, state changes or evidence. */
const SUBJECTS = [
  ['Unit', 'unit', 'id'], ['Power', 'power', 'unit_id'], ['OperatingFlow', 'operating_flow', 'unit_id'], ['RiskPoint', 'risk_point', 'unit_id'], ['Control', 'control', 'unit_id'],
  ['ControlTest', 'control_test', 'unit_id'], ['ResponsibilityList', 'responsibility_list', 'unit_id'], ['DutyItem', 'duty_item', 'unit_id'], ['AccountabilityCycle', 'accountability_cycle', 'unit_id'],
  ['SupervisionRule', 'supervision_rule', 'unit_id'], ['RectificationTask', 'rectification_task', 'unit_id'], ['RectificationExtension', 'rectification_extension', 'unit_id'],
  ['SupervisionActivity', 'supervision_activity', 'unit_id'], ['SupervisionFinding', 'supervision_finding', 'unit_id'], ['RecommendationLetter', 'recommendation_letter', 'unit_id'],
  ['RecommendationItem', 'recommendation_item', 'unit_id'], ['AccountabilityDecision', 'accountability_decision', 'unit_id'], ['DutyReport', 'duty_report', 'unit_id'],
  ['CollaborationRecord', 'collaboration_record', 'unit_id'], ['ConsultationMeeting', 'consultation_meeting', 'unit_id'], ['Clue', 'clue', 'unit_id'], ['ClueTransfer', 'clue_transfer', 'unit_id'],
  ['Verification', 'verification', 'unit_id'], ['Restitution', 'restitution', 'unit_id'], ['IdentityRelease', 'identity_release', 'unit_id'],
  ['Case', 'case_file', 'unit_id'], ['GovernanceMeasure', 'governance_measure', 'unit_id'], ['HearingSession', 'hearing_session', 'unit_id'], ['HearingQuestion', 'hearing_question', 'unit_id'], ['Pledge', 'pledge', 'unit_id'],
  ['SpecialRectification', 'special_rectification', 'unit_id'], ['SpecialRectificationUnit', 'special_rectification_unit', 'unit_id'], ['Job', 'job', 'unit_id'],
] as const

/** One item in each section of every rule that has none. */
const RULE_ITEMS = `INSERT INTO supervision_rule_item (id, unit_id, rule_id, section, seq, code, text_zh, text_en, fault_kind, unit_kinds, relation_kinds, matter_code, power_category, sector_code, created_by, updated_by)
  SELECT pg_temp.id(61, row_number() OVER (ORDER BY r.id, s.section) + (SELECT count(*) FROM supervision_rule_item)), r.unit_id, r.id, s.section, 1, s.section || '-1', r.title_zh, r.title_en, CASE WHEN s.section = 'ACCOUNTABILITY_TRIGGERS' THEN 'ABUSE' END,
    CASE WHEN s.section = 'OBJECTS' THEN ARRAY['TOWNSHIP'] ELSE '{}' END, CASE WHEN s.section = 'OBJECTS' THEN ARRAY['OUTPOST'] ELSE '{}' END, CASE WHEN s.section = 'MATTERS' THEN 'livelihood' END,
    CASE WHEN s.section = 'MATTERS' AND r.title_en IS NOT NULL THEN 'FINANCE' END, CASE WHEN s.section = 'MATTERS' THEN 'health' END, 'system:test', 'system:test'
  FROM supervision_rule r, unnest(ARRAY['OBJECTS', 'MATTERS', 'WAYS', 'MEANS', 'USE_OF_RESULTS', 'ACCOUNTABILITY_TRIGGERS']) s(section) WHERE NOT EXISTS (SELECT FROM supervision_rule_item i WHERE i.rule_id = r.id)`

const STATEMENTS: readonly string[] = [
  // Ids are UUIDv7 in form; the numbers are scattered so that the order of ids says nothing about the tree.
  `CREATE FUNCTION pg_temp.id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('01935000-' || lpad(to_hex(kind), 4, '0') || '-7000-8000-' || lpad(to_hex(n * 48271 % 2147483647), 12, '0'))::uuid $$`,
  `CREATE FUNCTION pg_temp.pick(list text[], n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT list[1 + n % array_length(list, 1)] $$`,
  `CREATE FUNCTION pg_temp.at(n bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
    $$ SELECT timestamptz '2026-01-01 00:00:00.000001Z' + n % 50 * interval '1 day' + n * interval '1.234567 ms' $$`,

  `WITH county(code, parent) AS (
      SELECT c, '5108' FROM unnest(ARRAY['51080', '510801', '5108011', '510802', '510803', '510804', '510821']) c UNION ALL SELECT '510901', '5109'),
    tree(code, parent, kind) AS (
      SELECT '51', NULL, 'PROVINCE' UNION ALL SELECT c, '51', 'PARTY_COMMITTEE' FROM unnest(ARRAY['5108', '5109']) c
      UNION ALL SELECT code, parent, 'PARTY_COMMITTEE' FROM county
      UNION ALL SELECT '5108-C' || i, '5108', 'GOVERNMENT_DEPARTMENT' FROM generate_series(1, 10) i
      UNION ALL SELECT code || '-D' || i, code, 'GOVERNMENT_DEPARTMENT' FROM county, generate_series(1, 8) i
      UNION ALL SELECT code || '-T' || i, code, 'TOWNSHIP' FROM county, generate_series(1, 5) i
      UNION ALL SELECT code || '-T' || i || '-V' || j, code || '-T' || i, 'VILLAGE_OR_COMMUNITY' FROM county, generate_series(1, 5) i, generate_series(1, 4) j),
    RECURSIVE_tree AS (
      WITH RECURSIVE walk AS (
        SELECT code, parent, kind, '/' || code || '/' AS path, 1 AS depth FROM tree WHERE parent IS NULL
        UNION ALL SELECT t.code, t.parent, t.kind, w.path || t.code || '/', w.depth + 1 FROM walk w JOIN tree t ON t.parent = w.code)
      SELECT *, row_number() OVER (ORDER BY depth, code) AS n FROM walk)
    INSERT INTO unit (id, code, uscc, name_zh, name_en, name_pinyin, name_initials, kind, division_code, parent_id, path, depth, sector_codes, state, valid_from, valid_to, successor_id, is_synthetic, created_at, updated_at, ${BY})
    SELECT pg_temp.id(1, t.n), t.code, CASE WHEN t.n % 3 = 0 THEN 'USCC' || t.n END, pg_temp.pick(${HOSTILE_SQL}, t.n) || t.code, CASE WHEN t.n % 2 = 0 THEN 'Unit ' || t.code END,
      pg_temp.pick(ARRAY['guang3 yuan2  guangyuan', 'wang4 cang1  wangcang', 'jian4 ge2  jiange'], t.n), pg_temp.pick(ARRAY['gy', 'wc', 'jg'], t.n), t.kind, substr(t.code, 1, 6),
      (SELECT pg_temp.id(1, p.n) FROM RECURSIVE_tree p WHERE p.code = t.parent), t.path, t.depth,
      (ARRAY['health', 'education', 'land'])[1:(t.n % 4)::int], CASE WHEN t.n % 11 = 0 THEN 'DISSOLVED' ELSE 'ACTIVE' END, date '2020-01-01' + (t.n % 7)::int, CASE WHEN t.n % 11 = 0 THEN date '2025-01-01' END,
      CASE WHEN t.n % 22 = 0 THEN pg_temp.id(1, t.n - 1) END, t.n % 5 = 0, pg_temp.at(t.n), pg_temp.at(t.n), ${WHO}
    FROM RECURSIVE_tree t`,
  `INSERT INTO administrative_division (id, code, name_zh, name_pinyin, name_initials, level, parent_code, valid_from, valid_to, replaced_by_code, ${BY})
    SELECT pg_temp.id(2, n), (510800 + n)::text, '区划' || n, pg_temp.pick(ARRAY['qu1 hua4  quhua', 'ou1 hua4  ouhua'], n), 'qh', 'COUNTY', '5108', '2000-01-01', CASE WHEN n % 4 = 0 THEN date '2020-01-01' END, CASE WHEN n % 4 = 0 THEN '510800' END, ${WHO}
    FROM generate_series(1, 40) n`,
  // Relations across counties, so that both ends are met in and out of scope.
  `WITH u AS (SELECT id, row_number() OVER (ORDER BY md5(code)) n FROM unit)
    INSERT INTO unit_relation (id, from_unit_id, to_unit_id, kind, valid_from, ${BY})
    SELECT pg_temp.id(3, a.n), a.id, b.id, pg_temp.pick(ARRAY['LINE', 'DISPATCHED', 'OUTPOST', 'LIAISON'], a.n), '2021-01-01', ${WHO} FROM u a JOIN u b ON b.n = a.n + 7 WHERE a.n % 2 = 0`,
  `INSERT INTO position (id, unit_id, code, name_zh, name_en, power_bearing, rank, ${BY})
    SELECT pg_temp.id(4, u.n * 3 + i), u.id, 'P' || i, pg_temp.pick(${HOSTILE_SQL}, u.n + i), CASE WHEN i = 1 THEN 'Head' END, i < 3, CASE WHEN i = 2 THEN '科员' END, ${WHO}
    FROM (SELECT *, row_number() OVER (ORDER BY path) n FROM unit) u, generate_series(1, 3) i`,
  `INSERT INTO person (id, unit_id, display_name, staff_no, ${BY})
    SELECT pg_temp.id(5, n), id, pg_temp.pick(ARRAY['岗位人员', '😀符号', '"引号'], n) || n, 'S' || n, ${WHO} FROM (SELECT *, row_number() OVER (ORDER BY path) n FROM unit) u`,
  // Every third person holds a post of a unit elsewhere.
  `WITH u AS (SELECT id, row_number() OVER (ORDER BY path) n, count(*) OVER () total FROM unit), p AS (SELECT id, row_number() OVER (ORDER BY id) n FROM person)
    INSERT INTO appointment (id, unit_id, person_id, position_id, role, valid_from, valid_to, ${BY})
    SELECT pg_temp.id(6, p.n), u.id, p.id, (SELECT id FROM position WHERE unit_id = u.id AND code = 'P1'), pg_temp.pick(ARRAY['UNIT_HEAD', 'TEAM_MEMBER', 'STAFF'], p.n), '2022-01-01', CASE WHEN p.n % 4 = 0 THEN date '2024-01-01' END, ${WHO}
    FROM p JOIN u ON u.n = CASE WHEN p.n % 3 = 0 THEN (p.n * 53) % u.total + 1 ELSE p.n END`,
  `INSERT INTO village_supervisor (id, unit_id, person_id, posts, valid_from, ${BY})
    SELECT pg_temp.id(7, n), u.id, (SELECT id FROM person ORDER BY md5(id::text || u.code) LIMIT 1), ARRAY['AFFAIRS_SUPERVISION_CHAIR', 'DEPUTY_PARTY_SECRETARY', 'DISCIPLINE_COMMISSIONER', 'SUPERVISION_INFORMATION_OFFICER'], '2023-01-01', ${WHO}
    FROM (SELECT *, row_number() OVER (ORDER BY path) n FROM unit WHERE kind = 'VILLAGE_OR_COMMUNITY') u WHERE n % 3 = 0`,
  `WITH p AS (SELECT id, row_number() OVER (ORDER BY id) n FROM person), u AS (SELECT id, row_number() OVER (ORDER BY md5(code)) n FROM unit)
    INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, revoked_at, ${BY})
    SELECT pg_temp.id(8, p.n), p.id, pg_temp.pick(ARRAY['SUPERVISOR', 'UNIT_EDITOR', 'AUDITOR'], p.n), u.id, 'TERRITORIAL', '2020-01-01', CASE WHEN p.n % 5 = 0 THEN pg_temp.at(p.n) END, ${WHO}
    FROM p JOIN u ON u.n = p.n WHERE p.n <= 120`,
  `INSERT INTO service_account (id, unit_id, code, name_zh, purpose, role, realm, revoked_at, ${BY})
    SELECT pg_temp.id(9, n), id, 'tool-' || n % 3, pg_temp.pick(${HOSTILE_SQL}, n), '统计报表', pg_temp.pick(ARRAY['REPORTING_CLIENT', 'SECTOR_MAINTAINER'], n), 'REGISTERS', CASE WHEN n % 7 = 0 THEN pg_temp.at(n) END, ${WHO}
    FROM (SELECT *, row_number() OVER (ORDER BY path) n FROM unit) u WHERE n % 2 = 0`,
  `INSERT INTO service_account_key (id, service_account_id, unit_id, name, hash, expires_at, revoked_at, last_used_at, ${BY})
    SELECT pg_temp.id(10, a.n * 2 + i), a.id, a.unit_id, left(md5(a.n || '.' || i), 16), 'sha256:' || repeat('ab', 32), now() + make_interval(days => (a.n % 300)::int), CASE WHEN a.n % 5 = 0 THEN pg_temp.at(a.n) END, CASE WHEN i = 1 THEN pg_temp.at(a.n + 1) END, ${WHO}
    FROM (SELECT *, row_number() OVER (ORDER BY id) n FROM service_account) a, generate_series(1, 2) i`,

  `WITH ${OFFICES}
    INSERT INTO power (id, unit_id, code, name_zh, name_en, description_zh, category, significance, sector_code, legal_basis, state, catalog_code, is_synthetic, created_at, updated_at, ${BY})
    SELECT pg_temp.id(16, o.n * 4 + i), o.id, 'PW-' || i, pg_temp.pick(${HOSTILE_SQL}, o.n + i), CASE WHEN i = 2 THEN 'Power' END, CASE WHEN o.n % 2 = 0 THEN pg_temp.pick(${HOSTILE_SQL}, o.n) END,
      pg_temp.pick(ARRAY['FINANCE', 'PROCUREMENT', 'APPROVAL'], o.n), CASE WHEN i = 1 THEN 'MAJOR' ELSE 'GENERAL' END, CASE WHEN o.n % 3 = 0 THEN 'health' END,
      CASE o.n % 4 WHEN 0 THEN '[]' WHEN 1 THEN '[{"title": "政府采购法", "article": "第七十一条", "documentNo": null}]' ELSE '[{"title": "a \\"b\\" \\\\ c"}, {"title": "二", "documentNo": "川府〔2020〕1号"}]' END::jsonb,
      pg_temp.pick(ARRAY['PROPOSED', 'CONFIRMED', 'PUBLISHED'], o.n + i), CASE WHEN i = 1 THEN 'health.power.' || o.n END, i = 2, pg_temp.at(o.n), pg_temp.at(o.n), ${WHO}
    FROM office o, generate_series(1, 2) i`,
  `INSERT INTO power_position (power_id, position_id, unit_id) SELECT w.id, p.id, w.unit_id FROM power w JOIN position p ON p.unit_id = w.unit_id AND p.power_bearing WHERE w.code = 'PW-1' OR p.code = 'P1'`,
  `INSERT INTO operating_flow (id, unit_id, power_id, version, state, published_at, ${BY})
    SELECT pg_temp.id(17, n * 2 + v), unit_id, id, v, CASE WHEN v = 1 AND n % 2 = 0 THEN 'SUPERSEDED' ELSE CASE WHEN n % 5 = 0 THEN 'DRAFT' ELSE 'EFFECTIVE' END END, CASE WHEN n % 5 > 0 THEN pg_temp.at(n) END, ${WHO}
    FROM (SELECT *, row_number() OVER (ORDER BY id) n FROM power) w, generate_series(1, 2) v WHERE v = 1 OR n % 2 = 0`,
  `INSERT INTO flow_step (id, unit_id, power_id, flow_id, seq, name_zh, name_en, kind, position_id, time_limit_working_days, collective_decision, ${BY})
    SELECT pg_temp.id(18, n * 3 + s), unit_id, power_id, id, 4 - s, '环节' || s, NULL, pg_temp.pick(ARRAY['APPLY', 'REVIEW', 'DECIDE'], s), CASE WHEN s < 3 THEN (SELECT p.id FROM position p WHERE p.unit_id = f.unit_id AND p.code = 'P' || s) END, CASE WHEN s = 2 THEN 5 END, s = 3, ${WHO}
    FROM (SELECT *, row_number() OVER (ORDER BY id) n FROM operating_flow) f, generate_series(1, 3) s`,
  `WITH p AS (SELECT *, row_number() OVER (ORDER BY id) n FROM power),
    r AS (SELECT p.*, i, p.n * 3 + i AS k, CASE WHEN (p.n + i) % 4 = 0 THEN NULL ELSE 1 + (p.n * i) % 5 END AS l, 1 + (p.n + i * 3) % 5 AS m FROM p, generate_series(1, 3) i),
    q AS (SELECT *, CASE WHEN l > 2 AND k % 3 = 0 THEN l - 1 END AS rl FROM r)
    INSERT INTO risk_point (id, unit_id, power_id, flow_step_id, code, description_zh, description_en, cause_zh, category, owner_position_id, state,
      inherent_likelihood, inherent_impact, inherent_score, inherent_level, inherent_matrix_version, residual_likelihood, residual_impact, residual_score, residual_level, residual_matrix_version,
      score, level, response_plan, accepted_until, review_due_on, catalog_code, is_synthetic, created_at, updated_at, ${BY})
    SELECT pg_temp.id(32, k), q.unit_id, q.id, CASE WHEN i = 1 THEN (SELECT s.id FROM flow_step s WHERE s.power_id = q.id ORDER BY s.id LIMIT 1) END, 'R' || i, pg_temp.pick(${HOSTILE_SQL}, k) || k, CASE WHEN k % 2 = 0 THEN 'risk' END, CASE WHEN k % 3 = 0 THEN '原因' END,
      pg_temp.pick(ARRAY['POST', 'PROCESS', 'DECISION'], k), (SELECT p.id FROM position p WHERE p.unit_id = q.unit_id AND p.code = 'P' || i),
      CASE WHEN l IS NULL THEN 'IDENTIFIED' ELSE pg_temp.pick(ARRAY['RATED', 'CONTROLLED', 'MONITORED', 'ESCALATED', 'RETIRED'], k) END,
      l, CASE WHEN l IS NOT NULL THEN m END, c.score, c.level, CASE WHEN l IS NOT NULL THEN 1 END, rl, CASE WHEN rl IS NOT NULL THEN m END, d.score, d.level, CASE WHEN rl IS NOT NULL THEN 1 END,
      coalesce(d.score, c.score, 0), coalesce(d.level, c.level, 'UNRATED'), CASE WHEN k % 2 = 0 THEN 'REDUCE' END, NULL, CASE WHEN k % 3 > 0 THEN date '2026-06-01' + (k % 40)::int END, CASE WHEN i = 1 THEN 'health.risk.' || k END, k % 7 = 0, pg_temp.at(k), pg_temp.at(k), ${WHO}
    FROM q LEFT JOIN risk_matrix_cell c ON c.matrix_version = 1 AND c.likelihood = q.l AND c.impact = q.m LEFT JOIN risk_matrix_cell d ON d.matrix_version = 1 AND d.likelihood = q.rl AND d.impact = q.m`,
  `INSERT INTO risk_rating (id, unit_id, risk_point_id, kind, likelihood, impact, score, level, matrix_version, basis, rated_at, rated_by)
    SELECT pg_temp.id(33, n), unit_id, id, 'INHERENT', inherent_likelihood, inherent_impact, inherent_score, inherent_level, 1, CASE WHEN n % 2 = 0 THEN '依据' END, pg_temp.at(n), 'system:test'
    FROM (SELECT *, row_number() OVER (ORDER BY id) n FROM risk_point) r WHERE inherent_level IS NOT NULL`,
  `INSERT INTO control (id, unit_id, code, description_zh, description_en, nature, mode, frequency, owner_position_id, state, design_effectiveness, operating_effectiveness, last_tested_on, next_test_due_on, ${BY})
    SELECT pg_temp.id(34, n), unit_id, 'C' || n, pg_temp.pick(${HOSTILE_SQL}, n), NULL, pg_temp.pick(ARRAY['PREVENTIVE', 'DETECTIVE', 'CORRECTIVE'], n), pg_temp.pick(ARRAY['MANUAL', 'AUTOMATED', 'HYBRID'], n), 'MONTHLY', owner_position_id,
      pg_temp.pick(ARRAY['DESIGNED', 'IMPLEMENTING', 'OPERATING', 'DEFICIENT', 'RETIRED'], n), CASE WHEN n % 2 = 0 THEN 'EFFECTIVE' END, CASE WHEN n % 4 = 0 THEN 'INEFFECTIVE' END, CASE WHEN n % 2 = 0 THEN date '2026-02-01' END, CASE WHEN n % 3 = 0 THEN date '2026-08-01' END, ${WHO}
    FROM (SELECT *, row_number() OVER (ORDER BY id) n FROM risk_point) r WHERE n % 3 > 0`,
  // A control serves several risk points of its unit, a risk point has none to four controls.
  `INSERT INTO control_risk_point (control_id, risk_point_id, unit_id)
    SELECT c.id, r.id, c.unit_id FROM (SELECT *, row_number() OVER (PARTITION BY unit_id ORDER BY id) n FROM control) c JOIN (SELECT *, row_number() OVER (PARTITION BY unit_id ORDER BY id) n FROM risk_point) r ON r.unit_id = c.unit_id AND r.n > 1 AND r.n + c.n <> 5`,
  `INSERT INTO control_test (id, unit_id, control_id, period, kind, result, sample_size, exceptions, note, tested_at, tested_by)
    SELECT pg_temp.id(35, n * 2 + i), unit_id, id, '2026-Q' || i, 'OPERATING', 'EFFECTIVE', CASE WHEN n % 2 = 0 THEN 20 END, CASE WHEN n % 2 = 0 THEN i END, NULL, pg_temp.at(n), 'system:test'
    FROM (SELECT *, row_number() OVER (ORDER BY id) n FROM control) c, generate_series(1, 2) i WHERE n % 3 = 0`,

  // Supervision lists of every other office belong to a unit of the next county.
  `WITH ${OFFICES}
    INSERT INTO responsibility_list (id, unit_id, owner_unit_id, kind, year, version, state, submitted_by, submitted_at, catalog_versions, ${BY})
    SELECT pg_temp.id(48, o.n * 6 + i + y), o.id, CASE WHEN i = 3 AND o.n % 2 = 0 THEN (SELECT id FROM office f WHERE f.n = (o.n + 13) % 100 + 1) ELSE o.id END, (ARRAY['MAIN_RESPONSIBILITY', 'POWER_RISK_CONTROL', 'SUPERVISION_RESPONSIBILITY'])[i], 2025 + y / 3, 1,
      pg_temp.pick(ARRAY['DRAFT', 'UNDER_REVIEW', 'APPROVED', 'WITHDRAWN'], o.n + i), CASE WHEN o.n % 2 = 0 THEN 'system:test' END, CASE WHEN o.n % 2 = 0 THEN pg_temp.at(o.n) END, CASE WHEN o.n % 3 = 0 THEN '[{"plugin": "health", "version": "1.0.0"}]' ELSE '[]' END::jsonb, ${WHO}
    FROM office o, generate_series(1, 3) i, (VALUES (0), (3)) v(y)`,
  `INSERT INTO duty_item (id, unit_id, list_id, list_kind, seq, responsibility, code, content_zh, owner_unit_id, responsible_appointment_id, due_on, is_priority_task, state, waived_reason, ${BY})
    SELECT pg_temp.id(49, n * 3 + i), unit_id, id, kind, i, CASE WHEN kind = 'MAIN_RESPONSIBILITY' THEN (ARRAY['COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY'])[i] ELSE 'COMMISSION_SUPERVISORY' END, 'D' || i, pg_temp.pick(${HOSTILE_SQL}, n + i), owner_unit_id,
      CASE WHEN i > 1 THEN (SELECT a.id FROM appointment a ORDER BY md5(a.id::text || n) LIMIT 1) END, CASE WHEN i < 3 THEN date '2026-12-01' - (n % 90)::int END, i = 1, pg_temp.pick(ARRAY['NOT_STARTED', 'IN_PROGRESS', 'CLAIMED_DONE', 'WAIVED'], n + i), NULL, ${WHO}
    FROM (SELECT *, row_number() OVER (ORDER BY id) n FROM responsibility_list WHERE kind <> 'POWER_RISK_CONTROL') l, generate_series(1, 3) i`,
  `INSERT INTO focus_power (duty_item_id, power_id, unit_id) SELECT d.id, p.id, d.unit_id FROM duty_item d JOIN power p ON p.unit_id = d.unit_id WHERE d.responsibility = 'COMMISSION_SUPERVISORY' AND d.seq = 1`,
  `INSERT INTO focus_risk_point (duty_item_id, risk_point_id, unit_id) SELECT d.id, r.id, d.unit_id FROM duty_item d JOIN risk_point r ON r.unit_id = d.unit_id AND r.code = 'R1' WHERE d.responsibility = 'COMMISSION_SUPERVISORY' AND d.seq < 3`,
  `INSERT INTO list_power (list_id, list_kind, power_id, unit_id) SELECT l.id, l.kind, p.id, p.unit_id FROM responsibility_list l JOIN power p ON p.unit_id = l.unit_id WHERE l.kind = 'POWER_RISK_CONTROL'`,
  `INSERT INTO responsibility_list (id, unit_id, owner_unit_id, kind, year, version, state, supersedes_id, ${BY})
    SELECT pg_temp.id(48, n + 10000), unit_id, owner_unit_id, kind, year, 2, 'WITHDRAWN', id, ${WHO} FROM (SELECT *, row_number() OVER (ORDER BY id) n FROM responsibility_list) l WHERE n % 9 = 0`,
  `INSERT INTO accountability_cycle (id, unit_id, year, state, main_list_id, power_risk_list_id, supervision_list_id, unit_confirmed_by, unit_confirmed_at, ${BY})
    SELECT pg_temp.id(50, n), unit_id, year, 'PREPARING', id, (SELECT p.id FROM responsibility_list p WHERE p.unit_id = l.unit_id AND p.year = l.year AND p.kind = 'POWER_RISK_CONTROL' AND p.version = 1),
      CASE WHEN n % 2 = 0 THEN (SELECT p.id FROM responsibility_list p WHERE p.unit_id = l.unit_id AND p.year = l.year AND p.kind = 'SUPERVISION_RESPONSIBILITY' AND p.version = 1) END, CASE WHEN n % 2 = 0 THEN 'system:test' END, CASE WHEN n % 2 = 0 THEN pg_temp.at(n) END, ${WHO} FROM (SELECT *, row_number() OVER (ORDER BY id) n FROM responsibility_list WHERE kind = 'MAIN_RESPONSIBILITY' AND version = 1) l`,
  `INSERT INTO indicator_figure (id, unit_id, plugin_code, variable, period, value, source, ${BY})
    SELECT pg_temp.id(53, n), id, 'health', 'orders', '2026-Q1', n * 1.25, 'REPORTED', ${WHO} FROM (SELECT *, row_number() OVER (ORDER BY path) n FROM unit) u WHERE n % 3 = 0`,

  // Every fourth unit issues rules: published ones with a version in the making behind them, others that are drafts only. Published ones are locked.
  `INSERT INTO supervision_rule (id, unit_id, kind, version, title_zh, title_en, document_no, issuer_name_zh, effective_from, state, edited_by, content_hash, ${BY})
    SELECT pg_temp.id(60, n * 2 + i), id, (ARRAY['CITY_COMMISSION_ORGAN', 'TOWNSHIP_COMMISSION'])[i], 1, pg_temp.pick(${HOSTILE_SQL}, n + i), CASE WHEN n % 3 = 0 THEN 'Rule' END, CASE WHEN i = 1 THEN '文号' || n END, name_zh, date '2026-01-01' + n::int,
      'DRAFT', CASE WHEN n % 3 = 0 THEN ARRAY['system:test', '${VIEWER}'] ELSE ARRAY['system:test'] END, CASE WHEN i = 1 THEN md5(n::text) || md5('') END, ${WHO}
    FROM (SELECT *, row_number() OVER (ORDER BY path) n FROM unit) u, generate_series(1, 2) i WHERE n % 4 = 1`,
  RULE_ITEMS,
  `UPDATE supervision_rule SET state = 'PUBLISHED', is_published = true, published_at = pg_temp.at(1) WHERE kind = 'CITY_COMMISSION_ORGAN'`,
  `INSERT INTO supervision_rule (id, unit_id, kind, version, title_zh, issuer_name_zh, effective_from, state, supersedes_id, ${BY})
    SELECT pg_temp.id(60, 100000 + row_number() OVER (ORDER BY id)), unit_id, kind, 2, title_zh, issuer_name_zh, effective_from + 30, 'UNDER_REVIEW', id, ${WHO} FROM supervision_rule WHERE is_published`,
  RULE_ITEMS,
  `UPDATE supervision_rule SET state = CASE WHEN hashtext(id::text) % 2 = 0 THEN 'SUPERSEDED' ELSE 'REPEALED' END, repealed_reason = CASE WHEN hashtext(id::text) % 2 = 0 THEN NULL ELSE '不再适用' END, effective_to = effective_from + 10
    WHERE is_published AND hashtext(id::text) % 3 = 0`,

  ...deeds(HOSTILE_SQL, VIEWER),

  // What hangs on rows of any kind.
  `CREATE TEMP VIEW subject AS SELECT *, row_number() OVER (ORDER BY id) n FROM (${SUBJECTS.map(([type, table, unit]) => `SELECT '${type}' AS type, id, ${unit} AS unit_id FROM ${table}`).join(' UNION ALL ')}) s`,
  `INSERT INTO approval_record (id, subject_type, subject_id, unit_id, seq, step, decision, content_hash, actor, opinion, at)
    SELECT pg_temp.id(51, n), type, id, unit_id, 1, CASE WHEN type = 'ResponsibilityList' THEN 'LIST_APPROVAL' ELSE 'UNIT_CONFIRMATION' END, pg_temp.pick(ARRAY['APPROVED', 'RETURNED'], n), md5(n::text) || md5(''), 'system:test', '意见', pg_temp.at(n) FROM subject WHERE type IN ('ResponsibilityList', 'AccountabilityCycle', 'SupervisionRule', 'RecommendationLetter') AND n % 2 = 0`,
  `INSERT INTO state_transition (id, subject_type, subject_id, unit_id, command, from_state, to_state, actor, opinion, at)
    SELECT pg_temp.id(52, n * 2 + i), type, id, CASE WHEN type NOT IN ('Case', 'Clue', 'ClueTransfer', 'IdentityRelease', 'Restitution', 'Verification') THEN unit_id ELSE '00000000-0000-0000-0000-000000000000' END, 'move', 'A', 'B', 'system:test', CASE WHEN i = 1 THEN pg_temp.pick(${HOSTILE_SQL}, n) END, pg_temp.at(n) FROM subject, generate_series(1, 2) i WHERE n % 3 = 0 OR i = 1 AND n % 3 = 1`,
  `INSERT INTO evidence (id, unit_id, subject_type, subject_id, title, sensitivity, url, collected_at, expires_on, ${BY})
    SELECT pg_temp.id(36, n), unit_id, type, id, '佐证' || n, 'INTERNAL', 'https://example.org/' || n, pg_temp.at(n), CASE WHEN n % 2 = 0 THEN date '2027-01-01' END, ${WHO} FROM subject WHERE type IN ('Power', 'RiskPoint', 'Control', 'ControlTest', 'DutyItem', 'RectificationTask', 'RecommendationItem', 'DutyReport', 'GovernanceMeasure', 'SpecialRectificationUnit') AND n % 6 = 0`,
  // The viewer of every test wrote and did a part of it (four eyes).
  ...[['power', 'edited_by'], ['operating_flow', 'edited_by'], ['responsibility_list', 'edited_by'], ['duty_item', 'performed_by']].map(([table, column]) =>
    `UPDATE ${table} SET ${column} = CASE hashtext(id::text) % 3 WHEN 0 THEN ARRAY['system:test', '${VIEWER}'] ELSE ARRAY['system:test'] END`),
  `UPDATE accountability_cycle SET unit_confirmed_by = '${VIEWER}' WHERE unit_confirmed_by IS NOT NULL AND hashtext(id::text) % 2 = 0`,
  `UPDATE accountability_cycle SET state = 'IN_FORCE', joint_publication_at = unit_confirmed_at, commission_confirmed_at = unit_confirmed_at, commission_confirmed_by = 'system:test'
    WHERE supervision_list_id IS NOT NULL AND hashtext(id::text) % 3 = 0`,
  `UPDATE responsibility_list SET submitted_by = '${VIEWER}' WHERE submitted_by IS NOT NULL AND hashtext(id::text) % 5 = 0`,
  'ANALYZE',
]
