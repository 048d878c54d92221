import type { Origin } from '../../core/request'
import type { Database } from '../../database/database'
import { earlierRow, integerColumn, runImport, textColumn, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'

/** How many live in a division in a year, as the statistics yearbook says. A figure for a year that has one already corrects it. */
const populationImport: ImportTarget = {
  command: 'importDivisionPopulations',
  table: 'division_population',
  roles: ['PLATFORM_ADMIN'],
  columns: [
    textColumn({ name: 'divisionCode', labels: ['区划代码', '行政区划代码'], required: true, max: 12 }),
    integerColumn({ name: 'year', labels: ['年度', '年份'], required: true, min: 1949, max: 2199 }),
    integerColumn({ name: 'residents', labels: ['常住人口', '人口'], required: true, min: 1, max: 2_000_000_000 }),
  ],
  indexes: ['division_code, year, line'],
  checks: [
    {
      column: 'divisionCode', code: 'DUPLICATE', message: `format('The division %s is there twice for the same year, also in row %s.', s.division_code, o.row)`,
      where: earlierRow('staged_division_population', 'o.division_code = s.division_code AND o.year = s.year'),
    },
    {
      column: 'divisionCode', code: 'UNKNOWN_DIVISION', message: `format('There is no division with the code %s.', s.division_code)`,
      where: 'WHERE NOT EXISTS (SELECT FROM administrative_division d WHERE d.code = s.division_code)',
    },
    { column: 'divisionCode', code: 'NOT_ALLOWED', message: `'Residents are brought by an administrator of the whole installation.'`, where: `WHERE NOT ('/' = ANY($1::text[]))` },
  ],
  insert: 'INSERT INTO division_population (id, division_code, year, residents, created_by) SELECT id, division_code, year, residents, $1 FROM staged_division_population ORDER BY line',
}

export const importDivisionPopulations = (db: Database, origin: Origin, from: string | Source, options?: ImportOptions): Promise<ImportResult> =>
  runImport(db, origin, populationImport, from, options)
