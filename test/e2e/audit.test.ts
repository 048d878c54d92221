import { systemActor } from '../../src/core/actor'
import { runCommand } from '../../src/database/command'
import { coreModules } from '../../src/domain'
import { sealAuditLog } from '../../src/domain/audit'
import { testApi, type Answer, type TestApi } from '../support/api'
import { originOf } from '../support/registers-fixture'
import { CANGXI, C_HEALTH, twoCounties, W_HEALTH, WANGCANG, type TwoCounties } from '../support/two-counties'

let api: TestApi
let world: TwoCounties
const tokens: Record<string, string> = {}

beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  world = await twoCounties(api.database)
  const { org } = world
  const auditors: [string, [string, string][]][] = [
    ['CITY-AUDITOR', [['AUDITOR', '/510800/']]], ['W-AUDITOR', [['AUDITOR', WANGCANG]]], ['C-AUDITOR', [['AUDITOR', CANGXI]]],
    ['MIXED', [['AUDITOR', CANGXI], ['LEADER_READER', '/510800/']]],
  ]
  for (const [staffNo, grants] of auditors) {
    await org.person(staffNo, '/510800/')
    for (const [role, unit] of grants) await org.grant(staffNo, role, unit)
  }
  for (const staffNo of org.persons.keys()) tokens[staffNo] = await api.token(staffNo)
  await runCommand(api.database.db, originOf(systemActor('test')), 'startPlugin', {}, async tx => tx.audit('plugin', null, null, { state: 'ENABLED' }))
})
afterAll(() => api.close())

const as = (staffNo: string, query: string, variables?: object) => api.ask(tokens[staffNo]!, query, variables)
const LIST = `query Log($filter: AuditRecordFilter, $first: Int, $after: String) { auditRecords(filter: $filter, first: $first, after: $after) {
  totalCount nodes { id actor command subjectType subjectId before after unit { path } } pageInfo { hasNextPage endCursor } } }`
const readings = async (staffNo: string) => (await api.database.owner.query(
  `SELECT subject_type, subject_id, request_id, address, before, after FROM audit_record WHERE command = 'readAuditLog' AND actor = $1 ORDER BY id`, [`person:${world.org.persons.get(staffNo)}`])).rows as
  { subject_type: string; request_id: string; address: string; after: Record<string, unknown> }[]

