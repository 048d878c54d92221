import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { FindingSeverity, FindingSource, SupervisionFindingStateEnum } from '../domain/supervision'
import { DateTime } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { GROUPS_DEFAULT, GROUPS_MAX } from './grouped-count.sql'
import { FigureNullReason, Ratio } from './ratio.types'

export const SupervisionFindingDimension = labelledEnum('SupervisionFindingDimension', 'By what findings are put into groups（分组维度）.', {
  CATEGORY: { zh: '问题类别', en: 'Category', description: 'Code of the list FINDING_CATEGORY' },
  VIOLATION_TYPE: { zh: '违规类型', en: 'Violation type', description: 'Code of the list VIOLATION_TYPE' },
  SEVERITY: { zh: '严重程度', en: 'Severity', description: 'How grave they are' },
  STATE: { zh: '状态', en: 'State', description: 'Where they stand' },
  SOURCE: { zh: '来源', en: 'Source', description: 'Where they come from' },
  UNIT: { zh: '问题单位', en: 'Unit', description: 'The unit that they are about' },
  FOUND_BY_UNIT: { zh: '发现单位', en: 'Found by', description: 'The body that found them' },
  YEAR: { zh: '年度', en: 'Year', description: 'Year in which they were found' },
})
export type SupervisionFindingDimension = keyof typeof SupervisionFindingDimension

@ArgsType()
export class SupervisionFindingAggregateArgs {
  @Field(() => [SupervisionFindingDimension], { description: 'The dimensions; none: totals only（分组维度）.' })
  @ArrayMaxSize(5) @ArrayUnique()
  groupBy: SupervisionFindingDimension[]

  @Field(() => Int, { nullable: true, description: `Groups told, largest first: 1 to ${GROUPS_MAX}; ${GROUPS_DEFAULT} when absent（取前几组）.` })
  first?: number | null
}

@ObjectType({ simpleResolvers: true, description: 'What the findings of a group have in common; dimensions that were not asked for are null（分组键）.' })
export class SupervisionFindingGroupKey {
  @Field(() => String, { nullable: true, description: 'Category（类别）.' })
  category: string | null

  @Field(() => String, { nullable: true, description: 'Violation type; null also for findings without one（违规类型）.' })
  violationType: string | null

  @Field(() => FindingSeverity, { nullable: true, description: 'Severity（严重程度）.' })
  severity: FindingSeverity | null

  @Field(() => SupervisionFindingStateEnum, { nullable: true, description: 'State（状态）.' })
  state: keyof typeof SupervisionFindingStateEnum | null

  @Field(() => FindingSource, { nullable: true, description: 'Source（来源）.' })
  sourceKind: FindingSource | null

  @Field(() => Unit, { nullable: true, description: 'The unit（问题单位）.' })
  unit: Unit | null

  @Field(() => Unit, { nullable: true, description: 'The body that found them; null where it is out of the viewer\'s sight（发现单位）.' })
  foundByUnit: Unit | null

  @Field(() => Int, { nullable: true, description: 'Year（年度）.' })
  year: number | null
}

@ObjectType({ simpleResolvers: true, description: 'Figures of some findings; those withdrawn are not counted（问题统计值）.' })
export class SupervisionFindingFigures {
  @Field(() => Int, { description: 'How many there are（数量）.' })
  count: number

  @Field(() => Int, { description: 'Of how many it is not decided what follows（待处理数量）.' })
  openCount: number

  @Field(() => Int, { description: 'How many led to a rectification（转整改数量）.' })
  rectificationCount: number

  @Field(() => Int, { description: 'How many led to a recommendation（转建议数量）.' })
  recommendationCount: number

  @Field(() => Int, { nullable: true, description: 'How many led to a clue; told only to those who open the realm of clues over all units counted（转问题线索数量）.' })
  clueCount: number | null

  @Field(() => FigureNullReason, { nullable: true, description: 'Why the clues are not told; null when they are（线索数无值原因）.' })
  clueCountNullReason: FigureNullReason | null

  @Field(() => Int, { description: 'From how many nothing in the registers follows, for a reason（不作处理或另行处理数量）.' })
  dealtWithCount: number

  @Field(() => Int, { description: 'How many are settled（已办结数量）.' })
  resolvedCount: number

  @Field(() => Ratio, { description: 'Share of those that led to a rectification or a recommendation（转化率）.' })
  conversionRate: Ratio

  @Field(() => Ratio, { description: 'Share of those settled among those that led to something（办结率）.' })
  resolvedRate: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'Findings with one key（分组）.' })
export class SupervisionFindingGroup extends SupervisionFindingFigures {
  @Field(() => SupervisionFindingGroupKey, { description: 'What they have in common（分组键）.' })
  key: SupervisionFindingGroupKey
}

@ObjectType({ simpleResolvers: true, description: 'Findings counted by dimension; filter and scope are those of the list（问题统计）.' })
export class SupervisionFindingAggregate {
  @Field(() => [SupervisionFindingGroup], { description: 'The groups, largest first（分组）.' })
  @Extensions({ max: GROUPS_MAX })
  groups: SupervisionFindingGroup[]

  @Field(() => Int, { description: 'Number of all groups（分组总数）.' })
  groupCount: number

  @Field(() => SupervisionFindingFigures, { description: 'The figures of everything that was counted, each thing once（合计）.' })
  totals: SupervisionFindingFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
