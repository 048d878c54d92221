import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { trustworthy } from './auth/issuer-url'

/** The folder with package.json, whether this runs from src/ or from dist/. */
export const PROJECT_ROOT = ((): string => {
  let folder = __dirname
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder)
  return folder
})()

const number = (least: number, most: number): z.ZodCoercedNumber => z.coerce.number(`must be a whole number from ${least} to ${most}`)
  .int(`must be a whole number from ${least} to ${most}`).min(least, `must be at least ${least}`).max(most, `must be at most ${most}`)
const flag = z.stringbool({ error: 'must be on or off' })
const list = z.string().transform(v => v.split(',').map(s => s.trim()).filter(Boolean))
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'must be a URL such as postgres://user:password@host:5432/database')
const file = z.string().transform(v => path.resolve(v)).refine(existsSync, 'must be a file that can be read')
const sizes = list.transform((entries, context): Record<string, number> => Object.fromEntries(entries.map(entry => {
  const [, name, size] = /^([a-z][A-Za-z]*)=(\d{1,4})$/.exec(entry) ?? []
  if (name === undefined || !(Number(size) >= 1)) context.addIssue({ code: 'custom', message: 'must be such as appointmentAggregate=10, separated by commas' })
  return [name ?? '', Number(size)]
})))
const origin = list.refine(v => v.every(o => o === '*' || /^https?:\/\/[^/\s]+$/.test(o)), 'must be origins such as https://desk.example.gov.cn, separated by commas')

