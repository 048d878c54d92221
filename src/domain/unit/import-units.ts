import { today } from '../../core/day'
import { romanise } from '../../core/pinyin'
import type { Origin } from '../../core/request'
import { usccFault, usccSentence } from '../../core/uscc'
import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'
import { BadCell, booleanColumn, codesColumn, dateColumn, earlierRow, enumColumn, runImport, textColumn, type ImportColumn, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'
import './unit.constraints'
import { lockTree } from './unit.repository'
import { MAX_DEPTH, SECTOR_CODE, UNIT_CODE, UNIT_CODE_HINT } from './unit.rules'
import './unit.types'

const uscc: ImportColumn = {
  name: 'uscc', labels: ['统一社会信用代码', '信用代码'], type: 'text',
  read: text => {
    const fault = usccFault(text)
    if (fault) throw new BadCell('INV-41', usccSentence(fault))
    return text
  },
}

/** Rows may name parents that stand further down: the tree is put together when all are there. */
export const unitImport: ImportTarget = {
  command: 'importUnits',
  table: 'unit',
  roles: ['PLATFORM_ADMIN'],
  columns: [
    textColumn({ name: 'code', labels: ['单位代码', '代码'], required: true, max: 64, pattern: UNIT_CODE, hint: UNIT_CODE_HINT }),
    uscc,
    textColumn({ name: 'nameZh', labels: ['单位名称', '名称'], required: true, max: 200 }),
    textColumn({ name: 'nameEn', labels: ['英文名称'], max: 400 }),
    enumColumn({ name: 'kind', labels: ['单位类型', '类型'], required: true, list: 'UnitKind' }),
    textColumn({ name: 'divisionCode', labels: ['区划代码', '行政区划代码'], required: true, max: 12 }),
    textColumn({ name: 'parentCode', labels: ['上级单位代码', '上级代码'], max: 64 }),
    codesColumn({ name: 'sectorCodes', labels: ['所属领域', '领域'], pattern: SECTOR_CODE, max: 20 }),
    dateColumn({ name: 'validFrom', labels: ['成立日期', '启用日期'] }),
    booleanColumn({ name: 'isSynthetic', labels: ['虚构数据', '是否虚构'] }),
  ],
  computed: {
    columns: { name_pinyin: 'text', name_initials: 'text' },
    of: values => {
      const { pinyin, initials } = romanise(String(values['nameZh'] ?? ''))
      return [pinyin, initials]
    },
  },
  empty: { path: 'text COLLATE "C"', depth: 'integer', parent_id: 'uuid', in_cycle: 'boolean' },
  indexes: ['code, line', 'uscc, line', 'parent_code'],
  prepare: growTree,
  checks: [
    { column: 'code', code: 'DUPLICATE', message: `format('The code %s is there twice, also in row %s.', s.code, o.row)`, where: earlierRow('staged_unit', 'o.code = s.code') },
    { column: 'code', code: 'EXISTS', message: `format('There is already a unit with the code %s.', s.code)`, where: 'WHERE EXISTS (SELECT FROM unit u WHERE u.code = s.code)' },
    { column: 'uscc', code: 'DUPLICATE', message: `format('The code %s is there twice, also in row %s.', s.uscc, o.row)`, where: earlierRow('staged_unit', 'o.uscc = s.uscc') },
    { column: 'uscc', code: 'EXISTS', message: `format('There is already a unit with the unified social credit code %s.', s.uscc)`, where: 'WHERE EXISTS (SELECT FROM unit u WHERE u.uscc = s.uscc)' },
    {
      column: 'parentCode', code: 'UNKNOWN_PARENT', message: `format('There is no unit with the code %s, neither here nor in the file.', s.parent_code)`,
      where: `WHERE s.parent_code IS NOT NULL AND NOT EXISTS (SELECT FROM staged_unit o WHERE o.code = s.parent_code)
        AND NOT EXISTS (SELECT FROM unit u, unnest($1::text[]) p WHERE u.code = s.parent_code AND starts_with(u.path, p))`,
    },
    {
      column: 'parentCode', code: 'INACTIVE_PARENT', message: `format('The unit %s is %s.', u.code, u.state)`,
      where: `JOIN unit u ON u.code = s.parent_code WHERE u.state <> 'ACTIVE' AND EXISTS (SELECT FROM unnest($1::text[]) p WHERE starts_with(u.path, p))`,
    },
    { column: 'parentCode', code: 'REQUIRED', message: `'Only an administrator of the whole installation may bring a unit without a parent.'`, where: `WHERE s.parent_code IS NULL AND NOT ('/' = ANY($1::text[]))` },
    {
      column: 'parentCode', code: 'CYCLE', message: `format('The parents of %s lead back to it.', s.code)`,
      where: `WHERE s.path IS NULL AND s.in_cycle`,
    },
    { column: 'parentCode', code: 'TOO_DEEP', message: `'The territorial tree has at most ${MAX_DEPTH} levels.'`, where: `WHERE s.depth > ${MAX_DEPTH}` },
    {
      column: 'divisionCode', code: 'INV-41', message: `format('There is no administrative division with the code %s.', s.division_code)`,
      where: 'WHERE s.division_code IS NOT NULL AND NOT EXISTS (SELECT FROM administrative_division d WHERE d.code = s.division_code)',
    },
    {
      column: 'divisionCode', code: 'INV-41', message: `format('The division code %s was not valid on %s.', s.division_code, s.valid_from)`,
      where: `WHERE EXISTS (SELECT FROM administrative_division d WHERE d.code = s.division_code)
        AND NOT EXISTS (SELECT FROM administrative_division d WHERE d.code = s.division_code AND d.valid_from <= s.valid_from AND (d.valid_to IS NULL OR d.valid_to > s.valid_from))`,
    },
  ],
  insert: `
    INSERT INTO unit (id, code, uscc, name_zh, name_en, name_pinyin, name_initials, kind, division_code, parent_id, path, depth, sector_codes, valid_from, is_synthetic, created_by, updated_by)
    SELECT id, code, uscc, name_zh, name_en, name_pinyin, name_initials, kind, division_code, parent_id, path, depth, coalesce(sector_codes, '{}'), valid_from, coalesce(is_synthetic, false), $1, $1
    FROM staged_unit ORDER BY path`,
}

/** Paths and depths from the roots down. What is reached by no root is in a cycle, too deep, or below a row that has a problem of its own. */
async function growTree(tx: Transaction): Promise<void> {
  await lockTree(tx, 'shared')
  // Nobody ends a parent before the rows stand below it.
  await tx.rows('WITH kept AS (SELECT FROM unit WHERE code IN (SELECT parent_code FROM staged_unit) FOR SHARE) SELECT count(*) FROM kept')
  await tx.rows(`
    WITH RECURSIVE one AS (SELECT DISTINCT ON (code) code, parent_code, id FROM staged_unit WHERE code IS NOT NULL ORDER BY code, line),
    tree (code, id, parent_id, path, depth) AS (
      SELECT o.code, o.id, u.id, coalesce(u.path, '/') || o.code || '/', coalesce(u.depth, 0) + 1
      FROM one o LEFT JOIN unit u ON u.code = o.parent_code
      WHERE o.parent_code IS NULL OR (u.id IS NOT NULL AND NOT EXISTS (SELECT FROM one x WHERE x.code = o.parent_code))
      UNION ALL
      SELECT o.code, o.id, t.id, t.path || o.code || '/', t.depth + 1 FROM tree t JOIN one o ON o.parent_code = t.code WHERE t.depth <= ${MAX_DEPTH})
    UPDATE staged_unit s SET path = t.path, depth = t.depth, parent_id = t.parent_id FROM tree t WHERE t.id = s.id`)
  await tx.rows(`${walkUp('true')} UPDATE staged_unit s SET in_cycle = true FROM up WHERE up.start = up.code AND s.code = up.start`)
  // A longer way up than the tree may have levels, cycles apart: too deep, or a cycle too long to be followed.
  await tx.rows(`${walkUp('in_cycle IS NULL')} UPDATE staged_unit s SET depth = ${MAX_DEPTH + 1} FROM up WHERE up.steps > ${MAX_DEPTH} AND s.code = up.start`)
  await tx.rows('ANALYZE staged_unit')
}

/** The ways up from every row that no root has reached, as far as they lead over rows for which the condition holds. */
const walkUp = (condition: string): string => `
    WITH RECURSIVE lost AS (SELECT DISTINCT ON (code) code, parent_code FROM staged_unit WHERE path IS NULL AND code IS NOT NULL AND ${condition} ORDER BY code, line),
    up (start, code, steps) AS (
      SELECT code, parent_code, 1 FROM lost
      UNION ALL
      SELECT up.start, l.parent_code, up.steps + 1 FROM up JOIN lost l ON l.code = up.code WHERE up.code <> up.start AND up.steps <= ${MAX_DEPTH})`

/**
 * Loads units from a CSV or XLSX file. Nothing is written unless every row is valid; else BAD_INPUT with every problem (`problemsOf`).
 * `validFrom` is today where the file does not say; a unit without a parent becomes a root.
 */
export const importUnits = (db: Database, origin: Origin, from: string | Source, options: ImportOptions = {}): Promise<ImportResult> =>
  runImport(db, origin, unitImport, from, { ...options, defaults: { validFrom: today(), ...options.defaults } })
