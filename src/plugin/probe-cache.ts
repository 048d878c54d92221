import { createHash, type Hash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Examined } from './examine'
import type { Found } from './find'
import { productRoot } from './settings'

interface Kept { key: string; examined: Examined }

/**
 * What came of looking at a plugin, kept until anything changes that it depended on: the bytes of the plugins, the core, the packages,
 * Node.js, the settings. A start on the same state as the last one then needs no process to look again. Failures are not kept.
 */
export class ProbeCache {
  private readonly kept: Record<string, Kept>
  private readonly state: string

  constructor(private readonly file: string, found: readonly Found[], options: unknown) {
    this.kept = read(file)
    const hash = createHash('sha256').update(`${process.version} ${process.arch} ${JSON.stringify(options)}`)
    for (const { root, entry } of found) for (const folder of new Set([root, path.dirname(entry?.file ?? path.join(root, 'plugin'))])) addContents(hash, folder)
    addStates(hash, path.join(__dirname, '..'))
    addState(hash, path.join(productRoot(), 'package-lock.json'))
    this.state = hash.digest('hex')
  }

  get(name: string, settings: unknown): Examined | null {
    const kept = this.kept[name]
    return kept?.key === this.keyOf(settings) ? kept.examined : null
  }

  put(name: string, settings: unknown, examined: Examined): void {
    if (examined.failure) delete this.kept[name]
    else this.kept[name] = { key: this.keyOf(settings), examined }
  }

  /** A cache that cannot be written is no cache, and nothing worse. */
  save(): void {
    try {
      mkdirSync(path.dirname(this.file), { recursive: true })
      writeFileSync(`${this.file}.${process.pid}`, JSON.stringify(this.kept), { mode: 0o600 })
      renameSync(`${this.file}.${process.pid}`, this.file)
    } catch {
      // The next start looks again.
    }
  }

  private keyOf(settings: unknown): string {
    return createHash('sha256').update(this.state).update(JSON.stringify(settings ?? null)).digest('hex')
  }
}

function read(file: string): Record<string, Kept> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Kept>
  } catch {
    return {}
  }
}

function each(folder: string, visit: (file: string) => void): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = path.join(folder, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== 'test') each(at, visit)
    } else visit(at)
  }
}

const addContents = (hash: Hash, folder: string): void => each(folder, file => hash.update(file).update('\0').update(statSync(file).isFile() ? readFileSync(file) : ''))
const addStates = (hash: Hash, folder: string): void => each(folder, file => addState(hash, file))

function addState(hash: Hash, file: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  hash.update(`${file} ${found?.size} ${found?.mtimeMs}\n`)
}