/** Every variable of the environment that the product reads, and nothing else does. `.describe` is what `plumbline settings` prints. */
const variables = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development').describe('production: configured keys and a given database are required; explorer, introspection and demo are off'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  PORT: number(0, 65_535).default(4000).describe('Port to listen on; 0 takes a free one'),
  DATABASE_URL: postgresUrl.optional().describe('PostgreSQL 15 or later; without it an embedded PostgreSQL is started'),
  DATABASE_OWNER_URL: postgresUrl.optional().describe('The same database for the role that owns and migrates the tables; DATABASE_URL when absent'),
  PLUMBLINE_DATA_DIR: z.string().transform(v => path.resolve(v)).optional().describe('Embedded database, evidence files and development key; .data in the project when absent'),
  PLUMBLINE_DATABASE_READ_CONNECTIONS: number(1, 200).default(10).describe('Connections of the read pool'),
  PLUMBLINE_DATABASE_WRITE_CONNECTIONS: number(1, 200).default(10).describe('Connections of the write pool'),
  PLUMBLINE_STATEMENT_TIMEOUT: number(100, 600_000).default(15_000).describe('Milliseconds after which a statement is given up'),
  PLUMBLINE_PLUGINS: list.optional().describe('Names of the enabled plugins, separated by commas; all that are found when absent, `none` for none'),
  PLUMBLINE_PLUGINS_DISABLED: list.default([]).describe('Names of plugins that shall not run although they would'),
  PLUMBLINE_PLUGIN_SETTINGS: file.optional().describe('YAML or JSON file with the settings of plugins, by plugin name'),
  PLUMBLINE_DEMO: flag.optional().describe('Load the demo city into an empty database; on outside production'),
  PLUMBLINE_PLANNER: flag.default(true).describe('Answer reads with one planned SQL statement where possible; off: resolvers only'),
  PLUMBLINE_CORS_ORIGINS: origin.default([]).describe('Origins whose pages may call the API'),
  PLUMBLINE_TRUST_PROXY: flag.default(false).describe('Take the client address from X-Forwarded-For: only behind a proxy of your own'),
  PLUMBLINE_AUTH_ISSUER: z.string().min(1).default('plumbline').describe('`iss` of accepted tokens; of an identity provider (OIDC) its https address, whose discovery document names the keys'),
  PLUMBLINE_AUTH_JWKS_URI: z.url({ protocol: /^https?$/, error: 'must be an address such as https://id.example.gov.cn/jwks' }).optional().describe('Keys of the identity provider, where it has no discovery document'),
  PLUMBLINE_AUTH_KEYS_FILE: file.optional().describe('Keys without a network: a JSON Web Key Set or a PEM file'),
  PLUMBLINE_AUTH_PEM_ALGORITHM: z.enum(['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256']).default('ES256').describe('Algorithm of a PEM key'),
  PLUMBLINE_AUTH_AUDIENCE: z.string().min(1).default('plumbline').describe('`aud` of accepted tokens'),
  PLUMBLINE_AUTH_CLOCK_TOLERANCE: number(0, 300).default(30).describe('Seconds by which clocks may differ'),
  PLUMBLINE_AUTH_STAFF_CLAIM: z.string().min(1).max(200).optional().describe('Claim of the identity provider’s tokens that holds the staff number; `sub` as person:<id> or staff:<number> when absent'),
  PLUMBLINE_AUTH_KEYS_MAX_AGE: number(10, 86_400).default(600).describe('Seconds after which the identity provider’s keys are fetched again'),
  PLUMBLINE_AUTH_KEYS_COOLDOWN: number(0, 3_600).default(10).describe('Seconds for which a token of an unknown key does not make them be fetched again'),
  PLUMBLINE_RIGHTS_TTL: number(0, 300_000).default(5_000).describe('Milliseconds for which rights are remembered where no other instance says that they changed'),
  PLUMBLINE_AUDIT_KEY_FILE: file.optional().describe('Ed25519 private key that checkpoints of the audit log are signed with: PKCS #8 in PEM, or a JSON Web Key'),
  PLUMBLINE_AUDIT_HASH: z.enum(['SHA-256', 'SM3']).default('SHA-256').describe('Hash algorithm of new seals over the audit log'),
  PLUMBLINE_AUDIT_SEAL_INTERVAL: number(200, 3_600_000).default(5_000).describe('Milliseconds between two seals over the audit log'),
  PLUMBLINE_INTROSPECTION: flag.optional().describe('Answer introspection; on outside production'),
  PLUMBLINE_EXPLORER: flag.optional().describe('Serve the explorer at /; on outside production'),
  PLUMBLINE_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional().describe('What is logged: info in production (a line for each request), warn elsewhere'),
  PLUMBLINE_LOG_FORMAT: z.enum(['json', 'text']).default('json').describe('How a line of the log is written: json for machines, text for people'),
  PLUMBLINE_EVIDENCE_DIR: z.string().transform(v => path.resolve(v)).optional().describe('Folder of evidence files; `evidence` in the data directory when absent'),
  PLUMBLINE_EVIDENCE_MAX_BYTES: number(1_024, 1_073_741_824).default(20_971_520).describe('Largest evidence file'),
  PLUMBLINE_VAULT_KEY: z.string().optional().describe('Key that protects sensitive values: 32 bytes in Base64. One of the three is required in production'),
  PLUMBLINE_VAULT_KEY_FILE: file.optional().describe('File that holds that key'),
  PLUMBLINE_VAULT_KEY_COMMAND: z.string().optional().describe('Program that prints that key, to fetch it from a hardware module or a key service'),
  PLUMBLINE_VAULT_PREVIOUS_KEY: z.string().optional().describe('The key before this one, until `plumbline vault rotate` has run'),
  PLUMBLINE_VAULT_PREVIOUS_KEY_FILE: file.optional().describe('File that holds that key'),
  PLUMBLINE_VAULT_PREVIOUS_KEY_COMMAND: z.string().optional().describe('Program that prints that key'),
  PLUMBLINE_VAULT_COMMAND_TIMEOUT: number(100, 600_000).default(10_000).describe('Milliseconds that such a program gets'),
  PLUMBLINE_MIN_CELL: number(1, 1_000).default(5).describe('Fewest people that a figure about people may stand for'),
  PLUMBLINE_MIN_CELLS: sizes.default({}).describe('The same for single aggregates: appointmentAggregate=10, separated by commas'),
  PLUMBLINE_MAX_BODY_BYTES: number(1_024, 104_857_600).default(1_048_576).describe('Largest request body without files'),
  PLUMBLINE_MAX_DEPTH: number(1, 100).default(15).describe('Deepest query'),
  PLUMBLINE_MAX_COST: number(1, 10_000_000).default(50_000).describe('Costliest query: about the number of rows that it may return'),
  PLUMBLINE_MAX_TOKENS: number(100, 1_000_000).default(5_000).describe('Longest document, in tokens'),
  PLUMBLINE_METRICS_PORT: number(0, 65_535).optional().describe('Port of /metrics for Prometheus, apart from the API; when absent /metrics stands beside the API outside production, and nowhere in production'),
  PLUMBLINE_METRICS_HOST: z.string().min(1).default('127.0.0.1').describe('Address of PLUMBLINE_METRICS_PORT: of the internal network at most, it asks for no token'),
  PLUMBLINE_DRAIN_GRACE: number(0, 60_000).optional().describe('Milliseconds for which a server that is asked to stop (SIGTERM) still takes requests while /readyz says no, so that balancers notice; 5000 in production, else 0'),
  PLUMBLINE_DRAIN_TIMEOUT: number(0, 600_000).default(10_000).describe('Milliseconds that running requests then get to end, before they are cut off'),
})
type Variables = z.output<typeof variables>

