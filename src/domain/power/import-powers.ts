import { pathsOf, type Role } from '../../core/actor'
import type { Origin } from '../../core/request'
import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'
import { booleanColumn, enumColumn, runImport, textColumn, textsColumn, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'
import './power.constraints'
import { powerMachine } from './power.states'
import './power.types'

const ROLES: readonly Role[] = ['UNIT_EDITOR']

/**
 * Powers as they stand in another register. None is in force by an import: who brings a power in does not confirm it as well (INV-24), and
 * INV-09 asks for an effective flow, which is drawn and reviewed here.
 */
export const powerImport: ImportTarget = {
  command: 'importPowers',
  table: 'power',
  roles: ROLES,
  columns: [
    textColumn({ name: 'unitCode', labels: ['单位代码'], required: true, max: 64 }),
    textColumn({ name: 'code', labels: ['职权编号', '编号'], required: true, max: 80 }),
    textColumn({ name: 'nameZh', labels: ['职权名称', '名称'], required: true, max: 200 }),
    textColumn({ name: 'nameEn', labels: ['英文名称'], max: 400 }),
    textColumn({ name: 'description', labels: ['说明'], max: 4000 }),
    enumColumn({ name: 'category', labels: ['职权类别', '类别'], required: true, list: 'PowerCategory' }),
    enumColumn({ name: 'significance', labels: ['重要程度'], required: true, list: 'Significance' }),
    textColumn({ name: 'sectorCode', labels: ['领域编码', '领域'], max: 80 }),
    textsColumn({ name: 'legalBasis', labels: ['法律依据'], max: 20, each: 900, pattern: /^[^|]+(\|[^|]*){0,2}$/, hint: 'One basis is written title|article|document number; several are separated by semicolons.' }),
    textsColumn({ name: 'positionCodes', labels: ['行使岗位代码', '行使岗位'], required: true, max: 50, each: 64 }),
    enumColumn({ name: 'state', labels: ['职权状态', '状态'], list: 'PowerState' }),
    booleanColumn({ name: 'isSynthetic', labels: ['示例内容', '是否虚构'] }),
  ],
  empty: { unit_id: 'uuid' },
  indexes: ['line'],
  prepare: findUnits,
  checks: [
    { column: 'unitCode', code: 'UNKNOWN_UNIT', message: `format('There is no unit with the code %s.', s.unit_code)`, where: 'WHERE s.unit_code IS NOT NULL AND s.unit_id IS NULL' },
    { column: 'unitCode', code: 'INACTIVE_UNIT', message: `format('The unit %s is %s.', u.code, u.state)`, where: `JOIN unit u ON u.id = s.unit_id WHERE u.state <> 'ACTIVE'` },
    {
      column: 'code', code: 'DUPLICATE', message: `format('The unit has the power %s twice, also in row %s.', s.code, o.row)`,
      where: `JOIN (SELECT unit_id, code, min(line) AS line FROM staged_power GROUP BY 1, 2 HAVING count(*) > 1) f ON f.unit_id = s.unit_id AND f.code = s.code
        JOIN staged_power o ON o.line = f.line WHERE s.line > f.line`,
    },
    {
      column: 'code', code: 'EXISTS', message: `format('The unit already has a power with the code %s.', s.code)`,
      where: 'WHERE EXISTS (SELECT FROM power p WHERE p.unit_id = s.unit_id AND p.code = s.code)',
    },
    {
      column: 'positionCodes', code: 'UNKNOWN_POSITION', message: `format('The unit %s has no post with the code %s.', s.unit_code, c.code)`,
      where: 'CROSS JOIN LATERAL unnest(s.position_codes) c(code) WHERE s.unit_id IS NOT NULL AND NOT EXISTS (SELECT FROM position p WHERE p.unit_id = s.unit_id AND p.code = c.code)',
    },
    { ofPeople: true, column: 'state', code: 'NOT_ALLOWED', message: `'A power begins as PROPOSED; how it goes on is told by commands.'`, where: `WHERE s.state = 'ABOLISHED'` },
    {
      column: 'state', code: 'INV-24', message: `format('A power is confirmed by its unit before it is %s. Import it as PROPOSED; an approver of the unit confirms it.', s.state)`,
      where: `WHERE s.state NOT IN ('PROPOSED', 'ABOLISHED')`,
    },
  ],
  insert: [
    `INSERT INTO power (id, unit_id, code, name_zh, name_en, description_zh, category, significance, sector_code, legal_basis, state, is_synthetic, created_by, updated_by)
     SELECT s.id, s.unit_id, s.code, s.name_zh, s.name_en, s.description, s.category, s.significance, s.sector_code,
       coalesce((SELECT jsonb_agg(jsonb_build_object('title', split_part(b, '|', 1), 'article', nullif(split_part(b, '|', 2), ''), 'documentNo', nullif(split_part(b, '|', 3), '')) ORDER BY n)
         FROM unnest(s.legal_basis) WITH ORDINALITY t(b, n)), '[]'),
       coalesce(s.state, '${powerMachine.initial}'), coalesce(s.is_synthetic, false), $1, $1
     FROM staged_power s WHERE s.line BETWEEN $2 AND $3 ORDER BY s.line`,
    `INSERT INTO power_position (power_id, position_id, unit_id)
     SELECT s.id, p.id, s.unit_id FROM staged_power s CROSS JOIN LATERAL unnest(s.position_codes) c(code) JOIN position p ON p.unit_id = s.unit_id AND p.code = c.code
     WHERE s.line BETWEEN $2 AND $3 AND $1::text IS NOT NULL`,
  ],
}

async function findUnits(tx: Transaction): Promise<void> {
  await tx.rows('UPDATE staged_power s SET unit_id = u.id FROM unit u WHERE u.code = s.unit_code AND u.path ^@ ANY($1::text[])', [pathsOf(tx.origin.actor, ROLES)])
  await tx.rows('ANALYZE staged_power')
}

export const importPowers = (db: Database, origin: Origin, from: string | Source, options?: ImportOptions): Promise<ImportResult> =>
  runImport(db, origin, powerImport, from, options)
