import 'reflect-metadata'
import { systemActor } from '../../src/core/actor'
import type { AppError } from '../../src/core/errors'
import { runCommand } from '../../src/database/command'
import { requireCode } from '../../src/domain/code-list'
import type { PluginHost } from '../../src/plugin/host'
import { type TestDatabase, testDatabase } from '../support/database'
import { originOf } from '../support/registers-fixture'
import { content, sound, type Files } from './fixtures/broken'
import { examineHere, PluginFolder, startHere, stateOf } from './support'

let t: TestDatabase
const folders: PluginFolder[] = []
beforeEach(async () => { t = await testDatabase() })
afterEach(() => t.close())
afterAll(() => { for (const f of folders) f.delete() })

/** A start on this test's database with these plugins in the folder. */
async function startWith(plugins: Readonly<Record<string, Files>>, over: Parameters<PluginFolder['settings']>[0] = {}): Promise<PluginHost> {
  const folder = new PluginFolder(plugins)
  folders.push(folder)
  return startHere(t, folder.settings(over))
}
const rows = async (): Promise<number> => (await t.owner.query<{ n: number }>('SELECT count(*)::int AS n FROM plugin_water_works.thing')).rows[0]!.n
const addRow = async (): Promise<void> => void (await t.owner.query(`
  WITH u AS (INSERT INTO unit (id, code, name_zh, name_pinyin, name_initials, kind, division_code, path, depth, valid_from, created_by, updated_by)
    VALUES (gen_random_uuid(), '51', '市', 's', 's', 'PARTY_COMMITTEE', '510800', '/51/', 1, '2020-01-01', 'test', 'test') RETURNING id)
  INSERT INTO plugin_water_works.thing (id, unit_id, no, created_by, updated_by) SELECT gen_random_uuid(), id, '1', 'test', 'test' FROM u`))

test('switched off, gone, back again: no row is lost, and its last good part of the schema stays', async () => {
  const on = await startWith({ 'water-works': sound('water-works') })
  expect(stateOf(on, 'water-works')).toMatchObject({ state: 'ENABLED' })
  await addRow()
  // The schema is not built in these starts; what it was is kept with the plugin.
  await t.owner.query(`UPDATE plugin SET sdl = 'extend type Query { waterWorks: String }'`)

  const off = await startWith({ 'water-works': sound('water-works') }, { disabled: ['water-works'] })
  expect(off.states[0]).toMatchObject({ state: 'DISABLED', reason: null, leftovers: [{ table: 'plugin_water_works.thing', rows: 1 }] })
  expect(off.unavailable).toEqual([expect.objectContaining({ plugin: 'water-works', sdl: 'extend type Query { waterWorks: String }' })])
  expect(off.modules).toEqual([])

  const gone = await startWith({})
  expect(gone.states[0]).toMatchObject({ state: 'DETACHED', reason: expect.stringContaining('kept'), leftovers: [{ table: 'plugin_water_works.thing', rows: 1 }] })
  expect(gone.unavailable).toHaveLength(1)
  const since = gone.states[0]!.since
  expect((await startWith({})).states[0]!.since).toBe(since)

  const back = await startWith({ 'water-works': sound('water-works') })
  expect(back.states[0]).toMatchObject({ state: 'ENABLED', reason: null, leftovers: [] })
  expect(back.unavailable).toEqual([])
  expect(await rows()).toBe(1)
  const { rows: audit } = await t.owner.query<{ state: string }>(`SELECT after ->> 'state' AS state FROM audit_record WHERE subject_type = 'plugin' AND after ? 'state' ORDER BY at`)
  expect(audit.map(a => a.state)).toEqual(['ENABLED', 'DISABLED', 'DETACHED', 'ENABLED'])
})

test('a second start changes nothing', async () => {
  await startWith({ 'water-works': sound('water-works'), 'plain-content': content('plain-content') })
  const state = async (): Promise<unknown> => (await t.owner.query('SELECT (SELECT count(*) FROM plugin_ledger) l, (SELECT count(*) FROM audit_record) a, (SELECT count(*) FROM catalog_item) i')).rows
  const before = await state()
  await startWith({ 'water-works': sound('water-works'), 'plain-content': content('plain-content') })
  expect(await state()).toEqual(before)
})

