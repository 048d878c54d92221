import { testServer, type TestServer } from '../support/server'
import { twoCounties, W_HEALTH, type TwoCounties } from '../support/two-counties'

jest.setTimeout(120_000)

const PROPOSE = 'mutation ProposeOne($input: ProposePowerInput!) { proposePower(input: $input) { power { code } } }'
/** What clients, rows and errors hold here, and no log line and no figure may. */
const SECRETS = {
  name: '绝密姓名', staffNo: 'W-EDITOR', text: '不得外传的文字', literal: 'literal-in-a-document', variable: 'value-of-a-variable', header: 'forged-credential', cookie: 'sid=stolen',
  detail: 'row-of-another', raised: 'raised-in-a-trigger',
}

let server: TestServer
let world: TwoCounties
let token: string
beforeAll(async () => {
  server = await testServer({
    plugins: ['health-procurement'], env: { PLUMBLINE_LOG_LEVEL: 'info', PLUMBLINE_METRICS_PORT: '0' },
    before: async t => {
      world = await twoCounties(t)
      // Refusals that the product does not know: they end as INTERNAL, with whole rows in their DETAIL.
      await t.owner.query(`ALTER TABLE power ADD CONSTRAINT unforeseen CHECK (name_zh <> '${SECRETS.detail}')`)
      await t.owner.query(`CREATE FUNCTION unforeseen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.name_zh = '${SECRETS.raised}' THEN RAISE EXCEPTION 'no % with %', NEW.name_zh, NEW.code USING DETAIL = NEW.code; END IF; RETURN NEW; END $$`)
      await t.owner.query('CREATE TRIGGER unforeseen BEFORE INSERT ON power FOR EACH ROW EXECUTE FUNCTION unforeseen()')
    },
  })
  token = await server.tokenFor('W-EDITOR')
})
afterAll(() => server.close())

const propose = (code: string, nameZh = '药械采购') => server.query(PROPOSE, { input: {
  unitId: world.wangcang.ids.Unit, code, nameZh, category: 'PROCUREMENT', significance: 'GENERAL', positionIds: [world.wangcang.ids.Position],
} }, 'W-EDITOR')
const scrape = async (): Promise<string> => (await fetch(server.app.metricsUrl!)).text()
/** The value of a figure; 0 when it is not there. */
const figure = (text: string, name: string, labels: Record<string, string>): number =>
  text.split('\n').filter(l => l.startsWith(`${name}{`) && Object.entries(labels).every(([k, v]) => l.includes(`${k}="${v}"`))).reduce((sum, l) => sum + Number(l.slice(l.lastIndexOf(' '))), 0)
const COUNT = 'plumbline_operation_duration_seconds_count'

/** Everything that a hostile or unlucky client may send. Returns the numbers of the requests. */
async function misbehave(): Promise<string[]> {
  const post = (body: string, headers: Record<string, string> = {}) => server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers }, body })
  const unit = world.wangcang.ids.Unit
  const sent = [
    post(JSON.stringify({ query: `{ unitByCode(code: "${SECRETS.literal}") { nameZh ${SECRETS.name} } }` })),
    post(JSON.stringify({ query: `query { unitByCode(code: "${SECRETS.literal}") { ${'x'.repeat(300)} } }` })),
    post(JSON.stringify({ query: 'query Q($id: ID!, $n: Int!) { unit(id: $id) { id powers(first: $n) { totalCount } } }', variables: { id: SECRETS.variable, n: SECRETS.name } })),
    post(JSON.stringify({ query: PROPOSE, variables: { input: { unitId: unit, code: 'X-1', nameZh: `${SECRETS.text}\u0000`, category: 'PROCUREMENT', significance: 'GENERAL', positionIds: [] } } })),
    post(JSON.stringify({ query: '{ __typename }' }), { authorization: `Bearer ${SECRETS.header}` }),
    post(JSON.stringify({ query: '{ __typename }' }), { authorization: SECRETS.name.replace(/./g, 'x') + SECRETS.header, cookie: SECRETS.cookie }),
    post(`{"query": "${SECRETS.literal}`),
    post(JSON.stringify({ query: 7, variables: SECRETS.variable })),
    post(SECRETS.text, { 'content-type': 'text/plain' }),
    post(JSON.stringify({ query: '{ __typename }', variables: { padding: SECRETS.variable.repeat(100_000) } })),
    server.fetch(`/${SECRETS.header}?name=${encodeURIComponent(SECRETS.name)}`),
    server.fetch(`/evidence/${SECRETS.header}`, { headers: { authorization: `Bearer ${token}` } }),
  ]
  const answers = await Promise.all(sent)
  return answers.map(a => a.headers.get('x-request-id')!)
}

