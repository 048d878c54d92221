import { ArrayMaxSize, ArrayUnique, IsInt, IsOptional, Length, MaxLength, Min, ValidateNested } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate } from '../scalars'
import { CaseDispositionKind, GovernanceMeasureKind } from './case.types'

const TEXT_MAX = 10_000

@InputType({ description: 'A command on a case or a measure（案件操作）.' })
export class CaseCommandInput extends CommandInput {
  @Field(() => ID, { description: 'On what（对象）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Why; needed where the command says so（意见）.' })
  @IsOptional() @MaxLength(4000)
  opinion?: string | null

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}

@InputType({ description: 'The filing of a case on a clue（批准立案）.' })
export class FileCaseInput extends CommandInput {
  @Field(() => ID, { description: 'The clue, whose filing was proposed（线索）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Opinion; sealed（意见）.' })
  @IsOptional() @MaxLength(4000)
  opinion?: string | null

  @Field(() => ID, { nullable: true, description: 'Who investigates; the unit that handles the clue when absent（审查调查单位）.' })
  @IsOptional()
  investigationUnitId?: string | null
}

@InputType({ description: 'What is known of a case; what is absent stays（修改案件信息）.' })
export class EditCaseInput extends EditInput {
  @Field(() => ID, { description: 'The case（案件）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Facts as they are known now; sealed, earlier ones stay on record（主要事实）.' })
  @IsOptional() @Length(1, TEXT_MAX)
  facts?: string | null

  @Field(() => [ID], { nullable: true, description: 'Persons whom it is about（涉案人员）.' })
  @IsOptional() @ArrayMaxSize(50) @ArrayUnique()
  personIds?: string[] | null

  @Field(() => [ID], { nullable: true, description: 'Powers that were abused（涉及职权）.' })
  @IsOptional() @ArrayMaxSize(50) @ArrayUnique()
  powerIds?: string[] | null

  @Field(() => [ID], { nullable: true, description: 'Risk points that came true（涉及风险点）.' })
  @IsOptional() @ArrayMaxSize(50) @ArrayUnique()
  riskPointIds?: string[] | null
}

@InputType({ description: 'The way of a case to the trial office（移送审理）.' })
export class TransferCaseInput extends CaseCommandInput {
  @Field(() => ID, { description: 'The trying unit, another one than the investigating（审理单位）.' })
  trialUnitId: string

  @Field(() => String, { description: 'The investigation report; sealed（审查调查报告）.' })
  @Length(1, TEXT_MAX)
  report: string
}

@InputType({ description: 'One thing that a trial proposes（处理方式）.' })
export class CaseDispositionInput {
  @Field(() => CaseDispositionKind, { description: 'What（处理方式）.' })
  kind: CaseDispositionKind

  @Field(() => ID, { nullable: true, description: 'The decision, for ACCOUNTABILITY（问责决定）.' })
  @IsOptional()
  decisionId?: string | null
}

@InputType({ description: 'The trial opinion; it replaces an earlier one, which stays on record（形成审理意见）.' })
export class RecordTrialOpinionInput extends CaseCommandInput {
  @Field(() => String, { description: 'The opinion; sealed. Without dispositions it says why there are none（审理意见）.' })
  @Length(1, TEXT_MAX)
  text: string

  @Field(() => [CaseDispositionInput], { defaultValue: [], description: 'What follows（处理方式）.' })
  @ArrayMaxSize(50) @ValidateNested({ each: true })
  dispositions: CaseDispositionInput[]
}

@InputType({ description: 'A measure that a unit is asked for（提出治理措施）.' })
export class ProposeGovernanceMeasureInput extends CommandInput {
  @Field(() => ID, { description: 'The unit that is to carry it out（责任单位）.' })
  unitId: string

  @Field(() => ID, { description: 'The body that asks for it（提出单位）.' })
  demandingUnitId: string

  @Field(() => GovernanceMeasureKind, { description: 'What it is（类型）.' })
  kind: GovernanceMeasureKind

  @Field(() => String, { description: 'What is to be done. The unit reads this: nothing of a case stands here（内容）.' })
  @Length(1, 4000)
  content: string

  @Field(() => LocalDate, { description: 'Last day for carrying it out（完成期限）.' })
  dueOn: string

  @Field(() => [ID], { defaultValue: [], description: 'Cases that it comes from, under governance; the unit does not see this（来源案件）.' })
  @ArrayMaxSize(20) @ArrayUnique()
  caseIds: string[]

  @Field(() => Boolean, { defaultValue: false, description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'New content of a measure; what is absent stays（修改治理措施）.' })
export class EditGovernanceMeasureInput extends EditInput {
  @Field(() => ID, { description: 'The measure（治理措施）.' })
  id: string

  @Field(() => GovernanceMeasureKind, { nullable: true, description: 'What it is（类型）.' })
  @IsOptional()
  kind?: GovernanceMeasureKind | null

  @Field(() => String, { nullable: true, description: 'What is to be done（内容）.' })
  @IsOptional() @Length(1, 4000)
  content?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day for carrying it out（完成期限）.' })
  @IsOptional()
  dueOn?: string | null
}

@InputType({ description: 'A report that a measure was carried out（落实治理措施）.' })
export class ImplementGovernanceMeasureInput extends CaseCommandInput {
  @Field(() => String, { description: 'What was done（落实情况）.' })
  @Length(1, 4000)
  report: string

  @Field(() => [ID], { description: 'Controls of the unit that it made or changed（涉及防控措施）.' })
  @ArrayMaxSize(50) @ArrayUnique()
  controlIds: string[]

  @Field(() => [ID], { description: 'Risk points of the unit that it acts on（涉及风险点）.' })
  @ArrayMaxSize(50) @ArrayUnique()
  riskPointIds: string[]
}

@InputType({ description: 'A reading of what is sealed of a case. Each call is logged with its reason, whatever its key（查阅案件文书）.' })
export class RevealCaseInput extends CommandInput {
  @Field(() => ID, { description: 'The case（案件）.' })
  id: string

  @Field(() => String, { description: 'Why, 4 to 500 characters; kept in the log of readings（查阅事由）.' })
  @MaxLength(2000)
  reason: string
}
