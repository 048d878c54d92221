import { coreModules } from '../../src/modules'
import { testApi, type Answer, type TestApi } from '../support/api'
import { countedCity, type KnownPoint } from '../support/counted-city'

let api: TestApi
let points: KnownPoint[]
const tokens = new Map<string, string>()

beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  ;({ points } = await countedCity(api.database.db))
  await api.database.owner.query(`
    WITH who (staff_no, role, code) AS (VALUES ('CITY', 'LEADER_READER', '510800'), ('REPORTS', 'REPORTING_CLIENT', '510800'), ('NEIGHBOUR', 'UNIT_EDITOR', '510802'),
      ('ADMIN', 'PLATFORM_ADMIN', '510800'), ('HEALTH', 'UNIT_EDITOR', '510821-HEALTH')),
    p AS (INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by)
      SELECT gen_random_uuid(), u.id, '测试', w.staff_no, 'system:test', 'system:test' FROM who w JOIN unit u ON u.code = w.code RETURNING id, staff_no)
    INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by)
    SELECT gen_random_uuid(), p.id, w.role, u.id, 'TERRITORIAL', '2020-01-01', 'system:test', 'system:test' FROM p JOIN who w USING (staff_no) JOIN unit u ON u.code = w.code`)
  for (const who of ['CITY', 'REPORTS', 'NEIGHBOUR', 'ADMIN', 'HEALTH']) tokens.set(who, await api.token(who))
})
afterAll(() => api.close())

const ask = (who: string, query: string, variables?: object): Promise<Answer> => api.ask(tokens.get(who)!, query, variables)
const idOf = async (code: string): Promise<string> => (await ask('CITY', 'query ($code: String!) { unitByCode(code: $code) { id } }', { code })).data.unitByCode.id
const BY_CHILD = `query ($u: ID!, $filter: RiskPointFilter) {
  riskPointAggregate(filter: { unit: { within: $u } }, groupBy: [UNIT_CHILD, LEVEL], orderBy: [{ field: COUNT, direction: DESC }], first: 100) {
    groups { key { unit { id nameZh parent { code } riskPoints(first: 1) { totalCount } } sector level state category } count averageScore sumScore highCount highRate { numerator denominator value nullReason } }
    groupCount hasNextPage endCursor totals { count ratedCount } coverage { value } asOf contentVersion
  }
  riskPoints(first: 1, filter: $filter) { totalCount }
}`

test('a city is counted by its counties; every unit leads on into the registers, and the list behind a figure has as many rows', async () => {
  const city = await idOf('510800')
  const { data, errors } = await ask('CITY', BY_CHILD, { u: city, filter: { unit: { within: city } } })
  expect(errors).toEqual([])
  const { groups, totals } = data.riskPointAggregate
  expect(totals.count).toBe(points.length)
  expect(data.riskPoints.totalCount).toBe(points.length)
  expect(new Set(groups.map((g: { key: { unit: { nameZh: string } } }) => g.key.unit.nameZh))).toEqual(new Set(['中共广元市委员会', '中共旺苍县委员会', '中共利州区委员会']))
  const county = groups.filter((g: { key: { unit: { nameZh: string } } }) => g.key.unit.nameZh === '中共旺苍县委员会')
  expect(county[0].key.unit).toMatchObject({ parent: { code: '510800' }, riskPoints: { totalCount: points.filter(p => p.unit === '510821').length } })
  expect(county[0].key).toMatchObject({ sector: null, state: null, category: null })
  expect(county.reduce((n: number, g: { count: number }) => n + g.count, 0)).toBe(points.filter(p => p.path.startsWith('/510800/510821/')).length)
  const counts = groups.map((g: { count: number }) => g.count)
  expect(counts).toEqual([...counts].sort((a, b) => b - a))
})

