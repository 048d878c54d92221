import { loadActor } from '../../../src/auth'
import { ANONYMOUS } from '../../../src/core/actor'
import { globalId } from '../../../src/core/ids'
import { int, noun, text } from '../../../src/core/reads'
import type { Origin, RequestContext, SensitiveRead } from '../../../src/core/request'
import { migrateDown, migrateUp } from '../../../src/plugin/migrate'
import { where } from '../../../src/sdk/condition'
import { ddl, migration, tableOf } from '../../../src/sdk/migration'
import { pluginData, type PluginData } from '../../../src/sdk/plugin-data'
import { originOf } from '../../support/registers-fixture'
import { sectorWorld, type SectorWorld } from '../../support/sector-world'
import { type TestDatabase, testDatabase } from '../../support/database'

const things = noun({
  type: 'WaterWorksThing', prefix: 'ww_thing', table: tableOf('water-works', 'thing'), scope: { by: 'unit', column: 'unit_id' }, permission: 'authenticated',
  columns: { id: { kind: 'id' }, no: text(), size: int() }, edges: {}, filters: {}, orders: {},
})
const MIGRATIONS = [migration({
  name: '20260101000001-thing',
  up: [`CREATE TABLE thing (id uuid PRIMARY KEY, unit_id uuid NOT NULL REFERENCES unit (id), no text NOT NULL UNIQUE, size integer NOT NULL DEFAULT 0 CONSTRAINT thing_size_check CHECK (size >= 0), ${ddl.auditable})`, ...ddl.register('thing')],
  down: ddl.dropRegister('thing'),
})]
const PLUGIN = { name: 'water-works', version: '1.0.0' }

let t: TestDatabase
let w: SectorWorld
let data: PluginData
const people: Record<string, Origin> = {}
beforeAll(async () => {
  t = await testDatabase()
  w = await sectorWorld(t.db)
  await migrateUp(t.url, PLUGIN, MIGRATIONS)
  data = pluginData(t.db, 'water-works', { limit: 3 })
  for (const staffNo of ['editor', 'stranger', 'county']) people[staffNo] = originOf((await loadActor(t.db, { staffNo }))!)
})
afterAll(() => t.close())

const enter = (who: string, unit: string, no: string) => data.command(people[who]!, 'enterWaterWorksThing', {}, async tx => {
  const found = await tx.locateUnit(w.ref(unit), 'unitId')
  tx.requireRole(['UNIT_EDITOR'], found)
  return tx.insert(things, { unit_id: found.id, no, size: 1 })
})
const nosOf = async (who: string, ...nos: string[]): Promise<string[]> => (await data.select(people[who]!.actor, things, { where: where.isIn('no', nos), orderBy: 'no' })).map(r => r['no'] as string)

