import path from 'node:path'
import semver from 'semver'
import type { PluginManifest } from '../sdk/manifest'
import { strayCode } from './content-only'
import type { CatalogSummary, Descriptor, PlainManifest } from './descriptor'
import { codeFileOf, loadManifest, plainManifest, PluginError, stopOn, told } from './load'
import type { ProbeJob, Watch } from './probe-job'
import { failure, type Failure, type Phase, type PluginProblem } from './problem'

/** What came of looking at a plugin; the manifest is there as soon as it could be read. */
export interface Examined {
  manifest: PlainManifest | null
  descriptor: Descriptor | null
  failure: Failure | null
}

const NOBODY: Watch = { enter: () => undefined, ours: () => undefined }

/**
 * Reads, loads and builds one plugin as far as that is possible without a database. Runs the plugin's code: for plugins that have any,
 * this is called in a process of its own.
 */
export function examine(job: ProbeJob, watch: Watch = NOBODY): Examined {
  let manifest: PluginManifest | null = null
  let phase: Phase = 'DISCOVER'
  const watched: Watch = { enter: next => { phase = next; watch.enter(next) }, ours: () => watch.ours() }
  try {
    manifest = loadManifest(job.found)
    watched.enter('VALIDATE')
    const descriptor = describe(job, manifest, watched)
    return { manifest: descriptor.manifest, descriptor, failure: null }
  } catch (error) {
    const problems = error instanceof PluginError ? error.problems : [{ code: 'LOAD', message: told(error, job.found.root) }]
    return { manifest: manifest && plainManifest(manifest), descriptor: null, failure: failure(phase, ...problems) }
  }
}

/** What is looked at before any code of the plugin runs; then its code, where it has any. The heavy parts are loaded only when they are needed. */
function describe(job: ProbeJob, manifest: PluginManifest, watch: Watch): Descriptor {
  const { root } = job.found
  stopOn(coreProblems(manifest, job.coreVersion), configProblems(manifest, job.settings))
  if (manifest.tier < 2) stopOn(strayCode(root, job.found.entry!.kind === 'module' ? job.found.entry!.file : null))
  const codeFile = codeFileOf(job.found, manifest)
  watch.ours()
  const catalog = manifest.catalog ? catalogOf(path.join(root, manifest.catalog), manifest) : null
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loads GraphQL, TypeORM and the whole core: a plugin that fails before this never needs it
  const { describeCode, describeContent } = require('./examine-code') as typeof import('./examine-code')
  return codeFile ? describeCode(job, manifest, { file: codeFile, catalog }, watch) : describeContent(manifest, root, catalog)
}

function coreProblems(manifest: PluginManifest, core: string): PluginProblem[] {
  if (!semver.validRange(manifest.core)) return [{ code: 'CORE_RANGE', message: `core: "${manifest.core}" is no version range.`, path: 'core' }]
  if (semver.satisfies(core, manifest.core)) return []
  return [{ code: 'CORE_RANGE', message: `${manifest.name} was made for core ${manifest.core}; this is ${core}.`, path: 'core' }]
}

function configProblems(manifest: PluginManifest, settings: unknown): PluginProblem[] {
  if (!manifest.config) {
    return settings === undefined ? [] : [{ code: 'CONFIG', message: `${manifest.name} has no settings, but some are given.` }]
  }
  const parsed = manifest.config.safeParse(settings ?? {})
  return parsed.success ? [] : parsed.error.issues.map(i => ({ code: 'CONFIG', message: `Setting ${i.path.join('.') || 'of the plugin'}: ${i.message}.`, path: i.path.join('.') }))
}

function catalogOf(folder: string, manifest: PluginManifest): CatalogSummary {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
  const { readCatalog } = require('../catalog') as typeof import('../catalog')
  const read = readCatalog(folder, manifest.name)
  if (!read.catalog) throw new PluginError(read.problems.map(p => ({ code: `CATALOG_${p.code}`, message: p.message, file: path.join(manifest.catalog!, p.file) + (p.line ? `:${p.line}` : ''), path: p.path })))
  const { version, contentHash, items, variables } = read.catalog
  return {
    version, contentHash, items: items.length, indicators: items.filter(i => i.kind === 'INDICATOR').length,
    computed: variables.filter(v => v.source === 'COMPUTED').map(v => v.code),
  }
}
