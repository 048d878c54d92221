import { sectorWorld, type SectorWorld } from '../support/sector-world'
import { testServer, type TestServer } from '../support/server'

let s: TestServer
let w: SectorWorld
beforeAll(async () => {
  s = await testServer({ plugins: ['health-procurement', 'medical-insurance'], before: async t => { w = await sectorWorld(t.db) } })
}, 180_000)
afterAll(() => s?.close())

const ADOPT = `mutation($input: AdoptCatalogInput!) { adoptCatalog(input: $input) {
  unit { id } release { pluginCode version } audience alreadyAdopted responsibilityLists { kind state year }
  added { positions powers flows flowSteps riskPoints controls dutyItems focuses } skipped { part count reason } } }`
interface Adopted { adoptCatalog: { audience: string; alreadyAdopted: number; added: Record<string, number>; skipped: { part: string; count: number; reason: string }[]; responsibilityLists: { kind: string; state: string }[] } }
const adopt = async (who: string, pluginCode: string, more: object = {}): Promise<Adopted['adoptCatalog']> =>
  (await s.data<Adopted>(ADOPT, { input: { unitId: w.ref('510821-HEALTH'), pluginCode, year: 2020, ...more } }, who)).adoptCatalog

test('both plugins run and say what they bring', async () => {
  const { plugins } = await s.data<{ plugins: { nodes: { code: string; state: string; reason: null; provides: Record<string, number>; catalogVersion: string }[] } }>(
    '{ plugins { nodes { code state reason version since leftovers { table rows } provides { types fields queries mutations tables routes catalogItems indicators } catalogVersion problems { code } } } }', {}, 'admin')
  expect(plugins.nodes.map(p => [p.code, p.state, p.reason])).toEqual([['health-procurement', 'ENABLED', null], ['medical-insurance', 'ENABLED', null]])
  for (const p of plugins.nodes) {
    expect(p.provides).toMatchObject({ fields: 1, queries: 1, tables: 1, routes: 1 })
    expect(p.provides['catalogItems']).toBeGreaterThan(200)
    expect(p.provides['indicators']).toBeGreaterThan(15)
  }
})

test('a health bureau adopts both catalogs: the figures of S-1', async () => {
  const hp = await adopt('editor', 'health-procurement')
  const mi = await adopt('editor', 'medical-insurance')
  const sum = (kind: string): number => hp.added[kind]! + mi.added[kind]!
  expect({ powers: sum('powers'), flows: sum('flows'), riskPoints: sum('riskPoints'), controls: sum('controls'), dutyItems: sum('dutyItems'), focuses: sum('focuses') })
    .toEqual({ powers: 8, flows: 8, riskPoints: 58, controls: 58, dutyItems: 28, focuses: 0 })
  expect(hp.skipped).toEqual([{ part: 'FOCUSES', count: expect.any(Number), reason: 'NOT_YOURS' }])
  expect(hp.responsibilityLists.map(l => [l.kind, l.state]).sort()).toEqual([['MAIN_RESPONSIBILITY', 'DRAFT'], ['POWER_RISK_CONTROL', 'DRAFT']])

  const focuses = [await adopt('group-editor', 'health-procurement'), await adopt('group-editor', 'medical-insurance')]
  expect(focuses[0]!.added['focuses']! + focuses[1]!.added['focuses']!).toBe(9)
  expect(focuses[0]!.added).toMatchObject({ powers: 0, dutyItems: 0 })

  const { unit } = await s.data<{ unit: { powers: { nodes: { code: string; state: string; riskPoints: { totalCount: number }; operatingFlows: { nodes: { state: string; steps: { seq: number }[] }[] } }[] }; responsibilityLists: { nodes: { kind: string; owner: { code: string }; items: { nodes: { responsibility: string; powers?: unknown }[] } }[] } } }>(
    `query($id: ID!) { unit(id: $id) {
      powers(first: 10) { totalCount nodes { code state catalogCode riskPoints(first: 1) { totalCount } operatingFlows(first: 2) { nodes { state steps { seq position { nameZh } } } } } }
    } }`, { id: w.ref('510821-HEALTH') }, 'editor')
  expect(unit.powers.nodes.map(p => p.riskPoints.totalCount).sort((a, b) => b - a)).toEqual([10, 9, 8, 7, 7, 6, 6, 5])
  for (const p of unit.powers.nodes) {
    expect(p.state).toBe('PROPOSED')
    expect(p.operatingFlows.nodes.map(f => f.state)).toEqual(['DRAFT'])
    expect(p.operatingFlows.nodes[0]!.steps.map(x => x.seq)).toEqual(p.operatingFlows.nodes[0]!.steps.map((_, i) => i + 1))
  }
})

