import { SingleBar } from 'cli-progress'
import path from 'node:path'
import { openPlugins } from '../app'
import type { Foundation } from '../foundation'
import { globalId } from '../core/ids'
import type { Database } from '../database/database'
import { type ImportKind, problemsOf } from '../domain/import'
import { coreModules } from '../modules'
import { commandLine, withFoundation } from './session'
import { table } from './terminal'
import { StartError } from '../database/start-error'

/** What can be imported into the core, in the order in which a new installation needs it. */
export const IMPORTS: Readonly<Record<string, ImportKind>> = Object.fromEntries(coreModules.flatMap(m => m.imports ?? []).map(kind => [kind.name, kind]))

/** `plumbline import <what> <file>`: all of the file or nothing, with a bar while it runs and every error by sheet, row and column. */
export async function importFile(what: string, file: string, o: { unit?: string }): Promise<void> {
  if (!(what in IMPORTS) && !what.includes('.')) throw new StartError(`There is no import ${what}. There are: ${Object.keys(IMPORTS).join(', ')}, and <plugin>.<import>.`)
  await withFoundation(async foundation => {
    try {
      console.log(what in IMPORTS ? await importCore(foundation.db, what, file) : await importIntoPlugin(foundation, what, file, o.unit))
    } catch (error) {
      const { problems, total } = problemsOf(error)
      if (!total) throw error
      console.error(table(['Sheet', 'Row', 'Column', 'Code', 'Problem'], problems.map(p => [p.sheet, p.row || '', p.column || p.cell, p.code, p.message])))
      throw new StartError(`Nothing was written: ${total} ${total === 1 ? 'problem' : 'problems'}${total > problems.length ? `, the first ${problems.length} above` : ''}.`)
    }
  })
}

async function importCore(db: Database, what: string, file: string): Promise<string> {
  const bar = new SingleBar({ format: '  {phase} [{bar}] {percentage} %  {rows} rows', hideCursor: true, clearOnComplete: true })
  bar.start(100, 0, { phase: 'READING ', rows: 0 })
  try {
    const { added, changed, unchanged } = await IMPORTS[what]!.run(db, commandLine(), { path: file, onProgress: p => bar.update(Math.floor(p.done * 100), { phase: p.phase.padEnd(8), rows: p.rows }) })
    return `${added + changed + unchanged} rows imported from ${path.basename(file)}.`
  } finally {
    bar.stop()
  }
}

async function importIntoPlugin(foundation: Foundation, what: string, file: string, unitCode: string | undefined): Promise<string> {
  if (unitCode === undefined) throw new StartError(`${what} needs --unit <code>: the unit that the rows belong to.`)
  const [unit] = await foundation.db.rows<{ id: string }>('SELECT id FROM unit WHERE code = $1', [unitCode])
  if (!unit) throw new StartError(`There is no unit with the code ${unitCode}.`)
  const plugins = await openPlugins(foundation)
  try {
    const target = plugins.imports.find(i => i.name === what)
    if (!target) throw new StartError(`There is no import ${what}. Running plugins offer: ${plugins.imports.map(i => i.name).join(', ') || 'none'}.`)
    const { added, changed, unchanged } = await target.run(foundation.db, commandLine(), { path: file, unitId: globalId('unit', unit.id) })
    return `${added} added, ${changed} changed, ${unchanged} unchanged.`
  } finally {
    await plugins.close()
  }
}
