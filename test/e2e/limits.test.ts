import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import pino from 'pino'
import { WebSocket } from 'ws'
import { createServer, DEFAULT_LIMITS, type ApiServer, type ServerConfig } from '../../src/api'
import { OperationCheck, OperationService, readHandedIn } from '../../src/api/operations'
import { hashOfText } from '../../src/api/operations/manifest'
import { logUnfit } from '../../src/api/operations/still-fit'
import { systemActor } from '../../src/core/actor'
import { coreModules } from '../../src/modules'
import { testApi, type TestApi } from '../support/api'
import { twoCounties, type TwoCounties } from '../support/two-counties'

/** Stands in every request: must not be found in a log. */
const MARK = 'geheimes_Zeichen_7351'

interface Told { message: string; extensions: Record<string, unknown> & { code: string } }
interface Reply { status: number; headers: Record<string, unknown>; data: unknown; errors: Told[]; extensions: unknown; text: string }

let api: TestApi
let world: TwoCounties
let editor: string
let admin: string
const logged: string[] = []
const servers: ApiServer[] = []

const server = async (config: Partial<ServerConfig> & { http?: Partial<ServerConfig['http']> }): Promise<ApiServer> => {
  const made = await createServer({
    modules: coreModules, db: api.database.db, authenticator: api.authenticator, log: pino({ level: 'info' }, { write: line => void logged.push(line) }),
    config: { production: false, planner: true, limits: {}, ...config, http: { corsOrigins: [], trustProxy: false, introspection: true, ...config.http } },
  })
  await made.app.ready()
  servers.push(made)
  return made
}

