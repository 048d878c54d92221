import { AppError } from '../../../src/core/errors'
import { globalId, newId } from '../../../src/core/ids'
import type { Origin } from '../../../src/core/request'
import { problemsOf, sourceOf } from '../../../src/domain/import'
import { AppointmentService, importAppointments, importPersons, PersonService } from '../../../src/domain/person'
import { importPositions, PositionService } from '../../../src/domain/position'
import { UnitService } from '../../../src/domain/unit'
import { importVillageSupervisors, VillageSupervisorService, type VillagePost } from '../../../src/domain/village-supervisor'
import { FOUR_POSTS } from '../../../src/domain/village-supervisor/village-supervisor.inputs'
import { testDatabase, type TestDatabase } from '../../support/database'
import { personWith } from '../../support/registers-fixture'
import { smallCity, SYSTEM, type SmallCity } from '../../support/small-city'

let t: TestDatabase
let city: SmallCity
let positions: PositionService
let persons: PersonService
let appointments: AppointmentService
let supervisors: VillageSupervisorService
let administrator: Origin
let reader: Origin
let stranger: Origin
let n = 0

beforeAll(async () => {
  t = await testDatabase()
  city = await smallCity(t.db)
  positions = new PositionService(t.db)
  persons = new PersonService(t.db)
  appointments = new AppointmentService(t.db)
  supervisors = new VillageSupervisorService(t.db)
  administrator = personWith(['PLATFORM_ADMIN'], { path: '/510800/' })
  reader = personWith(['UNIT_EDITOR', 'UNIT_APPROVER', 'SUPERVISOR'], { path: '/510800/' })
  stranger = personWith(['PLATFORM_ADMIN'], { path: '/510800/510802/' })
})
afterAll(() => t.close())

const unit = (code: string): string => globalId('unit', city.id(code))
const row = async (table: string, rowId: string) => (await t.db.rows<Record<string, unknown>>(`SELECT * FROM ${table} WHERE id = $1`, [rowId]))[0]!
const refused = async (p: Promise<unknown>): Promise<[code: string, path: string | undefined, rule: string | undefined]> => {
  const e: unknown = await p.then(() => null, (x: unknown) => x)
  if (!(e instanceof AppError)) throw new Error(`not refused: ${String(e)}`)
  return [e.code, e.details.violations?.[0]?.path, e.details.violations?.[0]?.rule]
}
const position = async (unitCode = '510821-HEALTH', o: object = {}): Promise<string> =>
  globalId('pos', await positions.create(administrator, { unitId: unit(unitCode), code: `P${++n}`, nameZh: '局长', powerBearing: true, ...o }))
const person = async (unitCode = '510821-HEALTH', o: object = {}): Promise<string> =>
  globalId('person', await persons.register(administrator, { unitId: unit(unitCode), displayName: `岗位人员${++n}`, staffNo: `T${n}`, ...o }))
const rowId = (id: string): string => id.slice(id.indexOf('_') + 1)

describe('posts', () => {
  test('set up in a unit and changed, with the version before kept', async () => {
    const id = await position('510821-HEALTH', { code: 'HEAD', rank: '正科级' })
    await positions.edit(administrator, { id, rowVersion: 1, nameZh: '主任', rank: null, powerBearing: false })
    expect(await row('position', rowId(id))).toMatchObject({ unit_id: city.id('510821-HEALTH'), code: 'HEAD', name_zh: '主任', rank: null, power_bearing: false, row_version: 2 })
    expect(await t.db.rows('SELECT name_zh, rank FROM position_history WHERE id = $1', [rowId(id)])).toEqual([{ name_zh: '局长', rank: '正科级' }])
    expect(await refused(positions.edit(administrator, { id, rowVersion: 1, nameZh: '甲' }))).toEqual(['CONFLICT', 'rowVersion', 'current'])
  })

  test('codes are unique in a unit, free in another, and well-formed', async () => {
    await position('510821-HEALTH', { code: 'SAME' })
    expect(await refused(position('510821-HEALTH', { code: 'SAME' }))).toEqual(['CONFLICT', 'code', 'unique'])
    await position('510802-HEALTH', { code: 'SAME' })
    expect(await refused(position('510821-HEALTH', { code: 'a b' }))).toEqual(['BAD_INPUT', 'code', 'format'])
  })

  test('only by an administrator of the unit', async () => {
    const id = await position()
    const input = { unitId: unit('510821-HEALTH'), code: `P${++n}`, nameZh: '甲', powerBearing: true }
    expect((await refused(positions.create(reader, input)))[0]).toBe('FORBIDDEN')
    expect(await refused(positions.create(stranger, input))).toEqual(['NOT_FOUND', 'unitId', 'exists'])
    expect((await refused(positions.edit(reader, { id, rowVersion: 1, nameZh: '乙' })))[0]).toBe('FORBIDDEN')
    expect(await refused(positions.edit(stranger, { id, rowVersion: 1, nameZh: '乙' }))).toEqual(['NOT_FOUND', 'id', 'exists'])
  })
})

