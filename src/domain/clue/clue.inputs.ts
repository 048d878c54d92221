import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsInt, IsOptional, Length, MaxLength, Max, Min, ValidateNested } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate } from '../scalars'
import { Anonymity, ClueChannel, ClueDisposition, ClueHandling, ClueNature, ClueOutcome } from './clue.words'

export const TEXT_MAX = 10_000

@InputType({ description: 'Who brought a clue. It goes to the vault and is in no answer（举报人信息）.' })
export class ReporterInput {
  @Field(() => String, { description: 'Name（姓名）.' })
  @Length(1, 100)
  name: string

  @Field(() => String, { nullable: true, description: 'How to reach them（联系方式）.' })
  @IsOptional() @MaxLength(200)
  contact?: string | null

  @Field(() => String, { nullable: true, description: 'Where they live（住址）.' })
  @IsOptional() @MaxLength(500)
  address?: string | null
}

@InputType({ description: 'What comes in（接收线索）.' })
export class ReceiveClueInput extends CommandInput {
  @Field(() => ID, { description: 'The unit that takes it in: a commission, a group, or the village of its supervisor（受理单位）.' })
  unitId: string

  @Field(() => ClueChannel, { description: 'How it came（来源渠道）.' })
  channel: ClueChannel

  @Field(() => ClueNature, { description: 'What it is about（性质）.' })
  nature: ClueNature

  @Field(() => Anonymity, { description: 'Whether it is known who brought it（实名情况）.' })
  anonymity: Anonymity

  @Field(() => ReporterInput, { nullable: true, description: 'Who brought it; for NAMED ones only（举报人信息）.' })
  @IsOptional() @ValidateNested()
  reporter?: ReporterInput | null

  @Field(() => String, { description: 'What it says; sealed（内容摘要）.' })
  @Length(1, TEXT_MAX)
  summary: string

  @Field(() => [ID], { defaultValue: [], description: 'Units that it is about（被反映单位）.' })
  @ArrayMaxSize(20) @ArrayUnique()
  subjectUnitIds: string[]

  @Field(() => [ID], { defaultValue: [], description: 'Persons whom it is about（被反映人）.' })
  @ArrayMaxSize(20) @ArrayUnique()
  subjectPersonIds: string[]

  @Field(() => LocalDate, { nullable: true, description: 'When it came in; today when absent, never later（接收日期）.' })
  @IsOptional()
  receivedOn?: string | null

  @Field(() => ID, { nullable: true, description: 'The finding that it comes from, with the channel SUPERVISION_FINDING（来源问题）.' })
  @IsOptional()
  sourceId?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'Corrections of what was taken in; what is absent stays（修改线索登记）.' })
export class EditClueInput extends EditInput {
  @Field(() => ID, { description: 'The clue（线索）.' })
  id: string

  @Field(() => ClueChannel, { nullable: true, description: 'How it came（来源渠道）.' })
  @IsOptional()
  channel?: ClueChannel | null

  @Field(() => ClueNature, { nullable: true, description: 'What it is about; before it is registered（性质）.' })
  @IsOptional()
  nature?: ClueNature | null

  @Field(() => String, { nullable: true, description: 'What it says; sealed（内容摘要）.' })
  @IsOptional() @Length(1, TEXT_MAX)
  summary?: string | null

  @Field(() => [ID], { nullable: true, description: 'Units that it is about, instead of the present ones（被反映单位）.' })
  @IsOptional() @ArrayMaxSize(20) @ArrayUnique()
  subjectUnitIds?: string[] | null

  @Field(() => [ID], { nullable: true, description: 'Persons whom it is about, instead of the present ones（被反映人）.' })
  @IsOptional() @ArrayMaxSize(20) @ArrayUnique()
  subjectPersonIds?: string[] | null
}

/** What every command on a clue, or on something of it, has in common. Opinions are sealed with the clue. */
@InputType({ description: 'A command on a clue or on something of it（线索操作）.' })
export class ClueCommandInput extends CommandInput {
  @Field(() => ID, { description: 'On what（对象）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Why; needed where the command says so. Sealed（意见）.' })
  @IsOptional() @MaxLength(4000)
  opinion?: string | null

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}

@InputType({ description: 'What came in later（补充线索材料）.' })
export class AddClueInformationInput extends ClueCommandInput {
  @Field(() => String, { description: 'What came in; sealed（补充内容）.' })
  @Length(1, TEXT_MAX)
  text: string
}

@InputType({ description: 'Where a clue goes（移交线索）.' })
export class TransferClueInput extends ClueCommandInput {
  @Field(() => ID, { nullable: true, description: 'The body that is to take it; the commission next above when absent（接收单位）.' })
  @IsOptional()
  toUnitId?: string | null

  @Field(() => String, { description: 'Why it is passed on; the receiver reads this before the clue. Sealed（移交理由）.' })
  @Length(1, 4000)
  reason: string
}

@InputType({ description: 'With which clue it is handled（并案办理）.' })
export class MergeClueInput extends ClueCommandInput {
  @Field(() => ID, { description: 'The other clue, handled here and open（并入线索）.' })
  intoId: string
}

@InputType({ description: 'Who handles it（分办线索）.' })
export class AssignClueInput extends ClueCommandInput {
  @Field(() => ID, { description: 'The person（承办人）.' })
  personId: string
}

@InputType({ description: 'The way of handling（确定处置方式）.' })
export class DecideClueHandlingInput extends ClueCommandInput {
  @Field(() => ClueHandling, { description: 'The way; CONCLUDED disposes of it with nothing further（处置方式）.' })
  handling: ClueHandling
}

@InputType({ description: 'What an inquiry has shown（谈话函询办结）.' })
export class ConcludeClueInquiryInput extends ClueCommandInput {
  @Field(() => ClueOutcome, { description: 'What it has shown（核实结论）.' })
  outcome: ClueOutcome

  @Field(() => String, { description: 'The report; sealed（函询报告）.' })
  @Length(1, TEXT_MAX)
  report: string
}

@InputType({ description: 'What follows from a clue（处置线索）.' })
export class DisposeClueInput extends ClueCommandInput {
  @Field(() => [ClueDisposition], { description: 'What follows; NONE stands alone and needs an opinion, CASE is filed by fileCase（处置结果）.' })
  @ArrayMinSize(1) @ArrayMaxSize(6) @ArrayUnique()
  dispositions: ClueDisposition[]
}

@InputType({ description: 'More time for a clue（延长办理期限）.' })
export class ExtendClueDeadlineInput extends ClueCommandInput {
  @Field(() => Int, { description: 'Days more, at most what the time limits allow（延长天数）.' })
  @IsInt() @Min(1) @Max(730)
  days: number
}

@InputType({ description: 'What the reporter was told（反馈举报人）.' })
export class GiveClueFeedbackInput extends ClueCommandInput {
  @Field(() => String, { description: 'What they were told, and their answer; sealed（反馈内容及答复）.' })
  @Length(1, TEXT_MAX)
  text: string

  @Field(() => LocalDate, { nullable: true, description: 'When; today when absent（反馈日期）.' })
  @IsOptional()
  toldOn?: string | null
}

@InputType({ description: 'A clue on a new fact（重启线索）.' })
export class ReopenClueInput extends ClueCommandInput {
  @Field(() => String, { description: 'The new fact; sealed（新事实）.' })
  @Length(1, TEXT_MAX)
  newFact: string
}