const replyOf = (response: { statusCode: number; headers: Record<string, unknown>; body: string }): Reply => {
  const { data, errors = [], extensions } = JSON.parse(response.body) as { data?: unknown; errors?: Told[]; extensions?: unknown }
  return { status: response.statusCode, headers: response.headers, data, errors, extensions, text: response.body }
}
const post = async (to: ApiServer, body: unknown, o: { token?: string | null; headers?: Record<string, string>; address?: string } = {}): Promise<Reply> => {
  const token = o.token === undefined ? editor : o.token
  return replyOf(await to.app.inject({
    method: 'POST', url: '/graphql', payload: typeof body === 'string' ? body : JSON.stringify(body), remoteAddress: o.address ?? '10.0.0.1',
    headers: { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }), ...o.headers },
  }))
}
const get = async (to: ApiServer, query: Record<string, string>, token = editor): Promise<Reply> =>
  replyOf(await to.app.inject({ method: 'GET', url: `/graphql?${new URLSearchParams(query).toString()}`, headers: { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' } }))
const told = ({ errors: [e] }: Reply) => [e!.extensions.code, e!.extensions['limit'], e!.extensions['actual'], e!.extensions['most']]

beforeAll(async () => {
  api = await testApi({ modules: coreModules })
  world = await twoCounties(api.database)
  editor = await api.token('W-EDITOR')
  admin = await api.token('ADMIN')
})
afterAll(async () => {
  for (const one of servers) await one.close()
  await api.close()
  for (const line of [...logged, ...api.logged]) expect(line).not.toContain(MARK)
})

describe('what is too much is refused by the name of its limit before anything is read', () => {
  const many = (n: number, text: (i: number) => string) => Array.from({ length: n }, (_, i) => text(i)).join(' ')
  const unit = (inside: string, rest = '') => `query Op { unitByCode(code: "${MARK}") { ${inside} } } ${rest}`
  /** A selection that stands 2 to the power of n times in the operation. */
  const doubled = (n: number, inside: string) => unit('...F0', many(n + 1, i => `fragment F${i} on Unit { ${i < n ? `...F${i + 1} ... on Unit { ...F${i + 1} }` : inside} }`))
  const nested = (n: number) => unit('parent { '.repeat(n) + 'id' + ' }'.repeat(n))
  const pages = (n: number, of: string) => `query Op { units(first: ${n}) { nodes { powers(first: 100) { nodes { ${of} } } } } }`

  test.each<[string, string, number | undefined, string]>([
    ['tokens, by one', 'tokens', undefined, `{ ${'id '.repeat(4_999)}}`],
    ['tokens, as many as a body holds', 'tokens', undefined, `{ ${'i '.repeat(500_000)}}`],
    ['depth, by one', 'depth', 16, nested(14)],
    ['depth, a hundredfold', 'depth', 1_502, nested(1_500)],
    ['depth of a value, by one', 'depth', 31, `{ units(filter: ${'['.repeat(31)}${']'.repeat(31)}) { totalCount } }`],
    ['depth, through fragments named like those of introspection', 'depth', 17, unit('...__IntrospectionQuery', `fragment __IntrospectionQuery on Unit { ...__TypeRef } fragment __TypeRef on Unit { ${'parent { '.repeat(15)}id${' }'.repeat(15)} }`)],
    ['depth of introspection', 'depth', 42, `{ __type(name: "Unit") { ${'ofType { '.repeat(40)}name${' }'.repeat(40)} } }`],
    ['fields, by one', 'fields', 2_001, unit('id '.repeat(2_000))],
    ['fields, a millionfold', 'fields', 1_048_577, doubled(20, 'id')],
    ['aliases, by one', 'aliases', 101, unit(many(101, i => `a${i}: id`))],
    ['aliases, by a million', 'aliases', 1_048_576, doubled(20, 'a: id')],
    ['directives, by one', 'directives', 51, unit('id @include(if: true) '.repeat(51))],
    ['directives, by a million', 'directives', 1_048_576, doubled(20, 'id @include(if: true)')],
    ['root fields, by one', 'rootFields', 31, `{ ${many(31, i => `a${i}: __typename`)} }`],
    ['root fields, as many as tokens allow', 'rootFields', 1_900, `{ ...F } fragment F on Query { ${many(1_900, () => '__typename')} }`],
    ['cost, by one', 'cost', 50_001, `{ ${many(7, i => `a${i}: __typename`)} units(first: 100) { nodes { powers(first: 83) { nodes { riskPoints(first: 4) { nodes { id } } } } } } }`],
    ['cost, by millions', 'cost', 102_020_201, pages(100, 'riskPoints(first: 100) { nodes { controls(first: 100) { nodes { id } } } }')],
    ['list items, by one', 'listItems', 1_001, `{ nodes(ids: [${'"a",'.repeat(1_001)}]) { id } }`],
  ])('%s', async (name, limit, actual, query) => {
    const { planned, resolved } = api.server.stats
    const answer = await post(api.server, { query })
    expect([answer.status, new Set(answer.errors.map(e => e.extensions.code))]).toEqual([400, new Set(['LIMIT_EXCEEDED'])])
    const { extensions } = answer.errors.find(e => e.extensions['limit'] === limit)!
    const most = DEFAULT_LIMITS[limit as keyof typeof DEFAULT_LIMITS]
    expect([extensions['actual'], extensions['most']]).toEqual([actual, name.startsWith('depth of a value') ? 30 : most])
    if (limit === 'cost') expect(answer.extensions).toEqual({ cost: { requested: actual, limit: most } })
    expect(api.server.stats).toMatchObject({ planned, resolved })
  })

  test('depth of a value, as far as tokens go, whether or not the parser gets to its end', async () => {
    const answer = await post(api.server, { query: `{ units(filter: ${'['.repeat(2_450)}${']'.repeat(2_450)}) { totalCount } }` })
    expect([answer.status, answer.errors.map(e => [e.extensions.code, e.extensions['limit']])]).toEqual([400, [['LIMIT_EXCEEDED', 'depth']]])
  })

  test.each<[string, string, unknown, [number | undefined, number]]>([
    ['list items in variables, by one', 'listItems', { ids: Array(1_001).fill(MARK) }, [1_001, 1_000]],
    ['list items in variables, as many as a body holds', 'listItems', { ids: Array(200_000).fill('a') }, [200_000, 1_000]],
    ['ids, by one', 'ids', { ids: Array(101).fill(MARK) }, [101, 100]],
    ['a page, by one', 'first', { first: 101 }, [101, 100]], ['a page, by a million', 'first', { first: 1_000_100 }, [1_000_100, 100]],
    ['a page from the end, by one', 'last', { last: 101 }, [101, 100]], ['a page from the end, by a million', 'last', { last: 1_000_100 }, [1_000_100, 100]],
    ['values of a filter, by one', 'in', { filter: { code: { in: Array(201).fill(MARK) } } }, [201, 200]],
    ['branches of a filter, by one', 'or', { filter: { or: Array(21).fill({ code: { eq: MARK } }) } }, [21, 20]],
    ['levels of a filter, by one', 'orDepth', { filter: { or: [{ or: [{ or: [{ or: [{ code: { eq: MARK } }] }] }] }] } }, [4, 3]],
    ['keys of an order, by one', 'orderBy', { orderBy: Array(6).fill({ field: 'CODE' }) }, [6, 5]],
  ])('%s', async (_, limit, variables, [actual, most]) => {
    const query = `query Op($ids: [ID!] = [], $first: Int, $last: Int, $filter: UnitFilter, $orderBy: [UnitOrder!]) { nodes(ids: $ids) { id } units(first: $first, last: $last, filter: $filter, orderBy: $orderBy) { nodes { id } } }`
    expect(told(await post(api.server, { query: query.replace('[ID!] =', '[ID!]! ='), variables }))).toEqual(['LIMIT_EXCEEDED', limit, actual, most])
  })

  test.each([2, 50_000])('a list of %d operations in one request', async n => {
    const answer = await post(api.server, Array(n).fill({ query: '{ a }' }))
    expect([answer.status, ...told(answer)]).toEqual([400, 'LIMIT_EXCEEDED', 'batch', n, 1])
  })

  test.each([0, 1])('a list of %d operations exceeds nothing, and is no request', async n => {
    const answer = await post(api.server, Array(n).fill({ query: '{ a }' }))
    expect([answer.status, answer.errors[0]!.extensions.code]).toEqual([400, 'BAD_INPUT'])
  })

  test.each([[1_048_577], [2_048_576]])('a body that is too large (%d)', async n => {
    const body = JSON.stringify({ query: `{a}`, variables: MARK })
    const answer = await post(api.server, body + ' '.repeat(n - body.length))
    expect([answer.status, ...told(answer)]).toEqual([413, 'LIMIT_EXCEEDED', 'bodyBytes', undefined, 1_048_576])
  })

  test('what is just within the limits is answered', async () => {
    for (const query of [unit(many(100, i => `a${i}: id`)), unit('id @include(if: true) '.repeat(50)), nested(13), `{ ${many(30, i => `a${i}: __typename`)} }`]) {
      expect((await post(api.server, { query })).errors).toEqual([])
    }
  })

  test('whoever asks is told what an operation costs; everybody else gets the database’s own text', async () => {
    const query = '{ units(first: 10) { totalCount nodes { id } } }'
    const { extensions, data } = await post(api.server, { query, extensions: { cost: true } })
    expect(extensions).toEqual({ cost: { requested: 1 + 10 + 10, limit: 50_000 } })
    const plain = await post(api.server, { query })
    expect([plain.data, plain.extensions]).toEqual([data, undefined])
    expect((await get(api.server, { query, extensions: '{"cost":true}' })).extensions).toEqual(extensions)
  })

  test('declared costs stand in the descriptions that clients read', () => {
    const field = (type: string, name: string) => (isObjectType(api.server.schema.getType(type)) ? (api.server.schema.getType(type) as GraphQLObjectType).getFields()[name]!.description : '')
    expect(field('UnitConnection', 'totalCount')).toMatch(/Costs 10\.$/)
    expect(field('Mutation', 'proposePower')).toMatch(/Costs 10\.$/)
    expect(field('Unit', 'indicatorValue')).toMatch(/Costs 5\.$/)
  })
})

describe('requests per minute', () => {
  const limits = { requestsPerMinute: 5, requestsPerMinuteOfAddress: 12, failedSignInsPerMinute: 4 }
  const query = { query: `{ ${MARK}: __typename }` }
  let one: ApiServer
  let two: ApiServer
  beforeAll(async () => {
    one = await server({ limits, http: { trustProxy: 1 } as never })
    two = await server({ limits })
  })
  const from = (to: ApiServer, address: string, token?: string | null) => post(to, query, { address, ...(token !== undefined && { token }) })

  test('the one too many is 429 in the shape of all errors, with the time after which to come again', async () => {
    const token = await api.token('CITY')
    const statuses: Reply[] = []
    for (let i = 0; i < 6; i++) statuses.push(await from(one, '10.1.0.1', token))
    expect(statuses.map(s => s.status)).toEqual([200, 200, 200, 200, 200, 429])
    const { headers, errors: [error] } = statuses[5]!
    expect(error!.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'requestsPerMinute', most: 5, requestId: headers['x-request-id'] })
    expect([Number(headers['retry-after']), headers['x-content-type-options']]).toEqual([error!.extensions['retryAfter'], 'nosniff'])
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1)
  })

  test('health is asked as often as one likes', async () => {
    for (let i = 0; i < 20; i++) expect((await one.app.inject({ method: 'GET', url: '/healthz', remoteAddress: '10.1.0.2' })).statusCode).toBe(200)
  })

  test('other instances count along', async () => {
    const token = await api.token('W-LEADER')
    for (let i = 0; i < 3; i++) await from(one, '10.1.0.3', token)
    for (let i = 0; i < 2; i++) await from(two, '10.1.0.3', token)
    for (let round = 0; round < 2; round++) for (const instance of [one, two]) await instance.exchange.exchange()
    expect((await from(one, '10.1.0.4', token)).status).toBe(429)
    expect((await from(two, '10.1.0.4', token)).status).toBe(429)
    const { rows } = await api.database.owner.query<{ count: number }>(`SELECT sum(count)::int AS count FROM request_count WHERE key = 'i person:' || (SELECT id FROM person WHERE staff_no = 'W-LEADER')`)
    expect(rows[0]!.count).toBe(5)
  })

  test('anonymous requests are counted by the address, which only a trusted proxy may tell', async () => {
    const forwarded = (to: ApiServer, by: string) => post(to, query, { token: null, address: '10.1.0.5', headers: { 'x-forwarded-for': by } })
    for (let i = 0; i < 12; i++) expect((await forwarded(two, `203.0.113.${i}`)).status).toBe(200)
    expect(told(await forwarded(two, '203.0.113.99'))[1]).toBe('requestsPerMinuteOfAddress')
    // What a client wrote itself stands left of what the proxy added.
    for (let i = 0; i < 12; i++) expect((await forwarded(one, `198.51.100.${i}, 203.0.113.7`)).status).toBe(200)
    expect((await forwarded(one, '198.51.100.99, 203.0.113.7')).status).toBe(429)
    expect((await forwarded(one, '198.51.100.99, 203.0.113.8')).status).toBe(200)
  })

  // From the nearest proxy's socket (127.0.0.1) leftwards: what a request counts as, what an upgrade of the same client says, and of another one.
  test.each<[ServerConfig['http']['trustProxy'], string, string, string | null]>([
    [false, '203.0.113.1', '203.0.113.2', null],
    [true, '203.0.113.1', '198.51.100.9, 203.0.113.1', '203.0.113.2'],
    [1, '203.0.113.1', '198.51.100.9, 203.0.113.1', '203.0.113.1, 203.0.113.2'],
    [2, '203.0.113.1, 10.9.0.1', '198.51.100.9, 203.0.113.1, 10.9.0.2', '198.51.100.9, 203.0.113.2, 10.9.0.1'],
    [['127.0.0.0/8', '10.0.0.0/8'], '203.0.113.1, 10.9.0.1', '198.51.100.9, 203.0.113.1, 10.9.0.3, 10.9.0.2', '203.0.113.1, 203.0.113.2'],
    [['192.0.2.1'], '203.0.113.1', '203.0.113.2', null],
  ])('upgrades count for the client that requests count for, behind proxies %j', async (trustProxy, request, same, other) => {
    const proxied = await server({ limits: { requestsPerMinuteOfAddress: 1 }, http: { trustProxy } as never })
    const url = await proxied.listen({ host: '127.0.0.1', port: 0 })
    const upgrade = (by: string) => new Promise<number | undefined>((done, fail) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers: { 'x-forwarded-for': by } })
      socket.once('upgrade', ({ statusCode }) => done(statusCode)).once('unexpected-response', (_, { statusCode }) => done(statusCode)).once('error', fail).once('open', () => socket.terminate())
    })
    expect((await post(proxied, query, { token: null, address: '127.0.0.1', headers: { 'x-forwarded-for': request } })).status).toBe(200)
    expect(await upgrade(same)).toBe(429)
    if (other !== null) expect(await upgrade(other)).toBe(101)
  })

  test('guessed tokens close the door for unknown ones; known ones still come in', async () => {
    const known = await api.token('C-LEADER')
    expect((await from(one, '10.1.0.6', known)).status).toBe(200)
    for (let i = 0; i < 4; i++) expect((await from(one, '10.1.0.6', `${MARK}.${i}`)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
    expect(told(await from(one, '10.1.0.6', `${MARK}.5`)).slice(0, 2)).toEqual(['LIMIT_EXCEEDED', 'failedSignInsPerMinute'])
    expect((await from(one, '10.1.0.7', `${MARK}.5`)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED')
  })
})

describe('time', () => {
  let quick: ApiServer
  beforeAll(async () => { quick = await server({ limits: { queryTime: 300, commandTime: 300, requestsInFlight: 1 } }) })

  const LOCKED = { power: 'power', unit: 'unit', risk_point: 'risk_point' } as const
  /** While somebody else holds the table. */
  const whileLocked = async <T>(table: keyof typeof LOCKED, work: () => Promise<T>): Promise<T> => {
    const holder = await api.database.owner.connect()
    try {
      await holder.query('BEGIN')
      await holder.query(`LOCK TABLE ${LOCKED[table]} IN ACCESS EXCLUSIVE MODE`)
      return await work()
    } finally {
      await holder.query('ROLLBACK')
      holder.release()
    }
  }
  const waiting = async () => (await api.database.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)).rows[0]!.n
  const until = async (holds: () => Promise<boolean>) => { while (!await holds()) await new Promise(resolve => setTimeout(resolve, 20)) }

  test.each(['{ powers { nodes { id } } }', '{ powers(last: 3) { nodes { id unit { id } } } }', '{ riskPointAggregate(groupBy: [SECTOR]) { totals { count } } }'])('a query that takes too long is cancelled in the database too: %s', async query => {
    await whileLocked('power', async () => {
      const answer = await post(quick, { query })
      expect(told(answer).slice(0, 2)).toEqual(['LIMIT_EXCEEDED', 'queryTime'])
      expect(await waiting()).toBe(0)
    })
    expect((await post(quick, { query })).errors).toEqual([])
  })

  test('a command that is cancelled while it writes is rolled back whole, and the same key does it afterwards', async () => {
    const input = { unitId: world.wangcang.ids.Unit, code: 'P-09', nameZh: MARK, category: 'FUND_SUPERVISION', significance: 'MAJOR', positionIds: [world.wangcang.ids.Position], idempotencyKey: 'limits-time-1' }
    const propose = () => post(quick, { query: 'mutation ($input: ProposePowerInput!) { proposePower(input: $input) { power { code } } }', variables: { input } })
    const traces = async () => (await api.database.owner.query(`SELECT (SELECT count(*)::int FROM audit_record) AS audited, (SELECT count(*)::int FROM idempotent_request) AS answers`)).rows
    const before = await traces()
    await whileLocked('power', async () => {
      const { errors: [error] } = await propose()
      expect(error!.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'queryTime', outcome: 'UNKNOWN' })
      expect(await waiting()).toBe(0)
    })
    expect(await traces()).toEqual(before)
    expect((await propose()).data).toEqual({ proposePower: { power: { code: 'P-09' } } })
  })

  test.each([
    ['one statement', 'riskPoints(first: 1) { nodes { code } }', ['proposePower']],
    ['graphql-js', 'unit { division { code } } riskPoints(first: 1) { nodes { code } }', ['proposePower', 'power', 'riskPoints']],
  ])('a command whose answer takes too long to read, by %s, may be done, and the same key gives the answer', async (by, selection, path) => {
    const code = `P-LATE-${by.length}`
    const input = { unitId: world.wangcang.ids.Unit, code, nameZh: MARK, category: 'FUND_SUPERVISION', significance: 'MAJOR', positionIds: [world.wangcang.ids.Position], idempotencyKey: `limits-late-${by.length}` }
    const propose = () => post(quick, { query: `mutation ($input: ProposePowerInput!) { proposePower(input: $input) { power { code ${selection} } } }`, variables: { input } })
    await whileLocked('risk_point', async () => {
      const { errors } = await propose()
      expect(errors).toMatchObject([{ path, extensions: { code: 'LIMIT_EXCEEDED', limit: 'queryTime', outcome: 'UNKNOWN' } }])
    })
    expect((await propose()).data).toMatchObject({ proposePower: { power: { code } } })
    expect((await api.database.owner.query('SELECT FROM power WHERE code = $1', [code])).rowCount).toBe(1)
  })

  test('who goes away takes the query along, and who has too much going at once waits', async () => {
    const patient = await server({ limits: { requestsInFlight: 1 } })
    const url = await patient.listen({ host: '127.0.0.1', port: 0 })
    await whileLocked('power', async () => {
      const leaving = new AbortController()
      const gone = fetch(`${url}/graphql`, {
        method: 'POST', signal: leaving.signal, headers: { 'content-type': 'application/json', authorization: `Bearer ${editor}` }, body: JSON.stringify({ query: '{ powers { nodes { id } } }' }),
      }).catch((error: Error) => error.name)
      await until(async () => await waiting() === 1)
      const second = await post(patient, { query: '{ __typename }' })
      expect([second.status, ...told(second)]).toEqual([429, 'LIMIT_EXCEEDED', 'requestsInFlight', undefined, 1])
      leaving.abort()
      expect(await gone).toBe('AbortError')
      await until(async () => await waiting() === 0)
    })
    await until(async () => (await post(patient, { query: '{ __typename }' })).status === 200)
  })
})

describe('in production', () => {
  let closed: ApiServer
  beforeAll(async () => { closed = await server({ production: true, http: { introspection: false, trustProxy: 1, hsts: 600 } as never }) })

  /** Every name of the schema that is no plain English word. */
  const names = (schema: GraphQLSchema): string[] => [...new Set(Object.values(schema.getTypeMap()).filter(t => !t.name.startsWith('__')).flatMap(type => [
    type.name,
    ...(isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()).flatMap(f => [f.name, ...f.args.map(a => a.name)]) : []),
    ...(isInputObjectType(type) ? Object.keys(type.getFields()) : []),
    ...(isEnumType(type) ? type.getValues().map(v => v.name) : []),
  ]))].filter(name => /[a-z][A-Z]|_|^[A-Z]/.test(name) && !['Int', 'Float', 'String', 'Boolean', 'ID'].includes(name))

  test.each<[string, object?]>([
    ['{ unit }'], ['{ unitz { id } }'], ['{ units { nodes { nameZ } } }'], ['{ units(firs: 1) { nodes { id } } }'], ['{ units(filter: { cod: { eq: "x" } }) { nodes { id } } }'],
    ['{ units(filter: { kind: { in: [COUNT] } }) { nodes { id } } }'], ['{ units(filter: { kind: { eq: "COUNTY" } }) { nodes { id } } }'], ['{ units(orderBy: [{ field: COD }]) { nodes { id } } }'],
    ['{ units(orderBy: [{ direction: ASC }]) { nodes { id } } }'], ['{ unit { id } }'], ['{ units }'], ['{ units { nodes } }'], ['{ units { totalCount { x } } }'],
    ['mutation { proposePowe { id } }'], ['mutation { proposePower(input: { cod: 1 }) { power { id } } }'], ['mutation { proposePower { power { id } } }'],
    ['query ($f: UnitFilte) { units(filter: $f) { nodes { id } } }'], ['query ($f: PowerFilter) { units(filter: $f) { nodes { id } } }'], ['{ node(id: "x") { ... on Uni { id } } }'],
    ['{ node(id: "x") { nameZh } }'], ['{ units { ... on Power { id } } }'], ['{ __schema { types { name } } }'], ['{ units { nodes { id } } } fragment F on Unit { id }'], ['{ units @incl(if: true) { nodes { id } } }'],
    ['query ($f: UnitFilter) { units(filter: $f) { totalCount } }', { f: { cod: { eq: 'x' } } }], ['query ($f: UnitFilter) { units(filter: $f) { totalCount } }', { f: { kind: { in: ['COUNT'] } } }],
    ['query ($f: UnitFilter) { units(filter: $f) { totalCount } }', { f: { kind: 7 } }], ['mutation ($i: ProposePowerInput!) { proposePower(input: $i) { power { id } } }', { i: { cod: 'x' } }],
    ['mutation ($i: ProposePowerInput!) { proposePower(input: $i) { power { id } } }', { i: {} }], ['query ($n: Int) { units(first: $n) { totalCount } }', { n: 'ten' }], ['query ($d: LocalDate) { a: __typename b: units(first: $d) { totalCount } }', { d: 1 }],
    ['mutation ($i: ProposePowerInput!) { proposePower(input: $i) { power { id } } }', { i: { unitId: 'x', code: 'x', nameZh: 'x', category: 'FUND', significance: 'MAJO', positionIds: 'x' } }],
  ])('%s tells nothing of the schema that was not sent', async (query, variables = {}) => {
    const { errors } = await post(closed, { query, variables })
    expect(errors.length).toBeGreaterThan(0)
    const sent = new Set(`${query} ${JSON.stringify(variables)}`.match(/\w+/g))
    const messages = errors.map(e => e.message).join('\n')
    expect(messages).not.toMatch(/did you mean/i)
    // The operation that everybody may send, and what the library says of itself.
    const words = new Set(messages.replace(/Apollo Server|ApolloServer|GraphQL|Enum /g, '').match(/\w+/g))
    expect(names(closed.schema).filter(name => words.has(name) && !sent.has(name))).toEqual([])
  })

  test('browsers that came by https are told to stay there, by the word of the proxy alone', async () => {
    const headers = async (given: Record<string, string>, to = closed) => (await to.app.inject({ method: 'GET', url: '/healthz', headers: given })).headers
    expect((await headers({ 'x-forwarded-proto': 'https' }))['strict-transport-security']).toBe('max-age=600')
    expect(await headers({})).not.toHaveProperty('strict-transport-security')
    expect(await headers({ 'x-forwarded-proto': 'https' }, api.server)).not.toHaveProperty('strict-transport-security')
    const all = await headers({})
    expect(all).toMatchObject({ 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' })
    for (const banner of ['server', 'x-powered-by', 'via']) expect(all).not.toHaveProperty(banner)
  })
})

describe('listed operations', () => {
  const UNITS = 'query Units($first: Int = 5) { units(first: $first) { totalCount } }'
  const VIEWER = 'query Viewer { viewer { ref } }'
  const origin = { actor: systemActor('test'), requestId: 'test', address: null }
  let safe: ApiServer
  let service: OperationService
  let folder: string
  const hash = hashOfText
  const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } })
  const check = () => new OperationCheck(api.server.schema, DEFAULT_LIMITS)
  const written = (name: string, content: unknown) => {
    const at = path.join(folder, name)
    writeFileSync(at, typeof content === 'string' ? content : JSON.stringify(content))
    return at
  }
  const manifest = (operations: object[]) => ({ format: 'apollo-persisted-query-manifest', version: 1, operations })
  const entry = (body: string, name: string, o: object = {}) => ({ id: hash(body), name, type: 'query', body, ...o })

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'plumbline-operations-'))
    service = new OperationService(api.database.db)
    await service.publish(origin, 'desk', check().all(readHandedIn(written('manifest.json', manifest([entry(UNITS, 'Units'), entry(VIEWER, 'Viewer')])))).fit)
    safe = await server({ safelist: true })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('are answered by hash, by document id and by their whole text, over POST and GET', async () => {
    const expected = expect.objectContaining({ status: 200, data: { units: { totalCount: expect.any(Number) } }, errors: [] })
    expect(await post(safe, persisted(hash(UNITS)))).toEqual(expected)
    expect(await post(safe, { ...persisted(hash(UNITS)), query: UNITS, operationName: 'Units' })).toEqual(expected)
    expect(await post(safe, { documentId: `sha256:${hash(UNITS)}`, variables: { first: 1 } })).toEqual(expected)
    expect(await post(safe, { documentId: hash(UNITS) })).toEqual(expected)
    expect(await post(safe, { query: UNITS })).toEqual(expected)
    expect(await get(safe, { extensions: JSON.stringify(persisted(hash(UNITS)).extensions) })).toEqual(expected)
    expect(await get(safe, { documentId: hash(UNITS), variables: '{"first":1}' })).toEqual(expected)
    expect(await get(safe, { query: UNITS })).toEqual(expected)
  })

  test.each<[string, object]>([
    ['a text that is not listed', { query: `{ ${MARK}: __typename }` }], ['a listed text with a space more', { query: `${UNITS} ` }], ['a hash that is not listed', persisted(hash(MARK))],
    ['an unlisted text under a listed hash', { query: '{ __typename }', ...persisted(hash(UNITS)) }], ['introspection', { query: '{ __schema { types { name } } }' }], ['nothing', {}],
    ['an id that is not listed', { documentId: MARK }], ['the name of a text', persisted(UNITS)], ['a text that is none', { query: { kind: 'Document' } }], ['a listed id beside an unlisted text', { documentId: hash(UNITS), query: '{ a }' }],
  ])('%s is not answered', async (_, body) => {
    const { planned, resolved } = safe.stats
    const answer = await post(safe, body)
    expect([answer.status, answer.data, answer.errors.map(e => e.extensions.code)]).toEqual([403, undefined, ['OPERATION_NOT_LISTED']])
    const strings = Object.fromEntries(Object.entries(body).map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)]))
    expect((await get(safe, strings)).errors[0]!.extensions.code).toBe('OPERATION_NOT_LISTED')
    expect(safe.stats).toMatchObject({ planned, resolved })
  })

  test('elsewhere they are persisted queries that nobody need send first', async () => {
    await api.server.operations.refresh()
    expect((await post(api.server, persisted(hash(VIEWER)))).errors).toEqual([])
    expect((await post(api.server, { documentId: hash(VIEWER) })).errors).toEqual([])
    expect((await post(api.server, { documentId: hash(MARK) })).errors[0]!.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  test('are listed once, retired by name, and listed again; running instances follow', async () => {
    const audited = async () => (await api.database.owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_record WHERE subject_type = 'persisted_operation' AND command IN ('publishOperations', 'retireOperations')`)).rows[0]!.n
    const before = await audited()
    const text = 'query Grievance { __typename }'
    const { fit } = check().all(readHandedIn(written('grievance.graphql', text)))
    expect(await service.publish(origin, 'desk', fit)).toEqual({ added: 1, unchanged: 0 })
    expect(await service.publish(origin, 'desk', fit)).toEqual({ added: 0, unchanged: 1 })
    await safe.operations.refresh()
    expect((await post(safe, { query: text })).status).toBe(200)
    expect(await service.retire(origin, 'reports', 'Grievance')).toEqual([])
    expect(await service.retire(origin, 'desk', 'Grievance')).toEqual([{ name: 'Grievance', hash: hash(text) }])
    await safe.operations.refresh()
    for (const body of [{ query: text }, persisted(hash(text))]) expect((await post(safe, body)).status).toBe(403)
    expect(await service.publish(origin, 'desk', fit)).toEqual({ added: 1, unchanged: 0 })
    expect(await audited() - before).toBe(3)
  })

  test('what does not fit is told all at once, and nothing of it is listed', () => {
    const bodies = ['query A { salary }', 'query B { __typename } query C { __typename }', '{ __typename }', 'query D {', `query E { ${Array.from({ length: 31 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      'query F { units(first: 100) { nodes { powers(first: 100) { nodes { riskPoints(first: 100) { nodes { id } } } } } } }', 'subscription G { __typename }']
    const wrong = [...bodies.map((b, i) => entry(b, String.fromCharCode(65 + i))), entry(VIEWER, 'Other'), { ...entry(VIEWER, 'Viewer'), id: 'abc' }, entry(VIEWER, 'Viewer', { type: 'mutation' })]
    const { fit, problems } = check().all(readHandedIn(written('wrong.json', manifest(wrong))))
    expect([fit, new Set(problems.map(p => Number(/\d+/.exec(p.place)![0])))]).toEqual([[], new Set(wrong.keys())])
  })

  test.each<[string, unknown]>([['nothing.json', undefined], ['text.json', '{'], ['other.json', { format: 'relay', version: 1, operations: [] }], ['none.json', manifest([])], ['version.json', { ...manifest([entry(VIEWER, 'Viewer')]), version: 2 }]])(
    'a manifest that is none is refused in words: %s', (name, content) => {
      const at = content === undefined ? path.join(folder, name) : written(name, content)
      expect(() => readHandedIn(at)).toThrow(expect.objectContaining({ name: 'ManifestError' }))
    })

  test('the text of what is listed cannot be changed, nor the row removed, by the server', async () => {
    for (const sql of [`UPDATE persisted_operation SET body = 'x'`, `UPDATE persisted_operation SET team = 'x'`, 'DELETE FROM persisted_operation']) {
      await expect(api.database.db.writes.query(sql)).rejects.toMatchObject({ code: '42501' })
    }
    await expect(api.database.owner.query(`UPDATE persisted_operation SET body = 'x'`)).rejects.toMatchObject({ code: '23514' })
  })

  test('administrators see the registry, others do not', async () => {
    const query = '{ persistedOperations(filter: { team: { eq: "desk" }, retiredAt: { isNull: true } }) { nodes { team name kind hash cost retiredAt } } }'
    const { data } = await post(api.server, { query }, { token: admin })
    expect((data as { persistedOperations: { nodes: object[] } }).persistedOperations.nodes).toContainEqual({ team: 'desk', name: 'Units', kind: 'QUERY', hash: hash(UNITS), cost: 11, retiredAt: null })
    expect((await post(api.server, { query })).errors[0]!.extensions.code).toBe('FORBIDDEN')
  })

  test('after an upgrade it is told which of them no longer fit', async () => {
    const body = 'query Old { fieldOfTheLastVersion }'
    await service.publish(origin, 'desk', [{ name: 'Old', kind: 'QUERY', hash: hash(body), body, cost: 1 }])
    await safe.operations.refresh()
    const warnings: object[] = []
    expect(await logUnfit(safe.operations, check(), { warn: bindings => void warnings.push(bindings) })).toBe(1)
    expect(warnings).toEqual([expect.objectContaining({ team: 'desk', operation: 'Old', hash: hash(body) })])
  })
})
