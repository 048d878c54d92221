import { ArrayMaxSize, ArrayUnique, IsInt, IsOptional, Length, Matches, MaxLength, Min, ValidateNested } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { PowerCategory } from '../power'
import { LocalDate } from '../scalars'
import { UnitKind, UnitRelationKind } from '../unit'
import { FaultKind, SupervisionRuleKind, SupervisionRuleSection } from './supervision-rule.types'

@InputType({ description: 'A work rule of supervision that is drawn up（起草工作规则）.' })
export class DraftSupervisionRuleInput extends CommandInput {
  @Field(() => ID, { description: 'The body that will issue it: a Party committee or the working committee of a zone（印发机关）.' })
  issuingUnitId: string

  @Field(() => SupervisionRuleKind, { description: 'For which kind of supervising body（种类）.' })
  kind: SupervisionRuleKind

  @Field(() => String, { description: 'Title（标题）.' })
  @Length(1, 200)
  title: string

  @Field(() => String, { nullable: true, description: 'English title（英文标题）.' })
  @IsOptional() @MaxLength(400)
  titleEn?: string | null

  @Field(() => String, { nullable: true, description: 'Document number（文号）.' })
  @IsOptional() @MaxLength(100)
  documentNo?: string | null

  @Field(() => LocalDate, { description: 'First day on which it is to bind（施行日期）.' })
  effectiveFrom: string

  @Field(() => Boolean, { defaultValue: false, description: 'The text is invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'New particulars of a rule that is not published; what is left out stays（修改工作规则）.' })
export class EditSupervisionRuleInput extends EditInput {
  @Field(() => ID, { description: 'The rule（工作规则）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Title（标题）.' })
  @IsOptional() @Length(1, 200)
  title?: string

  @Field(() => String, { nullable: true, description: 'English title（英文标题）.' })
  @IsOptional() @MaxLength(400)
  titleEn?: string | null

  @Field(() => String, { nullable: true, description: 'Document number（文号）.' })
  @IsOptional() @MaxLength(100)
  documentNo?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it is to bind（施行日期）.' })
  effectiveFrom?: string
}

@InputType({ description: 'One item of a section; its place in the list is its number（规则条目）.' })
export class SupervisionRuleItemInput {
  @Field(() => String, { description: 'Code: letters, digits, `.`, `-` and `_`; unique in the rule, permanent over its versions, and always in the same section（编号）.' })
  @Matches(/^[0-9A-Za-z][0-9A-Za-z._-]{0,79}$/)
  code: string

  @Field(() => String, { description: 'Its text（内容）.' })
  @Length(1, 2000)
  text: string

  @Field(() => String, { nullable: true, description: 'The same in English（英文内容）.' })
  @IsOptional() @MaxLength(4000)
  textEn?: string | null

  @Field(() => FaultKind, { nullable: true, description: 'Accountability triggers, and only they: which of the three faults（失职情形）.' })
  faultKind?: FaultKind | null

  @Field(() => [UnitKind], { defaultValue: [], description: 'Objects only: kinds of units that it covers（单位类型）.' })
  @ArrayMaxSize(30) @ArrayUnique()
  unitKinds: UnitKind[]

  @Field(() => [UnitRelationKind], { defaultValue: [], description: 'Objects only: relations that make a unit its object（组织关系类型）.' })
  @ArrayMaxSize(10) @ArrayUnique()
  relationKinds: UnitRelationKind[]

  @Field(() => String, { nullable: true, description: 'Matters only: code in the list SUPERVISION_MATTER（监督事项编码）.' })
  @IsOptional() @Length(1, 200)
  matterCode?: string | null

  @Field(() => PowerCategory, { nullable: true, description: 'Matters only: category of powers（职权类别）.' })
  powerCategory?: PowerCategory | null

  @Field(() => String, { nullable: true, description: 'Matters only: sector（领域）.' })
  @IsOptional() @Length(1, 80)
  sectorCode?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'The text is invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'The items of one section of a rule（编写规则条目）.' })
export class SetSupervisionRuleItemsInput extends EditInput {
  @Field(() => ID, { description: 'The rule（工作规则）.' })
  id: string

  @Field(() => SupervisionRuleSection, { description: 'The section（章节）.' })
  section: SupervisionRuleSection

  @Field(() => [SupervisionRuleItemInput], { description: 'All items of the section from now on, in their order（条目）.' })
  @ArrayMaxSize(100) @ValidateNested({ each: true })
  items: SupervisionRuleItemInput[]
}

@InputType({ description: 'Names the rule to act on（对工作规则的操作）.' })
export class SupervisionRuleCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The rule（工作规则）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: '`approvalChain.contentHash` as you read it: refuse with CONFLICT unless the content is still that one（所见内容哈希）.' })
  @IsOptional() @Matches(/^[0-9a-f]{64}$/)
  contentHash?: string | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to return（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'A published rule that ends without a later version（废止工作规则）.' })
export class RepealSupervisionRuleInput extends CommandInput {
  @Field(() => ID, { description: 'The rule（工作规则）.' })
  id: string

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer binds: today, unless told, or a later one（终止日期）.' })
  endsOn?: string | null

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { description: 'Why; it stays on record（废止原因）.' })
  @Length(1, 2000)
  opinion: string
}
