import { BY, Counties, COUNTY } from './counties'

/** 167 findings and as many tasks for each of 6,000 bureaus: over a million of each. */
const EACH = 167
const LARGE = ['supervision_finding', 'rectification_task']

let c: Counties
beforeAll(async () => {
  c = await Counties.with([['PROVINCE', 'SUPERVISOR', '51'], ['COUNTY', 'SUPERVISOR', COUNTY], ['BUREAU', 'SUPERVISOR', `${COUNTY}10`]], async insert => {
    const each = `FROM unit u, generate_series(1, ${EACH}) n WHERE u.depth = 4`
    await insert('supervision_finding', 'id, unit_id, found_by_unit_id, found_by_name_zh, source_kind, category, severity, description_zh, found_on, state, created_by, updated_by', `
      SELECT gen_random_uuid(), u.id, u.parent_id, 'x', 'OTHER', CASE n % 4 WHEN 0 THEN 'procurement-tendering' ELSE 'power-operation' END, CASE WHEN n % 50 = 0 THEN 'SERIOUS' ELSE 'GENERAL' END,
        'x', DATE '2024-01-01' + n * 5, CASE n % 5 WHEN 0 THEN 'OPEN' WHEN 1 THEN 'LINKED' ELSE 'RESOLVED' END, ${BY} ${each}`)
    await insert('rectification_task', 'id, unit_id, problem, due_on, state, source_kind, source_told, source_id, returns, verified_by, closed_on, created_by, updated_by', `
      SELECT gen_random_uuid(), u.id, 'x', DATE '2024-01-01' + n * 5, CASE n % 5 WHEN 0 THEN 'OPEN' WHEN 1 THEN 'IN_PROGRESS' ELSE 'CLOSED' END, 'CONTROL_TEST', 'CONTROL_TEST', gen_random_uuid(),
        CASE WHEN n % 60 = 0 THEN 2 ELSE 0 END, CASE WHEN n % 5 > 1 THEN 'person:x' END, CASE WHEN n % 5 > 1 THEN DATE '2026-01-01' END, ${BY} ${each}`)
  })
})
afterAll(() => c.close())

const finding = (o: string, filter = ''): string => `{ supervisionFindings(first: 20, filter: { ${filter} }${o}) { nodes { id state severity foundOn allowedCommands } pageInfo { hasNextPage endCursor } } }`
const task = (o: string, filter = ''): string => `{ rectificationTasks(first: 20, filter: { ${filter} }${o}) { nodes { id state dueOn returns allowedCommands } pageInfo { hasNextPage endCursor } } }`
const BELOW = 'unit: { within: COUNTY }'
const QUESTIONS: Readonly<Record<string, string>> = {
  'serious findings below a county': finding('', `severity: { eq: SERIOUS }, ${BELOW}`),
  'findings of a category below a county, by recording': finding(', orderBy: [{ field: CREATED_AT, direction: ASC }]', `category: { eq: "procurement-tendering" }, ${BELOW}`),
  'the oldest tasks': task(''),
  'open tasks by their days': task(', orderBy: [{ field: DUE_ON, direction: ASC }]', 'state: { in: [OPEN, IN_PROGRESS] }'),
  'tasks that came back most often': task(', orderBy: [{ field: RETURNS, direction: DESC }]'),
  'overdue tasks below a county': task(', orderBy: [{ field: DUE_ON, direction: ASC }]', `dueOn: { before: "2025-06-01" }, state: { eq: OPEN }, ${BELOW}`),
  'how many findings a county has': `{ supervisionFindings(first: 1, filter: { ${BELOW} }) { totalCount } }`,
  'how many tasks a county has': `{ rectificationTasks(first: 1, filter: { ${BELOW} }) { totalCount } }`,
}

test('they are there', async () => {
  const { rows: [n] } = await c.t.owner.query('SELECT (SELECT count(*)::int FROM supervision_finding) AS findings, (SELECT count(*)::int FROM rectification_task) AS tasks')
  expect(n).toEqual({ findings: 6_000 * EACH, tasks: 6_000 * EACH })
  const found = await c.ask<{ supervisionFindings: object; rectificationTasks: object }>('COUNTY', `{ supervisionFindings(filter: { ${BELOW} }) { totalCount } rectificationTasks(filter: { ${BELOW} }) { totalCount } }`)
  expect([found.supervisionFindings, found.rectificationTasks]).toEqual([{ totalCount: 30 * EACH }, { totalCount: 30 * EACH }])
})

describe.each(['COUNTY', 'BUREAU'])('%s', who => {
  test.each(Object.entries(QUESTIONS))('%s: answered by indexes', async (name, query) => {
    const plans = await c.plansOf(who, query)
    expect(plans.length).toBeGreaterThan(0)
    for (const plan of plans) {
      expect({ name, scanned: plan.scanned.filter(table => LARGE.includes(table)) }).toEqual({ name, scanned: [] })
      // A county has 5,010 of each; nothing asked here looks at more than those of one.
      expect([name, plan.blocks < 30_000 ? 'few' : `${plan.blocks} blocks by ${plan.by.join(', ')}`]).toEqual([name, 'few'])
    }
  })
})
