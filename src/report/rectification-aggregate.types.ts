import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { RectificationSource, RectificationTaskStateEnum, type RectificationTaskState } from '../domain/rectification'
import { DateTime } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { Ratio } from './ratio.types'
import { FIGURE_GROUPS_MAX } from './register-figures'

export const RectificationDimension = labelledEnum('RectificationDimension', 'By what rectification tasks are put into groups（分组维度）.', {
  UNIT_CHILD: { zh: '直接下级单位（含其全部下级）', en: 'Direct subordinate', description: 'The unit directly below the one named by `filter.unit.within` with everything below it; what the named unit itself has to mend is a group of its own' },
  SOURCE: { zh: '整改来源', en: 'Source', description: 'What a task comes from, as its unit is told' },
  STATE: { zh: '状态', en: 'State', description: 'Where it stands' },
})
export type RectificationDimension = keyof typeof RectificationDimension

@ArgsType()
export class RectificationAggregateArgs {
  @Field(() => [RectificationDimension], { description: 'The dimensions, in any order; none: totals only（分组维度）.' })
  @ArrayMaxSize(3) @ArrayUnique()
  groupBy: RectificationDimension[]
}

@ObjectType({ simpleResolvers: true, description: 'Figures of some rectification tasks（整改统计值）.' })
export class RectificationFigures {
  @Field(() => Int, { description: 'How many there are（数量）.' })
  count: number

  @Field(() => Int, { description: 'Not closed, recurred or cancelled（未办结数）.' })
  openCount: number

  @Field(() => Int, { description: 'Past their date and not declared mended（逾期数）.' })
  overdueCount: number

  @Field(() => Int, { description: 'Closed, those that came back later too（已销号数）.' })
  closedCount: number

  @Field(() => Ratio, { description: 'Of the closed ones, those declared mended by their date（按期整改率）.' })
  onTimeRate: Ratio

  @Field(() => Int, { description: 'Given back at least once（被退回数）.' })
  returnedCount: number

  @Field(() => Int, { description: 'Whose date was moved（延期数）.' })
  extendedCount: number

  @Field(() => Int, { description: 'Given back twice or more and not closed（久拖不决数）.' })
  longUnresolvedCount: number

  @Field(() => Ratio, { description: 'Of the closed ones, those whose problem came back（反弹率）.' })
  recurrenceRate: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'The rectification tasks with one key; dimensions that were not asked for are null（整改分组）.' })
export class RectificationGroup extends RectificationFigures {
  @Field(() => Unit, { nullable: true, description: 'The subordinate（单位）.' })
  unit: Unit | null

  @Field(() => RectificationSource, { nullable: true, description: 'The source（整改来源）.' })
  source: RectificationSource | null

  @Field(() => RectificationTaskStateEnum, { nullable: true, description: 'The state（状态）.' })
  state: RectificationTaskState | null
}

@ObjectType({ simpleResolvers: true, description: 'Rectification tasks counted by dimension. Filter and scope are those of the list `rectificationTasks`（整改统计）.' })
export class RectificationAggregate {
  @Field(() => [RectificationGroup], { description: 'The groups; those without any task are not told（分组）.' })
  @Extensions({ max: FIGURE_GROUPS_MAX })
  groups: RectificationGroup[]

  @Field(() => RectificationFigures, { description: 'All of them together（合计）.' })
  totals: RectificationFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