describe('who reads the audit log', () => {
  test('auditors only: not administrators, not leaders, not by id, not through an edge', async () => {
    const { data } = await as('CITY-AUDITOR', LIST, { first: 1 })
    for (const who of ['ADMIN', 'CITY', 'W-EDITOR', 'CUSTODIAN', 'REPORTS', 'NOBODY']) {
      for (const query of [LIST, '{ auditRecord(id: "aud_0199") { id } }', '{ auditSeals { totalCount } }']) {
        const { errors, data: seen } = await as(who, query)
        expect([who, Object.values(seen ?? {}), errors.map(e => e.extensions.code)]).toEqual([who, seen ? [null] : [], ['FORBIDDEN']])
      }
      expect((await as(who, 'query($id: ID!) { node(id: $id) { id } }', { id: data.auditRecords.nodes[0].id })).data).toEqual({ node: null })
      expect(await readings(who)).toEqual([])
    }
  })

  const unitsSeen = async (who: string): Promise<string[]> => {
    const { data, errors } = await as(who, LIST, { first: 100 })
    expect(errors).toEqual([])
    expect(data.auditRecords.totalCount).toBe(data.auditRecords.nodes.length)
    const ids = data.auditRecords.nodes.map((n: { id: string }) => n.id.slice(4))
    const { rows } = await api.database.owner.query('SELECT DISTINCT coalesce(u.path, $2) AS path FROM audit_record r LEFT JOIN unit u ON u.id = r.unit_id WHERE r.id = ANY($1) ORDER BY 1', [ids, 'the whole'])
    return rows.map(r => r.path as string)
  }

  test('an auditor of a county sees its records and none of the neighbour; only the auditor of the whole sees what belongs to no unit', async () => {
    expect(await unitsSeen('W-AUDITOR')).toEqual([W_HEALTH])
    expect(await unitsSeen('C-AUDITOR')).toEqual([C_HEALTH])
    expect(await unitsSeen('CITY-AUDITOR')).toEqual([W_HEALTH, C_HEALTH, 'the whole'])
  })

  test('another role over the whole city opens no record to the auditor of one county', async () => {
    expect(await unitsSeen('MIXED')).toEqual([C_HEALTH])
    const there = { filter: { unit: { within: world.wangcang.ids.Unit } } }
    expect((await as('MIXED', LIST, there)).data.auditRecords.totalCount).toBe(0)
    expect((await as('W-AUDITOR', LIST, there)).data.auditRecords.totalCount).toBeGreaterThan(3)
  })

  const sealsSeen = async (who: string): Promise<string[]> => {
    const { data, errors } = await as(who, '{ auditSeals(first: 100) { totalCount nodes { id recordCount } } }')
    expect([errors, data.auditSeals.totalCount]).toEqual([[], data.auditSeals.nodes.length])
    return data.auditSeals.nodes.map((n: { id: string }) => n.id)
  }

  test('the seals, which tell how much the whole territory writes, are for its auditors only', async () => {
    await sealAuditLog(api.database.db)
    const all = await sealsSeen('CITY-AUDITOR')
    expect(all.length).toBeGreaterThan(0)
    for (const who of ['W-AUDITOR', 'MIXED']) {
      expect([who, await sealsSeen(who)]).toEqual([who, []])
      expect((await as(who, 'query($id: ID!) { node(id: $id) { id } }', { id: all[0] })).data).toEqual({ node: null })
    }
  })

  test('with several roots, what belongs to no unit is nobody’s of one of them', async () => {
    await world.org.unit('/519900/')
    await world.org.person('OTHER-AUDITOR', '/519900/')
    await world.org.grant('OTHER-AUDITOR', 'AUDITOR', '/519900/')
    tokens['OTHER-AUDITOR'] = await api.token('OTHER-AUDITOR')
    expect(await unitsSeen('OTHER-AUDITOR')).toEqual([])
    await sealAuditLog(api.database.db)
    for (const who of ['OTHER-AUDITOR', 'CITY-AUDITOR']) expect(await sealsSeen(who)).toEqual([])
    expect(await unitsSeen('CITY-AUDITOR')).toEqual([W_HEALTH, C_HEALTH])
    await api.database.owner.query('DELETE FROM role_grant WHERE unit_id = $1', [world.org.units.get('/519900/')])
    await api.database.owner.query(`DELETE FROM person WHERE staff_no = 'OTHER-AUDITOR'`)
    await api.database.owner.query(`DELETE FROM unit WHERE path = '/519900/'`)
    expect(await unitsSeen('CITY-AUDITOR')).toContain('the whole')
  })
})

