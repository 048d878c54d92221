import { globalId } from '../../src/core/ids'
import { coreModules } from '../../src/domain'
import { importPersons, PersonService } from '../../src/domain/person'
import { importPositions } from '../../src/domain/position'
import { sourceOf } from '../../src/domain/import'
import { testApi, type TestApi } from '../support/api'
import { smallCity, SYSTEM, type SmallCity } from '../support/small-city'
import { watchStatements } from '../support/watch-statements'

let api: TestApi
let city: SmallCity
const tokens: Record<string, string> = {}

beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  const { db, owner } = api.database
  city = await smallCity(db)
  const people: [staffNo: string, unit: string, role: string][] = [
    ['ADMIN', '510800', 'PLATFORM_ADMIN'], ['EDITOR', '510821-HEALTH', 'UNIT_EDITOR'], ['APPROVER', '510821-HEALTH', 'UNIT_APPROVER'], ['NEIGHBOUR', '510802', 'UNIT_APPROVER'], ['CITY', '510800', 'LEADER_READER'],
  ]
  await importPersons(db, SYSTEM, sourceOf('persons', ['staffNo', 'displayName', 'unitCode'], people.map(([staffNo, unit]) => [staffNo, `岗位${staffNo}`, unit])))
  await importPositions(db, SYSTEM, sourceOf('posts', ['unitCode', 'code', 'nameZh', 'powerBearing'], [['510821-HEALTH', 'HEAD', '局长', 'true']]))
  for (const [staffNo, unit, role] of people) {
    await owner.query(`INSERT INTO role_grant (id, person_id, role, unit_id, edge, valid_from, created_by, updated_by) SELECT gen_random_uuid(), p.id, $2, $3, 'TERRITORIAL', '2020-01-01', 'system:test', 'system:test' FROM person p WHERE staff_no = $1`, [staffNo, role, city.id(unit)])
    tokens[staffNo] = await api.token(staffNo)
  }
})
afterAll(() => api.close())

const as = (staffNo: string, query: string, variables?: object) => api.ask(tokens[staffNo]!, query, variables)
const id = (code: string): string => globalId('unit', city.id(code))
const codes = async (staffNo: string, filter: string, order = 'NAME'): Promise<string[]> => {
  const { data, errors } = await as(staffNo, `{ units(first: 100, filter: ${filter}, orderBy: [{ field: ${order}, direction: ASC }]) { nodes { code nameZh } } }`)
  expect(errors).toEqual([])
  return data.units.nodes.map((u: { code: string }) => u.code)
}

