import { ArrayMaxSize, IsInt, IsOptional, Length, MaxLength, Max, Min, ValidateNested } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput } from '../interfaces'
import { LegalBasisInput } from '../legal-basis'
import { DateTime } from '../scalars'
import { ClueCommandInput, TEXT_MAX } from './clue.inputs'
import { ClueNature, ClueStep, DayCount } from './clue.words'

@InputType({ description: 'A reading of what is sealed. Each call is logged with its reason, whatever its key（查阅密存内容）.' })
export class RevealInput extends CommandInput {
  @Field(() => ID, { description: 'Of what（对象）.' })
  id: string

  @Field(() => String, { description: 'Why, 4 to 500 characters; kept in the log of readings（查阅事由）.' })
  @MaxLength(2000)
  reason: string
}

@InputType({ description: 'What the holder of a receipt adds（凭证持有人补充材料）.' })
export class AddByReceiptInput extends CommandInput {
  @Field(() => String, { description: 'The code on the receipt（查询码）.' })
  @MaxLength(64)
  code: string

  @Field(() => String, { description: 'What is added; sealed（补充内容）.' })
  @Length(1, TEXT_MAX)
  text: string
}

@InputType({ description: 'Why who reported must be known（申请披露举报人信息）.' })
export class RequestIdentityReleaseInput extends CommandInput {
  @Field(() => ID, { description: 'The clue（线索）.' })
  clueId: string

  @Field(() => String, { description: 'Why; the custodian reads this, and nothing of the clue（申请理由）.' })
  @Length(4, 1000)
  reason: string
}

@InputType({ description: 'A release with its end（批准披露）.' })
export class ApproveIdentityReleaseInput extends ClueCommandInput {
  @Field(() => DateTime, { description: 'Until when; at most 30 days from now（有效期至）.' })
  releasedUntil: string
}

@InputType({ description: 'A time limit for a step of handling clues（设置线索办理期限）.' })
export class SetClueDeadlineInput extends CommandInput {
  @Field(() => ClueNature, { description: 'For clues of this nature（性质）.' })
  nature: ClueNature

  @Field(() => ClueStep, { description: 'The step（环节）.' })
  step: ClueStep

  @Field(() => Int, { description: 'Days（天数）.' })
  @IsInt() @Min(1) @Max(730)
  days: number

  @Field(() => DayCount, { description: 'How they are counted（计日方式）.' })
  counted: DayCount

  @Field(() => Int, { defaultValue: 0, description: 'Days by which it can be extended, once（最长延期天数）.' })
  @IsInt() @Min(0) @Max(730)
  maxExtensionDays: number

  @Field(() => [LegalBasisInput], { defaultValue: [], description: 'Where it stands in law（依据）.' })
  @ArrayMaxSize(10) @ValidateNested({ each: true })
  legalBasis: LegalBasisInput[]

  @Field(() => Boolean, { description: 'Was it compared with the law’s text, which then stands in legalBasis（是否已核对）.' })
  isConfirmed: boolean

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}
