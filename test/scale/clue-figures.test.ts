import { BY, Counties, COUNTY, type Insert } from './counties'

/** 50 clues for each of 6,000 bureaus, one in sixteen a case with a measure, one restored: 300,000 clues. What a plan does with more is the same. */
const EACH = 50
const LARGE = ['unit', 'clue', 'clue_subject_unit', 'clue_subject_person', 'restitution', 'case_file', 'case_clue', 'case_measure', 'governance_measure']

let c: Counties
beforeAll(async () => {
  c = await Counties.with([['PROVINCE', 'COMMISSION_APPROVER', '51'], ['COUNTY', 'COMMISSION_APPROVER', COUNTY], ['BUREAU', 'COMMISSION_APPROVER', `${COUNTY}10`], ['LEADER', 'LEADER_READER', COUNTY]], clues)
})
afterAll(() => c.close())
const plansOf = (who: string, query: string): ReturnType<Counties['plansOf']> => c.plansOf(who, query, ['CLUES', 'CASES'])

async function clues(insert: Insert): Promise<void> {
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
  const { rows: [n] } = await c.t.owner.query('SELECT (SELECT count(*)::int FROM clue) AS clues, (SELECT count(*)::int FROM case_file) > 15000 AS cases, (SELECT count(*)::int FROM restitution) > 15000 AS restitutions')
  expect(n).toEqual({ clues: 6_000 * EACH, cases: true, restitutions: true })
  const { clueAggregate } = await c.ask('COUNTY', `{ clueAggregate(groupBy: [], ${BELOW}) { totals { count } } }`)
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
