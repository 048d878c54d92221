import type { Role } from '../../core/actor'
import { REGISTER_READERS } from '../../auth/roles'
import { auditable, bool, date, enumeration, instant, noun, text, type RealmRows } from '../../core/reads'
import type { Side } from '../../core/states'
import type { Register } from '../../database/locate'
import { transitions } from '../audit'
import { caseMachine } from './case.states'
import { governanceMeasureMachine } from './governance-measure.states'

export const CASE_READERS: readonly Role[] = ['CASE_OFFICER', 'TRIAL_OFFICER', 'COMMISSION_APPROVER']

const about = (key: string): RealmRows => ({ notAbout: { key, near: 'case_id', persons: 'case_person', units: 'case_subject_unit' } })
const TRIAL: readonly Side[] = [{ column: 'trial_unit_id' }]
/** By a view: what was written before the case was handed over has no place to say who tries it. */
const ENTRY_TRIAL: readonly Side[] = [{ via: { table: 'case_entry_trial', near: 'entry_id', far: 'unit_id' } }]
const DEMANDER: readonly Side[] = [{ column: 'demanding_unit_id' }]
export const CASE = { table: 'case_file', prefix: 'case', realm: 'CASES', realmRows: about('id'), alsoAt: TRIAL } as const satisfies Register
export const MEASURE = { table: 'governance_measure', prefix: 'gm', alsoAt: DEMANDER } as const satisfies Register

const scope = { by: 'unit', column: 'unit_id' } as const
const within = { type: 'ref', of: 'Unit', sql: 'unit_id', within: true } as const
const many = (table: string, far: string) => ({ table, near: 'case_id', far }) as const
const link = (to: string, table: string, far: string, description: string) => ({ card: 'list', to, via: many(table, far), order: 'id', max: 50, description }) as const
const caseEdge = { card: 'one', to: 'Case', key: 'case_id', nullable: true, description: 'The case（案件）.' } as const

export const caseReads = noun({
  type: 'Case', prefix: 'case', table: 'case_file', scope: { ...scope, alsoAt: TRIAL }, permission: CASE_READERS, realm: 'CASES', realmRows: CASE.realmRows, logged: { as: 'readCase', each: true },
  columns: {
    id: { kind: 'id' }, number: text(), state: enumeration('CaseState'), allowedCommands: { kind: 'commands', machine: caseMachine }, filedOn: date(), transferredOn: date({ nullable: true }),
    adjudicatedOn: date({ nullable: true }), governanceOn: date({ nullable: true }), closedOn: date({ nullable: true }), withoutDisposition: bool(), governanceWaived: bool(), isSynthetic: bool(), ...auditable,
  },
  edges: {
    investigationUnit: { card: 'one', to: 'Unit', key: 'investigation_unit_id', nullable: true, description: 'Who investigates（审查调查单位）.' },
    trialUnit: { card: 'one', to: 'Unit', key: 'trial_unit_id', nullable: true, description: 'Who tries it; null before it is handed over（审理单位）.' },
    clues: link('Clue', 'case_clue', 'clue_id', 'Clues that it comes from, for those who may see them（来源线索）.'),
    persons: link('Person', 'case_person', 'person_id', 'Persons whom it is about, as far as the viewer sees them（涉案人员）.'),
    subjectUnits: link('Unit', 'case_subject_unit', 'subject_unit_id', 'Units that it is about（涉案单位）.'),
    powers: link('Power', 'case_power', 'power_id', 'Powers that were abused（涉及职权）.'),
    riskPoints: link('RiskPoint', 'case_risk_point', 'risk_point_id', 'Risk points that came true（涉及风险点）.'),
    dispositions: { card: 'connection', to: 'CaseDisposition', by: 'case_id', description: 'What the trial proposes, replaced ones too（处理决定）.' },
    entries: { card: 'connection', to: 'CaseEntry', by: 'case_id', description: 'What was written about it, oldest first（案件文书）.' },
    governanceMeasures: { card: 'connection', to: 'GovernanceMeasure', via: many('case_measure', 'measure_id'), description: 'What is put right after it（治理措施）.' },
    transitions,
  },
  filters: {
    number: { type: 'text' }, state: { type: 'enum', enum: 'CaseState' }, filedOn: { type: 'date' }, closedOn: { type: 'date', nullable: true }, unit: { ...within, description: 'The unit that investigates（审查调查单位）.' },
    trialUnit: { type: 'ref', of: 'Unit', sql: 'trial_unit_id', nullable: true },
  },
  orders: { FILED_ON: { type: 'date' }, CREATED_AT: { type: 'id', sql: 'id' } },
  root: { one: 'case', many: 'cases', oneDescription: 'One case; reading it is logged（案件）.', manyDescription: 'Cases of the units over which the viewer opens the realm; reading them is logged（案件列表）.' },
})

