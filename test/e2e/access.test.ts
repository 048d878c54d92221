import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { coreModules } from '../../src/domain'
import { testApi, TOKENS, type TestApi } from '../support/api'
import { CANGXI, twoCounties, W_HEALTH, type TwoCounties } from '../support/two-counties'

/** Everything of a list's far end that a curious neighbour would try. */
const LISTS = ['units', 'positions', 'persons', 'powers', 'riskPoints', 'controls', 'appointments', 'villageSupervisors', 'unitRelations', 'responsibilityLists', 'dutyItems', 'accountabilityCycles'] as const

describe('who may ask, and what they see', () => {
  let api: TestApi
  let world: TwoCounties
  const tokens: Record<string, string> = {}

  beforeAll(async () => {
    api = await testApi({ modules: coreModules })
    world = await twoCounties(api.database)
    for (const staffNo of world.org.persons.keys()) tokens[staffNo] = await api.token(staffNo)
  })
  afterAll(() => api.close())

  const as = (staffNo: string, query: string, variables?: object) => api.ask(tokens[staffNo]!, query, variables)

  describe('tokens', () => {
    const claims = (jwt: SignJWT) => jwt.setIssuedAt().setIssuer(TOKENS.issuer).setAudience(TOKENS.audience).setSubject('staff:CITY').setExpirationTime('1h')
    const header = () => ({ alg: 'ES256' as const, kid: api.keys.signing!.kid })

    test('without a token only public fields answer', async () => {
      expect((await api.ask(null, '{ viewer { ref } __typename }')).data).toEqual({ viewer: null, __typename: 'Query' })
      for (const list of LISTS) {
        const { data, errors, status } = await api.ask(null, `{ ${list} { totalCount } }`)
        expect([status, data, errors[0]!.extensions.code]).toEqual([200, null, 'UNAUTHENTICATED'])
      }
    })

    test('an expired, forged, unsigned, foreign or broken token is told as such and nothing is answered, public fields included', async () => {
      const other = await generateKeyPair('ES256')
      const mine = api.keys.signing!.key
      const bad: Record<string, string> = {
        expired: await claims(new SignJWT({})).setProtectedHeader(header()).setExpirationTime(Math.floor(Date.now() / 1000) - 5).sign(mine),
        forged: await claims(new SignJWT({})).setProtectedHeader(header()).sign(other.privateKey),
        'alg none': new UnsecuredJWT({}).setIssuer(TOKENS.issuer).setAudience(TOKENS.audience).setSubject('staff:CITY').setIssuedAt().setExpirationTime('1h').encode(),
        'other audience': await claims(new SignJWT({})).setAudience('other').setProtectedHeader(header()).sign(mine),
        'other issuer': await claims(new SignJWT({})).setIssuer('other').setProtectedHeader(header()).sign(mine),
        'not yet': await claims(new SignJWT({})).setNotBefore('5m').setProtectedHeader(header()).sign(mine),
        nobody: await claims(new SignJWT({})).setSubject('staff:GONE').setProtectedHeader(header()).sign(mine),
        garbage: 'garbage',
      }
      for (const [kind, token] of Object.entries(bad)) {
        const answer = await api.ask(token, '{ viewer { ref } units { totalCount } }')
        expect([kind, answer.status, answer.data, answer.errors.map(e => e.extensions.code)]).toEqual([kind, 401, undefined, ['UNAUTHENTICATED']])
        expect(answer.headers['www-authenticate']).toBe('Bearer')
        expect(answer.errors[0]!.extensions['requestId']).toBe(answer.headers['x-request-id'])
      }
    })

    test('claims about rights in a token are worth nothing', async () => {
      const token = await claims(new SignJWT({ roles: ['PLATFORM_ADMIN'], scope: '/', wide: true })).setSubject('staff:NOBODY').setProtectedHeader(header()).sign(api.keys.signing!.key)
      expect((await api.ask(token, '{ viewer { roles { role } grants { role } scope { code } } }')).data).toEqual({ viewer: { roles: [], grants: [], scope: [] } })
      expect((await api.ask(token, '{ units { totalCount } }')).errors[0]!.extensions.code).toBe('FORBIDDEN')
    })

    test('messages follow the language of the request', async () => {
      expect((await api.ask('garbage', '{ __typename }', {}, { headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' } })).errors[0]!.message).toBe('登录凭证无效。')
      expect((await api.ask('garbage', '{ __typename }', {}, { headers: { 'accept-language': 'en-GB' } })).errors[0]!.message).toBe('The token is not valid.')
    })
  })

  test('viewer tells who asks and what was granted', async () => {
    const { data } = await as('W-GROUP', '{ viewer { ref roles { role labelZh labelEn } grants { role edge unitNameZh unit { code } } scope { code } person { displayName } } }')
    expect(data.viewer).toEqual({
      ref: `person:${world.org.persons.get('W-GROUP')}`, roles: [{ role: 'SUPERVISOR', labelZh: '监督人员', labelEn: 'Supervisor' }],
      grants: [{ role: 'SUPERVISOR', edge: 'DISPATCHED', unitNameZh: '单位W-GROUP', unit: null }], scope: [{ code: 'W-HEALTH' }], person: null,
    })
  })

  test('a dispatched group sees the bureau it is dispatched to, and not its own county beside it', async () => {
    const { data } = await as('W-GROUP', '{ units { nodes { path } } riskPoints { nodes { id } } }')
    expect(data).toEqual({ units: { nodes: [{ path: W_HEALTH }] }, riskPoints: { nodes: [{ id: world.wangcang.ids.RiskPoint }] } })
  })

  describe('a neighbouring county', () => {
    test('sees nothing by node, nodes or root fields', async () => {
      const ids = Object.values(world.wangcang.ids)
      const { data, errors } = await as('C-LEADER', '($ids: [ID!]!, $unit: ID!, $power: ID!, $risk: ID!, $control: ID!, $person: ID!, $position: ID!) { nodes(ids: $ids) { id } node(id: $risk) { id } unit(id: $unit) { id } power(id: $power) { id } riskPoint(id: $risk) { id } control(id: $control) { id } person(id: $person) { id } position(id: $position) { id } unitByCode(code: "510821") { id } }'.replace(/^/, 'query '), {
        ids, unit: world.wangcang.ids.Unit, power: world.wangcang.ids.Power, risk: world.wangcang.ids.RiskPoint, control: world.wangcang.ids.Control, person: world.wangcang.ids.Person, position: world.wangcang.ids.Position,
      })
      expect(errors).toEqual([])
      expect(data).toEqual({ nodes: ids.map(() => null), node: null, unit: null, power: null, riskPoint: null, control: null, person: null, position: null, unitByCode: null })
    })

    test('sees only its own in lists, totals, filters and pages', async () => {
      for (const list of LISTS) {
        const mine = await as('C-LEADER', `{ ${list}(first: 100) { totalCount nodes { id } edges { node { id } } pageInfo { hasNextPage } } }`)
        expect([list, mine.errors]).toEqual([list, []])
        const foreign = new Set<string>(Object.values(world.wangcang.ids))
        expect(mine.data[list].nodes.filter((n: { id: string }) => foreign.has(n.id))).toEqual([])
        expect(mine.data[list].totalCount).toBe(mine.data[list].nodes.length)
        const city = await as('CITY', `{ ${list}(first: 100) { totalCount } }`)
        if (['units', 'positions', 'persons', 'powers', 'riskPoints', 'controls'].includes(list)) expect(city.data[list].totalCount).toBeGreaterThan(mine.data[list].totalCount)
      }
    })

    test('cannot widen its sight by a filter: within, a foreign id, or', async () => {
      const ids = world.wangcang.ids
      const wide = await as('C-LEADER', `query ($city: ID!, $unit: ID!, $power: ID!) {
        city: riskPoints(filter: { unit: { within: $city } }) { totalCount nodes { id } }
        unit: riskPoints(filter: { unit: { within: $unit } }) { totalCount nodes { id } }
        power: riskPoints(filter: { power: { eq: $power } }) { totalCount }
        or: riskPoints(filter: { or: [{ unit: { within: $unit } }, { code: { eq: "R-01" } }] }) { totalCount nodes { id } }
      }`, { city: `unit_${world.org.units.get('/510800/')}`, unit: ids.Unit, power: ids.Power })
      expect(wide.errors).toEqual([])
      const own = [{ id: world.cangxi.ids.RiskPoint }]
      expect(wide.data).toMatchObject({ city: { totalCount: 0 }, unit: { totalCount: 0, nodes: [] }, power: { totalCount: 0 }, or: { totalCount: 1, nodes: own } })
    })

    test('sees no foreign row along nested edges up and down again', async () => {
      const { data, errors } = await as('C-LEADER', `{ riskPoints { nodes { id unit { code parent { code parent { code children { totalCount nodes { code riskPoints { totalCount } } } } } ancestors { code } } power { riskPoints { totalCount nodes { id } } } controls { totalCount nodes { id } } } } }`)
      expect(errors).toEqual([])
      const [risk] = data.riskPoints.nodes
      expect(risk.unit).toEqual({ code: 'C-HEALTH', parent: { code: '510824', parent: null }, ancestors: expect.not.arrayContaining([{ code: '510800' }]) })
      expect(risk.controls).toEqual({ totalCount: 1, nodes: [{ id: world.cangxi.ids.Control }] })
      expect(risk.power.riskPoints).toEqual({ totalCount: 1, nodes: [{ id: world.cangxi.ids.RiskPoint }] })
    })

    test('cannot command a foreign row: NOT_FOUND, the same as for a row that is not there, and nothing changes', async () => {
      const versions = () => api.database.owner.query('SELECT (SELECT row_version FROM power WHERE id = $1) AS power, (SELECT count(*)::int FROM audit_record) AS audited', [world.wangcang.rowIds.power])
      const before = (await versions()).rows
      const edit = 'mutation ($id: ID!) { editPower(input: { id: $id, rowVersion: 1, nameZh: "改名" }) { power { id } } }'
      const foreign = await as('C-EDITOR', edit, { id: world.wangcang.ids.Power })
      const absent = await as('C-EDITOR', edit, { id: 'pw_01935000-0000-7000-8000-00000000ffff' })
      const shape = ({ errors: [e] }: typeof foreign) => ({ ...e, extensions: { ...e!.extensions, requestId: '' } })
      expect(shape(foreign)).toEqual(shape(absent))
      expect(foreign.errors[0]!.extensions).toMatchObject({ code: 'NOT_FOUND', outcome: 'NOT_DONE' })
      expect((await versions()).rows).toEqual(before)
    })
  })

  test('a command without the role anywhere is FORBIDDEN before anything is looked up', async () => {
    const { errors } = await as('W-LEADER', 'mutation ($id: ID!) { confirmPower(input: { id: $id }) { power { id } } }', { id: world.wangcang.ids.Power })
    expect(errors[0]!.extensions).toMatchObject({ code: 'FORBIDDEN', outcome: 'NOT_DONE' })
    const anonymous = await api.ask(null, 'mutation ($id: ID!) { confirmPower(input: { id: $id }) { power { id } } }', { id: world.wangcang.ids.Power })
    expect(anonymous.errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
  })

  describe('roles that read the organisation only', () => {
    test.each(['REPORTS', 'ADMIN'])('%s reads units but no register, by whatever way', async staffNo => {
      const ids = [world.wangcang.ids.RiskPoint, world.wangcang.ids.Power, world.wangcang.ids.Control]
      const { data, errors } = await as(staffNo, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } units(first: 100) { totalCount nodes { code riskPoints { totalCount nodes { id } } powers { totalCount } } } }', { ids })
      expect(data.nodes).toEqual([null, null, null])
      expect(data.units.totalCount).toBe(6)
      expect(data.units.nodes.every((u: { riskPoints: unknown; powers: unknown }) => u.riskPoints === null && u.powers === null)).toBe(true)
      expect(new Set(errors.map(e => e.extensions.code))).toEqual(new Set(['FORBIDDEN']))
      for (const list of ['riskPoints', 'powers', 'controls', 'responsibilityLists', 'dutyItems', 'accountabilityCycles']) {
        expect((await as(staffNo, `{ ${list} { totalCount } }`)).errors[0]!.extensions.code).toBe('FORBIDDEN')
      }
    })

    test('a custodian of identities sees no unit at all', async () => {
      const { data, errors } = await as('CUSTODIAN', 'query ($id: ID!) { node(id: $id) { id } units { totalCount } }', { id: world.wangcang.ids.Unit })
      expect([data, errors[0]!.extensions.code]).toEqual([null, 'FORBIDDEN'])
      expect((await as('CUSTODIAN', 'query ($id: ID!) { node(id: $id) { id } }', { id: world.wangcang.ids.Unit })).data).toEqual({ node: null })
    })
  })

  test('the planner and the resolvers refuse the same', async () => {
    const plain = await testApiOn(api, false)
    for (const staffNo of ['C-LEADER', 'REPORTS', 'NOBODY', 'W-GROUP', 'CITY']) {
      for (const query of ['{ units(first: 50) { totalCount nodes { id nameZh } } }', '{ riskPoints { totalCount nodes { id unit { id code } } } }', '{ units { nodes { riskPoints { nodes { id } } } } }']) {
        const [a, b] = await Promise.all([as(staffNo, query), plain.ask(tokens[staffNo]!, query)])
        expect([b.data, b.errors.map(e => [e.path, e.extensions.code])]).toEqual([a.data, a.errors.map(e => [e.path, e.extensions.code])])
      }
    }
    await plain.close()
  })

  test('a revoked grant, an ended grant and an ended relation stop working', async () => {
    const { owner } = api.database
    const count = async (staffNo: string) => {
      const { data, errors } = await as(staffNo, '{ units { totalCount } }')
      return data?.units.totalCount ?? errors[0]!.extensions.code
    }
    await world.org.person('TEMP', CANGXI)
    tokens['TEMP'] = await api.token('TEMP')
    const grant = await world.org.grant('TEMP', 'LEADER_READER', CANGXI)
    expect(await count('TEMP')).toBe(2)
    await owner.query('UPDATE role_grant SET revoked_at = now() WHERE id = $1', [grant])
    expect(await count('TEMP')).toBe('FORBIDDEN')
    await world.org.grant('TEMP', 'LEADER_READER', CANGXI, { to: '2021-01-01' })
    expect(await count('TEMP')).toBe('FORBIDDEN')
    expect(await count('W-GROUP')).toBe(1)
    await owner.query(`UPDATE unit_relation SET valid_to = current_date WHERE kind = 'DISPATCHED'`)
    expect(await count('W-GROUP')).toBe('FORBIDDEN')
    await owner.query(`UPDATE unit_relation SET valid_to = NULL WHERE kind = 'DISPATCHED'`)
  })

  test('granting and revoking over the API', async () => {
    const grant = 'mutation ($input: GrantRoleInput!) { grantRole(input: $input) { roleGrant { id role edge person { id } unit { code } revokedAt } } }'
    const input = { personId: `person_${world.org.persons.get('NOBODY')}`, unitId: world.wangcang.ids.Unit, role: 'SUPERVISOR' }
    expect((await as('W-LEADER', grant, { input })).errors[0]!.extensions.code).toBe('FORBIDDEN')
    const { data } = await as('ADMIN', grant, { input })
    expect(data.grantRole.roleGrant).toMatchObject({ role: 'SUPERVISOR', edge: 'TERRITORIAL', unit: { code: 'W-HEALTH' }, person: { id: input.personId }, revokedAt: null })
    expect((await as('NOBODY', '{ riskPoints { totalCount } }')).data.riskPoints.totalCount).toBe(1)
    const revoked = await as('ADMIN', 'mutation ($id: ID!) { revokeRole(input: { id: $id }) { roleGrant { revokedAt } } }', { id: data.grantRole.roleGrant.id })
    expect(revoked.data.revokeRole.roleGrant.revokedAt).toMatch(/Z$/)
    expect((await as('NOBODY', '{ riskPoints { totalCount } }')).errors[0]!.extensions.code).toBe('FORBIDDEN')
    const listed = await as('ADMIN', 'query ($person: ID!) { roleGrants(filter: { person: { eq: $person } }) { totalCount } }', { person: input.personId })
    expect(listed.data.roleGrants.totalCount).toBe(1)
  })
})

/** A second server on the same database, answered by the resolvers alone. */
async function testApiOn(api: TestApi, planner: boolean): Promise<Pick<TestApi, 'ask' | 'close'>> {
  const { createServer } = await import('../../src/api')
  const { default: pino } = await import('pino')
  const server = await createServer({
    modules: coreModules, db: api.database.db, authenticator: api.authenticator, log: pino({ level: 'silent' }),
    config: { production: false, planner, http: { corsOrigins: [], trustProxy: false, introspection: true }, limits: {} },
  })
  await server.app.ready()
  return {
    ask: async (token, query, variables) => {
      const response = await server.app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, payload: JSON.stringify({ query, variables }) })
      const body = JSON.parse(response.body)
      return { status: response.statusCode, headers: response.headers, text: response.body, data: body.data, errors: body.errors ?? [] }
    },
    close: () => server.close(),
  }
}
