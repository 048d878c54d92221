import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { createServer, type ApiServer } from '../../src/api'
import { Authenticator, loadKeys } from '../../src/auth'
import { globalId } from '../../src/core/ids'
import { coreModules } from '../../src/modules'
import { testDatabase, type TestDatabase } from '../support/database'
import { explained, type Plan } from './explained'

/** 200 counties of 30 bureaus with 50 clues each, one in sixteen a case with a measure, one restored: 300,000 clues. What a plan does with more is the same. */
const EACH = 50
const LARGE = ['unit', 'clue', 'clue_subject_unit', 'clue_subject_person', 'restitution', 'case_file', 'case_clue', 'case_measure', 'governance_measure']

let t: TestDatabase
let server: ApiServer
let authenticator: Authenticator
const ids = new Map<string, string>()
const COUNTY = '5110100'
const BY = `'system:scale', 'system:scale'`

beforeAll(async () => {
  t = await testDatabase()
  await organisation()
  await clues()
  await t.owner.query('ANALYZE')
  authenticator = new Authenticator(t.db, await loadKeys({ production: false, dataDirectory: mkdtempSync(path.join(tmpdir(), 'plumbline-scale-')) }), { issuer: 't', audience: 't', clockTolerance: 0, rightsTtl: 60_000 })
  server = await createServer({ modules: coreModules, config: { production: false, planner: true, http: { corsOrigins: [], trustProxy: false, introspection: true }, limits: {} }, db: t.db, authenticator, log: pino({ level: 'silent' }) })
  await server.app.ready()
})
afterAll(async () => {
  await server.close()
  await t.close()
})

async function organisation(): Promise<void> {
  const { owner } = t
  const divisions = (from: string, code: string, level: string, parent: string): Promise<unknown> => owner.query(`
    INSERT INTO administrative_division (id, code, name_zh, name_pinyin, name_initials, level, parent_code, valid_from, created_by, updated_by) SELECT gen_random_uuid(), ${code}, 'x', 'x', 'x', '${level}', ${parent}, '2000-01-01', ${BY} FROM ${from}`)
  const units = (from: string, code: string, division: string, parent: string, depth: number): Promise<unknown> => owner.query(`
    INSERT INTO unit (id, code, name_zh, name_pinyin, name_initials, kind, division_code, parent_id, path, depth, valid_from, created_by, updated_by)
    SELECT gen_random_uuid(), ${code}, ${code}, 'x', 'x', 'GOVERNMENT_DEPARTMENT', ${division}, ${parent}, ${depth === 1 ? `'/51/'` : `u.path || ${code} || '/'`}, ${depth}, '2020-01-01', ${BY} FROM ${from}`)
  await divisions('(SELECT 1) one', `'51'`, 'CITY', 'NULL')
  await divisions('generate_series(10, 11) c, generate_series(100, 199) n', `'51' || c || n`, 'COUNTY', `'51'`)
  await units('(SELECT 1) one', `'51'`, `'51'`, 'NULL::uuid', 1)
  await units('unit u, generate_series(10, 11) n WHERE u.depth = 1', 'u.code || n', `'51'`, 'u.id', 2)
  await units('unit u, generate_series(100, 199) n WHERE u.depth = 2', 'u.code || n', 'u.code || n', 'u.id', 3)
  await units('unit u, generate_series(10, 39) n WHERE u.depth = 3', 'u.code || n', 'u.division_code', 'u.id', 4)
  for (const { code, id } of (await owner.query(`SELECT code, id FROM unit WHERE depth < 4 OR code = '${COUNTY}10'`)).rows) ids.set(code, globalId('unit', id))
  for (const [staffNo, role, code] of [['PROVINCE', 'COMMISSION_APPROVER', '51'], ['COUNTY', 'COMMISSION_APPROVER', COUNTY], ['BUREAU', 'COMMISSION_APPROVER', `${COUNTY}10`], ['LEADER', 'LEADER_READER', COUNTY]] as const) {
    await owner.query(`
      WITH p AS (INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by) SELECT gen_random_uuid(), id, '测试', $1, ${BY} FROM unit WHERE code = '51' RETURNING id)
      INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by) SELECT gen_random_uuid(), p.id, $2, u.id, 'TERRITORIAL', '2020-01-01', ${BY} FROM p, unit u WHERE u.code = $3`, [staffNo, role, code])
  }
}

