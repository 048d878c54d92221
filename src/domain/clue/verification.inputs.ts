import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, MaxLength, ValidateNested } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { Decimal, LocalDate } from '../scalars'
import { ClueCommandInput } from './clue.inputs'
import { ClueOutcome, Currency, Measure, RestitutionKind, VerificationMode } from './clue.words'

const TEXT_MAX = 10_000

@InputType({ description: 'Somebody on a verification team（核实组成员）.' })
export class TeamMemberInput {
  @Field(() => ID, { description: 'The person（人员）.' })
  personId: string

  @Field(() => Boolean, { defaultValue: false, description: 'Leads the team; one of them does（组长）.' })
  isLead: boolean

  @Field(() => Boolean, { description: 'Declared: akin to somebody whom the clue is about. Whoever is cannot be on the team（是否与被反映人有亲属关系）.' })
  isAkin: boolean
}

@InputType({ description: 'The plan of a verification（核实方案）.' })
export class PlanVerificationInput extends CommandInput {
  @Field(() => ID, { description: 'The clue（线索）.' })
  clueId: string

  @Field(() => VerificationMode, { nullable: true, description: 'Which bodies verify together（联动方式）.' })
  @IsOptional()
  mode?: VerificationMode | null

  @Field(() => String, { description: 'What is to be checked and how; sealed（核实方案）.' })
  @Length(1, TEXT_MAX)
  plan: string

  @Field(() => LocalDate, { description: 'First day（开始日期）.' })
  plannedFrom: string

  @Field(() => LocalDate, { description: 'Last day（结束日期）.' })
  plannedTo: string

  @Field(() => [TeamMemberInput], { description: 'The team, two or more（核实组成员）.' })
  @ArrayMaxSize(20) @ValidateNested({ each: true })
  team: TeamMemberInput[]
}

@InputType({ description: 'Changes of a plan; what is absent stays. An approved plan must be approved again（修改核实方案）.' })
export class EditVerificationPlanInput extends EditInput {
  @Field(() => ID, { description: 'The verification（核实）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'What is to be checked and how; sealed（核实方案）.' })
  @IsOptional() @Length(1, TEXT_MAX)
  plan?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'First day（开始日期）.' })
  @IsOptional()
  plannedFrom?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day（结束日期）.' })
  @IsOptional()
  plannedTo?: string | null

  @Field(() => [TeamMemberInput], { nullable: true, description: 'The team, instead of the present one（核实组成员）.' })
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(20) @ValidateNested({ each: true })
  team?: TeamMemberInput[] | null
}

@InputType({ description: 'The approval of exactly one plan（批准核实方案）.' })
export class ApproveVerificationPlanInput extends ClueCommandInput {
  @Field(() => String, { description: 'The hash of the plan that was looked at（方案内容哈希）.' })
  @MaxLength(100)
  contentHash: string
}

@InputType({ description: 'What a team did（记录核实措施）.' })
export class RecordVerificationMeasureInput extends ClueCommandInput {
  @Field(() => String, { description: 'What was done and what it showed; sealed（核实措施及结果）.' })
  @Length(1, TEXT_MAX)
  text: string
}

@InputType({ description: 'The end of a verification（核实办结）.' })
export class ConcludeVerificationInput extends ClueCommandInput {
  @Field(() => ClueOutcome, { description: 'What it has shown（核实结论）.' })
  outcome: ClueOutcome

  @Field(() => String, { description: 'The report; sealed（核实报告）.' })
  @Length(1, TEXT_MAX)
  report: string
}

@InputType({ description: 'What is owed（责令补发退还）.' })
export class OrderRestitutionInput extends CommandInput {
  @Field(() => ID, { description: 'The clue（线索）.' })
  clueId: string

  @Field(() => RestitutionKind, { description: 'What is given back（类型）.' })
  kind: RestitutionKind

  @Field(() => Decimal, { nullable: true, description: 'Exact quantity, with its measure（数量）.' })
  @IsOptional()
  quantity?: string | null

  @Field(() => Measure, { nullable: true, description: 'In what the quantity is counted（计量单位）.' })
  @IsOptional()
  measure?: Measure | null

  @Field(() => Decimal, { nullable: true, description: 'Exact amount, with its currency（金额）.' })
  @IsOptional()
  amount?: string | null

  @Field(() => Currency, { nullable: true, description: 'Of the amount（币种）.' })
  @IsOptional()
  currency?: Currency | null

  @Field(() => String, { description: 'To whom; sealed（补发退还对象）.' })
  @Length(1, 500)
  beneficiary: string

  @Field(() => String, { description: 'On what basis; sealed（依据）.' })
  @Length(1, 4000)
  basis: string

  @Field(() => LocalDate, { nullable: true, description: 'Last day for restoring it（兑现期限）.' })
  @IsOptional()
  dueOn?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'Corrections of what is owed; what is absent stays（修改补发退还）.' })
export class EditRestitutionInput extends EditInput {
  @Field(() => ID, { description: 'The restitution（补发退还）.' })
  id: string

  @Field(() => Decimal, { nullable: true, description: 'Exact quantity（数量）.' })
  @IsOptional()
  quantity?: string | null

  @Field(() => Measure, { nullable: true, description: 'In what the quantity is counted（计量单位）.' })
  @IsOptional()
  measure?: Measure | null

  @Field(() => Decimal, { nullable: true, description: 'Exact amount（金额）.' })
  @IsOptional()
  amount?: string | null

  @Field(() => Currency, { nullable: true, description: 'Of the amount（币种）.' })
  @IsOptional()
  currency?: Currency | null

  @Field(() => String, { nullable: true, description: 'To whom; sealed（补发退还对象）.' })
  @IsOptional() @Length(1, 500)
  beneficiary?: string | null

  @Field(() => String, { nullable: true, description: 'On what basis; sealed（依据）.' })
  @IsOptional() @Length(1, 4000)
  basis?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day for restoring it（兑现期限）.' })
  @IsOptional()
  dueOn?: string | null
}

@InputType({ description: 'A payment or return（登记兑付）.' })
export class RecordRestitutionPaymentInput extends ClueCommandInput {
  @Field(() => LocalDate, { description: 'When; not later than today（兑付日期）.' })
  paidOn: string

  @Field(() => String, { description: 'What proves it: voucher, receipt, where they are kept; sealed（兑付凭证）.' })
  @Length(1, 4000)
  proof: string
}