/** A setting that the product cannot start with; the message names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export type Config = ReturnType<typeof configOf>

/** Reads and checks the environment. Everything that is wrong is said at once. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  // An empty variable is an absent one: compose files and unit files often leave them so.
  const given = Object.fromEntries(Object.entries(environment).filter(([, v]) => v !== undefined && v.trim() !== ''))
  const problems = Object.keys(given).filter(k => k.startsWith('PLUMBLINE_') && !k.startsWith('PLUMBLINE_TEST_') && !(k in variables.shape))
    .map(k => `${k} is not a setting of Plumbline.`)
  const read = variables.safeParse(given)
  if (!read.success) problems.push(...read.error.issues.map(i => `${i.path.join('.')} ${i.message}.`))
  else problems.push(...manyKeys(read.data), ...missingInProduction(read.data), ...wrongWithProvider(read.data))
  if (problems.length) throw new ConfigError(problems.join('\n'))
  return deepFreeze(configOf(read.data!))
}

/** Name, default and meaning of every setting. */
export const settings = (): { name: string; fallback: string; meaning: string }[] => Object.entries(variables.shape).map(([name, shape]) => {
  const unset = shape.safeParse(undefined)
  return { name, fallback: unset.success && unset.data !== undefined ? String(unset.data) : '', meaning: shape.description ?? '' }
})

function manyKeys(v: Variables): string[] {
  const given = (name: 'PLUMBLINE_VAULT_KEY' | 'PLUMBLINE_VAULT_PREVIOUS_KEY'): boolean => [v[name], v[`${name}_FILE`], v[`${name}_COMMAND`]].filter(Boolean).length > 1
  return (['PLUMBLINE_VAULT_KEY', 'PLUMBLINE_VAULT_PREVIOUS_KEY'] as const).filter(given).map(name => `${name}, ${name}_FILE and ${name}_COMMAND exclude each other.`)
}

