import { REGISTER_READERS } from '../../auth/roles'
import { auditable, date, enumeration, instant, int, noun, text, type Column, type NounEdge } from '../../core/reads'
import { transitions } from '../audit'
import { catalogFilters, catalogOrigin } from '../catalog-origin'
import { controlMachine } from './control.states'
import { riskPointMachine } from './risk-point.states'

const scope = { by: 'unit', column: 'unit_id' } as const
const within = { type: 'ref', of: 'Unit', sql: 'unit_id', within: true } as const
const OWN = 'a risk point, its power and its controls are of one unit'

const rating = (kind: 'inherent' | 'residual'): Column => ({
  kind: 'group', of: 'Rating', present: `${kind}_level`,
  fields: {
    likelihood: int({ sql: `${kind}_likelihood` }), impact: int({ sql: `${kind}_impact` }), score: int({ sql: `${kind}_score` }),
    level: enumeration('RiskLevel', { sql: `${kind}_level` }), matrixVersion: int({ sql: `${kind}_matrix_version` }),
  },
})

export const riskPointReads = noun({
  type: 'RiskPoint', prefix: 'rp', table: 'risk_point', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, code: text(), description: text({ sql: 'description_zh' }), descriptionEn: text({ nullable: true }),
    cause: text({ sql: 'cause_zh', nullable: true }), consequence: text({ sql: 'consequence_zh', nullable: true }), category: enumeration('RiskCategory'),
    state: enumeration('RiskPointState'), allowedCommands: { kind: 'commands', machine: riskPointMachine },
    level: enumeration('RiskLevel'), score: int(), inherent: rating('inherent'), residual: rating('residual'),
    responsePlan: enumeration('ResponsePlan', { nullable: true }), acceptedUntil: date({ nullable: true }), reviewDueOn: date({ nullable: true }),
    retiredReason: text({ nullable: true }), ...catalogOrigin, ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit that carries it（所属单位）.', sameScope: 'the unit decides the scope of its own risk point' },
    power: { card: 'one', to: 'Power', key: 'power_id', description: 'The power that it belongs to（所属职权）.', sameScope: OWN },
    flowStep: { card: 'one', to: 'FlowStep', key: 'flow_step_id', nullable: true, description: 'The step of the flow where it sits（所在环节）.', sameScope: OWN },
    ownerPosition: { card: 'one', to: 'Position', key: 'owner_position_id', description: 'The post that answers for it（责任岗位）.', sameScope: OWN },
    ratings: { card: 'connection', to: 'RiskRating', by: 'risk_point_id', description: 'All its ratings, oldest first（评级历史）.', sameScope: OWN },
    controls: { card: 'connection', to: 'Control', via: { table: 'control_risk_point', near: 'risk_point_id', far: 'control_id' }, description: 'Its controls（防控措施）.', sameScope: OWN },
    controlCount: { card: 'count', to: 'Control', via: { table: 'control_risk_point', near: 'risk_point_id', far: 'control_id' }, description: 'Number of its controls（防控措施数）.', sameScope: OWN },
    transitions,
  },
  filters: {
    code: { type: 'text' }, description: { type: 'text', sql: 'description_zh' }, category: { type: 'enum', enum: 'RiskCategory' },
    state: { type: 'enum', enum: 'RiskPointState' }, level: { type: 'enum', enum: 'RiskLevel' }, score: { type: 'int' },
    responsePlan: { type: 'enum', enum: 'ResponsePlan', nullable: true }, reviewDueOn: { type: 'date', nullable: true },
    inherentMatrixVersion: { type: 'int', nullable: true }, power: { type: 'ref', of: 'Power', sql: 'power_id' },
    ownerPosition: { type: 'ref', of: 'Position', sql: 'owner_position_id' }, unit: within, ...catalogFilters,
  },
  orders: { CODE: { type: 'text' }, SCORE: { type: 'int' }, CREATED_AT: { type: 'instant' }, UPDATED_AT: { type: 'instant' } },
  root: { one: 'riskPoint', many: 'riskPoints', oneDescription: 'One risk point by id（风险点）.', manyDescription: 'Risk points（风险点列表）.' },
})

export const riskRatingReads = noun({
  type: 'RiskRating', prefix: 'rate', table: 'risk_rating', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, kind: enumeration('RatingKind'), likelihood: int(), impact: int(), score: int(), level: enumeration('RiskLevel'),
    matrixVersion: int(), basis: text({ nullable: true }), ratedAt: instant(), ratedBy: text(),
  },
  edges: { riskPoint: { card: 'one', to: 'RiskPoint', key: 'risk_point_id', description: 'The risk point（风险点）.', sameScope: OWN } },
  filters: { kind: { type: 'enum', enum: 'RatingKind' }, level: { type: 'enum', enum: 'RiskLevel' }, ratedAt: { type: 'instant' }, matrixVersion: { type: 'int' } },
  orders: { RATED_AT: { type: 'instant' } },
})