test('adopting twice changes nothing, and a stranger adopts only for himself', async () => {
  const there = { unitId: w.ref('510802-HEALTH') }
  const first = await adopt('stranger', 'health-procurement', there)
  expect(first.added).toMatchObject({ powers: 5, riskPoints: 37, controls: 37 })
  expect(first.skipped).toEqual([{ part: 'FOCUSES', count: expect.any(Number), reason: 'NO_SUPERVISOR' }])
  const count = async (): Promise<unknown> => (await s.database.owner.query(
    `SELECT (SELECT count(*) FROM power p WHERE p.unit_id = u.id) p, (SELECT count(*) FROM risk_point p WHERE p.unit_id = u.id) r, (SELECT count(*) FROM duty_item d WHERE d.unit_id = u.id) d,
      (SELECT count(*) FROM catalog_adoption a WHERE a.unit_id = u.id) a, (SELECT max(updated_at) FROM responsibility_list l WHERE l.unit_id = u.id) l FROM unit u WHERE u.code = '510802-HEALTH'`)).rows[0]
  const before = await count()
  const again = await adopt('stranger', 'health-procurement', there)
  expect(Object.values(again.added).every(n => n === 0)).toBe(true)
  expect(again.alreadyAdopted).toBe(first.added['powers']! + first.added['flows']! + first.added['riskPoints']! + first.added['controls']! + first.added['dutyItems']!)
  expect(await count()).toEqual(before)

  const refused = async (who: string, input: object): Promise<unknown> => {
    const { data, errors } = await s.query(ADOPT, { input: { pluginCode: 'health-procurement', year: 2020, ...input } }, who)
    expect(data).toBeNull()
    return [errors[0]!.extensions.code, (errors[0]!.extensions['violations'] as { rule: string }[] | undefined)?.[0]?.rule]
  }
  expect(await refused('stranger', { unitId: w.ref('510821-HEALTH') })).toEqual(['NOT_FOUND', 'exists'])
  expect(await refused('stranger', { ...there, pluginCode: 'no-such' })).toEqual(['NOT_FOUND', 'exists'])
  expect(await refused('stranger', { ...there, audience: 'public-hospital' })).toEqual(['BAD_INPUT', 'audience'])
  expect(await refused('stranger', { ...there, audience: 'nobody' })).toEqual(['BAD_INPUT', 'known'])
  expect(await refused('stranger', { ...there, pluginCode: null })).toEqual(['BAD_INPUT', 'one-of'])
  expect(await refused('county', { unitId: w.ref('510821-HEALTH') })).toEqual(['FORBIDDEN', undefined])
})

test('a copy keeps where it came from, with a hash of each field', async () => {
  await adopt('mi-editor', 'medical-insurance', { unitId: w.ref('510821-MI') })
  const { rows: [power] } = await s.database.owner.query(`SELECT p.catalog_code, p.catalog_version, p.catalog_base, p.code, i.content_hash, a.base_hash, a.drift FROM power p JOIN unit u ON u.id = p.unit_id
    JOIN catalog_adoption a ON a.local_id = p.id JOIN catalog_item i ON i.code = p.catalog_code WHERE u.code = '510821-MI' ORDER BY p.code LIMIT 1`)
  expect(power.catalog_code).toMatch(/^medical-insurance\.power\./)
  expect(power.code).toBe(`mi.${power.catalog_code.split('.').at(-1)}`)
  expect(power).toMatchObject({ catalog_version: '1.0.0', drift: 'IN_SYNC', base_hash: power.content_hash })
  expect(Object.keys(power.catalog_base).sort()).toEqual(['category', 'description_zh', 'legal_basis', 'name_en', 'name_zh', 'significance'])
})
