import { createHash } from 'node:crypto'
import { serverAudits } from 'graphql-http'
import { coreModules } from '../../src/domain'
import { testApi, type TestApi } from '../support/api'

const QUERY = 'query Q($flag: Boolean!) { __typename viewer @include(if: $flag) { ref } }'
const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('GraphQL over HTTP', () => {
  let api: TestApi
  beforeAll(async () => { api = await testApi({ modules: coreModules }) })
  afterAll(() => api.close())

  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await api.server.app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json', ...headers }, payload: JSON.stringify(body) })
    return { status: response.statusCode, headers: response.headers, text: response.body, json: response.json() as { data?: unknown; errors?: { message: string; extensions: { code: string; requestId: string } }[] } }
  }
  const variables = { flag: false }
  const ANSWER = { data: { __typename: 'Query' } }
  const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } })

  describe('every audit of GraphQL over HTTP, the recommended ones included', () => {
    let url: string
    beforeAll(async () => { url = `${await api.server.listen({ host: '127.0.0.1', port: 0 })}/graphql` })
    const audits = serverAudits({ url: () => url })

    test('there are 61', () => expect(audits).toHaveLength(61))
    test.each(audits.map(audit => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_, audit) => {
      const result = await audit.fn()
      expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok')
    })
  })

  test.each([
    ['of another hash', persisted('0'.repeat(64))], ['of another version', { persistedQuery: { version: 2, sha256Hash: 'aa' } }], ['without a hash', { persistedQuery: { version: 1 } }], ['that is a number', { persistedQuery: 5 }],
  ])('a persisted query %s is refused as input, and as nothing of ours', async (_, extensions) => {
    const { status, json } = await post({ query: QUERY, variables, extensions })
    expect([status, json.errors![0]!.extensions.code]).toEqual([400, 'BAD_INPUT'])
  })

  test('a text is answered again and again, with extensions and operation names beside it', async () => {
    for (let i = 0; i < 3; i++) expect((await post({ query: QUERY, variables })).json).toEqual(ANSWER)
    expect((await post({ query: QUERY, variables, extensions: { clientLibrary: { name: 'c', version: '1' } } })).json).toEqual(ANSWER)
    expect((await post({ query: QUERY, variables, extensions: null, operationName: null })).json).toEqual(ANSWER)
    const two = 'query A { a: __typename } query B { b: __typename }'
    for (const [operationName, data] of [['A', { a: 'Query' }], ['B', { b: 'Query' }]]) expect((await post({ query: two, operationName })).json).toEqual({ data })
    expect((await post({ query: two, operationName: 'C' })).json.errors![0]!.extensions.code).toBe('OPERATION_RESOLUTION_FAILURE')
    const long = `{ __typename } #${'x'.repeat(20_000)}`
    for (let i = 0; i < 2; i++) expect((await post({ query: long })).json).toEqual(ANSWER)
  })

  test('queries are persisted by their hash, after they were sent with it, and by nothing else', async () => {
    const sent = `${QUERY} # persisted`
    await post({ query: sent, variables })
    for (const name of [hash(sent), sent, `apq:${sent}`, '']) {
      const unknown = await post({ variables, extensions: persisted(name) })
      expect([unknown.status, unknown.json.errors![0]!.extensions.code]).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND'])
    }
    expect((await post({ query: sent, variables, extensions: persisted(hash('another')) })).status).toBe(400)
    expect((await post({ query: sent, variables, extensions: persisted(hash(sent)) })).json).toEqual(ANSWER)
    expect((await post({ variables, extensions: persisted(hash(sent)) })).json).toEqual(ANSWER)
  })

  test('a text that is wrong is refused each time, with the request’s number', async () => {
    for (const [query, code] of [['{ __typename', 'GRAPHQL_PARSE_FAILED'], ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED']]) {
      for (let i = 0; i < 2; i++) {
        const { status, headers, json: { errors } } = await post({ query })
        expect([status, errors![0]!.extensions.code, errors![0]!.extensions.requestId]).toEqual([400, code, headers['x-request-id']])
      }
    }
    expect((await post({ query: QUERY, variables: {} })).status).toBe(400)
  })

  test.each([
    [undefined, 'application/json; charset=utf-8'], ['*/*', 'application/json; charset=utf-8'], ['application/json', 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json; charset=utf-8'],
    ['application/json;q=0.5, */*;q=0.1', 'application/json; charset=utf-8'], ['text/html', null], ['application/json;q=0', null],
  ])('who accepts %s is answered %s', async (accept, type) => {
    const { status, headers, json } = await post({ query: QUERY, variables }, accept === undefined ? {} : { accept })
    if (type === null) expect(status).toBe(406)
    else expect([status, headers['content-type'], json]).toEqual([200, type, ANSWER])
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8', 'Application/JSON', 'application/json; x=y'])('%s is read', async type => {
    expect((await post({ query: QUERY, variables }, { 'content-type': type })).json).toEqual(ANSWER)
  })

  test('a request that a foreign page could send unasked is refused', async () => {
    const send = async (headers: Record<string, string>, payload?: string) =>
      (await api.server.app.inject({ method: 'POST', url: '/graphql', headers, ...(payload !== undefined && { payload }) })).statusCode
    const payload = JSON.stringify({ query: QUERY, variables })
    expect(await send({})).toBe(400)
    expect(await send({ 'content-length': '0' })).toBe(400)
    for (const type of ['text/plain', 'text/plain; application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/graphql', '']) {
      expect([type, await send({ 'content-type': type }, payload)]).toEqual([type, type === '' ? expect.any(Number) : 415])
    }
    expect(await send({ 'content-type': '' }, payload)).toBeGreaterThanOrEqual(400)
  })

  test('every answer has its own number and the headers of all answers', async () => {
    const [one, two] = [await post({ query: QUERY, variables }), await post({ query: QUERY, variables })]
    expect(one.headers['x-request-id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id'])
    for (const { headers } of [one, two, await post({}), await post({ query: QUERY, variables }, { accept: 'text/html' })]) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'x-request-id': expect.any(String),
      })
    }
  })
})
