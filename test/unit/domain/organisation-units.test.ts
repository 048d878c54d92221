import { setTimeout } from 'node:timers/promises'
import { systemActor } from '../../../src/core/actor'
import { AppError } from '../../../src/core/errors'
import { globalId, newId } from '../../../src/core/ids'
import type { Origin } from '../../../src/core/request'
import { runCommand } from '../../../src/database/command'
import { UnitRelationService, UnitService, type UnitRow } from '../../../src/domain/unit'
import { lockTree, moveSubtree } from '../../../src/domain/unit/unit.repository'
import { testDatabase, type TestDatabase } from '../../support/database'
import { originOf, personWith } from '../../support/registers-fixture'
import { smallCity, type SmallCity } from '../../support/small-city'

let t: TestDatabase
let city: SmallCity
let units: UnitService
let relations: UnitRelationService
let administrator: Origin
let county: Origin
let n = 0

beforeAll(async () => {
  t = await testDatabase()
  city = await smallCity(t.db)
  units = new UnitService(t.db)
  relations = new UnitRelationService(t.db)
  administrator = personWith(['PLATFORM_ADMIN'], { path: '/510800/' })
  county = personWith(['PLATFORM_ADMIN'], { path: '/510800/510821/' })
})
afterAll(() => t.close())

const unit = (code: string): string => globalId('unit', city.id(code))
const row = async (rowId: string) => (await t.db.rows<Record<string, string | number | null>>('SELECT * FROM unit WHERE id = $1', [rowId]))[0]!
const refused = async (p: Promise<unknown>): Promise<[code: string, path: string | undefined, rule: string | undefined]> => {
  const e: unknown = await p.then(() => null, (x: unknown) => x)
  if (!(e instanceof AppError)) throw new Error(`not refused: ${String(e)}`)
  return [e.code, e.details.violations?.[0]?.path, e.details.violations?.[0]?.rule]
}
const input = (o: object = {}) => ({ parentId: unit('510821'), code: `N${++n}X`, nameZh: '新单位', kind: 'GOVERNMENT_DEPARTMENT' as const, divisionCode: '510821', sectorCodes: [], ...o })
const made = async (o: object = {}): Promise<string> => units.register(administrator, input(o))
const mutual = <T>(...commands: Promise<T>[]): Promise<PromiseSettledResult<T>[]> => Promise.allSettled(commands)

