import { pathsOf, type Role } from '../../core/actor'
import type { Origin } from '../../core/request'
import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'
import { booleanColumn, dateColumn, enumColumn, runImport, textColumn, textsColumn, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'
import './control.types'
import { controlMachine } from './control.states'
import './risk.constraints'

const ROLES: readonly Role[] = ['UNIT_EDITOR']

/** Controls with the risk points that they serve, told as `power code/risk point code` within the unit (INV-13). */
export const controlImport: ImportTarget = {
  command: 'importControls',
  table: 'control',
  roles: ROLES,
  columns: [
    textColumn({ name: 'unitCode', labels: ['单位代码'], required: true, max: 64 }),
    textColumn({ name: 'code', labels: ['措施编号', '编号'], required: true, max: 80 }),
    textColumn({ name: 'description', labels: ['措施内容', '内容'], required: true, max: 2000 }),
    textColumn({ name: 'descriptionEn', labels: ['英文内容'], max: 4000 }),
    enumColumn({ name: 'nature', labels: ['措施性质', '性质'], required: true, list: 'ControlNature' }),
    enumColumn({ name: 'mode', labels: ['措施方式', '方式'], required: true, list: 'ControlMode' }),
    enumColumn({ name: 'frequency', labels: ['执行频次', '频次'], required: true, list: 'ControlFrequency' }),
    textColumn({ name: 'ownerPositionCode', labels: ['责任岗位代码', '责任岗位'], required: true, max: 64 }),
    textsColumn({ name: 'riskPoints', labels: ['对应风险点'], required: true, max: 100, each: 161, pattern: /^[^/]+\/.+$/, hint: 'A risk point is written power code/risk point code; several are separated by semicolons.' }),
    enumColumn({ name: 'state', labels: ['措施状态', '状态'], list: 'ControlState' }),
    dateColumn({ name: 'nextTestDueOn', labels: ['下次测试期限'] }),
    booleanColumn({ name: 'isSynthetic', labels: ['示例内容', '是否虚构'] }),
  ],
  empty: { unit_id: 'uuid', owner_position_id: 'uuid' },
  indexes: ['line'],
  prepare: findReferences,
  checks: [
    { column: 'unitCode', code: 'UNKNOWN_UNIT', message: `format('There is no unit with the code %s.', s.unit_code)`, where: 'WHERE s.unit_code IS NOT NULL AND s.unit_id IS NULL' },
    { column: 'unitCode', code: 'INACTIVE_UNIT', message: `format('The unit %s is %s.', u.code, u.state)`, where: `JOIN unit u ON u.id = s.unit_id WHERE u.state <> 'ACTIVE'` },
    {
      column: 'ownerPositionCode', code: 'UNKNOWN_POSITION', message: `format('The unit %s has no post with the code %s.', s.unit_code, s.owner_position_code)`,
      where: 'WHERE s.unit_id IS NOT NULL AND s.owner_position_code IS NOT NULL AND s.owner_position_id IS NULL',
    },
    {
      column: 'code', code: 'DUPLICATE', message: `format('The unit has the control %s twice, also in row %s.', s.code, o.row)`,
      where: `JOIN (SELECT unit_id, code, min(line) AS line FROM staged_control GROUP BY 1, 2 HAVING count(*) > 1) f ON f.unit_id = s.unit_id AND f.code = s.code
        JOIN staged_control o ON o.line = f.line WHERE s.line > f.line`,
    },
    {
      column: 'code', code: 'EXISTS', message: `format('The unit already has a control with the code %s.', s.code)`,
      where: 'WHERE EXISTS (SELECT FROM control c WHERE c.unit_id = s.unit_id AND c.code = s.code)',
    },
    { ofPeople: true, column: 'state', code: 'SM-6', message: `'A control begins as DESIGNED; how it goes on is told by commands.'`, where: `WHERE s.state <> '${controlMachine.initial}'` },
    {
      column: 'riskPoints', code: 'UNKNOWN_RISK_POINT', message: `format('The unit %s has no risk point %s.', s.unit_code, l.ref)`,
      where: 'JOIN staged_control_link l ON l.line = s.line WHERE l.risk_point_id IS NULL AND s.unit_id IS NOT NULL',
    },
    {
      column: 'riskPoints', code: 'INV-13', message: `format('The risk point %s is retired.', l.ref)`,
      where: `JOIN staged_control_link l ON l.line = s.line WHERE l.risk_point_state = 'RETIRED' AND coalesce(s.state, '') <> 'RETIRED'`,
    },
  ],
  insert: [
    `INSERT INTO control (id, unit_id, code, description_zh, description_en, nature, mode, frequency, owner_position_id, state, next_test_due_on, is_synthetic, created_by, updated_by)
     SELECT s.id, s.unit_id, s.code, s.description, s.description_en, s.nature, s.mode, s.frequency, s.owner_position_id,
       coalesce(s.state, '${controlMachine.initial}'), s.next_test_due_on, coalesce(s.is_synthetic, false), $1, $1
     FROM staged_control s WHERE s.line BETWEEN $2 AND $3 ORDER BY s.line`,
    `INSERT INTO control_risk_point (control_id, risk_point_id, unit_id)
     SELECT l.control_id, l.risk_point_id, l.unit_id FROM staged_control_link l WHERE l.line BETWEEN $2 AND $3 AND $1::text IS NOT NULL ORDER BY l.line`,
  ],
}

async function findReferences(tx: Transaction): Promise<void> {
  await tx.rows(`SELECT set_config('work_mem', '64MB', true)`)
  await tx.rows(`
    UPDATE staged_control s SET unit_id = f.unit_id, owner_position_id = f.position_id
    FROM (SELECT n.line, u.id AS unit_id, o.id AS position_id FROM staged_control n JOIN unit u ON u.code = n.unit_code AND u.path ^@ ANY($1::text[])
      LEFT JOIN position o ON o.unit_id = u.id AND o.code = n.owner_position_code) f
    WHERE f.line = s.line`, [pathsOf(tx.origin.actor, ROLES)])
  await tx.rows('ANALYZE staged_control')
  await tx.rows(`
    CREATE TEMP TABLE staged_control_link ON COMMIT DROP AS
    SELECT s.line, s.id AS control_id, s.unit_id, ref, r.id AS risk_point_id, r.state AS risk_point_state
    FROM staged_control s CROSS JOIN LATERAL unnest(s.risk_points) ref
    LEFT JOIN power p ON p.unit_id = s.unit_id AND p.code = split_part(ref, '/', 1)
    LEFT JOIN risk_point r ON r.power_id = p.id AND r.code = substr(ref, strpos(ref, '/') + 1)`)
  await tx.rows('CREATE INDEX ON staged_control_link (line)')
  await tx.rows('ANALYZE staged_control_link')
}

export const importControls = (db: Database, origin: Origin, from: string | Source, options?: ImportOptions): Promise<ImportResult> =>
  runImport(db, origin, controlImport, from, options)