export const riskMatrixReads = noun({
  type: 'RiskMatrix', prefix: 'matrix', table: 'risk_matrix', scope: { by: 'public' }, permission: 'authenticated',
  columns: { id: { kind: 'id' }, version: int(), nameZh: text(), effectiveFrom: date(), state: enumeration('RiskMatrixState'), ...auditable },
  edges: { cells: { card: 'list', to: 'RiskMatrixCell', by: 'matrix_id', order: 'id', max: 25, description: 'Its 25 cells（矩阵单元）.' } },
  filters: { version: { type: 'int' }, state: { type: 'enum', enum: 'RiskMatrixState' } },
  orders: { VERSION: { type: 'int' } },
  root: { one: 'riskMatrix', many: 'riskMatrices', oneDescription: 'One version of the risk matrix by id（风险矩阵）.', manyDescription: 'Versions of the risk matrix（风险矩阵各版本）.' },
})

export const riskMatrixCellReads = noun({
  type: 'RiskMatrixCell', prefix: 'cell', table: 'risk_matrix_cell', scope: { by: 'public' }, permission: 'authenticated',
  columns: { id: { kind: 'id' }, likelihood: int(), impact: int(), score: int(), level: enumeration('RiskLevel') },
  edges: {}, filters: {}, orders: {},
})

export const controlReads = noun({
  type: 'Control', prefix: 'ctl', table: 'control', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, code: text(), description: text({ sql: 'description_zh' }), descriptionEn: text({ nullable: true }),
    nature: enumeration('ControlNature'), mode: enumeration('ControlMode'), frequency: enumeration('ControlFrequency'),
    state: enumeration('ControlState'), allowedCommands: { kind: 'commands', machine: controlMachine },
    designEffectiveness: enumeration('TestResult', { nullable: true }), operatingEffectiveness: enumeration('TestResult', { nullable: true }),
    lastTestedOn: date({ nullable: true }), nextTestDueOn: date({ nullable: true }), ...catalogOrigin, ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit that runs it（所属单位）.', sameScope: 'the unit decides the scope of its own control' },
    ownerPosition: { card: 'one', to: 'Position', key: 'owner_position_id', description: 'The post that answers for it（责任岗位）.', sameScope: OWN },
    riskPoints: { card: 'connection', to: 'RiskPoint', via: { table: 'control_risk_point', near: 'control_id', far: 'risk_point_id' }, description: 'The risk points that it serves（对应风险点）.', sameScope: OWN },
    tests: { card: 'connection', to: 'ControlTest', by: 'control_id', description: 'Its tests, oldest first（测试记录）.', sameScope: OWN },
    transitions,
  },
  filters: {
    code: { type: 'text' }, description: { type: 'text', sql: 'description_zh' }, nature: { type: 'enum', enum: 'ControlNature' },
    mode: { type: 'enum', enum: 'ControlMode' }, frequency: { type: 'enum', enum: 'ControlFrequency' }, state: { type: 'enum', enum: 'ControlState' },
    operatingEffectiveness: { type: 'enum', enum: 'TestResult', nullable: true }, nextTestDueOn: { type: 'date', nullable: true },
    ownerPosition: { type: 'ref', of: 'Position', sql: 'owner_position_id' }, unit: within, ...catalogFilters,
  },
  orders: { CODE: { type: 'text' }, CREATED_AT: { type: 'instant' } },
  root: { one: 'control', many: 'controls', oneDescription: 'One control by id（防控措施）.', manyDescription: 'Controls（防控措施列表）.' },
})

export const controlTestReads = noun({
  type: 'ControlTest', prefix: 'test', table: 'control_test', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, period: text(), kind: enumeration('TestKind'), result: enumeration('TestResult'), sampleSize: int({ nullable: true }),
    exceptions: int({ nullable: true }), note: text({ nullable: true }), testedAt: instant(), testedBy: text(),
  },
  edges: { control: { card: 'one', to: 'Control', key: 'control_id', description: 'The control（防控措施）.', sameScope: OWN } },
  filters: { kind: { type: 'enum', enum: 'TestKind' }, result: { type: 'enum', enum: 'TestResult' }, period: { type: 'text' }, testedAt: { type: 'instant' } },
  orders: { TESTED_AT: { type: 'instant' } },
})

export const riskEdges: NounEdge[] = [
  { on: 'Unit', field: 'riskPoints', edge: { card: 'connection', to: 'RiskPoint', by: 'unit_id', description: 'Its risk points（风险点）.', sameScope: 'a risk point is in the scope of its unit' } },
  { on: 'Unit', field: 'controls', edge: { card: 'connection', to: 'Control', by: 'unit_id', description: 'Its controls（防控措施）.', sameScope: 'a control is in the scope of its unit' } },
  { on: 'Power', field: 'riskPoints', edge: { card: 'connection', to: 'RiskPoint', by: 'power_id', description: 'Its risk points（风险点）.', sameScope: OWN } },
  { on: 'Power', field: 'riskPointCount', edge: { card: 'count', to: 'RiskPoint', by: 'power_id', description: 'Number of its risk points（风险点数）.', sameScope: OWN } },
  { on: 'FlowStep', field: 'riskPoints', edge: { card: 'connection', to: 'RiskPoint', by: 'flow_step_id', description: 'Risk points at this step（本环节风险点）.', sameScope: OWN } },
]
