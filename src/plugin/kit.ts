import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { DataSource, getMetadataArgsStorage } from 'typeorm'
import { catalogModule } from '../catalog'
import { ANONYMOUS } from '../core/actor'
import { permits } from '../core/permission'
import { Database } from '../database/database'
import { coreModules } from '../domain'
import type { Class, DomainModule } from '../domain/module'
import type { PluginCode } from '../sdk/plugin-code'
import { schemaOf } from '../sdk/migration'
import { bringUp, type Running } from './bring-up'
import { demoFolder } from './demo-sheets'
import type { Descriptor } from './descriptor'
import { probePlugins, type Probed, type ProbeOptions } from './find-and-probe'
import { lintSdl } from './kit-sdl'
import { link } from './link'
import { loadCode } from './load'
import { migrateDown, migrateUp } from './migrate'
import { worldInside, type World } from './outside'
import type { Outcome } from './outcome'
import { pluginsModule } from './plugins.module'
import type { PluginProblem } from './problem'

/** One thing that the contract kit looked at. */
export interface KitCheck { name: string; problems: PluginProblem[] }

const problem = (code: string, message: string): PluginProblem => ({ code, message })

/**
 * The contract kit: what a plugin must fulfil before it is shipped, beyond starting on a developer's machine. `scratchUrl` is a database with the
 * core's migrations and nothing else; it is the owner's, and what the kit leaves in it does not matter.
 */
export async function checkPlugin(name: string, o: ProbeOptions & { scratchUrl: string }): Promise<KitCheck[]> {
  const probed = await probeNeeded(name, o)
  const mine = probed.find(p => p.found.name === name)
  if (!mine) return [{ name: 'found', problems: [problem('DISCOVER', `There is no plugin ${name}.`)] }]
  const { descriptor, failure } = mine.examined
  const loads: KitCheck = { name: 'loads in a process of its own: manifest, names, catalog, permissions, schema', problems: failure?.problems ?? [] }
  const readme: KitCheck = { name: 'README', problems: readmeProblems(mine.found.root) }
  if (!descriptor) return [loads, readme]
  const code = descriptor.codeFile ? loadCode(descriptor.codeFile) : null
  return [
    loads, readme,
    { name: 'schema: names, descriptions in English and Chinese', problems: descriptor.sdl ? lintSdl(descriptor.sdl) : [] },
    { name: 'anonymous callers are denied', problems: code ? openDoors(code) : [] },
    { name: 'migrations: up, down, up; history; entities; nothing left', problems: code ? await migrationProblems(o.scratchUrl, descriptor, code) : [] },
    { name: 'starts on a database, its catalog is published, its demo sheets have their imports', problems: await startProblems(o, probed, name) },
  ]
}

/** Looks at the plugin, then at those that it needs, until nobody new is needed. */
async function probeNeeded(name: string, o: ProbeOptions): Promise<Probed[]> {
  for (let wanted = [name]; ;) {
    const probed = (await probePlugins({ ...o, settings: { ...o.settings, enabled: wanted, disabled: [] } })).filter(p => p.enabled)
    const more = probed.flatMap(p => Object.keys(p.examined.manifest?.requires ?? {})).filter(n => !wanted.includes(n))
    if (!more.length) return probed
    wanted = [...new Set([...wanted, ...more])]
  }
}

function readmeProblems(root: string): PluginProblem[] {
  const file = path.join(root, 'README.md')
  if (!existsSync(file)) return [problem('README', 'There is no README.md: what it covers, from which source, who maintains it.')]
  return readFileSync(file, 'utf8').trim().split('\n').length < 5 ? [problem('README', 'README.md says too little: what it covers, from which source, who maintains it.')] : []
}

function openDoors(code: PluginCode): PluginProblem[] {
  const declared = Object.entries(code.permissions).flatMap(([type, fields]) => Object.entries(fields).map(([field, permission]) => ({ what: `${type}.${field}`, permission })))
  const all = [...declared, ...code.reads.map(n => ({ what: n.type, permission: n.permission })), ...(code.routes ?? []).map(r => ({ what: r.path, permission: r.permission }))]
  return all.filter(p => permits(p.permission, ANONYMOUS)).map(p => problem('PERMISSION', `${p.what} answers callers without a token.`))
}

async function migrationProblems(url: string, { manifest }: Descriptor, code: PluginCode): Promise<PluginProblem[]> {
  try {
    await migrateUp(url, manifest, code.migrations)
    const first = await schemaWorld(url, manifest.name)
    const more = await registerProblems(url, manifest.name, code)
    await migrateDown(url, manifest, code.migrations)
    const left = await schemaWorld(url, manifest.name)
    await migrateUp(url, manifest, code.migrations)
    const second = await schemaWorld(url, manifest.name)
    const different = [...new Set([...first.keys(), ...second.keys()])].filter(k => first.get(k) !== second.get(k))
    return [
      ...more,
      ...(left.size ? [problem('MIGRATION', `After down there is still ${[...left.keys()].slice(0, 5).join(', ')}.`)] : []),
      ...(different.length ? [problem('MIGRATION', `Up, down and up gives another schema: ${different.slice(0, 5).join(', ')}.`)] : []),
    ]
  } catch (error) {
    return [problem('MIGRATION', (error as Error).message)]
  }
}

