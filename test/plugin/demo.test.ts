import 'reflect-metadata'
import { loadDemo } from '../../src/demo/load'
import { pluginDemo } from '../../src/plugin/demo'
import { demoFolder } from '../../src/plugin/demo-sheets'
import type { PluginHost } from '../../src/plugin/host'
import { type TestDatabase, testDatabase } from '../support/database'
import { sectorWorld } from '../support/sector-world'
import { content, sound, type Files } from './fixtures/broken'
import { PluginFolder, startHere, stateOf } from './support'

let t: TestDatabase
const folders: PluginFolder[] = []
beforeEach(async () => {
  t = await testDatabase()
  await sectorWorld(t.db)
})
afterEach(() => t.close())
afterAll(() => { for (const f of folders) f.delete() })

/** A register with an import that corrects things by their number. */
const IMPORT = `
const { cell, readSheet, where } = require('plumbline/sdk/data')
const sheet = { no: cell.text({ headers: ['编号'], required: true }) }
code.imports = data => [{ name: 'things', title: { zh: '事项', en: 'Things' }, run: async (origin, { unitId, file }) => {
  const { rows, report } = await readSheet(sheet, file)
  report.refuseIfAny()
  return data.command(origin, 'importThings', {}, async tx => {
    const unit = await tx.locateUnit(unitId, 'unitId')
    const there = new Set((await tx.lockRows(reads, [unit])).map(r => r.no))
    const fresh = rows.filter(r => !there.has(r.values.no))
    tx.insertMany(reads, fresh.map(r => ({ unit_id: unit.id, no: r.values.no })))
    return { added: fresh.length, changed: 0, unchanged: rows.length - fresh.length }
  })
} }]`
const withDemo = (sheets: Files): Files => ({
  ...sound('water-works', { manifest: { demo: 'demo' }, code: IMPORT }), ...Object.fromEntries(Object.entries(sheets).map(([file, text]) => [`demo/${file}`, text])),
})
const SHEETS: Files = { 'things/510821-H1.csv': '编号\nA-1\nA-2\n', 'things/510821-HEALTH.csv': '编号\nB-1\n', 'README.md': 'What this is.\n' }

async function startWith(plugins: Readonly<Record<string, Files>>, over: Parameters<PluginFolder['settings']>[0] = {}): Promise<PluginHost> {
  const folder = new PluginFolder(plugins)
  folders.push(folder)
  return startHere(t, folder.settings(over))
}
const things = async (): Promise<string[]> => (await t.owner.query<{ no: string }>('SELECT no FROM plugin_water_works.thing ORDER BY no')).rows.map(r => r.no)

test('sheets come through the plugin’s imports, once; what people change stays', async () => {
  const host = await startWith({ 'water-works': withDemo(SHEETS) })
  expect(await loadDemo(t.db, { steps: host.demo })).toEqual(['plugin-water-works'])
  expect(await things()).toEqual(['A-1', 'A-2', 'B-1'])
  expect((await t.owner.query(`SELECT DISTINCT created_by FROM plugin_water_works.thing`)).rows).toEqual([{ created_by: 'system:demo' }])
  await t.owner.query(`DELETE FROM plugin_water_works.thing WHERE no = 'A-2'`)
  const again = await startWith({ 'water-works': withDemo(SHEETS) })
  expect(await loadDemo(t.db, { steps: again.demo })).toEqual([])
  expect(await things()).toEqual(['A-1', 'B-1'])
})

test('after a stop the remaining sheets are loaded and none twice', async () => {
  const { demo } = await startWith({ 'water-works': withDemo(SHEETS) })
  const stop = new Error('stopped')
  await expect(loadDemo(t.db, { steps: demo, onProgress: ({ done }) => { if (done === 0.5) throw stop } })).rejects.toBe(stop)
  expect(await things()).toEqual(['A-1', 'A-2'])
  expect(await loadDemo(t.db, { steps: demo })).toEqual(['plugin-water-works'])
  expect(await loadDemo(t.db, { steps: demo })).toEqual([])
  expect(await things()).toEqual(['A-1', 'A-2', 'B-1'])
})