test('the filter is an argument like that of the list, whole and in variables', async () => {
  const query = 'query ($f: RiskPointFilter) { a: riskPointAggregate(filter: $f, groupBy: [STATE]) { groups { key { state } count } totals { count } } b: riskPoints(first: 1, filter: $f) { totalCount } }'
  for (const f of [undefined, null, {}, { level: { in: ['HIGH'] } }, { or: [{ level: { eq: 'LOW' } }, { score: { gte: 20 } }] }]) {
    const { data, errors } = await ask('CITY', query, { f })
    expect(errors).toEqual([])
    expect(data.a.totals.count).toBe(data.b.totalCount)
    expect(data.a.totals.count).toBeGreaterThan(0)
  }
})

test('a reporting tool counts what it may not list', async () => {
  const { data, errors } = await ask('REPORTS', '{ riskPointAggregate(groupBy: [SECTOR]) { groups { key { sector } count } totals { count } } }')
  expect(errors).toEqual([])
  expect(data.riskPointAggregate.totals.count).toBe(points.length)
  expect((await ask('REPORTS', '{ riskPoints(first: 1) { nodes { id } } }')).errors[0]).toMatchObject({ extensions: { code: 'FORBIDDEN' } })
})

test('who may not count is told so; without a token nobody counts', async () => {
  const query = '{ riskPointAggregate(groupBy: [LEVEL]) { totals { count } } }'
  expect((await ask('ADMIN', query)).errors[0]).toMatchObject({ extensions: { code: 'FORBIDDEN' } })
  expect((await api.ask(null, query)).errors[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } })
})

test('a neighbour counts its own county, and below another unit nothing', async () => {
  const own = points.filter(p => p.path.startsWith('/510800/510802/')).length
  const [city, bureau, mine] = [await idOf('510800'), await idOf('510821-HEALTH'), await idOf('510802')]
  for (const [u, count] of [[city, 0], [bureau, 0], [mine, own]] as const) {
    const { data, errors } = await ask('NEIGHBOUR', BY_CHILD, { u })
    expect(errors).toEqual([])
    expect(data.riskPointAggregate.totals.count).toBe(count)
    expect(data.riskPoints.totalCount).toBe(own)
  }
  const { data } = await ask('HEALTH', '{ riskPointAggregate(groupBy: [UNIT]) { groups { key { unit { code } } count } } }')
  expect(data.riskPointAggregate.groups.map((g: { key: { unit: { code: string } } }) => g.key.unit.code)).toEqual(['510821-HEALTH', '510821-HOSPITAL'])
})

test.each([
  ['a dimension that does not exist', 'riskPointAggregate(groupBy: [LEVELS]) { groupCount }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a measure that does not exist', 'riskPointAggregate(groupBy: [LEVEL]) { groups { mean } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a filter that does not exist', 'riskPointAggregate(groupBy: [LEVEL], filter: { grade: { eq: HIGH } }) { groupCount }', 'GRAPHQL_VALIDATION_FAILED'],
  ['no dimensions named', 'riskPointAggregate { groupCount }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a dimension twice', 'riskPointAggregate(groupBy: [LEVEL, LEVEL]) { groupCount }', 'BAD_INPUT'],
  ['two dimensions of units', 'riskPointAggregate(groupBy: [UNIT, UNIT_CHILD], filter: { unit: { within: "x" } }) { groupCount }', 'BAD_INPUT'],
  ['subordinates of no unit', 'riskPointAggregate(groupBy: [UNIT_CHILD]) { groupCount }', 'BAD_INPUT'],
  ['too large a page', 'riskPointAggregate(groupBy: [LEVEL], first: 5000) { groupCount }', 'LIMIT_EXCEEDED'],
  ['a NUL in a text', 'riskPointAggregate(groupBy: [LEVEL], filter: { code: { eq: "\\u0000" } }) { groupCount }', 'BAD_INPUT'],
])('%s is refused with its code', async (_, field, code) => {
  const { errors } = await ask('CITY', `{ ${field} }`)
  expect(errors.map(e => e.extensions.code)).toEqual([code])
})
