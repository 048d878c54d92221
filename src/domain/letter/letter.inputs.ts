import { IsInt, IsOptional, Length, Max, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate } from '../scalars'

@InputType({ description: 'A letter to begin（起草建议书）.' })
export class DraftRecommendationLetterInput extends CommandInput {
  @Field(() => ID, { description: 'The commission, office or group that recommends; it supervises the addressee（建议单位）.' })
  issuerUnitId: string

  @Field(() => ID, { description: 'The unit that the letter goes to（被建议单位）.' })
  addresseeUnitId: string

  @Field(() => String, { description: 'Title（标题）.' })
  @Length(1, 200)
  title: string

  @Field(() => String, { description: 'The facts that it rests on（事实与依据）.' })
  @Length(1, 8000)
  basis: string

  @Field(() => ID, { nullable: true, description: 'What it comes from: a portrait, a case, an activity, a hearing; only in words when left out（来源）.' })
  sourceId?: string | null

  @Field(() => Int, { nullable: true, description: 'Working days in which it is to be answered; needed before it is submitted（回复期限，工作日）.' })
  @IsOptional() @IsInt() @Min(1) @Max(120)
  replyWithin?: number | null

  @Field(() => Boolean, { defaultValue: false, description: 'The text is invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'New content of a letter; what is left out stays（修改建议书）.' })
export class EditRecommendationLetterInput extends EditInput {
  @Field(() => ID, { description: 'The letter（建议书）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Title（标题）.' })
  @IsOptional() @Length(1, 200)
  title?: string | null

  @Field(() => String, { nullable: true, description: 'The facts that it rests on（事实与依据）.' })
  @IsOptional() @Length(1, 8000)
  basis?: string | null

  @Field(() => Int, { nullable: true, description: 'Working days in which it is to be answered（回复期限，工作日）.' })
  @IsOptional() @IsInt() @Min(1) @Max(120)
  replyWithin?: number | null
}

@InputType({ description: 'A recommendation to add（新增建议）.' })
export class AddRecommendationItemInput extends CommandInput {
  @Field(() => ID, { description: 'The letter（建议书）.' })
  letterId: string

  @Field(() => String, { description: 'What is recommended（建议内容）.' })
  @Length(1, 4000)
  content: string

  @Field(() => ID, { nullable: true, description: 'The risk point of the addressee that it is about（对应风险点）.' })
  targetRiskPointId?: string | null
}

@InputType({ description: 'New content of a recommendation; what is left out stays（修改建议）.' })
export class EditRecommendationItemInput extends EditInput {
  @Field(() => ID, { description: 'The recommendation（建议）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'What is recommended（建议内容）.' })
  @IsOptional() @Length(1, 4000)
  content?: string | null

  @Field(() => ID, { nullable: true, description: 'The risk point of the addressee that it is about（对应风险点）.' })
  targetRiskPointId?: string | null
}

@InputType({ description: 'Names the letter or recommendation to act on（对建议书或建议的操作）.' })
export class LetterCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The letter or the recommendation（建议书或建议）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion or reason, where the command needs one（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'A decision on the signature of a letter（签发或退回建议书）.' })
export class SignRecommendationLetterInput extends LetterCommandInput {
  @Field(() => String, { nullable: true, description: 'Hash of the content that you looked at; refused when it is another one now（所见内容哈希）.' })
  @IsOptional() @Length(64, 64)
  contentHash?: string | null
}

@InputType({ description: 'How a recommendation is carried out（采纳建议）.' })
export class AdoptRecommendationItemInput extends CommandInput {
  @Field(() => ID, { description: 'The recommendation（建议）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { description: 'What the unit does about it（落实措施）.' })
  @Length(1, 4000)
  measure: string

  @Field(() => ID, { nullable: true, description: 'Who answers for it: with a date, a rectification task opens when the letter is answered（责任人）.' })
  responsibleAppointmentId?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'By when; goes with the responsible person（落实期限）.' })
  dueOn?: string | null
}
