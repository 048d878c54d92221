import { coreModules } from '../../src/domain'
import { testApi, type TestApi } from '../support/api'
import { readingDatabase } from '../support/reading-fixture'

/** A leader of one county tries everything that might show rows of the county next door, over HTTP, in both readers. */
const OWN = '/51/5108/510801/'
const NEXT = '/51/5108/5108011/'

describe.each([['planned', true], ['resolved', false]] as const)('a neighbouring county, %s', (_, planner) => {
  let api: TestApi
  let token: string
  const id = async (prefix: string, sql: string): Promise<string> => `${prefix}_${(await api.database.owner.query<{ id: string }>(sql)).rows[0]!.id}`

  beforeAll(async () => {
    api = await testApi({ modules: coreModules, config: { planner }, database: readingDatabase })
    await api.database.owner.query(`
      WITH who AS (INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by) SELECT '01935000-aaaa-7000-8000-000000000001', id, '监督', 'NEXT-DOOR', 't', 't' FROM unit WHERE path = '${OWN}' RETURNING id, unit_id)
      INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by) SELECT '01935000-aaaa-7000-8000-000000000002', id, 'LEADER_READER', unit_id, 'TERRITORIAL', '2020-01-01', 't', 't' FROM who`)
    token = await api.token('NEXT-DOOR')
  })
  afterAll(() => api.close())

  test('sees its own county, whole', async () => {
    const { rows: [own] } = await api.database.owner.query(`SELECT count(*)::int AS units, (SELECT count(*)::int FROM risk_point r JOIN unit u ON u.id = r.unit_id WHERE u.path LIKE '${OWN}%') AS risks FROM unit WHERE path LIKE '${OWN}%'`)
    const { data } = await api.ask(token, '{ units { totalCount } riskPoints { totalCount } }')
    expect(data).toEqual({ units: { totalCount: own.units }, riskPoints: { totalCount: own.risks } })
    expect(own.risks).toBeGreaterThan(50)
  })

  test('asks for a neighbour\'s objects by id: as if they were not there', async () => {
    const unit = await id('unit', `SELECT id FROM unit WHERE path = '${NEXT}'`)
    const of = (table: string): string => `SELECT t.id FROM ${table} t JOIN unit u ON u.id = t.unit_id WHERE u.path LIKE '${NEXT}%' LIMIT 1`
    const [power, risk, control, person] = await Promise.all([id('pw', of('power')), id('rp', of('risk_point')), id('ctl', of('control')), id('person', of('person'))])
    const { data, errors } = await api.ask(token, `query($unit: ID!, $power: ID!, $risk: ID!, $control: ID!, $person: ID!) {
      unit(id: $unit) { code } power(id: $power) { code } riskPoint(id: $risk) { code } control(id: $control) { code } person(id: $person) { id } node(id: $risk) { id } nodes(ids: [$unit, $power, $person]) { id }
      unitByCode(code: "5108011") { id } }`, { unit, power, risk, control, person })
    expect(errors).toEqual([])
    expect(new Set(Object.values(data).flat())).toEqual(new Set([null]))
  })

  test('goes up, across and down from its own rows: edges end at the county\'s border', async () => {
    const { data, errors } = await api.ask(token, `{ unitByCode(code: "510801") {
      parent { id } ancestors { id } children(first: 100) { totalCount nodes { code } }
      relationsFrom(first: 100) { nodes { toUnit { path } } } relationsTo(first: 100) { nodes { fromUnit { path } toUnit { path } } }
      persons(first: 100) { nodes { appointments { totalCount nodes { unit { path } } } } } } }`)
    expect(errors).toEqual([])
    expect([data.unitByCode.parent, data.unitByCode.ancestors]).toEqual([null, []])
    const paths = [...JSON.stringify(data).matchAll(/"path":"([^"]+)"/g)].map(m => m[1]!)
    expect(paths.filter(p => !p.startsWith(OWN))).toEqual([])
    expect(data.unitByCode.children.nodes.every((u: { code: string }) => u.code.startsWith('510801-'))).toBe(true)
  })

  test('filters by the neighbour, by the city, by or: nothing more is found', async () => {
    const [city, next] = await Promise.all([id('unit', `SELECT id FROM unit WHERE path = '/51/5108/'`), id('unit', `SELECT id FROM unit WHERE path = '${NEXT}'`)])
    const { data } = await api.ask(token, `query($city: ID!, $next: ID!) {
      all: riskPoints { totalCount }
      city: riskPoints(filter: {unit: {within: $city}}) { totalCount nodes { id } }
      next: riskPoints(filter: {unit: {within: $next}}) { totalCount nodes { id } }
      eq: units(filter: {unit: {in: [$city, $next]}}) { totalCount nodes { id } }
      either: riskPoints(filter: {or: [{unit: {within: $city}}, {unit: {within: $next}}, {score: {gte: 0}}]}) { totalCount }
    }`, { city, next })
    for (const nothing of ['city', 'next', 'eq']) expect(data[nothing]).toEqual({ totalCount: 0, nodes: [] })
    expect(data.either).toEqual(data.all)
  })

  test('uses a cursor from the other side of the border', async () => {
    const { rows } = await api.database.owner.query<{ id: string }>(`SELECT r.id FROM risk_point r JOIN unit u ON u.id = r.unit_id WHERE u.path LIKE '${NEXT}%' ORDER BY r.id LIMIT 1`)
    const { data: { riskPoints: { edges: [first] } } } = await api.ask(token, '{ riskPoints(first: 1) { edges { cursor } } }')
    const [tag] = JSON.parse(Buffer.from(first.cursor, 'base64').toString()) as string[]
    const { data, errors } = await api.ask(token, 'query($after: String) { riskPoints(first: 100, after: $after) { nodes { unit { path } } } }', { after: Buffer.from(JSON.stringify([tag, rows[0]!.id])).toString('base64') })
    expect(errors).toEqual([])
    expect(data.riskPoints.nodes.filter((n: { unit: { path: string } }) => !n.unit.path.startsWith(OWN))).toEqual([])
  })

  test('reads names masked, as a role that does not deal with named people', async () => {
    const { data } = await api.ask(token, '{ persons(first: 5) { nodes { displayName staffNo } } }')
    for (const p of data.persons.nodes) expect(p).toEqual({ displayName: expect.stringMatching(/^.\*\*$/u), staffNo: expect.stringMatching(/^[SN]\*\*$/) })
  })
})
