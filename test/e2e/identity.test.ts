import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose'
import { DateTime } from 'luxon'
import { today } from '../../src/core/day'
import { globalId } from '../../src/core/ids'
import { oidcProvider, type OidcProvider } from '../support/oidc'
import { testServer, type Answer, type TestServer } from '../support/server'
import { CANGXI, twoCounties, W_HEALTH, WANGCANG, type TwoCounties } from '../support/two-counties'

/** Two instances on one database that remember rights for five minutes: what reaches both at once, a signal brought there. */
let provider: OidcProvider
let here: TestServer
let there: TestServer
let world: TwoCounties
/** What both have logged. */
const log = (): string => [...here.logged, ...there.logged].join('')

beforeAll(async () => {
  provider = await oidcProvider()
  const env = { PLUMBLINE_AUTH_ISSUER: provider.issuer, PLUMBLINE_AUTH_AUDIENCE: provider.audience, PLUMBLINE_AUTH_KEYS_COOLDOWN: '1', PLUMBLINE_RIGHTS_TTL: '300000', PLUMBLINE_LOG_LEVEL: 'trace' }
  here = await testServer({ env, before: async t => { world = await twoCounties(t) } })
  there = await testServer({ env: { ...env, PLUMBLINE_AUTH_STAFF_CLAIM: 'staff_no' }, beside: here })
})
afterAll(async () => {
  await there?.close()
  await here?.close()
  await provider?.close()
})

