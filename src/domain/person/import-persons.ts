import type { Origin } from '../../core/request'
import type { Database } from '../../database/database'
import { BadCell, earlierRow, runImport, textColumn, type ImportColumn, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'
import { holdsIdentityNumber, IDENTITY_SENTENCE, STAFF_NO, STAFF_NO_HINT } from './person.rules'

const withoutIdentityNumber = (column: ImportColumn): ImportColumn => ({
  ...column,
  read: text => {
    // The refused text is not repeated anywhere.
    if (holdsIdentityNumber(text)) throw new BadCell('IDENTITY_NUMBER', IDENTITY_SENTENCE)
    return column.read(text)
  },
})

export const personImport: ImportTarget = {
  command: 'importPersons',
  table: 'person',
  roles: ['PLATFORM_ADMIN'],
  columns: [
    withoutIdentityNumber(textColumn({ name: 'staffNo', labels: ['工号'], required: true, max: 32, pattern: STAFF_NO, hint: STAFF_NO_HINT })),
    withoutIdentityNumber(textColumn({ name: 'displayName', labels: ['姓名'], required: true, max: 60 })),
    textColumn({ name: 'unitCode', labels: ['单位代码', '所在单位代码'], required: true, max: 64 }),
  ],
  indexes: ['staff_no, line'],
  checks: [
    { column: 'staffNo', code: 'DUPLICATE', message: `format('The staff number is there twice, also in row %s.', o.row)`, where: earlierRow('staged_person', 'o.staff_no = s.staff_no') },
    { column: 'staffNo', code: 'EXISTS', message: `'There is already a person with this staff number.'`, where: 'WHERE EXISTS (SELECT FROM person p WHERE p.staff_no = s.staff_no)' },
    {
      column: 'unitCode', code: 'UNKNOWN_UNIT', message: `format('There is no unit with the code %s.', s.unit_code)`,
      where: `WHERE s.unit_code IS NOT NULL AND NOT EXISTS (SELECT FROM unit u, unnest($1::text[]) p WHERE u.code = s.unit_code AND starts_with(u.path, p))`,
    },
    { column: 'unitCode', code: 'INACTIVE_UNIT', message: `format('The unit %s is %s.', u.code, u.state)`, where: `JOIN unit u ON u.code = s.unit_code WHERE u.state <> 'ACTIVE'` },
  ],
  insert: `
    INSERT INTO person (id, unit_id, display_name, staff_no, created_by, updated_by)
    SELECT s.id, u.id, s.display_name, s.staff_no, $1, $1 FROM staged_person s JOIN unit u ON u.code = s.unit_code ORDER BY s.line`,
}

export const importPersons = (db: Database, origin: Origin, from: string | Source, options?: ImportOptions): Promise<ImportResult> =>
  runImport(db, origin, personImport, from, options)
