import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { CaseStateEnum, type CaseState } from '../domain/case'
import { labelledEnum } from '../domain/labels'
import { DateTime, Decimal } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { Ratio } from './ratio.types'
import { FIGURE_GROUPS_MAX } from './register-figures'

export const CaseDimension = labelledEnum('CaseDimension', 'By what cases are put into groups（分组维度）.', {
  UNIT_CHILD: { zh: '直接下级单位（含其全部下级）', en: 'Direct subordinate', description: 'Of who investigates: the unit directly below the one named by `filter.unit.within` with everything below it' },
  STATE: { zh: '办理阶段', en: 'Stage', description: 'Where it stands' },
  YEAR: { zh: '立案年度', en: 'Year', description: 'Year in which it was filed' },
})
export type CaseDimension = keyof typeof CaseDimension

@ArgsType()
export class CaseAggregateArgs {
  @Field(() => [CaseDimension], { description: 'The dimensions, in any order; none: totals only（分组维度）.' })
  @ArrayMaxSize(3) @ArrayUnique()
  groupBy: CaseDimension[]
}

@ObjectType({ simpleResolvers: true, description: 'Median days of the steps of the closed path, one decimal place each; null where no case passed the step（闭环各环节用时中位数，天）.' })
export class CaseStepDays {
  @Field(() => Decimal, { nullable: true, description: 'Supervision: from receiving its first clue to filing, where the viewer opens the realm of that clue（监督到立案）.' })
  supervision: string | null

  @Field(() => Decimal, { nullable: true, description: 'Investigation: from filing to the trial office（立案到移送审理）.' })
  investigation: string | null

  @Field(() => Decimal, { nullable: true, description: 'Trial: from the trial office to the end of the trial（移送审理到审结）.' })
  trial: string | null

  @Field(() => Decimal, { nullable: true, description: 'Governance: from the end of the trial to the day on which its first measure was carried out, 0 when that was before（审结到治理措施落实）.' })
  governance: string | null
}

@ObjectType({ simpleResolvers: true, description: 'Figures of some cases（案件统计值）.' })
export class CaseFigures {
  @Field(() => Int, { description: 'Filed（立案数）.' })
  count: number

  @Field(() => Int, { description: 'Given up（撤案数）.' })
  withdrawnCount: number

  @Field(() => Ratio, { description: 'The closed path: adjudicated cases after which a governance measure was carried out, among all adjudicated ones（案件闭环率）.' })
  closedPathRate: Ratio

  @Field(() => Int, { description: 'Adjudicated cases for which a reason is recorded why no measure is needed; they count among the adjudicated ones（免于制定治理措施数）.' })
  waivedCount: number

  @Field(() => CaseStepDays, { description: 'How long the steps took（各环节用时）.' })
  medianDays: CaseStepDays
}

@ObjectType({ simpleResolvers: true, description: 'The cases with one key; dimensions that were not asked for are null（案件分组）.' })
export class CaseGroup extends CaseFigures {
  @Field(() => Unit, { nullable: true, description: 'The subordinate（单位）.' })
  unit: Unit | null

  @Field(() => CaseStateEnum, { nullable: true, description: 'The stage（办理阶段）.' })
  state: CaseState | null

  @Field(() => Int, { nullable: true, description: 'The year（立案年度）.' })
  year: number | null
}

@ObjectType({ simpleResolvers: true, description: 'Cases counted by dimension（案件统计）.' })
export class CaseAggregate {
  @Field(() => [CaseGroup], { description: 'The groups; those without any case are not told（分组）.' })
  @Extensions({ max: FIGURE_GROUPS_MAX })
  groups: CaseGroup[]

  @Field(() => CaseFigures, { description: 'All of them together（合计）.' })
  totals: CaseFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
