import { REGISTER_READERS } from '../../auth/roles'
import { auditable, bool, date, enumeration, instant, int, noun, text, type Edge, type NounEdge } from '../../core/reads'
import { approvals } from '../approval'
import { transitions } from '../audit'
import { supervisionRuleMachine } from './supervision-rule.states'
import type { SupervisionRuleSection } from './supervision-rule.types'

/** Drafts are the issuing body's business; what is published binds everybody below it, and is seen from there. */
const scope = { by: 'unit', column: 'unit_id', bindsBelow: 'is_published' } as const
const ITEM = 'an item has the unit of its rule and is published with it'

/** Opinions on drafts are no part of what is published: the edge asks for the issuing body's own scope. */
const ofInsiders = (edge: Edge): Edge => {
  const { sameScope: _claimed, ...asked } = edge
  return asked
}

const section = (name: SupervisionRuleSection, description: string): Edge =>
  ({ card: 'connection', to: 'SupervisionRuleItem', by: 'rule_id', where: { section: name }, description, sameScope: ITEM })

export const supervisionRuleReads = noun({
  type: 'SupervisionRule', prefix: 'rule', table: 'supervision_rule', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, kind: enumeration('SupervisionRuleKind'), version: int(), title: text({ sql: 'title_zh' }), titleEn: text({ nullable: true }), documentNo: text({ nullable: true }),
    issuerNameZh: text(), effectiveFrom: date(), effectiveTo: date({ nullable: true }), state: enumeration('SupervisionRuleState'),
    allowedCommands: { kind: 'commands', machine: supervisionRuleMachine },
    submittedBy: text({ nullable: true }), submittedAt: instant({ nullable: true }), approvedBy: text({ nullable: true }), approvedAt: instant({ nullable: true }),
    contentHash: text({ nullable: true }), publishedAt: instant({ nullable: true }), repealedReason: text({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: {
    issuingUnit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The body that issues it; null when it is out of the viewer\'s sight（印发机关）.' },
    items: { card: 'connection', to: 'SupervisionRuleItem', by: 'rule_id', description: 'Its items, section by section in the order of the codes\' places（条目）.', sameScope: ITEM },
    itemCount: { card: 'count', to: 'SupervisionRuleItem', by: 'rule_id', description: 'Number of its items（条目数）.', sameScope: ITEM },
    objects: section('OBJECTS', 'Whom the body supervises（监督对象）.'),
    matters: section('MATTERS', 'What it supervises（监督事项）.'),
    ways: section('WAYS', 'In which forms（监督方式）.'),
    means: section('MEANS', 'By which measures（监督手段）.'),
    useOfResults: section('USE_OF_RESULTS', 'What follows from what it finds（结果运用）.'),
    accountabilityTriggers: section('ACCOUNTABILITY_TRIGGERS', 'When the supervisor answers itself（追责情形）.'),
    supersedes: { card: 'one', to: 'SupervisionRule', key: 'supersedes_id', nullable: true, description: 'The version that it was drawn up to replace（替代的版本）.', sameScope: 'what is revised is published, and of the same body' },
    approvals: ofInsiders(approvals), transitions: ofInsiders(transitions),
  },
  filters: {
    kind: { type: 'enum', enum: 'SupervisionRuleKind' }, version: { type: 'int' }, state: { type: 'enum', enum: 'SupervisionRuleState' }, title: { type: 'text', sql: 'title_zh' },
    documentNo: { type: 'text', nullable: true }, effectiveFrom: { type: 'date' }, effectiveTo: { type: 'date', nullable: true },
    effective: { type: 'days', sql: 'in_force', nullable: true, description: 'The days on which a published version binds; none before it is published（有效期）.' },
    issuingUnit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true }, isSynthetic: { type: 'boolean' },
  },
  orders: { EFFECTIVE_FROM: { type: 'date' }, KIND: { type: 'enum' }, VERSION: { type: 'int' }, CREATED_AT: { type: 'instant' } },
  root: {
    one: 'supervisionRule', many: 'supervisionRules', oneDescription: 'One work rule by id（工作规则）.',
    manyDescription: 'Work rules of supervision: of bodies in the viewer\'s sight, and what is published above them; `effective: { on: … }` leaves those that bind on a day（工作规则列表）.',
  },
})

export const supervisionRuleItemReads = noun({
  type: 'SupervisionRuleItem', prefix: 'ruleitem', table: 'supervision_rule_item', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, section: enumeration('SupervisionRuleSection'), seq: int(), code: text(), text: text({ sql: 'text_zh' }), textEn: text({ nullable: true }),
    faultKind: enumeration('FaultKind', { nullable: true }), unitKinds: { kind: 'textArray' }, relationKinds: { kind: 'textArray' },
    matterCode: text({ nullable: true }), powerCategory: enumeration('PowerCategory', { nullable: true }), sectorCode: text({ nullable: true }), isSynthetic: bool(),
  },
  edges: {
    rule: { card: 'one', to: 'SupervisionRule', key: 'rule_id', description: 'The rule that it stands in（所属规则）.', sameScope: ITEM },
  },
  filters: {
    section: { type: 'enum', enum: 'SupervisionRuleSection' }, code: { type: 'text' }, text: { type: 'text', sql: 'text_zh' }, rule: { type: 'ref', of: 'SupervisionRule', sql: 'rule_id' },
    faultKind: { type: 'enum', enum: 'FaultKind', nullable: true }, matterCode: { type: 'text', nullable: true }, powerCategory: { type: 'enum', enum: 'PowerCategory', nullable: true },
    sectorCode: { type: 'text', nullable: true },
    issuingUnit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true, description: 'The body that issues the rule（印发机关）.' },
  },
  orders: { SEQ: { type: 'int' }, CODE: { type: 'text' } },
  defaultOrder: [{ field: 'SEQ', direction: 'ASC' }],
  root: {
    one: 'supervisionRuleItem', many: 'supervisionRuleItems', oneDescription: 'One item of a work rule by id（规则条目）.',
    manyDescription: 'Items of work rules, to find whom, what and how any of them speaks of（规则条目列表）.',
  },
})

export const ruleEdges: NounEdge[] = [
  { on: 'Unit', field: 'supervisionRules', edge: { card: 'connection', to: 'SupervisionRule', by: 'unit_id', description: 'The work rules of supervision that it issues（印发的监督检查工作规则）.', sameScope: 'who sees the issuing body sees its rules' } },
]
