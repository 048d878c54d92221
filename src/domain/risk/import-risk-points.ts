import { pathsOf, type Role } from '../../core/actor'
import { newId } from '../../core/ids'
import type { Origin } from '../../core/request'
import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'
import { booleanColumn, dateColumn, enumColumn, integerColumn, runImport, textColumn, type ImportCheck, type ImportOptions, type ImportResult, type ImportTarget, type Source } from '../import'
import './risk.constraints'
import './risk.types'

const ROLES: readonly Role[] = ['UNIT_EDITOR']

/** What a state says about a risk point, so that an import cannot bring a row that no command could have made. */
const stateChecks: readonly ImportCheck[] = [
  {
    ofPeople: true, column: 'state', code: 'SM-5', message: `'A risk point begins as IDENTIFIED, or RATED with its first rating; how it is treated is told by commands.'`,
    where: `WHERE s.state NOT IN ('IDENTIFIED', 'RATED') OR num_nonnulls(s.response_plan, s.accepted_until, s.review_due_on, s.retired_reason) > 0`,
  },
  { column: 'state', code: 'SM-5', message: `'IDENTIFIED means not yet rated: leave the state empty or name the one that it is in.'`, where: `WHERE s.state = 'IDENTIFIED' AND s.level IS NOT NULL` },
  {
    column: 'inherentLikelihood', code: 'SM-5', message: `format('A risk point in the state %s has an inherent rating.', s.state)`,
    where: `WHERE s.state IN ('RATED', 'TREATMENT_PLANNED', 'CONTROLLED', 'MONITORED') AND s.inherent_likelihood IS NULL`,
  },
  {
    column: 'responsePlan', code: 'SM-5', message: `format('A risk point in the state %s has a response plan.', s.state)`,
    where: `WHERE s.state IN ('TREATMENT_PLANNED', 'CONTROLLED', 'MONITORED') AND s.response_plan IS NULL`,
  },
  { column: 'reviewDueOn', code: 'SM-5', message: `'A risk point under watch has a date of review.'`, where: `WHERE s.state = 'MONITORED' AND s.review_due_on IS NULL` },
  { column: 'retiredReason', code: 'SM-5', message: `'A retired risk point says why.'`, where: `WHERE s.state = 'RETIRED' AND s.retired_reason IS NULL` },
  {
    column: 'responsePlan', code: 'INV-24', message: `'A HIGH risk is accepted by an approver of its unit who did not bring it in. Import it as RATED.'`,
    where: `WHERE s.response_plan = 'ACCEPT' AND s.level = 'HIGH' AND coalesce(s.state, '') <> 'RETIRED'`,
  },
]

