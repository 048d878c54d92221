import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { LetterSource, RecommendationLetterStateEnum, type RecommendationLetterState } from '../domain/letter'
import { DateTime, Decimal } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { Ratio } from './ratio.types'
import { FIGURE_GROUPS_MAX } from './register-figures'

export const LetterDimension = labelledEnum('LetterDimension', 'By what recommendation letters are put into groups（分组维度）.', {
  UNIT_CHILD: { zh: '直接下级单位（含其全部下级）', en: 'Direct subordinate', description: 'Of the addressee: the unit directly below the one named by `filter.unit.within` with everything below it' },
  SOURCE: { zh: '来源类型', en: 'Source', description: 'What a letter rests on' },
  STATE: { zh: '状态', en: 'State', description: 'Where it stands' },
})
export type LetterDimension = keyof typeof LetterDimension

@ArgsType()
export class LetterAggregateArgs {
  @Field(() => [LetterDimension], { description: 'The dimensions, in any order; none: totals only（分组维度）.' })
  @ArrayMaxSize(3) @ArrayUnique()
  groupBy: LetterDimension[]
}

@ObjectType({ simpleResolvers: true, description: 'Figures of some letters that were sent（建议书统计值）.' })
export class LetterFigures {
  @Field(() => Int, { description: 'Letters sent, those taken back later left out（建议书数）.' })
  letterCount: number

  @Field(() => Int, { description: 'Recommendations in them（建议数）.' })
  itemCount: number

  @Field(() => Ratio, { description: 'Adopted recommendations among those that were answered（采纳率）.' })
  adoptionRate: Ratio

  @Field(() => Int, { description: 'Adopted recommendations that were found done（已核实落实数）.' })
  verifiedItemCount: number

  @Field(() => Int, { description: 'Letters that were answered（已回复数）.' })
  repliedCount: number

  @Field(() => Ratio, { description: 'Of the answered letters, those answered in time（按期回复率）.' })
  repliedOnTimeRate: Ratio

  @Field(() => Int, { description: 'Letters whose time to reply is over without an answer（逾期未回复数）.' })
  overdueCount: number

  @Field(() => Decimal, { nullable: true, description: 'Median days from sending to the reply, one decimal place; null when none was answered（回复用时中位数，天）.' })
  medianDaysToReply: string | null
}

@ObjectType({ simpleResolvers: true, description: 'The letters with one key; dimensions that were not asked for are null（建议书分组）.' })
export class LetterGroup extends LetterFigures {
  @Field(() => Unit, { nullable: true, description: 'The subordinate（单位）.' })
  unit: Unit | null

  @Field(() => LetterSource, { nullable: true, description: 'The source（来源类型）.' })
  source: LetterSource | null

  @Field(() => RecommendationLetterStateEnum, { nullable: true, description: 'The state（状态）.' })
  state: RecommendationLetterState | null
}

@ObjectType({ simpleResolvers: true, description: 'Letters that were sent, counted by dimension. Filter and scope are those of the list `recommendationLetters`（建议书统计）.' })
export class LetterAggregate {
  @Field(() => [LetterGroup], { description: 'The groups; those without any letter are not told（分组）.' })
  @Extensions({ max: FIGURE_GROUPS_MAX })
  groups: LetterGroup[]

  @Field(() => LetterFigures, { description: 'All of them together（合计）.' })
  totals: LetterFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
