import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { codeFiles } from './scaffold-code'
import { contentFiles } from './scaffold-content'
import type { ScaffoldOptions } from './scaffold-options'

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/

/** Why a plugin cannot have this name; null when it can. */
export function nameProblem(name: string, folder: string): string | null {
  if (!NAME.test(name) || name.length > 40) return 'A plugin is named by at least two lower-case words with hyphens: water-resources.'
  return existsSync(path.join(folder, name)) ? `${path.join(folder, name)} is already there.` : null
}

/** Writes a new plugin that passes the contract kit as it is. Returns the files, relative to the plugin. */
export function scaffold(o: ScaffoldOptions): string[] {
  const problem = nameProblem(o.name, o.folder)
  if (problem) throw new Error(problem)
  const files = { ...contentFiles(o), ...(o.tier === 2 ? codeFiles(o) : {}) }
  for (const [file, text] of Object.entries(files)) {
    const to = path.join(o.folder, o.name, file)
    mkdirSync(path.dirname(to), { recursive: true })
    writeFileSync(to, text, { flag: 'wx' })
  }
  return Object.keys(files)
}