/** Risk points with their first inherent rating, which the matrix in force turns into score and level (INV-15). */
export const riskPointImport: ImportTarget = {
  command: 'importRiskPoints',
  table: 'risk_point',
  roles: ROLES,
  columns: [
    textColumn({ name: 'unitCode', labels: ['单位代码'], required: true, max: 64 }),
    textColumn({ name: 'powerCode', labels: ['职权编号'], required: true, max: 80 }),
    textColumn({ name: 'code', labels: ['风险点编号', '编号'], required: true, max: 80 }),
    textColumn({ name: 'description', labels: ['风险描述', '描述'], required: true, max: 2000 }),
    textColumn({ name: 'descriptionEn', labels: ['英文描述'], max: 4000 }),
    textColumn({ name: 'cause', labels: ['成因'], max: 2000 }),
    textColumn({ name: 'consequence', labels: ['后果'], max: 2000 }),
    enumColumn({ name: 'category', labels: ['风险类别', '类别'], required: true, list: 'RiskCategory' }),
    textColumn({ name: 'ownerPositionCode', labels: ['责任岗位代码', '责任岗位'], required: true, max: 64 }),
    integerColumn({ name: 'inherentLikelihood', labels: ['可能性'], min: 1, max: 5 }),
    integerColumn({ name: 'inherentImpact', labels: ['影响程度'], min: 1, max: 5 }),
    textColumn({ name: 'basis', labels: ['评级依据'], max: 2000 }),
    enumColumn({ name: 'state', labels: ['风险点状态', '状态'], list: 'RiskPointState' }),
    enumColumn({ name: 'responsePlan', labels: ['应对方式'], list: 'ResponsePlan' }),
    dateColumn({ name: 'acceptedUntil', labels: ['接受期限'] }),
    dateColumn({ name: 'reviewDueOn', labels: ['复评期限'] }),
    textColumn({ name: 'retiredReason', labels: ['销号原因'], max: 2000 }),
    booleanColumn({ name: 'isSynthetic', labels: ['示例内容', '是否虚构'] }),
  ],
  computed: { columns: { rating_id: 'uuid' }, of: values => [values['inherentLikelihood'] == null ? null : newId()] },
  empty: { unit_id: 'uuid', power_id: 'uuid', owner_position_id: 'uuid', score: 'integer', level: 'text', matrix_version: 'integer' },
  indexes: ['line'],
  prepare: findReferences,
  checks: [
    { column: 'unitCode', code: 'UNKNOWN_UNIT', message: `format('There is no unit with the code %s.', s.unit_code)`, where: 'WHERE s.unit_code IS NOT NULL AND s.unit_id IS NULL' },
    { column: 'unitCode', code: 'INACTIVE_UNIT', message: `format('The unit %s is %s.', u.code, u.state)`, where: `JOIN unit u ON u.id = s.unit_id WHERE u.state <> 'ACTIVE'` },
    {
      column: 'powerCode', code: 'UNKNOWN_POWER', message: `format('The unit %s has no power with the code %s.', s.unit_code, s.power_code)`,
      where: 'WHERE s.unit_id IS NOT NULL AND s.power_code IS NOT NULL AND s.power_id IS NULL',
    },
    { column: 'powerCode', code: 'SM-4', message: `format('The power %s is abolished.', p.code)`, where: `JOIN power p ON p.id = s.power_id WHERE p.state = 'ABOLISHED' AND coalesce(s.state, '') <> 'RETIRED'` },
    {
      column: 'ownerPositionCode', code: 'UNKNOWN_POSITION', message: `format('The unit %s has no post with the code %s.', s.unit_code, s.owner_position_code)`,
      where: 'WHERE s.unit_id IS NOT NULL AND s.owner_position_code IS NOT NULL AND s.owner_position_id IS NULL',
    },
    {
      column: 'code', code: 'DUPLICATE', message: `format('The power has the risk point %s twice, also in row %s.', s.code, o.row)`,
      where: `JOIN (SELECT power_id, code, min(line) AS line FROM staged_risk_point GROUP BY 1, 2 HAVING count(*) > 1) f ON f.power_id = s.power_id AND f.code = s.code
        JOIN staged_risk_point o ON o.line = f.line WHERE s.line > f.line`,
    },
    {
      column: 'code', code: 'EXISTS', message: `format('The power already has a risk point with the code %s.', s.code)`,
      where: 'WHERE EXISTS (SELECT FROM risk_point r WHERE r.power_id = s.power_id AND r.code = s.code)',
    },
    {
      column: 'inherentImpact', code: 'REQUIRED', message: `'A rating has a likelihood and an impact.'`,
      where: 'WHERE (s.inherent_likelihood IS NULL) <> (s.inherent_impact IS NULL)',
    },
    ...stateChecks,
  ],
  insert: [
    `INSERT INTO risk_point (id, unit_id, power_id, code, description_zh, description_en, cause_zh, consequence_zh, category, owner_position_id, state,
       inherent_likelihood, inherent_impact, inherent_score, inherent_level, inherent_matrix_version, score, level,
       response_plan, accepted_until, review_due_on, retired_reason, is_synthetic, created_by, updated_by)
     SELECT s.id, s.unit_id, s.power_id, s.code, s.description, s.description_en, s.cause, s.consequence, s.category, s.owner_position_id,
       coalesce(s.state, CASE WHEN s.level IS NULL THEN 'IDENTIFIED' ELSE 'RATED' END),
       s.inherent_likelihood, s.inherent_impact, s.score, s.level, s.matrix_version, coalesce(s.score, 0), coalesce(s.level, 'UNRATED'),
       s.response_plan, s.accepted_until, s.review_due_on, s.retired_reason, coalesce(s.is_synthetic, false), $1, $1
     FROM staged_risk_point s WHERE s.line BETWEEN $2 AND $3 ORDER BY s.line`,
    `INSERT INTO risk_rating (id, unit_id, risk_point_id, kind, likelihood, impact, score, level, matrix_version, basis, rated_by)
     SELECT s.rating_id, s.unit_id, s.id, 'INHERENT', s.inherent_likelihood, s.inherent_impact, s.score, s.level, s.matrix_version, s.basis, $1
     FROM staged_risk_point s WHERE s.line BETWEEN $2 AND $3 AND s.rating_id IS NOT NULL ORDER BY s.line`,
  ],
}

/** Codes become ids, likelihood and impact become score and level: all in one pass, so that every later statement is cheap. */
async function findReferences(tx: Transaction): Promise<void> {
  await tx.rows(`SELECT set_config('work_mem', '64MB', true)`)
  await tx.rows(`
    UPDATE staged_risk_point s SET unit_id = f.unit_id, power_id = f.power_id, owner_position_id = f.position_id, score = f.score, level = f.level, matrix_version = f.matrix_version
    FROM (
      SELECT n.line, u.id AS unit_id, p.id AS power_id, o.id AS position_id, c.score, c.level, c.matrix_version
      FROM staged_risk_point n JOIN unit u ON u.code = n.unit_code AND u.path ^@ ANY($1::text[])
      LEFT JOIN power p ON p.unit_id = u.id AND p.code = n.power_code
      LEFT JOIN position o ON o.unit_id = u.id AND o.code = n.owner_position_code
      LEFT JOIN (risk_matrix_cell c JOIN risk_matrix m ON m.version = c.matrix_version AND m.state = 'IN_FORCE') ON c.likelihood = n.inherent_likelihood AND c.impact = n.inherent_impact
    ) f WHERE f.line = s.line`, [pathsOf(tx.origin.actor, ROLES)])
  await tx.rows('ANALYZE staged_risk_point')
}

export const importRiskPoints = (db: Database, origin: Origin, from: string | Source, options?: ImportOptions): Promise<ImportResult> =>
  runImport(db, origin, riskPointImport, from, options)
