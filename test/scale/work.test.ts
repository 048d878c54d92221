import { BY, Counties, COUNTY, idsByUnit } from './counties'

/** 167 findings and as many tasks for each of 6,000 bureaus: over a million of each. Letters, clues and cases: 34 each, 204,000; what a plan does with more is the same. */
const [EACH, SOME] = [167, 34]
const LARGE = ['unit', 'supervision_finding', 'rectification_task', 'recommendation_letter', 'clue', 'clue_subject_unit', 'clue_subject_person', 'case_file']
/** The second of two cities of 100 counties: everything of it was recorded after everything of the first. */
const CITY = '5111'
const WHO = ['PROVINCE', 'CITY', 'COUNTY', 'BUREAU'] as const
const AT = { PROVINCE: '51', CITY, COUNTY, BUREAU: `${COUNTY}10` } as const

let c: Counties
beforeAll(async () => {
  c = await Counties.with(WHO.flatMap(who => [[who, 'SUPERVISOR', AT[who]], [`${who}-COMMISSION`, 'COMMISSION_APPROVER', AT[who]]] as const), async insert => {
    const each = (times: number): string => `FROM (SELECT id, parent_id, row_number() OVER (ORDER BY code) AS at FROM unit WHERE depth = 4) u, generate_series(1, ${times}) n`
    const day = `DATE '2024-01-01' + ((u.at * 7 + n * 5) % 835)::int`
    await insert('supervision_finding', 'id, unit_id, found_by_unit_id, found_by_name_zh, source_kind, category, severity, description_zh, found_on, state, created_by, updated_by', `
      SELECT ${idsByUnit(1)}, u.id, u.parent_id, 'x', 'OTHER', CASE n % 4 WHEN 0 THEN 'procurement-tendering' ELSE 'power-operation' END, CASE WHEN n % 50 = 0 THEN 'SERIOUS' ELSE 'GENERAL' END,
        'x', ${day}, CASE n % 5 WHEN 0 THEN 'OPEN' WHEN 1 THEN 'LINKED' ELSE 'RESOLVED' END, ${BY} ${each(EACH)}`)
    await insert('rectification_task', 'id, unit_id, problem, due_on, state, source_kind, source_told, source_id, returns, verified_by, closed_on, created_by, updated_by', `
      SELECT ${idsByUnit(2)}, u.id, 'x', ${day}, CASE n % 5 WHEN 0 THEN 'OPEN' WHEN 1 THEN 'IN_PROGRESS' ELSE 'CLOSED' END, 'CONTROL_TEST', 'CONTROL_TEST', gen_random_uuid(),
        CASE WHEN n % 60 = 0 THEN 2 ELSE 0 END, CASE WHEN n % 5 > 1 THEN 'person:x' END, CASE WHEN n % 5 > 1 THEN DATE '2026-01-01' END, ${BY} ${each(EACH)}`)
    await insert('recommendation_letter', 'id, unit_id, issuer_unit_id, addressee_unit_id, title, basis, source_kind, state, no, issued_on, reply_due_on, created_by, updated_by', `
      SELECT ${idsByUnit(3)}, u.id, u.parent_id, u.id, 'x', 'x', 'OTHER', CASE n % 5 WHEN 0 THEN 'ACKNOWLEDGED' WHEN 1 THEN 'ISSUED' ELSE 'CLOSED' END, u.at || '-' || n, ${day}, '2026-09-01', ${BY} ${each(SOME)}`)
    await insert('clue', 'id, unit_id, intake_unit_id, channel, nature, anonymity, received_on, step_due_on, outcome, dispositions, readers, state, created_by, updated_by', `
      SELECT ${idsByUnit(4)}, u.id, u.id, 'PHONE', 'DISCIPLINE_CLUE', 'ANONYMOUS', ${day}, ${day} + 60, CASE n % 4 WHEN 0 THEN 'UNFOUNDED' END, '{NONE}',
        CASE WHEN n = 1 THEN ARRAY['person:' || u.id] ELSE '{}' END, CASE n % 5 WHEN 0 THEN 'CLOSED' WHEN 1 THEN 'CASE_FILED' ELSE 'ASSIGNED' END, ${BY} ${each(SOME)}`)
    await insert('clue_subject_unit', 'clue_id, unit_id, subject_unit_id', 'SELECT id, unit_id, unit_id FROM clue')
    await insert('person', 'id, unit_id, display_name, staff_no, created_by, updated_by', `SELECT gen_random_uuid(), id, '测试', code, ${BY} FROM unit WHERE depth = 4`)
    await insert('clue_subject_person', 'clue_id, unit_id, person_id', 'SELECT c.id, c.unit_id, p.id FROM clue c JOIN person p ON p.unit_id = c.unit_id')
    await insert('case_file', 'id, unit_id, investigation_unit_id, number_year, number_seq, number, filed_on, state, created_by, updated_by', `SELECT ${idsByUnit(5)}, u.id, u.id, 2026, n, 'x', ${day}, 'FILED', ${BY} ${each(SOME)}`)
  })
})
afterAll(() => c.close())