test('an applied migration that was edited is refused; a new one after it runs', async () => {
  const extra = "migration({ name: '20260102000001-more', up: ['ALTER TABLE thing ADD COLUMN more text'], down: ['ALTER TABLE thing DROP COLUMN more'] })"
  const first = "migration({ name: '20260101000001-thing', up: [CREATE, ...ddl.register('thing')], down: ddl.dropRegister('thing') })"
  await startWith({ 'water-works': sound('water-works') })
  await addRow()
  const edited = await startWith({ 'water-works': sound('water-works', { migrations: `[${first.replace('[CREATE,', "[CREATE.replace('no text NOT NULL', 'no text'),")}]` }) })
  expect(stateOf(edited, 'water-works')).toMatchObject({ state: 'QUARANTINED', phase: 'MIGRATE', codes: ['MIGRATION'], reason: expect.stringContaining('changed after it was applied') })
  const missing = await startWith({ 'water-works': sound('water-works', { migrations: '[]' }) })
  expect(stateOf(missing, 'water-works')).toMatchObject({ state: 'QUARANTINED', reason: expect.stringContaining('lacks the migration') })
  const late = await startWith({ 'water-works': sound('water-works', { migrations: `[${first.replace('0101000001', '0100000001')}, ${first}]` }) })
  expect(stateOf(late, 'water-works')).toMatchObject({ state: 'QUARANTINED', reason: expect.stringContaining('comes before') })
  // White space and line breaks are not what a migration does.
  const next = await startWith({ 'water-works': sound('water-works', { migrations: `[${first.replace('[CREATE,', "[CREATE.replaceAll(', ', ',\\n   '),")}, ${extra}]` }) })
  expect(stateOf(next, 'water-works')).toMatchObject({ state: 'ENABLED' })
  expect(await rows()).toBe(1)
})

test('plugins run in the order of their needs; who misses a version or stands in a ring does not', async () => {
  const needs = (name: string, requires: object): Files => sound(name, { manifest: { requires } })
  const host = await startWith({
    'a-last': needs('a-last', { 'z-first': '^1.0.0' }), 'z-first': sound('z-first'), 'b-old': needs('b-old', { 'z-first': '^2.0.0' }),
    'c-ring': needs('c-ring', { 'd-ring': '^1.0.0' }), 'd-ring': needs('d-ring', { 'c-ring': '^1.0.0' }),
  })
  expect(host.modules.map(m => m.name)).toEqual(['z-first', 'a-last'])
  expect(stateOf(host, 'b-old')!.reason).toBe('b-old needs z-first ^2.0.0, but it is 1.0.0.')
  expect(stateOf(host, 'c-ring')!.reason).toContain('c-ring, d-ring')
})

describe('two plugins claim the same', () => {
  // `water` may use names that begin with Water; `water-works` has all that begin with WaterWorks.
  const greedy = sound('water', { register: { type: 'WaterWorksThing', field: 'waterWorksThings', namespace: 'water' } })
  const both = { 'water': greedy, 'water-works': sound('water-works') }

  test('both are told everything at once, with both names and files; both yield', async () => {
    const host = await startWith(both)
    for (const name of ['water', 'water-works']) {
      const row = host.states.find(s => s.code === name)!
      expect([row.state, row.phase]).toEqual(['QUARANTINED', 'LINK'])
      expect(row.problems.map(p => [p.code, p.message.replace(/ is claimed.*/, '')])).toEqual([['CLASH', 'FIELD Unit.waterWorksThings'], ['CLASH', 'TYPE WaterWorksThing']])
      expect(row.problems[1]!.message).toContain('by water and by water-works')
    }
  })

  test('the one that ran before keeps its place', async () => {
    await startWith({ 'water-works': both['water-works'] })
    const host = await startWith(both)
    expect([stateOf(host, 'water-works')!.state, stateOf(host, 'water')!.state]).toEqual(['ENABLED', 'QUARANTINED'])
  })

  test('a name that is there twice, in the folder and as a package', async () => {
    const packages = new PluginFolder({ 'plumbline-plugin-water-works': sound('water-works') })
    folders.push(packages)
    const folder = new PluginFolder({ 'water-works': sound('water-works') })
    folders.push(folder)
    const { probePlugins } = await import('../../src/plugin/find-and-probe')
    const found = await probePlugins({ settings: folder.settings({ packages: packages.path }), coreVersion: '1.0.0', schemaModule: null })
    expect(found.map(f => [f.found.source, f.examined.failure!.problems[0]!.code])).toEqual([['FOLDER', 'CLASH'], ['PACKAGE', 'CLASH']])
  })
})

