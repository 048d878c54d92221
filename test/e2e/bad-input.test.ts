import { coreModules } from '../../src/domain'
import { testApi, type Answer, type TestApi } from '../support/api'
import { twoCounties, type TwoCounties } from '../support/two-counties'

describe('bad input: a clear coded error, nothing changed, the server goes on', () => {
  let api: TestApi
  let world: TwoCounties
  let editor: string
  let approver: string
  let before: unknown

  const state = async () => (await api.database.owner.query(`
    SELECT (SELECT count(*)::int FROM audit_record) AS audited, (SELECT count(*)::int FROM outbox_event) AS events, (SELECT count(*)::int FROM power) AS powers,
      (SELECT jsonb_agg(to_jsonb(p) ORDER BY id) FROM power p) AS power, (SELECT jsonb_agg(to_jsonb(r) ORDER BY id) FROM risk_point r) AS risks`)).rows

  beforeAll(async () => {
    api = await testApi({ modules: coreModules })
    world = await twoCounties(api.database)
    editor = await api.token('W-EDITOR')
    approver = await api.token('W-APPROVER')
    before = await state()
  })
  afterEach(async () => {
    expect(await state()).toEqual(before)
    expect((await api.ask(editor, '{ powers { totalCount } }')).data.powers.totalCount).toBe(1)
  })
  afterAll(() => api.close())

  const codes = ({ errors }: Answer) => errors.map(e => e.extensions.code)
  const paths = ({ errors }: Answer) => (errors[0]!.extensions['violations'] as { path: string }[] | undefined)?.map(v => v.path)
  const propose = (input: object) => api.ask(editor, 'mutation ($input: ProposePowerInput!) { proposePower(input: $input) { power { id } } }', { input })
  const good = () => ({ unitId: world.wangcang.ids.Unit, code: 'P-02', nameZh: '医保基金监管', category: 'FUND_SUPERVISION', significance: 'MAJOR', positionIds: [world.wangcang.ids.Position] })

  test.each([
    ['an unknown field', '{ units { nodes { salary } } }'], ['an unknown root field', '{ bribes { totalCount } }'], ['an unknown argument', '{ units(offset: 3) { totalCount } }'],
    ['an unknown filter', '{ units(filter: { salary: { eq: 1 } }) { totalCount } }'], ['an enum value that does not exist, written out', '{ units(filter: { kind: { in: [CASTLE] } }) { totalCount } }'],
    ['an unknown order', '{ units(orderBy: [{ field: SALARY }]) { totalCount } }'], ['a string for a number', '{ units(first: "ten") { totalCount } }'],
    ['an unknown field of an input', 'mutation { proposePower(input: { approved: true }) { power { id } } }'], ['two operations of one name', 'query A { __typename } query A { __typename }'],
  ])('%s is a validation error', async (_, query) => {
    const answer = await api.ask(editor, query)
    expect([answer.status, answer.data, new Set(codes(answer))]).toEqual([400, undefined, new Set(['GRAPHQL_VALIDATION_FAILED'])])
  })

  test.each(['{ units {', 'query ($x) { a }', '', '{ \0 }', 'mutation'])('a document that is no GraphQL (%j) is told as such', async query => {
    const answer = await api.ask(editor, query)
    expect(answer.status).toBe(400)
    expect(['GRAPHQL_PARSE_FAILED', 'BAD_REQUEST', 'GRAPHQL_VALIDATION_FAILED']).toContain(codes(answer)[0])
  })

  test.each([
    ['a wrong enum', { category: 'CASTLE' }], ['a number for a text', { nameZh: 7 }], ['a missing value', { nameZh: undefined }], ['null where a value must be', { nameZh: null }],
    ['an unknown field', { approved: true }], ['a list for one value', { code: ['A', 'B'] }], ['an object for a text', { code: { a: 1 } }],
  ])('%s in a variable is refused with 400 before anything runs', async (_, change) => {
    const answer = await propose({ ...good(), ...change })
    expect([answer.status, answer.data, codes(answer)]).toEqual([400, undefined, ['BAD_USER_INPUT']])
  })

  test('values that break rules are listed, all of them, with their paths', async () => {
    const answer = await propose({ ...good(), code: '', nameZh: 'x'.repeat(5_000), positionIds: [], idempotencyKey: 'short' })
    expect(codes(answer)).toEqual(['BAD_INPUT'])
    expect(new Set(paths(answer))).toEqual(new Set(['code', 'nameZh', 'positionIds', 'idempotencyKey']))
    expect(answer.errors[0]!.extensions['outcome']).toBe('NOT_DONE')
  })

  test.each(['nonsense', '', 'unit_', 'unit_nonsense', '01935000-0000-7000-8000-000000000001', '../../etc/passwd', "unit_01935000-0000-7000-8000-00000000000' OR 1=1", '0', 'pw_01935000-0000-7000-8000-000000000001'])('the wrong id %j reads as null and commands NOT_FOUND', async id => {
    const read = await api.ask(editor, 'query ($id: ID!) { unit(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } riskPoints(filter: { power: { eq: $id } }) { totalCount } within: riskPoints(filter: { unit: { within: $id } }) { totalCount } }', { id })
    expect(read.errors.filter(e => e.extensions.code !== 'BAD_INPUT')).toEqual([])
    if (read.data) expect(read.data).toEqual({ unit: null, node: null, nodes: [null], riskPoints: { totalCount: 0 }, within: { totalCount: 0 } })
    expect(codes(await propose({ ...good(), unitId: id }))).toEqual(['NOT_FOUND'])
  })

  test('an id of another type names nothing', async () => {
    const { ids } = world.wangcang
    expect((await api.ask(editor, 'query ($id: ID!) { unit(id: $id) { id } riskPoint(id: $id) { id } }', { id: ids.Power })).data).toEqual({ unit: null, riskPoint: null })
    expect(codes(await propose({ ...good(), unitId: ids.Power }))).toEqual(['NOT_FOUND'])
    expect(codes(await api.ask(approver, 'mutation ($id: ID!) { confirmPower(input: { id: $id }) { power { id } } }', { id: ids.RiskPoint }))).toEqual(['NOT_FOUND'])
  })

  test.each([
    ['negative', { first: -1 }], ['zero', { first: 0 }], ['huge', { first: 1_000_000 }], ['largest', { first: 2_147_483_647 }], ['both ends', { first: 1, last: 1 }], ['negative last', { last: -5 }],
    ['tampered', { first: 1, after: 'eyJoYWNrIjp0cnVlfQ==' }], ['no base64', { after: '%%%' }], ['empty', { after: '' }], ['endless', { after: 'A'.repeat(100_000) }], ['of another list', { after: 'WyJ4IiwieSIsInoiXQ==' }],
  ])('a %s page is refused with its path', async (_, args) => {
    const query = 'query ($first: Int, $last: Int, $after: String) { units(first: $first, last: $last, after: $after) { nodes { id } pageInfo { endCursor } } }'
    const answer = await api.ask(editor, query, args)
    expect([answer.status, codes(answer)]).toEqual([200, ['first' in args && args.first > 100 ? 'LIMIT_EXCEEDED' : 'BAD_INPUT']])
    expect(paths(answer)![0]).toMatch(/^(first|last|after)$/)
  })

  test('a number beyond 32 bits, and a fraction, are refused as variables', async () => {
    for (const first of [2 ** 40, 1.5, '5']) expect(codes(await api.ask(editor, 'query ($first: Int) { units(first: $first) { totalCount } }', { first }))).toEqual(['BAD_USER_INPUT'])
  })

  test.each([['NUL', 'a\0b'], ['a lone high surrogate', 'a\ud800b'], ['a lone low surrogate', '\udc00']])('%s in any text is BAD_INPUT with the path', async (_, text) => {
    const inCommand = await propose({ ...good(), nameZh: text })
    expect([codes(inCommand), paths(inCommand)]).toEqual([['BAD_INPUT'], ['input.nameZh']])
    const inFilter = await api.ask(editor, 'query ($f: UnitFilter) { units(filter: $f) { totalCount } }', { f: { or: [{ code: { eq: text } }] } })
    expect([codes(inFilter), paths(inFilter)]).toEqual([['BAD_INPUT'], ['f.or.0.code.eq']])
    const id = await api.ask(editor, 'query ($id: ID!) { node(id: $id) { id } }', { id: `unit_${text}` })
    expect(codes(id)).toEqual(['BAD_INPUT'])
  })

  test('NUL written into the document is found too, with the path inside the argument', async () => {
    const answer = await api.ask(editor, '{ units(filter: { or: [{ code: { eq: "a\\u0000b" } }] }) { totalCount } }')
    expect([answer.status, codes(answer), paths(answer)]).toEqual([400, ['BAD_INPUT'], ['filter.or.code.eq']])
    expect(codes(await api.ask(editor, '{ unitByCode(code: "\\ud800") { id } }'))).toEqual(['GRAPHQL_PARSE_FAILED'])
  })

  test('emoji, rare characters and whole surrogate pairs are ordinary text', async () => {
    for (const text of ['😀', '𠮷野家', '龘', '‏', "'; DROP TABLE unit; --", '%_\\', '"}{']) {
      expect((await api.ask(editor, 'query ($t: String!) { unitByCode(code: $t) { id } units(filter: { code: { eq: $t } }) { totalCount } }', { t: text })).data).toEqual({ unitByCode: null, units: { totalCount: 0 } })
    }
  })

  test('a stale rowVersion is a CONFLICT', async () => {
    const answer = await api.ask(editor, 'mutation ($id: ID!) { editPower(input: { id: $id, rowVersion: 99, nameZh: "改名" }) { power { id } } }', { id: world.wangcang.ids.Power })
    expect([codes(answer), paths(answer)]).toEqual([['CONFLICT'], ['rowVersion']])
  })

  test('a command in the wrong state is PRECONDITION_FAILED and says which commands are allowed', async () => {
    const { errors } = await api.ask(approver, 'mutation ($id: ID!) { resumePower(input: { id: $id }) { power { id } } }', { id: world.wangcang.ids.Power })
    expect(errors[0]!.extensions).toMatchObject({ code: 'PRECONDITION_FAILED', allowedCommands: ['confirmPower'], outcome: 'NOT_DONE' })
  })

  describe('requests that are too much', () => {
    const limit = ({ errors }: Answer) => [errors[0]!.extensions.code, errors[0]!.extensions['limit']]

    test('too deep, through fragments too', async () => {
      const nest = (n: number): string => (n === 0 ? 'id' : `parent { ${nest(n - 1)} }`)
      expect(limit(await api.ask(editor, `{ unitByCode(code: "x") { ${nest(14)} } }`))).toEqual(['LIMIT_EXCEEDED', 'depth'])
      const fragments = Array.from({ length: 15 }, (_, i) => `fragment F${i} on Unit { parent { ${i < 14 ? `...F${i + 1}` : 'id'} } }`).join(' ')
      expect(limit(await api.ask(editor, `{ unitByCode(code: "x") { ...F0 } } ${fragments}`))).toEqual(['LIMIT_EXCEEDED', 'depth'])
    })

    test('too many aliases, directives, root fields, fields and tokens', async () => {
      const many = (n: number, field: string) => Array.from({ length: n }, (_, i) => field.replaceAll('#', String(i))).join(' ')
      expect(limit(await api.ask(editor, `{ unitByCode(code: "x") { ${many(101, 'a#: id')} } }`))).toEqual(['LIMIT_EXCEEDED', 'aliases'])
      expect(limit(await api.ask(editor, `{ unitByCode(code: "x") { ${many(51, 'id @include(if: true)')} } }`))).toEqual(['LIMIT_EXCEEDED', 'directives'])
      expect(limit(await api.ask(editor, `{ ${many(31, 'a#: __typename')} }`))).toEqual(['LIMIT_EXCEEDED', 'rootFields'])
      expect(limit(await api.ask(editor, `{ unitByCode(code: "x") { ${many(6_000, 'id')} } }`))).toEqual(['LIMIT_EXCEEDED', 'tokens'])
      const bomb = Array.from({ length: 20 }, (_, i) => `fragment F${i} on Unit { ${i < 19 ? `...F${i + 1} ... on Unit { ...F${i + 1} }` : 'id code nameZh'} }`).join(' ')
      expect(limit(await api.ask(editor, `{ unitByCode(code: "x") { ...F0 } } ${bomb}`))).toEqual(['LIMIT_EXCEEDED', 'fields'])
    })

    test('too costly: page sizes multiplied, written out or as variables', async () => {
      const query = (n: string, head = '') => `query ${head} { units(first: ${n}) { nodes { powers(first: ${n}) { nodes { riskPoints(first: ${n}) { nodes { id } } } } } } }`
      expect(limit(await api.ask(editor, query('100')))).toEqual(['LIMIT_EXCEEDED', 'cost'])
      expect(limit(await api.ask(editor, query('$n', '($n: Int)'), { n: 100 }))).toEqual(['LIMIT_EXCEEDED', 'cost'])
      expect(limit(await api.ask(editor, query('$n', '($n: Int = 100)')))).toEqual(['LIMIT_EXCEEDED', 'cost'])
      expect((await api.ask(editor, query('$n', '($n: Int = 100)'), { n: 5 })).errors).toEqual([])
    })

    test('documents made to be slow are refused in good time', async () => {
      const started = performance.now()
      await api.ask(editor, `{ unitByCode(code: "x") { ${'parent { id code } '.repeat(700)} } }`)
      await api.ask(editor, `{ ${'... { ...A } '.repeat(300)} } fragment A on Query { __typename }`)
      expect(performance.now() - started).toBeLessThan(3_000)
    })

    test('a body that is too large, no JSON, no object or of another media type', async () => {
      const post = async (payload: string, type = 'application/json') => {
        const response = await api.server.app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': type, authorization: `Bearer ${editor}` }, payload })
        return [response.statusCode, response.json().errors[0].extensions.code]
      }
      expect(await post(JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(1_100_000) } }))).toEqual([413, 'LIMIT_EXCEEDED'])
      expect(await post('{"query": ')).toEqual([400, 'BAD_INPUT'])
      expect(await post('')).toEqual([400, 'BAD_INPUT'])
      expect(await post('{ __typename }', 'text/plain')).toEqual([415, 'BAD_INPUT'])
      expect(await post('query=1', 'application/x-www-form-urlencoded')).toEqual([415, 'BAD_INPUT'])
      for (const body of ['[]', '7', '"x"', '{}', '{"query":7}', '{"query":"{ __typename }","variables":"{}"}', '[{"query":"{ __typename }"}]']) expect((await post(body))[0]).toBe(400)
    })

    test('texts longer than any text may be, and variables nested without end', async () => {
      const long = await api.ask(editor, 'query ($t: String!) { unitByCode(code: $t) { id } }', { t: 'x'.repeat(200_001) })
      expect([codes(long), paths(long)]).toEqual([['BAD_INPUT'], ['t']])
      const nested = `${'{"or":['.repeat(2_000)}{}${']}'.repeat(2_000)}`
      const deep = await api.server.app.inject({
        method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json', authorization: `Bearer ${editor}` },
        payload: `{"query":"query ($f: UnitFilter) { units(filter: $f) { totalCount } }","variables":{"f":${nested}}}`,
      })
      expect(deep.json().errors[0].extensions.code).toBe('BAD_INPUT')
    })
  })

  test('a subscription over POST is refused', async () => {
    const answer = await api.ask(editor, 'subscription { __typename }')
    expect(answer.status).toBe(400)
  })

  test('GET with a mutation, GET without a preflight header, an unknown address', async () => {
    const get = (url: string, headers = {}) => api.server.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${editor}`, ...headers } })
    expect((await get(`/graphql?query=${encodeURIComponent('{ __typename }')}`)).statusCode).toBe(400)
    expect((await get(`/graphql?query=${encodeURIComponent('{ __typename }')}`, { 'apollo-require-preflight': '1' })).json()).toEqual({ data: { __typename: 'Query' } })
    expect((await get(`/graphql?query=${encodeURIComponent('mutation { proposePower(input: {}) { power { id } } }')}`, { 'apollo-require-preflight': '1' })).statusCode).toBeGreaterThanOrEqual(400)
    const missing = await get('/nothing')
    expect([missing.statusCode, missing.json().errors[0].extensions.code]).toEqual([404, 'NOT_FOUND'])
  })
})
