import { actorWith } from '../../src/auth/actor.repository'
import type { Actor, Role } from '../../src/core/actor'
import { newId } from '../../src/core/ids'
import { countsOf, itemsAt, placesOf, type InboxPage } from '../../src/domain/inbox/inbox.repository'
import { testDatabase, type TestDatabase } from '../support/database'
import { explained, type Plan } from './explained'

/** 2 prefectures of 100 counties of 30 bureaus; 300,000 things wait, nearly all of them for supervisors. What a plan does with more is the same. */
const ITEMS = 300_000
const DAY = '2026-06-30'

let t: TestDatabase
const me = newId()
beforeAll(async () => {
  t = await testDatabase()
  const { owner } = t
  await owner.query(`INSERT INTO administrative_division (id, code, name_zh, name_pinyin, name_initials, level, valid_from, created_by, updated_by) VALUES (gen_random_uuid(), '510000', '省', 'sheng', 's', 'CITY', '2000-01-01', 'system:scale', 'system:scale')`)
  const units = (from: string, code: string, path: string, parent: string, depth: number): Promise<unknown> => owner.query(`
    INSERT INTO unit (id, code, name_zh, name_pinyin, name_initials, kind, division_code, parent_id, path, depth, valid_from, created_by, updated_by)
    SELECT gen_random_uuid(), ${code}, ${code}, 'x', 'x', 'GOVERNMENT_DEPARTMENT', '510000', ${parent}, ${path}, ${depth}, '2020-01-01', 'system:scale', 'system:scale' FROM ${from}`)
  await units('(SELECT 1) one', `'51'`, `'/51/'`, 'NULL::uuid', 1)
  const below = (depth: number, n: number): Promise<unknown> =>
    units(`unit u, generate_series(10, ${9 + n}) n WHERE u.depth = ${depth - 1}`, 'u.code || n', `u.path || u.code || n || '/'`, 'u.id', depth)
  await below(2, 2)
  await owner.query('ANALYZE unit')
  await units('unit u, generate_series(100, 199) n WHERE u.depth = 2', 'u.code || n', `u.path || u.code || n || '/'`, 'u.id', 3)
  await units('unit u, generate_series(10, 39) n WHERE u.depth = 3', 'u.code || n', `u.path || u.code || n || '/'`, 'u.id', 4)
  await owner.query(`
    INSERT INTO inbox_item (subject_id, desk, unit_id, role, subject_type, state, commands, kind, due_key, since, person_id, excluded)
    SELECT gen_random_uuid(), 0, u.id, CASE WHEN n % 1500 = 0 THEN 'ACCOUNTABILITY_DECIDER' WHEN n % 10 = 1 THEN 'DUTY_OWNER' WHEN n % 10 = 2 THEN 'UNIT_EDITOR' ELSE 'SUPERVISOR' END,
      CASE n % 3 WHEN 0 THEN 'RectificationTask' ELSE 'DutyItem' END, 'X', ARRAY['x'], CASE WHEN n % 1000 = 7 THEN 'RETURNED' ELSE 'WAITING' END,
      CASE WHEN n % 4 = 0 THEN DATE '9999-12-31' ELSE DATE '2026-01-01' + (n % 365)::int END, now() - n * interval '1 second',
      CASE WHEN n % 3000 = 1 THEN $1::uuid WHEN n % 10 = 1 THEN gen_random_uuid() END, CASE WHEN n % 2 = 0 THEN ARRAY['person:x'] ELSE '{}' END
    FROM (SELECT id, row_number() OVER (ORDER BY code) - 1 AS at FROM unit WHERE depth = 4) u JOIN generate_series(0, ${ITEMS - 1}) n ON n % 6000 = u.at`, [me])
  await owner.query('ANALYZE')
})
afterAll(() => t.close())

const viewer = (...roles: [Role, string][]): Actor => actorWith({ ref: `person:${me}`, personId: me }, roles.map(([role, path]) => ({ role, path })))
const COUNTY = '/51/5110/5110100/'
const BUREAU = '/51/5110/5110100/511010010/'
const WHO: Readonly<Record<string, Actor>> = {
  'a supervisor of everything': viewer(['SUPERVISOR', '/51/']),
  'one of whose kind there are few things': viewer(['ACCOUNTABILITY_DECIDER', '/51/']),
  'a supervisor of a county': viewer(['SUPERVISOR', COUNTY]),
  'an editor of a bureau': viewer(['UNIT_EDITOR', BUREAU]),
  'somebody with many roles': viewer(['SUPERVISOR', '/51/'], ['UNIT_EDITOR', BUREAU], ['DUTY_OWNER', '/51/'], ['ACCOUNTABILITY_DECIDER', COUNTY]),
  'a duty owner among all others': viewer(['DUTY_OWNER', '/51/']),
}
const PAGE: InboxPage = { order: 'due_key', descending: false, after: null, limit: 21 }
const PAGES: Readonly<Record<string, InboxPage>> = {
  'what is due first': PAGE,
  'what has waited longest': { ...PAGE, order: 'since' },
  'what is due last': { ...PAGE, descending: true },
  'a later page': { ...PAGE, after: ['2026-03-01', '00000000-0000-0000-0000-000000000000'] },
  'what came back': { ...PAGE, kind: 'RETURNED' },
  'what is overdue of one type': { ...PAGE, subjectType: 'RectificationTask', dueBefore: DAY },
  'what a county is asked': { ...PAGE, within: COUNTY },
}
const large = (plans: readonly Plan[]): string[] => plans.flatMap(p => p.scanned.filter(table => table === 'inbox_item' || table === 'unit'))

describe.each(Object.keys(WHO))('%s', who => {
  test.each(Object.keys(PAGES))('%s: a page looks at little more than itself', async name => {
    let places: string[] = []
    const plans = await explained(t.db, async () => { places = (await placesOf(t.db, WHO[who]!, DAY, PAGES[name]!)).map(p => p.subject_id) })
    expect(large(plans)).toEqual([])
    expect([name, plans[0]!.blocks < 3_000 ? 'few' : `${plans[0]!.blocks} blocks by ${plans[0]!.by.join(', ')}`]).toEqual([name, 'few'])
    const rows = await explained(t.db, () => itemsAt(t.db, WHO[who]!, DAY, places, null))
    expect(large(rows)).toEqual([])
    expect(rows[0]!.blocks).toBeLessThan(600)
  })
})

test('pages and counts tell of the same things', async () => {
  for (const who of ['a supervisor of a county', 'a duty owner among all others', 'one of whose kind there are few things']) {
    const counts = await countsOf(t.db, WHO[who]!, { day: DAY, soon: DAY }, null)
    const seen = new Set<string>()
    let after: InboxPage['after'] = null
    for (;;) {
      const places = await placesOf(t.db, WHO[who]!, DAY, { ...PAGE, after, limit: 500 })
      for (const p of places) seen.add(p.subject_id)
      if (places.length < 500) break
      after = [places.at(-1)!.key, places.at(-1)!.subject_id]
    }
    expect([who, seen.size]).toEqual([who, counts.reduce((n, c) => n + c.total, 0)])
    expect(seen.size).toBeGreaterThan(50)
  }
})
