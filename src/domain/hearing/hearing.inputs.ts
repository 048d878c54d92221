import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsInt, IsOptional, Length, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { Responsibility } from '../responsibility'
import { LocalDate } from '../scalars'

@InputType({ description: 'Who is heard on what（述责人）.' })
export class HearingRespondentInput {
  @Field(() => ID, { description: 'The unit whose responsibility it is about（对象单位）.' })
  aboutUnitId: string

  @Field(() => Responsibility, { description: 'Which of the four（责任类别）.' })
  responsibility: Responsibility

  @Field(() => ID, { description: 'The post that answers for it: of the unit, or for the supervision duty of the body that supervises it（述责任职）.' })
  appointmentId: string
}

@InputType({ description: 'A hearing that is called（安排阳光问效）.' })
export class ScheduleHearingInput extends CommandInput {
  @Field(() => ID, { description: 'The unit that hosts it（主办单位）.' })
  hostUnitId: string

  @Field(() => String, { description: 'Number, unique at the host（编号）.' })
  @Length(1, 60)
  no: string

  @Field(() => LocalDate, { description: 'The day（召开日期）.' })
  heldOn: string

  @Field(() => Int, { description: 'The year that is reported on（述责年度）.' })
  @IsInt() @Min(2000) @Max(2100)
  year: number

  @Field(() => String, { description: 'What it is about（主题）.' })
  @Length(1, 400) @Matches(/\S/)
  theme: string

  @Field(() => String, { nullable: true, description: 'Agenda（议程）.' })
  @IsOptional() @MaxLength(4000)
  agenda?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is broadcast（是否直播）.' })
  broadcast: boolean

  @Field(() => Boolean, { description: 'Called as a four-responsibility session (INV-30)（四责协同专场）.' })
  isFourResponsibility: boolean

  @Field(() => [HearingRespondentInput], { description: 'Who is heard on what（述责人）.' })
  @ArrayMinSize(1) @ArrayMaxSize(50) @ValidateNested({ each: true })
  respondents: HearingRespondentInput[]

  @Field(() => Boolean, { defaultValue: false, description: 'Invented for demonstration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'Another day, theme or other people who are heard; what is left out stays（修改问效安排）.' })
export class EditHearingInput extends EditInput {
  @Field(() => ID, { description: 'The session（阳光问效）.' })
  id: string

  @Field(() => LocalDate, { nullable: true, description: 'The day（召开日期）.' })
  heldOn?: string | null

  @Field(() => String, { nullable: true, description: 'What it is about（主题）.' })
  @IsOptional() @Length(1, 400) @Matches(/\S/)
  theme?: string | null

  @Field(() => String, { nullable: true, description: 'Agenda（议程）.' })
  @IsOptional() @MaxLength(4000)
  agenda?: string | null

  @Field(() => Boolean, { nullable: true, description: 'Whether it is broadcast（是否直播）.' })
  broadcast?: boolean | null

  @Field(() => Boolean, { nullable: true, description: 'Called as a four-responsibility session（四责协同专场）.' })
  isFourResponsibility?: boolean | null

  @Field(() => [HearingRespondentInput], { nullable: true, description: 'Everybody who is heard from now on（述责人）.' })
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(50) @ValidateNested({ each: true })
  respondents?: HearingRespondentInput[] | null
}

@InputType({ description: 'Names the session to act on（对阳光问效的操作）.' })
export class HearingCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The session（阳光问效）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to go back and to cancel（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'The end of a session（结束问效）.' })
export class ConcludeHearingInput extends HearingCommandInput {
  @Field(() => Boolean, { nullable: true, description: 'False where not all four were heard and it ends as an ordinary session（是否按四责协同专场结束）.' })
  isFourResponsibility?: boolean | null
}

@InputType({ description: 'What became of the pledges（跟踪问效）.' })
export class FollowUpHearingInput extends HearingCommandInput {
  @Field(() => String, { description: 'What became of them（跟踪问效情况）.' })
  @Length(1, 4000) @Matches(/\S/)
  followUp: string
}

@InputType({ description: 'Tallies for one who was heard: how many, never who（登记测评结果）.' })
export class RecordDemocraticEvaluationInput extends CommandInput {
  @Field(() => ID, { description: 'Who was heard（述责人）.' })
  respondentId: string

  @Field(() => Int, { description: 'Satisfied（满意）.' })
  @IsInt() @Min(0) @Max(1_000_000)
  satisfied: number

  @Field(() => Int, { description: 'Fairly satisfied（基本满意）.' })
  @IsInt() @Min(0) @Max(1_000_000)
  fair: number

  @Field(() => Int, { description: 'Dissatisfied（不满意）.' })
  @IsInt() @Min(0) @Max(1_000_000)
  dissatisfied: number

  @Field(() => Int, { description: 'Abstained（弃权）.' })
  @IsInt() @Min(0) @Max(1_000_000)
  abstained: number
}

@InputType({ description: 'A question to one who is heard（质询）.' })
export class AskHearingQuestionInput extends CommandInput {
  @Field(() => ID, { description: 'Who is asked（述责人）.' })
  respondentId: string

  @Field(() => String, { description: 'What is asked（质询内容）.' })
  @Length(1, 4000) @Matches(/\S/)
  text: string

  @Field(() => [ID], { defaultValue: [], description: 'Findings that it rests on, about the unit of the responsibility or below it（依据的问题）.' })
  @ArrayMaxSize(100) @ArrayUnique()
  findingIds: string[]
}

@InputType({ description: 'A corrected question; what is left out stays（修改质询）.' })
export class EditHearingQuestionInput extends EditInput {
  @Field(() => ID, { description: 'The question（质询）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'What is asked（质询内容）.' })
  @IsOptional() @Length(1, 4000) @Matches(/\S/)
  text?: string | null

  @Field(() => [ID], { nullable: true, description: 'All findings that it rests on from now on（依据的问题）.' })
  @IsOptional() @ArrayMaxSize(100) @ArrayUnique()
  findingIds?: string[] | null
}

@InputType({ description: 'Names the question to act on（对质询的操作）.' })
export class HearingQuestionCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The question（质询）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Why it is asked again; needed for that（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'The answer of whoever was asked（回答质询）.' })
export class AnswerHearingQuestionInput extends HearingQuestionCommandInput {
  @Field(() => String, { description: 'The answer（回答）.' })
  @Length(1, 8000) @Matches(/\S/)
  answer: string
}

@InputType({ description: 'Something pledged by a day（作出承诺）.' })
export class MakePledgeInput extends CommandInput {
  @Field(() => ID, { description: 'Who pledges: whoever holds the post that is heard（述责人）.' })
  respondentId: string

  @Field(() => String, { description: 'What is pledged; it becomes the problem of the task（承诺事项）.' })
  @Length(1, 2000) @Matches(/\S/)
  commitment: string

  @Field(() => LocalDate, { description: 'By when; today or later, and the day of the task（承诺时限）.' })
  deadline: string
}

@InputType({ description: 'A corrected pledge; its task follows（修改承诺）.' })
export class EditPledgeInput extends EditInput {
  @Field(() => ID, { description: 'The pledge（军令状）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'What is pledged（承诺事项）.' })
  @IsOptional() @Length(1, 2000) @Matches(/\S/)
  commitment?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'By when（承诺时限）.' })
  deadline?: string | null
}

@InputType({ description: 'Names the pledge to act on（对承诺的操作）.' })
export class PledgeCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The pledge（军令状）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to find it broken and to take a judgement back（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}
