import { ArrayMaxSize, ArrayMinSize, IsInt, IsOptional, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput } from '../interfaces'
import { Responsibility } from '../responsibility'
import { LocalDate } from '../scalars'
import { DutyGrade, FaultFinding } from './loop.types'

@InputType({ description: 'Names the unit-year to act on（对年度的操作）.' })
export class CycleCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The unit-year（四责协同年度）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to return, decline or drop（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'Who moves a duty by when（推进事项）.' })
export class ProgressMoveInput {
  @Field(() => ID, { description: 'The duty item, on a published list of the year（责任事项）.' })
  dutyItemId: string

  @Field(() => ID, { description: 'Who moves it: a post of the unit, or of the body that supervises it（推进任职）.' })
  appointmentId: string

  @Field(() => LocalDate, { description: 'By when; today or later（完成时限）.' })
  dueOn: string

  @Field(() => String, { description: 'What is done about it（推进措施）.' })
  @Length(1, 2000)
  measure: string
}

@InputType({ description: 'A joint look at the progress of all four responsibilities; figures are counted by the platform（季度同推）.' })
export class ReviewProgressInput extends CommandInput {
  @Field(() => ID, { description: 'The unit-year（四责协同年度）.' })
  id: string

  @Field(() => Int, { description: 'Quarter of the year, 1 to 4; it must have begun（季度）.' })
  @IsInt() @Min(1) @Max(4)
  quarter: number

  @Field(() => String, { nullable: true, description: 'What was said（推进情况）.' })
  @IsOptional() @MaxLength(4000)
  summary?: string | null

  @Field(() => [ProgressMoveInput], { description: 'Who moves what by when; each late item needs one（推进事项）.' })
  @ArrayMaxSize(200) @ValidateNested({ each: true })
  moves: ProgressMoveInput[]
}

@InputType({ description: 'How one of the four was fulfilled（单项履责评价）.' })
export class ResponsibilityEvaluationInput {
  @Field(() => Responsibility, { description: 'Which of the four（责任类别）.' })
  responsibility: Responsibility

  @Field(() => DutyGrade, { description: 'How it was fulfilled（履责评价）.' })
  grade: DutyGrade

  @Field(() => String, { description: 'The evaluation in words（评价意见）.' })
  @Length(1, 4000)
  evaluation: string
}

@InputType({ description: 'The evaluation of a year, for each of the four（年度评责）.' })
export class EvaluateCycleInput extends CommandInput {
  @Field(() => ID, { description: 'The unit-year（四责协同年度）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => [ResponsibilityEvaluationInput], { description: 'One for each of the four（四责评价）.' })
  @ArrayMinSize(4) @ArrayMaxSize(4) @ValidateNested({ each: true })
  evaluations: ResponsibilityEvaluationInput[]
}

@InputType({ description: 'A failure that is to be pursued（提请失责问责）.' })
export class ProposeCycleAccountabilityInput extends CommandInput {
  @Field(() => ID, { description: 'The unit-year（四责协同年度）.' })
  id: string

  @Field(() => ID, { description: 'What failed: a duty item of the year that is returned or late（失责事项）.' })
  sourceId: string

  @Field(() => Responsibility, { description: 'Which of the four failed（失责类别）.' })
  responsibility: Responsibility

  @Field(() => String, { description: 'Why it is to be pursued（提请理由）.' })
  @Length(1, 2000)
  opinion: string
}

@InputType({ description: 'A finding for one of the four（认定责任）.' })
export class RecordCycleFaultInput extends CommandInput {
  @Field(() => ID, { description: 'The unit-year（四责协同年度）.' })
  id: string

  @Field(() => Responsibility, { description: 'Which of the four（责任类别）.' })
  responsibility: Responsibility

  @Field(() => FaultFinding, { description: 'At fault or not（责任认定）.' })
  fault: FaultFinding

  @Field(() => String, { description: 'Why（认定理由）.' })
  @Length(1, 2000)
  reason: string
}
