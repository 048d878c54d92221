import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Authenticator, GrantService, loadKeys, signToken, type Keys } from '../../../src/auth'
import { ANONYMOUS, systemActor } from '../../../src/core/actor'
import type { Origin } from '../../../src/core/request'
import { testDatabase, type TestDatabase } from '../../support/database'
import { Organisation } from '../../support/organisation'

const options = { issuer: 'https://id.example', audience: 'plumbline', clockTolerance: 0, rightsTtl: 60_000 }
const by = (actor = systemActor('test')): Origin => ({ actor, requestId: 'test', address: null })

describe('from a header to an actor, and grants', () => {
  let database: TestDatabase
  let org: Organisation
  let keys: Keys
  let directory: string
  let auth: Authenticator
  let grants: GrantService

  beforeAll(async () => {
    database = await testDatabase()
    directory = mkdtempSync(path.join(tmpdir(), 'plumbline-auth-'))
    keys = await loadKeys({ production: false, dataDirectory: directory })
    org = new Organisation(database.owner)
    for (const unit of ['/A/', '/A/B/', '/A/C/']) await org.unit(unit)
    for (const staffNo of ['S1', 'S2', 'S3', 'S4']) await org.person(staffNo, '/A/B/')
    await org.person('ADMIN', '/A/')
    auth = new Authenticator(database.db, keys, options)
    grants = new GrantService(database.db)
  })
  afterAll(async () => {
    await database.close()
    rmSync(directory, { recursive: true })
  })

  afterEach(() => jest.restoreAllMocks())

  /** The clock by which rights are remembered goes on by so many milliseconds. */
  function later(ms: number): void {
    const now = performance.now.bind(performance)
    jest.spyOn(performance, 'now').mockImplementation(() => now() + ms)
  }

  const header = async (staffNo: string) => `Bearer ${await auth.issueToken(staffNo)}`

  test('no header is anonymous; a header that is no bearer token is a problem', async () => {
    expect(await auth.authenticate(undefined)).toEqual({ actor: ANONYMOUS, problem: null })
    for (const bad of ['Basic abc', 'Bearer', 'Bearer a b', 'Bearer \0']) {
      expect((await auth.authenticate(bad)).problem).toMatchObject({ code: 'UNAUTHENTICATED' })
    }
  })

  test('a token of somebody unknown is a problem; issuing one for nobody is NOT_FOUND', async () => {
    const token = await signToken({ staffNo: 'GONE' }, keys, options, 60)
    expect((await auth.authenticate(`Bearer ${token}`)).problem).toMatchObject({ code: 'UNAUTHENTICATED', details: { messageKey: 'tokenUnknownPerson' } })
    await expect(auth.issueToken('GONE')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a known token is refused from its last second on', async () => {
    const token = `Bearer ${await signToken({ staffNo: 'S1' }, keys, options, 3)}` // whole seconds: 2 to 3
    const patient = new Authenticator(database.db, keys, { ...options, rightsTtl: 60_000 })
    const { actor, problem } = await patient.authenticate(token)
    expect(problem).toBeNull()
    expect(patient.remembered(token)).toEqual({ actor, problem: null })
    await setTimeout(3_050)
    expect(patient.remembered(token)).toBeUndefined()
    expect((await patient.authenticate(token)).problem).toMatchObject({ details: { messageKey: 'tokenExpired' } })
  })

  test('what is remembered is what a good token gave, and never more', async () => {
    const token = await header('S4')
    const unknown = `Bearer ${await signToken({ staffNo: 'NEVER' }, keys, options, 60)}`
    const forgetful = new Authenticator(database.db, keys, { ...options, rightsTtl: 0 })
    for (const a of [auth, forgetful]) for (const h of [undefined, '', token, unknown, 'Bearer x']) expect(a.remembered(h)).toBeUndefined()
    const { actor } = await auth.authenticate(token)
    await forgetful.authenticate(token)
    await auth.authenticate(unknown)
    expect(auth.remembered(token)!.actor).toBe(actor)
    expect([forgetful.remembered(token), auth.remembered(unknown), auth.remembered(`${token}x`)]).toEqual([undefined, undefined, undefined])
    later(60_000)
    expect(auth.remembered(token)).toBeUndefined()
  })

  test('rights are remembered for the time allowed and no longer; the actor stays one object meanwhile', async () => {
    const grant = await org.grant('S2', 'UNIT_EDITOR', '/A/B/')
    const token = await header('S2')
    const first = await auth.authenticate(token)
    expect(first.actor.scope).toEqual(['/A/B/'])
    await database.owner.query('UPDATE role_grant SET revoked_at = now() WHERE id = $1', [grant])
    expect((await auth.authenticate(token)).actor).toBe(first.actor)
    later(60_000)
    expect((await auth.authenticate(token)).actor.scope).toEqual([])
  })

  test('a database that does not answer is UNAVAILABLE and not remembered', async () => {
    let broken = true
    const rows = database.db.rows.bind(database.db)
    const flaky = Object.assign(Object.create(database.db) as typeof database.db, {
      rows: (text: string, values: unknown[]) => (broken ? Promise.reject(new Error('Connection terminated unexpectedly')) : rows(text, values)),
    })
    const a = new Authenticator(flaky, keys, options)
    const token = await header('S1')
    expect((await a.authenticate(token)).problem).toMatchObject({ code: 'UNAVAILABLE' })
    broken = false
    expect((await a.authenticate(token)).problem).toBeNull()
  })

  test('granting and revoking: audited, once only, by administrators of the unit, never to oneself', async () => {
    await org.grant('ADMIN', 'PLATFORM_ADMIN', '/A/B/')
    await org.grant('ADMIN', 'UNIT_EDITOR', '/A/')
    const admin = by((await auth.authenticate(await header('ADMIN'))).actor)
    const input = { personId: org.persons.get('S3')!, unitId: org.units.get('/A/B/')!, role: 'SUPERVISOR' as const, edge: 'TERRITORIAL' as const }
    const { id } = await grants.grantRole(admin, { ...input, idempotencyKey: 'grant-s3-once' })
    expect(await grants.grantRole(admin, { ...input, idempotencyKey: 'grant-s3-once' })).toEqual({ id })
    await expect(grants.grantRole(admin, input)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(grants.grantRole(admin, { ...input, unitId: org.units.get('/A/C/')! })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(grants.grantRole(admin, { ...input, personId: org.persons.get('ADMIN')! })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(grants.grantRole(admin, { ...input, role: 'GOD' as never })).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(grants.grantRole(admin, { ...input, role: 'AUDITOR', validFrom: '2026-02-01', validTo: '2026-02-01' })).rejects.toMatchObject({ code: 'BAD_INPUT' })

    const globalId = (await grants.find(input.personId, 'SUPERVISOR', input.unitId, 'TERRITORIAL'))!
    await expect(grants.revokeRole(by(ANONYMOUS), { id: globalId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(grants.revokeRole(admin, { id: globalId, rowVersion: 7 })).rejects.toMatchObject({ code: 'CONFLICT' })
    await grants.revokeRole(admin, { id: globalId })
    await expect(grants.revokeRole(admin, { id: globalId })).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    expect(await grants.find(input.personId, 'SUPERVISOR', input.unitId, 'TERRITORIAL')).toBeNull()
    const { rows } = await database.owner.query(`SELECT command, actor FROM audit_record WHERE subject_id = $1 ORDER BY at`, [id])
    expect(rows).toEqual([{ command: 'grantRole', actor: admin.actor.ref }, { command: 'revokeRole', actor: admin.actor.ref }])
    const { rows: history } = await database.owner.query('SELECT revoked_at FROM role_grant_history WHERE id = $1', [id])
    expect(history).toEqual([{ revoked_at: null }])
  })
})
