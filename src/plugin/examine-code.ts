import { validateSchema, type GraphQLSchema } from 'graphql'
import { catalogModule } from '../catalog'
import { coreModules } from '../domain'
import type { DomainModule } from '../domain/module'
import '../sdk/data'
import '../sdk/graphql'
import { audibleTypes, isOwnEvent } from '../sdk/core-events'
import type { PluginManifest } from '../sdk/manifest'
import { measureProblem } from '../sdk/measure'
import type { PluginCode } from '../sdk/plugin-code'
import { pluginModule } from './adapt'
import { checksumOf } from './checksum'
import { clashProblem, findClashes } from './clashes'
import { coreClaims, takenByCore } from './core-names'
import { claimsOf, mark } from './describe'
import type { CatalogSummary, Descriptor } from './descriptor'
import type { ProbeJob, Watch } from './probe-job'
import { foreignGraphql } from './foreign-graphql'
import { codeFileOf, loadCode, loadManifest, plainManifest, pluginError, stopOn, told } from './load'
import { outsideNamespace, permissionProblems } from './namespace'
import { pluginsModule } from './plugins.module'
import type { PluginProblem } from './problem'
import { partOf } from './sdl'

export type SchemaBuilder = (modules: readonly DomainModule[]) => GraphQLSchema

/** A plugin of content: it claims its codes, and nothing in it may be counted by code. */
export function describeContent(manifest: PluginManifest, root: string, catalog: CatalogSummary | null): Descriptor {
  stopOn(computedProblems(catalog, null))
  return { manifest: plainManifest(manifest), codeFile: null, catalog, claims: claimsOf(manifest, null, root, null, null), sdl: null, migrations: [] }
}

/**
 * Loads the code of a plugin after the core and after the plugins that it needs, finds what it declares, and builds the schema with it. All
 * names that it claims are checked against the core and against the rules of the namespace.
 */
export function describeCode(job: ProbeJob, manifest: PluginManifest, of: { file: string; catalog: CatalogSummary | null }, watch: Watch): Descriptor {
  const { root } = job.found
  const plain = plainManifest(manifest)
  const build = builderOf(job.schemaModule)
  watch.enter('LINK')
  const reserved = coreClaims([...coreModules, catalogModule, pluginsModule], mark())
  stopOn(takenByCore(manifest.name, reserved))
  const needed = loadRequired(job, manifest)
  const since = mark()
  const code = loadCode(of.file)
  stopOn(computedProblems(of.catalog, code), eventProblems(manifest.name, code), foreignGraphql(root))
  const declared = claimsOf(manifest, code, root, since, null)
  const clashes = findClashes([{ manifest: plain, claims: declared }], reserved).map(c => clashProblem(c, manifest.name))
  stopOn(clashes, outsideNamespace(plain, declared), permissionProblems(declared, code.permissions, code.reads.map(n => ({ type: n.type, permission: n.permission }))))
  const schema = build && buildWith(job, build, [...needed, pluginModule(manifest.name, code, null)])
  return {
    manifest: plain, codeFile: of.file, catalog: of.catalog,
    claims: claimsOf(manifest, code, root, since, schema), sdl: schema && partOf(schema, manifest.name, needed.map(n => n.name)),
    migrations: code.migrations.map(m => ({ name: m.name, checksum: checksumOf(m) })),
  }
}

/** Every COMPUTED variable of the catalog is counted by the code, and the code counts nothing else. */
function computedProblems(catalog: CatalogSummary | null, code: PluginCode | null): PluginProblem[] {
  const wanted = catalog?.computed ?? []
  const counted = code?.variables ?? {}
  return [
    ...wanted.filter(v => !(v in counted)).map(v => ({ code: 'VARIABLE', message: `The catalog declares ${v} as COMPUTED, but no code counts it.` })),
    ...Object.keys(counted).filter(v => !wanted.includes(v)).map(v => ({ code: 'VARIABLE', message: `The code counts ${v}, but the catalog declares no such COMPUTED variable.` })),
    ...Object.entries(counted).flatMap(([v, m]) => { const p = measureProblem(m); return p ? [{ code: 'VARIABLE', message: `${v}: ${p}.` }] : [] }),
  ]
}

/** Events of its own bear its name; it listens to those and to what the core says to plugins, under names that are its own. */
function eventProblems(plugin: string, code: PluginCode): PluginProblem[] {
  const own = (code.events ?? []).map(e => e.type)
  const handlers = code.handlers ?? []
  return [
    ...own.filter(type => !isOwnEvent(plugin, type)).map(type => ({ code: 'NAMESPACE', message: `The event ${type} is outside the namespace of ${plugin}.` })),
    ...handlers.flatMap(h => h.on.filter(k => !audibleTypes.has(k.type) && !own.includes(k.type)).map(k => ({ code: 'EVENT', message: `The handler ${h.name} listens to ${k.type}, which plugins do not hear.` }))),
    ...handlers.filter(h => !/^[a-z][a-zA-Z0-9-]{0,39}$/.test(h.name)).map(h => ({ code: 'EVENT', message: `${h.name} is no name of a handler: letters, digits and hyphens, a small letter first.` })),
    ...handlers.filter((h, i) => handlers.findIndex(o => o.name === h.name) !== i).map(h => ({ code: 'EVENT', message: `Two handlers are called ${h.name}.` })),
  ]
}

/** Loads the plugins that this one needs, those that they need first. Their failures are theirs; here they only mean "not there". */
function loadRequired(job: ProbeJob, manifest: PluginManifest, seen = new Set([manifest.name])): DomainModule[] {
  return Object.keys(manifest.requires).sort().flatMap(name => {
    if (seen.has(name)) return []
    seen.add(name)
    const found = job.all.find(f => f.name === name)
    if (!found) throw pluginError('REQUIRES', `${manifest.name} needs ${name}, but it is not there.`)
    const other = loadManifest(found)
    const before = loadRequired(job, other, seen)
    const file = codeFileOf(found, other)
    return file ? [...before, pluginModule(other.name, loadCode(file), null)] : before
  })
}

/** The caller names the module that builds schemas: this room does not know the api. */
function builderOf(schemaModule: string | null): SchemaBuilder | null {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the name is known at run time only
  return schemaModule === null ? null : (require(schemaModule) as { buildSchema: SchemaBuilder }).buildSchema
}

function buildWith(job: ProbeJob, build: SchemaBuilder, modules: readonly DomainModule[]): GraphQLSchema {
  try {
    const schema = build(modules)
    const [error] = validateSchema(schema)
    if (error) throw error
    return schema
  } catch (error) {
    throw pluginError('SCHEMA', `The schema cannot be built with it: ${told(error, job.found.root)}`)
  }
}
