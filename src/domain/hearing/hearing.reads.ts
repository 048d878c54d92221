import { REGISTER_READERS } from '../../auth/roles'
import { auditable, bool, date, enumeration, instant, int, noun, text, type NounEdge } from '../../core/reads'
import { transitions } from '../audit'
import { hearingQuestionMachine, hearingSessionMachine } from './hearing-session.states'
import { pledgeMachine } from './pledge.states'

/** Representatives come from outside the registers: they read hearings and nothing else. */
const roles = [...REGISTER_READERS, 'ACCOUNTABILITY_REPRESENTATIVE'] as const
/** Seen at the host and at the units of those who are heard. */
export const sessionScope = { by: 'unit', column: 'unit_id', roles, alsoAt: [{ via: { table: 'hearing_respondent', near: 'session_id', far: 'unit_id' } }] } as const
/** Parts belong to the unit of who is heard, and are seen at the host. */
export const partScope = { by: 'unit', column: 'unit_id', roles, alsoAt: [{ column: 'host_unit_id' }] } as const

const session = { card: 'one', to: 'HearingSession', key: 'session_id', nullable: true, description: 'The session（阳光问效）.' } as const
const respondent = { card: 'one', to: 'HearingRespondent', key: 'respondent_id', nullable: true, description: 'Who is heard（述责人）.' } as const
const unit = { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The unit of the post; null when that is out of the viewer\'s sight（任职单位）.' } as const
const appointment = { card: 'one', to: 'Appointment', key: 'appointment_id', nullable: true, description: 'The post; null when that is out of the viewer\'s sight（任职）.' } as const
const ofUnit = { type: 'ref', of: 'Unit', sql: 'unit_id', within: true } as const
const ofSession = { type: 'ref', of: 'HearingSession', sql: 'session_id' } as const

export const hearingSessionReads = noun({
  type: 'HearingSession', prefix: 'hear', table: 'hearing_session', scope: sessionScope, permission: roles,
  columns: {
    id: { kind: 'id' }, no: text(), heldOn: date(), year: int(), theme: text(), agenda: text({ nullable: true }), broadcast: bool(), isFourResponsibility: bool(),
    state: enumeration('HearingSessionState'), allowedCommands: { kind: 'commands', machine: hearingSessionMachine }, concludedAt: instant({ nullable: true }), followUp: text({ nullable: true }),
    isSynthetic: bool(), ...auditable,
  },
  edges: {
    hostUnit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The unit that hosts it; null when that is out of the viewer\'s sight（主办单位）.' },
    respondents: { card: 'connection', to: 'HearingRespondent', by: 'session_id', description: 'Who is heard on what, as far as the viewer sees them（述责人）.' },
    questions: { card: 'connection', to: 'HearingQuestion', by: 'session_id', description: 'What was asked（质询）.' },
    pledges: { card: 'connection', to: 'Pledge', by: 'session_id', description: 'What was pledged（军令状）.' },
    transitions,
  },
  filters: {
    no: { type: 'text' }, heldOn: { type: 'date' }, year: { type: 'int' }, theme: { type: 'text' }, state: { type: 'enum', enum: 'HearingSessionState' }, isFourResponsibility: { type: 'boolean' },
    hostUnit: ofUnit, isSynthetic: { type: 'boolean' },
  },
  orders: { HELD_ON: { type: 'date' }, CREATED_AT: { type: 'id', sql: 'id' } },
  defaultOrder: [{ field: 'HELD_ON', direction: 'DESC' }],
  root: { one: 'hearingSession', many: 'hearingSessions', oneDescription: 'One hearing by id（阳光问效）.', manyDescription: 'Hearings（阳光问效列表）.' },
})

