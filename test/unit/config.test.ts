import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Config, ConfigError, PROJECT_ROOT, readConfig, settings } from '../../src/config'

let folder: string
beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'plumbline-config-')) })
afterAll(() => rmSync(folder, { recursive: true }))

const refusal = (environment: NodeJS.ProcessEnv): string => {
  try {
    readConfig(environment)
  } catch (e) {
    expect(e).toBeInstanceOf(ConfigError)
    return (e as Error).message
  }
  throw new Error('It was not refused.')
}
const written = (name: string, text: string): string => {
  const at = path.join(folder, name)
  writeFileSync(at, text)
  return at
}
const production = (): NodeJS.ProcessEnv => ({ NODE_ENV: 'production', DATABASE_URL: 'postgres://db/p', PLUMBLINE_AUTH_KEYS_FILE: written('keys.json', '{}'), PLUMBLINE_VAULT_KEY: 'given' })

test('nothing needs to be set', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    production: false, demo: true, planner: true, dataDirectory: path.join(PROJECT_ROOT, '.data'), http: { host: '127.0.0.1', port: 4000, corsOrigins: [], explorer: true, introspection: true },
    database: { url: null, ownerUrl: null }, plugins: { enabled: null, settings: {} }, auth: { keysFile: null, issuer: 'plumbline' },
  })
})

test('figures stand beside the API in development, nowhere in production unless they have a port of their own', () => {
  expect(readConfig({}).metrics).toEqual({ enabled: true, listener: null })
  expect(readConfig(production()).metrics).toEqual({ enabled: false, listener: null })
  expect(readConfig({ ...production(), PLUMBLINE_METRICS_PORT: '9464' }).metrics).toEqual({ enabled: true, listener: { host: '127.0.0.1', port: 9464 } })
})

test('the result cannot be changed', () => {
  const config = readConfig({}) as { http: { port: number } } & Config
  expect(() => { config.http.port = 1 }).toThrow(TypeError)
  expect(Object.isFrozen(config.http.corsOrigins)).toBe(true)
})

test('an empty variable is an absent one', () => {
  expect(readConfig({ DATABASE_URL: '', PORT: ' ' })).toMatchObject({ http: { port: 4000 }, database: { url: null } })
})

test('the owner is the role of DATABASE_URL unless told', () => {
  expect(readConfig({ DATABASE_URL: 'postgres://a/p' }).database.ownerUrl).toBe('postgres://a/p')
  expect(readConfig({ DATABASE_URL: 'postgres://a/p', DATABASE_OWNER_URL: 'postgres://b/p' }).database).toMatchObject({ url: 'postgres://a/p', ownerUrl: 'postgres://b/p' })
})

test.each([
  ['PORT', '70000', 'PORT must be at most 65535.'],
  ['PORT', 'http', 'PORT must be a whole number from 0 to 65535.'],
  ['PLUMBLINE_DEMO', 'perhaps', 'PLUMBLINE_DEMO must be on or off.'],
  ['PLUMBLINE_CORS_ORIGINS', 'desk.example.cn/page', 'PLUMBLINE_CORS_ORIGINS must be origins such as'],
  ['PLUMBLINE_AUTH_KEYS_FILE', '/nowhere/keys.json', 'PLUMBLINE_AUTH_KEYS_FILE must be a file that can be read.'],
  ['PLUMBLINE_PORT', '4000', 'PLUMBLINE_PORT is not a setting of Plumbline.'],
])('%s=%s is refused by its name', (name, value, message) => {
  expect(refusal({ [name]: value })).toContain(message)
})

test('a refused value that may hold a password is not repeated', () => {
  const message = refusal({ DATABASE_URL: 'mysql://root:secret@db/p' })
  expect(message).toContain('DATABASE_URL must be a URL such as postgres://')
  expect(message).not.toContain('secret')
})

test('everything that is wrong is said at once', () => {
  expect(refusal({ PORT: '-1', PLUMBLINE_LOG_LEVEL: 'loud', PLUMBLINE_X: '1' }).split('\n')).toHaveLength(3)
})

