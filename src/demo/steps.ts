import type { Database } from '../database/database'
import { importDivisions } from '../domain/division'
import type { ImportOptions, ImportResult, Source } from '../domain/import'
import { sourceOf } from '../domain/import'
import { importAppointments, importPersons } from '../domain/person'
import { importPositions } from '../domain/position'
import { importUnitRelations, importUnits } from '../domain/unit'
import { importVillageSupervisors } from '../domain/village-supervisor'
import type { Origin } from '../core/request'
import { cangxiResults } from './cangxi-results'
import { closedPath } from './closed-path'
import { dataFile, dataRows } from './data-files'
import { grants } from './grants'
import type { DemoRun, DemoStep } from './step'
import { specialRectifications } from './special-rectifications'
import { supervision } from './supervision'
import { villageGrievance } from './village-grievance'
import { wangcangLoop } from './wangcang-loop'
import { wangcangYear } from './wangcang-year'
import { workRules } from './work-rules'
import { zhaohuaHearing } from './zhaohua-hearing'

type Import = (db: Database, origin: Origin, from: string | Source, options: ImportOptions) => Promise<ImportResult>
interface ImportStep { name: string; title: string; table: string; load: Import; from: () => string | Source; defaults?: ImportOptions['defaults'] }

/** From when a fact of the demo city holds where the data names no day. */
const BASELINE = '2020-01-01'

const byImport = ({ name, title, table, load, from, defaults }: ImportStep): DemoStep => ({
  name, title,
  isDone: async db => (await db.rows<{ done: boolean }>(`SELECT EXISTS (SELECT FROM ${table} WHERE created_by = 'system:demo') AS done`))[0]!.done,
  run: async ({ db, origin, tell }: DemoRun) => {
    await load(db, origin, from(), { defaults, onProgress: p => tell(p.phase === 'READING' ? p.done * 0.6 : p.phase === 'CHECKING' ? 0.6 + p.done * 0.2 : 0.8 + p.done * 0.2) })
  },
})

/** Where a person works: the unit of the first appointment, or the village. */
function persons(): Source {
  const unitOf = new Map<string, string>()
  for (const { staffNo, villageCode } of dataRows<'staffNo' | 'villageCode'>('village-supervisors.csv')) unitOf.set(staffNo, villageCode)
  for (const { staffNo, unitCode } of dataRows<'staffNo' | 'unitCode' | 'from'>('appointments.csv').sort((a, b) => (a.from < b.from ? 1 : -1))) unitOf.set(staffNo, unitCode)
  const rows = dataRows<'staffNo' | 'displayName'>('persons.csv')
  return sourceOf('persons.csv', ['staffNo', 'displayName', 'unitCode'], rows.map(p => [p.staffNo, p.displayName, unitOf.get(p.staffNo) ?? '']))
}

/** In the order in which they need each other. What the city's units do (catalogs, lists, ratings) is added behind these. */
export const demoSteps: readonly DemoStep[] = [
  byImport({ name: 'divisions', title: 'Administrative divisions', table: 'administrative_division', load: importDivisions, from: () => dataFile('divisions.csv') }),
  byImport({ name: 'units', title: 'Units', table: 'unit', load: importUnits, from: () => dataFile('units.csv'), defaults: { validFrom: BASELINE } }),
  byImport({ name: 'relations', title: 'Relations between units', table: 'unit_relation', load: importUnitRelations, from: () => dataFile('relations.csv') }),
  byImport({ name: 'posts', title: 'Posts', table: 'position', load: importPositions, from: () => dataFile('posts.csv') }),
  byImport({ name: 'persons', title: 'Persons', table: 'person', load: importPersons, from: persons }),
  byImport({ name: 'appointments', title: 'Appointments', table: 'appointment', load: importAppointments, from: () => dataFile('appointments.csv') }),
  byImport({ name: 'village-supervisors', title: 'Village supervisors', table: 'village_supervisor', load: importVillageSupervisors, from: () => dataFile('village-supervisors.csv') }),
  grants,
  wangcangYear,
  workRules,
  wangcangLoop,
  cangxiResults,
  supervision,
  villageGrievance,
  specialRectifications,
  zhaohuaHearing,
  closedPath,
]
