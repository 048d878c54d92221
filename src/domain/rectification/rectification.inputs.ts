import { IsInt, IsOptional, Length, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate } from '../scalars'

@InputType({ description: 'A problem that a unit shall mend（下达整改任务）.' })
export class OpenRectificationTaskInput extends CommandInput {
  @Field(() => ID, { description: 'Who answers for it: somebody who holds a post of the unit that has to mend（整改责任人）.' })
  responsibleAppointmentId: string

  @Field(() => String, { description: 'What is wrong（问题）.' })
  @Length(1, 4000)
  problem: string

  @Field(() => LocalDate, { description: 'By when, a day to come（整改期限）.' })
  dueOn: string

  @Field(() => ID, { nullable: true, description: 'What it comes from: a finding, a control test, a clue, a case, a special rectification（来源）.' })
  sourceId?: string | null

  @Field(() => String, { nullable: true, description: 'What it comes from in words, where it names no object（来源说明）.' })
  @IsOptional() @Length(1, 500)
  sourceNote?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'The text is invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'New content of a task without measures; what is left out stays（修改整改任务）.' })
export class EditRectificationTaskInput extends EditInput {
  @Field(() => ID, { description: 'The task（整改任务）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'What is wrong（问题）.' })
  @IsOptional() @Length(1, 4000)
  problem?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'By when（整改期限）.' })
  dueOn?: string | null
}

@InputType({ description: 'Names the task to act on（对整改任务的操作）.' })
export class RectificationCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The task（整改任务）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to give back and to cancel（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'What will be done against the problem（制定整改措施）.' })
export class PlanRectificationInput extends CommandInput {
  @Field(() => ID, { description: 'The task（整改任务）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { description: 'The measures（整改措施）.' })
  @Length(1, 4000)
  measures: string
}

@InputType({ description: 'Who answers for the task from now on（变更整改责任人）.' })
export class ReassignRectificationInput extends RectificationCommandInput {
  @Field(() => ID, { description: 'Somebody who holds a post of the same unit（新的责任人）.' })
  responsibleAppointmentId: string
}

@InputType({ description: 'A problem that came back（问题反弹）.' })
export class ReportRectificationRecurrenceInput extends RectificationCommandInput {
  @Field(() => LocalDate, { description: 'By when it shall be mended this time（新的整改期限）.' })
  dueOn: string

  @Field(() => String, { nullable: true, description: 'What is wrong now; as before when left out（问题）.' })
  @IsOptional() @Length(1, 4000)
  problem?: string | null

  @Field(() => ID, { nullable: true, description: 'Who answers for it now; as before when left out（整改责任人）.' })
  responsibleAppointmentId?: string | null
}

@InputType({ description: 'A later date, with the reason（申请延期）.' })
export class RequestRectificationExtensionInput extends CommandInput {
  @Field(() => ID, { description: 'The task（整改任务）.' })
  taskId: string

  @Field(() => LocalDate, { description: 'The date that is asked for（申请延至）.' })
  dueOn: string

  @Field(() => String, { description: 'Why（理由）.' })
  @Length(1, 2000)
  reason: string
}

@InputType({ description: 'Names the request for more time to act on（对延期申请的操作）.' })
export class RectificationExtensionCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The request（延期申请）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to refuse（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}