describe('metrics', () => {
  test('operations by name, reader and outcome; commands, plugins, errors and limits by name; pools, event loop and build', async () => {
    const before = await scrape()
    for (let i = 0; i < 2; i++) await server.data('query UnitPage($id: ID!) { unit(id: $id) { code } }', { id: world.wangcang.ids.Unit }, 'W-EDITOR')
    await server.data('query Contracts { healthProcurement { contracts(first: 1) { totalCount } } }', {}, 'W-EDITOR')
    await server.data('query Me { viewer { ref } }', {}, 'W-EDITOR')
    expect((await propose('M-1')).errors).toEqual([])
    expect((await propose('M-1')).errors[0]!.extensions['outcome']).toBe('NOT_DONE')
    await server.query(`{ ${Array.from({ length: 40 }, (_, i) => `a${i}: __typename`).join(' ')} ${'unit(id: "x") { parent { '.repeat(20)}code${' } }'.repeat(20)} }`, {}, 'W-EDITOR')
    const after = await scrape()
    const grown = (name: string, labels: Record<string, string>): number => figure(after, name, labels) - figure(before, name, labels)

    expect(grown(COUNT, { operation: 'UnitPage', type: 'query', reader: 'planned', status: '200', outcome: 'ok' })).toBe(2)
    expect(grown(COUNT, { operation: 'Contracts', outcome: 'ok' })).toBe(1)
    expect(grown(COUNT, { operation: 'Me', reader: 'resolvers' })).toBe(1)
    expect(grown(COUNT, { operation: 'ProposeOne', type: 'mutation', outcome: 'error' })).toBe(1)
    expect(grown('plumbline_commands_total', { command: 'proposePower', outcome: 'done' })).toBe(1)
    expect(grown('plumbline_commands_total', { command: 'proposePower', outcome: 'not_done' })).toBe(1)
    expect(grown('plumbline_plugin_operations_total', { plugin: 'health-procurement', outcome: 'ok' })).toBe(1)
    expect(figure(after, 'plumbline_plugin_up', { plugin: 'health-procurement', state: 'ENABLED' })).toBe(1)
    expect(grown('plumbline_errors_total', { code: 'CONFLICT' })).toBe(1)
    expect(grown('plumbline_limit_refusals_total', { limit: 'depth' })).toBe(1)
    expect(grown('plumbline_http_request_duration_seconds_count', { route: '/graphql', status: '400' })).toBe(1)
    for (const pool of ['read', 'write']) expect(figure(after, 'plumbline_pool_connections', { pool, state: 'max' })).toBeGreaterThan(0)
    expect(figure(after, 'plumbline_pool_connections', { pool: 'read', state: 'total' })).toBeGreaterThan(0)
    expect(after).toMatch(/^plumbline_pool_connections\{pool="read",state="waiting"\} 0$/m)
    expect(after).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m)
    expect(after).toMatch(/^process_resident_memory_bytes \d/m)
    expect(after).toMatch(/^plumbline_build_info\{version="\d+\.\d+\.\d+"\} 1$/m)
  })

  test('no figure holds a document, a value, a person or an address, whatever was asked', async () => {
    await misbehave()
    await propose('M-2', SECRETS.detail)
    const text = await scrape()
    for (const secret of [...Object.values(SECRETS), token, '岗位人员', '127.0.0.1', world.wangcang.ids.Unit]) expect(text).not.toContain(secret)
    const labels = [...text.matchAll(/^(plumbline_\w+)\{(.*)\} /gm)].map(([, name, all]) => `${name} ${[...all!.matchAll(/(\w+)="/g)].map(m => m[1]).filter(l => l !== 'le').join(' ')}`)
    const histogram = (name: string, names: string): string[] => ['bucket', 'count', 'sum'].map(part => `${name}_${part} ${names}`)
    const known = [
      'plumbline_build_info version', 'plumbline_commands_total command outcome', 'plumbline_errors_total code', 'plumbline_limit_refusals_total limit',
      'plumbline_event_lag_seconds subscriber', 'plumbline_jobs state', 'plumbline_events_parked subscriber', 'plumbline_events_waiting subscriber',
      'plumbline_plugin_operations_total plugin outcome', 'plumbline_plugin_up plugin version state', 'plumbline_pool_connections pool state',
      ...histogram('plumbline_http_request_duration_seconds', 'route method status'), ...histogram('plumbline_operation_duration_seconds', 'operation type reader status outcome'),
    ]
    expect(labels.length).toBeGreaterThan(0)
    expect(labels.filter(l => !known.includes(l))).toEqual([])
  })

  test('the API does not show them when they have an address of their own', async () => {
    expect((await server.fetch('/metrics')).status).toBe(404)
    const { origin } = new URL(server.app.metricsUrl!)
    expect((await fetch(`${origin}/graphql`)).status).toBe(404)
    expect((await fetch(`${origin}/metrics`, { method: 'POST' })).status).toBe(404)
  })
})