describe('in production', () => {
  test('a database and keys must be given', () => {
    const message = refusal({ NODE_ENV: 'production' })
    expect(message).toContain('DATABASE_URL must be set in production')
    expect(message).toContain('PLUMBLINE_AUTH_ISSUER must be the address of an identity provider in production, or PLUMBLINE_AUTH_KEYS_FILE be set')
    expect(message).toContain('PLUMBLINE_VAULT_KEY, PLUMBLINE_VAULT_KEY_FILE or PLUMBLINE_VAULT_KEY_COMMAND must be set in production')
  })

  test('keys come from an identity provider at its https address or on this machine, or from a file', () => {
    const { PLUMBLINE_AUTH_KEYS_FILE: keysFile, ...without } = production()
    const from = (more: NodeJS.ProcessEnv): unknown => readConfig({ ...without, ...more }).auth.provider
    expect(from({ PLUMBLINE_AUTH_ISSUER: 'https://id.example' })).toEqual({ issuer: 'https://id.example', jwksUri: null, maxAge: 600_000, cooldown: 10_000 })
    expect(from({ PLUMBLINE_AUTH_ISSUER: 'http://127.0.0.1:9000' })).toMatchObject({ issuer: 'http://127.0.0.1:9000' })
    expect(from({ PLUMBLINE_AUTH_ISSUER: 'desk', PLUMBLINE_AUTH_JWKS_URI: 'https://id.example/keys' })).toMatchObject({ issuer: 'desk', jwksUri: 'https://id.example/keys' })
    expect(from({ PLUMBLINE_AUTH_ISSUER: 'https://id.example', PLUMBLINE_AUTH_KEYS_FILE: keysFile })).toBeNull()
    expect(refusal({ ...without, PLUMBLINE_AUTH_ISSUER: 'http://id.example' })).toContain('PLUMBLINE_AUTH_ISSUER must be https in production, or on this machine.')
    expect(refusal({ ...without, PLUMBLINE_AUTH_JWKS_URI: 'http://id.example/keys' })).toContain('PLUMBLINE_AUTH_JWKS_URI must be https in production, or on this machine.')
    expect(refusal({ ...without, PLUMBLINE_AUTH_JWKS_URI: 'file:///keys' })).toContain('PLUMBLINE_AUTH_JWKS_URI must be an address such as')
    expect(refusal({ ...without, PLUMBLINE_AUTH_KEYS_FILE: keysFile, PLUMBLINE_AUTH_JWKS_URI: 'https://id.example/keys' })).toContain('cannot both be set')
  })

  test('explorer, introspection and demo are off unless switched on', () => {
    expect(readConfig(production())).toMatchObject({ production: true, demo: false, http: { explorer: false, introspection: false } })
    expect(readConfig({ ...production(), PLUMBLINE_INTROSPECTION: 'on' }).http.introspection).toBe(true)
  })

  test('every origin is refused', () => {
    expect(refusal({ ...production(), PLUMBLINE_CORS_ORIGINS: '*' })).toContain('must name origins in production')
  })
})

test('the least cell of figures about people: for all, and for single ones', () => {
  expect(readConfig({ PLUMBLINE_MIN_CELL: '8', PLUMBLINE_MIN_CELLS: 'appointmentAggregate=12' }).cellSizes).toEqual({ least: 8, byAggregate: { appointmentAggregate: 12 } })
  for (const bad of ['appointmentAggregate', 'appointmentAggregate=0', '=5', 'a b=5']) expect(refusal({ PLUMBLINE_MIN_CELLS: bad })).toContain('PLUMBLINE_MIN_CELLS must be such as appointmentAggregate=10')
})

test('plugins: all, some, none; their settings come from a file', () => {
  expect(readConfig({ PLUMBLINE_PLUGINS: 'a, b' }).plugins.enabled).toEqual(['a', 'b'])
  expect(readConfig({ PLUMBLINE_PLUGINS: 'none' }).plugins.enabled).toEqual([])
  const at = written('plugins.yaml', 'health-procurement:\n  threshold: 5\n')
  expect(readConfig({ PLUMBLINE_PLUGIN_SETTINGS: at }).plugins.settings).toEqual({ 'health-procurement': { threshold: 5 } })
  expect(refusal({ PLUMBLINE_PLUGIN_SETTINGS: written('broken.yaml', 'a: [') })).toContain('cannot be read')
  expect(refusal({ PLUMBLINE_PLUGIN_SETTINGS: written('list.yaml', '- a') })).toContain('must hold settings by plugin name')
})

test('every setting says what it means', () => {
  for (const { name, meaning } of settings()) expect({ name, meaning }).toEqual({ name, meaning: expect.stringMatching(/.{10}/) })
})