describe('registerUnit', () => {
  test('takes path and depth from the parent, pinyin from the name, and leaves an audit record and an event', async () => {
    const id = await units.register(administrator, input({ code: 'HEALTH-2', nameZh: ' 卫生健康局 ', uscc: '11510821FK90000253', sectorCodes: ['health'], validFrom: '2021-03-01' }))
    expect(await row(id)).toMatchObject({
      path: '/510800/510821/HEALTH-2/', depth: 3, name_zh: '卫生健康局', name_initials: 'wsjkj', uscc: '11510821FK90000253', sector_codes: ['health'],
      state: 'ACTIVE', valid_from: '2021-03-01', is_synthetic: false, created_by: administrator.actor.ref, row_version: 1,
    })
    expect(await t.db.rows('SELECT command, before, actor FROM audit_record WHERE subject_id = $1', [id])).toEqual([{ command: 'registerUnit', before: null, actor: administrator.actor.ref }])
    expect(await t.db.rows('SELECT type FROM outbox_event WHERE subject_id = $1', [id])).toEqual([{ type: 'Unit.registered' }])
  })

  test.each<[string, object, [string, string, string]]>([
    ['a slash in the code', { code: 'a/b' }, ['BAD_INPUT', 'code', 'format']],
    ['a code that exists', { code: '510821-HEALTH' }, ['CONFLICT', 'code', 'unique']],
    ['a credit code with a wrong check', { uscc: '11510821FK90000254' }, ['BAD_INPUT', 'uscc', 'INV-41']],
    ['a division that does not exist', { divisionCode: '519999' }, ['BAD_INPUT', 'divisionCode', 'INV-41']],
    ['a division that was valid no more', { divisionCode: '510899', validFrom: '2020-01-01' }, ['BAD_INPUT', 'divisionCode', 'INV-41']],
    ['a division that was not valid yet', { divisionCode: '510821', validFrom: '1980-01-01' }, ['BAD_INPUT', 'divisionCode', 'INV-41']],
    ['a name of blanks', { nameZh: '   ' }, ['BAD_INPUT', 'nameZh', 'required']],
    ['a sector in capitals', { sectorCodes: ['health', 'Health'] }, ['BAD_INPUT', 'sectorCodes.1', 'format']],
    ['an id of another kind', { parentId: globalId('pos', newId()) }, ['NOT_FOUND', 'parentId', 'exists']],
    ['a parent that is not there', { parentId: globalId('unit', newId()) }, ['NOT_FOUND', 'parentId', 'exists']],
  ])('%s', async (_, o, answer) => {
    expect(await refused(made(o))).toEqual(answer)
  })

  test('a division of the past is right for a unit of the past', async () => {
    expect(await row(await made({ divisionCode: '510899', validFrom: '1986-01-01' }))).toMatchObject({ division_code: '510899' })
  })

  test('the same credit code twice', async () => {
    await made({ uscc: '12510821FK9000041M' })
    expect(await refused(made({ uscc: '12510821FK9000041M' }))).toEqual(['CONFLICT', 'uscc', 'unique'])
  })

  test('needs an administrator of the parent: a role elsewhere is not one, and a parent out of sight is not there', async () => {
    expect(await refused(units.register(personWith(['UNIT_EDITOR', 'UNIT_APPROVER'], { path: '/510800/' }), input()))).toEqual(['FORBIDDEN', undefined, undefined])
    expect(await refused(units.register(county, input({ parentId: unit('510802') })))).toEqual(['NOT_FOUND', 'parentId', 'exists'])
    expect(await refused(units.register(county, input({ parentId: unit('510800') })))).toEqual(['NOT_FOUND', 'parentId', 'exists'])
    await units.register(county, input())
  })

  test('repeated with its key it answers the same unit, with other input it is a conflict', async () => {
    const once = input({ idempotencyKey: `key-${newId()}` })
    const id = await units.register(administrator, once)
    expect(await units.register(administrator, once)).toBe(id)
    expect(await refused(units.register(administrator, { ...once, nameZh: '别的' }))).toEqual(['CONFLICT', 'idempotencyKey', 'unused'])
  })
})