describe('persons', () => {
  test('neither the audit log nor the events carry a name or a staff number', async () => {
    const id = await person('510821-HEALTH', { displayName: '岗位人员甲', staffNo: 'SECRET-7' })
    await persons.edit(administrator, { id, rowVersion: 1, displayName: '岗位人员乙' })
    const log = JSON.stringify([await t.db.rows('SELECT * FROM audit_record WHERE subject_id = $1', [rowId(id)]), await t.db.rows('SELECT * FROM outbox_event WHERE subject_id = $1', [rowId(id)])])
    expect(log).toContain('editPerson')
    expect(log).not.toMatch(/岗位人员|SECRET-7/)
  })

  test.each(['510821199001011234', '51082119900101123X', '510821 19900101 1234', '510821900101123', '甲510821199001011234'])('the identity number %s is kept nowhere', async text => {
    expect(await refused(person('510821-HEALTH', { displayName: text }))).toEqual(['BAD_INPUT', 'displayName', 'noIdentityNumber'])
    const [code, path] = await refused(person('510821-HEALTH', { staffNo: text.replaceAll(' ', '-') }))
    expect([code, path]).toEqual(['BAD_INPUT', 'staffNo'])
    const problems = await importPersons(t.db, SYSTEM, sourceOf('persons', ['staffNo', 'displayName', 'unitCode'], [['T-OK', text, '510821-HEALTH'], [text, '甲', '510821-HEALTH']])).then(() => null, problemsOf)
    expect(problems!.problems.map(p => [p.cell, p.code])).toEqual([['B2', 'IDENTITY_NUMBER'], ['A3', 'IDENTITY_NUMBER']])
    expect(JSON.stringify(problems)).not.toContain(text)
  })

  test('a village code in a staff number is none', async () => {
    await person('510821-HEALTH', { staffNo: 'V510802001001' })
  })

  test('one staff number, one person; a record moves with its person', async () => {
    const id = await person('510821-HEALTH', { staffNo: 'ONCE' })
    expect(await refused(person('510802-HEALTH', { staffNo: 'ONCE' }))).toEqual(['CONFLICT', 'staffNo', 'unique'])
    await persons.edit(administrator, { id, rowVersion: 1, unitId: unit('510802-HEALTH') })
    expect(await row('person', rowId(id))).toMatchObject({ unit_id: city.id('510802-HEALTH') })
    expect(await refused(persons.edit(stranger, { id, rowVersion: 2, unitId: unit('510821-HEALTH') }))).toEqual(['NOT_FOUND', 'unitId', 'exists'])
    expect((await refused(persons.edit(reader, { id, rowVersion: 2, displayName: '丙' })))[0]).toBe('FORBIDDEN')
  })
})

