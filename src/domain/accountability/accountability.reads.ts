import type { Role } from '../../core/actor'
import { auditable, bool, date, enumeration, noun, text, type NounEdge } from '../../core/reads'
import { transitions } from '../audit'
import { accountabilityDecisionMachine } from './accountability-decision.states'

/** Who reads single decisions: those who propose, investigate and decide. The people of the unit are told by the deciding body, not by a register. */
export const ACCOUNTABILITY_READERS: readonly Role[] = ['SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION', 'CASE_OFFICER', 'TRIAL_OFFICER', 'PORTRAIT_OFFICE', 'ACCOUNTABILITY_DECIDER']

export const accountabilityReads = noun({
  type: 'AccountabilityDecision', prefix: 'acct', table: 'accountability_decision', scope: { by: 'unit', column: 'unit_id', roles: ACCOUNTABILITY_READERS }, permission: ACCOUNTABILITY_READERS,
  columns: {
    id: { kind: 'id' }, kind: enumeration('SanctionKind'), form: enumeration('FormOfDiscipline', { nullable: true }), responsibility: enumeration('Responsibility', { nullable: true }),
    basis: text(), state: enumeration('AccountabilityDecisionState'), allowedCommands: { kind: 'commands', machine: accountabilityDecisionMachine },
    decidedBy: text({ nullable: true }), decidedOn: date({ nullable: true }), appealedOn: date({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit that is held to account, or that of the person（所在单位）.', sameScope: 'the unit decides the scope of its own decision' },
    person: { card: 'one', to: 'Person', key: 'person_id', nullable: true, description: 'The person; null for a unit, or when the person\'s record has gone to a unit out of the viewer\'s sight（问责对象）.' },
    proposingUnit: { card: 'one', to: 'Unit', key: 'proposing_unit_id', nullable: true, description: 'Who proposed it（提请机关）.' },
    decidingUnit: { card: 'one', to: 'Unit', key: 'deciding_unit_id', nullable: true, description: 'Who decides（决定机关）.' },
    transitions: { ...transitions },
  },
  filters: {
    kind: { type: 'enum', enum: 'SanctionKind' }, form: { type: 'enum', enum: 'FormOfDiscipline', nullable: true }, responsibility: { type: 'enum', enum: 'Responsibility', nullable: true },
    state: { type: 'enum', enum: 'AccountabilityDecisionState' }, decidedOn: { type: 'date', nullable: true }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
    person: { type: 'ref', of: 'Person', sql: 'person_id', nullable: true }, decidingUnit: { type: 'ref', of: 'Unit', sql: 'deciding_unit_id' }, isSynthetic: { type: 'boolean' },
  },
  orders: { CREATED_AT: { type: 'id', sql: 'id' } },
  root: { one: 'accountabilityDecision', many: 'accountabilityDecisions', oneDescription: 'One decision on accountability by id（问责决定）.', manyDescription: 'Decisions on accountability（问责决定列表）.' },
})

export const accountabilityEdges: NounEdge[] = [
  { on: 'AccountabilityCycle', field: 'accountabilityDecisions', edge: { card: 'connection', to: 'AccountabilityDecision', by: 'source_id', description: 'Decisions that follow from it（年度问责决定）.', rule: ACCOUNTABILITY_READERS } },
  { on: 'Unit', field: 'accountabilityDecisions', edge: { card: 'connection', to: 'AccountabilityDecision', by: 'unit_id', description: 'Decisions on it or its people（问责决定）.', rule: ACCOUNTABILITY_READERS } },
]
