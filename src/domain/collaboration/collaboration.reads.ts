import { auditable, bool, date, enumeration, instant, noun, text, type NounEdge } from '../../core/reads'
import { transitions } from '../audit'
import { SUPERVISION_READERS } from '../supervision'
import { collaborationRecordMachine } from './collaboration-record.states'
import { consultationMeetingMachine } from './consultation-meeting.states'

const OF_MEETING = 'it carries the convening body of its meeting'
/** Heads of bodies from outside take part, too. */
export const MEETING_READERS = Object.freeze([...SUPERVISION_READERS, 'UNIT_APPROVER'] as const)

/** Seen at both ends. */
export const recordScope = { by: 'unit', column: 'unit_id', roles: SUPERVISION_READERS, alsoAt: [{ column: 'to_unit_id' }] } as const
/** Seen at the convening body and at its participants. */
export const meetingScope = { by: 'unit', column: 'unit_id', roles: MEETING_READERS, alsoAt: [consultationMeetingMachine.sides['PARTICIPANT']!] } as const

export const collaborationRecordReads = noun({
  type: 'CollaborationRecord', prefix: 'collab', table: 'collaboration_record', scope: recordScope, permission: SUPERVISION_READERS,
  columns: {
    id: { kind: 'id' }, kind: enumeration('CollaborationKind'), fromNameZh: text(), toNameZh: text(), subject: text({ sql: 'subject_zh' }), content: text({ sql: 'content_zh', nullable: true }),
    sentOn: date(), dueOn: date(), acknowledgedOn: date({ nullable: true }), acknowledgedAt: instant({ nullable: true }), acknowledgedBy: text({ nullable: true }),
    completedOn: date({ nullable: true }), outcome: text({ sql: 'outcome_zh', nullable: true }), state: enumeration('CollaborationRecordState'),
    allowedCommands: { kind: 'commands', machine: collaborationRecordMachine }, isSynthetic: bool(), ...auditable,
  },
  edges: {
    fromUnit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The sending body; null when it is out of the viewer\'s sight（发出单位）.' },
    toUnit: { card: 'one', to: 'Unit', key: 'to_unit_id', nullable: true, description: 'The receiving body; null when it is out of the viewer\'s sight（接收单位）.' },
    targetActivity: { card: 'one', to: 'SupervisionActivity', key: 'target_activity_id', nullable: true, description: 'Joint action: the receiver\'s activity that it is proposed for（拟联合的活动）.' },
    usedInActivity: { card: 'one', to: 'SupervisionActivity', key: 'used_in_activity_id', nullable: true, description: 'The receiver\'s activity in which the result was used（成果运用的活动）.' },
    transitions,
  },
  filters: {
    kind: { type: 'enum', enum: 'CollaborationKind' }, state: { type: 'enum', enum: 'CollaborationRecordState' }, subject: { type: 'text', sql: 'subject_zh' }, sentOn: { type: 'date' }, dueOn: { type: 'date' },
    acknowledgedOn: { type: 'date', nullable: true }, fromUnit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true }, toUnit: { type: 'ref', of: 'Unit', sql: 'to_unit_id' }, isSynthetic: { type: 'boolean' },
  },
  orders: { SENT_ON: { type: 'date' }, DUE_ON: { type: 'date' } },
  defaultOrder: [{ field: 'SENT_ON', direction: 'DESC' }],
  root: {
    one: 'collaborationRecord', many: 'collaborationRecords', oneDescription: 'One exchange by id（协作事项）.',
    manyDescription: 'What the viewer’s bodies sent and received; `state: { eq: SENT }, dueOn: { before: … }` leaves what nobody took up in time（协作事项列表）.',
  },
})

export const consultationMeetingReads = noun({
  type: 'ConsultationMeeting', prefix: 'meeting', table: 'consultation_meeting', scope: meetingScope, permission: MEETING_READERS,
  columns: {
    id: { kind: 'id' }, title: text({ sql: 'title_zh' }), convenerNameZh: text(), agenda: text({ sql: 'agenda_zh' }), plannedOn: date(), heldOn: date({ nullable: true }), minutes: text({ sql: 'minutes_zh', nullable: true }),
    nextDueOn: date({ nullable: true }), objectUntil: date({ nullable: true }), state: enumeration('ConsultationMeetingState'),
    allowedCommands: { kind: 'commands', machine: consultationMeetingMachine }, isSynthetic: bool(), ...auditable,
  },
  edges: {
    convenerUnit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The convening body; null when it is out of the viewer\'s sight（召集单位）.' },
    participants: { card: 'connection', to: 'ConsultationParticipant', by: 'meeting_id', description: 'The bodies that are called（参加单位）.', sameScope: OF_MEETING },
    transitions,
  },
  filters: {
    title: { type: 'text', sql: 'title_zh' }, state: { type: 'enum', enum: 'ConsultationMeetingState' }, plannedOn: { type: 'date' }, heldOn: { type: 'date', nullable: true }, nextDueOn: { type: 'date', nullable: true },
    convenerUnit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true }, isSynthetic: { type: 'boolean' },
  },
  orders: { PLANNED_ON: { type: 'date' } },
  defaultOrder: [{ field: 'PLANNED_ON', direction: 'DESC' }],
  root: {
    one: 'consultationMeeting', many: 'consultationMeetings', oneDescription: 'One consultation by id（沟通会商）.',
    manyDescription: 'Consultations that the viewer’s bodies call or are called to（沟通会商列表）.',
  },
})

export const consultationParticipantReads = noun({
  type: 'ConsultationParticipant', prefix: 'attendee', table: 'consultation_participant', scope: { by: 'unit', column: 'convener_unit_id', roles: MEETING_READERS, alsoAt: [{ column: 'unit_id' }] }, permission: MEETING_READERS,
  columns: {
    id: { kind: 'id' }, nameZh: text(), answer: enumeration('InvitationAnswer', { nullable: true }), answeredAt: instant({ nullable: true }),
    attended: bool({ nullable: true }), confirmedAt: instant({ nullable: true }), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The body; null when it is out of the viewer\'s sight（单位）.' },
    meeting: { card: 'one', to: 'ConsultationMeeting', key: 'meeting_id', description: 'The consultation（会商）.', sameScope: OF_MEETING },
  },
  filters: {}, orders: {},
})

export const collaborationEdges: NounEdge[] = [
  { on: 'Unit', field: 'sentCollaborationRecords', edge: { card: 'connection', to: 'CollaborationRecord', by: 'unit_id', rule: SUPERVISION_READERS, description: 'What it sent to other bodies（发出的协作事项）.' } },
  { on: 'Unit', field: 'receivedCollaborationRecords', edge: { card: 'connection', to: 'CollaborationRecord', by: 'to_unit_id', rule: SUPERVISION_READERS, description: 'What it received from other bodies（收到的协作事项）.' } },
  { on: 'SupervisionActivity', field: 'reusedResults', edge: { card: 'connection', to: 'CollaborationRecord', by: 'used_in_activity_id', description: 'Results of other bodies that were used in it（运用的成果）.' } },
]