describe('appointments', () => {
  test('a person holds a post in a role from a day to a day; the same again only for other days', async () => {
    const [p, post] = [await person(), await position()]
    const appoint = (o: object = {}) => appointments.appoint(administrator, { personId: p, positionId: post, role: 'UNIT_HEAD', validFrom: '2020-01-01', ...o })
    const id = await appoint()
    expect(await row('appointment', id)).toMatchObject({ unit_id: city.id('510821-HEALTH'), person_id: rowId(p), position_id: rowId(post), role: 'UNIT_HEAD', valid_to: null })
    expect(await refused(appoint({ validFrom: '2021-01-01' }))).toEqual(['CONFLICT', 'positionId', 'unique'])
    await appoint({ role: 'TEAM_MEMBER' })
    expect(await refused(appointments.end(administrator, { id: globalId('appt', id), validTo: '2019-01-01' }))).toEqual(['BAD_INPUT', 'validTo', 'dateOrder'])
    await appointments.end(administrator, { id: globalId('appt', id), validTo: '2022-01-01' })
    expect(await refused(appointments.end(administrator, { id: globalId('appt', id) }))).toEqual(['PRECONDITION_FAILED', 'validTo', 'notEnded'])
    await appoint({ validFrom: '2022-01-01' })
    expect(await t.db.rows('SELECT valid_to FROM appointment_history WHERE id = $1', [id])).toEqual([{ valid_to: null }])
  })

  test('not to a post that is not there or out of sight, nor by somebody who only reads', async () => {
    const [p, post] = [await person(), await position()]
    const input = { personId: p, positionId: post, role: 'STAFF' as const }
    expect(await refused(appointments.appoint(stranger, input))).toEqual(['NOT_FOUND', 'positionId', 'exists'])
    expect((await refused(appointments.appoint(reader, input)))[0]).toBe('FORBIDDEN')
    expect(await refused(appointments.appoint(administrator, { ...input, personId: globalId('person', newId()) }))).toEqual(['NOT_FOUND', 'personId', 'exists'])
    expect(await refused(appointments.appoint(administrator, { ...input, positionId: p }))).toEqual(['NOT_FOUND', 'positionId', 'exists'])
    const id = globalId('appt', await appointments.appoint(administrator, input))
    expect(await refused(appointments.end(stranger, { id }))).toEqual(['NOT_FOUND', 'id', 'exists'])
    expect((await refused(appointments.end(reader, { id })))[0]).toBe('FORBIDDEN')
  })

  test('not to a post of a unit that is no more', async () => {
    const units = new UnitService(t.db)
    const gone = await units.register(administrator, { parentId: unit('510821'), code: `G${++n}`, nameZh: '旧', kind: 'TOWNSHIP', divisionCode: '510821', sectorCodes: [], validFrom: '2020-01-01' })
    const post = globalId('pos', await positions.create(administrator, { unitId: globalId('unit', gone), code: 'X', nameZh: '甲', powerBearing: false }))
    await units.dissolve(administrator, { id: globalId('unit', gone) })
    expect(await refused(appointments.appoint(administrator, { personId: await person(), positionId: post, role: 'STAFF' }))).toEqual(['PRECONDITION_FAILED', 'positionId', 'activeUnit'])
  })
})

