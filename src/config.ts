import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
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
const days = z.string().regex(/^\d{1,2}(\s*,\s*\d{1,2})*$/, 'must be numbers of days such as 5, 1').transform(v => v.split(',').map(Number))
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'must be a URL such as postgres://user:password@host:5432/database')
const proxies = z.string().transform((v, context): boolean | number | string[] => {
  const read = flag.safeParse(v)
  if (/^([1-9]|10)$/.test(v.trim())) return Number(v)
  if (read.success) return read.data
  const addresses = v.split(',').map(s => s.trim()).filter(Boolean)
  if (addresses.length && addresses.every(isAddressRange)) return addresses
  context.addIssue({ code: 'custom', message: 'must be on, off, a number from 1 to 10, or addresses such as 10.0.0.0/8' })
  return z.NEVER
})
const isAddressRange = (range: string): boolean => {
  const [address = '', bits] = range.split('/')
  return isIP(address) !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128)))
}
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
  PLUMBLINE_TRUST_PROXY: proxies.default(false).describe('Take the client address from X-Forwarded-For: on behind one proxy of your own, a number behind so many, or addresses of proxies, separated by commas'),
  PLUMBLINE_HSTS: number(0, 63_072_000).optional().describe('Seconds for which browsers are told to come by https only, when they came by https through a trusted proxy; a year in production, 0 elsewhere'),
  PLUMBLINE_AUTH_ISSUER: z.string().min(1).default('plumbline').describe('`iss` of accepted tokens; of an identity provider (OIDC) its https address, whose discovery document names the keys'),
  PLUMBLINE_AUTH_JWKS_URI: z.url({ protocol: /^https?$/, error: 'must be an address such as https://id.example.gov.cn/jwks' }).optional().describe('Keys of the identity provider, where it has no discovery document'),
  PLUMBLINE_AUTH_KEYS_FILE: file.optional().describe('Keys without a network: a JSON Web Key Set or a PEM file'),
  PLUMBLINE_AUTH_PEM_ALGORITHM: z.enum(['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256']).optional().describe('Algorithm of a PEM key; by default the one of its kind (RS256 for RSA)'),
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
  PLUMBLINE_RECTIFICATION_EXTENSIONS: number(0, 20).default(2).describe('How often the date of a rectification task may be moved'),
  PLUMBLINE_INBOX_REMINDERS: days.default([5, 1]).describe('Working days before a due date on which people are reminded of it, separated by commas'),
  PLUMBLINE_MIN_CELL: number(1, 1_000).default(5).describe('Fewest people that a figure about people may stand for'),
  PLUMBLINE_MIN_CELLS: sizes.default({}).describe('The same for single aggregates: appointmentAggregate=10, separated by commas'),
  PLUMBLINE_EVIDENCE_MAX_UPLOADS: number(1, 1_000).default(8).describe('Evidence files that one instance takes at the same time'),
  PLUMBLINE_EVIDENCE_MAX_PARTS: number(10, 1_000_000).default(10_000).describe('Parts of an office document'),
  PLUMBLINE_EVIDENCE_MAX_UNPACKED_BYTES: number(1_048_576, 4_294_967_296).default(536_870_912).describe('Size of an office document when it is unpacked'),
  PLUMBLINE_EVIDENCE_MAX_RATIO: number(10, 10_000).default(100).describe('How many times its size an office document may unpack to'),
  PLUMBLINE_JOBS: number(0, 100).default(1).describe('Jobs (imports that people asked for) that one instance works on at the same time; 0: it leaves them to others'),
  PLUMBLINE_JOB_TIME: number(1_000, 3_600_000).default(600_000).describe('Milliseconds after which a job is broken off'),
  PLUMBLINE_MAX_BODY_BYTES: number(1_024, 104_857_600).default(1_048_576).describe('Largest request body without files'),
  PLUMBLINE_MAX_TOKENS: number(100, 1_000_000).default(5_000).describe('Longest document, in tokens'),
  PLUMBLINE_MAX_DEPTH: number(3, 100).default(15).describe('Deepest query, through fragments'),
  PLUMBLINE_MAX_FIELDS: number(10, 100_000).default(2_000).describe('Fields of an operation when its fragments are put in'),
  PLUMBLINE_MAX_ALIASES: number(0, 10_000).default(100).describe('Aliases in an operation'),
  PLUMBLINE_MAX_DIRECTIVES: number(0, 10_000).default(50).describe('Directives in an operation'),
  PLUMBLINE_MAX_ROOT_FIELDS: number(1, 1_000).default(30).describe('Queries or commands in one operation'),
  PLUMBLINE_MAX_COST: number(100, 10_000_000).default(50_000).describe('Costliest operation: about the number of objects that it may return, and what fields declare'),
  PLUMBLINE_MAX_TEXT: number(1_000, 10_000_000).default(200_000).describe('Characters of one text given as input'),
  PLUMBLINE_MAX_LIST_ITEMS: number(200, 1_000_000).default(1_000).describe('Elements of one list given as input'),
  PLUMBLINE_MAX_REQUESTS_PER_MINUTE: number(10, 1_000_000_000).default(6_000).describe('Requests of one identity within a minute, over all instances'),
  PLUMBLINE_MAX_REQUESTS_PER_MINUTE_OF_ADDRESS: number(10, 1_000_000_000).default(30_000).describe('Requests from one address within a minute, over all instances'),
  PLUMBLINE_MAX_FAILED_SIGN_INS_PER_MINUTE: number(1, 1_000_000).default(60).describe('Wrong tokens and keys from one address within a minute, after which only known ones are taken from there'),
  PLUMBLINE_MAX_REQUESTS_IN_FLIGHT: number(1, 1_000_000).default(200).describe('Requests of one identity that an instance works on at the same time'),
  PLUMBLINE_MAX_CONNECTIONS: number(1, 1_000_000).default(50).describe('WebSockets of one identity on an instance'),
  PLUMBLINE_MAX_SUBSCRIPTIONS: number(1, 1_000_000).default(200).describe('Subscriptions of one identity on an instance, over all its WebSockets'),
  PLUMBLINE_MAX_QUERY_TIME: number(100, 600_000).default(30_000).describe('Milliseconds after which a query is given up and cancelled in the database'),
  PLUMBLINE_MAX_COMMAND_TIME: number(100, 3_600_000).default(60_000).describe('The same for a command'),
  PLUMBLINE_OPERATIONS: z.enum(['any', 'safelist']).default('any').describe('Which operations are answered: any, or those that teams have had listed (plumbline operations) and no others'),
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
    safelist: v.PLUMBLINE_OPERATIONS === 'safelist',
    logLevel: v.PLUMBLINE_LOG_LEVEL ?? (production ? 'info' : 'warn'),
    logFormat: v.PLUMBLINE_LOG_FORMAT,
    drainGrace: v.PLUMBLINE_DRAIN_GRACE ?? (production ? 5_000 : 0),
    drainTimeout: v.PLUMBLINE_DRAIN_TIMEOUT,
    /** `listener` null: beside the API. */
    metrics: { enabled: v.PLUMBLINE_METRICS_PORT !== undefined || !production, listener: v.PLUMBLINE_METRICS_PORT === undefined ? null : { host: v.PLUMBLINE_METRICS_HOST, port: v.PLUMBLINE_METRICS_PORT } },
    http: {
      host: v.HOST, port: v.PORT, corsOrigins: v.PLUMBLINE_CORS_ORIGINS, trustProxy: v.PLUMBLINE_TRUST_PROXY,
      introspection: v.PLUMBLINE_INTROSPECTION ?? !production, explorer: v.PLUMBLINE_EXPLORER ?? !production,
      hsts: v.PLUMBLINE_HSTS ?? (production ? 31_536_000 : 0),
    },
    limits: {
      bodyBytes: v.PLUMBLINE_MAX_BODY_BYTES, tokens: v.PLUMBLINE_MAX_TOKENS, depth: v.PLUMBLINE_MAX_DEPTH, fields: v.PLUMBLINE_MAX_FIELDS, aliases: v.PLUMBLINE_MAX_ALIASES,
      directives: v.PLUMBLINE_MAX_DIRECTIVES, rootFields: v.PLUMBLINE_MAX_ROOT_FIELDS, cost: v.PLUMBLINE_MAX_COST, textLength: v.PLUMBLINE_MAX_TEXT, listItems: v.PLUMBLINE_MAX_LIST_ITEMS,
      requestsPerMinute: v.PLUMBLINE_MAX_REQUESTS_PER_MINUTE, requestsPerMinuteOfAddress: v.PLUMBLINE_MAX_REQUESTS_PER_MINUTE_OF_ADDRESS,
      failedSignInsPerMinute: v.PLUMBLINE_MAX_FAILED_SIGN_INS_PER_MINUTE, requestsInFlight: v.PLUMBLINE_MAX_REQUESTS_IN_FLIGHT,
      connections: v.PLUMBLINE_MAX_CONNECTIONS, subscriptions: v.PLUMBLINE_MAX_SUBSCRIPTIONS, queryTime: v.PLUMBLINE_MAX_QUERY_TIME, commandTime: v.PLUMBLINE_MAX_COMMAND_TIME,
    },
    database: {
      url: v.DATABASE_URL ?? null, ownerUrl: v.DATABASE_OWNER_URL ?? v.DATABASE_URL ?? null,
      /** Which variable the owner's address came from, for messages. */
      owner: v.DATABASE_OWNER_URL ? 'DATABASE_OWNER_URL' : 'DATABASE_URL',
      readConnections: v.PLUMBLINE_DATABASE_READ_CONNECTIONS, writeConnections: v.PLUMBLINE_DATABASE_WRITE_CONNECTIONS, statementTimeout: v.PLUMBLINE_STATEMENT_TIMEOUT,
    },
    auth: {
      keysFile: v.PLUMBLINE_AUTH_KEYS_FILE ?? null, pemAlgorithm: v.PLUMBLINE_AUTH_PEM_ALGORITHM ?? null, issuer: v.PLUMBLINE_AUTH_ISSUER, audience: v.PLUMBLINE_AUTH_AUDIENCE,
      clockTolerance: v.PLUMBLINE_AUTH_CLOCK_TOLERANCE, rightsTtl: v.PLUMBLINE_RIGHTS_TTL, staffClaim: v.PLUMBLINE_AUTH_STAFF_CLAIM ?? null,
      /** The identity provider that is asked for keys; null: a file has them, or the development pair. */
      provider: providerOf(v),
    },
    audit: { keyFile: v.PLUMBLINE_AUDIT_KEY_FILE ?? null, hash: v.PLUMBLINE_AUDIT_HASH, sealInterval: v.PLUMBLINE_AUDIT_SEAL_INTERVAL },
    evidence: {
      directory: v.PLUMBLINE_EVIDENCE_DIR ?? path.join(dataDirectory, 'evidence'),
      limits: {
        maxBytes: v.PLUMBLINE_EVIDENCE_MAX_BYTES, maxConcurrent: v.PLUMBLINE_EVIDENCE_MAX_UPLOADS, maxParts: v.PLUMBLINE_EVIDENCE_MAX_PARTS,
        maxUnpackedBytes: v.PLUMBLINE_EVIDENCE_MAX_UNPACKED_BYTES, maxUnpackedRatio: v.PLUMBLINE_EVIDENCE_MAX_RATIO,
      },
    },
    vault: {
      current: { value: v.PLUMBLINE_VAULT_KEY ?? null, file: v.PLUMBLINE_VAULT_KEY_FILE ?? null, command: v.PLUMBLINE_VAULT_KEY_COMMAND ?? null },
      previous: { value: v.PLUMBLINE_VAULT_PREVIOUS_KEY ?? null, file: v.PLUMBLINE_VAULT_PREVIOUS_KEY_FILE ?? null, command: v.PLUMBLINE_VAULT_PREVIOUS_KEY_COMMAND ?? null },
      commandTimeout: v.PLUMBLINE_VAULT_COMMAND_TIMEOUT,
    },
    inbox: { reminders: v.PLUMBLINE_INBOX_REMINDERS }, jobs: { concurrency: v.PLUMBLINE_JOBS, timeLimit: v.PLUMBLINE_JOB_TIME },
    rectification: { mostExtensions: v.PLUMBLINE_RECTIFICATION_EXTENSIONS },
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
