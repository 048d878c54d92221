import { auditable, bool, date, enumeration, instant, noun, text, type NounEdge } from '../../core/reads'
import { transitions } from '../audit'
import { supervisionActivityMachine } from './supervision-activity.states'
import { SUPERVISION_READERS as roles } from './supervision-readers'

const OF_ACTIVITY = 'it carries the leading body of its activity'
const objects = { table: 'supervision_activity_object', near: 'activity_id', far: 'unit_id' } as const
const tests = { table: 'supervision_control_test', near: 'activity_id', far: 'control_test_id' } as const

/** Seen at the leading body and at its partners. */
export const activityScope = { by: 'unit', column: 'unit_id', roles, alsoAt: [supervisionActivityMachine.sides['PARTNER']!] } as const

export const supervisionActivityReads = noun({
  type: 'SupervisionActivity', prefix: 'act', table: 'supervision_activity', scope: activityScope, permission: roles,
  columns: {
    id: { kind: 'id' }, title: text({ sql: 'title_zh' }), purpose: text({ sql: 'purpose_zh', nullable: true }), leadNameZh: text(), ruleKind: enumeration('SupervisionRuleKind', { nullable: true }),
    mode: enumeration('SupervisionModeCode', { sql: 'mode_code', nullable: true }), types: { kind: 'textArray', sql: 'type_codes' }, matterCodes: { kind: 'textArray' },
    wayCodes: { kind: 'textArray' }, meansCodes: { kind: 'textArray' }, plannedFrom: date(), plannedTo: date(), startedOn: date({ nullable: true }), concludedOn: date({ nullable: true }),
    conclusion: text({ sql: 'conclusion_zh', nullable: true }), state: enumeration('SupervisionActivityState'), allowedCommands: { kind: 'commands', machine: supervisionActivityMachine },
    isSynthetic: bool(), ...auditable,
  },
  edges: {
    leadUnit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The body that leads it; null when it is out of the viewer\'s sight（牵头单位）.' },
    rule: { card: 'one', to: 'SupervisionRule', key: 'rule_id', nullable: true, description: 'The work rule that it was planned under（依据的工作规则）.' },
    partners: { card: 'connection', to: 'SupervisionActivityPartner', by: 'activity_id', description: 'The bodies that take part, and what they confirmed（配合单位）.', sameScope: OF_ACTIVITY },
    objectUnits: { card: 'connection', to: 'Unit', via: objects, description: 'The units that it looks at, as far as the viewer sees them（监督对象）.' },
    overlapAnswers: { card: 'connection', to: 'SupervisionOverlapAnswer', by: 'activity_id', description: 'What was answered to overlaps with other activities（重复监督处理记录）.', sameScope: OF_ACTIVITY },
    mergedInto: { card: 'one', to: 'SupervisionActivity', key: 'merged_into_id', nullable: true, description: 'The joint action that it went into（并入的活动）.' },
    mergedActivities: { card: 'connection', to: 'SupervisionActivity', by: 'merged_into_id', description: 'The activities that went into it（并入本活动的活动）.' },
    controlTests: { card: 'connection', to: 'ControlTest', via: tests, description: 'Tests of controls that were made in it（防控措施测试）.' },
    transitions,
  },
  filters: {
    title: { type: 'text', sql: 'title_zh' }, state: { type: 'enum', enum: 'SupervisionActivityState' }, ruleKind: { type: 'enum', enum: 'SupervisionRuleKind', nullable: true },
    mode: { type: 'enum', enum: 'SupervisionModeCode', sql: 'mode_code', nullable: true }, types: { type: 'enum', enum: 'SupervisionType', sql: 'type_codes', array: true },
    matterCodes: { type: 'text', array: true }, plannedFrom: { type: 'date' }, plannedTo: { type: 'date' }, startedOn: { type: 'date', nullable: true },
    concludedOn: { type: 'date', nullable: true }, leadUnit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true }, isSynthetic: { type: 'boolean' },
  },
  orders: { PLANNED_FROM: { type: 'date' }, CREATED_AT: { type: 'instant' } },
  defaultOrder: [{ field: 'PLANNED_FROM', direction: 'DESC' }],
  root: {
    one: 'supervisionActivity', many: 'supervisionActivities', oneDescription: 'One supervision activity by id（监督检查活动）.',
    manyDescription: 'Supervision activities that the viewer’s bodies lead or take part in, and those of bodies below them（监督检查活动列表）.',
  },
})

export const supervisionActivityPartnerReads = noun({
  type: 'SupervisionActivityPartner', prefix: 'actpartner', table: 'supervision_activity_partner', scope: { by: 'unit', column: 'lead_unit_id', roles, alsoAt: [{ column: 'unit_id' }] }, permission: roles,
  columns: {
    id: { kind: 'id' }, nameZh: text(), planConfirmedAt: instant({ nullable: true }), planConfirmedBy: text({ nullable: true }),
    conclusionConfirmedAt: instant({ nullable: true }), conclusionConfirmedBy: text({ nullable: true }), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The body; null when it is out of the viewer\'s sight（单位）.' },
    activity: { card: 'one', to: 'SupervisionActivity', key: 'activity_id', description: 'The activity（活动）.', sameScope: OF_ACTIVITY },
    mergedFrom: { card: 'one', to: 'SupervisionActivity', key: 'merged_from_id', nullable: true, description: 'Its own activity that went into this one（并入前的活动）.' },
  },
  filters: {}, orders: {},
})

export const supervisionOverlapAnswerReads = noun({
  type: 'SupervisionOverlapAnswer', prefix: 'overlap', table: 'supervision_overlap', scope: { by: 'unit', column: 'unit_id', roles }, permission: roles,
  columns: { id: { kind: 'id' }, answer: enumeration('OverlapAnswer'), reason: text({ sql: 'reason_zh', nullable: true }), agreedAt: instant({ nullable: true }), ...auditable },
  edges: {
    activity: { card: 'one', to: 'SupervisionActivity', key: 'activity_id', description: 'The activity whose leading body answered（活动）.', sameScope: OF_ACTIVITY },
    otherActivity: { card: 'one', to: 'SupervisionActivity', key: 'other_activity_id', nullable: true, description: 'The other one; null when it is out of the viewer\'s sight（对方活动）.' },
  },
  filters: { answer: { type: 'enum', enum: 'OverlapAnswer' } }, orders: {},
})

export const supervisionActivityEdges: NounEdge[] = [
  { on: 'Unit', field: 'ledSupervisionActivities', edge: { card: 'connection', to: 'SupervisionActivity', by: 'unit_id', rule: roles, description: 'Supervision activities that it leads（牵头的监督检查活动）.' } },
  { on: 'Unit', field: 'supervisionActivities', edge: { card: 'connection', to: 'SupervisionActivity', via: { table: objects.table, near: 'unit_id', far: 'activity_id' }, rule: roles, description: 'Supervision activities that look at it（对其开展的监督检查活动）.' } },
  { on: 'ControlTest', field: 'supervisionActivities', edge: { card: 'connection', to: 'SupervisionActivity', via: { table: tests.table, near: 'control_test_id', far: 'activity_id' }, max: 1, rule: roles, description: 'The activity in which it was made（所属监督检查活动）.' } },
]
