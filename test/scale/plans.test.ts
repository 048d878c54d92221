import { globalId } from '../../src/core/ids'
import { coreModules } from '../../src/modules'
import { Authenticator, loadKeys } from '../../src/auth'
import { createServer, type ApiServer } from '../../src/api'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { explained, type Plan } from './explained'
import { province, type Province } from './province'

/** Everything that grows with the province. Matrices, grants and the like are small and may be read whole. */
const LARGE = ['unit', 'position', 'power', 'risk_point', 'control', 'control_risk_point']

let p: Province
let server: ApiServer
let authenticator: Authenticator
const ids = new Map<string, string>()

beforeAll(async () => {
  p = await province()
  const { db, owner } = p.database
  for (const code of ['51', '5108', '510803', '510803-D10', '510803105']) ids.set(code, globalId('unit', await p.unitId(code)))
  for (const [staffNo, codes] of [['PROVINCE', ['51']], ['CITY', ['5108']], ['COUNTY', ['510803']], ['BUREAU', ['510803-D10']], ['SEVERAL', ['510803', '510804', '510702-D01']]] as const) {
    await owner.query(`
      WITH u AS (SELECT id FROM unit WHERE code = ANY($2)),
      p AS (INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by) SELECT gen_random_uuid(), id, '测试', $1, 'system:scale', 'system:scale' FROM u LIMIT 1 RETURNING id)
      INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by)
      SELECT gen_random_uuid(), p.id, 'UNIT_EDITOR', u.id, 'TERRITORIAL', '2020-01-01', 'system:scale', 'system:scale' FROM p, u`, [staffNo, codes])
  }
  authenticator = new Authenticator(db, await loadKeys({ production: false, dataDirectory: mkdtempSync(path.join(tmpdir(), 'plumbline-scale-')) }), { issuer: 't', audience: 't', clockTolerance: 0, rightsTtl: 60_000 })
  const config = { production: false, planner: true, http: { corsOrigins: [], trustProxy: false, introspection: true }, limits: {} }
  server = await createServer({ modules: coreModules, config, db, authenticator, log: pino({ level: 'silent' }) })
  await server.app.ready()
})
afterAll(async () => {
  await server.close()
  await p.database.close()
})

const tokens = new Map<string, string>()

async function ask(who: string, query: string): Promise<Record<string, unknown>> {
  const token = tokens.get(who) ?? await authenticator.issueToken(who)
  tokens.set(who, token)
  const response = await server.app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, payload: JSON.stringify({ query }) })
  const { data, errors } = JSON.parse(response.body) as { data: Record<string, unknown>; errors?: unknown }
  expect([query, errors]).toEqual([query, undefined])
  return data
}

/** The plans of what answers the query, without what finds out who asks. */
async function plansOf(who: string, query: string): Promise<Plan[]> {
  await ask(who, '{ __typename }')
  return explained(p.database.db, () => ask(who, query))
}

const unit = (code: string): string => JSON.stringify(ids.get(code))
const WHO = ['PROVINCE', 'CITY', 'COUNTY', 'SEVERAL', 'BUREAU']

/** Query, and the blocks of 8 KB that it may touch: about three times what it touches when its plan is right. */
const QUESTIONS: Readonly<Record<string, [query: string, blocks: number]>> = {
  'a unit with its ancestors': ['{ unit(id: UNIT) { id code nameZh parent { id } ancestors { id code } } }', 120],
  'a unit with powers, risk points and controls': ['{ unit(id: UNIT) { powers(first: 20) { nodes { nameZh sectorCode riskPoints(first: 100) { nodes { description level inherent { likelihood } controls(first: 10) { nodes { description ownerPosition { nameZh } } } } } } } } }', 4_000],
  'high risks of a county, the gravest first': ['{ riskPoints(first: 50, filter: { unit: { within: COUNTY }, level: { eq: HIGH }, state: { eq: RATED } }, orderBy: [{ field: SCORE, direction: DESC }]) { nodes { id score unit { nameZh } power { nameZh } controlCount } pageInfo { endCursor hasNextPage } } }', 5_000],
  'units one after the other': ['{ units(first: 100) { nodes { id code nameZh kind path } } }', 3_000],
  'units below a county': ['{ units(first: 100, filter: { unit: { within: COUNTY } }) { nodes { id code } } }', 1_500],
  'risk points of a unit': ['{ riskPoints(first: 20, filter: { unit: { eq: UNIT } }) { nodes { id } } }', 400],
  'controls of a unit': ['{ controls(first: 20, filter: { unit: { eq: UNIT } }) { nodes { id } } }', 400],
  'powers below a township': ['{ powers(first: 20, filter: { unit: { within: TOWNSHIP } }) { nodes { id } } }', 600],
  'one unit by its code': ['{ unitByCode(code: "510803-D10") { id } }', 60],
  'units by name': ['{ units(first: 20, orderBy: [{ field: NAME }]) { nodes { id } } }', 9_000],
  'risk points of everybody one sees': ['{ riskPoints(first: 20) { nodes { id code } } }', 90_000],
  'the gravest risk points of everybody one sees': ['{ riskPoints(first: 20, orderBy: [{ field: SCORE, direction: DESC }]) { nodes { id code } } }', 90_000],
  'risk points below a county': ['{ riskPoints(first: 20, filter: { unit: { within: COUNTY } }) { nodes { id code } } }', 20_000],
  'the gravest risk points below a county': ['{ riskPoints(first: 20, filter: { unit: { within: COUNTY } }, orderBy: [{ field: SCORE, direction: DESC }]) { nodes { id code } } }', 20_000],
  'controls below a township': ['{ controls(first: 20, filter: { unit: { within: TOWNSHIP } }, orderBy: [{ field: CODE }]) { nodes { id } } }', 1_000],
  'children and posts': ['{ unit(id: COUNTY) { children(first: 100) { nodes { id positions(first: 5) { nodes { nameZh } } } } } }', 2_000],
}
const said = (query: string): string => query.replace(/\bUNIT\b/g, unit('510803-D10')).replace(/\bCOUNTY\b/g, unit('510803')).replace(/\bTOWNSHIP\b/g, unit('510803105'))

