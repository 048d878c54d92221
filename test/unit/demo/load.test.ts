import { loadActor } from '../../../src/auth'
import { demoIdentities } from '../../../src/demo/data-files'
import { loadDemo } from '../../../src/demo/load'
import type { DemoStep } from '../../../src/demo/step'
import { demoSteps } from '../../../src/demo/steps'
import { testDatabase, type TestDatabase } from '../../support/database'

/** What other rooms add later is tried by them. */
const steps = demoSteps.filter(step => ['divisions', 'units', 'relations', 'posts', 'persons', 'appointments', 'village-supervisors', 'grants'].includes(step.name))

let t: TestDatabase
let ran: string[]
const told: string[] = []
beforeAll(async () => {
  t = await testDatabase()
  ran = await loadDemo(t.db, { steps, onProgress: p => { if (told.at(-1) !== `${p.index}/${p.steps} ${p.step}`) told.push(`${p.index}/${p.steps} ${p.step}`) } })
}, 60_000)
afterAll(() => t.close())

const count = async (from: string): Promise<number> => Number((await t.db.rows<{ n: string }>(`SELECT count(*) AS n FROM ${from}`))[0]!.n)

test('the city has the figures of its fixtures', async () => {
  expect(await count(`administrative_division WHERE level = 'COUNTY' AND valid_to IS NULL`)).toBe(7)
  expect(await count(`unit WHERE kind = 'TOWNSHIP'`)).toBe(146)
  expect(await count(`unit WHERE kind = 'VILLAGE_OR_COMMUNITY'`)).toBe(1_735)
  expect(await count(`unit WHERE kind = 'FUNCTIONAL_ZONE'`)).toBe(1)
  expect(await count(`unit WHERE parent_id = (SELECT id FROM unit WHERE code = '510800') AND kind IN ('PARTY_DEPARTMENT', 'GOVERNMENT_DEPARTMENT', 'AUDIT_OFFICE', 'PUBLIC_INSTITUTION')`)).toBe(68)
  expect(await count(`unit WHERE parent_id = (SELECT id FROM unit WHERE code = '510800') AND kind = 'PARTY_COMMITTEE'`)).toBe(7)
  expect(await count('village_supervisor')).toBe(1_735)
  expect(await count(`unit WHERE uscc IN ('11510800FK9000017T', '11510821FK90000253', '11510821FK9000033X', '12510821FK9000041M', '12510821FK900005XD', '11510802FK90000680', '11510811FK9000076U', '11510824FK9000084H')`)).toBe(8)
  expect(await t.db.rows(`SELECT code FROM administrative_division WHERE code = '510802105'`)).toHaveLength(1)
})

test('76 subjects of the portrait round: every department, county and the zone has a supervision office in charge', async () => {
  expect(await count(`(SELECT DISTINCT to_unit_id FROM unit_relation WHERE kind = 'LIAISON') s`)).toBe(76)
})

test('every step ran once, each with one audit record for its batch, and all told their progress', async () => {
  expect(ran).toEqual(steps.map(s => s.name))
  expect(told).toEqual(steps.map((s, i) => `${i + 1}/${steps.length} ${s.name}`))
  expect(await count(`audit_record WHERE command LIKE 'import%'`)).toBe(steps.length - 1)
})

test('a second run does nothing', async () => {
  const before = await count('audit_record')
  expect(await loadDemo(t.db, { steps })).toEqual([])
  expect(await count('audit_record')).toBe(before)
})

test('every identity is somebody with something to do', async () => {
  for (const { key, staffNo } of demoIdentities()) {
    const actor = await loadActor(t.db, { staffNo })
    expect([key, actor?.roles.length ?? 0]).not.toEqual([key, 0])
  }
  expect((await loadActor(t.db, { staffNo: demoIdentities().find(i => i.key === 'wangcang-health-editor')!.staffNo }))!.scope).toEqual(['/510800/510821/510821-HEALTH/'])
})

test('no name of a person, and no identity number, anywhere', async () => {
  expect(await count(`person WHERE display_name !~ '^岗位人员' OR staff_no ~ '\\d{15}'`)).toBe(0)
})

test('after an interruption the rest is loaded and nothing twice', async () => {
  const other = await testDatabase()
  try {
    const broken: DemoStep = { ...steps[2]!, run: () => Promise.reject(new Error('the power went out')) }
    await expect(loadDemo(other.db, { steps: [steps[0]!, steps[1]!, broken] })).rejects.toThrow('the power went out')
    expect(await loadDemo(other.db, { steps })).toEqual(steps.slice(2).map(s => s.name))
    await other.owner.query(`DELETE FROM role_grant WHERE id IN (SELECT id FROM role_grant ORDER BY id DESC LIMIT 5)`)
    expect(await loadDemo(other.db, { steps })).toEqual(['grants'])
    expect((await other.db.rows('SELECT count(*)::int AS n FROM role_grant'))[0]).toEqual({ n: await count('role_grant') })
  } finally {
    await other.close()
  }
}, 60_000)
