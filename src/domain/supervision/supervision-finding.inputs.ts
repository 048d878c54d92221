import { ArrayMaxSize, ArrayMinSize, IsInt, IsOptional, Length, MaxLength, Min, ValidateNested } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate } from '../scalars'
import { FindingSeverity, FindingSource } from './supervision-finding.types'

@InputType({ description: 'What was found（问题）.' })
export class NewFindingInput {
  @Field(() => ID, { description: 'The unit that it is about（问题单位）.' })
  unitId: string

  @Field(() => String, { description: 'A code of the list FINDING_CATEGORY（类别）.' })
  @Length(1, 200)
  category: string

  @Field(() => String, { nullable: true, description: 'A code of the list VIOLATION_TYPE（违规类型）.' })
  @IsOptional() @Length(1, 200)
  violationType?: string | null

  @Field(() => FindingSeverity, { description: 'How grave it is（严重程度）.' })
  severity: FindingSeverity

  @Field(() => String, { description: 'What was found（问题描述）.' })
  @Length(1, 4000)
  description: string

  @Field(() => LocalDate, { nullable: true, description: 'When, not in the future; today when absent（发现日期）.' })
  foundOn?: string | null

  @Field(() => ID, { nullable: true, description: 'A power of that unit（涉及职权）.' })
  powerId?: string | null

  @Field(() => ID, { nullable: true, description: 'A risk point of that unit（涉及风险点）.' })
  riskPointId?: string | null

  @Field(() => ID, { nullable: true, description: 'A control of that unit（涉及防控措施）.' })
  controlId?: string | null
}

@InputType({ description: 'Findings that are recorded together, all by one body（登记问题）.' })
export class RecordSupervisionFindingInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: 'The activity under way in which they were found; its leading body found them（监督检查活动）.' })
  activityId?: string | null

  @Field(() => ID, { nullable: true, description: 'Without an activity: the body that found them（发现单位）.' })
  foundByUnitId?: string | null

  @Field(() => FindingSource, { nullable: true, description: 'Where they come from; without an activity it must be told（来源）.' })
  sourceKind?: FindingSource | null

  @Field(() => ID, { nullable: true, description: 'The record that pointed it out: a control test, a record of a plugin（来源记录）.' })
  sourceId?: string | null

  @Field(() => String, { nullable: true, description: 'How a person looked at what a record or an indicator pointed out: needed for those (INV-42)（人工核实情况）.' })
  @IsOptional() @Length(1, 4000)
  verification?: string | null

  @Field(() => [NewFindingInput], { description: 'What was found（问题）.' })
  @ArrayMinSize(1) @ArrayMaxSize(100) @ValidateNested({ each: true })
  findings: NewFindingInput[]

  @Field(() => Boolean, { defaultValue: false, description: 'Invented for demonstration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'New content of a finding; what is left out stays（修改问题）.' })
export class EditSupervisionFindingInput extends EditInput {
  @Field(() => ID, { description: 'The finding（问题）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'A code of the list FINDING_CATEGORY（类别）.' })
  @IsOptional() @Length(1, 200)
  category?: string | null

  @Field(() => String, { nullable: true, description: 'A code of the list VIOLATION_TYPE（违规类型）.' })
  @IsOptional() @Length(1, 200)
  violationType?: string | null

  @Field(() => FindingSeverity, { nullable: true, description: 'How grave it is（严重程度）.' })
  severity?: FindingSeverity | null

  @Field(() => String, { nullable: true, description: 'What was found（问题描述）.' })
  @IsOptional() @Length(1, 4000)
  description?: string | null

  @Field(() => ID, { nullable: true, description: 'A power of its unit（涉及职权）.' })
  powerId?: string | null

  @Field(() => ID, { nullable: true, description: 'A risk point of its unit（涉及风险点）.' })
  riskPointId?: string | null

  @Field(() => ID, { nullable: true, description: 'A control of its unit（涉及防控措施）.' })
  controlId?: string | null
}

@InputType({ description: 'Names the finding to act on（对问题的操作）.' })
export class SupervisionFindingCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The finding（问题）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to dismiss, reopen, withdraw and unlink. Read with the history by all who read the finding, except why it was dismissed and what is said of a clue（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'What follows from a finding（关联处理结果）.' })
export class LinkSupervisionFindingInput extends SupervisionFindingCommandInput {
  @Field(() => ID, { description: 'A rectification task, a clue or a recommendation letter that is about the finding\'s unit（处理结果）.' })
  targetId: string
}