describe('village supervisors, INV-05', () => {
  let village: string
  beforeEach(async () => {
    const units = new UnitService(t.db)
    village = globalId('unit', await units.register(administrator, { parentId: unit('510821105'), code: `V${++n}`, nameZh: '村', kind: 'VILLAGE_OR_COMMUNITY', divisionCode: '510821105203', sectorCodes: [], validFrom: '2020-01-01' }))
  })
  const appoint = async (o: object = {}): Promise<string> =>
    supervisors.appoint(administrator, { villageId: village, personId: await person(), posts: [...FOUR_POSTS], validFrom: '2020-01-01', ...o })

  test('exactly the four posts, in any order', async () => {
    const id = await appoint({ posts: ['SUPERVISION_INFORMATION_OFFICER', 'AFFAIRS_SUPERVISION_CHAIR', 'DISCIPLINE_COMMISSIONER', 'DEPUTY_PARTY_SECRETARY'] })
    expect((await row('village_supervisor', id))['posts']).toEqual(['AFFAIRS_SUPERVISION_CHAIR', 'DEPUTY_PARTY_SECRETARY', 'DISCIPLINE_COMMISSIONER', 'SUPERVISION_INFORMATION_OFFICER'])
  })

  test.each<[string, VillagePost[]]>([
    ['three', FOUR_POSTS.slice(1)], ['none', []], ['one twice', [...FOUR_POSTS, FOUR_POSTS[0]!]], ['one for another', [...FOUR_POSTS.slice(1), FOUR_POSTS[1]!]],
  ])('%s: refused', async (_, posts) => {
    expect(await refused(appoint({ posts }))).toEqual(['BAD_INPUT', 'posts', 'INV-05'])
  })

  test('the database itself keeps other posts out', async () => {
    const insert = t.owner.query(`INSERT INTO village_supervisor (id, unit_id, person_id, posts, valid_from, created_by, updated_by) VALUES ($1, $2, $3, $4, '2020-01-01', 'x', 'x')`,
      [newId(), rowId(village), rowId(await person()), FOUR_POSTS.slice(1)])
    await expect(insert).rejects.toMatchObject({ constraint: 'village_supervisor_posts_check' })
  })

  test('one at a time: a successor begins when the other has left, and of two at once one is appointed', async () => {
    const id = await appoint()
    expect(await refused(appoint({ validFrom: '2021-01-01' }))).toEqual(['CONFLICT', 'villageId', 'INV-05'])
    await supervisors.end(administrator, { id: globalId('vs', id), validTo: '2021-01-01' })
    const results = await Promise.allSettled([appoint({ validFrom: '2021-01-01' }), appoint({ validFrom: '2021-01-01' })])
    expect(results.map(r => r.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('only in villages and communities, only by an administrator', async () => {
    expect(await refused(appoint({ villageId: unit('510821105') }))).toEqual(['BAD_INPUT', 'villageId', 'village'])
    const input = { villageId: village, personId: await person(), posts: [...FOUR_POSTS] }
    expect(await refused(supervisors.appoint(stranger, input))).toEqual(['NOT_FOUND', 'villageId', 'exists'])
    expect((await refused(supervisors.appoint(reader, input)))[0]).toBe('FORBIDDEN')
    const id = globalId('vs', await appoint())
    expect(await refused(supervisors.end(stranger, { id }))).toEqual(['NOT_FOUND', 'id', 'exists'])
    expect((await refused(supervisors.end(reader, { id })))[0]).toBe('FORBIDDEN')
  })
})

describe('imports', () => {
  const cells = async (p: Promise<unknown>): Promise<[string, string][]> => (await p.then(() => { throw new Error('imported') }, problemsOf)).problems.map(x => [x.cell, x.code])

  test('posts, persons, appointments and village supervisors, in the words of the files', async () => {
    const village = await new UnitService(t.db).register(administrator, { parentId: unit('510821105'), code: 'V-IMPORT', nameZh: '村', kind: 'VILLAGE_OR_COMMUNITY', divisionCode: '510821105203', sectorCodes: [] })
    await importPositions(t.db, SYSTEM, sourceOf('posts', ['单位代码', '岗位代码', '岗位名称', '是否涉权', '岗位级别'], [['510821-HEALTH', 'IMPORTED', '局长', '是', '正科级']]))
    await importPersons(t.db, SYSTEM, sourceOf('persons', ['工号', '姓名', '单位代码'], [['I1', '岗位人员甲', '510821-HEALTH'], ['I2', '岗位人员乙', 'V-IMPORT']]))
    await importAppointments(t.db, SYSTEM, sourceOf('appointments', ['staffNo', 'unitCode', 'positionCode', 'role', 'from', 'to'], [['I1', '510821-HEALTH', 'IMPORTED', '书记', '2020-01-01', '2021/2/3']]))
    await importVillageSupervisors(t.db, SYSTEM, sourceOf('supervisors', ['villageCode', 'staffNo', 'from'], [['V-IMPORT', 'I2', '2020-01-01']]))
    expect(await t.db.rows(`SELECT u.code, o.code AS post, p.staff_no, a.role, a.valid_to FROM appointment a JOIN unit u ON u.id = a.unit_id JOIN position o ON o.id = a.position_id JOIN person p ON p.id = a.person_id WHERE p.staff_no = 'I1'`))
      .toEqual([{ code: '510821-HEALTH', post: 'IMPORTED', staff_no: 'I1', role: 'PARTY_SECRETARY', valid_to: '2021-02-03' }])
    expect(await t.db.rows('SELECT posts, valid_from FROM village_supervisor WHERE unit_id = $1', [village])).toEqual([{ posts: [...FOUR_POSTS], valid_from: '2020-01-01' }])
  })

  test('each tells what does not fit, with its cell', async () => {
    await position('510821-HEALTH', { code: 'TAKEN' })
    const [p1, v1] = [await person('510821-HEALTH', { staffNo: 'E1' }), await new UnitService(t.db).register(administrator, { parentId: unit('510821105'), code: 'V-TAKEN', nameZh: '村', kind: 'VILLAGE_OR_COMMUNITY', divisionCode: '510821105203', sectorCodes: [] })]
    await supervisors.appoint(administrator, { villageId: globalId('unit', v1), personId: p1, posts: [...FOUR_POSTS], validFrom: '2020-01-01' })
    expect(await cells(importPositions(t.db, SYSTEM, sourceOf('x', ['unitCode', 'code', 'nameZh', 'powerBearing'], [
      ['NOWHERE', 'A', '甲', 'true'], ['510821-HEALTH', 'TAKEN', '甲', 'true'], ['510821-HEALTH', 'B', '甲', 'true'], ['510821-HEALTH', 'B', '甲', 'true']]))))
      .toEqual([['A2', 'UNKNOWN_UNIT'], ['B3', 'EXISTS'], ['B5', 'DUPLICATE']])
    expect(await cells(importPersons(t.db, SYSTEM, sourceOf('x', ['staffNo', 'displayName', 'unitCode'], [['E1', '甲', '510821-HEALTH'], ['E2', '甲', 'NOWHERE'], ['E2', '', '510821-HEALTH']]))))
      .toEqual([['A2', 'EXISTS'], ['C3', 'UNKNOWN_UNIT'], ['A4', 'DUPLICATE'], ['B4', 'REQUIRED']])
    expect(await cells(importAppointments(t.db, SYSTEM, sourceOf('x', ['staffNo', 'unitCode', 'positionCode', 'role', 'validFrom', 'validTo'], [
      ['NOBODY', '510821-HEALTH', 'TAKEN', 'STAFF', '2020-01-01', ''], ['E1', '510821-HEALTH', 'NOWHERE', 'STAFF', '2020-01-01', ''], ['E1', '510821-HEALTH', 'TAKEN', 'KING', '2020-01-01', ''],
      ['E1', '510821-HEALTH', 'TAKEN', 'STAFF', '2020-01-01', '2019-01-01'], ['E1', '510821-HEALTH', 'TAKEN', 'STAFF', '2020-01-01', ''], ['E1', '510821-HEALTH', 'TAKEN', 'STAFF', '2021-01-01', '']]))))
      .toEqual([['A2', 'UNKNOWN_PERSON'], ['C3', 'UNKNOWN_POSITION'], ['D4', 'NOT_IN_LIST'], ['F5', 'DATE_ORDER'], ['C7', 'DUPLICATE']])
    expect(await cells(importVillageSupervisors(t.db, SYSTEM, sourceOf('x', ['villageCode', 'staffNo', 'validFrom'], [
      ['510821105', 'E1', '2020-01-01'], ['V-TAKEN', 'E1', '2021-01-01'], ['510821105203', 'NOBODY', '2020-01-01'], ['510821105203', 'E1', '2021-01-01']]))))
      .toEqual([['A2', 'WRONG_KIND'], ['A3', 'INV-05'], ['B4', 'UNKNOWN_PERSON'], ['A5', 'INV-05']])
  })
})