/** One question over HTTP with this bearer token or key. */
async function ask(server: TestServer, bearer: string, query = '{ viewer { ref roles { role } scope { code } } }', variables: object = {}): Promise<Answer & { text: string; headers: Headers }> {
  const response = await server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` }, body: JSON.stringify({ query, variables }) })
  const text = await response.text()
  const { data = null, errors = [] } = JSON.parse(text) as Partial<Answer>
  return { status: response.status, data, errors, text, headers: response.headers }
}
const codes = ({ status, data, errors }: Answer): unknown[] => [status, data, errors.map(e => e.extensions.code)]
const REFUSED = [401, null, ['UNAUTHENTICATED']]

async function until(what: () => Promise<boolean>): Promise<void> {
  for (let i = 0; !await what(); i++) {
    if (i > 300) throw new Error('It did not come about.')
    await sleep(30)
  }
}

describe('people of an identity provider', () => {
  const city = () => ({ ref: `person:${world.org.persons.get('CITY')}`, roles: [{ role: 'LEADER_READER' }], scope: [{ code: '510800' }] })

  test('a token of the provider is good: by its subject, or by the claim that holds the staff number; what it says of roles is nothing', async () => {
    expect((await ask(here, await provider.token('staff:CITY'))).data).toEqual({ viewer: city() })
    expect((await ask(there, await provider.token('desk-of-the-city'))).data).toEqual({ viewer: city() })
    // Where the claim is not looked at, the same subject is nobody.
    expect(codes(await ask(here, await provider.token('desk-of-the-city')))).toEqual(REFUSED)
    const admin = await ask(here, await provider.token('staff:CITY'), '{ roleGrants { totalCount } }')
    expect(admin.errors[0]!.extensions.code).toBe('FORBIDDEN')
  })

  test('a person logs in on the pages of the provider, agrees, and comes back with a code that only its verifier turns into a token', async () => {
    const login = await provider.login('staff:CITY')
    expect(login.pages).toEqual(['Sign-in', 'Authorize'])
    const { access_token, id_token } = await login.redeem()
    expect((await ask(here, access_token!)).data).toEqual({ viewer: city() })
    // What tells the desk who its user is opens nothing here.
    expect(codes(await ask(here, id_token!))).toEqual(REFUSED)
    // A code is good once, and whoever took it on its way has no verifier.
    expect(await login.redeem()).toMatchObject({ error: 'invalid_grant' })
    expect(await (await provider.login('staff:CITY')).redeem('x'.repeat(43))).toMatchObject({ error: 'invalid_grant' })
    // Who is known to the provider alone is nobody here.
    expect(codes(await ask(here, (await (await provider.login('staff:GONE')).redeem()).access_token!))).toEqual(REFUSED)
  })

  test('the provider is not asked again for what is known', async () => {
    for (const server of [here, there]) await ask(server, await provider.token('staff:CITY'))
    const before = await provider.asked()
    const tokens = await Promise.all(Array.from({ length: 10 }, () => provider.token('staff:CITY')))
    for (const token of tokens) for (const server of [here, there]) expect((await ask(server, token)).status).toBe(200)
    expect(await provider.asked()).toEqual(before)
  })

  test('keys that it turns hold without a restart, and the old ones no longer', async () => {
    const old = await provider.token('staff:CITY')
    await provider.rotate()
    const token = await provider.token('staff:CITY')
    for (const server of [here, there]) {
      await until(async () => (await ask(server, token)).status === 200)
      expect(codes(await ask(server, old))).toEqual(REFUSED)
    }
  })

  test('while it is away, tokens of known keys go on; of an unknown one nobody can tell, which is said at once', async () => {
    const token = await provider.token('staff:CITY')
    await until(async () => (await ask(here, token)).status === 200)
    const unknown = await provider.sign({}, { kid: 'key-of-tomorrow' })
    const more = await provider.token('staff:CITY')
    await provider.away()
    try {
      expect((await ask(here, more)).status).toBe(200)
      await until(async () => (await ask(here, unknown)).status === 503)
      const answer = await ask(here, unknown)
      expect(codes(answer)).toEqual([503, null, ['UNAVAILABLE']])
      expect((await ask(here, token)).status).toBe(200)
    } finally {
      await provider.back()
    }
    await until(async () => (await ask(here, unknown)).status === 401)
  })

  test('forged, cut, ended, foreign and clever tokens are refused in the same words, and nothing of them is logged', async () => {
    const good = await provider.token('staff:CITY')
    await until(async () => (await ask(here, good)).status === 200)
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: provider.issuer, aud: provider.audience, sub: 'staff:CITY', iat: now, exp: now + 600 }
    const { keys: [jwk] } = await (await fetch(`${provider.issuer}/jwks`)).json() as { keys: { kid: string }[] }
    const pem = await exportSPKI(await importJWK(jwk!, 'RS256', { extractable: true }) as CryptoKey)
    const other = (await generateKeyPair('RS256')).privateKey
    const forged = (header: object, payload: object = {}) => new SignJWT({ ...claims, ...payload }).setProtectedHeader({ alg: 'RS256', kid: jwk!.kid, ...header }).sign(other)
    const shared = (secret: string) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: jwk!.kid }).sign(Buffer.from(secret))
    const [head, body, signature] = good.split('.') as [string, string, string]
    const bad: Record<string, string> = {
      forged: await forged({}),
      'roles put in': [head, Buffer.from(JSON.stringify({ ...claims, roles: ['PLATFORM_ADMIN'] })).toString('base64url'), signature].join('.'),
      cut: good.slice(0, -7), 'without signature': `${head}.${body}.`, 'two parts': `${head}.${body}`, longer: `${good}AA`, huge: `${head}.${'A'.repeat(12_000)}.${signature}`,
      'alg none': new UnsecuredJWT(claims).encode(), 'alg nOnE': `${Buffer.from('{"alg":"nOnE"}').toString('base64url')}.${body}.`,
      'public key as secret': await shared(pem), 'JWK as secret': await shared(JSON.stringify(jwk)),
      ended: await provider.sign({ ...claims, exp: now - 60 }), 'not yet': await provider.sign({ ...claims, nbf: now + 600 }), endless: await provider.sign({ ...claims, exp: undefined }),
      'other audience': await provider.token('staff:CITY', 'https://other.example/api'), 'other issuer': await provider.sign({ ...claims, iss: 'https://id.example' }),
      'no issuer': await provider.sign({ ...claims, iss: undefined }), 'a logout': await provider.sign(claims, { typ: 'logout+jwt' }), nobody: await provider.sign({ ...claims, sub: 'staff:GONE' }),
      'a role as subject': await provider.sign({ ...claims, sub: 'service:admin' }), 'SQL as staff number': await provider.sign({ ...claims, sub: "staff:x' OR '1'='1" }),
      'kid to a file': await forged({ kid: '../../../../dev/null' }), 'kid with SQL': await forged({ kid: "x' UNION SELECT 'key' --" }), 'kid to an address': await forged({ kid: 'https://evil.example/key', jku: 'https://evil.example/jwks', x5u: 'file:///etc/passwd' }),
      'own key inside': await forged({ jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }), 'no JWT': 'x.y.z', 'a key of nobody': `plk_${'0'.repeat(16)}_${'A'.repeat(43)}`,
    }
    const messages = new Set<string>()
    for (const [kind, token] of Object.entries(bad)) {
      const answer = await ask(here, token, '{ viewer { ref } units { totalCount } }')
      expect([kind, ...codes(answer)]).toEqual([kind, ...REFUSED])
      messages.add(answer.errors[0]!.message)
    }
    expect([...messages].sort()).toEqual(['The token has expired.', 'The token is not valid.', 'The token names nobody here.'])
    const lines = log()
    expect(lines).toContain('UNAUTHENTICATED')
    for (const token of [...Object.values(bad), good]) for (const part of token.split(/[._]/).filter(p => p.length > 12)) expect(lines).not.toContain(part.slice(0, 40))
    for (const word of ['staff:CITY', 'evil.example', 'UNION', '/dev/null', 'Bearer']) expect(lines).not.toContain(word)
  })
})

describe('a grant that is taken away', () => {
  const grantRole = 'mutation ($input: GrantRoleInput!) { grantRole(input: $input) { roleGrant { id } } }'
  const revokeRole = 'mutation ($id: ID!) { revokeRole(input: { id: $id }) { roleGrant { revokedAt } } }'
  const may = async (server: TestServer, token: string): Promise<boolean> => (await ask(server, token, '{ riskPoints { totalCount } }')).status === 200
    && (await ask(server, token, '{ riskPoints { totalCount } }')).errors.length === 0

  test('is given and taken on one instance and holds on the other at once; so does the end of a relation', async () => {
    await world.org.person('MOVING', W_HEALTH)
    const token = await here.tokenFor('MOVING')
    const elsewhere = await there.tokenFor('MOVING')
    expect([await may(here, token), await may(there, elsewhere)]).toEqual([false, false])
    const input = { personId: globalId('person', world.org.persons.get('MOVING')!), unitId: globalId('unit', world.org.units.get(W_HEALTH)!), role: 'SUPERVISOR' }
    const { grantRole: granted } = await here.data<{ grantRole: { roleGrant: { id: string } } }>(grantRole, { input }, 'ADMIN')
    await until(() => may(there, elsewhere))
    await until(() => may(here, token))
    await there.data(revokeRole, { id: granted.roleGrant.id }, 'ADMIN')
    await until(async () => !await may(here, token))
    await until(async () => !await may(there, elsewhere))

    const group = await there.tokenFor('W-GROUP')
    expect(await may(there, group)).toBe(true)
    const { rows: [relation] } = await here.database.owner.query<{ id: string }>(`SELECT id FROM unit_relation WHERE kind = 'DISPATCHED'`)
    await here.data('mutation ($id: ID!) { endUnitRelation(input: { id: $id }) { unitRelation { id } } }', { id: globalId('rel', relation!.id) }, 'ADMIN')
    await until(async () => !await may(there, group))
    await here.database.owner.query('UPDATE unit_relation SET valid_to = NULL WHERE id = $1', [relation!.id])
  })

  test('while an instance hears nobody is known to it when it hears again', async () => {
    await world.org.person('UNHEARD', W_HEALTH)
    const grant = await world.org.grant('UNHEARD', 'SUPERVISOR', W_HEALTH)
    const token = await here.tokenFor('UNHEARD')
    expect(await may(here, token)).toBe(true)
    // Nothing is said of this change: only that something may have been missed.
    await here.database.owner.query('UPDATE role_grant SET revoked_at = now() WHERE id = $1', [grant])
    expect(await may(here, token)).toBe(true)
    await here.database.owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'plumbline signals'`)
    await until(async () => !await may(here, token))
  })
})

