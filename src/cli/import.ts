import { SingleBar } from 'cli-progress'
import path from 'node:path'
import { type Foundation, openPlugins } from '../app'
import { globalId } from '../core/ids'
import type { Origin } from '../core/request'
import type { Database } from '../database/database'
import { importDivisionPopulations, importDivisions } from '../domain/division'
import { type ImportOptions, problemsOf } from '../domain/import'
import { importIndicatorFigures } from '../domain/indicator'
import { importAppointments, importPersons } from '../domain/person'
import { importPositions } from '../domain/position'
import { importPowers } from '../domain/power'
import { importControls, importRiskPoints } from '../domain/risk'
import { importUnitRelations, importUnits } from '../domain/unit'
import { importVillageSupervisors } from '../domain/village-supervisor'
import { commandLine, withFoundation } from './session'
import { table } from './terminal'
import { StartError } from '../database/start-error'

type Import = (db: Database, origin: Origin, from: string, options: ImportOptions) => Promise<{ rows: number }>

/** What can be imported into the core, in the order in which a new installation needs it. */
export const IMPORTS: Readonly<Record<string, Import>> = {
  'divisions': importDivisions, 'division-populations': importDivisionPopulations, 'units': importUnits, 'relations': importUnitRelations, 'positions': importPositions, 'persons': importPersons,
  'appointments': importAppointments, 'village-supervisors': importVillageSupervisors, 'powers': importPowers, 'risk-points': importRiskPoints, 'controls': importControls,
  'indicator-figures': async (db, origin, from) => {
    const { added, changed, unchanged } = await importIndicatorFigures(db, origin, from)
    return { rows: added + changed + unchanged }
  },
}

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
    const { rows } = await IMPORTS[what]!(db, commandLine(), file, { onProgress: p => bar.update(Math.floor(p.done * 100), { phase: p.phase.padEnd(8), rows: p.rows }) })
    return `${rows} rows imported from ${path.basename(file)}.`
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
    const target = plugins.imports.find(i => `${i.plugin}.${i.name}` === what)
    if (!target) throw new StartError(`There is no import ${what}. Running plugins offer: ${plugins.imports.map(i => `${i.plugin}.${i.name}`).join(', ') || 'none'}.`)
    const { added, changed, unchanged } = await target.run(commandLine(), { unitId: globalId('unit', unit.id), file: { path: file } })
    return `${added} added, ${changed} changed, ${unchanged} unchanged.`
  } finally {
    await plugins.close()
  }
}
