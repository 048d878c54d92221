import { DateTime } from 'luxon'
import { GrantService, loadActor } from '../../../src/auth'
import { SEPARATIONS, separationOf } from '../../../src/auth/separation'
import { ROLES, systemActor, type GrantEdge, type Role } from '../../../src/core/actor'
import { today } from '../../../src/core/day'
import { type AppError } from '../../../src/core/errors'
import { testDatabase, type TestDatabase } from '../../support/database'
import { Organisation } from '../../support/organisation'

const day = (offset: number): string => DateTime.fromISO(today()).plus({ days: offset }).toISODate()!

describe('rights are handed on downwards', () => {
  let database: TestDatabase
  let org: Organisation
  let grants: GrantService
  let serial = 0

  beforeAll(async () => {
    database = await testDatabase()
    org = new Organisation(database.owner)
    for (const unit of ['/51/', '/51/A/', '/51/A/DG/', '/51/A/H/', '/51/A/CDI/', '/51/B/', '/51/B/H2/', '/51/B/T/']) await org.unit(unit)
    await org.relation('DISPATCHED', '/51/A/DG/', '/51/A/H/')
    // One step leads out of the county, and only from tomorrow on.
    await org.relation('LIAISON', '/51/A/CDI/', '/51/A/DG/')
    await org.relation('LIAISON', '/51/A/DG/', '/51/B/H2/', day(1))
    await org.relation('LINE', '/51/A/CDI/', '/51/B/T/')
    await org.relation('OUTPOST', '/51/A/H/', '/51/A/')
    grants = new GrantService(database.db)
  })
  afterAll(() => database.close())

  const person = async (unit: string): Promise<string> => { const staffNo = `P${++serial}`; await org.person(staffNo, unit); return staffNo }
  const admin = async (unit: string, o: Parameters<Organisation['grant']>[3] = {}): Promise<string> => {
    const staffNo = await person(unit)
    await org.grant(staffNo, 'PLATFORM_ADMIN', unit, o)
    return staffNo
  }
  const grant = async (giver: string | null, to: string, role: Role, unit: string, o: { edge?: GrantEdge; validFrom?: string; validTo?: string } = {}): Promise<string> => {
    const actor = giver === null ? systemActor('test') : (await loadActor(database.db, { staffNo: giver }))!
    return grants.grantRole({ actor, requestId: 'r', address: null }, { personId: org.persons.get(to)!, unitId: org.units.get(unit)!, role, edge: o.edge ?? 'TERRITORIAL', ...o })
      .then(() => 'GRANTED', (e: AppError) => `${e.code} ${e.details.violations?.[0]?.rule ?? e.details.messageKey}`)
  }

  test('on units below one’s own only, for people of units below', async () => {
    const county = await admin('/51/A/')
    const [below, beside] = [await person('/51/A/H/'), await person('/51/B/')]
    expect(await grant(county, below, 'UNIT_EDITOR', '/51/A/H/')).toBe('GRANTED')
    for (const unit of ['/51/B/', '/51/B/H2/', '/51/']) expect(await grant(county, below, 'UNIT_EDITOR', unit)).toBe('NOT_FOUND exists')
    expect(await grant(county, beside, 'UNIT_EDITOR', '/51/A/H/')).toBe('NOT_FOUND exists')
  })

  test('never to oneself', async () => {
    const county = await admin('/51/A/')
    expect(await grant(county, county, 'UNIT_EDITOR', '/51/A/')).toBe('FORBIDDEN grantToSelf')
    expect(await grant(county, county, 'IDENTITY_CUSTODIAN', '/51/A/')).toBe('FORBIDDEN grantToSelf')
  })

  test('administrators are made from above, on the command line too at the top', async () => {
    const [city, county, other] = [await admin('/51/'), await admin('/51/A/'), await person('/51/A/')]
    expect(await grant(county, other, 'PLATFORM_ADMIN', '/51/A/')).toBe('FORBIDDEN administratorFromAbove')
    expect(await grant(county, other, 'PLATFORM_ADMIN', '/51/A/H/')).toBe('GRANTED')
    expect(await grant(city, other, 'PLATFORM_ADMIN', '/51/A/')).toBe('GRANTED')
    expect(await grant(null, other, 'PLATFORM_ADMIN', '/51/')).toBe('GRANTED')
    // Nor by a relation that leads up again.
    expect(await grant(county, other, 'PLATFORM_ADMIN', '/51/A/H/', { edge: 'OUTPOST' })).toBe('BAD_INPUT downwards')
    expect(await grant(city, other, 'PLATFORM_ADMIN', '/51/A/H/', { edge: 'OUTPOST' })).toBe('GRANTED')
  })

  test('along an edge that stays within what one administers, today and later', async () => {
    const [city, county] = [await admin('/51/'), await admin('/51/A/')]
    const to = await person('/51/A/DG/')
    expect(await grant(county, to, 'SUPERVISOR', '/51/A/DG/', { edge: 'DISPATCHED' })).toBe('GRANTED')
    expect(await grant(county, to, 'SUPERVISOR', '/51/A/CDI/', { edge: 'LINE' })).toBe('BAD_INPUT downwards')
    expect(await grant(county, to, 'SUPERVISOR', '/51/A/CDI/', { edge: 'LIAISON' })).toBe('BAD_INPUT downwards')
    expect(await grant(city, to, 'SUPERVISOR', '/51/A/CDI/', { edge: 'LIAISON' })).toBe('GRANTED')
  })

  test('an administrator along a line hands on where the line leads and no further', async () => {
    const line = await admin('/51/A/CDI/', { edge: 'LINE' })
    const to = await person('/51/B/T/')
    expect(await grant(line, to, 'TOWNSHIP_COMMISSION', '/51/B/T/')).toBe('GRANTED')
    expect(await grant(line, to, 'TOWNSHIP_COMMISSION', '/51/A/CDI/')).toBe('NOT_FOUND exists')
  })

  test('not for longer than one’s own, and not from before', async () => {
    const short = await admin('/51/A/', { from: day(-10), to: day(30) })
    const to = await person('/51/A/H/')
    const give = (role: Role, o: { validFrom?: string; validTo?: string }): Promise<string> => grant(short, to, role, '/51/A/H/', o)
    expect(await give('UNIT_EDITOR', {})).toBe('BAD_INPUT within')
    expect(await give('UNIT_EDITOR', { validTo: day(31) })).toBe('BAD_INPUT within')
    expect(await give('UNIT_EDITOR', { validFrom: day(-11), validTo: day(30) })).toBe('BAD_INPUT within')
    expect(await give('UNIT_EDITOR', { validTo: day(30) })).toBe('GRANTED')
    // A second grant that lasts gives what the first cannot.
    await org.grant(short, 'PLATFORM_ADMIN', '/51/A/H/', { from: day(-10) })
    expect(await give('UNIT_APPROVER', {})).toBe('GRANTED')
  })

  test('a giver whose own grant was taken away meanwhile gives nothing', async () => {
    const county = await admin('/51/A/')
    const to = await person('/51/A/H/')
    const actor = (await loadActor(database.db, { staffNo: county }))!
    await database.owner.query('UPDATE role_grant SET revoked_at = now() WHERE person_id = $1', [org.persons.get(county)])
    await expect(grants.grantRole({ actor, requestId: 'r', address: null }, { personId: org.persons.get(to)!, unitId: org.units.get('/51/A/H/')!, role: 'UNIT_EDITOR', edge: 'TERRITORIAL' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('what separation keeps apart is not joined in one person, in whatever order, wherever and whoever gives; what has ended does not count', async () => {
    const to = await person('/51/A/H/')
    expect(await grant(null, to, 'AUDITOR', '/51/B/')).toBe('GRANTED')
    expect(await grant(null, to, 'UNIT_EDITOR', '/51/A/H/')).toBe('PRECONDITION_FAILED separation')
    await database.owner.query('UPDATE role_grant SET revoked_at = now() WHERE person_id = $1', [org.persons.get(to)])
    expect(await grant(null, to, 'UNIT_EDITOR', '/51/A/H/', { validTo: day(10) })).toBe('GRANTED')
    expect(await grant(null, to, 'AUDITOR', '/51/B/')).toBe('PRECONDITION_FAILED separation')
    expect(await grant(null, to, 'AUDITOR', '/51/B/', { validFrom: day(10) })).toBe('GRANTED')
  })

  test('of two grants at once that exclude each other one is refused', async () => {
    const to = await person('/51/A/H/')
    const both = await Promise.all([grant(null, to, 'PLATFORM_ADMIN', '/51/A/H/'), grant(null, to, 'CASE_OFFICER', '/51/A/H/')])
    expect(both.sort()).toEqual(['GRANTED', 'PRECONDITION_FAILED separation'])
  })
})

describe('separation of duties as data', () => {
  test.each<[Role, Role]>([
    ['PLATFORM_ADMIN', 'CASE_OFFICER'], ['PLATFORM_ADMIN', 'IDENTITY_CUSTODIAN'], ['PLATFORM_ADMIN', 'PORTRAIT_OFFICE'], ['AUDITOR', 'PLATFORM_ADMIN'], ['AUDITOR', 'SECTOR_MAINTAINER'],
    ['PORTRAIT_LEAD', 'PARTY_SECRETARY'], ['IDENTITY_CUSTODIAN', 'SUPERVISOR'], ['LEADER_READER', 'TRIAL_OFFICER'], ['VILLAGE_SUPERVISOR', 'TOWNSHIP_COMMISSION'],
  ])('%s and %s exclude each other', (a, b) => {
    expect(separationOf(a, [b])).toMatchObject({ with: b })
    expect(separationOf(b, [a])).toMatchObject({ with: a })
  })

  test.each<[Role, Role]>([['UNIT_EDITOR', 'UNIT_APPROVER'], ['CASE_OFFICER', 'TRIAL_OFFICER'], ['LEADER_READER', 'PARTY_SECRETARY'], ['AUDITOR', 'LEADER_READER'], ['SUPERVISOR', 'PORTRAIT_EXECUTOR']])(
    '%s and %s may be one person: what they never do together is asked on the object', (a, b) => expect([separationOf(a, [b]), separationOf(b, [a])]).toEqual([null, null]))

  test('every rule names roles that exist, on both sides, never the same', () => {
    for (const { these, those } of SEPARATIONS) {
      expect([...these, ...those].filter(r => !ROLES.includes(r))).toEqual([])
      expect(these.filter(r => those.includes(r))).toEqual([])
    }
  })
})