test('a package among the installed ones is found by its name and runs', async () => {
  const packages = new PluginFolder({ 'plumbline-plugin-water-works': sound('water-works'), 'another-package': sound('another-package') })
  folders.push(packages)
  const host = await startHere(t, packages.settings({ folder: `${packages.path}/none`, packages: packages.path }))
  expect(host.states.map(s => [s.code, s.source, s.state])).toEqual([['water-works', 'PACKAGE', 'ENABLED']])
})

test('settings are checked by the plugin’s own schema', () => {
  const files: Files = {
    ...sound('with-settings'),
    'plugin.js': `const { definePlugin, z } = require('plumbline/sdk')
      module.exports.plugin = definePlugin({ name: 'with-settings', title: { zh: '测试', en: 'Test' }, version: '1.0.0', core: '^1.0.0', tier: 2, code: './code', config: z.strictObject({ limit: z.int().max(10).default(5) }) })`,
  }
  const folder = new PluginFolder({ 'with-settings': files, 'plain-content': content('plain-content') })
  folders.push(folder)
  const look = (name: string, given: unknown): unknown => examineHere(folder.settings({ settings: { [name]: given } }), name).failure?.problems.map(p => [p.code, p.path])
  expect(look('with-settings', undefined)).toBeUndefined()
  expect(look('with-settings', { limit: 9 })).toBeUndefined()
  expect(look('with-settings', { limit: 99 })).toEqual([['CONFIG', 'limit']])
  expect(look('with-settings', { limt: 1 })).toEqual([['CONFIG', '']])
  expect(look('plain-content', { x: 1 })).toEqual([['CONFIG', undefined]])
})