type Asked = (order?: string, filter?: string, after?: string) => string
const list = (field: string, columns: string): Asked => (order = '', filter = '', after = '') =>
  `{ ${field}(first: 20, filter: { ${filter} }${order && `, orderBy: [{ field: ${order.split(' ')[0]}, direction: ${order.split(' ')[1]} }]`}${after && `, after: "${after}"`}) { nodes { id ${columns} state allowedCommands } pageInfo { hasNextPage endCursor } } }`
const [finding, task, letter, clue, file] = [
  list('supervisionFindings', 'severity foundOn'), list('rectificationTasks', 'dueOn returns'), list('recommendationLetters', 'issuedOn'), list('clues', 'receivedOn'), list('cases', 'filedOn')]
const BELOW = 'unit: { within: COUNTY }'
const IN_CITY = 'unit: { within: CITY }'
const WORK: Readonly<Record<string, string>> = {
  'the newest findings': finding(),
  'the oldest findings': finding('FOUND_ON ASC'),
  'findings as they were recorded, the last first': finding('CREATED_AT DESC'),
  'open findings of a time': finding('', `state: { eq: OPEN }, foundOn: { after: "2025-01-01", before: "2025-12-31" }`),
  'serious findings': finding('', 'severity: { eq: SERIOUS }'),
  'the newest findings below a county': finding('', BELOW),
  'the newest findings below a city': finding('', IN_CITY),
  'serious findings below a county': finding('', `severity: { eq: SERIOUS }, ${BELOW}`),
  'findings of a category below a county, as they were recorded': finding('CREATED_AT ASC', `category: { eq: "procurement-tendering" }, ${BELOW}`),
  'the oldest tasks': task(),
  'the newest tasks': task('CREATED_AT DESC'),
  'tasks by their days': task('DUE_ON ASC'),
  'open tasks by their days': task('DUE_ON ASC', 'state: { in: [OPEN, IN_PROGRESS] }'),
  'tasks that came back most often': task('RETURNS DESC'),
  'tasks below a city by their days': task('DUE_ON ASC', IN_CITY),
  'overdue tasks below a county': task('DUE_ON ASC', `dueOn: { before: "2025-06-01" }, state: { eq: OPEN }, ${BELOW}`),
  'how many findings a county has': `{ supervisionFindings(first: 1, filter: { ${BELOW} }) { totalCount } }`,
  'how many tasks a county has': `{ rectificationTasks(first: 1, filter: { ${BELOW} }) { totalCount } }`,
  'the newest letters': letter('CREATED_AT DESC'),
  'letters that wait for an answer': letter('', 'state: { eq: ACKNOWLEDGED }'),
  'letters of a state below a county': letter('', `state: { eq: ISSUED }, ${BELOW}`),
}
const CLOSED: Readonly<Record<string, string>> = {
  'clues as they were recorded': clue(),
  'the newest clues': clue('CREATED_AT DESC'),
  'clues as they were received, the last first': clue('RECEIVED_ON DESC'),
  'clues whose step is due': clue('RECEIVED_ON ASC', 'stepDueOn: { before: "2024-09-01" }, state: { eq: ASSIGNED }'),
  'clues of a state below a county': clue('RECEIVED_ON ASC', `state: { eq: ASSIGNED }, ${BELOW}`),
  'the newest clues below a city': clue('CREATED_AT DESC', IN_CITY),
  'the newest cases': file('CREATED_AT DESC'),
  'cases as they were filed': file('FILED_ON ASC'),
  'cases of a state below a county': file('FILED_ON DESC', `state: { eq: FILED }, ${BELOW}`),
}
const plansOf = (who: string, query: string): ReturnType<Counties['plansOf']> => c.plansOf(who, query, ['CLUES', 'CASES'])
const said = (query: string): string => query.replaceAll(' CITY ', JSON.stringify(c.unitId(CITY)))

