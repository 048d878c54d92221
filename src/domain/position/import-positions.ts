import type { Origin } from '../../core/request'
import type { Database } from '../../database/database'
import { booleanColumn, earlierRow, runImport, textColumn, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'
import { POSITION_CODE, POSITION_CODE_HINT } from './position.service'

export const positionImport: ImportTarget = {
  command: 'importPositions',
  table: 'position',
  roles: ['PLATFORM_ADMIN'],
  columns: [
    textColumn({ name: 'unitCode', labels: ['单位代码'], required: true, max: 64 }),
    textColumn({ name: 'code', labels: ['岗位代码'], required: true, max: 64, pattern: POSITION_CODE, hint: POSITION_CODE_HINT }),
    textColumn({ name: 'nameZh', labels: ['岗位名称'], required: true, max: 100 }),
    textColumn({ name: 'nameEn', labels: ['英文名称'], max: 200 }),
    booleanColumn({ name: 'powerBearing', labels: ['是否涉权', '是否涉权岗位'], required: true }),
    textColumn({ name: 'rank', labels: ['岗位级别', '级别'], max: 40 }),
  ],
  indexes: ['unit_code, code, line'],
  checks: [
    {
      column: 'unitCode', code: 'UNKNOWN_UNIT', message: `format('There is no unit with the code %s.', s.unit_code)`,
      where: `WHERE s.unit_code IS NOT NULL AND NOT EXISTS (SELECT FROM unit u, unnest($1::text[]) p WHERE u.code = s.unit_code AND starts_with(u.path, p))`,
    },
    { column: 'unitCode', code: 'INACTIVE_UNIT', message: `format('The unit %s is %s.', u.code, u.state)`, where: `JOIN unit u ON u.code = s.unit_code WHERE u.state <> 'ACTIVE'` },
    {
      column: 'code', code: 'DUPLICATE', message: `format('The unit has the post %s twice, also in row %s.', s.code, o.row)`,
      where: earlierRow('staged_position', 'o.unit_code = s.unit_code AND o.code = s.code'),
    },
    {
      column: 'code', code: 'EXISTS', message: `format('The unit already has the post %s.', s.code)`,
      where: 'WHERE EXISTS (SELECT FROM position p JOIN unit u ON u.id = p.unit_id WHERE u.code = s.unit_code AND p.code = s.code)',
    },
  ],
  insert: `
    INSERT INTO position (id, unit_id, code, name_zh, name_en, power_bearing, rank, created_by, updated_by)
    SELECT s.id, u.id, s.code, s.name_zh, s.name_en, s.power_bearing, s.rank, $1, $1 FROM staged_position s JOIN unit u ON u.code = s.unit_code ORDER BY s.line`,
}

export const importPositions = (db: Database, origin: Origin, from: string | Source, options?: ImportOptions): Promise<ImportResult> =>
  runImport(db, origin, positionImport, from, options)
