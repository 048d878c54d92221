import { Field, Int, ObjectType } from 'type-graphql'
import { Approvable } from '../approval'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { DateTime, LocalDate } from '../scalars'
import { recommendationItemMachine, recommendationLetterMachine, type RecommendationItemState, type RecommendationLetterState } from './recommendation-letter.states'

export const LetterSource = labelledEnum('LetterSource', 'What a recommendation letter rests on（建议书来源）.', {
  PORTRAIT: { zh: '政治生态画像', en: 'Political-ecology portrait' },
  CASE: { zh: '案件', en: 'Case' },
  ACTIVITY: { zh: '监督检查', en: 'Supervision activity' },
  HEARING: { zh: '阳光问效', en: 'Hearing' },
  OTHER: { zh: '其他', en: 'Other', description: 'What stands in words in its basis' },
})
export type LetterSource = keyof typeof LetterSource

export const RecommendationLetterStateEnum = stateEnum('RecommendationLetterState', 'Where a recommendation letter stands（建议书状态）.', recommendationLetterMachine)
export const RecommendationItemStateEnum = stateEnum('RecommendationItemState', 'Where a recommendation stands（建议状态）.', recommendationItemMachine)

@ObjectType({ implements: [NodeInterface, Auditable, Stateful, Approvable], description: 'A letter of a commission or group that recommends a unit to mend something; its unit sees it once it is sent（纪检监察建议书）.' })
export class RecommendationLetter {
  @Field(() => String, { nullable: true, description: 'Number, unique for its issuer and year; given when it is sent（文号）.' })
  no: string | null

  @Field(() => String, { description: 'Title（标题）.' })
  title: string

  @Field(() => String, { description: 'The facts that it rests on（事实与依据）.' })
  basis: string

  @Field(() => LetterSource, { description: 'What it comes from（来源类型）.' })
  sourceKind: LetterSource

  @Field(() => Int, { nullable: true, description: 'Working days in which it is to be answered（回复期限，工作日）.' })
  replyWithin: number | null

  @Field(() => RecommendationLetterStateEnum, { description: 'Where it stands（状态）.' })
  state: RecommendationLetterState

  @Field(() => String, { nullable: true, description: 'Who submitted it for signature（提交人）.' })
  submittedBy: string | null

  @Field(() => String, { nullable: true, description: 'Who signed it; null when the signature was voided（签发人）.' })
  signedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was signed（签发时间）.' })
  signedAt: string | null

  @Field(() => String, { nullable: true, description: 'Hash of the content that was signed（签发内容哈希）.' })
  contentHash: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day on which it was sent（送达日期）.' })
  issuedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day of the time to reply（回复截止日期）.' })
  replyDueOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day of the latest reply（回复日期）.' })
  repliedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day on which it was closed（办结日期）.' })
  closedOn: string | null

  @Field(() => Boolean, { description: 'The text was invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'One recommendation of a letter, with the answer of the unit（建议）.' })
export class RecommendationItem {
  @Field(() => Int, { description: 'Its place in the letter（序号）.' })
  seq: number

  @Field(() => String, { description: 'What is recommended（建议内容）.' })
  content: string

  @Field(() => RecommendationItemStateEnum, { description: 'Where it stands（状态）.' })
  state: RecommendationItemState

  @Field(() => String, { nullable: true, description: 'What the unit does about it; null unless adopted（落实措施）.' })
  measure: string | null

  @Field(() => String, { nullable: true, description: 'Why it was declined; null unless it was（不采纳理由）.' })
  declinedReason: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day on which it was adopted（采纳日期）.' })
  adoptedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'By when the unit carries it out; a rectification task opens with the reply（落实期限）.' })
  dueOn: string | null

  @Field(() => Boolean, { description: 'The text was invented for illustration（示例内容）.' })
  isSynthetic: boolean
}