describe('catalogs', () => {
  const release = (version: string, duties: string[], more = ''): Files => content('plain-content', {
    'catalog/a.yaml': `release: { version: ${version}, titleZh: 测试, titleEn: Test }
audiences: [{ code: all, nameZh: 全部, nameEn: All, unitKinds: [GOVERNMENT_DEPARTMENT], sectorCodes: [health], levels: [COUNTY] }]
duties:
${duties.map(d => d.split('|')).map(([code, content = '研究部署', more = '']) => `  - { code: ${code}, isSynthetic: true, responsibility: COMMITTEE_MAIN, contentZh: ${content}, contentEn: Study${more} }`).join('\n')}
${more}`,
  })
  const load = async (version: string, duties: string[], more = ''): Promise<string> => {
    const host = await startWith({ 'plain-content': release(version, duties, more) })
    const { state, codes, reason } = stateOf(host, 'plain-content')!
    return state === 'ENABLED' ? 'ENABLED' : `${codes.join(' ')}: ${reason}`
  }

  test('a version has one content for ever, codes do not disappear, and the version says how much changed', async () => {
    expect(await load('1.0.0', ['one', 'two'])).toBe('ENABLED')
    expect(await load('1.0.0', ['one', 'two|另一内容'])).toMatch(/CATALOG_RELEASE: .*INV-36/)
    expect(await load('0.9.0', ['one'])).toMatch(/CATALOG_VERSION: .*greater than 1\.0\.0/)
    expect(await load('1.0.1', ['one', 'two|另一内容'])).toBe('ENABLED')
    expect(await load('1.0.2', ['one', 'two|另一内容', 'three'])).toMatch(/CATALOG_VERSION: .*minor/)
    expect(await load('2.0.0', ['one'])).toMatch(/CATALOG_RETIRED: plain-content\.duty\.two was in 1\.0\.1 and is gone/)
    const retired = 'retired: [{ kind: DUTY, code: two, reasonZh: 已并入其他事项, reasonEn: Merged }]'
    expect(await load('1.1.0', ['one'], retired)).toMatch(/CATALOG_VERSION: .*major/)
    expect(await load('2.0.0', ['one'], retired)).toBe('ENABLED')
    expect(await load('2.1.0', ['one', 'two'])).toMatch(/CATALOG_RETIRED: .*was retired in 2\.0\.0/)
    expect(await load('3.0.0', ['new-one|研究部署|, supersedes: one'])).toBe('ENABLED')

    const { rows: releases } = await t.owner.query(`SELECT version, state FROM catalog_release ORDER BY created_at`)
    expect(releases).toEqual([{ version: '1.0.0', state: 'DEPRECATED' }, { version: '1.0.1', state: 'DEPRECATED' }, { version: '2.0.0', state: 'DEPRECATED' }, { version: '3.0.0', state: 'PUBLISHED' }])
    const { rows: items } = await t.owner.query(`SELECT code, retired_in, superseded_by_code AS by FROM catalog_item WHERE version = '3.0.0' ORDER BY seq`)
    expect(items).toEqual([
      { code: 'plain-content.duty.new-one', retired_in: null, by: null },
      { code: 'plain-content.duty.one', retired_in: '3.0.0', by: 'plain-content.duty.new-one' },
      { code: 'plain-content.duty.two', retired_in: '2.0.0', by: null },
    ])
  })

  test('an older release that was published before can be taken up again', async () => {
    expect(await load('1.0.0', ['one'])).toBe('ENABLED')
    expect(await load('1.1.0', ['one', 'two'])).toBe('ENABLED')
    expect(await load('1.0.0', ['one'])).toBe('ENABLED')
    expect((await t.owner.query(`SELECT version FROM catalog_release WHERE state = 'PUBLISHED'`)).rows).toEqual([{ version: '1.0.0' }])
    await expect(t.owner.query('UPDATE catalog_item SET title_zh = $$x$$')).rejects.toThrow('append-only')
  })

  test('codes that a catalog adds to lists of the core: retired ones explain old rows and are refused in new ones, also when the plugin no longer runs', async () => {
    const codes = (more: string): string => `codes:\n  - { list: FINDING_CATEGORY, code: late-filing, isSynthetic: true, nameZh: 逾期备案, nameEn: Filed late }\n${more}`
    const both = codes('  - { list: FINDING_CATEGORY, code: no-filing, isSynthetic: true, nameZh: 未备案, nameEn: Not filed }')
    const refusal = (code: string, on?: string): Promise<string> => runCommand(t.db, originOf(systemActor('test')), 'test', {}, tx => requireCode(tx, 'FINDING_CATEGORY', code, 'category', on))
      .then(() => 'taken', (e: AppError) => e.details.violations!.map(v => `${e.code} ${v.path} ${v.rule}`).join())
    const [late, none] = ['plain-content.finding-category.late-filing', 'plain-content.finding-category.no-filing'] as const
    expect(await refusal(late)).toBe('BAD_INPUT category known-code')
    expect(await load('1.0.0', ['one'], both)).toBe('ENABLED')
    expect([await refusal(late), await refusal(none), await refusal('project-change'), await refusal('toString')]).toEqual(['taken', 'taken', 'taken', 'BAD_INPUT category known-code'])
    expect(await load('1.0.1', ['one'], codes(''))).toMatch(/CATALOG_RETIRED/)
    expect(await load('2.0.0', ['one'], codes('retired: [{ kind: FINDING_CATEGORY, code: no-filing, reasonZh: 已并入, reasonEn: Merged }]'))).toBe('ENABLED')
    expect([await refusal(late), await refusal(none), await refusal(none, '2020-01-01')]).toEqual(['taken', 'BAD_INPUT category code-in-use', 'taken'])
    const listed = async (): Promise<unknown[]> => (await t.owner.query(`SELECT code, label_zh, catalog_version AS release, retired_on IS NOT NULL AS retired FROM listed_code WHERE plugin_code = 'plain-content' ORDER BY code`)).rows
    const there = [{ code: late, label_zh: '逾期备案', release: '2.0.0', retired: false }, { code: none, label_zh: '未备案', release: '1.0.0', retired: true }]
    expect(await listed()).toEqual(there)
    // Quarantined, then gone: nothing that was said with its words loses its meaning.
    expect(await load('2.0.0', ['one|别的内容'], codes(''))).toMatch(/CATALOG_RELEASE/)
    expect([await listed(), await refusal(late)]).toEqual([there, 'taken'])
    await startWith({})
    expect([await listed(), await refusal(late)]).toEqual([there, 'taken'])
    expect(await load('1.0.0', ['one'], both)).toBe('ENABLED')
    expect(await refusal(none)).toBe('taken')
    await expect(t.owner.query(`INSERT INTO listed_code (id, list, code, label_zh, label_en, plugin_code, created_by, updated_by) VALUES (gen_random_uuid(), 'FINDING_CATEGORY', 'other.thing', 'x', 'x', 'plain-content', 't', 't')`))
      .rejects.toMatchObject({ constraint: 'listed_code_namespace_check' })
    await expect(t.owner.query(`INSERT INTO listed_code (id, list, code, label_zh, label_en, created_by, updated_by) VALUES (gen_random_uuid(), 'FINDING_CATEGORY', 'plain-content.x', 'x', 'x', 't', 't')`))
      .rejects.toMatchObject({ constraint: 'listed_code_namespace_check' })
  })
})
