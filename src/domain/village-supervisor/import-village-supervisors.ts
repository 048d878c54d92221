import { today } from '../../core/day'
import type { Origin } from '../../core/request'
import type { Database } from '../../database/database'
import { dateColumn, earlierRow, inSameDays, runImport, textColumn, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'
import { FOUR_POSTS } from './village-supervisor.inputs'

const POSTS = FOUR_POSTS.map(post => `'${post}'`).join(', ')

export const villageSupervisorImport: ImportTarget = {
  command: 'importVillageSupervisors',
  table: 'village_supervisor',
  roles: ['PLATFORM_ADMIN'],
  columns: [
    textColumn({ name: 'villageCode', labels: ['村代码', '村（社区）代码'], required: true, max: 64 }),
    textColumn({ name: 'staffNo', labels: ['工号'], required: true, max: 32 }),
    dateColumn({ name: 'validFrom', labels: ['任职日期', 'from'] }),
    dateColumn({ name: 'validTo', labels: ['离任日期', 'to'] }),
  ],
  indexes: ['village_code, line'],
  checks: [
    {
      column: 'villageCode', code: 'UNKNOWN_UNIT', message: `format('There is no unit with the code %s.', s.village_code)`,
      where: `WHERE s.village_code IS NOT NULL AND NOT EXISTS (SELECT FROM unit u, unnest($1::text[]) a WHERE u.code = s.village_code AND starts_with(u.path, a))`,
    },
    {
      column: 'villageCode', code: 'WRONG_KIND', message: `format('The unit %s is no village or community.', s.village_code)`,
      where: `JOIN unit u ON u.code = s.village_code WHERE u.kind <> 'VILLAGE_OR_COMMUNITY'`,
    },
    { column: 'villageCode', code: 'INACTIVE_UNIT', message: `format('The unit %s is %s.', u.code, u.state)`, where: `JOIN unit u ON u.code = s.village_code WHERE u.state <> 'ACTIVE'` },
    {
      column: 'staffNo', code: 'UNKNOWN_PERSON', message: `'There is no person with this staff number.'`,
      where: `WHERE s.staff_no IS NOT NULL AND NOT EXISTS (SELECT FROM person p JOIN unit u ON u.id = p.unit_id, unnest($1::text[]) a WHERE p.staff_no = s.staff_no AND starts_with(u.path, a))`,
    },
    { column: 'validTo', code: 'DATE_ORDER', message: `'validTo must be after validFrom.'`, where: 'WHERE s.valid_to <= s.valid_from' },
    {
      column: 'villageCode', code: 'INV-05', message: `format('The village has a supervisor for these days in row %s.', o.row)`,
      where: earlierRow('staged_village_supervisor', `o.village_code = s.village_code AND ${inSameDays('o')}`),
    },
    {
      column: 'villageCode', code: 'INV-05', message: `'The village already has a supervisor in these days.'`,
      where: `WHERE EXISTS (SELECT FROM village_supervisor v JOIN unit u ON u.id = v.unit_id WHERE u.code = s.village_code AND ${inSameDays('v')})`,
    },
  ],
  insert: `
    INSERT INTO village_supervisor (id, unit_id, person_id, posts, valid_from, valid_to, created_by, updated_by)
    SELECT s.id, u.id, p.id, ARRAY[${POSTS}], s.valid_from, s.valid_to, $1, $1
    FROM staged_village_supervisor s JOIN unit u ON u.code = s.village_code JOIN person p ON p.staff_no = s.staff_no ORDER BY s.line`,
}

export const importVillageSupervisors = (db: Database, origin: Origin, from: string | Source, options: ImportOptions = {}): Promise<ImportResult> =>
  runImport(db, origin, villageSupervisorImport, from, { ...options, defaults: { validFrom: today(), ...options.defaults } })