test('rows are written with audit and history, and read in the actor’s scope only', async () => {
  const id = await enter('editor', '510821-H1', 'h1')
  await enter('stranger', '510802-HEALTH', 'there')
  const both = ['h1', 'there'] as const
  expect([await nosOf('editor', ...both), await nosOf('county', ...both), await nosOf('stranger', ...both)]).toEqual([['h1'], ['h1'], ['there']])
  expect(await data.select(ANONYMOUS, things, {})).toEqual([])
  const seen = (who: string) => data.row({ ...people[who]!, locale: 'en', read: null as never } as RequestContext, things, globalId('ww_thing', id))
  expect(await seen('county')).toMatchObject({ no: 'h1' })
  expect(await seen('stranger')).toBeNull()
  await data.command(people['editor']!, 'editWaterWorksThing', {}, async tx => tx.update(things, await tx.locate(things, globalId('ww_thing', id), 'id'), { size: 2 }))
  await expect(data.command(people['stranger']!, 'editWaterWorksThing', {}, tx => tx.locate(things, globalId('ww_thing', id), 'id'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const { rows } = await t.owner.query(`SELECT command, before, after ->> 'size' AS size FROM audit_record WHERE subject_id = $1 ORDER BY at`, [id])
  expect(rows).toEqual([{ command: 'enterWaterWorksThing', before: null, size: '1' }, { command: 'editWaterWorksThing', before: { size: 1 }, size: '2' }])
  expect((await t.owner.query('SELECT size FROM plugin_water_works.thing_history WHERE id = $1', [id])).rows).toEqual([{ size: 1 }])
})

test('roles and units of others are refused like the core does', async () => {
  await expect(enter('county', '510821-H1', 'x')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(enter('editor', '510802-HEALTH', 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('what its tables refuse is told with a code, and nothing is written', async () => {
  await enter('editor', '510821-H1', 'only-once')
  await expect(enter('editor', '510821-H2', 'only-once')).rejects.toMatchObject({ code: 'CONFLICT', details: { violations: [{ rule: 'unique' }] } })
  const tooSmall = data.command(people['editor']!, 'enterWaterWorksThing', {}, async tx => tx.insert(things, { unit_id: w.ref('510821-H1').slice(-36), no: 'small', size: -1 }))
  await expect(tooSmall).rejects.toMatchObject({ code: 'BAD_INPUT', details: { violations: [{ rule: 'thing_size_check' }] } })
  expect(await nosOf('editor', 'only-once', 'small')).toEqual(['only-once'])
})

test('its hand reaches its own registers only', async () => {
  const foreign = { ...things, table: 'risk_point' }
  await expect(data.command(people['editor']!, 'x', {}, async tx => tx.insert(foreign, {}))).rejects.toThrow('its own tables only')
  await expect(data.command(people['editor']!, 'x', {}, tx => tx.locate({ ...things, table: 'plugin_other.thing' }, 'ww_thing_x', 'id'))).rejects.toThrow('its own tables only')
  expect(() => data.select(people['editor']!.actor, foreign, {})).toThrow('its own tables only')
  expect(() => data.select(people['editor']!.actor, { ...things, scope: { by: 'public' } }, {})).toThrow('under a unit')
})

test('conditions, order and limit; units by code within the scope', async () => {
  for (const no of ['m1', 'm2', 'm3']) await enter('editor', '510821-H2', no)
  const found = await data.select(people['editor']!.actor, things, { where: where.isIn('no', ['m1', 'm2', 'm3', 'there']), orderBy: 'no', descending: true, limit: 2 })
  expect(found.map(r => r['no'])).toEqual(['m3', 'm2'])
  expect([...(await data.unitsByCode(people['editor']!.actor, ['510821-H1', '510802-HEALTH', 'none'])).keys()]).toEqual(['510821-H1'])
})

test('working days are counted by the calendar of the platform', async () => {
  const calendar = await data.calendar()
  expect(calendar.workingDaysBetween('2026-02-14', '2026-02-24')).toEqual({ count: 1, isAssumed: false })
  expect(calendar.addWorkingDays('2099-01-01', 1)).toMatchObject({ isAssumed: true })
})

test('its migrations go back and leave nothing', async () => {
  const other = await testDatabase()
  try {
    expect(await migrateUp(other.url, PLUGIN, MIGRATIONS)).toEqual(['20260101000001-thing'])
    expect(await migrateUp(other.url, PLUGIN, MIGRATIONS)).toEqual([])
    expect(await migrateDown(other.url, PLUGIN, MIGRATIONS)).toEqual(['20260101000001-thing'])
    expect((await other.owner.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'plugin_water_works'`)).rows).toEqual([])
    expect(await migrateUp(other.url, PLUGIN, MIGRATIONS)).toEqual(['20260101000001-thing'])
    expect((await other.owner.query('SELECT direction FROM plugin_ledger ORDER BY id')).rows.map(r => r.direction)).toEqual(['UP', 'DOWN', 'UP'])
    await expect(other.db.writes.query(`INSERT INTO plugin_ledger (id, plugin_code, migration, checksum, direction, plugin_version) VALUES (gen_random_uuid(), 'x', 'x', 'x', 'UP', '1')`)).rejects.toThrow('permission denied')
    await expect(other.db.writes.query('DROP TABLE plugin_water_works.thing')).rejects.toThrow('must be owner')
  } finally {
    await other.close()
  }
})

test('rows of a noun whose reads are logged are noted in the request, and not to be had without one', async () => {
  const id = await enter('editor', '510821-H1', 'noted')
  const logged = { ...things, logged: { as: 'readWaterWorksThing', each: true } } as const
  const noted: SensitiveRead[] = []
  const context = { ...people['county']!, locale: 'en', read: { note: (r: SensitiveRead) => void noted.push(r) } as never } as RequestContext
  expect(await data.row(context, logged, globalId('ww_thing', id))).toMatchObject({ no: 'noted' })
  expect(noted).toEqual([{ as: 'readWaterWorksThing', subjectType: things.table, subjectId: id, what: { plugin: 'water-works', rows: 1 } }])
  expect(() => data.select(people['county']!.actor, logged, {})).toThrow('is logged')
})