describe('finding units', () => {
  test('by one character, by a part of the name, by pinyin, by initials', async () => {
    const health = ['510802-HEALTH', '510821-HEALTH']
    expect(await codes('CITY', '{ name: { matches: "卫" } }')).toEqual(expect.arrayContaining(health))
    expect(await codes('CITY', '{ name: { matches: "卫生健康局" }, kind: { eq: GOVERNMENT_DEPARTMENT } }')).toEqual(health)
    for (const typed of ['weishengjian', 'Wei Sheng Jian', 'wsjkj']) expect(await codes('CITY', `{ name: { matches: "${typed}" }, kind: { eq: GOVERNMENT_DEPARTMENT } }`)).toEqual(health)
    expect(await codes('CITY', '{ name: { matches: "yangpan" } }')).toEqual(['510821105203'])
    expect(await codes('CITY', '{ name: { matches: "卫X" } }')).toEqual([])
  })

  test('in pinyin order', async () => {
    const { data } = await as('CITY', '{ units(first: 100, orderBy: [{ field: NAME, direction: ASC }]) { nodes { nameZh } } }')
    const names: string[] = data.units.nodes.map((u: { nameZh: string }) => u.nameZh)
    expect(names.length).toBeGreaterThanOrEqual(13)
    expect(names).toEqual([...names].sort(new Intl.Collator('zh-CN-u-co-pinyin').compare))
  })

  test('by place, kind, depth, division and parent, and never beyond what one may see', async () => {
    expect(await codes('CITY', `{ unit: { within: "${id('510821-CCDI')}" } }`, 'CODE')).toEqual(['510821-CCDI', '510821-DG', '510821-OG'])
    expect(await codes('CITY', `{ parent: { eq: "${id('510821')}" } }`, 'CODE')).toEqual(['510821-CCDI', '510821-HEALTH', '510821105'])
    expect(await codes('CITY', '{ depth: { eq: 1 } }')).toEqual(['510800'])
    expect(await codes('CITY', '{ divisionCode: { startsWith: "510821105" } }', 'CODE')).toEqual(['510821105', '510821105203'])
    expect(await codes('EDITOR', '{ name: { matches: "局" } }', 'CODE')).toEqual(['510821-HEALTH'])
    const { data } = await as('NEIGHBOUR', `{ units(first: 100, filter: { or: [{ unit: { within: "${id('510800')}" } }, { unit: { within: "${id('510802')}" } }, { name: { matches: "旺苍" } }] }) { nodes { path } } }`)
    expect(data.units.nodes.length).toBeGreaterThanOrEqual(2)
    for (const { path } of data.units.nodes) expect(path).toMatch(/^\/510800\/510802\//)
  })
})

describe('the organisation of a county', () => {
  test('a unit with its division, parents, children and what may be done with it', async () => {
    const query = `query ($code: String!) { unitByCode(code: $code) { id nameZh kind state allowedCommands depth division { nameZh level parent { nameZh level parent { nameZh } } } parent { code } ancestors { code } children { totalCount nodes { code } } positions { nodes { code nameZh powerBearing } } } }`
    const { data, errors } = await as('ADMIN', query, { code: '510821-HEALTH' })
    expect(errors).toEqual([])
    expect(data.unitByCode).toEqual({
      id: id('510821-HEALTH'), nameZh: '旺苍县卫生健康局', kind: 'GOVERNMENT_DEPARTMENT', state: 'ACTIVE', depth: 3, allowedCommands: ['dissolveUnit', 'editUnit', 'mergeUnit', 'moveUnit'],
      division: { nameZh: '旺苍县', level: 'COUNTY', parent: { nameZh: '广元市', level: 'CITY', parent: { nameZh: '四川省' } } },
      parent: { code: '510821' }, ancestors: [{ code: '510800' }, { code: '510821' }], children: { totalCount: 1, nodes: [{ code: '510821-HOSPITAL' }] },
      positions: { nodes: [{ code: 'HEAD', nameZh: '局长', powerBearing: true }] },
    })
    expect((await as('EDITOR', query, { code: '510821-HEALTH' })).data.unitByCode).toMatchObject({ allowedCommands: [], parent: null, ancestors: [] })
    expect((await as('NEIGHBOUR', query, { code: '510821-HEALTH' })).data.unitByCode).toBeNull()
  })

  test('a division is the one that its code means now; those of the past stay on record', async () => {
    const { data } = await as('CITY', `{ unitByCode(code: "510802") { division { nameZh validFrom validTo } }
      administrativeDivisions(filter: { code: { eq: "510802" } }) { nodes { nameZh validFrom validTo replacedByCode } } }`)
    expect(data.unitByCode.division).toEqual({ nameZh: '利州区', validFrom: '2007-01-01', validTo: null })
    expect(data.administrativeDivisions.nodes).toEqual(expect.arrayContaining([{ nameZh: '市中区', validFrom: '1985-01-01', validTo: '2007-01-01', replacedByCode: '510802' }]))
  })

  test('divisions of many units are found with two statements: which rows the codes mean, and the rows', async () => {
    const { statements, result: { data } } = await watchStatements(api.database.db.reads, () => as('CITY', '{ units(first: 50) { nodes { division { code parent { code } } } } }'))
    expect(data.units.nodes.length).toBeGreaterThanOrEqual(13)
    expect(statements.filter(s => s.text.includes('administrative_division'))).toHaveLength(4)
  })

  test('names and staff numbers are whole for those who deal with named people, masked for the others', async () => {
    const query = `{ unitByCode(code: "510821-HEALTH") { persons(first: 10) { nodes { displayName staffNo } } } }`
    const of = async (staffNo: string) => (await as(staffNo, query)).data.unitByCode.persons.nodes
    expect(await of('APPROVER')).toEqual(expect.arrayContaining([{ displayName: '岗位EDITOR', staffNo: 'EDITOR' }]))
    const masked = await of('CITY')
    expect(masked).toEqual(expect.arrayContaining([{ displayName: '岗**', staffNo: 'E**' }, { displayName: '岗**', staffNo: 'A**' }]))
    expect(masked.filter((p: { displayName: string; staffNo: string }) => p.displayName !== '岗**' || !/^.\*\*$/.test(p.staffNo))).toEqual([])
    expect((await as('CITY', '{ persons(orderBy: [{ field: DISPLAY_NAME, direction: ASC }]) { nodes { id } } }')).errors).not.toEqual([])
    expect((await as('CITY', '{ persons(filter: { staffNo: { eq: "EDITOR" } }) { nodes { id } } }')).errors).not.toEqual([])
  })
})

describe('changing the organisation', () => {
  const COMMAND = (name: string, type: string, payload: string) => `mutation ($input: ${type}!) { ${name}(input: $input) { ${payload} } }`

  test('a unit is registered, changed, moved and dissolved', async () => {
    const unit = 'unit { id code nameZh path state rowVersion validTo allowedCommands updatedBy }'
    const registered = await as('ADMIN', COMMAND('registerUnit', 'RegisterUnitInput', unit), { input: { parentId: id('510821'), code: '510821-WATER', nameZh: '旺苍县水利局', kind: 'GOVERNMENT_DEPARTMENT', divisionCode: '510821', validFrom: '2020-01-01' } })
    expect(registered.errors).toEqual([])
    const { id: made } = registered.data.registerUnit.unit
    const edited = await as('ADMIN', COMMAND('editUnit', 'EditUnitInput', unit), { input: { id: made, rowVersion: 1, nameZh: '旺苍县水务局' } })
    expect(edited.data.editUnit.unit).toMatchObject({ nameZh: '旺苍县水务局', rowVersion: 2 })
    const stale = await as('ADMIN', COMMAND('editUnit', 'EditUnitInput', unit), { input: { id: made, rowVersion: 1, nameZh: '旧' } })
    expect(stale.errors[0]!.extensions).toMatchObject({ code: 'CONFLICT', violations: [{ path: 'rowVersion' }] })
    const moved = await as('ADMIN', COMMAND('moveUnit', 'MoveUnitInput', unit), { input: { id: made, parentId: id('510802') } })
    expect(moved.data.moveUnit.unit).toMatchObject({ path: '/510800/510802/510821-WATER/', rowVersion: 3 })
    const ended = await as('ADMIN', COMMAND('dissolveUnit', 'DissolveUnitInput', `${unit.slice(0, -1)} transitions { nodes { command fromState toState opinion } } }`), { input: { id: made, successorId: id('510802'), validTo: '2025-01-01', opinion: '机构改革' } })
    expect(ended.errors).toEqual([])
    expect(ended.data.dissolveUnit.unit).toMatchObject({ state: 'DISSOLVED', validTo: '2025-01-01', allowedCommands: [], transitions: { nodes: [{ command: 'dissolveUnit', fromState: 'ACTIVE', toState: 'DISSOLVED', opinion: '机构改革' }] } })
    const late = await as('ADMIN', COMMAND('moveUnit', 'MoveUnitInput', unit), { input: { id: made, parentId: id('510821') } })
    expect(late.errors[0]!.extensions).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: [] })
  })

  test('a person is appointed to a post and leaves it', async () => {
    const unit = id('510802')
    const created = await as('ADMIN', COMMAND('createPosition', 'CreatePositionInput', 'position { id unit { code } }'), { input: { unitId: unit, code: 'CLERK', nameZh: '科员', powerBearing: false } })
    const person = await as('ADMIN', COMMAND('registerPerson', 'RegisterPersonInput', 'person { id displayName }'), { input: { unitId: unit, displayName: '岗位人员', staffNo: 'NEW-1' } })
    expect(person.data.registerPerson.person.displayName).toBe('岗位人员')
    const appointed = await as('ADMIN', COMMAND('appoint', 'AppointInput', 'appointment { id role validFrom validTo person { staffNo } position { code } unit { code } }'),
      { input: { personId: person.data.registerPerson.person.id, positionId: created.data.createPosition.position.id, role: 'STAFF', validFrom: '2024-01-01' } })
    expect(appointed.data.appoint.appointment).toMatchObject({ role: 'STAFF', validFrom: '2024-01-01', validTo: null, person: { staffNo: 'NEW-1' }, position: { code: 'CLERK' }, unit: { code: '510802' } })
    const ended = await as('ADMIN', COMMAND('endAppointment', 'EndAppointmentInput', 'appointment { validTo }'), { input: { id: appointed.data.appoint.appointment.id, validTo: '2025-01-01' } })
    expect(ended.data.endAppointment.appointment).toEqual({ validTo: '2025-01-01' })
  })

  test('a village gets its supervisor with the four posts, and a supervising group its object', async () => {
    const person = globalId('person', await new PersonService(api.database.db).register(SYSTEM, { unitId: id('510821105203'), displayName: '岗位人员', staffNo: 'V-1' }))
    const input = { villageId: id('510821105203'), personId: person, validFrom: '2024-01-01' }
    const appointed = await as('ADMIN', COMMAND('appointVillageSupervisor', 'AppointVillageSupervisorInput', 'villageSupervisor { posts village { code } person { staffNo } }'), { input })
    expect(appointed.errors).toEqual([])
    expect(appointed.data.appointVillageSupervisor.villageSupervisor).toEqual({
      posts: ['AFFAIRS_SUPERVISION_CHAIR', 'DEPUTY_PARTY_SECRETARY', 'DISCIPLINE_COMMISSIONER', 'SUPERVISION_INFORMATION_OFFICER'], village: { code: '510821105203' }, person: { staffNo: 'V-1' },
    })
    const second = await as('ADMIN', COMMAND('appointVillageSupervisor', 'AppointVillageSupervisorInput', 'villageSupervisor { id }'), { input })
    expect(second.errors[0]!.extensions).toMatchObject({ code: 'CONFLICT', violations: [{ path: 'villageId', rule: 'INV-05' }] })
    const three = await as('ADMIN', COMMAND('appointVillageSupervisor', 'AppointVillageSupervisorInput', 'villageSupervisor { id }'), { input: { ...input, posts: ['DISCIPLINE_COMMISSIONER'] } })
    expect(three.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', violations: [{ path: 'posts', rule: 'INV-05' }] })

    await as('ADMIN', COMMAND('relateUnits', 'RelateUnitsInput', 'unitRelation { id }'), { input: { fromUnitId: id('510821-DG'), toUnitId: id('510821-HEALTH'), kind: 'DISPATCHED', validFrom: '2024-01-01' } })
    const { data } = await as('CITY', '{ unitByCode(code: "510821-HEALTH") { relationsTo { nodes { kind fromUnit { code } validTo } } } }')
    expect(data.unitByCode.relationsTo.nodes).toEqual([{ kind: 'DISPATCHED', fromUnit: { code: '510821-DG' }, validTo: null }])
    // The supervised unit knows that it is supervised; the group itself is out of its sight.
    expect((await as('EDITOR', '{ unitRelations { nodes { kind fromUnit { code } toUnit { code } } } }')).data.unitRelations.nodes).toEqual([{ kind: 'DISPATCHED', fromUnit: null, toUnit: { code: '510821-HEALTH' } }])
    expect((await as('NEIGHBOUR', '{ unitRelations { totalCount } }')).data.unitRelations.totalCount).toBe(0)
  })

  test('others are refused, and what one may not see is not there', async () => {
    const edit = COMMAND('editUnit', 'EditUnitInput', 'unit { id }')
    const input = { id: id('510821-HEALTH'), rowVersion: 1, nameZh: '甲' }
    expect((await as('EDITOR', edit, { input })).errors[0]!.extensions.code).toBe('FORBIDDEN')
    expect((await api.ask(null, edit, { input })).errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
    expect((await as('ADMIN', edit, { input: { ...input, id: id('510821-HEALTH').replace('unit_', 'pos_') } })).errors[0]!.extensions.code).toBe('NOT_FOUND')
  })

  test('bad input is told with its path and changes nothing', async () => {
    const register = COMMAND('registerUnit', 'RegisterUnitInput', 'unit { id }')
    const input = { parentId: id('510821'), code: 'X', nameZh: '甲', kind: 'TOWNSHIP', divisionCode: '510821' }
    const bad = async (o: object): Promise<unknown> => (await as('ADMIN', register, { input: { ...input, ...o } })).errors[0]!.extensions
    expect(await bad({ nameZh: '长'.repeat(300) })).toMatchObject({ code: 'BAD_INPUT', violations: [{ path: 'nameZh' }] })
    expect(await bad({ uscc: '123' })).toMatchObject({ code: 'BAD_INPUT', violations: [{ path: 'uscc' }] })
    expect(await bad({ nameZh: 'a\u0000b' })).toMatchObject({ code: 'BAD_INPUT' })
    expect(await bad({ kind: 'CASTLE' })).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(await bad({ validFrom: '2020-02-30' })).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect((await as('ADMIN', '{ unitByCode(code: "X") { id } }')).data.unitByCode).toBeNull()
  })
})
