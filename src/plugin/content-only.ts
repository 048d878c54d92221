import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { PluginProblem } from './problem'

const CODE = /\.(c|m)?(js|ts)x?$|\.node$|\.wasm$|\.sh$|\.exe$|\.dll$|\.so$/i
const NOT_LOOKED_INTO = new Set(['test'])

/** Tier 0 and 1 are content: no code may ride along, except the manifest itself and the plugin's own tests. */
export function strayCode(root: string, manifest: string | null, folder = root): PluginProblem[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) return NOT_LOOKED_INTO.has(entry.name) && folder === root ? [] : strayCode(root, manifest, file)
    if (entry.isSymbolicLink()) return [problem(root, file, 'links lead outside what was reviewed')]
    const isManifest = manifest !== null && folder === root && /^plugin\.(js|ts)$/.test(entry.name)
    return CODE.test(entry.name) && !isManifest ? [problem(root, file, 'a plugin of content carries no code')] : []
  })
}

const problem = (root: string, file: string, why: string): PluginProblem =>
  ({ code: 'CODE_IN_CONTENT', message: `${path.relative(root, file)}: ${why}.`, file: path.relative(root, file) })