test('a sheet that is refused is told and left out whole, the others are loaded; the next start tries it again', async () => {
  const host = await startWith({ 'water-works': withDemo({ ...SHEETS, 'things/510821-H2.csv': '编号,无此列\nC-1,x\n', 'things/NOWHERE.csv': '编号\nD-1\n', 'nothing/510821-H1.csv': '编号\nE-1\n' }) })
  expect(stateOf(host, 'water-works')!.state).toBe('ENABLED')
  const told: object[] = []
  const sheets = demoFolder(`${folders.at(-1)!.path}/water-works/demo`).sheets
  const demo = pluginDemo({ plugin: 'water-works', title: 'Water works', pluginId: host.states[0]!.id, sheets, imports: host.imports, log: { warn: (o: object) => void told.push(o) } })
  await loadDemo(t.db, { steps: [demo] })
  expect(told).toEqual([expect.objectContaining({ sheet: 'nothing/510821-H1.csv' }), expect.objectContaining({ sheet: 'things/510821-H2.csv' }), expect.objectContaining({ sheet: 'things/NOWHERE.csv' })])
  expect(await things()).toEqual(['A-1', 'A-2', 'B-1'])
  expect(await demo.isDone(t.db)).toBe(false)
})

test('figures of a plugin of content; with a plugin switched off nothing is there to load', async () => {
  const plugin = content('plain-content', {
    'plugin.yaml': 'name: plain-content\ntitle: { zh: 测试, en: Test }\nversion: 1.0.0\ncore: ^1.0.0\ntier: 1\ncatalog: catalog\ndemo: demo\n',
    'catalog/b.yaml': `variables: [{ code: visits, nameZh: 人次, nameEn: Visits, unit: visit, source: REPORTED, isSynthetic: true }]
indicators: [{ code: visits, isSynthetic: true, nameZh: 人次, nameEn: Visits, calibreZh: 人次, calibreEn: Visits, numerator: value.visits, multiplier: 1, decimals: 0, unit: visit, direction: MONITOR_ONLY, periodKinds: [YEAR], aggregation: SUM, minDenominator: 0, variables: [visits], sourceNote: test }]
`,
    'demo/figures.csv': '单位代码,插件,变量,期间,数值,备注\n510821-H1,plain-content,visits,2025,120,\n510821-H2,plain-content,visits,2025,80.5,虚构\n',
  })
  expect((await startWith({ 'plain-content': plugin }, { disabled: ['plain-content'] })).demo).toEqual([])
  const host = await startWith({ 'plain-content': plugin })
  expect(stateOf(host, 'plain-content')).toMatchObject({ state: 'ENABLED', reason: null })
  expect(await loadDemo(t.db, { steps: host.demo })).toEqual(['plugin-plain-content'])
  expect((await t.owner.query('SELECT value::text, source, note FROM indicator_figure f ORDER BY f.value')).rows).toEqual([{ value: '80.5', source: 'IMPORTED', note: '虚构' }, { value: '120', source: 'IMPORTED', note: null }])
})

test('which files are sheets', () => {
  const folder = new PluginFolder({ demo: { 'figures.csv': '', 'a/U-1.csv': '', 'a/U-2.xlsx': '', 'z/U-1.csv': '', 'README.md': '', 'a/README.md': '', 'notes.csv': '', 'a/b/U-1.csv': '', 'a/U-1.txt': '' } })
  folders.push(folder)
  const { sheets, strays } = demoFolder(`${folder.path}/demo`)
  expect(sheets.map(s => [s.file, s.to])).toEqual([
    ['a/U-1.csv', { importName: 'a', unitCode: 'U-1' }], ['a/U-2.xlsx', { importName: 'a', unitCode: 'U-2' }], ['z/U-1.csv', { importName: 'z', unitCode: 'U-1' }], ['figures.csv', null],
  ])
  expect(strays).toEqual(['a/U-1.txt', 'a/b/U-1.csv', 'notes.csv'])
  expect(demoFolder(`${folder.path}/no-such-folder`)).toEqual({ sheets: [], strays: [] })
})
