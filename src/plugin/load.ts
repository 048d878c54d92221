import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { isPlugin, readManifest, type PluginManifest } from '../sdk/manifest'
import type { PluginCode } from '../sdk/plugin-code'
import type { PlainManifest } from './descriptor'
import { openDoors } from './doors'
import type { Found } from './find'
import type { PluginProblem } from './problem'

/** An expected failure while a plugin is read: what its author is told. */
export class PluginError extends Error {
  constructor(readonly problems: PluginProblem[]) {
    super(problems[0]?.message ?? 'unknown')
  }
}
export const pluginError = (code: string, message: string, file?: string): PluginError => new PluginError([{ code, message, ...(file ? { file } : {}) }])

/** Goes no further when there is anything wrong. */
export function stopOn(...groups: PluginProblem[][]): void {
  const problems = groups.flat()
  if (problems.length) throw new PluginError(problems)
}

export const plainManifest = ({ config, ...rest }: PluginManifest): PlainManifest => ({ ...rest, hasConfig: config !== undefined })

/** Reads the manifest of a plugin. For plugin.ts this runs the plugin's declaration: call it where that may fail. */
export function loadManifest(found: Found): PluginManifest {
  if (!found.entry) throw pluginError('MANIFEST', 'There is neither plugin.ts, plugin.js nor plugin.yaml here, or it was not built.', 'plugin.ts')
  const file = path.basename(found.entry.file)
  const read = readManifest(found.entry.kind === 'yaml' ? yamlManifest(found.entry.file) : exported(found.entry.file, 'plugin', isPlugin, 'definePlugin'))
  if ('problems' in read) throw new PluginError(read.problems.map(p => ({ code: 'MANIFEST', message: `${p.path || 'plugin'}: ${p.message}.`, file, path: p.path })))
  const { manifest } = read
  if (manifest.name !== found.name) throw pluginError('MANIFEST', `The plugin is named ${manifest.name}, but it stands in ${found.name}: the two must be the same.`, file)
  if (found.entry.kind === 'yaml' && manifest.tier === 2) throw pluginError('MANIFEST', 'A plugin with code has a plugin.ts.', file)
  return manifest
}

function yamlManifest(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 }) as unknown
  } catch (error) {
    throw pluginError('MANIFEST', `plugin.yaml cannot be read: ${(error as Error).message.split('\n')[0]}`, 'plugin.yaml')
  }
}

/** The module of the plugin's code, beside its plugin.ts. */
export function codeFileOf(found: Found, manifest: Pick<PluginManifest, 'code'>): string | null {
  if (!manifest.code || found.entry?.kind !== 'module') return null
  const base = path.resolve(path.dirname(found.entry.file), manifest.code)
  const file = [base + '.js', path.join(base, 'index.js'), base + '.ts', path.join(base, 'index.ts')].find(f => existsSync(f))
  if (!file) throw pluginError('LOAD', `${manifest.code}: there is no such module, or it was not built.`, manifest.code)
  return file
}

const isCode = (value: unknown): value is PluginCode =>
  typeof value === 'object' && value !== null && ['entities', 'types', 'resolvers', 'reads', 'edges', 'migrations'].every(k => Array.isArray((value as Record<string, unknown>)[k])) &&
  typeof (value as { create?: unknown }).create === 'function'

/** Runs the module of the plugin's code and takes what it exports. */
export const loadCode = (file: string): PluginCode => exported(file, 'code', isCode, 'definePluginCode')

function exported<T>(file: string, name: string, is: (value: unknown) => value is T, made: string): T {
  openDoors()
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a plugin is known at run time only; import() would nest CommonJS exports
  const module = require(file) as Record<string, unknown>
  const value = module[name]
  if (!is(value)) throw pluginError('LOAD', `${path.basename(file)} does not export \`${name}\` made with ${made}().`, path.basename(file))
  return value
}

/** What a thrown value says, shortened, without paths of this machine. */
export function told(error: unknown, root: string): string {
  const text = error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error)
  // eslint-disable-next-line no-control-regex -- compilers colour their messages
  return text.replaceAll(root + path.sep, '').replace(/\u001b\[[0-9;]*m/g, '').replace(/\s+/g, ' ').trim().slice(0, 500)
}
