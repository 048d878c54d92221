import { today } from '../../core/day'
import type { Origin } from '../../core/request'
import type { Database } from '../../database/database'
import { dateColumn, earlierRow, enumColumn, inSameDays, runImport, textColumn, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'
import './appointment.types'

export const appointmentImport: ImportTarget = {
  command: 'importAppointments',
  table: 'appointment',
  roles: ['PLATFORM_ADMIN'],
  columns: [
    textColumn({ name: 'staffNo', labels: ['工号'], required: true, max: 32 }),
    textColumn({ name: 'unitCode', labels: ['单位代码'], required: true, max: 64 }),
    textColumn({ name: 'positionCode', labels: ['岗位代码'], required: true, max: 64 }),
    enumColumn({ name: 'role', labels: ['任职角色'], required: true, list: 'ResponsibilityRole' }),
    dateColumn({ name: 'validFrom', labels: ['任职日期', 'from'] }),
    dateColumn({ name: 'validTo', labels: ['免职日期', 'to'] }),
  ],
  empty: { person_id: 'uuid', position_id: 'uuid', unit_id: 'uuid' },
  indexes: ['staff_no, position_id, role, line'],
  prepare: async tx => {
    await tx.rows('UPDATE staged_appointment s SET person_id = p.id FROM person p WHERE p.staff_no = s.staff_no')
    await tx.rows('UPDATE staged_appointment s SET position_id = p.id, unit_id = u.id FROM unit u JOIN position p ON p.unit_id = u.id WHERE u.code = s.unit_code AND p.code = s.position_code')
    await tx.rows('ANALYZE staged_appointment')
  },
  checks: [
    {
      column: 'staffNo', code: 'UNKNOWN_PERSON', message: `'There is no person with this staff number.'`,
      where: `WHERE s.staff_no IS NOT NULL AND NOT EXISTS (SELECT FROM person p JOIN unit u ON u.id = p.unit_id, unnest($1::text[]) a WHERE p.id = s.person_id AND starts_with(u.path, a))`,
    },
    {
      column: 'positionCode', code: 'UNKNOWN_POSITION', message: `format('There is no unit %s with a post %s.', s.unit_code, s.position_code)`,
      where: `WHERE s.position_code IS NOT NULL AND s.unit_code IS NOT NULL AND NOT EXISTS (SELECT FROM unit u, unnest($1::text[]) a WHERE u.id = s.unit_id AND starts_with(u.path, a))`,
    },
    { column: 'unitCode', code: 'INACTIVE_UNIT', message: `format('The unit %s is %s.', u.code, u.state)`, where: `JOIN unit u ON u.id = s.unit_id WHERE u.state <> 'ACTIVE'` },
    { column: 'validTo', code: 'DATE_ORDER', message: `'validTo must be after validFrom.'`, where: 'WHERE s.valid_to <= s.valid_from' },
    {
      column: 'positionCode', code: 'DUPLICATE', message: `format('The same appointment is there for these days in row %s.', o.row)`,
      where: earlierRow('staged_appointment', `o.staff_no = s.staff_no AND o.position_id = s.position_id AND o.role = s.role AND ${inSameDays('o')}`),
    },
    {
      column: 'positionCode', code: 'EXISTS', message: `'The person already holds this post in this role in these days.'`,
      where: `WHERE EXISTS (SELECT FROM appointment a WHERE a.person_id = s.person_id AND a.position_id = s.position_id AND a.role = s.role AND ${inSameDays('a')})`,
    },
  ],
  insert: `
    INSERT INTO appointment (id, unit_id, person_id, position_id, role, valid_from, valid_to, created_by, updated_by)
    SELECT id, unit_id, person_id, position_id, role, valid_from, valid_to, $1, $1 FROM staged_appointment ORDER BY line`,
}

export const importAppointments = (db: Database, origin: Origin, from: string | Source, options: ImportOptions = {}): Promise<ImportResult> =>
  runImport(db, origin, appointmentImport, from, { ...options, defaults: { validFrom: today(), ...options.defaults } })
