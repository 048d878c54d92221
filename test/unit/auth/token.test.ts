import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose'
import { loadKeys, signToken, verifyToken, type Keys } from '../../../src/auth'
import { StartError } from '../../../src/database/start-error'

const options = { issuer: 'https://id.example', audience: 'plumbline', clockTolerance: 5 }
const personId = '0198aaaa-0000-7000-8000-000000000001'

describe('tokens', () => {
  let directory: string
  let keys: Keys
  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'plumbline-keys-'))
    keys = await loadKeys({ production: false, dataDirectory: directory })
  })
  afterAll(() => rmSync(directory, { recursive: true }))

  const sign = (key: CryptoKey, kid: string, o: { iss?: string; aud?: string; sub?: string; exp?: number | string; nbf?: string; claims?: object } = {}) => {
    const jwt = new SignJWT({ ...o.claims }).setProtectedHeader({ alg: 'ES256', kid }).setIssuedAt().setIssuer(o.iss ?? options.issuer)
      .setAudience(o.aud ?? options.audience).setSubject(o.sub ?? `person:${personId}`).setExpirationTime(o.exp ?? '1h')
    return (o.nbf ? jwt.setNotBefore(o.nbf) : jwt).sign(key)
  }
  const mine = (o: Parameters<typeof sign>[2] = {}) => sign(keys.signing!.key, keys.signing!.kid, o)
  const code = async (token: string | Promise<string>) => verifyToken(await token, keys, options).then(() => 'ACCEPTED', e => `${e.code}:${e.details.messageKey}`)

  test('a token of ours names its person, and nothing it says about rights is read', async () => {
    expect((await verifyToken(await signToken({ personId }, keys, options, 60), keys, options)).subject).toEqual({ personId })
    expect((await verifyToken(await mine({ sub: 'staff:S001', claims: { roles: ['PLATFORM_ADMIN'] } }), keys, options)).subject).toEqual({ staffNo: 'S001' })
  })

  test.each([
    ['issuer', { iss: 'https://other.example' }, 'tokenInvalid'], ['audience', { aud: 'other' }, 'tokenInvalid'], ['end', { exp: Math.floor(Date.now() / 1000) - 60 }, 'tokenExpired'],
    ['start', { nbf: '10m' }, 'tokenInvalid'], ['subject without kind', { sub: personId }, 'tokenInvalid'], ['subject of another kind', { sub: 'service:x' }, 'tokenInvalid'],
    ['staff number with a NUL', { sub: 'staff:a\0b' }, 'tokenInvalid'], ['malformed person id', { sub: 'person:1' }, 'tokenInvalid'],
  ])('refused for its %s', async (_, o, key) => {
    expect(await code(mine(o))).toBe(`UNAUTHENTICATED:${key}`)
  })

  test('clocks may differ by the tolerance and no more', async () => {
    const now = Math.floor(Date.now() / 1000)
    expect(await code(mine({ exp: now - 2 }))).toBe('ACCEPTED')
    expect(await code(mine({ exp: now - 7 }))).toBe('UNAUTHENTICATED:tokenExpired')
  })

  test('forged, unsigned, shared-secret, cut and oversized tokens are refused', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const shared = await new SignJWT({}).setProtectedHeader({ alg: 'HS256', kid: keys.signing!.kid }).setIssuedAt().setIssuer(options.issuer)
      .setAudience(options.audience).setSubject(`person:${personId}`).setExpirationTime('1h').sign(Buffer.from('x'.repeat(32)))
    const unsigned = new UnsecuredJWT({}).setIssuedAt().setIssuer(options.issuer).setAudience(options.audience).setSubject(`person:${personId}`).setExpirationTime('1h').encode()
    const good = await mine()
    for (const token of [await sign(privateKey, keys.signing!.kid), await sign(privateKey, 'unknown'), shared, unsigned, good.slice(0, -3), `${good}x`, 'a.b.c', '', 'x'.repeat(10_000)]) {
      expect(await code(token)).toBe('UNAUTHENTICATED:tokenInvalid')
    }
  })

  test('a token without an end is refused', async () => {
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: keys.signing!.kid }).setIssuedAt().setIssuer(options.issuer)
      .setAudience(options.audience).setSubject(`person:${personId}`).sign(keys.signing!.key)
    expect(await code(token)).toBe('UNAUTHENTICATED:tokenInvalid')
  })

  test('access tokens say so or say nothing; what is signed for another end is none', async () => {
    const typed = (typ?: string) => new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: keys.signing!.kid, ...(typ && { typ }) }).setIssuedAt().setIssuer(options.issuer)
      .setAudience(options.audience).setSubject(`person:${personId}`).setExpirationTime('1h').sign(keys.signing!.key)
    for (const typ of [undefined, 'JWT', 'jwt', 'at+jwt', 'application/at+jwt']) expect(await code(typed(typ))).toBe('ACCEPTED')
    for (const typ of ['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'JWE', 'xat+jwt']) expect(await code(typed(typ))).toBe('UNAUTHENTICATED:tokenInvalid')
  })

  test('a claim may hold the staff number: then it alone names the person, except in tokens of our own', async () => {
    const pair = await generateKeyPair('ES256')
    const theirs: Keys = { ...keys, verification: async header => (header?.kid === keys.signing!.kid ? keys.signing!.key : pair.publicKey) }
    const named = async (claims: object, sub = 'f3a9') => verifyToken(await sign(pair.privateKey, 'theirs', { sub, claims }), theirs, { ...options, staffClaim: 'employee_no' }).then(c => c.subject, e => e.details.messageKey)
    expect(await named({ employee_no: 'S001' })).toEqual({ staffNo: 'S001' })
    expect(await named({ employee_no: '工号-7' }, `person:${personId}`)).toEqual({ staffNo: '工号-7' })
    for (const claims of [{}, { employee_no: '' }, { employee_no: 7 }, { employee_no: ['S001'] }, { employee_no: 'a b' }, { employee_no: 'x'.repeat(65) }]) expect(await named(claims, 'staff:S001')).toBe('tokenInvalid')
    const own = await loadKeys({ production: false, dataDirectory: directory })
    expect((await verifyToken(await mine(), own, { ...options, staffClaim: 'employee_no' })).subject).toEqual({ personId })
  })

  test('the development pair is made once, for its owner only', async () => {
    const file = path.join(directory, 'development-key.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const [again, atOnce] = await Promise.all([loadKeys({ production: false, dataDirectory: directory }), loadKeys({ production: false, dataDirectory: path.join(directory, 'b') })])
    expect(again.signing!.kid).toBe(keys.signing!.kid)
    expect(atOnce.signing!.kid).not.toBe(keys.signing!.kid)
    expect(JSON.parse(readFileSync(file, 'utf8')).kid).toBe(keys.signing!.kid)
  })

  test('production has no signing key, refuses to start without keys and accepts tokens of the configured ones only', async () => {
    await expect(loadKeys({ production: true, dataDirectory: directory })).rejects.toThrow('must be configured')
    const pair = await generateKeyPair('ES256', { extractable: true })
    const jwks = path.join(directory, 'keys.json')
    writeFileSync(jwks, JSON.stringify({ keys: [{ ...await exportJWK(pair.publicKey), kid: 'p1', alg: 'ES256' }] }))
    const production = await loadKeys({ production: true, dataDirectory: directory, keysFile: jwks })
    expect(production.signing).toBeNull()
    await expect(signToken({ personId }, production, options, 60)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await verifyToken(await sign(pair.privateKey, 'p1'), production, options)).subject).toEqual({ personId })
    await expect(verifyToken(await mine(), production, options)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    const pem = path.join(directory, 'key.pem')
    writeFileSync(pem, await exportSPKI(pair.publicKey))
    const byPem = await loadKeys({ production: true, dataDirectory: directory, keysFile: pem })
    expect((await verifyToken(await sign(pair.privateKey, 'any'), byPem, options)).subject).toEqual({ personId })
  })

  test.each(['ES256', 'ES384', 'EdDSA', 'RS256'])('a PEM key is for the algorithm of its kind: %s', async alg => {
    const pair = await generateKeyPair(alg, { extractable: true })
    const pem = path.join(directory, `${alg}.pem`)
    writeFileSync(pem, await exportSPKI(pair.publicKey))
    const keys = await loadKeys({ production: true, dataDirectory: directory, keysFile: pem })
    const token = await new SignJWT({ sub: `person:${personId}` }).setProtectedHeader({ alg, kid: 'any' }).setIssuedAt().setIssuer(options.issuer).setAudience(options.audience).setExpirationTime('1m').sign(pair.privateKey)
    expect((await verifyToken(token, keys, options)).subject).toEqual({ personId })
  })

  test('a file that holds no key that can be used is told in a sentence with its name', async () => {
    const told = async (content: string | null, pemAlgorithm: 'ES256' | null = null): Promise<string> => {
      const keysFile = path.join(directory, 'useless')
      if (content === null) rmSync(keysFile, { force: true })
      else writeFileSync(keysFile, content)
      const error = await loadKeys({ production: true, dataDirectory: directory, keysFile, pemAlgorithm }).then(() => null, (e: Error) => e)
      expect(error).toBeInstanceOf(StartError)
      expect(error!.message).toContain(`The keys of PLUMBLINE_AUTH_KEYS_FILE cannot be used: ${keysFile}: `)
      return error!.message
    }
    expect(await told(null)).toContain('ENOENT')
    expect(await told('{}')).toContain('not a JSON Web Key Set')
    expect(await told('not a key')).toContain('JSON')
    expect(await told('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----')).toMatch(/: .{5,}$/)
    expect(await told(await exportSPKI((await generateKeyPair('EdDSA', { extractable: true })).publicKey), 'ES256')).toContain('PLUMBLINE_AUTH_PEM_ALGORITHM says ES256')
  })

  test('a file with private or shared keys is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    for (const key of [await exportJWK(privateKey), { kty: 'oct', k: 'eA' }]) {
      const file = path.join(directory, 'private.json')
      writeFileSync(file, JSON.stringify({ keys: [key] }))
      await expect(loadKeys({ production: true, dataDirectory: directory, keysFile: file })).rejects.toThrow('public ones only')
    }
  })
})
