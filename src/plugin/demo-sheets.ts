import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** A sheet of demo data that a plugin brings. */
export interface DemoSheet {
  /** Inside the folder: what the sheet is known by once it was loaded. */
  file: string
  path: string
  /** The plugin's import that takes it, and the unit whose rows it holds; null: figures that units report, of any number of units. */
  to: { importName: string; unitCode: string } | null
}
export interface DemoFolder {
  sheets: DemoSheet[]
  /** Files that stand where no sheet does. */
  strays: string[]
}

const FIGURES = /^figures\.(csv|xlsx)$/
const OF_UNIT = /^([^/]+)\/([^/]+)\.(?:csv|xlsx)$/

/** The sheets of a folder, in the order of their names, figures last: `<import>/<unit code>.csv` and `figures.csv`. */
export function demoFolder(folder: string): DemoFolder {
  const found: DemoFolder = { sheets: [], strays: [] }
  for (const file of filesIn(folder)) {
    const [, importName, unitCode] = OF_UNIT.exec(file) ?? []
    const to = importName && unitCode ? { importName, unitCode } : null
    if (to || FIGURES.test(file)) found.sheets.push({ file, path: path.join(folder, file), to })
    else if (path.basename(file) !== 'README.md') found.strays.push(file)
  }
  found.sheets.sort((a, b) => Number(a.to === null) - Number(b.to === null))
  return found
}

const filesIn = (folder: string): string[] => (existsSync(folder)
  ? readdirSync(folder, { withFileTypes: true, recursive: true }).filter(e => e.isFile()).map(e => path.relative(folder, path.join(e.parentPath, e.name)).split(path.sep).join('/')).sort()
  : [])
