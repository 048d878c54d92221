import { createServer, type RequestListener, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import { IssuerKeys, type IssuerOptions } from '../../../src/auth/issuer-keys'
import { trustworthy } from '../../../src/auth/issuer-url'
import { verifyToken } from '../../../src/auth'

/** A provider that answers as a test wants it to. */
let server: Server
let base: string
let answer: RequestListener
let asked: string[]
const pairs: { privateKey: CryptoKey; jwk: JWK }[] = []

beforeAll(async () => {
  for (const kid of ['k0', 'k1']) {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    pairs.push({ privateKey, jwk: { ...await exportJWK(publicKey), kid, alg: 'ES256' } })
  }
  server = createServer((request, response) => { asked.push(request.url!); answer(request, response) })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise(resolve => { server.close(resolve); server.closeAllConnections() }))
beforeEach(() => { asked = []; serve(0) })

const json = (body: unknown, status = 200): RequestListener => (_, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const documents = (...keys: unknown[]): RequestListener => (request, response) =>
  json(request.url === '/keys' ? { keys } : { issuer: base, jwks_uri: `${base}/keys` })(request, response)
const serve = (...which: number[]): void => { answer = documents(...which.map(i => pairs[i]!.jwk)) }
const keysOf = (o: Partial<IssuerOptions> = {}): IssuerKeys => new IssuerKeys({ issuer: base, jwksUri: null, production: true, maxAge: 600_000, cooldown: 60_000, patience: 1_500, ...o })
const verify = async (keys: IssuerKeys, which = 0, kid = `k${which}`): Promise<string> => {
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt' }).setIssuedAt().setIssuer(base).setAudience('plumbline').setSubject('staff:S1').setExpirationTime('1h').sign(pairs[which]!.privateKey)
  return verifyToken(token, { verification: keys.find, signing: null, start: () => keys.start() }, { issuer: base, audience: 'plumbline', clockTolerance: 0 }).then(() => 'GOOD', (e: { code: string }) => e.code)
}

test('the keys are fetched once, and not for each token', async () => {
  const keys = keysOf()
  await keys.start()
  for (let i = 0; i < 5; i++) expect(await verify(keys)).toBe('GOOD')
  expect(asked).toEqual(['/.well-known/openid-configuration', '/keys'])
})

test('a flood of unknown keys makes them be fetched once more in a cooldown, and every one is refused', async () => {
  const keys = keysOf({ cooldown: 0 })
  await keys.start()
  const slow = keysOf()
  await slow.start()
  asked = []
  expect(await Promise.all(Array.from({ length: 30 }, (_, i) => verify(slow, 0, `../../${i}`)))).toEqual(Array(30).fill('UNAUTHENTICATED'))
  expect(asked).toEqual([])
  expect(await Promise.all(Array.from({ length: 30 }, (_, i) => verify(keys, 0, `../../${i}`)))).toEqual(Array(30).fill('UNAUTHENTICATED'))
  expect(asked.length).toBeLessThan(30)
  expect(new Set(asked)).toEqual(new Set(['/keys']))
})

test('a new key is found when a token names it, the old one is gone with it', async () => {
  const keys = keysOf({ cooldown: 0 })
  await keys.start()
  serve(1)
  expect(await verify(keys, 0)).toBe('GOOD')
  expect(await verify(keys, 1)).toBe('GOOD')
  expect(await verify(keys, 0)).toBe('UNAUTHENTICATED')
})

test('old keys serve while they are fetched again, and when that fails', async () => {
  const keys = keysOf({ maxAge: 0, cooldown: 0 })
  await keys.start()
  answer = json({}, 500)
  for (let i = 0; i < 3; i++) expect(await verify(keys)).toBe('GOOD')
})

test('without an answer nobody can tell: said after the time allowed, and at once for those who come behind', async () => {
  answer = () => undefined
  const keys = keysOf({ patience: 200 })
  await keys.start()
  expect(await verify(keys)).toBe('UNAVAILABLE')
  expect(asked).toHaveLength(1)
  const good = keysOf({ cooldown: 0 })
  serve(0)
  await good.start()
  answer = () => undefined
  expect(await Promise.all([verify(good, 1), verify(good, 0), verify(good, 1)])).toEqual(['UNAVAILABLE', 'GOOD', 'UNAVAILABLE'])
})

test.each<[string, () => RequestListener]>([
  ['a redirect', () => (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['an error', () => json({}, 503)], ['no JSON', () => (_, response) => void response.end('<html>')], ['other JSON', () => json({ keys: 'many' })],
  ['no key', () => documents()], ['shared and private keys only', () => documents({ kty: 'oct', k: 'eA' }, { ...pairs[0]!.jwk, d: 'eA' })],
  ['a very long one', () => (_, response) => void response.end('x'.repeat(300_000))],
])('an answer that is %s is none', async (_, listener) => {
  answer = listener()
  const keys = keysOf({ jwksUri: `${base}/keys` })
  await keys.start()
  expect(await verify(keys)).toBe('UNAVAILABLE')
})

test('a provider that calls itself otherwise, or has its keys where others can change them, stops the start', async () => {
  answer = json({ issuer: 'https://id.example', jwks_uri: `${base}/keys` })
  await expect(keysOf().start()).rejects.toThrow(`The identity provider at ${base} (PLUMBLINE_AUTH_ISSUER) calls itself https://id.example.`)
  answer = json({ issuer: base, jwks_uri: 'http://id.example/keys' })
  await expect(keysOf().start()).rejects.toThrow('that must be https, or this machine')
})

test.each<[string, boolean, boolean]>([
  ['https://id.example', true, true], ['http://id.example', true, false], ['http://id.example', false, true], ['http://localhost:3000', true, true], ['http://127.0.0.1', true, true], ['http://[::1]:3000', true, true],
  ['http://127.0.0.1.example', true, false], ['http://localhost.example', true, false], ['http://user@evil.example#localhost', true, false], ['file:///etc/keys', false, false], ['plumbline', false, false],
])('%s, in production %s: %s', (url, production, fits) => expect(trustworthy(url, production)).toBe(fits))