test('the province is there', async () => {
  const { rows: [n] } = await p.database.owner.query('SELECT (SELECT count(*)::int FROM unit) AS units, (SELECT count(*)::int FROM risk_point) AS risks, (SELECT count(*)::int FROM control) AS controls')
  expect(n).toEqual({ units: 59_851, risks: 969_024, controls: 969_024 })
})

describe.each(Object.entries(QUESTIONS))('%s', (_, [query, blocks]) => {
  test.each(WHO)('asked by %s reads no large table from end to end', async who => {
    const plans = await plansOf(who, said(query))
    expect(plans.length).toBeGreaterThan(0)
    for (const plan of plans) {
      expect({ text: plan.text, scanned: plan.scanned.filter(t => LARGE.includes(t)) }).toEqual({ text: plan.text, scanned: [] })
      expect({ text: plan.text, blocks: Math.max(plan.blocks, blocks) }).toEqual({ text: plan.text, blocks })
    }
  })
})

test('a later page costs what the first one costs', async () => {
  const query = (after: string): string => said(`{ riskPoints(first: 50${after}, filter: { unit: { within: COUNTY }, level: { eq: HIGH } }, orderBy: [{ field: SCORE, direction: DESC }]) { nodes { id } pageInfo { endCursor } } }`)
  const { pageInfo } = (await ask('CITY', query(''))).riskPoints as { pageInfo: { endCursor: string } }
  const [first, second] = [await plansOf('CITY', query('')), await plansOf('CITY', query(`, after: "${pageInfo.endCursor}"`))]
  expect(second[0]!.scanned.filter(t => LARGE.includes(t))).toEqual([])
  expect(second[0]!.blocks).toBeLessThan(first[0]!.blocks * 2)
})

describe('counting a city', () => {
  const query = (groupBy: string): string => `{ riskPointAggregate(filter: { unit: { within: ${unit('5108')} } }, groupBy: [${groupBy}], first: 2000) { groups { key { sector level } count averageScore } totals { count } } }`

  test.each(['UNIT_CHILD, SECTOR, LEVEL', 'SECTOR, LEVEL', 'UNIT_CHILD, LEVEL', 'UNIT, STATE'])('by %s reads the rows of that city and by indexes', async groupBy => {
    for (const who of ['PROVINCE', 'CITY']) {
      const plans = await plansOf(who, query(groupBy))
      expect(plans).toHaveLength(1)
      expect(plans[0]!.scanned.filter(t => LARGE.includes(t))).toEqual([])
      // 46,144 risk points of 2,900 units: some 10 blocks for every unit, where the whole register has 30,000.
      expect(plans[0]!.blocks).toBeLessThan(60_000)
      // No unit is met twice: to keep its rows costs a third of the whole count.
      expect(plans[0]!.memoized).toBe(0)
    }
  })

  test('by sector and level touches no row of the registers, only their indexes', async () => {
    const [plan] = await plansOf('CITY', query('UNIT_CHILD, SECTOR, LEVEL'))
    expect(plan!.by).toEqual(expect.arrayContaining(['Index Only Scan power_unit_idx', 'Index Only Scan risk_point_unit_power_idx', 'Index Scan unit_path_key']))
    expect(plan!.by.filter(b => /risk_point|power/.test(b))).toHaveLength(2)
  })
})