describe('service accounts', () => {
  interface Issued { id: string; keyId: string; name: string; key: string | null; shown: boolean }
  const KEY = /^plk_[0-9a-f]{16}_[\w-]{43}$/
  const inDays = (days: number): string => DateTime.fromISO(today()).plus({ days }).toISODate()!
  const FIELDS = 'key keyAlreadyShown serviceAccount { id code role realm revokedAt unit { code } } serviceAccountKey { id name expiresAt lastUsedAt revokedAt }'
  const ISSUE = `mutation ($input: IssueServiceAccountInput!) { issued: issueServiceAccount(input: $input) { ${FIELDS} } }`
  const ROTATE = `mutation ($input: RotateServiceAccountKeyInput!) { issued: rotateServiceAccountKey(input: $input) { ${FIELDS} } }`
  const unit = (path: string): string => globalId('unit', world.org.units.get(path)!)
  let serial = 0
  const input = (more: object = {}): Record<string, unknown> => ({ unitId: unit(WANGCANG), code: `tool-${++serial}`, nameZh: '统计报表', purpose: '县统计系统', role: 'REPORTING_CLIENT', keyExpiresOn: inDays(30), ...more })
  const issued = async (document: string, variables: object, server = here): Promise<Issued> => {
    const { issued: i } = await server.data<{ issued: { key: string | null; keyAlreadyShown: boolean; serviceAccount: { id: string }; serviceAccountKey: { id: string; name: string } } }>(document, { input: variables }, 'ADMIN')
    return { id: i.serviceAccount.id, keyId: i.serviceAccountKey.id, name: i.serviceAccountKey.name, key: i.key, shown: i.keyAlreadyShown }
  }
  const works = async (key: string, server = here): Promise<boolean> => (await ask(server, key)).status === 200

  test('a key is shown once, opens its role on its units, and is kept nowhere', async () => {
    const idempotencyKey = 'a-tool-of-the-county'
    const wanted = input({ idempotencyKey })
    const first = await issued(ISSUE, wanted)
    expect(first).toMatchObject({ key: expect.stringMatching(KEY), shown: false })
    expect(first.key).toContain(first.name)
    const again = await issued(ISSUE, wanted, there)
    expect(again).toEqual({ ...first, key: null, shown: true })

    for (const server of [here, there]) {
      const { data } = await ask(server, first.key!, '{ viewer { ref roles { role } grants { role } scope { code } person { id } } units(first: 50) { nodes { path } } }')
      expect(data!['viewer']).toEqual({ ref: `service:${first.id.slice(4)}`, roles: [{ role: 'REPORTING_CLIENT' }], grants: [], scope: [{ code: '510821' }], person: null })
      expect((data!['units'] as { nodes: { path: string }[] }).nodes.every(u => u.path.startsWith(WANGCANG))).toBe(true)
    }
    // Neither rows of the registers nor commands, nor what its unit's neighbour has.
    expect((await ask(here, first.key!, '{ riskPoints { totalCount } }')).errors[0]!.extensions.code).toBe('FORBIDDEN')
    expect((await ask(here, first.key!, ISSUE, { input: input() })).errors[0]!.extensions.code).toBe('FORBIDDEN')
    expect((await ask(here, first.key!, '($id: ID!) { unit(id: $id) { id } }'.replace(/^/, 'query '), { id: unit(CANGXI) })).data).toEqual({ unit: null })

    const secret = first.key!.slice(-43)
    const { rows: tables } = await here.database.owner.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
    const hash = createHash('sha256').update(first.key!).digest('hex')
    const holding: string[] = []
    for (const { name } of tables) {
      const { rows: [{ secrets, hashes }] } = await here.database.owner.query(
        `SELECT count(*) FILTER (WHERE strpos(t::text, $1) > 0)::int AS secrets, count(*) FILTER (WHERE strpos(t::text, $2) > 0)::int AS hashes FROM "${name}" t`, [secret, hash])
      expect([name, secrets]).toEqual([name, 0])
      if (hashes) holding.push(name)
    }
    expect(holding).toEqual(['service_account_key'])
    expect([log().includes(secret), log().includes(hash)]).toEqual([false, false])
    const { rows: audit } = await here.database.owner.query<{ command: string; after: { hash: string } }>(`SELECT command, after FROM audit_record WHERE subject_type = 'service_account_key' AND subject_id = $1`, [first.keyId.slice(7)])
    expect(audit).toEqual([{ command: 'issueServiceAccount', after: expect.objectContaining({ name: first.name, hash: expect.stringMatching(/^hmac-sha256:/) }) }])
  })

  test('a revoked account, a revoked key and one that has ended stop on every instance at once, in the words for a key that never was', async () => {
    const [account, key, old, ended] = [await issued(ISSUE, input()), await issued(ISSUE, input()), await issued(ISSUE, input()), await issued(ISSUE, input())]
    for (const { key: k } of [account, key, old]) for (const server of [here, there]) expect(await works(k!, server)).toBe(true)
    await here.data('mutation ($id: ID!) { revokeServiceAccount(input: { id: $id, rowVersion: 1 }) { serviceAccount { revokedAt } } }', { id: account.id }, 'ADMIN')
    await here.data('mutation ($id: ID!) { revokeServiceAccountKey(input: { id: $id }) { serviceAccount { revokedAt } } }', { id: key.keyId }, 'ADMIN')
    const next = await issued(ROTATE, { id: old.id, keyExpiresOn: inDays(60), overlapHours: 0 })
    await here.database.owner.query(`UPDATE service_account_key SET expires_at = now() WHERE id = $1`, [ended.keyId.slice(7)])
    for (const server of [here, there]) {
      for (const { key: k } of [account, key, old, ended]) await until(async () => !await works(k!, server))
      expect(await works(next.key!, server)).toBe(true)
    }
    const words = async (bearer: string): Promise<string> => (await ask(there, bearer)).text.replace(/"requestId":"[^"]+"/, '')
    const never = await words(`plk_${'0'.repeat(16)}_${'A'.repeat(43)}`)
    for (const bearer of [account.key!, key.key!, old.key!, ended.key!, next.key!.slice(0, -1), `${next.key!.slice(0, -1)}${next.key!.endsWith('A') ? 'B' : 'A'}`, 'plk_', 'plk_x']) expect(await words(bearer)).toBe(never)
    // For good: neither given a new key nor revoked again.
    const after = async (document: string, variables: Record<string, unknown>): Promise<unknown> => (await here.query(document, variables, 'ADMIN')).errors.map(e => e.extensions.code)
    expect(await after(ROTATE, { input: { id: account.id, keyExpiresOn: inDays(60) } })).toEqual(['PRECONDITION_FAILED'])
    expect(await after('mutation ($id: ID!) { revokeServiceAccount(input: { id: $id }) { serviceAccount { id } } }', { id: account.id })).toEqual(['PRECONDITION_FAILED'])
    expect(await after('mutation ($id: ID!) { revokeServiceAccountKey(input: { id: $id }) { serviceAccount { id } } }', { id: key.keyId })).toEqual(['PRECONDITION_FAILED'])
  })

  test('a new key leaves the old one the hours it was given; not more than a few work at once', async () => {
    const account = await issued(ISSUE, input())
    const keys = [account.key!]
    for (let i = 0; i < 4; i++) keys.push((await issued(ROTATE, { id: account.id, keyExpiresOn: inDays(90) })).key!)
    for (const key of keys) expect(await works(key, there)).toBe(true)
    const { serviceAccount } = await here.data<{ serviceAccount: { keys: { nodes: { expiresAt: string }[] } } }>('query ($id: ID!) { serviceAccount(id: $id) { keys(first: 10) { nodes { name expiresAt revokedAt } } } }', { id: account.id }, 'ADMIN')
    const hours = serviceAccount.keys.nodes.map(k => DateTime.fromISO(k.expiresAt).diffNow('hours').hours)
    expect(hours.filter(h => h < 24.1)).toHaveLength(4)
    expect((await here.query(ROTATE, { input: { id: account.id, keyExpiresOn: inDays(90) } }, 'ADMIN')).errors[0]!.extensions.code).toBe('PRECONDITION_FAILED')
    await issued(ROTATE, { id: account.id, keyExpiresOn: inDays(90), overlapHours: 0 })
    for (const key of keys) for (const server of [here, there]) await until(async () => !await works(key, server))
  })

  test('that a key is used is noted, and not for every request', async () => {
    const { key, keyId } = await issued(ISSUE, input())
    const state = async (): Promise<Record<string, unknown>> => (await here.database.owner.query('SELECT last_used_at, row_version, xmin::text FROM service_account_key WHERE id = $1', [keyId.slice(7)])).rows[0]!
    expect(await state()).toMatchObject({ last_used_at: null })
    expect(await works(key!)).toBe(true)
    await until(async () => (await state())['last_used_at'] !== null)
    const noted = await state()
    for (let i = 0; i < 20; i++) await works(key!, i % 2 ? here : there)
    expect(await state()).toEqual(noted)
    const { rows } = await here.database.owner.query('SELECT 1 FROM service_account_key_history WHERE id = $1', [keyId.slice(7)])
    expect([noted['row_version'], rows]).toEqual([1, []])
    const { serviceAccountKey } = await here.data<{ serviceAccountKey: { lastUsedAt: string } }>('query ($id: ID!) { serviceAccountKey(id: $id) { lastUsedAt } }', { id: keyId }, 'ADMIN')
    expect(serviceAccountKey.lastUsedAt).toMatch(/Z$/)
  })

  test.each([
    ['an approver', { role: 'UNIT_APPROVER' }, 'BAD_INPUT'], ['an administrator', { role: 'PLATFORM_ADMIN' }, 'BAD_INPUT'], ['an auditor', { role: 'AUDITOR' }, 'BAD_INPUT'],
    ['in a closed realm', { realm: 'CLUES' }, 'BAD_INPUT'], ['for ever', { keyExpiresOn: inDays(367) }, 'BAD_INPUT'], ['from yesterday', { keyExpiresOn: inDays(0) }, 'BAD_INPUT'],
    ['on a unit that is not there', { unitId: 'unit_01935000-0000-7000-8000-00000000ffff' }, 'NOT_FOUND'], ['with a code for a shell', { code: 'a; rm' }, 'BAD_INPUT'],
  ])('none is %s', async (_, more, code) => {
    const { errors } = await here.query(ISSUE, { input: input(more) }, 'ADMIN')
    expect(errors.map(e => e.extensions.code)).toEqual([code])
  })

  test('they are the business of administrators, and of auditors to look at', async () => {
    const { id, keyId } = await issued(ISSUE, input())
    for (const who of ['W-APPROVER', 'CITY', 'REPORTS']) {
      expect((await here.query(ISSUE, { input: input() }, who)).errors[0]!.extensions.code).toBe('FORBIDDEN')
      expect((await here.query('{ serviceAccounts { totalCount } }', {}, who)).errors[0]!.extensions.code).toBe('FORBIDDEN')
      expect((await here.data('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [id, keyId] }, who))['nodes']).toEqual([null, null])
    }
    await world.org.person('C-ADMIN', CANGXI)
    await world.org.grant('C-ADMIN', 'PLATFORM_ADMIN', CANGXI)
    expect(await here.data('query ($id: ID!) { serviceAccount(id: $id) { id } serviceAccounts { totalCount } serviceAccountKeys { totalCount } }', { id }, 'C-ADMIN')).toEqual({ serviceAccount: null, serviceAccounts: { totalCount: 0 }, serviceAccountKeys: { totalCount: 0 } })
    for (const [document, variables] of [[ISSUE, input()], [ROTATE, { id, keyExpiresOn: inDays(30) }]] as const) {
      expect((await here.query(document, { input: variables }, 'C-ADMIN')).errors[0]!.extensions.code).toBe('NOT_FOUND')
    }
    expect((await here.query('mutation ($id: ID!) { revokeServiceAccount(input: { id: $id }) { serviceAccount { id } } }', { id }, 'C-ADMIN')).errors[0]!.extensions.code).toBe('NOT_FOUND')
    expect((await here.query('mutation ($id: ID!) { revokeServiceAccountKey(input: { id: $id }) { serviceAccount { id } } }', { id: keyId }, 'C-ADMIN')).errors[0]!.extensions.code).toBe('NOT_FOUND')
  })
})