async function clues(): Promise<void> {
  const { owner } = t
  const insert = (table: string, columns: string, select: string): Promise<unknown> => owner.query(`SET session_replication_role = replica; INSERT INTO ${table} (${columns}) ${select}; RESET session_replication_role`)
  await insert('clue', 'id, unit_id, intake_unit_id, channel, nature, anonymity, received_on, step_due_on, outcome, dispositions, state, created_by, updated_by', `
    SELECT gen_random_uuid(), u.id, u.id, CASE n % 3 WHEN 0 THEN 'VISIT' ELSE 'PHONE' END, CASE n % 2 WHEN 0 THEN 'DISCIPLINE_CLUE' ELSE 'CLAIM_GRIEVANCE' END, 'ANONYMOUS', DATE '2026-01-01' + n,
      DATE '2026-03-01' + n, CASE n % 4 WHEN 0 THEN 'UNFOUNDED' WHEN 1 THEN 'FOUNDED_MISCONDUCT' END, '{NONE}', CASE n % 5 WHEN 0 THEN 'CLOSED' WHEN 1 THEN 'CASE_FILED' ELSE 'ASSIGNED' END, ${BY}
    FROM unit u, generate_series(1, ${EACH}) n WHERE u.depth = 4`)
  await insert('clue_subject_unit', 'clue_id, unit_id, subject_unit_id', 'SELECT id, unit_id, unit_id FROM clue')
  await insert('person', 'id, unit_id, display_name, staff_no, created_by, updated_by', `SELECT gen_random_uuid(), id, '测试', code, ${BY} FROM unit WHERE depth = 4`)
  await insert('clue_subject_person', 'clue_id, unit_id, person_id', 'SELECT c.id, c.unit_id, p.id FROM clue c JOIN person p ON p.unit_id = c.unit_id')
  const some = `FROM clue WHERE right(id::text, 1) = '0'`
  await insert('restitution', 'id, clue_id, unit_id, kind, amount, currency, state, paid_on, created_by, updated_by', `SELECT gen_random_uuid(), id, unit_id, 'REFUND', 10, 'CNY', 'PAID', received_on, ${BY} ${some}`)
  await insert('case_file', 'id, unit_id, investigation_unit_id, number_year, number_seq, number, filed_on, transferred_on, adjudicated_on, state, created_by, updated_by', `
    SELECT id, unit_id, unit_id, 2026, row_number() OVER (), 'x', received_on + 10, received_on + 20, received_on + 30, 'CLOSED', ${BY} ${some}`)
  await insert('case_clue', 'case_id, unit_id, clue_id', 'SELECT id, unit_id, id FROM case_file')
  await insert('governance_measure', 'id, unit_id, demanding_unit_id, kind, content_zh, report_zh, due_on, implemented_on, state, created_by, updated_by', `SELECT id, unit_id, unit_id, 'WARNING_EDUCATION', 'x', 'x', filed_on, adjudicated_on + 5, 'IMPLEMENTED', ${BY} FROM case_file`)
  await insert('case_measure', 'case_id, unit_id, measure_id', 'SELECT id, unit_id, id FROM case_file')
}

const tokens = new Map<string, string>()
async function ask(who: string, query: string): Promise<Record<string, never>> {
  const token = tokens.get(who) ?? await authenticator.issueToken(who)
  tokens.set(who, token)
  const response = await server.app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, payload: JSON.stringify({ query: query.replaceAll('COUNTY', JSON.stringify(ids.get(COUNTY))) }) })
  const { data, errors } = JSON.parse(response.body) as { data: Record<string, never>; errors?: unknown }
  expect([query, errors]).toEqual([query, undefined])
  return data
}
const plansOf = async (who: string, query: string): Promise<Plan[]> => {
  await ask(who, '{ __typename }')
  return explained(t.db, () => ask(who, query), ['CLUES', 'CASES'])
}

const BELOW = 'filter: { unit: { within: COUNTY } }'
const QUESTIONS = {
  'clues by subordinate and step': `{ clueAggregate(groupBy: [UNIT_CHILD, STATE], ${BELOW}) { groups { count } totals { count medianDaysOpen foundedRate { value } solvedLocallyRate { value } } } }`,
  'clues by county': `{ clueAggregate(groupBy: [DIVISION, CHANNEL], ${BELOW}) { groups { count } } }`,
  'clues of all that one opens': '{ clueAggregate(groupBy: [NATURE]) { groups { count } } }',
  'restitutions': `{ restitutionAggregate(groupBy: [KIND], ${BELOW}) { totals { amountPaid } } }`,
  'cases': `{ caseAggregate(groupBy: [YEAR], ${BELOW}) { totals { closedPathRate { value } medianDays { supervision governance } } } }`,
  'who is reported again': `{ repeatSubjects(of: UNIT, ${BELOW}) { repeatRate { value } } }`,
} as const

test('they are there', async () => {
  const { rows: [n] } = await t.owner.query('SELECT (SELECT count(*)::int FROM clue) AS clues, (SELECT count(*)::int FROM case_file) > 15000 AS cases, (SELECT count(*)::int FROM restitution) > 15000 AS restitutions')
  expect(n).toEqual({ clues: 6_000 * EACH, cases: true, restitutions: true })
  const { clueAggregate } = await ask('COUNTY', `{ clueAggregate(groupBy: [], ${BELOW}) { totals { count } } }`)
  expect(clueAggregate).toEqual({ totals: { count: 30 * EACH } })
})

describe.each(['COUNTY', 'BUREAU'])('%s', who => {
  test.each(Object.entries(QUESTIONS))('%s are counted by the indexes of their units', async (name, query) => {
    const plans = await plansOf(who, query)
    expect(plans.length).toBeGreaterThan(0)
    for (const plan of plans) {
      expect({ name, scanned: plan.scanned.filter(table => LARGE.includes(table)) }).toEqual({ name, scanned: [] })
      // Some 14 for each of 1,500 clues of a county: its row, its intake, and whether it is about the viewer.
      expect([name, plan.blocks < 45_000 ? 'few' : `${plan.blocks} blocks by ${plan.by.join(', ')}`]).toEqual([name, 'few'])
    }
  })
})

test('a county below the province is counted as by the county itself', async () => {
  for (const query of [QUESTIONS['clues by subordinate and step'], QUESTIONS.cases, QUESTIONS['who is reported again']]) {
    for (const plan of await plansOf('PROVINCE', query)) expect(plan.scanned.filter(table => LARGE.includes(table))).toEqual([])
  }
})

test('a year for leaders reads the rows of their county', async () => {
  for (const query of ['{ clueStatistics(year: 2026, groupBy: CHANNEL) { totals { value } } }', '{ caseStatistics(year: 2026, groupBy: PATH) { totals { value } } }']) {
    for (const plan of await plansOf('LEADER', query)) expect(plan.scanned.filter(table => LARGE.includes(table))).toEqual([])
  }
})
