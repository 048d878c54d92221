import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { isCompiled, productRoot, type PluginSettings } from './settings'

/** A place where a plugin was found. Its name is the folder's until its manifest has been read. */
export interface Found {
  /** Name of the folder, or of the package without scope and `plumbline-plugin-`. */
  name: string
  source: 'FOLDER' | 'PACKAGE'
  /** Folder with catalog/, README.md and so on. */
  root: string
  /** Manifest to read: a module (plugin.ts, plugin.js) or data (plugin.yaml). Null: there is none, a plugin cannot be here. */
  entry: { kind: 'module' | 'yaml'; file: string } | null
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const PACKAGE = /^plumbline-plugin-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/

/** Every plugin in the folder and among the packages, by name; a name that occurs twice is there twice. */
export function findPlugins(settings: Pick<PluginSettings, 'folder' | 'packages'>): Found[] {
  const found = [...inFolder(settings.folder), ...(settings.packages ? inPackages(settings.packages) : [])]
  const key = (f: Found): string => `${f.name} ${f.source} ${f.root}`
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

const folders = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter(f => statSync(path.join(folder, f), { throwIfNoEntry: false })?.isDirectory()) : []

function inFolder(folder: string): Found[] {
  return folders(folder).filter(f => NAME.test(f)).map(name => {
    const root = path.join(folder, name)
    return { name, source: 'FOLDER' as const, root, entry: entryIn(root, compiledTwin(root)) }
  })
}

/** Where the compiled code of a plugin of this repository stands. */
function compiledTwin(root: string): string | null {
  const inside = path.relative(productRoot(), root)
  return isCompiled() && !inside.startsWith('..') && !path.isAbsolute(inside) ? path.join(productRoot(), 'dist', inside) : null
}

function entryIn(root: string, compiled: string | null): Found['entry'] {
  const yaml = path.join(root, 'plugin.yaml')
  if (existsSync(yaml)) return { kind: 'yaml', file: yaml }
  const candidates = [path.join(root, 'plugin.js'), ...(compiled ? [path.join(compiled, 'plugin.js')] : []), ...(isCompiled() ? [] : [path.join(root, 'plugin.ts')])]
  const file = candidates.find(f => existsSync(f))
  return file ? { kind: 'module', file } : null
}

function inPackages(modules: string): Found[] {
  const scoped = folders(modules).filter(f => f.startsWith('@')).flatMap(scope => folders(path.join(modules, scope)).map(f => path.join(scope, f)))
  return [...folders(modules), ...scoped].flatMap(folder => {
    const name = PACKAGE.exec(path.basename(folder))?.[1]
    if (!name) return []
    const root = path.join(modules, folder)
    return [{ name, source: 'PACKAGE' as const, root, entry: packageEntry(root) }]
  })
}

function packageEntry(root: string): Found['entry'] {
  const plain = entryIn(root, null)
  if (plain) return plain
  try {
    const { main } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { main?: string }
    const file = main && path.resolve(root, main)
    return file && file.startsWith(root + path.sep) && existsSync(file) ? { kind: 'module', file } : null
  } catch {
    return null
  }
}