describe('what can be asked', () => {
  const commands = async (filter: object): Promise<string[]> => (await as('CITY-AUDITOR', LIST, { filter, first: 100 })).data.auditRecords.nodes.map((n: { subjectType: string }) => n.subjectType)

  test('by object, kind, actor, request, command and time', async () => {
    expect(await commands({ subject: { eq: world.wangcang.ids.RiskPoint } })).toEqual(['risk_point'])
    expect(await commands({ subject: { in: [world.wangcang.ids.RiskPoint, world.cangxi.ids.Control] } })).toEqual(['control', 'risk_point'])
    expect(await commands({ subject: { eq: 'no id' } })).toEqual([])
    expect(await commands({ subjectType: { eq: 'power' }, actor: { eq: 'system:test' }, requestId: { eq: 'test' }, command: { eq: 'test' } })).toEqual(['power', 'power'])
    expect(await commands({ subjectType: { eq: 'power' }, at: { before: '2026-01-01T00:00:00Z' } })).toEqual([])
    expect(await commands({ subjectType: { eq: 'power' }, at: { after: '2026-01-01T00:00:00Z' } })).toEqual(['power', 'power'])
  })

  test('newest first, page by page, each record once', async () => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const { auditRecords }: Answer['data'] = (await as('W-AUDITOR', LIST, { first: 2, after })).data
      seen.push(...auditRecords.nodes.map((n: { id: string }) => n.id))
      after = auditRecords.pageInfo.hasNextPage ? auditRecords.pageInfo.endCursor : null
    } while (after)
    expect(new Set(seen).size).toBe(seen.length)
    expect([...seen].sort().reverse()).toEqual(seen)
  })

  test('a command is told in the words of its mutation', async () => {
    await runCommand(api.database.db, originOf(systemActor('words')), 'rateRiskPoint', {}, async tx => tx.audit('risk_point', null, null, {}))
    const { data } = await as('CITY-AUDITOR', '{ auditRecords(filter: { actor: { eq: "system:words" } }) { nodes { command commandDescription } } }')
    expect(data.auditRecords.nodes[0].commandDescription).toContain('风险评级')
  })
})

describe('reading the audit log is logged', () => {
  test('who, from where, in which request, what was asked and how much was seen', async () => {
    const before = (await readings('W-AUDITOR')).length
    const answer = await as('W-AUDITOR', LIST, { filter: { subjectType: { eq: 'power' } }, first: 1 })
    expect(await readings('W-AUDITOR').then(all => all.slice(before))).toEqual([{
      subject_type: 'audit_record', subject_id: null, request_id: answer.headers['x-request-id'], address: '127.0.0.1', before: null,
      after: { field: 'Query.auditRecords', arguments: { filter: { subjectType: { eq: 'power' } }, first: 1 }, rows: 1, counted: 1 },
    }])
  })

  test('also by id and by node, also when nothing was found, and a reading of readings is one more', async () => {
    const { id } = (await as('CITY-AUDITOR', LIST, { first: 1 })).data.auditRecords.nodes[0]
    const before = (await readings('CITY-AUDITOR')).length
    await as('CITY-AUDITOR', 'query($id: ID!) { node(id: $id) { id } }', { id })
    await as('CITY-AUDITOR', 'query($id: ID!) { auditRecord(id: $id) { after } }', { id })
    await as('CITY-AUDITOR', LIST, { filter: { subject: { eq: 'nothing' } } })
    const { data } = await as('CITY-AUDITOR', LIST, { filter: { command: { eq: 'readAuditLog' } }, first: 1 })
    expect(data.auditRecords.nodes[0].after).toMatchObject({ rows: 0 })
    expect((await readings('CITY-AUDITOR')).slice(before).map(r => [r.after['field'], r.after['rows']])).toEqual([
      ['AuditRecord.id', 1], ['Query.auditRecord', 1], ['Query.auditRecords', 0], ['Query.auditRecords', 1],
    ])
  })

  test('what cannot be logged is not answered', async () => {
    await api.database.owner.query(`ALTER TABLE audit_record ADD CONSTRAINT test_refuse CHECK (command <> 'readAuditLog') NOT VALID`)
    try {
      const { data, errors } = await as('CITY-AUDITOR', LIST)
      expect([data ?? null, errors.map(e => e.extensions.code)]).toEqual([null, ['UNAVAILABLE']])
    } finally {
      await api.database.owner.query('ALTER TABLE audit_record DROP CONSTRAINT test_refuse')
    }
    expect((await as('CITY-AUDITOR', LIST)).errors).toEqual([])
  })

  test('other reads leave no trace', async () => {
    const count = async () => (await api.database.owner.query('SELECT count(*) FROM audit_record')).rows
    const before = await count()
    await as('W-EDITOR', '{ powers { nodes { id } } viewer { ref } }')
    expect(await count()).toEqual(before)
  })
})
