import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsInt, IsOptional, Length, Max, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate } from '../scalars'
import { CollaborationKind, InvitationAnswer } from './collaboration.types'

/** Working days in which a receiver takes an exchange up, when the sender asks for no other time. */
export const ACKNOWLEDGE_WITHIN = 5
/** Working days in which participants may object to minutes, when the convener gives no other time. */
export const OBJECT_WITHIN = 5

@InputType({ description: 'What is sent to another body（发出协作事项）.' })
export class SendCollaborationRecordInput extends CommandInput {
  @Field(() => ID, { description: 'The sending body（发出单位）.' })
  fromUnitId: string

  @Field(() => ID, { description: 'The receiving body; see supervisionBodies（接收单位）.' })
  toUnitId: string

  @Field(() => CollaborationKind, { description: 'Joint action, information or a result; clues are handed over by their own transfer（协作方式）.' })
  kind: CollaborationKind

  @Field(() => String, { description: 'Subject（事由）.' })
  @Length(1, 200)
  subject: string

  @Field(() => String, { nullable: true, description: 'What is told（内容）.' })
  @IsOptional() @Length(1, 8000)
  content?: string | null

  @Field(() => ID, { nullable: true, description: 'The sender\'s activity or finding that it is about; the receiver reads what is told here, and the thing itself only within its own sight（相关对象）.' })
  linkedId?: string | null

  @Field(() => ID, { nullable: true, description: 'Joint action: the receiver\'s activity, as supervisionOverlaps names it; the sender has answered that overlap with JOINT_ACTION（拟联合的对方活动）.' })
  targetActivityId?: string | null

  @Field(() => Int, { defaultValue: ACKNOWLEDGE_WITHIN, description: 'Working days in which it must be taken up: 1 to 60（签收期限工作日数）.' })
  @Min(1) @Max(60)
  acknowledgeWithin: number

  @Field(() => Boolean, { defaultValue: false, description: 'Invented for demonstration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'Names the exchange to act on（对协作事项的操作）.' })
export class CollaborationRecordCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The exchange（协作事项）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to recall and to return（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'An exchange that was given back and is sent again, mended; what is left out stays（重新发出）.' })
export class ResendCollaborationRecordInput extends CollaborationRecordCommandInput {
  @Field(() => String, { nullable: true, description: 'Subject（事由）.' })
  @IsOptional() @Length(1, 200)
  subject?: string | null

  @Field(() => String, { nullable: true, description: 'What is told（内容）.' })
  @IsOptional() @Length(1, 8000)
  content?: string | null

  @Field(() => Int, { defaultValue: ACKNOWLEDGE_WITHIN, description: 'Working days in which it must be taken up: 1 to 60（签收期限工作日数）.' })
  @Min(1) @Max(60)
  acknowledgeWithin: number
}

@InputType({ description: 'What became of an exchange（反馈协作结果）.' })
export class CompleteCollaborationRecordInput extends CollaborationRecordCommandInput {
  @Field(() => String, { description: 'What became of it（反馈结果）.' })
  @Length(1, 4000)
  outcome: string

  @Field(() => ID, { nullable: true, description: 'A shared result: the receiver\'s activity in which it was used（成果运用的活动）.' })
  usedInActivityId?: string | null
}

@InputType({ description: 'A consultation that is called（召集沟通会商）.' })
export class ConveneConsultationMeetingInput extends CommandInput {
  @Field(() => ID, { description: 'The convening body（召集单位）.' })
  convenerUnitId: string

  @Field(() => String, { description: 'Title（名称）.' })
  @Length(1, 200)
  title: string

  @Field(() => String, { description: 'Agenda（议题）.' })
  @Length(1, 4000)
  agenda: string

  @Field(() => LocalDate, { description: 'The day（日期）.' })
  plannedOn: string

  @Field(() => [ID], { description: 'The bodies that are called; see supervisionBodies（参加单位）.' })
  @ArrayMinSize(1) @ArrayMaxSize(50) @ArrayUnique()
  participantUnitIds: string[]

  @Field(() => Boolean, { defaultValue: false, description: 'Invented for demonstration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'Another call; what is left out stays（修改会商安排）.' })
export class EditConsultationMeetingInput extends EditInput {
  @Field(() => ID, { description: 'The consultation（沟通会商）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Title（名称）.' })
  @IsOptional() @Length(1, 200)
  title?: string | null

  @Field(() => String, { nullable: true, description: 'Agenda（议题）.' })
  @IsOptional() @Length(1, 4000)
  agenda?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'The day（日期）.' })
  plannedOn?: string | null

  @Field(() => [ID], { nullable: true, description: 'The bodies that are called, all of them（参加单位）.' })
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(50) @ArrayUnique()
  participantUnitIds?: string[] | null
}

@InputType({ description: 'Names the consultation to act on（对沟通会商的操作）.' })
export class ConsultationCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The consultation（沟通会商）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to return the minutes and to cancel（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'Whether a participant takes part（答复会商邀请）.' })
export class AnswerConsultationInvitationInput extends ConsultationCommandInput {
  @Field(() => InvitationAnswer, { description: 'The answer（答复）.' })
  answer: InvitationAnswer
}

@InputType({ description: 'A consultation that took place（召开会商）.' })
export class HoldConsultationMeetingInput extends ConsultationCommandInput {
  @Field(() => LocalDate, { nullable: true, description: 'The day on which it was held, not in the future; today when absent（召开日期）.' })
  heldOn?: string | null

  @Field(() => [ID], { description: 'The participants that were there（到会单位）.' })
  @ArrayMaxSize(50) @ArrayUnique()
  attendedUnitIds: string[]
}

@InputType({ description: 'The minutes of a consultation（送审会商纪要）.' })
export class CirculateConsultationMinutesInput extends ConsultationCommandInput {
  @Field(() => String, { description: 'Minutes（纪要）.' })
  @Length(1, 20_000)
  minutes: string

  @Field(() => LocalDate, { description: 'By when the next consultation is due（下次会商期限）.' })
  nextDueOn: string

  @Field(() => Int, { defaultValue: OBJECT_WITHIN, description: 'Working days in which participants may object: 1 to 30（异议期限工作日数）.' })
  @Min(1) @Max(30)
  objectWithin: number
}
