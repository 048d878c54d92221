import { REGISTER_READERS } from '../../auth/roles'
import { auditable, bool, date, enumeration, instant, int, noun, text, type Edge, type NounEdge } from '../../core/reads'
import { approvals } from '../approval'
import { transitions } from '../audit'
import { catalogFilters, catalogOrigin } from '../catalog-origin'
import { loopMachine } from './accountability-cycle.states'
import { dutyItemMachine } from './duty-item.states'
import { listMachines, mainListMachine } from './responsibility-list.states'

const scope = { by: 'unit', column: 'unit_id' } as const
const within = { type: 'ref', of: 'Unit', sql: 'unit_id', within: true } as const
const ITEM = 'an item has the unit of its list'
const LIST = 'the lists of a cycle are of its unit'

export const responsibilityListReads = noun({
  type: 'ResponsibilityList', prefix: 'list', table: 'responsibility_list', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, kind: enumeration('ListKind'), year: int(), version: int(), state: enumeration('ResponsibilityListState'),
    allowedCommands: { kind: 'commands', machine: mainListMachine, at: 'owner_unit_id', variants: { column: 'kind', machines: listMachines } },
    submittedBy: text({ nullable: true }), submittedAt: instant({ nullable: true }), approvedBy: text({ nullable: true }), approvedAt: instant({ nullable: true }),
    publishedAt: instant({ nullable: true }), contentHash: text({ nullable: true }),
    catalogVersions: { kind: 'objects', of: 'CatalogVersion', fields: { plugin: 'text', version: 'text' } }, ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit that it is about（对象单位）.', sameScope: 'the unit decides the scope of its own list' },
    ownerUnit: { card: 'one', to: 'Unit', key: 'owner_unit_id', nullable: true, description: 'Whose duty it is: the unit itself, or the commission or group that supervises it; null when that is out of the viewer\'s sight（责任主体）.' },
    items: { card: 'connection', to: 'DutyItem', by: 'list_id', description: 'Its duty items（责任事项）.', sameScope: ITEM },
    itemCount: { card: 'count', to: 'DutyItem', by: 'list_id', description: 'Number of its duty items（责任事项数）.', sameScope: ITEM },
    powers: { card: 'connection', to: 'Power', via: { table: 'list_power', near: 'list_id', far: 'power_id' }, description: 'The powers that it shows; power-risk-control lists only（清单职权）.', sameScope: 'a list shows powers of its own unit' },
    supersedes: { card: 'one', to: 'ResponsibilityList', key: 'supersedes_id', nullable: true, description: 'The version that it was drawn up to replace（替代的版本）.', sameScope: 'versions of a list are of one unit' },
    approvals, transitions,
  },
  filters: {
    kind: { type: 'enum', enum: 'ListKind' }, year: { type: 'int' }, version: { type: 'int' }, state: { type: 'enum', enum: 'ResponsibilityListState' },
    publishedAt: { type: 'instant', nullable: true }, unit: within, ownerUnit: { type: 'ref', of: 'Unit', sql: 'owner_unit_id' },
  },
  orders: { YEAR: { type: 'int' }, KIND: { type: 'enum' }, VERSION: { type: 'int' }, CREATED_AT: { type: 'instant' } },
  root: { one: 'responsibilityList', many: 'responsibilityLists', oneDescription: 'One list by id（责任清单）.', manyDescription: 'Lists（责任清单列表）.' },
})

const targets = (to: 'Power' | 'RiskPoint', table: string, far: string, description: string): Edge =>
  ({ card: 'connection', to, via: { table, near: 'duty_item_id', far }, description, sameScope: 'a focus looks at the supervised unit, whose scope it shares' })

export const dutyItemReads = noun({
  type: 'DutyItem', prefix: 'duty', table: 'duty_item', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, seq: int(), code: text(), responsibility: enumeration('Responsibility'), content: text({ sql: 'content_zh' }), contentEn: text({ nullable: true }),
    dueOn: date({ nullable: true }), isPriorityTask: bool(), state: enumeration('DutyItemState'),
    allowedCommands: { kind: 'commands', machine: dutyItemMachine, at: 'owner_unit_id', while: { key: 'list_id', table: 'responsibility_list', column: 'state', is: 'PUBLISHED' } },
    claimedBy: text({ nullable: true }), waivedReason: text({ nullable: true }), ...catalogOrigin, ...auditable,
  },
  edges: {
    list: { card: 'one', to: 'ResponsibilityList', key: 'list_id', description: 'The list that it stands on（所属清单）.', sameScope: ITEM },
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit that it is about（对象单位）.', sameScope: 'the unit decides the scope of its own duty item' },
    ownerUnit: { card: 'one', to: 'Unit', key: 'owner_unit_id', nullable: true, description: 'Whose duty it is; null when that is out of the viewer\'s sight（责任主体）.' },
    responsibleAppointment: { card: 'one', to: 'Appointment', key: 'responsible_appointment_id', nullable: true, description: 'Who answers for it, by post: the secretary or a member of the team; null for duties of a body（责任人）.' },
    targetPowers: targets('Power', 'focus_power', 'power_id', 'The powers that a supervision focus looks at（监督的职权）.'),
    targetRiskPoints: targets('RiskPoint', 'focus_risk_point', 'risk_point_id', 'The risk points that a supervision focus looks at（监督的风险点）.'),
    transitions,
  },
  filters: {
    code: { type: 'text' }, content: { type: 'text', sql: 'content_zh' }, responsibility: { type: 'enum', enum: 'Responsibility' },
    state: { type: 'enum', enum: 'DutyItemState' }, dueOn: { type: 'date', nullable: true }, isPriorityTask: { type: 'boolean' },
    list: { type: 'ref', of: 'ResponsibilityList', sql: 'list_id' }, ownerUnit: { type: 'ref', of: 'Unit', sql: 'owner_unit_id' },
    responsibleAppointment: { type: 'ref', of: 'Appointment', sql: 'responsible_appointment_id', nullable: true }, unit: within, ...catalogFilters,
  },
  orders: { SEQ: { type: 'int' }, CODE: { type: 'text' }, CREATED_AT: { type: 'instant' } },
  defaultOrder: [{ field: 'SEQ', direction: 'ASC' }],
  root: { one: 'dutyItem', many: 'dutyItems', oneDescription: 'One duty item by id（责任事项）.', manyDescription: 'Duty items, supervision focuses among them（责任事项列表）.' },
})