async function schemaWorld(url: string, plugin: string): Promise<World> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await worldInside(client, schemaOf(plugin))
  } finally {
    await client.end()
  }
}

/** Registers keep their versions, and the entities say what the migrations made. */
async function registerProblems(url: string, plugin: string, code: PluginCode): Promise<PluginProblem[]> {
  const source = await new DataSource({ type: 'postgres', url, entities: withReferenced(code.entities) as never, installExtensions: false, poolSize: 1 }).initialize()
  try {
    const without = await source.query<{ name: string }[]>(
      `SELECT c.table_name AS name FROM information_schema.columns c WHERE c.table_schema = $1 AND c.column_name = 'row_version' AND c.table_name NOT LIKE '%\\_history'
       AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = format('%I.%I', c.table_schema, c.table_name)::regclass AND g.tgname = c.table_name || '_keep')`, [schemaOf(plugin)])
    const { upQueries } = await source.driver.createSchemaBuilder().log()
    const ours = upQueries.map(q => q.query).filter(q => q.includes(schemaOf(plugin)))
    return [
      ...without.map(w => problem('HISTORY', `${w.name} keeps no earlier versions: use ddl.register('${w.name}').`)),
      ...ours.map(q => problem('ENTITY', `Entities and migrations differ: ${q}`)),
    ]
  } finally {
    await source.destroy()
  }
}

/** With those that their foreign keys lead to, and nothing else: TypeORM asks the database about every table that it is told of. */
function withReferenced(entities: readonly Class[]): Class[] {
  const { tables, foreignKeys } = getMetadataArgsStorage()
  const known = new Map<unknown, unknown>([...coreModules, catalogModule, pluginsModule].flatMap(m => m.entities).flatMap(e => [[e.name, e], [tables.find(t => t.target === e)?.name, e]]))
  const all = new Set<unknown>(entities)
  for (const entity of all) {
    for (const { type } of foreignKeys.filter(k => k.target === entity)) {
      const far = typeof type === 'function' ? (type as () => unknown)() : known.get(type)
      if (far !== undefined) all.add(far)
    }
  }
  return [...all] as Class[]
}

/** Brings the plugin up on the scratch database, after those that it needs. */
async function startProblems(o: ProbeOptions & { scratchUrl: string }, probed: readonly Probed[], name: string): Promise<PluginProblem[]> {
  const db = new Database(o.scratchUrl, { readConnections: 2, writeConnections: 2 })
  const modules: DomainModule[] = [...coreModules, catalogModule, pluginsModule]
  const started: Running[] = []
  try {
    const outcomes = link(probed, new Set())
    const needed = closure(outcomes, name)
    for (const outcome of outcomes.filter(x => needed.has(x.name))) {
      if (outcome.state !== 'ENABLED') return outcome.failure?.problems ?? [problem('REQUIRES', `${outcome.name} does not run.`)]
      const result = await bringUp({ db, ownerUrl: o.scratchUrl, settings: o.settings, running: modules }, outcome)
      if ('problems' in result) return result.problems
      started.push(result)
      if (result.module) modules.push(result.module)
    }
    return demoProblems(outcomes.find(x => x.name === name)!, started.at(-1)!)
  } finally {
    for (const { code } of started.reverse()) await code?.stop?.()
    await db.close()
  }
}

/** A sheet that nothing takes would be missing from every demo without a word to its author. */
function demoProblems({ manifest, found }: Outcome, { code, data }: Running): PluginProblem[] {
  if (!manifest!.demo) return []
  const { sheets, strays } = demoFolder(path.join(found.root, manifest!.demo))
  const imports = new Set((code?.imports?.(data) ?? []).map(i => i.name))
  const homeless = sheets.filter(s => s.to !== null && !imports.has(s.to.importName))
  return [
    ...(sheets.length ? [] : [problem('DEMO', `${manifest!.demo} holds no sheet.`)]),
    ...strays.map(file => problem('DEMO', `${file}: a sheet is <import>/<unit code>.csv or figures.csv.`)),
    ...homeless.map(s => problem('DEMO', `${s.file}: the plugin has no import ${s.to!.importName}.`)),
  ]
}

/** A plugin and everything that it needs. */
function closure(outcomes: readonly Outcome[], name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found
  found.add(name)
  for (const needed of Object.keys(outcomes.find(o => o.name === name)?.manifest?.requires ?? {})) closure(outcomes, needed, found)
  return found
}
