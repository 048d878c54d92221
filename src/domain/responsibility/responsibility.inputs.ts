import { ArrayMaxSize, ArrayUnique, IsInt, IsOptional, Length, Matches, Max, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate } from '../scalars'
import { ConfirmingSide, ListKind, Responsibility } from './responsibility.types'

const CONTENT_HASH = /^[0-9a-f]{64}$/

@InputType({ description: 'A list that a unit begins for a year（起草清单）.' })
export class DraftResponsibilityListInput extends CommandInput {
  @Field(() => ID, { description: 'The unit that it is about（对象单位）.' })
  unitId: string

  @Field(() => ListKind, { description: 'Which of the three lists（种类）.' })
  kind: ListKind

  @Field(() => Int, { description: 'The year（年度）.' })
  @IsInt() @Min(2000) @Max(2100)
  year: number

  @Field(() => ID, { nullable: true, description: 'Supervision lists only: the commission or group whose duty it is（责任主体）.' })
  ownerUnitId?: string | null
}

@InputType({ description: 'Names the list to act on（对清单的操作）.' })
export class ListCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The list（清单）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: '`approvalChain.contentHash` as you read it: refuse with CONFLICT unless the content is still that one. What you approve is what you saw（所见内容哈希）.' })
  @IsOptional() @Matches(CONTENT_HASH)
  contentHash?: string | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to return（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'The powers that a power-risk-control list shows（选定清单职权）.' })
export class SetListPowersInput extends EditInput {
  @Field(() => ID, { description: 'The list（清单）.' })
  id: string

  @Field(() => [ID], { description: 'All powers that it shows from now on（职权）.' })
  @ArrayMaxSize(500) @ArrayUnique()
  powerIds: string[]
}

@InputType({ description: 'A duty that is put on a list（新增责任事项）.' })
export class AddDutyItemInput extends CommandInput {
  @Field(() => ID, { description: 'The list（清单）.' })
  listId: string

  @Field(() => String, { description: 'Code, unique on the list（编号）.' })
  @Length(1, 80)
  code: string

  @Field(() => Responsibility, { description: 'Which of the four responsibilities; the kind of the list limits it（责任类别）.' })
  responsibility: Responsibility

  @Field(() => String, { description: 'What is to be done（内容）.' })
  @Length(1, 2000)
  content: string

  @Field(() => String, { nullable: true, description: 'The same in English（英文内容）.' })
  @IsOptional() @MaxLength(4000)
  contentEn?: string | null

  @Field(() => ID, { nullable: true, description: 'Who answers for it, by appointment: for duties of the secretary and of members（责任人）.' })
  responsibleAppointmentId?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day for it（完成时限）.' })
  dueOn?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'A priority political task of the year（重点任务）.' })
  isPriorityTask: boolean

  @Field(() => [ID], { defaultValue: [], description: 'Supervision focuses: powers of the supervised unit to look at（监督的职权）.' })
  @ArrayMaxSize(100) @ArrayUnique()
  targetPowerIds: string[]

  @Field(() => [ID], { defaultValue: [], description: 'Supervision focuses: risk points of the supervised unit to look at（监督的风险点）.' })
  @ArrayMaxSize(100) @ArrayUnique()
  targetRiskPointIds: string[]
}

@InputType({ description: 'New content of a duty on a list that is not published; what is left out stays（修改责任事项）.' })
export class EditDutyItemInput extends EditInput {
  @Field(() => ID, { description: 'The duty item（责任事项）.' })
  id: string

  @Field(() => Responsibility, { nullable: true, description: 'Which of the four responsibilities（责任类别）.' })
  responsibility?: Responsibility

  @Field(() => String, { nullable: true, description: 'What is to be done（内容）.' })
  @IsOptional() @Length(1, 2000)
  content?: string

  @Field(() => String, { nullable: true, description: 'The same in English（英文内容）.' })
  @IsOptional() @MaxLength(4000)
  contentEn?: string | null

  @Field(() => ID, { nullable: true, description: 'Who answers for it, by appointment; null takes the person off（责任人）.' })
  responsibleAppointmentId?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day for it（完成时限）.' })
  dueOn?: string | null

  @Field(() => Boolean, { nullable: true, description: 'A priority political task of the year（重点任务）.' })
  isPriorityTask?: boolean

  @Field(() => [ID], { nullable: true, description: 'All powers that the focus looks at from now on（监督的职权）.' })
  @IsOptional() @ArrayMaxSize(100) @ArrayUnique()
  targetPowerIds?: string[]

  @Field(() => [ID], { nullable: true, description: 'All risk points that the focus looks at from now on（监督的风险点）.' })
  @IsOptional() @ArrayMaxSize(100) @ArrayUnique()
  targetRiskPointIds?: string[]
}

@InputType({ description: 'Names the duty item to act on（对责任事项的操作）.' })
export class DutyItemCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The duty item（责任事项）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to return or waive（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'One side\'s confirmation that the lists of a unit-year are published together（确认同亮）.' })
export class ConfirmJointPublicationInput extends CommandInput {
  @Field(() => ID, { description: 'The unit-year（四责协同年度）.' })
  id: string

  @Field(() => ConfirmingSide, { description: 'For whom; the two sides are confirmed by two people（确认方）.' })
  as: ConfirmingSide

  @Field(() => String, { nullable: true, description: '`approvalChain.contentHash` as you read it: refuse with CONFLICT unless these are still the lists that would be published（所见内容哈希）.' })
  @IsOptional() @Matches(CONTENT_HASH)
  contentHash?: string | null

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}