function missingInProduction(v: Variables): string[] {
  if (v.NODE_ENV !== 'production') return []
  return [
    ...(v.DATABASE_URL ? [] : ['DATABASE_URL must be set in production: the embedded database is for development and trials.']),
    ...(v.PLUMBLINE_AUTH_KEYS_FILE || providerOf(v) ? [] : ['PLUMBLINE_AUTH_ISSUER must be the address of an identity provider in production, or PLUMBLINE_AUTH_KEYS_FILE be set: development keys exist only outside it.']),
    ...(v.PLUMBLINE_VAULT_KEY ?? v.PLUMBLINE_VAULT_KEY_FILE ?? v.PLUMBLINE_VAULT_KEY_COMMAND ? [] : ['PLUMBLINE_VAULT_KEY, PLUMBLINE_VAULT_KEY_FILE or PLUMBLINE_VAULT_KEY_COMMAND must be set in production: the development key exists only outside it.']),
    ...(v.PLUMBLINE_CORS_ORIGINS.includes('*') ? ['PLUMBLINE_CORS_ORIGINS must name origins in production.'] : []),
  ]
}

/** Where the keys of tokens are fetched, if they are. */
function providerOf(v: Variables): { issuer: string; jwksUri: string | null; maxAge: number; cooldown: number } | null {
  const jwksUri = v.PLUMBLINE_AUTH_JWKS_URI ?? null
  if (v.PLUMBLINE_AUTH_KEYS_FILE || (jwksUri === null && !/^https?:/.test(v.PLUMBLINE_AUTH_ISSUER))) return null
  return { issuer: v.PLUMBLINE_AUTH_ISSUER, jwksUri, maxAge: v.PLUMBLINE_AUTH_KEYS_MAX_AGE * 1_000, cooldown: v.PLUMBLINE_AUTH_KEYS_COOLDOWN * 1_000 }
}

function wrongWithProvider(v: Variables): string[] {
  const provider = providerOf(v)
  const from = provider?.jwksUri ?? provider?.issuer
  return [
    ...(v.PLUMBLINE_AUTH_KEYS_FILE && v.PLUMBLINE_AUTH_JWKS_URI ? ['PLUMBLINE_AUTH_KEYS_FILE and PLUMBLINE_AUTH_JWKS_URI cannot both be set.'] : []),
    ...(from !== undefined && !trustworthy(from, v.NODE_ENV === 'production') ? [`${provider?.jwksUri ? 'PLUMBLINE_AUTH_JWKS_URI' : 'PLUMBLINE_AUTH_ISSUER'} must be https in production, or on this machine.`] : []),
  ]
}