describe('editUnit', () => {
  test('changes what it names, keeps the rest, and keeps the version before', async () => {
    const id = await made({ nameZh: '旧名', nameEn: 'Old', sectorCodes: ['health'] })
    await units.edit(administrator, { id: globalId('unit', id), rowVersion: 1, nameZh: '新名', nameEn: null })
    expect(await row(id)).toMatchObject({ name_zh: '新名', name_initials: 'xm', name_en: null, sector_codes: ['health'], row_version: 2, updated_by: administrator.actor.ref })
    expect(await t.db.rows('SELECT name_zh, row_version FROM unit_history WHERE id = $1', [id])).toEqual([{ name_zh: '旧名', row_version: 1 }])
  })

  test('a stale version is a conflict, and of two at once one wins', async () => {
    const id = globalId('unit', await made())
    await units.edit(administrator, { id, rowVersion: 1, nameZh: '甲' })
    expect(await refused(units.edit(administrator, { id, rowVersion: 1, nameZh: '乙' }))).toEqual(['CONFLICT', 'rowVersion', 'current'])
    const results = await mutual(...['丙', '丁', '戊'].map(nameZh => units.edit(administrator, { id, rowVersion: 2, nameZh })))
    expect(results.map(r => r.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  })

  test('a new division must be valid today, the old one need not be', async () => {
    const id = globalId('unit', await made({ divisionCode: '510899', validFrom: '1986-01-01' }))
    await units.edit(administrator, { id, rowVersion: 1, nameZh: '仍在', divisionCode: '510899' })
    await units.edit(administrator, { id, rowVersion: 2, divisionCode: '510821' })
    expect(await refused(units.edit(administrator, { id, rowVersion: 3, divisionCode: '510899' }))).toEqual(['BAD_INPUT', 'divisionCode', 'INV-41'])
  })

  test('who may read but not administer is refused; who may not see finds nothing', async () => {
    const id = globalId('unit', await made())
    expect(await refused(units.edit(personWith(['UNIT_EDITOR'], { path: '/510800/510821/' }), { id, rowVersion: 1, nameZh: '甲' }))).toEqual(['FORBIDDEN', undefined, undefined])
    expect(await refused(units.edit(personWith(['PLATFORM_ADMIN'], { path: '/510800/510802/' }), { id, rowVersion: 1, nameZh: '甲' }))).toEqual(['NOT_FOUND', 'id', 'exists'])
  })
})

describe('moveUnit', () => {
  const tree = async (): Promise<[top: string, middle: string, leaf: string]> => {
    const top = await made()
    const middle = await made({ parentId: globalId('unit', top) })
    return [top, middle, await made({ parentId: globalId('unit', middle) })]
  }

  test('everything below follows; each row keeps its place before', async () => {
    const [top, middle, leaf] = await tree()
    const bystander = await made({ code: `${(await row(top))['code']}0` })
    const before = await Promise.all([top, middle, leaf, bystander].map(row))
    await units.move(administrator, { id: globalId('unit', top), parentId: unit('510802') })
    const [t1, m1, l1, b1] = await Promise.all([top, middle, leaf, bystander].map(row))
    expect(t1).toMatchObject({ parent_id: city.id('510802'), path: `/510800/510802/${t1!['code']}/`, depth: 3, row_version: 2 })
    expect(m1).toMatchObject({ parent_id: top, path: `${t1!['path']}${m1!['code']}/`, depth: 4 })
    expect(l1).toMatchObject({ parent_id: middle, path: `${m1!['path']}${l1!['code']}/`, depth: 5 })
    // A unit whose code only begins the same is not inside.
    expect(b1).toEqual(before[3])
    const history = await t.db.rows<{ id: string; path: string }>('SELECT id, path FROM unit_history WHERE id = ANY($1::uuid[])', [[top, middle, leaf]])
    expect(new Map(history.map(h => [h.id, h.path]))).toEqual(new Map(before.slice(0, 3).map(b => [b['id'], b['path']])))
    expect(await t.db.rows(`SELECT before, after FROM audit_record WHERE subject_id = $1 AND command = 'moveUnit'`, [top])).toEqual([{
      before: { parent_id: city.id('510821'), path: before[0]!['path'] }, after: { parent_id: city.id('510802'), path: t1!['path'], moved: 3 },
    }])
  })

  test('the tree as it was on any moment can be rebuilt from rows and history', async () => {
    const [top, middle, leaf] = await tree()
    const instant = async (): Promise<string> => (await t.db.rows<{ at: string }>('SELECT clock_timestamp()::text AS at'))[0]!.at
    const asOf = async (at: string) => t.db.rows<{ id: string; path: string; name_zh: string }>(`
      SELECT id, path, name_zh FROM (
        SELECT id, path, name_zh, updated_at AS since, NULL::timestamptz AS until FROM unit
        UNION ALL SELECT id, path, name_zh, updated_at, superseded_at FROM unit_history) v
      WHERE id = ANY($2::uuid[]) AND since <= $1::timestamptz AND (until IS NULL OR until > $1::timestamptz) ORDER BY path`, [at, [top, middle, leaf]])
    const now = async () => t.db.rows<{ id: string; path: string; name_zh: string }>('SELECT id, path, name_zh FROM unit WHERE id = ANY($1::uuid[]) ORDER BY path', [[top, middle, leaf]])
    const seen: [string, unknown][] = []
    const look = async (): Promise<void> => { const state = await now(); seen.push([await instant(), state]) }
    await look()
    await units.move(administrator, { id: globalId('unit', middle), parentId: unit('510802') })
    await look()
    await units.edit(administrator, { id: globalId('unit', leaf), rowVersion: 2, nameZh: '改名' })
    await look()
    await units.move(administrator, { id: globalId('unit', middle), parentId: globalId('unit', top) })
    await look()
    for (const [at, state] of seen) expect(await asOf(at)).toEqual(state)
    expect(new Set(seen.map(([, state]) => JSON.stringify(state))).size).toBe(4)
  })

  test('not under itself, not under a unit below it, and nothing happens where it stands already', async () => {
    const [top, , leaf] = await tree()
    const id = globalId('unit', top)
    expect(await refused(units.move(administrator, { id, parentId: id }))).toEqual(['BAD_INPUT', 'parentId', 'noCycle'])
    expect(await refused(units.move(administrator, { id, parentId: globalId('unit', leaf) }))).toEqual(['BAD_INPUT', 'parentId', 'noCycle'])
    await units.move(administrator, { id, parentId: unit('510821') })
    expect(await row(top)).toMatchObject({ row_version: 1 })
  })

  test('needs an administrator of the old and the new place', async () => {
    const [top] = await tree()
    const here = personWith(['PLATFORM_ADMIN'], { path: '/510800/510821/' })
    expect(await refused(units.move(here, { id: globalId('unit', top), parentId: unit('510802') }))).toEqual(['NOT_FOUND', 'parentId', 'exists'])
    const seesBoth = originOf({ ...here.actor, scope: ['/510800/'] })
    expect(await refused(units.move(seesBoth, { id: globalId('unit', top), parentId: unit('510802') }))).toEqual(['FORBIDDEN', undefined, undefined])
  })

  test('no deeper than twenty levels, the units below counted', async () => {
    let parent = await made()
    for (let depth = 4; depth <= 19; depth++) parent = await made({ parentId: globalId('unit', parent) })
    const [top] = await tree()
    expect(await refused(units.move(administrator, { id: globalId('unit', top), parentId: globalId('unit', parent) }))).toEqual(['BAD_INPUT', 'parentId', 'maxDepth'])
    const last = await made({ parentId: globalId('unit', parent) })
    expect(await refused(made({ parentId: globalId('unit', last) }))).toEqual(['BAD_INPUT', 'parentId', 'maxDepth'])
  })

  describe('at the same moment as other commands', () => {
    const astray = () => t.db.rows(`SELECT c.code FROM unit c LEFT JOIN unit p ON p.id = c.parent_id WHERE c.path <> coalesce(p.path, '/') || c.code || '/' OR c.depth <> coalesce(p.depth, 0) + 1`)
    /** What `waiting` became after a while: nothing, when it waits for the transaction that is open. */
    const soFar = (waiting: Promise<unknown>): Promise<unknown> => Promise.race([waiting, setTimeout(200, 'waits')])

    test('a move waits for a unit that is being put below, and takes it along', async () => {
      const [top, middle] = await tree()
      let moving: Promise<string> | undefined
      const child = await runCommand(t.db, administrator, 'test', {}, async tx => {
        await lockTree(tx, 'shared')
        const id = tx.insert('unit', {
          code: `N${++n}`, name_zh: '新', name_pinyin: 'x', name_initials: 'x', kind: 'TOWNSHIP', division_code: '510821', parent_id: middle,
          path: `${(await row(middle))['path']}N${n}/`, depth: 5, valid_from: '2020-01-01',
        })
        await tx.flush()
        moving = units.move(administrator, { id: globalId('unit', top), parentId: unit('510802') })
        expect(await soFar(moving)).toBe('waits')
        return id
      })
      await moving
      expect((await row(child))['path']).toContain('/510800/510802/')
      expect(await astray()).toEqual([])
    })

    test('a unit that is registered waits for a move', async () => {
      const [top, middle] = await tree()
      let registering: Promise<string> | undefined
      await runCommand(t.db, administrator, 'test', {}, async tx => {
        await lockTree(tx, 'alone')
        registering = made({ parentId: globalId('unit', middle) })
        expect(await soFar(registering)).toBe('waits')
        const rows = await tx.rows<UnitRow>('SELECT * FROM unit WHERE id = ANY($1::uuid[]) ORDER BY path', [[top, city.id('510802')]])
        await moveSubtree(tx, rows.find(r => r.id === top)!, rows.find(r => r.id !== top)!)
      })
      expect((await row(await registering!))['path']).toContain('/510800/510802/')
      expect(await astray()).toEqual([])
    })

    test('two that move under each other make no ring', async () => {
      const [a, b] = [await made(), await made()]
      const moves = await mutual(units.move(administrator, { id: globalId('unit', a), parentId: globalId('unit', b) }), units.move(administrator, { id: globalId('unit', b), parentId: globalId('unit', a) }))
      expect(moves.map(m => m.status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(await astray()).toEqual([])
    })
  })
})

describe('mergeUnit and dissolveUnit', () => {
  test('a merged unit has a successor, a last day, a transition and no relations beyond that day', async () => {
    const [id, successor] = [await made({ validFrom: '2020-01-01' }), await made()]
    await relations.relate(administrator, { fromUnitId: unit('510821-DG'), toUnitId: globalId('unit', id), kind: 'DISPATCHED', validFrom: '2020-01-01' })
    await units.merge(administrator, { id: globalId('unit', id), successorId: globalId('unit', successor), validTo: '2025-07-01', opinion: '机构改革方案' })
    expect(await row(id)).toMatchObject({ state: 'MERGED', successor_id: successor, valid_to: '2025-07-01' })
    expect(await t.db.rows('SELECT valid_to FROM unit_relation WHERE to_unit_id = $1', [id])).toEqual([{ valid_to: '2025-07-01' }])
    expect(await t.db.rows('SELECT command, from_state, to_state, opinion FROM state_transition WHERE subject_id = $1', [id])).toEqual([{ command: 'mergeUnit', from_state: 'ACTIVE', to_state: 'MERGED', opinion: '机构改革方案' }])
    expect(await t.db.rows('SELECT type FROM outbox_event WHERE subject_id = $1 ORDER BY id', [id])).toEqual([{ type: 'Unit.registered' }, { type: 'Unit.merged' }])
  })

  test('what is ended is ended: no command moves it on, and nothing is put below it', async () => {
    const id = await made({ validFrom: '2020-01-01' })
    await units.dissolve(administrator, { id: globalId('unit', id) })
    expect(await row(id)).toMatchObject({ state: 'DISSOLVED', successor_id: null })
    const gone = globalId('unit', id)
    for (const command of [
      units.edit(administrator, { id: gone, rowVersion: 2, nameZh: '甲' }), units.move(administrator, { id: gone, parentId: unit('510802') }),
      units.dissolve(administrator, { id: gone }), units.merge(administrator, { id: gone, successorId: unit('510821') }),
    ]) expect((await refused(command))[0]).toBe('PRECONDITION_FAILED')
    expect(await refused(made({ parentId: gone }))).toEqual(['PRECONDITION_FAILED', 'parentId', 'activeUnit'])
    expect(await refused(units.move(administrator, { id: globalId('unit', await made()), parentId: gone }))).toEqual(['PRECONDITION_FAILED', 'parentId', 'activeUnit'])
  })

  test('not while units below it are active, not into itself or an ended one, not ahead of time, not before its first day', async () => {
    const id = await made({ validFrom: '2020-01-01' })
    const child = await made({ parentId: globalId('unit', id), validFrom: '2020-01-01' })
    const gone = await made({ validFrom: '2020-01-01' })
    await units.dissolve(administrator, { id: globalId('unit', gone) })
    const end = (o: object) => refused(units.merge(administrator, { id: globalId('unit', id), successorId: unit('510821'), ...o }))
    expect(await end({})).toEqual(['PRECONDITION_FAILED', 'id', 'noActiveChild'])
    expect(await end({ successorId: globalId('unit', id) })).toEqual(['BAD_INPUT', 'successorId', 'twoUnits'])
    expect(await end({ successorId: globalId('unit', gone) })).toEqual(['PRECONDITION_FAILED', 'successorId', 'activeUnit'])
    expect(await end({ validTo: '2999-01-01' })).toEqual(['BAD_INPUT', 'validTo', 'notInFuture'])
    expect(await end({ validTo: '2020-01-01' })).toEqual(['BAD_INPUT', 'validTo', 'dateOrder'])
    await units.dissolve(administrator, { id: globalId('unit', child) })
    await units.merge(administrator, { id: globalId('unit', id), successorId: unit('510821') })
  })
})

describe('relations', () => {
  const relate = (kind: 'LINE' | 'DISPATCHED' | 'OUTPOST' | 'LIAISON', from: string, to: string, o: object = {}): Promise<string> =>
    relations.relate(administrator, { fromUnitId: unit(from), toUnitId: unit(to), kind, validFrom: '2020-01-01', ...o })

  test('each kind between the bodies it is for', async () => {
    await relate('LINE', '510800-CCDI', '510821-CCDI')
    await relate('LINE', '510821-CCDI', '510821-DG')
    await relate('OUTPOST', '510821-OG', '510821105')
    await relate('LIAISON', '510800-SO6', '510821')
    await relate('DISPATCHED', '510821-DG', '510821-HOSPITAL')
    expect(await refused(relate('DISPATCHED', '510821-CCDI', '510821-HEALTH'))).toEqual(['BAD_INPUT', 'fromUnitId', 'relationEnds'])
    expect(await refused(relate('OUTPOST', '510821-OG', '510821-HEALTH'))).toEqual(['BAD_INPUT', 'toUnitId', 'relationEnds'])
    expect(await refused(relate('LINE', '510821-CCDI', '510821-HEALTH'))).toEqual(['BAD_INPUT', 'toUnitId', 'relationEnds'])
    expect(await refused(relate('LIAISON', '510821-HEALTH', '510821'))).toEqual(['BAD_INPUT', 'fromUnitId', 'relationEnds'])
    expect(await refused(relate('DISPATCHED', '510821-DG', '510821-DG'))).toEqual(['BAD_INPUT', 'toUnitId', 'twoUnits'])
  })

  test('dated: ended, made again, never twice for the same days', async () => {
    const id = await relate('DISPATCHED', '510821-DG', '510821-HEALTH')
    expect(await refused(relate('DISPATCHED', '510821-DG', '510821-HEALTH', { validFrom: '2021-01-01' }))).toEqual(['CONFLICT', 'toUnitId', 'unique'])
    expect(await refused(relations.end(administrator, { id: globalId('rel', id), validTo: '2020-01-01' }))).toEqual(['BAD_INPUT', 'validTo', 'dateOrder'])
    await relations.end(administrator, { id: globalId('rel', id), validTo: '2022-01-01' })
    expect(await refused(relations.end(administrator, { id: globalId('rel', id), validTo: '2023-01-01' }))).toEqual(['PRECONDITION_FAILED', 'validTo', 'notEnded'])
    await relate('DISPATCHED', '510821-DG', '510821-HEALTH', { validFrom: '2022-01-01' })
    expect(await refused(relate('DISPATCHED', '510821-DG', '510821-HEALTH', { validFrom: '2019-01-01', validTo: '2018-01-01' }))).toEqual(['BAD_INPUT', 'validTo', 'dateOrder'])
  })

  test('only an administrator of both ends: a relation opens rows', async () => {
    const ofCounty = (to: string) => relations.relate(county, { fromUnitId: unit('510821-DG'), toUnitId: unit(to), kind: 'DISPATCHED' })
    expect(await refused(ofCounty('510802-HEALTH'))).toEqual(['NOT_FOUND', 'toUnitId', 'exists'])
    const supervisor = personWith(['SUPERVISOR'], { path: '/510800/' })
    expect(await refused(relations.relate(supervisor, { fromUnitId: unit('510821-DG'), toUnitId: unit('510802-HEALTH'), kind: 'DISPATCHED' }))).toEqual(['FORBIDDEN', undefined, undefined])
    const id = globalId('rel', await relate('LIAISON', '510800-SO6', '510802-HEALTH'))
    expect(await refused(relations.end(county, { id }))).toEqual(['NOT_FOUND', 'id', 'exists'])
    expect(await refused(relations.end(personWith(['PLATFORM_ADMIN'], { path: '/510800/510802/' }), { id }))).toEqual(['FORBIDDEN', undefined, undefined])
  })
})

test('the command line itself may do what an administrator may', async () => {
  expect(await row(await units.register(originOf(systemActor('cli')), input()))).toMatchObject({ created_by: 'system:cli' })
})
