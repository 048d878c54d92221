import pino from 'pino'
import { createServer, pluginRoutes, type ApiServer } from '../../src/api'
import { coreModules } from '../../src/domain'
import { testApi, type TestApi } from '../support/api'
import { twoCounties } from '../support/two-counties'

const SDL = `
  "A contract（合同）." type HealthProcurementContract implements Node { "Id." id: ID! "Amount." amount: Decimal! "Its unit." unit: Unit! }
  type HealthProcurementQuery { contracts(first: Int): [HealthProcurementContract!]! }
  extend type Query { healthProcurement: HealthProcurementQuery! }
  extend type Mutation { importHealthProcurementContracts(unitId: ID!): Int! }
  extend type Unit { healthProcurementContracts(first: Int): [HealthProcurementContract!]! }`

describe('a plugin that once ran and does not now', () => {
  let api: TestApi
  let server: ApiServer
  const warned: string[] = []

  beforeAll(async () => {
    api = await testApi({ modules: coreModules })
    await twoCounties(api.database)
    server = await createServer({
      modules: coreModules, db: api.database.db, authenticator: api.authenticator, log: pino({ level: 'warn' }, { write: line => void warned.push(line) }),
      config: { production: false, planner: true, http: { corsOrigins: ['https://desk.example'], trustProxy: true, introspection: true }, limits: {} },
      unavailable: [{ plugin: 'health-procurement', sdl: SDL }, { plugin: 'stale', sdl: 'extend type Castle { x: Int }' }, { plugin: 'broken', sdl: 'extend type {' }],
      routes: [pluginRoutes([
        { url: '/plugins/health-procurement/template.csv', permission: ['UNIT_EDITOR'], contentType: 'text/csv; charset=utf-8', content: async () => Buffer.from('编号\n') },
      ])],
    })
    await server.app.ready()
  })
  afterAll(async () => {
    await server.close()
    await api.close()
  })

  const ask = async (staffNo: string | null, query: string) => {
    const authorization = staffNo === null ? {} : { authorization: `Bearer ${await api.token(staffNo)}` }
    const response = await server.app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json', ...authorization }, payload: JSON.stringify({ query }) })
    return response.json() as { data: Record<string, unknown> | null; errors?: { path: unknown[]; extensions: { code: string; plugin?: string; outcome?: string } }[] }
  }

  test('keeps its types and fields; they answer PLUGIN_UNAVAILABLE while the core around them answers', async () => {
    const { data, errors } = await ask('C-LEADER', '{ healthProcurement { contracts { id amount unit { code } } } units(first: 1) { nodes { code healthProcurementContracts(first: 1) { id } } } }')
    expect(data).toEqual({ healthProcurement: null, units: { nodes: [{ code: expect.any(String), healthProcurementContracts: null }] } })
    expect(errors!.map(e => [e.path.join('.'), e.extensions.code, e.extensions.plugin])).toEqual([
      ['healthProcurement', 'PLUGIN_UNAVAILABLE', 'health-procurement'], ['units.nodes.0.healthProcurementContracts', 'PLUGIN_UNAVAILABLE', 'health-procurement'],
    ])
    const command = await ask('C-EDITOR', 'mutation { importHealthProcurementContracts(unitId: "x") }')
    expect(command.errors![0]!.extensions).toMatchObject({ code: 'PLUGIN_UNAVAILABLE', outcome: 'NOT_DONE' })
  })

  test('tells nothing to those without a token', async () => {
    expect((await ask(null, '{ healthProcurement { contracts { id } } }')).errors![0]!.extensions.code).toBe('UNAUTHENTICATED')
  })

  test('a part that no longer fits the core is left out and said so', () => {
    expect(warned.map(line => JSON.parse(line)).map(l => l.plugin).sort()).toEqual(['broken', 'stale'])
  })

  test('files of plugins are for holders of the role, and for saving only', async () => {
    const get = async (staffNo: string | null) => server.app.inject({
      method: 'GET', url: '/plugins/health-procurement/template.csv', headers: staffNo === null ? {} : { authorization: `Bearer ${await api.token(staffNo)}` },
    })
    expect((await get(null)).json().errors[0].extensions.code).toBe('UNAUTHENTICATED')
    const denied = await get('C-LEADER')
    expect([denied.statusCode, denied.json().errors[0].extensions.code]).toEqual([403, 'FORBIDDEN'])
    const file = await get('C-EDITOR')
    expect([file.statusCode, file.body, file.headers['content-disposition'], file.headers['x-content-type-options']]).toEqual([200, '编号\n', 'attachment; filename="template.csv"', 'nosniff'])
    const bad = await server.app.inject({ method: 'GET', url: '/plugins/health-procurement/template.csv', headers: { authorization: 'Bearer x' } })
    expect(bad.statusCode).toBe(401)
  })

  test('only listed origins are allowed by CORS', async () => {
    const preflight = (origin: string) => server.app.inject({ method: 'OPTIONS', url: '/graphql', headers: { origin, 'access-control-request-method': 'POST' } })
    expect((await preflight('https://desk.example')).headers['access-control-allow-origin']).toBe('https://desk.example')
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined()
  })

  test('the load balancer’s questions, and the proxy’s request number', async () => {
    const get = (url: string, headers = {}) => server.app.inject({ method: 'GET', url, headers })
    expect((await get('/healthz')).json()).toEqual({ status: 'ok' })
    expect((await get('/readyz')).json()).toEqual({ status: 'ready' })
    expect((await get('/healthz', { 'x-request-id': 'proxy-12345' })).headers['x-request-id']).toBe('proxy-12345')
    expect((await get('/healthz', { 'x-request-id': 'bad id\u0001' })).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('in production', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await testApi({ modules: coreModules, config: { production: true, http: { corsOrigins: [], trustProxy: false, introspection: false } } })
    await twoCounties(api.database)
  })
  afterAll(() => api.close())

  test('nothing is suggested, introspected or traced', async () => {
    const token = await api.token('C-LEADER')
    const wrong = ['{ unit { nam } }', '{ unitz { totalCount } }', '{ units(filter: { kind: { eq: GOVERNMENTX } }) { totalCount } }', '{ units { nodes { nameZ } } }']
    const answers = [...await Promise.all(wrong.map(q => api.ask(token, q))), await api.ask(token, 'query ($k: UnitKind) { units(filter: { kind: { eq: $k } }) { totalCount } }', { k: 'TOWNSHI' })]
    for (const { text, errors } of answers) {
      expect(errors.length).toBeGreaterThan(0)
      expect(text).not.toMatch(/Did you mean|nameZh|TOWNSHIP|stack|node_modules/)
    }
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Unit") { name } }']) {
      const { errors } = await api.ask(token, query)
      expect([errors[0]!.extensions.code, errors[0]!.message]).toEqual(['GRAPHQL_VALIDATION_FAILED', expect.stringMatching(/^GraphQL introspection has been disabled/)])
    }
  })

  test('the log holds operations, times and codes, and neither values nor names nor tokens', async () => {
    const token = await api.token('C-LEADER')
    await api.ask(token, 'query FindSomebody($code: String!) { unitByCode(code: $code) { nameZh } persons { nodes { displayName } } }', { code: 'SECRET-VALUE' })
    await api.ask(token, 'mutation Refused($id: ID!) { confirmPower(input: { id: $id }) { power { id } } }', { id: 'pw_SECRET-VALUE' })
    await new Promise(resolve => setImmediate(resolve))
    const lines = api.logged.map(line => JSON.parse(line) as Record<string, unknown>)
    expect(lines.find(l => l['operation'] === 'FindSomebody')).toMatchObject({ msg: 'request', method: 'POST', route: '/graphql', status: 200, requestId: expect.any(String), ms: expect.any(Number) })
    expect(lines.find(l => l['operation'] === 'Refused')).toMatchObject({ codes: ['FORBIDDEN'] })
    for (const secret of ['SECRET-VALUE', '岗位人员', 'C-LEADER', token, api.database.url]) expect(api.logged.join('')).not.toContain(secret)
  })
})
