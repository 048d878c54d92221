import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsInt, IsOptional, Length, Max, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate, Period } from '../scalars'
import { ControlFrequency, ControlMode, ControlNature, TestKind, TestResult } from './control.types'
import { NewControlInput } from './risk-point.inputs'

@InputType({ description: 'A control for risk points that are already there（设计防控措施）.' })
export class DesignControlInput extends NewControlInput {
  @Field(() => String, { nullable: true, description: 'Chosen by the client; see CommandInput（幂等键）.' })
  @IsOptional() @Length(8, 100)
  idempotencyKey?: string | null

  @Field(() => [ID], { description: 'The risk points that it serves, all of one unit（对应风险点）.' })
  @ArrayMinSize(1) @ArrayMaxSize(100) @ArrayUnique()
  riskPointIds: string[]
}

@InputType({ description: 'New content of a control; what is left out stays（修改防控措施）.' })
export class EditControlInput extends EditInput {
  @Field(() => ID, { description: 'The control（防控措施）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'What is done（措施内容）.' })
  @IsOptional() @Length(1, 2000)
  description?: string

  @Field(() => String, { nullable: true, description: 'In English（英文内容）.' })
  @IsOptional() @MaxLength(4000)
  descriptionEn?: string | null

  @Field(() => ControlNature, { nullable: true, description: 'When it acts（性质）.' })
  nature?: ControlNature

  @Field(() => ControlMode, { nullable: true, description: 'Who carries it out（方式）.' })
  mode?: ControlMode

  @Field(() => ControlFrequency, { nullable: true, description: 'How often（频次）.' })
  frequency?: ControlFrequency

  @Field(() => ID, { nullable: true, description: 'The post that answers for it（责任岗位）.' })
  ownerPositionId?: string

  @Field(() => LocalDate, { nullable: true, description: 'When the next test is due（下次测试期限）.' })
  nextTestDueOn?: string | null

  @Field(() => [ID], { nullable: true, description: 'The risk points that it serves（对应风险点）.' })
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(100) @ArrayUnique()
  riskPointIds?: string[]
}

@InputType({ description: 'Names the control to act on（对防控措施的操作）.' })
export class ControlCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The control（防控措施）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to retire（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'A test of a control（防控措施测试）.' })
export class RecordControlTestInput extends CommandInput {
  @Field(() => ID, { description: 'The control（防控措施）.' })
  id: string

  @Field(() => Period, { description: 'Period that was tested（测试期间）.' })
  period: string

  @Field(() => TestKind, { description: 'Design or operation（类型）.' })
  kind: TestKind

  @Field(() => TestResult, { description: 'What was found（结果）.' })
  result: TestResult

  @Field(() => Int, { nullable: true, description: 'Number of cases looked at（样本量）.' })
  @IsOptional() @IsInt() @Min(0) @Max(10_000_000)
  sampleSize?: number | null

  @Field(() => Int, { nullable: true, description: 'Number of cases that broke the control（例外数）.' })
  @IsOptional() @IsInt() @Min(0) @Max(10_000_000)
  exceptions?: number | null

  @Field(() => String, { nullable: true, description: 'Note（说明）.' })
  @IsOptional() @MaxLength(4000)
  note?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When the next test is due（下次测试期限）.' })
  nextTestDueOn?: string | null
}
