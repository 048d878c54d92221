import { REGISTER_READERS } from '../../auth/roles'
import type { Role } from '../../core/actor'
import { auditable, bool, date, decimal, enumeration, instant, int, noun, text } from '../../core/reads'
import { transitions } from '../audit'
import { legalBasisColumn } from '../legal-basis'
import { clueMachine } from './clue.states'
import { clueTransferMachine } from './clue-transfer.states'
import { IDENTITY_RELEASE_ROWS, OF_CLUE_ROWS, CLUE_ROWS, RECEIVER } from './clue.registers'
import { identityReleaseMachine } from './identity-release.states'
import { restitutionMachine } from './restitution.states'
import { verificationMachine } from './verification.states'

/** Who may ask for clues: those who open the realm, and village supervisors for what they took in. */
export const CLUE_READERS: readonly Role[] = ['SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION', 'CASE_OFFICER', 'VILLAGE_SUPERVISOR']
export const RELEASE_READERS: readonly Role[] = ['SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION', 'CASE_OFFICER', 'IDENTITY_CUSTODIAN']

const scope = { by: 'unit', column: 'unit_id' } as const
const within = { type: 'ref', of: 'Unit', sql: 'unit_id', within: true } as const
const unit = { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The unit that handles the clue; null where it is out of the viewer’s sight（办理单位）.' } as const
const clue = { card: 'one', to: 'Clue', key: 'clue_id', nullable: true, description: 'The clue; null for who may not see it（线索）.' } as const
const person = (key: string, description: string) => ({ card: 'one', to: 'Person', key, nullable: true, description }) as const

/** No filter is on whom a clue is about: what is asked for stands in the audit log. */
export const clueReads = noun({
  type: 'Clue', prefix: 'clue', table: 'clue', scope, permission: CLUE_READERS, realm: 'CLUES', realmRows: CLUE_ROWS, logged: { as: 'readClue', each: true },
  columns: {
    id: { kind: 'id' }, number: text({ nullable: true }), channel: enumeration('ClueChannel'), nature: enumeration('ClueNature'), anonymity: enumeration('Anonymity'),
    state: enumeration('ClueState'), allowedCommands: { kind: 'commands', machine: clueMachine },
    receivedOn: date(), registeredOn: date({ nullable: true }), verifiedOn: date({ nullable: true }), disposedOn: date({ nullable: true }), toldOn: date({ nullable: true }),
    settledOn: date({ nullable: true }), closedOn: date({ nullable: true }), dueOn: date({ nullable: true }), stepDueOn: date({ nullable: true }), extendedDays: int({ nullable: true }),
    handling: enumeration('ClueHandling', { nullable: true }), outcome: enumeration('ClueOutcome', { nullable: true }), dispositions: { kind: 'textArray' },
    reopened: int(), isSynthetic: bool(), ...auditable,
  },
  edges: {
    unit,
    intakeUnit: { card: 'one', to: 'Unit', key: 'intake_unit_id', nullable: true, description: 'The unit that took it in（受理单位）.' },
    assignee: person('assignee_person_id', 'Who handles it（承办人）.'),
    finding: { card: 'one', to: 'SupervisionFinding', key: 'source_id', nullable: true, description: 'The finding that it comes from, where the viewer sees it（来源问题）.' },
    mergedInto: { card: 'one', to: 'Clue', key: 'merged_into_id', nullable: true, description: 'The clue with which it is handled（并入线索）.' },
    subjectUnits: { card: 'list', to: 'Unit', via: { table: 'clue_subject_unit', near: 'clue_id', far: 'subject_unit_id' }, order: 'id', max: 20, description: 'Units that it is about, as far as the viewer sees them（被反映单位）.' },
    subjectPersons: { card: 'list', to: 'Person', via: { table: 'clue_subject_person', near: 'clue_id', far: 'person_id' }, order: 'id', max: 20, description: 'Persons whom it is about, as far as the viewer sees them（被反映人）.' },
    entries: { card: 'connection', to: 'ClueEntry', by: 'clue_id', description: 'What was written about it, oldest first（线索记录）.' },
    transfers: { card: 'connection', to: 'ClueTransfer', by: 'clue_id', description: 'Its ways to other bodies, oldest first（移交记录）.' },
    verifications: { card: 'connection', to: 'Verification', by: 'clue_id', description: 'Its verifications, oldest first（核实）.' },
    restitutions: { card: 'connection', to: 'Restitution', by: 'clue_id', description: 'What is owed after it（补发退还）.' },
    identityReleases: { card: 'connection', to: 'IdentityRelease', by: 'clue_id', description: 'The viewer’s own requests to learn who reported（披露申请）.' },
    transitions,
  },
  filters: {
    number: { type: 'text', nullable: true }, channel: { type: 'enum', enum: 'ClueChannel' }, nature: { type: 'enum', enum: 'ClueNature' }, state: { type: 'enum', enum: 'ClueState' },
    outcome: { type: 'enum', enum: 'ClueOutcome', nullable: true }, handling: { type: 'enum', enum: 'ClueHandling', nullable: true }, receivedOn: { type: 'date' },
    dueOn: { type: 'date', nullable: true }, stepDueOn: { type: 'date', nullable: true }, closedOn: { type: 'date', nullable: true },
    assignee: { type: 'ref', of: 'Person', sql: 'assignee_person_id', nullable: true }, unit: within, isSynthetic: { type: 'boolean' },
  },
  orders: { RECEIVED_ON: { type: 'date' }, CREATED_AT: { type: 'id', sql: 'id' } },
  root: { one: 'clue', many: 'clues', oneDescription: 'One clue; reading it is logged（问题线索）.', manyDescription: 'Clues of the units over which the viewer opens the realm, and what the viewer took in; reading them is logged（问题线索列表）.' },
})

export const clueEntryReads = noun({
  type: 'ClueEntry', prefix: 'clent', table: 'clue_entry', scope, permission: CLUE_READERS, realm: 'CLUES', realmRows: OF_CLUE_ROWS, logged: { as: 'readClueEntry' },
  columns: { id: { kind: 'id' }, kind: enumeration('ClueEntryKind'), command: text(), at: instant(), actor: text() },
  edges: { clue }, filters: { kind: { type: 'enum', enum: 'ClueEntryKind' }, at: { type: 'instant' } }, orders: { AT: { type: 'instant', sql: 'at' } },
})

export const clueTransferReads = noun({
  type: 'ClueTransfer', prefix: 'cltr', table: 'clue_transfer', scope: { ...scope, alsoAt: RECEIVER }, permission: CLUE_READERS, realm: 'CLUES', realmRows: OF_CLUE_ROWS, logged: { as: 'readClueTransfer', each: true },
  columns: {
    id: { kind: 'id' }, nature: enumeration('ClueNature'), fromNumber: text({ nullable: true }), state: enumeration('ClueTransferState'),
    allowedCommands: { kind: 'commands', machine: clueTransferMachine }, sentOn: date(), dueOn: date(), answeredOn: date({ nullable: true }), ...auditable,
  },
  edges: {
    clue, fromUnit: { card: 'one', to: 'Unit', key: 'from_unit_id', nullable: true, description: 'Who passes it on（移出单位）.' },
    toUnit: { card: 'one', to: 'Unit', key: 'to_unit_id', nullable: true, description: 'Who is to take it（接收单位）.' }, transitions,
  },
  filters: {
    state: { type: 'enum', enum: 'ClueTransferState' }, nature: { type: 'enum', enum: 'ClueNature' }, sentOn: { type: 'date' }, dueOn: { type: 'date' },
    fromUnit: { ...within, description: 'The unit that passes it on（移交单位）.' }, toUnit: { type: 'ref', of: 'Unit', sql: 'to_unit_id' },
  },
  orders: { SENT_ON: { type: 'date' } },
  root: { one: 'clueTransfer', many: 'clueTransfers', oneDescription: 'One transfer of a clue（线索移交）.', manyDescription: 'Transfers of clues from and to the viewer’s bodies（线索移交列表）.' },
})

export const verificationReads = noun({
  type: 'Verification', prefix: 'ver', table: 'verification', scope, permission: CLUE_READERS, realm: 'CLUES', realmRows: OF_CLUE_ROWS, logged: { as: 'readVerification', each: true },
  columns: {
    id: { kind: 'id' }, mode: enumeration('VerificationMode', { nullable: true }), state: enumeration('VerificationState'), allowedCommands: { kind: 'commands', machine: verificationMachine },
    plannedFrom: date(), plannedTo: date(), contentHash: text(), approvedHash: text({ nullable: true }), approvedOn: date({ nullable: true }),
    outcome: enumeration('ClueOutcome', { nullable: true }), concludedOn: date({ nullable: true }), ...auditable,
  },
  edges: {
    unit, clue, transitions,
    team: { card: 'list', to: 'Person', via: { table: 'verification_member', near: 'verification_id', far: 'person_id' }, order: 'id', max: 20, description: 'Its team, as far as the viewer sees them（核实组成员）.' },
    measures: { card: 'connection', to: 'ClueEntry', by: 'verification_id', where: { kind: 'MEASURE' }, description: 'What the team did, oldest first（核实措施）.' },
  },
  filters: { state: { type: 'enum', enum: 'VerificationState' }, outcome: { type: 'enum', enum: 'ClueOutcome', nullable: true }, plannedTo: { type: 'date' }, unit: within },
  orders: { CREATED_AT: { type: 'instant' } },
})

export const restitutionReads = noun({
  type: 'Restitution', prefix: 'rest', table: 'restitution', scope, permission: CLUE_READERS, realm: 'CLUES', realmRows: OF_CLUE_ROWS, logged: { as: 'readRestitution', each: true },
  columns: {
    id: { kind: 'id' }, kind: enumeration('RestitutionKind'), state: enumeration('RestitutionState'), allowedCommands: { kind: 'commands', machine: restitutionMachine },
    quantity: decimal({ nullable: true }), measure: enumeration('UnitOfMeasure', { nullable: true }), amount: decimal({ nullable: true }), currency: enumeration('Currency', { nullable: true }),
    dueOn: date({ nullable: true }), paidOn: date({ nullable: true }), verifiedOn: date({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: { unit, clue, transitions },
  filters: {
    kind: { type: 'enum', enum: 'RestitutionKind' }, state: { type: 'enum', enum: 'RestitutionState' }, measure: { type: 'enum', enum: 'UnitOfMeasure', nullable: true },
    dueOn: { type: 'date', nullable: true }, paidOn: { type: 'date', nullable: true }, unit: within,
  },
  orders: { CREATED_AT: { type: 'instant' } },
  root: { one: 'restitution', many: 'restitutions', oneDescription: 'One restitution（补发退还）.', manyDescription: 'Restitutions after clues of the units over which the viewer opens the realm（补发退还列表）.' },
})

/** No edge to the clue: who decides on the request sees the request. */
export const identityReleaseReads = noun({
  type: 'IdentityRelease', prefix: 'idr', table: 'identity_release', scope, permission: RELEASE_READERS, realm: 'IDENTITY', realmRows: IDENTITY_RELEASE_ROWS, logged: { as: 'readIdentityRelease', each: true },
  columns: {
    id: { kind: 'id' }, state: enumeration('IdentityReleaseState'), allowedCommands: { kind: 'commands', machine: identityReleaseMachine }, reason: text(), opinion: text({ nullable: true }),
    releasedUntil: instant({ nullable: true }), decidedAt: instant({ nullable: true }), decidedBy: text({ nullable: true }), readings: int(), ...auditable,
  },
  edges: { unit: { ...unit, description: 'The unit that handles the clue（办理单位）.' }, transitions },
  filters: { state: { type: 'enum', enum: 'IdentityReleaseState' }, createdAt: { type: 'instant' }, unit: within },
  orders: { CREATED_AT: { type: 'instant' } },
  root: {
    one: 'identityRelease', many: 'identityReleases', oneDescription: 'One request to learn who reported（披露申请）.',
    manyDescription: 'Requests to learn who reported: for custodians those of their units, for others their own（披露申请列表）.',
  },
})

export const clueDeadlineReads = noun({
  type: 'ClueDeadline', prefix: 'cldl', table: 'clue_deadline', scope: { by: 'public' }, permission: [...REGISTER_READERS, 'PLATFORM_ADMIN'],
  columns: {
    id: { kind: 'id' }, nature: enumeration('ClueNature'), step: enumeration('ClueStep'), days: int(), counted: enumeration('DayCount'), maxExtensionDays: int(),
    legalBasis: legalBasisColumn, isConfirmed: bool(), ...auditable,
  },
  edges: {}, filters: { nature: { type: 'enum', enum: 'ClueNature' }, step: { type: 'enum', enum: 'ClueStep' }, isConfirmed: { type: 'boolean' } }, orders: { STEP: { type: 'enum' } },
  root: { many: 'clueDeadlines', manyDescription: 'How long the steps of handling clues may take（线索办理期限）.' },
})

