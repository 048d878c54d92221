import { DateTime } from 'luxon'
import { loadActor } from '../../../src/auth'
import { testDatabase, type TestDatabase } from '../../support/database'
import { Organisation } from '../../support/organisation'

const day = (offset: number): string => DateTime.now().setZone('Asia/Shanghai').plus({ days: offset }).toFormat('yyyy-MM-dd')

describe('what a person may do today', () => {
  let database: TestDatabase
  let org: Organisation

  beforeAll(async () => {
    database = await testDatabase()
    org = new Organisation(database.owner)
    for (const path of ['/51/', '/51/5108/', '/51/5108/DG/', '/51/5108/DG2/', '/51/5108/HEALTH/', '/51/5108/HOUSING/', '/51/5108/HEALTH/HOSPITAL/', '/51/5108/510821/', '/51/5108/510821/HEALTH21/', '/51/5108/510824/', '/51/5108/CCDI/', '/51/5108/510821/CDI21/', '/51/5108/510821/T1/', '/51/5108/510821/T1/TC1/']) await org.unit(path)
    await org.relation('DISPATCHED', '/51/5108/DG/', '/51/5108/HEALTH/')
    await org.relation('DISPATCHED', '/51/5108/DG/', '/51/5108/HOUSING/', '2020-01-01', day(0))
    await org.relation('DISPATCHED', '/51/5108/DG2/', '/51/5108/HOUSING/', day(1))
    await org.relation('LINE', '/51/5108/CCDI/', '/51/5108/510821/CDI21/')
    await org.relation('LINE', '/51/5108/510821/CDI21/', '/51/5108/510821/T1/TC1/')
  })
  afterAll(() => database.close())

  const actor = async (staffNo: string, ...grants: [role: string, unit: string, o?: Parameters<Organisation['grant']>[3]][]) => {
    const personId = await org.person(staffNo, '/51/5108/')
    for (const grant of grants) await org.grant(staffNo, ...grant)
    return (await loadActor(database.db, { personId }))!
  }

  test('a territorial grant opens the unit and everything below it', async () => {
    const a = await actor('A1', ['UNIT_EDITOR', '/51/5108/HEALTH/'])
    expect(a.roles).toEqual([{ role: 'UNIT_EDITOR', path: '/51/5108/HEALTH/' }])
    expect(a.scope).toEqual(['/51/5108/HEALTH/'])
    expect(a.wide).toEqual([])
    expect(a.ref).toBe(`person:${org.persons.get('A1')}`)
  })

  test('a grant at the root of the tree is wide, one at a city below a province is not', async () => {
    expect((await actor('A2', ['SUPERVISOR', '/51/'])).wide).toEqual(['/51/'])
    expect((await actor('A3', ['SUPERVISOR', '/51/5108/'])).wide).toEqual([])
  })

  test('along DISPATCHED only units count whose relation is in force today, and not the group itself', async () => {
    const a = await actor('A4', ['SUPERVISOR', '/51/5108/DG/', { edge: 'DISPATCHED' }])
    expect(a.scope).toEqual(['/51/5108/HEALTH/'])
    expect((await actor('A5', ['SUPERVISOR', '/51/5108/DG2/', { edge: 'DISPATCHED' }])).scope).toEqual([])
  })

  test('a grant follows its own edge only, step by step', async () => {
    const a = await actor('A6', ['COMMISSION_APPROVER', '/51/5108/CCDI/', { edge: 'LINE' }])
    expect(a.scope).toEqual(['/51/5108/510821/CDI21/', '/51/5108/510821/T1/TC1/'])
    expect((await actor('A7', ['COMMISSION_APPROVER', '/51/5108/CCDI/', { edge: 'OUTPOST' }])).scope).toEqual([])
  })

  test('revoked, past and future grants do not count; the last day is excluded, the first included', async () => {
    const a = await actor('A8',
      ['SUPERVISOR', '/51/5108/510821/', { revoked: true }], ['UNIT_EDITOR', '/51/5108/510821/', { to: day(0) }],
      ['UNIT_APPROVER', '/51/5108/510821/', { from: day(1) }], ['DUTY_OWNER', '/51/5108/510824/', { from: day(0), to: day(1) }])
    expect(a.roles).toEqual([{ role: 'DUTY_OWNER', path: '/51/5108/510824/' }])
  })

  test('the scope keeps outermost subtrees only; roles keep their own paths', async () => {
    const a = await actor('A9', ['SUPERVISOR', '/51/5108/HEALTH/HOSPITAL/'], ['UNIT_EDITOR', '/51/5108/HEALTH/'], ['LEADER_READER', '/51/5108/510824/'])
    expect(a.scope).toEqual(['/51/5108/510824/', '/51/5108/HEALTH/'])
    expect(a.roles).toHaveLength(3)
  })

  test('a role that reads the organisation only never widens the registers of another role', async () => {
    expect((await actor('B1', ['REPORTING_CLIENT', '/51/5108/'])).scope).toEqual(['/51/5108/'])
    expect((await actor('B2', ['REPORTING_CLIENT', '/51/5108/'], ['UNIT_EDITOR', '/51/5108/HEALTH/'])).scope).toEqual(['/51/5108/HEALTH/'])
    expect((await actor('B3', ['IDENTITY_CUSTODIAN', '/51/5108/'])).scope).toEqual([])
  })

  test('a person without grants is somebody who sees nothing; an unknown person is nobody', async () => {
    const a = await actor('B4')
    expect(a).toMatchObject({ roles: [], scope: [], wide: [], personId: org.persons.get('B4') })
    expect(await loadActor(database.db, { personId: '0198aaaa-0000-7000-8000-000000000000' })).toBeNull()
    expect(await loadActor(database.db, { staffNo: 'nobody' })).toBeNull()
    expect((await loadActor(database.db, { staffNo: 'B4' }))?.personId).toBe(a.personId)
  })
})
