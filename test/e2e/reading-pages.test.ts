import { coreModules } from '../../src/domain'
import { testApi, type TestApi } from '../support/api'
import { readingDatabase } from '../support/reading-fixture'

/** A front end lists a register: it searches, orders, turns pages to the end and back, and opens a row. */
let api: TestApi
let token: string
beforeAll(async () => {
  api = await testApi({ modules: coreModules, database: readingDatabase })
  await api.database.owner.query(`
    WITH who AS (INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by) SELECT '01935000-aaaa-7000-8000-000000000001', id, '监督', 'PAGES', 't', 't' FROM unit WHERE path = '/51/5108/' RETURNING id, unit_id)
    INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by) SELECT '01935000-aaaa-7000-8000-000000000002', id, 'SUPERVISOR', unit_id, 'TERRITORIAL', '2020-01-01', 't', 't' FROM who`)
  token = await api.token('PAGES')
})
afterAll(() => api.close())

const LIST = `query List($first: Int, $after: String, $last: Int, $before: String, $filter: RiskPointFilter, $orderBy: [RiskPointOrder!]) {
  riskPoints(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { id score level unit { nameZh } }
  }
}`
interface Node { id: string; score: number }

test('turning pages forwards to the end and backwards to the beginning meets every row once, in the same order', async () => {
  const filter = { level: { in: ['HIGH', 'MEDIUM'] } }
  const orderBy = [{ field: 'SCORE', direction: 'DESC' }, { field: 'CODE' }]
  const forwards: Node[] = []
  let last: { startCursor: string } | undefined
  for (let after: string | null = null, more = true; more;) {
    const { data, errors } = await api.ask(token, LIST, { first: 23, after, filter, orderBy })
    expect(errors).toEqual([])
    forwards.push(...data.riskPoints.nodes)
    last = data.riskPoints.pageInfo
    more = data.riskPoints.pageInfo.hasNextPage
    after = data.riskPoints.pageInfo.endCursor
    expect(data.riskPoints.totalCount).toBeGreaterThanOrEqual(forwards.length)
    if (!more) expect(data.riskPoints.totalCount).toBe(forwards.length)
  }
  expect(forwards.length).toBeGreaterThan(100)
  expect(new Set(forwards.map(n => n.id)).size).toBe(forwards.length)
  expect(forwards.map(n => n.score)).toEqual(forwards.map(n => n.score).sort((a, b) => b - a))

  const backwards: Node[] = forwards.slice(-(forwards.length % 23 || 23))
  for (let before: string | null = last!.startCursor; before;) {
    const { data } = await api.ask(token, LIST, { last: 23, before, filter, orderBy })
    backwards.unshift(...data.riskPoints.nodes)
    before = data.riskPoints.pageInfo.hasPreviousPage ? data.riskPoints.pageInfo.startCursor : null
  }
  expect(backwards.map(n => n.id)).toEqual(forwards.map(n => n.id))
})

test('a name is found by one character, by pinyin and by initials, in pinyin order', async () => {
  const search = async (text: string): Promise<{ totalCount: number; nodes: { nameZh: string }[] }> =>
    (await api.ask(token, 'query($text: String!) { units(first: 100, filter: {name: {matches: $text}}, orderBy: [{field: NAME}]) { totalCount nodes { nameZh } } }', { text })).data.units
  const [character, pinyin, initials] = await Promise.all(['审', 'wang cang', 'WC'].map(search))
  expect(character!.nodes.every(u => u.nameZh.includes('审'))).toBe(true)
  expect(character!.totalCount).toBeGreaterThan(0)
  expect(pinyin!.totalCount).toBeGreaterThan(10)
  expect(initials).toEqual(pinyin)
})

test('what is wrong with a page is told with its place, in the reader\'s language', async () => {
  const { errors: [tooMany] } = await api.ask(token, LIST, { first: 1000 }, { headers: { 'accept-language': 'zh-CN' } })
  expect(tooMany).toMatchObject({ extensions: { code: 'LIMIT_EXCEEDED', limit: expect.any(String) } })
  const { errors: [cursor] } = await api.ask(token, LIST, { after: 'nonsense' }, { headers: { 'accept-language': 'zh-CN' } })
  expect(cursor).toMatchObject({ path: ['riskPoints'], extensions: { code: 'BAD_INPUT', violations: [{ path: 'after', rule: 'cursor', message: '不是该列表在此排序下的游标。' }] } })
  const { errors: [range] } = await api.ask(token, LIST, { first: -5 })
  expect(range).toMatchObject({ path: ['riskPoints'], extensions: { code: 'BAD_INPUT', violations: [{ path: 'first', rule: 'min' }] } })
})

test('the same question by a stranger without a token, and by a person without a role, is refused', async () => {
  expect((await api.ask(null, LIST)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
  await api.database.owner.query(`INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by) SELECT '01935000-aaaa-7000-8000-000000000009', id, '无', 'NO-ROLE', 't', 't' FROM unit WHERE path = '/51/'`)
  expect((await api.ask(await api.token('NO-ROLE'), LIST)).errors[0]!.extensions.code).toBe('FORBIDDEN')
})
