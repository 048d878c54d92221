import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsInt, IsOptional, Length, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { SupervisionModeCode, SupervisionType } from '../rule'
import { LocalDate } from '../scalars'
import { OverlapAnswer } from './supervision-activity.types'

@InputType({ description: 'A supervision activity that is planned（制定监督检查计划）.' })
export class PlanSupervisionActivityInput extends CommandInput {
  @Field(() => ID, { description: 'The body that leads it（牵头单位）.' })
  leadUnitId: string

  @Field(() => String, { description: 'Title（名称）.' })
  @Length(1, 200)
  title: string

  @Field(() => String, { nullable: true, description: 'What it is for（目的）.' })
  @IsOptional() @MaxLength(4000)
  purpose?: string | null

  @Field(() => SupervisionModeCode, { nullable: true, description: 'The pairing of bodies; lead and partners must be of its kinds（监督模式）.' })
  mode?: SupervisionModeCode | null

  @Field(() => [SupervisionType], { description: 'Types of supervision（监督类型）.' })
  @ArrayMinSize(1) @ArrayMaxSize(12) @ArrayUnique()
  types: SupervisionType[]

  @Field(() => [ID], { description: 'The units to look at, each supervised by the leading body on the first planned day（监督对象）.' })
  @ArrayMinSize(1) @ArrayMaxSize(200) @ArrayUnique()
  objectUnitIds: string[]

  @Field(() => [ID], { defaultValue: [], description: 'Bodies that take part; see supervisionBodies（配合单位）.' })
  @ArrayMaxSize(20) @ArrayUnique()
  partnerUnitIds: string[]

  @Field(() => [String], { description: 'What to look at: codes of the list SUPERVISION_MATTER that the leading body’s work rule names（监督事项）.' })
  @ArrayMinSize(1) @ArrayMaxSize(30) @ArrayUnique()
  matterCodes: string[]

  @Field(() => [String], { defaultValue: [], description: 'Codes of items among the ways of the work rule（监督方式）.' })
  @ArrayMaxSize(30) @ArrayUnique()
  wayCodes: string[]

  @Field(() => [String], { defaultValue: [], description: 'Codes of items among the means of the work rule（监督手段）.' })
  @ArrayMaxSize(30) @ArrayUnique()
  meansCodes: string[]

  @Field(() => LocalDate, { description: 'First planned day（计划开始日期）.' })
  plannedFrom: string

  @Field(() => LocalDate, { description: 'Last planned day, within a year of the first（计划结束日期）.' })
  plannedTo: string

  @Field(() => Boolean, { defaultValue: false, description: 'Invented for demonstration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'Another plan; what is left out stays. Confirmations are voided（修改监督检查计划）.' })
export class EditSupervisionActivityInput extends EditInput {
  @Field(() => ID, { description: 'The activity（监督检查活动）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Title（名称）.' })
  @IsOptional() @Length(1, 200)
  title?: string | null

  @Field(() => String, { nullable: true, description: 'What it is for（目的）.' })
  @IsOptional() @MaxLength(4000)
  purpose?: string | null

  @Field(() => SupervisionModeCode, { nullable: true, description: 'The pairing of bodies; null: none of the four（监督模式）.' })
  mode?: SupervisionModeCode | null

  @Field(() => [SupervisionType], { nullable: true, description: 'Types of supervision（监督类型）.' })
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(12) @ArrayUnique()
  types?: SupervisionType[] | null

  @Field(() => [ID], { nullable: true, description: 'The units to look at, all of them（监督对象）.' })
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(200) @ArrayUnique()
  objectUnitIds?: string[] | null

  @Field(() => [ID], { nullable: true, description: 'Bodies that take part, all of them（配合单位）.' })
  @IsOptional() @ArrayMaxSize(20) @ArrayUnique()
  partnerUnitIds?: string[] | null

  @Field(() => [String], { nullable: true, description: 'What to look at（监督事项）.' })
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(30) @ArrayUnique()
  matterCodes?: string[] | null

  @Field(() => [String], { nullable: true, description: 'In which forms（监督方式）.' })
  @IsOptional() @ArrayMaxSize(30) @ArrayUnique()
  wayCodes?: string[] | null

  @Field(() => [String], { nullable: true, description: 'By which measures（监督手段）.' })
  @IsOptional() @ArrayMaxSize(30) @ArrayUnique()
  meansCodes?: string[] | null

  @Field(() => LocalDate, { nullable: true, description: 'First planned day（计划开始日期）.' })
  plannedFrom?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last planned day（计划结束日期）.' })
  plannedTo?: string | null
}

@InputType({ description: 'Names the activity to act on（对监督检查活动的操作）.' })
export class SupervisionActivityCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The activity（监督检查活动）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to decline, dispute, resume and cancel（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'The beginning of an activity（启动监督检查）.' })
export class StartSupervisionActivityInput extends SupervisionActivityCommandInput {
  @Field(() => LocalDate, { nullable: true, description: 'Day on which it began, not in the future; today when absent（开始日期）.' })
  startedOn?: string | null
}

@InputType({ description: 'The end of the work on the spot（结束监督检查）.' })
export class ConcludeSupervisionActivityInput extends SupervisionActivityCommandInput {
  @Field(() => String, { description: 'What came out of it（结论）.' })
  @Length(1, 8000)
  conclusion: string

  @Field(() => LocalDate, { nullable: true, description: 'Day on which it ended, not in the future; today when absent（结束日期）.' })
  concludedOn?: string | null
}

@InputType({ description: 'An answer to one overlap（回应重复监督提示）.' })
export class AnswerSupervisionOverlapInput extends SupervisionActivityCommandInput {
  @Field(() => ID, { description: 'The other activity, as supervisionOverlaps names it（对方活动）.' })
  otherActivityId: string

  @Field(() => OverlapAnswer, { description: 'The answer（处理方式）.' })
  answer: OverlapAnswer
}

@InputType({ description: 'The joint action that an activity goes into（并入联合行动）.' })
export class MergeSupervisionActivityInput extends SupervisionActivityCommandInput {
  @Field(() => ID, { description: 'The activity of the body that agreed to the joint action（并入的活动）.' })
  intoActivityId: string
}
