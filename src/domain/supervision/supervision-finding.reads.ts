import { auditable, bool, date, enumeration, noun, text, type NounEdge } from '../../core/reads'
import { transitions } from '../audit'
import { supervisionFindingMachine } from './supervision-finding.states'
import { SUPERVISION_READERS as roles } from './supervision-readers'

/** Seen by those who supervise the unit that it is about, and at the body that found it. */
export const findingScope = { by: 'unit', column: 'unit_id', roles, alsoAt: [supervisionFindingMachine.sides['FINDER']!] } as const

export const supervisionFindingReads = noun({
  type: 'SupervisionFinding', prefix: 'finding', table: 'supervision_finding', scope: findingScope, permission: roles,
  columns: {
    id: { kind: 'id' }, foundByNameZh: text(), sourceKind: enumeration('FindingSource'), verification: text({ sql: 'verification_zh', nullable: true }), category: text(),
    violationType: text({ nullable: true }), severity: enumeration('FindingSeverity'), description: text({ sql: 'description_zh' }), foundOn: date(),
    state: enumeration('SupervisionFindingState'), allowedCommands: { kind: 'commands', machine: supervisionFindingMachine }, isSynthetic: bool(), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The unit that it is about（问题单位）.' },
    foundByUnit: { card: 'one', to: 'Unit', key: 'found_by_unit_id', nullable: true, description: 'The body that found it; null when it is out of the viewer\'s sight（发现单位）.' },
    activity: { card: 'one', to: 'SupervisionActivity', key: 'activity_id', nullable: true, description: 'The activity in which it was found; null without one, and when it is out of the viewer\'s sight（所属监督检查活动）.' },
    power: { card: 'one', to: 'Power', key: 'power_id', nullable: true, description: 'The power that it is about（涉及职权）.' },
    riskPoint: { card: 'one', to: 'RiskPoint', key: 'risk_point_id', nullable: true, description: 'The risk that came true or may（涉及风险点）.' },
    control: { card: 'one', to: 'Control', key: 'control_id', nullable: true, description: 'The control that failed（涉及防控措施）.' },
    transitions,
  },
  filters: {
    state: { type: 'enum', enum: 'SupervisionFindingState' }, category: { type: 'text' }, violationType: { type: 'text', nullable: true }, severity: { type: 'enum', enum: 'FindingSeverity' },
    sourceKind: { type: 'enum', enum: 'FindingSource' }, description: { type: 'text', sql: 'description_zh' }, foundOn: { type: 'date' }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
    foundByUnit: { type: 'ref', of: 'Unit', sql: 'found_by_unit_id' }, activity: { type: 'ref', of: 'SupervisionActivity', sql: 'activity_id', nullable: true },
    power: { type: 'ref', of: 'Power', sql: 'power_id', nullable: true }, riskPoint: { type: 'ref', of: 'RiskPoint', sql: 'risk_point_id', nullable: true },
    control: { type: 'ref', of: 'Control', sql: 'control_id', nullable: true }, isSynthetic: { type: 'boolean' },
  },
  orders: { FOUND_ON: { type: 'date' }, CREATED_AT: { type: 'id', sql: 'id' } },
  defaultOrder: [{ field: 'FOUND_ON', direction: 'DESC' }],
  root: {
    one: 'supervisionFinding', many: 'supervisionFindings', oneDescription: 'One finding by id（问题）.',
    manyDescription: 'What supervision found at units that the viewer supervises, and what the viewer’s bodies found（问题列表）.',
  },
})

const found = (on: string, by: string, zh: string): NounEdge =>
  ({ on, field: 'supervisionFindings', edge: { card: 'connection', to: 'SupervisionFinding', by, rule: roles, description: `What supervision found there（${zh}）.` } })

export const supervisionFindingEdges: NounEdge[] = [
  found('Unit', 'unit_id', '监督发现的问题'), found('Power', 'power_id', '涉及该职权的问题'), found('RiskPoint', 'risk_point_id', '涉及该风险点的问题'), found('Control', 'control_id', '涉及该措施的问题'),
  { on: 'SupervisionActivity', field: 'findings', edge: { card: 'connection', to: 'SupervisionFinding', by: 'activity_id', description: 'What was found in it, at units that the viewer supervises（发现的问题）.' } },
  { on: 'SupervisionActivity', field: 'findingCount', edge: { card: 'count', to: 'SupervisionFinding', by: 'activity_id', description: 'Number of its findings, those withdrawn too（问题数）.' } },
]
