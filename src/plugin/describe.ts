import path from 'node:path'
import type { GraphQLSchema } from 'graphql'
import { getMetadataArgsStorage } from 'typeorm'
import type { Noun } from '../core/reads'
import { schemaOf } from '../sdk/migration'
import type { PluginManifest } from '../sdk/manifest'
import type { PluginCode } from '../sdk/plugin-code'
import type { Claim, ClaimKind } from './descriptor'
import { isTypeOf } from './names'

type Target = object
/** How much type-graphql and TypeORM knew at a moment: what comes after belongs to whoever was loaded then. */
export interface Mark { objectTypes: number; inputTypes: number; interfaceTypes: number; enums: number; unions: number; queries: number; mutations: number; subscriptions: number; fieldResolvers: number; tables: number }

const storage = (): typeof globalThis.TypeGraphQLMetadataStorage => globalThis.TypeGraphQLMetadataStorage
export function mark(): Mark {
  const s = storage()
  return {
    objectTypes: s.objectTypes.length, inputTypes: s.inputTypes.length, interfaceTypes: s.interfaceTypes.length, enums: s.enums.length, unions: s.unions.length,
    queries: s.queries.length, mutations: s.mutations.length, subscriptions: s.subscriptions.length, fieldResolvers: s.fieldResolvers.length,
    tables: getMetadataArgsStorage().tables.length,
  }
}

/** Forgets what was declared since: a plugin that failed on the way leaves nothing in the schema of the others. */
export function forget(since: Mark): void {
  const s = storage()
  for (const kind of ['objectTypes', 'inputTypes', 'interfaceTypes', 'enums', 'unions', 'queries', 'mutations', 'subscriptions', 'fieldResolvers'] as const) s[kind].length = since[kind]
  getMetadataArgsStorage().tables.length = since.tables
}

/** Everything that the plugin's manifest and code claim, found in what loading them declared (listed by the author or not). */
export function claimsOf(manifest: PluginManifest, code: PluginCode | null, root: string, since: Mark | null, schema: GraphQLSchema | null): Claim[] {
  const claims = new Map<string, Claim>()
  const files = code ? declaringFiles(root) : new Map<Target, string>()
  const claim = (kind: ClaimKind, name: string, declaredBy: Target | null): void => {
    const key = `${kind} ${name}`
    if (!claims.has(key)) claims.set(key, { kind, name, file: (declaredBy && files.get(declaredBy)) ?? null })
  }
  claim('CODE_PREFIX', `${manifest.name}.`, null)
  claim('ID_PREFIX', `${manifest.short}_`, null)
  if (code && since) {
    claim('POSTGRES_SCHEMA', schemaOf(manifest.name), null)
    fromMetadata(since, claim)
    fromCode(manifest, code, claim)
  }
  if (schema) for (const type of Object.keys(schema.getTypeMap())) if (isTypeOf(type, manifest.name)) claim('TYPE', type, null)
  return [...claims.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, c]) => c)
}

type Add = (kind: ClaimKind, name: string, declaredBy: Target | null) => void

function fromMetadata(since: Mark, claim: Add): void {
  const s = storage()
  for (const kind of ['objectTypes', 'inputTypes', 'interfaceTypes'] as const) for (const t of s[kind].slice(since[kind])) claim('TYPE', t.name, t.target)
  for (const e of s.enums.slice(since.enums)) claim('TYPE', e.name, e.enumObj)
  for (const u of s.unions.slice(since.unions)) claim('TYPE', u.name, null)
  for (const q of s.queries.slice(since.queries)) claim('QUERY', q.schemaName, q.target)
  for (const m of s.mutations.slice(since.mutations)) claim('MUTATION', m.schemaName, m.target)
  for (const x of s.subscriptions.slice(since.subscriptions)) claim('SUBSCRIPTION', x.schemaName, x.target)
  for (const f of s.fieldResolvers.slice(since.fieldResolvers)) {
    const on = typeOf(f.target, since)
    if (on) claim('FIELD', `${on}.${f.schemaName || f.methodName}`, f.target)
  }
  for (const t of getMetadataArgsStorage().tables.slice(since.tables)) claim('TABLE', `${t.schema ? `${t.schema}.` : ''}${t.name ?? '?'}`, typeof t.target === 'function' ? t.target : null)
}

/** Name of the core type that a resolver class adds fields to; null for types of the plugin itself. */
function typeOf(resolver: Target, since: Mark): string | null {
  const s = storage()
  const target = s.resolverClasses.find(r => r.target === resolver)?.getObjectType() as Target | undefined
  const at = s.objectTypes.findIndex(t => t.target === target)
  return at >= 0 && at < since.objectTypes ? s.objectTypes[at]!.name : null
}

function fromCode(manifest: PluginManifest, code: PluginCode, claim: Add): void {
  for (const noun of code.reads) {
    claim('TABLE', noun.table, noun)
    claim('ID_PREFIX', noun.prefix, noun)
    fromRoot(noun, claim)
  }
  for (const edge of code.edges) claim('FIELD', `${edge.on}.${edge.field}`, edge)
  for (const [type, fields] of Object.entries(code.permissions)) for (const field of Object.keys(fields)) claim('PERMISSION', `${type}.${field}`, null)
  for (const route of code.routes ?? []) claim('ROUTE', `/plugins/${manifest.name}/${route.path}`, null)
}

/** Root fields hang under the plugin's own; without a namespace they would stand among the core's. */
function fromRoot(noun: Noun, claim: Add): void {
  if (!noun.root) return
  if (noun.root.namespace) { claim('QUERY', noun.root.namespace, noun); return }
  for (const field of [noun.root.one, noun.root.many, ...Object.keys(noun.root.byKey ?? {})]) if (field) claim('QUERY', field, noun)
}

/** The files of the plugin by what they export: which file declares a thing is told by identity, not by name. */
function declaringFiles(root: string): Map<Target, string> {
  const files = new Map<Target, string>()
  for (const [file, module] of Object.entries(require.cache)) {
    if (!file.startsWith(root + path.sep) || file.includes(`${path.sep}node_modules${path.sep}`)) continue
    for (const value of Object.values((module?.exports ?? {}) as Record<string, unknown>)) {
      for (const declared of Array.isArray(value) ? value as unknown[] : [value]) {
        if ((typeof declared === 'object' || typeof declared === 'function') && declared !== null) files.set(declared, path.relative(root, file))
      }
    }
  }
  return files
}
