import type { Origin } from '../../core/request'
import { romanise } from '../../core/pinyin'
import type { Database } from '../../database/database'
import { dateColumn, earlierRow, enumColumn, inSameDays, runImport, textColumn, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'
import './division.types'

const CODE = /^[0-9]{2}[0-9A-Z]{4}([0-9A-Z]{3}([0-9A-Z]{3})?)?$/
const HINT = 'A code of 6, 9 or 12 digits; functional zones may have capital letters from the third character on.'

/** Reference data of the whole installation: brought by its administrators at the root, as a rule on the command line. */
export const divisionImport: ImportTarget = {
  command: 'importDivisions',
  table: 'administrative_division',
  roles: ['PLATFORM_ADMIN'],
  columns: [
    textColumn({ name: 'code', labels: ['区划代码', '行政区划代码'], required: true, max: 12, pattern: CODE, hint: HINT }),
    textColumn({ name: 'nameZh', labels: ['名称', '区划名称'], required: true, max: 100 }),
    enumColumn({ name: 'level', labels: ['级别', '区划级别'], required: true, list: 'DivisionLevel' }),
    textColumn({ name: 'parentCode', labels: ['上级区划代码', '上级代码'], max: 12, pattern: CODE, hint: HINT }),
    dateColumn({ name: 'validFrom', labels: ['启用日期'], required: true }),
    dateColumn({ name: 'validTo', labels: ['停用日期'] }),
    textColumn({ name: 'replacedByCode', labels: ['替代代码'], max: 12, pattern: CODE, hint: HINT }),
  ],
  computed: {
    columns: { name_pinyin: 'text', name_initials: 'text' },
    of: values => {
      const { pinyin, initials } = romanise(String(values['nameZh'] ?? ''))
      return [pinyin, initials]
    },
  },
  indexes: ['code, line'],
  checks: [
    { column: 'validTo', code: 'DATE_ORDER', message: `'validTo must be after validFrom.'`, where: 'WHERE s.valid_to <= s.valid_from' },
    {
      column: 'code', code: 'DUPLICATE', message: `format('The code %s is there twice for the same days, also in row %s.', s.code, o.row)`,
      where: earlierRow('staged_administrative_division', `o.code = s.code AND ${inSameDays('o')}`),
    },
    {
      column: 'code', code: 'EXISTS', message: `format('There is already a division with the code %s in these days.', s.code)`,
      where: `WHERE EXISTS (SELECT FROM administrative_division d WHERE d.code = s.code AND ${inSameDays('d')})`,
    },
    ...(['parent_code', 'replaced_by_code'] as const).map(column => ({
      column: column === 'parent_code' ? 'parentCode' : 'replacedByCode', code: 'UNKNOWN_DIVISION',
      message: `format('There is no division with the code %s, neither here nor in the file.', s.${column})`,
      where: `WHERE s.${column} IS NOT NULL AND NOT EXISTS (SELECT FROM administrative_division d WHERE d.code = s.${column})
        AND NOT EXISTS (SELECT FROM staged_administrative_division o WHERE o.code = s.${column})`,
    })),
    { column: 'code', code: 'NOT_ALLOWED', message: `'Divisions are brought by an administrator of the whole installation.'`, where: `WHERE NOT ('/' = ANY($1::text[]))` },
  ],
  insert: `
    INSERT INTO administrative_division (id, code, name_zh, name_pinyin, name_initials, level, parent_code, valid_from, valid_to, replaced_by_code, created_by, updated_by)
    SELECT id, code, name_zh, name_pinyin, name_initials, level, parent_code, valid_from, valid_to, replaced_by_code, $1, $1 FROM staged_administrative_division ORDER BY line`,
}

export const importDivisions = (db: Database, origin: Origin, from: string | Source, options?: ImportOptions): Promise<ImportResult> =>
  runImport(db, origin, divisionImport, from, options)