export const caseDispositionReads = noun({
  type: 'CaseDisposition', prefix: 'cdis', table: 'case_disposition', scope: { ...scope, alsoAt: TRIAL }, permission: CASE_READERS, realm: 'CASES', realmRows: about('case_id'), logged: { as: 'readCaseDisposition' },
  columns: { id: { kind: 'id' }, kind: enumeration('CaseDispositionKind'), revokedAt: instant({ nullable: true }), ...auditable },
  edges: { case: caseEdge, decision: { card: 'one', to: 'AccountabilityDecision', key: 'decision_id', nullable: true, description: 'The decision, for those who may see it（问责决定）.' } },
  filters: { kind: { type: 'enum', enum: 'CaseDispositionKind' }, revokedAt: { type: 'instant', nullable: true } }, orders: { CREATED_AT: { type: 'instant' } },
})

export const caseEntryReads = noun({
  type: 'CaseEntry', prefix: 'cent', table: 'case_entry', scope: { ...scope, alsoAt: ENTRY_TRIAL }, permission: CASE_READERS, realm: 'CASES', realmRows: about('case_id'), logged: { as: 'readCaseEntry' },
  columns: { id: { kind: 'id' }, kind: enumeration('CaseEntryKind'), command: text(), at: instant(), actor: text() },
  edges: { case: caseEdge }, filters: { kind: { type: 'enum', enum: 'CaseEntryKind' } }, orders: { AT: { type: 'instant', sql: 'at' } },
})

export const governanceMeasureReads = noun({
  type: 'GovernanceMeasure', prefix: 'gm', table: 'governance_measure', scope: { ...scope, alsoAt: DEMANDER }, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, kind: enumeration('GovernanceMeasureKind'), content: text({ sql: 'content_zh' }), report: text({ sql: 'report_zh', nullable: true }), state: enumeration('GovernanceMeasureState'),
    allowedCommands: { kind: 'commands', machine: governanceMeasureMachine }, dueOn: date(), implementedOn: date({ nullable: true }), verifiedOn: date({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The unit that carries it out（责任单位）.' },
    demandingUnit: { card: 'one', to: 'Unit', key: 'demanding_unit_id', nullable: true, description: 'The body that asks for it（提出单位）.' },
    controls: { card: 'connection', to: 'Control', via: { table: 'governance_measure_control', near: 'measure_id', far: 'control_id' }, description: 'Controls that it made or changed（涉及防控措施）.' },
    riskPoints: { card: 'connection', to: 'RiskPoint', via: { table: 'governance_measure_risk_point', near: 'measure_id', far: 'risk_point_id' }, description: 'Risk points that it acts on（涉及风险点）.' },
    cases: { card: 'connection', to: 'Case', via: { table: 'case_measure', near: 'measure_id', far: 'case_id' }, description: 'The cases that it comes from, for those who open them; nobody else learns that there is one（来源案件）.' },
    transitions,
  },
  filters: {
    kind: { type: 'enum', enum: 'GovernanceMeasureKind' }, state: { type: 'enum', enum: 'GovernanceMeasureState' }, dueOn: { type: 'date' }, unit: within,
    demandingUnit: { type: 'ref', of: 'Unit', sql: 'demanding_unit_id' }, isSynthetic: { type: 'boolean' },
  },
  orders: { DUE_ON: { type: 'date' }, CREATED_AT: { type: 'instant' } },
  root: { one: 'governanceMeasure', many: 'governanceMeasures', oneDescription: 'One governance measure（治理措施）.', manyDescription: 'Governance measures of the viewer’s units, and those that their bodies ask for（治理措施列表）.' },
})
