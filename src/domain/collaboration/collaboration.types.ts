import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { DateTime, LocalDate } from '../scalars'
import { collaborationRecordMachine, type CollaborationRecordState } from './collaboration-record.states'
import { consultationMeetingMachine, type ConsultationMeetingState } from './consultation-meeting.states'

export const CollaborationKind = labelledEnum('CollaborationKind', 'What bodies exchange in the two-way collaboration（双向协作方式）.', {
  JOINT_ACTION: { zh: '监督互动', en: 'Joint action', description: 'A joint action is proposed' },
  INFORMATION_SHARING: { zh: '信息互通', en: 'Information', description: 'Information is shared' },
  RESULT_SHARING: { zh: '成果互用', en: 'Results', description: 'A result is shared for use' },
  CLUE_TRANSFER: { zh: '线索互移', en: 'Clue', description: 'A clue is handed over; it begins with the transfer of the clue and tells nothing of it' },
})
export type CollaborationKind = keyof typeof CollaborationKind

export const InvitationAnswer = labelledEnum('InvitationAnswer', 'Whether a participant takes part（参会答复）.', {
  ATTENDS: { zh: '参加', en: 'Attends' },
  DECLINES: { zh: '不参加', en: 'Declines' },
})
export type InvitationAnswer = keyof typeof InvitationAnswer

export const CollaborationRecordStateEnum = stateEnum('CollaborationRecordState', 'Where an exchange stands（协作事项状态）.', collaborationRecordMachine)
export const ConsultationMeetingStateEnum = stateEnum('ConsultationMeetingState', 'Where a consultation stands（沟通会商状态）.', consultationMeetingMachine)

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'One exchange of the two-way collaboration between supervising bodies. Seen at both ends and above them（双向协作事项）.' })
export class CollaborationRecord {
  @Field(() => CollaborationKind, { description: 'What is exchanged（协作方式）.' })
  kind: CollaborationKind

  @Field(() => String, { description: 'Name of the sending body（发出单位名称）.' })
  fromNameZh: string

  @Field(() => String, { description: 'Name of the receiving body（接收单位名称）.' })
  toNameZh: string

  @Field(() => String, { description: 'Subject（事由）.' })
  subject: string

  @Field(() => String, { nullable: true, description: 'What is told; of a clue nothing（内容）.' })
  content: string | null

  @Field(() => LocalDate, { description: 'When it was sent, or sent again（发出日期）.' })
  sentOn: string

  @Field(() => LocalDate, { description: 'By when the receiver must take it up or give it back: working days after it was sent（签收期限）.' })
  dueOn: string

  @Field(() => LocalDate, { nullable: true, description: 'When the receiver took it up（签收日期）.' })
  acknowledgedOn: string | null

  @Field(() => DateTime, { nullable: true, description: 'The moment at which the receiver took it up（签收时间）.' })
  acknowledgedAt: string | null

  @Field(() => String, { nullable: true, description: 'Who took it up（签收人）.' })
  acknowledgedBy: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When the receiver told what became of it（反馈日期）.' })
  completedOn: string | null

  @Field(() => String, { nullable: true, description: 'What became of it（反馈结果）.' })
  outcome: string | null

  @Field(() => CollaborationRecordStateEnum, { description: 'Where it stands（状态）.' })
  state: CollaborationRecordState

  @Field(() => Boolean, { description: 'Invented for demonstration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A regular consultation between supervising bodies, inner and outer ones. Seen at the convening body, at its participants and above them（沟通会商）.' })
export class ConsultationMeeting {
  @Field(() => String, { description: 'Title（名称）.' })
  title: string

  @Field(() => String, { description: 'Name of the convening body（召集单位名称）.' })
  convenerNameZh: string

  @Field(() => String, { description: 'Agenda（议题）.' })
  agenda: string

  @Field(() => LocalDate, { description: 'The day for which it is called（计划日期）.' })
  plannedOn: string

  @Field(() => LocalDate, { nullable: true, description: 'The day on which it was held（召开日期）.' })
  heldOn: string | null

  @Field(() => String, { nullable: true, description: 'Minutes（纪要）.' })
  minutes: string | null

  @Field(() => LocalDate, { nullable: true, description: 'By when the next one is due（下次会商期限）.' })
  nextDueOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day on which participants may object to the minutes（纪要异议期限）.' })
  objectUntil: string | null

  @Field(() => ConsultationMeetingStateEnum, { description: 'Where it stands（状态）.' })
  state: ConsultationMeetingState

  @Field(() => Boolean, { description: 'Invented for demonstration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A body that is called to a consultation（会商参加单位）.' })
export class ConsultationParticipant {
  @Field(() => String, { description: 'Name of the body（单位名称）.' })
  nameZh: string

  @Field(() => InvitationAnswer, { nullable: true, description: 'Whether it takes part（答复）.' })
  answer: InvitationAnswer | null

  @Field(() => DateTime, { nullable: true, description: 'When it answered（答复时间）.' })
  answeredAt: string | null

  @Field(() => Boolean, { nullable: true, description: 'Whether it was there; null before the meeting（是否参会）.' })
  attended: boolean | null

  @Field(() => DateTime, { nullable: true, description: 'When it agreed to the minutes（确认纪要时间）.' })
  confirmedAt: string | null
}