describe('logs', () => {
  test('hostile and failing requests leave their number, codes and where it broke, and nothing of what they held', async () => {
    const numbers = await misbehave()
    for (const [code, name] of [['SECRET-CODE-1', SECRETS.detail], ['SECRET-CODE-2', SECRETS.raised]] as const) {
      const { errors } = await propose(code, name)
      expect(errors[0]).toMatchObject({ message: 'Something went wrong on our side. Tell support the request id.', extensions: { code: 'INTERNAL' } })
      numbers.push(String(errors[0]!.extensions['requestId']))
    }
    const all = server.logged.join('')
    for (const secret of [...Object.values(SECRETS), token, 'SECRET-CODE', '岗位人员', world.wangcang.ids.Unit, W_HEALTH, server.database.url]) expect(all).not.toContain(secret)

    const lines = server.logged.map(line => JSON.parse(line) as Record<string, unknown>)
    // Where it listens is said once; who called is not.
    expect(lines.filter(l => JSON.stringify(l).includes('127.0.0.1')).map(l => l['msg'])).toEqual([expect.stringMatching(/^Server listening/)])
    for (const number of numbers) expect(lines).toContainEqual(expect.objectContaining({ requestId: number, msg: 'request', status: expect.any(Number), ms: expect.any(Number) }))
    const errors = lines.filter(l => l['msg'] === 'unexpected error').map(l => l['err'])
    expect(errors).toContainEqual(expect.objectContaining({ code: '23514', table: 'power', constraint: 'unforeseen', message: 'new row for relation "power" violates check constraint "unforeseen"', stack: expect.stringMatching(/^\s+at /) }))
    expect(errors).toContainEqual(expect.objectContaining({ code: 'P0001', message: 'PostgreSQL refused it: P0001.' }))
    for (const line of lines) expect(['info', 'warn', 'error']).toContain(line['level'])
  })

  test('every answer that is an error names its request', async () => {
    const bodies = await Promise.all([
      server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }),
      server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query": 7}' }),
      server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[]' }),
      server.fetch('/graphql', { headers: { cookie: 'a=b' } }),
      server.fetch('/graphql?query={'), server.fetch('/nothing'), server.fetch('/evidence/x'),
      server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer x' }, body: '{"query":"{__typename}"}' }),
      server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/html' }, body: '{"query":"{__typename}"}' }),
    ])
    for (const response of bodies) {
      const { errors } = await response.json() as { errors: { extensions: { code: string; requestId: string } }[] }
      expect([response.status, errors[0]!.extensions]).toEqual([response.status, expect.objectContaining({ code: expect.stringMatching(/^[A-Z_]+$/), requestId: response.headers.get('x-request-id') })])
      expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/)
    }
  })
})