export const hearingRespondentReads = noun({
  type: 'HearingRespondent', prefix: 'heard', table: 'hearing_respondent', scope: partScope, permission: roles,
  columns: {
    id: { kind: 'id' }, responsibility: enumeration('Responsibility'), evaluatedAt: instant({ nullable: true }),
    tallies: {
      kind: 'group', of: 'EvaluationTallies', present: 'evaluated_at',
      fields: { satisfied: int({ sql: 'votes_satisfied' }), fair: int({ sql: 'votes_fair' }), dissatisfied: int({ sql: 'votes_dissatisfied' }), abstained: int({ sql: 'votes_abstained' }) },
    }, ...auditable,
  },
  edges: {
    session, unit, appointment,
    aboutUnit: { card: 'one', to: 'Unit', key: 'about_unit_id', nullable: true, description: 'The unit whose responsibility it is about; null when that is out of the viewer\'s sight（对象单位）.' },
    dutyReport: { card: 'one', to: 'DutyReport', key: 'duty_report_id', nullable: true, description: 'What was reported; null before that and when it is out of the viewer\'s sight（述责述廉报告）.' },
    questions: { card: 'connection', to: 'HearingQuestion', by: 'respondent_id', description: 'What was asked（质询）.' },
  },
  filters: { responsibility: { type: 'enum', enum: 'Responsibility' }, session: ofSession, unit: ofUnit },
  orders: { CREATED_AT: { type: 'id', sql: 'id' } },
})

export const hearingQuestionReads = noun({
  type: 'HearingQuestion', prefix: 'hq', table: 'hearing_question', scope: partScope, permission: roles,
  columns: {
    id: { kind: 'id' }, text: text(), answer: text({ nullable: true }), answeredAt: instant({ nullable: true }), state: enumeration('HearingQuestionState'),
    allowedCommands: { kind: 'commands', machine: hearingQuestionMachine }, ...auditable,
  },
  edges: {
    session, respondent, unit,
    findings: { card: 'connection', to: 'SupervisionFinding', via: { table: 'hearing_question_finding', near: 'question_id', far: 'finding_id' }, rule: REGISTER_READERS, description: 'Findings that it rests on, as far as the viewer sees them（依据的问题）.' },
    transitions,
  },
  filters: { state: { type: 'enum', enum: 'HearingQuestionState' }, session: ofSession, respondent: { type: 'ref', of: 'HearingRespondent', sql: 'respondent_id' }, unit: ofUnit },
  orders: { CREATED_AT: { type: 'id', sql: 'id' } },
  root: { one: 'hearingQuestion', many: 'hearingQuestions', oneDescription: 'One question by id（质询）.', manyDescription: 'Questions in hearings（质询列表）.' },
})

export const pledgeReads = noun({
  type: 'Pledge', prefix: 'pledge', table: 'pledge', scope: partScope, permission: roles,
  columns: {
    id: { kind: 'id' }, commitment: text(), deadline: date(), state: enumeration('PledgeState'), allowedCommands: { kind: 'commands', machine: pledgeMachine },
    judgedBy: text({ nullable: true }), judgedAt: instant({ nullable: true }), ...auditable,
  },
  edges: {
    session, respondent, unit, appointment,
    rectificationTask: { card: 'one', to: 'RectificationTask', key: 'task_id', nullable: true, rule: REGISTER_READERS, description: 'The one task that follows it, with the same day; null when that is out of the viewer\'s sight（整改任务）.' },
    transitions,
  },
  filters: { state: { type: 'enum', enum: 'PledgeState' }, deadline: { type: 'date' }, session: ofSession, appointment: { type: 'ref', of: 'Appointment', sql: 'appointment_id' }, unit: ofUnit },
  orders: { DEADLINE: { type: 'date' }, CREATED_AT: { type: 'id', sql: 'id' } },
  root: { one: 'pledge', many: 'pledges', oneDescription: 'One pledge by id（军令状）.', manyDescription: 'Pledges made in hearings（军令状列表）.' },
})

export const hearingEdges: NounEdge[] = [
  { on: 'Unit', field: 'hearingSessions', edge: { card: 'connection', to: 'HearingSession', by: 'unit_id', rule: roles, description: 'Hearings that it hosts（主办的阳光问效）.' } },
  { on: 'Unit', field: 'pledges', edge: { card: 'connection', to: 'Pledge', by: 'unit_id', rule: roles, description: 'What its people pledged in hearings（军令状）.' } },
  { on: 'Appointment', field: 'pledges', edge: { card: 'connection', to: 'Pledge', by: 'appointment_id', rule: roles, description: 'What its holder pledged in hearings（军令状）.' } },
  { on: 'SupervisionFinding', field: 'hearingQuestions', edge: { card: 'connection', to: 'HearingQuestion', via: { table: 'hearing_question_finding', near: 'finding_id', far: 'question_id' }, rule: roles, description: 'Questions in hearings that rest on it（相关质询）.' } },
]
