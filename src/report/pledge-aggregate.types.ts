import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { PledgeStateEnum, type PledgeState } from '../domain/hearing'
import { labelledEnum } from '../domain/labels'
import { Responsibility } from '../domain/responsibility'
import { DateTime } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { Ratio } from './ratio.types'
import { FIGURE_GROUPS_MAX } from './register-figures'

export const PledgeDimension = labelledEnum('PledgeDimension', 'By what pledges are put into groups（分组维度）.', {
  UNIT_CHILD: { zh: '直接下级单位（含其全部下级）', en: 'Direct subordinate', description: 'Of who pledged: the unit directly below the one named by `filter.unit.within` with everything below it' },
  RESPONSIBILITY: { zh: '责任类别', en: 'Responsibility', description: 'On what who pledged was heard' },
  STATE: { zh: '状态', en: 'State', description: 'Where it stands' },
  YEAR: { zh: '期限年度', en: 'Year', description: 'Year of its day' },
})
export type PledgeDimension = keyof typeof PledgeDimension

@ArgsType()
export class PledgeAggregateArgs {
  @Field(() => [PledgeDimension], { description: 'The dimensions, in any order; none: totals only（分组维度）.' })
  @ArrayMaxSize(4) @ArrayUnique()
  groupBy: PledgeDimension[]
}

@ObjectType({ simpleResolvers: true, description: 'Figures of some pledges（承诺统计值）.' })
export class PledgeFigures {
  @Field(() => Int, { description: 'Made（承诺数）.' })
  count: number

  @Field(() => Int, { description: 'Found kept（已兑现数）.' })
  keptCount: number

  @Field(() => Int, { description: 'Found not kept（未兑现数）.' })
  brokenCount: number

  @Field(() => Ratio, { description: 'Kept, among those that were judged（兑现率）.' })
  keptRate: Ratio

  @Field(() => Int, { description: 'Not judged yet（待认定数）.' })
  openCount: number

  @Field(() => Int, { description: 'Of which the day has passed（逾期待认定数）.' })
  overdueCount: number
}

@ObjectType({ simpleResolvers: true, description: 'The pledges with one key; dimensions that were not asked for are null（承诺分组）.' })
export class PledgeGroup extends PledgeFigures {
  @Field(() => Unit, { nullable: true, description: 'The subordinate（单位）.' })
  unit: Unit | null

  @Field(() => Responsibility, { nullable: true, description: 'The responsibility（责任类别）.' })
  responsibility: Responsibility | null

  @Field(() => PledgeStateEnum, { nullable: true, description: 'The state（状态）.' })
  state: PledgeState | null

  @Field(() => Int, { nullable: true, description: 'The year（期限年度）.' })
  year: number | null
}

@ObjectType({ simpleResolvers: true, description: 'Pledges counted by dimension（承诺统计）.' })
export class PledgeAggregate {
  @Field(() => [PledgeGroup], { description: 'The groups; those without any pledge are not told（分组）.' })
  @Extensions({ max: FIGURE_GROUPS_MAX })
  groups: PledgeGroup[]

  @Field(() => PledgeFigures, { description: 'All of them together（合计）.' })
  totals: PledgeFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
