import { globalId } from '../../src/core/ids'
import { coreModules } from '../../src/domain'
import { hearCalendars, workCalendar } from '../../src/domain/calendar'
import { importPersons, PersonService } from '../../src/domain/person'
import { importPositions } from '../../src/domain/position'
import { sourceOf } from '../../src/domain/import'
import { reportModule, useCellSizes } from '../../src/report'
import { testApi, type TestApi } from '../support/api'
import { smallCity, SYSTEM, type SmallCity } from '../support/small-city'
import { watchStatements } from '../support/watch-statements'

let api: TestApi
let city: SmallCity
const tokens: Record<string, string> = {}

beforeAll(async () => {
  api = await testApi({ modules: [...coreModules, reportModule] })
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

describe('the name of one person', () => {
  const mutation = 'mutation ($id: ID!, $reason: String!, $key: String) { revealPerson(input: { id: $id, reason: $reason, idempotencyKey: $key }) { displayName staffNo person { displayName staffNo } } }'
  const person = async (staffNo: string): Promise<string> => globalId('person', (await api.database.owner.query('SELECT id FROM person WHERE staff_no = $1', [staffNo])).rows[0].id)
  const readings = async (personId: string) => (await api.database.owner.query(`SELECT actor, address, after FROM audit_record WHERE command = 'revealPerson' AND subject_id = $1 ORDER BY at`, [personId.slice(7)])).rows

  test('is read for a reason by a role that needs it now and then; the lists stay masked, and each reading is on record without the name', async () => {
    const personId = await person('APPROVER')
    for (let i = 0; i < 2; i++) {
      const { data, errors } = await as('EDITOR', mutation, { id: personId, reason: '拟定责任清单', key: 'reveal-person-1' })
      expect(errors).toEqual([])
      expect(data.revealPerson).toEqual({ displayName: '岗位APPROVER', staffNo: 'APPROVER', person: { displayName: '岗**', staffNo: 'A**' } })
    }
    const records = await readings(personId)
    expect(records).toEqual([1, 2].map(() => ({ actor: expect.stringMatching(/^person:/), address: '127.0.0.1', after: { opened: true, columns: ['display_name', 'staff_no'], reason: '拟定责任清单', unit_id: city.id('510821-HEALTH') } })))
    const { rows: kept } = await api.database.owner.query(`SELECT result::text FROM idempotent_request WHERE result::text LIKE '%岗位%'`)
    expect(kept).toEqual([])
  })

  test.each([
    ['EDITOR', 'APPROVER', '  ', 'BAD_INPUT'], ['EDITOR', 'APPROVER', '看', 'BAD_INPUT'], ['CITY', 'APPROVER', '想要知道', 'FORBIDDEN'], ['EDITOR', 'NEIGHBOUR', '想要知道', 'NOT_FOUND'], ['NEIGHBOUR', 'APPROVER', '想要知道', 'NOT_FOUND'],
  ])('is not told to %s about %s for %j: %s', async (who, about, reason, code) => {
    const personId = await person(about)
    const before = (await readings(personId)).length
    const { data, errors } = await as(who, mutation, { id: personId, reason })
    expect([data?.revealPerson ?? null, errors.map(e => e.extensions.code)]).toEqual([null, [code]])
    expect(await readings(personId)).toHaveLength(before)
  })

  test('is not told when the reading cannot be recorded', async () => {
    await api.database.owner.query(`ALTER TABLE audit_record ADD CONSTRAINT test_refuse CHECK (command <> 'revealPerson') NOT VALID`)
    const { data, text } = await as('EDITOR', mutation, { id: await person('APPROVER'), reason: '拟定责任清单' })
    await api.database.owner.query('ALTER TABLE audit_record DROP CONSTRAINT test_refuse')
    expect(data).toBeNull()
    expect(text).not.toContain('岗位')
  })
})

describe('figures about people', () => {
  const query = 'query ($unit: ID!, $by: [AppointmentDimension!]!) { appointmentAggregate(unitId: $unit, groupBy: $by) { minimumCell totals { value nullReason } groups { unit { code } role holders { value nullReason } } } }'
  type Figures = Record<string, number | 'SUPPRESSED'>
  const figures = async (who: string, unitCode: string, by: string[]): Promise<Figures | null> => {
    const { data, errors } = await as(who, query, { unit: id(unitCode), by })
    expect(errors).toEqual([])
    if (data.appointmentAggregate === null) return null
    const { totals, groups } = data.appointmentAggregate
    const told = ({ value, nullReason }: { value: number | null; nullReason: 'SUPPRESSED' | null }) => value ?? nullReason!
    return Object.fromEntries([['all', told(totals)], ...groups.map((g: { unit: { code: string } | null; role: string | null; holders: Parameters<typeof told>[0] }) => [[g.unit?.code, g.role].filter(Boolean).join(' '), told(g.holders)])])
  }
  /** Adds holders of one post, by SQL: a hundred of them would be slow by commands. */
  const appointed = async (unitCode: string, role: string, people: number, o: { posts?: number; to?: string } = {}): Promise<void> => {
    await api.database.owner.query(`
      WITH p AS (INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by)
          SELECT gen_random_uuid(), $1, '岗位', 'A' || replace(gen_random_uuid()::text, '-', ''), 'system:test', 'system:test' FROM generate_series(1, $3::int) RETURNING id),
        post AS (INSERT INTO position (id, unit_id, code, name_zh, power_bearing, created_by, updated_by)
          SELECT gen_random_uuid(), $1, 'P' || left(gen_random_uuid()::text, 8), '岗位', false, 'system:test', 'system:test' FROM generate_series(1, $4::int) RETURNING id)
      INSERT INTO appointment (id, unit_id, person_id, position_id, role, valid_from, valid_to, created_by, updated_by)
      SELECT gen_random_uuid(), $1, p.id, post.id, $2, '2020-01-01', $5::date, 'system:test', 'system:test' FROM p, post`, [city.id(unitCode), role, people, o.posts ?? 1, o.to ?? null])
  }

  beforeAll(async () => {
    await appointed('510802', 'STAFF', 40)
    await appointed('510802', 'TEAM_MEMBER', 9)
    await appointed('510821', 'STAFF', 30)
    await appointed('510821-OG', 'STAFF', 12)
    await appointed('510821-OG', 'TEAM_MEMBER', 2)
    // Many posts of few people are few people; and who left is not counted.
    await appointed('510821105', 'VILLAGE_SUPERVISOR', 2, { posts: 5 })
    await appointed('510821', 'UNIT_HEAD', 60, { to: '2021-01-01' })
  })

  afterEach(() => useCellSizes(api.database.db, { least: 5, byAggregate: {} }))

  test('tell no small number of people, and none by subtraction', async () => {
    const whole = (await figures('CITY', '510800', ['UNIT_CHILD', 'ROLE']))!
    expect(whole).toMatchObject({ all: 103, '510802 STAFF': 40 })
    expect(whole['510821 TEAM_MEMBER']).toBe('SUPPRESSED')
    expect(whole['510821 VILLAGE_SUPERVISOR']).toBe('SUPPRESSED')
    expect(Object.keys(whole)).not.toContain('510821 UNIT_HEAD')
    const [byUnit, byRole] = [(await figures('CITY', '510800', ['UNIT_CHILD']))!, (await figures('CITY', '510800', ['ROLE']))!]
    // The three answers together: of every line, two at least are withheld, or none.
    const everything = { ...whole, ...byUnit, ...byRole }
    const lines = [...['510802', '510821'].map(u => [u, ...Object.keys(whole).filter(k => k.startsWith(`${u} `))]), ...['STAFF', 'TEAM_MEMBER', 'VILLAGE_SUPERVISOR'].map(r => [r, ...Object.keys(whole).filter(k => k.endsWith(` ${r}`))]),
      ['all', ...Object.keys(byUnit).filter(k => k !== 'all')], ['all', ...Object.keys(byRole).filter(k => k !== 'all')]]
    for (const line of lines) expect({ line, withheld: line.filter(k => everything[k] === 'SUPPRESSED').length }).not.toEqual({ line, withheld: 1 })
    expect(byRole['VILLAGE_SUPERVISOR']).toBe('SUPPRESSED')
  })

  test('are of what one may see', async () => {
    expect(await figures('NEIGHBOUR', '510802', ['ROLE'])).toEqual({ all: 49, STAFF: 40, TEAM_MEMBER: 9 })
    expect(await figures('NEIGHBOUR', '510821', ['ROLE'])).toBeNull()
    expect(await figures('NEIGHBOUR', '510800', ['ROLE'])).toBeNull()
    expect((await api.ask(null, query, { unit: id('510802'), by: ['ROLE'] })).errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
  })

  test('have a least size that a deployment sets', async () => {
    useCellSizes(api.database.db, { least: 5, byAggregate: { appointmentAggregate: 10 } })
    expect(await figures('NEIGHBOUR', '510802', ['ROLE'])).toEqual({ all: 49, STAFF: 'SUPPRESSED', TEAM_MEMBER: 'SUPPRESSED' })
  })
})

describe('working days', () => {
  const days = '{ year source isSynthetic rowVersion days { day isWorkingDay nameZh } }'
  const set = (who: string, input: object) => as(who, `mutation($input: SetCalendarYearInput!) { setCalendarYear(input: $input) { calendarYear ${days} } }`, { input })
  const ends = async (from: string, n: number): Promise<object> => (await as('EDITOR', 'query($from: LocalDate!, $n: Int!) { workingDay(from: $from, days: $n) { day isAssumed } }', { from, n })).data.workingDay

  test('the published years are there; another one is assumed until it is set, and corrected with its version', async () => {
    const { data } = await as('EDITOR', '{ calendarYears(first: 20) { nodes { year isSynthetic source } } }')
    expect(data.calendarYears.nodes.map((y: { year: number }) => y.year)).toEqual([2026, 2025, 2024, 2023, 2022, 2021, 2020])
    expect(data.calendarYears.nodes).toContainEqual({ year: 2026, isSynthetic: false, source: '国务院办公厅关于2026年部分节假日安排的通知' })
    expect(await ends('2026-02-13', 10)).toEqual({ day: '2026-03-05', isAssumed: false })
    expect(await ends('2030-01-31', 3)).toEqual({ day: '2030-02-05', isAssumed: true })
    const first = { year: 2030, source: '测试用', isSynthetic: true, days: [{ day: '2030-02-09', isWorkingDay: true }, { day: '2030-02-04', isWorkingDay: false, nameZh: '春节' }] }
    expect((await set('ADMIN', first)).data.setCalendarYear.calendarYear).toEqual({
      year: 2030, source: '测试用', isSynthetic: true, rowVersion: 1, days: [{ day: '2030-02-04', isWorkingDay: false, nameZh: '春节' }, { day: '2030-02-09', isWorkingDay: true, nameZh: null }],
    })
    expect(await ends('2030-01-31', 3)).toEqual({ day: '2030-02-06', isAssumed: false })
    expect((await set('ADMIN', { ...first, days: [] })).errors[0].extensions.code).toBe('CONFLICT')
    expect((await set('ADMIN', { ...first, days: [], rowVersion: 1 })).data.setCalendarYear.calendarYear).toMatchObject({ rowVersion: 2, days: [] })
    expect(await ends('2030-01-31', 3)).toEqual({ day: '2030-02-05', isAssumed: false })
    const { rows } = await api.database.owner.query(`SELECT h.days FROM calendar_year_history h WHERE h.year = 2030`)
    expect(rows).toEqual([{ days: expect.arrayContaining([{ day: '2030-02-04', isWorkingDay: false, nameZh: '春节' }]) }])
    expect((await as('EDITOR', '{ workingDaysBetween(from: "2026-09-30", to: "2026-10-13") { count isAssumed } }')).data).toEqual({ workingDaysBetween: { count: 5, isAssumed: false } })
  })

  test('are set by administrators of the whole territory, with days of the year, each once', async () => {
    const year = (...of: object[]) => ({ year: 2031, source: '测试用', days: of })
    expect((await set('EDITOR', year())).errors[0].extensions.code).toBe('FORBIDDEN')
    const { errors: [error] } = await set('ADMIN', year(
      { day: '2030-12-31', isWorkingDay: false }, { day: '2031-01-01', isWorkingDay: true }, { day: '2031-01-02', isWorkingDay: false }, { day: '2031-01-02', isWorkingDay: false }))
    expect((error.extensions['violations'] as { path: string; rule: string }[]).map(v => [v.path, v.rule])).toEqual([['days.0.day', 'ofYear'], ['days.1.day', 'weekend'], ['days.3.day', 'unique']])
    expect((await as('EDITOR', '{ workingDay(from: "2026-01-01", days: 100000) { day } }')).errors[0].extensions.code).toBe('BAD_INPUT')
    expect((await as('EDITOR', '{ workingDaysBetween(from: "0001-01-01", to: "2026-01-01") { count } }')).errors[0].extensions.code).toBe('BAD_INPUT')
  })

  test('an instance that hears of a year forgets the calendar that it knew', async () => {
    const { db } = api.database
    const heard = new Map<string, () => void>()
    hearCalendars(db, { on: (channel: string, handler: () => void) => heard.set(channel, handler) } as never)
    const before = await workCalendar(db)
    expect(await workCalendar(db)).toBe(before)
    heard.get('calendar')!()
    expect(await workCalendar(db)).not.toBe(before)
  })
})
