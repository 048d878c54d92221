import { rightsChanged } from '../../auth'
import { today } from '../../core/day'
import type { Origin } from '../../core/request'
import type { Database } from '../../database/database'
import { dateColumn, earlierRow, enumColumn, inSameDays, runImport, textColumn, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'
import './unit.constraints'
import { RELATION_ENDS } from './unit.rules'
import './unit-relation.types'

const quoted = (words: readonly string[]): string => words.map(word => `'${word}'`).join(', ')
const wrongEnd = (end: 'from' | 'to'): string => Object.entries(RELATION_ENDS)
  .flatMap(([kind, ends]) => (ends[end] ? [`(s.kind = '${kind}' AND u.kind NOT IN (${quoted(ends[end])}))`] : [])).join(' OR ')

const ofEnd = (end: 'from' | 'to', column: string): ImportTarget['checks'] => [
  {
    column, code: 'UNKNOWN_UNIT', message: `format('There is no unit with the code %s.', s.${end}_unit_code)`,
    where: `WHERE s.${end}_unit_code IS NOT NULL AND NOT EXISTS (SELECT FROM unit u, unnest($1::text[]) p WHERE u.code = s.${end}_unit_code AND starts_with(u.path, p))`,
  },
  { column, code: 'INACTIVE_UNIT', message: `format('The unit %s is %s.', u.code, u.state)`, where: `JOIN unit u ON u.code = s.${end}_unit_code WHERE u.state <> 'ACTIVE'` },
  { column, code: 'WRONG_KIND', message: `format('A %s relation cannot have a unit of the kind %s at this end.', s.kind, u.kind)`, where: `JOIN unit u ON u.code = s.${end}_unit_code WHERE (${wrongEnd(end)})` },
]

export const unitRelationImport: ImportTarget = {
  command: 'importUnitRelations',
  table: 'unit_relation',
  roles: ['PLATFORM_ADMIN'],
  columns: [
    textColumn({ name: 'fromUnitCode', labels: ['发出单位代码'], required: true, max: 64 }),
    textColumn({ name: 'toUnitCode', labels: ['对象单位代码'], required: true, max: 64 }),
    enumColumn({ name: 'kind', labels: ['关系类型'], required: true, list: 'UnitRelationKind' }),
    dateColumn({ name: 'validFrom', labels: ['起始日期', 'from'] }),
    dateColumn({ name: 'validTo', labels: ['终止日期', 'to'] }),
  ],
  indexes: ['from_unit_code, to_unit_code, kind, line', 'to_unit_code'],
  prepare: async tx => rightsChanged(tx, null),
  checks: [
    ...ofEnd('from', 'fromUnitCode'), ...ofEnd('to', 'toUnitCode'),
    { column: 'toUnitCode', code: 'SAME_UNIT', message: `'A unit has no relation with itself.'`, where: 'WHERE s.from_unit_code = s.to_unit_code' },
    { column: 'validTo', code: 'DATE_ORDER', message: `'validTo must be after validFrom.'`, where: 'WHERE s.valid_to <= s.valid_from' },
    {
      column: 'toUnitCode', code: 'DUPLICATE', message: `format('The same relation is there for these days in row %s.', o.row)`,
      where: earlierRow('staged_unit_relation', `o.from_unit_code = s.from_unit_code AND o.to_unit_code = s.to_unit_code AND o.kind = s.kind
        AND ${inSameDays('o')}`),
    },
    {
      column: 'toUnitCode', code: 'EXISTS', message: `'The two units already have a relation of this kind in these days.'`,
      where: `WHERE EXISTS (SELECT FROM unit_relation r JOIN unit f ON f.id = r.from_unit_id JOIN unit t ON t.id = r.to_unit_id
        WHERE f.code = s.from_unit_code AND t.code = s.to_unit_code AND r.kind = s.kind
        AND ${inSameDays('r')})`,
    },
  ],
  insert: `
    INSERT INTO unit_relation (id, from_unit_id, to_unit_id, kind, valid_from, valid_to, created_by, updated_by)
    SELECT s.id, f.id, t.id, s.kind, s.valid_from, s.valid_to, $1, $1
    FROM staged_unit_relation s JOIN unit f ON f.code = s.from_unit_code JOIN unit t ON t.code = s.to_unit_code ORDER BY s.line`,
}

export const importUnitRelations = (db: Database, origin: Origin, from: string | Source, options: ImportOptions = {}): Promise<ImportResult> =>
  runImport(db, origin, unitRelationImport, from, { ...options, defaults: { validFrom: today(), ...options.defaults } })
