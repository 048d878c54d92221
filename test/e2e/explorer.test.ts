import path from 'node:path'
import { readExamples } from '../../src/api/explorer'
import { PROJECT_ROOT } from '../../src/config'
import { demoIdentities } from '../../src/demo/data-files'
import { testServer, type TestServer } from '../support/server'

const examples = readExamples(path.join(PROJECT_ROOT, 'src/api/explorer/examples'))

describe('the explorer’s examples, on the demo city', () => {
  let server: TestServer
  beforeAll(async () => { server = await testServer({ demo: true, plugins: 'all' }) }, 120_000)
  afterAll(() => server.close())

  test('there are some for each kind of user, each for an identity of the demo city', () => {
    for (const audience of ['front-end', 'sector', 'reporting']) expect(examples.filter(e => e.audience === audience).length).toBeGreaterThanOrEqual(4)
    const identities = demoIdentities().map(i => i.key)
    expect(examples.filter(e => !identities.includes(e.identity)).map(e => e.key)).toEqual([])
  })

  test.each(examples.map(e => [e.key, e] as const))('%s answers, and with something', async (_, { query, variables, identity }) => {
    const answer = await server.query(query, variables, identity)
    expect(answer.errors).toEqual([])
    expect(Object.values(answer.data!).filter(v => v === null)).toEqual([])
    const lists = JSON.stringify(answer.data).match(/"(nodes|edges)":\[/g) ?? []
    const empty = JSON.stringify(answer.data).match(/"(nodes|edges)":\[\]/g) ?? []
    expect(lists.length === 0 || empty.length < lists.length).toBe(true)
  })

  test('S-1 is what the first sector example shows: 28 / 9 / 8 / 8 / 58 / 58, published together', async () => {
    const { query, variables, identity } = examples.find(e => e.key === 'sector/01-bureau-year')!
    const { unitByCode: unit } = await server.data<{ unitByCode: Record<string, any> }>(query, variables, identity) // eslint-disable-line @typescript-eslint/no-explicit-any -- any shape
    expect([unit['committee'], unit['secretary'], unit['members'], unit['focuses'], unit['riskPoints'], unit['controls']].map(c => c.totalCount)).toEqual([12, 7, 9, 9, 58, 58])
    expect(unit['powers'].nodes.map((p: { riskPointCount: number }) => p.riskPointCount).sort((a: number, b: number) => b - a)).toEqual([10, 9, 8, 7, 7, 6, 6, 5])
    expect(unit['powers'].nodes.every((p: { operatingFlow: { state: string } | null }) => p.operatingFlow?.state === 'EFFECTIVE')).toBe(true)
    expect(unit['accountabilityCycles'].nodes).toMatchObject([{ year: 2020, state: 'IN_FORCE' }])
    expect(new Set(unit['responsibilityLists'].nodes.map((l: { publishedAt: string }) => l.publishedAt)).size).toBe(1)
  })

  test('what the page needs: examples, identities with places and roles, a token for each', async () => {
    const setup = await (await server.fetch('/explorer/setup.json')).json()
    expect(setup.examples).toHaveLength(examples.length)
    expect(setup.identities).toHaveLength(demoIdentities().length)
    expect(setup.identities.find((i: { key: string }) => i.key === 'wangcang-health-editor')).toEqual({
      key: 'wangcang-health-editor', labelZh: expect.any(String), labelEn: expect.any(String), placeZh: '中共旺苍县委员会', roles: [{ role: 'UNIT_EDITOR', zh: '单位填报人', en: 'Unit editor' }],
    })
    const post = (body: unknown) => server.fetch('/explorer/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const { token } = await (await post({ identity: 'city-leader' })).json()
    const who = await server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query: '{ viewer { roles { role } } }' }) })
    expect(await who.json()).toEqual({ data: { viewer: { roles: [{ role: 'LEADER_READER' }] } } })
    expect((await post({ identity: 'nobody' })).status).toBe(404)
    expect((await post({ identity: 7 })).status).toBe(400)
    expect((await post({ identity: 'city-leader', staffNo: 'S001' })).status).toBe(400)
  })

  test('its page brings nothing from elsewhere and allows no inline script', async () => {
    const response = await server.fetch('/')
    const policy = response.headers.get('content-security-policy')!
    expect(policy).not.toMatch(/unsafe|http/)
    const html = await response.text()
    const nonce = /'nonce-([\w-]+)'/.exec(policy)![1]!
    expect(html).toContain(`data-nonce="${nonce}"`)
    expect(await (await server.fetch('/')).text()).not.toContain(nonce)
    expect(html).not.toMatch(/https?:\/\//)
    for (const [, url] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect([url, (await server.fetch(url!)).status]).toEqual([url, 200])
    expect(html).not.toMatch(/<script(?! src=)/)
  })
})

describe('without a demo, or switched off', () => {
  test('no identities are offered and no tokens given', async () => {
    const server = await testServer()
    const setup = await (await server.fetch('/explorer/setup.json')).json()
    expect(setup.identities).toEqual([])
    expect((await server.fetch('/explorer/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"identity":"city-leader"}' })).status).toBe(404)
    await server.close()
  })

  test('there is no explorer at all when it is off', async () => {
    const server = await testServer({ env: { PLUMBLINE_EXPLORER: 'off' } })
    for (const at of ['/', '/explorer/setup.json', '/explorer/explorer.js', '/explorer/token']) expect((await server.fetch(at)).status).toBe(404)
    await server.close()
  })
})