function configOf(v: Variables) {
  const production = v.NODE_ENV === 'production'
  const dataDirectory = v.PLUMBLINE_DATA_DIR ?? path.join(PROJECT_ROOT, '.data')
  return {
    production,
    dataDirectory,
    /** Nobody chose the data directory: another one may be taken when it cannot be used. */
    dataDirectoryIsDefault: v.PLUMBLINE_DATA_DIR === undefined,
    demo: v.PLUMBLINE_DEMO ?? !production,
    planner: v.PLUMBLINE_PLANNER,
    logLevel: v.PLUMBLINE_LOG_LEVEL ?? (production ? 'info' : 'warn'),
    logFormat: v.PLUMBLINE_LOG_FORMAT,
    drainGrace: v.PLUMBLINE_DRAIN_GRACE ?? (production ? 5_000 : 0),
    drainTimeout: v.PLUMBLINE_DRAIN_TIMEOUT,
    /** `listener` null: beside the API. */
    metrics: { enabled: v.PLUMBLINE_METRICS_PORT !== undefined || !production, listener: v.PLUMBLINE_METRICS_PORT === undefined ? null : { host: v.PLUMBLINE_METRICS_HOST, port: v.PLUMBLINE_METRICS_PORT } },
    http: {
      host: v.HOST, port: v.PORT, corsOrigins: v.PLUMBLINE_CORS_ORIGINS, trustProxy: v.PLUMBLINE_TRUST_PROXY,
      introspection: v.PLUMBLINE_INTROSPECTION ?? !production, explorer: v.PLUMBLINE_EXPLORER ?? !production,
    },
    limits: { bodyBytes: v.PLUMBLINE_MAX_BODY_BYTES, depth: v.PLUMBLINE_MAX_DEPTH, cost: v.PLUMBLINE_MAX_COST, tokens: v.PLUMBLINE_MAX_TOKENS },
    database: {
      url: v.DATABASE_URL ?? null, ownerUrl: v.DATABASE_OWNER_URL ?? v.DATABASE_URL ?? null,
      /** Which variable the owner's address came from, for messages. */
      owner: v.DATABASE_OWNER_URL ? 'DATABASE_OWNER_URL' : 'DATABASE_URL',
      readConnections: v.PLUMBLINE_DATABASE_READ_CONNECTIONS, writeConnections: v.PLUMBLINE_DATABASE_WRITE_CONNECTIONS, statementTimeout: v.PLUMBLINE_STATEMENT_TIMEOUT,
    },
    auth: {
      keysFile: v.PLUMBLINE_AUTH_KEYS_FILE ?? null, pemAlgorithm: v.PLUMBLINE_AUTH_PEM_ALGORITHM, issuer: v.PLUMBLINE_AUTH_ISSUER, audience: v.PLUMBLINE_AUTH_AUDIENCE,
      clockTolerance: v.PLUMBLINE_AUTH_CLOCK_TOLERANCE, rightsTtl: v.PLUMBLINE_RIGHTS_TTL, staffClaim: v.PLUMBLINE_AUTH_STAFF_CLAIM ?? null,
      /** The identity provider that is asked for keys; null: a file has them, or the development pair. */
      provider: providerOf(v),
    },
    audit: { keyFile: v.PLUMBLINE_AUDIT_KEY_FILE ?? null, hash: v.PLUMBLINE_AUDIT_HASH, sealInterval: v.PLUMBLINE_AUDIT_SEAL_INTERVAL },
    evidence: { directory: v.PLUMBLINE_EVIDENCE_DIR ?? path.join(dataDirectory, 'evidence'), maxBytes: v.PLUMBLINE_EVIDENCE_MAX_BYTES },
    vault: {
      current: { value: v.PLUMBLINE_VAULT_KEY ?? null, file: v.PLUMBLINE_VAULT_KEY_FILE ?? null, command: v.PLUMBLINE_VAULT_KEY_COMMAND ?? null },
      previous: { value: v.PLUMBLINE_VAULT_PREVIOUS_KEY ?? null, file: v.PLUMBLINE_VAULT_PREVIOUS_KEY_FILE ?? null, command: v.PLUMBLINE_VAULT_PREVIOUS_KEY_COMMAND ?? null },
      commandTimeout: v.PLUMBLINE_VAULT_COMMAND_TIMEOUT,
    },
    cellSizes: { least: v.PLUMBLINE_MIN_CELL, byAggregate: v.PLUMBLINE_MIN_CELLS },
    plugins: {
      /** Null: all that are found. */
      enabled: v.PLUMBLINE_PLUGINS ? v.PLUMBLINE_PLUGINS.filter(n => n !== 'none') : null,
      disabled: v.PLUMBLINE_PLUGINS_DISABLED,
      settings: v.PLUMBLINE_PLUGIN_SETTINGS ? pluginSettings(v.PLUMBLINE_PLUGIN_SETTINGS) : {},
    },
  }
}

function pluginSettings(from: string): Record<string, unknown> {
  let content: unknown
  try {
    content = parse(readFileSync(from, 'utf8'))
  } catch (cause) {
    throw new ConfigError(`PLUMBLINE_PLUGIN_SETTINGS: ${from} cannot be read: ${(cause as Error).message}`, { cause })
  }
  const read = z.record(z.string(), z.unknown()).safeParse(content ?? {})
  if (!read.success) throw new ConfigError(`PLUMBLINE_PLUGIN_SETTINGS: ${from} must hold settings by plugin name.`)
  return read.data
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part as object)
  return Object.freeze(value)
}
