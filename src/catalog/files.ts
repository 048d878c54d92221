import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { isNode, LineCounter, parseDocument, type Document } from 'yaml'
import { catalogFile, type CatalogFile } from '../sdk/catalog-shape'
import type { CatalogProblem } from './problem'

/** A part of a catalog with the place where it stands. */
export interface Placed<T> {
  value: T
  file: string
  path: string
}
type ListKey = { [K in keyof CatalogFile]-?: NonNullable<CatalogFile[K]> extends readonly unknown[] ? K : never }[keyof CatalogFile]
type Item<K extends ListKey> = NonNullable<CatalogFile[K]>[number]

/** All files of a catalog folder, read in the order of their names and joined. */
export interface Joined {
  releases: Placed<NonNullable<CatalogFile['release']>>[]
  lists: { [K in ListKey]: Placed<Item<K>>[] }
  /** Line of a place in a file. */
  lineOf(file: string, path: string): number | undefined
}
const KEYS: readonly ListKey[] = ['audiences', 'positions', 'powers', 'duties', 'focuses', 'violationTypes', 'codes', 'variables', 'indicators', 'codeLists', 'retired']
/** A catalog is written by people; what is larger is no catalog. */
const MAX_FILE = 4 * 1024 * 1024

interface Source { doc: Document; lines: LineCounter }

export function readFolder(folder: string): { joined: Joined; problems: CatalogProblem[] } {
  const problems: CatalogProblem[] = []
  const sources = new Map<string, Source>()
  const joined: Joined = {
    releases: [], lists: Object.fromEntries(KEYS.map(k => [k, []])) as unknown as Joined['lists'],
    lineOf: (file, at) => { const s = sources.get(file); return s && lineOf(s, at === '' ? [] : at.split('.')) },
  }
  const files = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder).filter(f => /\.ya?ml$/.test(f)).sort() : null
  if (!files?.length) problems.push({ code: 'FOLDER', file: '.', path: '', message: 'There are no YAML files in the folder of the catalog.' })
  for (const file of files ?? []) readFile(folder, file, joined, sources, problems)
  return { joined, problems }
}

function readFile(folder: string, file: string, joined: Joined, sources: Map<string, Source>, problems: CatalogProblem[]): void {
  const add = (code: string, message: string, at = '', line?: number): void => void problems.push({ code, file, path: at, message, ...(line === undefined ? {} : { line }) })
  const full = path.join(folder, file)
  if (statSync(full).size > MAX_FILE) return add('YAML', `The file is larger than ${MAX_FILE >> 20} MB.`)
  const lines = new LineCounter()
  const doc = parseDocument(readFileSync(full, 'utf8'), { lineCounter: lines, prettyErrors: false })
  for (const error of doc.errors) add('YAML', error.message, '', lines.linePos(error.pos[0]).line)
  if (doc.errors.length) return
  const source = { doc, lines }
  sources.set(file, source)
  // Aliases may repeat a basis or a step; none may be nested so deep that a small file becomes a large one.
  const parsed = catalogFile.safeParse(doc.toJS({ maxAliasCount: 200 }) ?? {})
  if (!parsed.success) {
    for (const issue of parsed.error.issues) add('SHAPE', issue.message, issue.path.join('.'), lineOf(source, issue.path.map(String)))
    return
  }
  if (parsed.data.release) joined.releases.push({ value: parsed.data.release, file, path: 'release' })
  for (const key of KEYS) collect(joined, key, parsed.data[key] ?? [], file)
}

function collect<K extends ListKey>(joined: Joined, key: K, items: readonly Item<K>[], file: string): void {
  items.forEach((value, i) => joined.lists[key].push({ value, file, path: `${key}.${i}` }))
}

/** The line of a place, or of the nearest thing around it that is there. */
function lineOf({ doc, lines }: Source, at: readonly string[]): number | undefined {
  for (let depth = at.length; depth >= 0; depth--) {
    const node: unknown = doc.getIn(at.slice(0, depth).map(p => (/^\d+$/.test(p) ? Number(p) : p)), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return undefined
}