test('they are there', async () => {
  const { rows: [n] } = await c.t.owner.query('SELECT (SELECT count(*)::int FROM supervision_finding) AS findings, (SELECT count(*)::int FROM rectification_task) AS tasks, (SELECT count(*)::int FROM recommendation_letter) AS letters, (SELECT count(*)::int FROM clue) AS clues')
  expect(n).toEqual({ findings: 6_000 * EACH, tasks: 6_000 * EACH, letters: 6_000 * SOME, clues: 6_000 * SOME })
  const found = await c.ask<{ supervisionFindings: object; rectificationTasks: object }>('COUNTY', `{ supervisionFindings(filter: { ${BELOW} }) { totalCount } rectificationTasks(filter: { ${BELOW} }) { totalCount } }`)
  expect([found.supervisionFindings, found.rectificationTasks]).toEqual([{ totalCount: 30 * EACH }, { totalCount: 30 * EACH }])
})

/**
 * A county has 5,010 findings and tasks; what is filtered there looks at no more than those. A page of a city looks up a row for each of its 3,101
 * units, twice where two units make it seen: some 12 blocks, of what is closed half as much again for whom a row is about.
 */
async function expectFew(name: string, who: string, query: string): Promise<void> {
  const plans = await plansOf(who, said(query))
  expect(plans.length).toBeGreaterThan(0)
  for (const plan of plans) {
    expect({ name, scanned: plan.scanned.filter(table => LARGE.includes(table)), text: plan.text }).toEqual({ name, scanned: [], text: plan.text })
    expect([name, plan.blocks < 60_000 ? 'few' : `${plan.blocks} blocks by ${plan.by.join(', ')}`]).toEqual([name, 'few'])
  }
}

describe.each(WHO)('%s', who => {
  test.each(Object.entries(WORK))('%s: answered by indexes', (name, query) => expectFew(name, who, query))
  test.each(Object.entries(CLOSED))('%s: answered by indexes', (name, query) => expectFew(name, `${who}-COMMISSION`, query))

  test.each<[string, Asked, string]>([['findings', finding, ''], ['tasks by their days', task, 'DUE_ON ASC'], ['tasks by their returns', task, 'RETURNS DESC']])('a later page of %s costs what the first one costs', async (_, of, order) => {
    const [answer] = Object.values(await c.ask<Record<string, { pageInfo: { endCursor: string } }>>(who, of(order)))
    const [first, second] = [await plansOf(who, of(order)), await plansOf(who, of(order, '', answer!.pageInfo.endCursor))]
    expect(second[0]!.scanned.filter(table => LARGE.includes(table))).toEqual([])
    expect(second[0]!.blocks).toBeLessThan(first[0]!.blocks * 2)
  })
})