const listOfCycle = (key: string, description: string): Edge => ({ card: 'one', to: 'ResponsibilityList', key, nullable: true, description, sameScope: LIST })

export const accountabilityCycleReads = noun({
  type: 'AccountabilityCycle', prefix: 'cycle', table: 'accountability_cycle', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, year: int(), state: enumeration('AccountabilityCycleState'), allowedCommands: { kind: 'commands', machine: loopMachine },
    unitConfirmedBy: text({ nullable: true }), unitConfirmedAt: instant({ nullable: true }),
    commissionConfirmedBy: text({ nullable: true }), commissionConfirmedAt: instant({ nullable: true }), jointPublicationAt: instant({ nullable: true }),
    reportedBy: text({ nullable: true }), reportedAt: instant({ nullable: true }), evaluatedBy: text({ nullable: true }), evaluatedAt: instant({ nullable: true }),
    accountabilityProposedBy: text({ nullable: true }), accountabilityProposedAt: instant({ nullable: true }), accountabilityResponsibility: enumeration('Responsibility', { nullable: true }),
    accountabilityReason: text({ nullable: true }), accountabilityOpenedBy: text({ nullable: true }), accountabilityOpenedAt: instant({ nullable: true }), closedAt: instant({ nullable: true }), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit（单位）.', sameScope: 'the unit decides the scope of its own cycle' },
    mainList: listOfCycle('main_list_id', 'Its main-responsibility list: the published version, before that the one in the making（主体责任清单）.'),
    powerRiskList: listOfCycle('power_risk_list_id', 'Its power-risk-control list: the published version, before that the one in the making（权力风险防控清单）.'),
    supervisionList: listOfCycle('supervision_list_id', 'Its supervision-responsibility list: the published version, before that the one in the making（监督责任清单）.'),
    approvals, transitions,
  },
  filters: { year: { type: 'int' }, state: { type: 'enum', enum: 'AccountabilityCycleState' }, jointPublicationAt: { type: 'instant', nullable: true }, unit: within },
  orders: { YEAR: { type: 'int' }, CREATED_AT: { type: 'instant' } },
  root: { one: 'accountabilityCycle', many: 'accountabilityCycles', oneDescription: 'One unit-year by id（四责协同年度）.', manyDescription: 'Unit-years（四责协同年度列表）.' },
})

const ofUnit = (to: string, description: string, where?: Record<string, string>): Edge =>
  ({ card: 'connection', to, by: 'unit_id', description, where, sameScope: 'lists, items and cycles are in the scope of the unit that they are about' })

export const responsibilityEdges: NounEdge[] = [
  { on: 'Unit', field: 'responsibilityLists', edge: ofUnit('ResponsibilityList', 'The lists about it（责任清单）.') },
  { on: 'Unit', field: 'dutyItems', edge: ofUnit('DutyItem', 'Duty items on the lists about it, supervision focuses among them（责任事项）.') },
  { on: 'Unit', field: 'supervisionFocuses', edge: ofUnit('DutyItem', 'What its commission or group will look at（监督重点）.', { responsibility: 'COMMISSION_SUPERVISORY' }) },
  { on: 'Unit', field: 'accountabilityCycles', edge: ofUnit('AccountabilityCycle', 'Its years in the loop of the four responsibilities（四责协同年度）.') },
  { on: 'Power', field: 'responsibilityLists', edge: { card: 'connection', to: 'ResponsibilityList', via: { table: 'list_power', near: 'power_id', far: 'list_id' }, description: 'The power-risk-control lists that show it（所在清单）.', sameScope: 'a list shows powers of its own unit' } },
  { on: 'Power', field: 'supervisionFocuses', edge: { card: 'connection', to: 'DutyItem', via: { table: 'focus_power', near: 'power_id', far: 'duty_item_id' }, description: 'The supervision focuses that look at it（监督重点）.', sameScope: 'a focus shares the scope of the unit that it looks at' } },
  { on: 'RiskPoint', field: 'supervisionFocuses', edge: { card: 'connection', to: 'DutyItem', via: { table: 'focus_risk_point', near: 'risk_point_id', far: 'duty_item_id' }, description: 'The supervision focuses that look at it（监督重点）.', sameScope: 'a focus shares the scope of the unit that it looks at' } },
  { on: 'Appointment', field: 'dutyItems', edge: { card: 'connection', to: 'DutyItem', by: 'responsible_appointment_id', description: 'The duties that its holder answers for（责任事项）.' } },
]
