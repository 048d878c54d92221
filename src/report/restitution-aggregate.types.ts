import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { Measure, RestitutionKind, RestitutionStateEnum, type RestitutionState } from '../domain/clue'
import { labelledEnum } from '../domain/labels'
import { DateTime, Decimal } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { FigureNullReason, Ratio } from './ratio.types'
import { FIGURE_GROUPS_MAX } from './register-figures'

export const RestitutionDimension = labelledEnum('RestitutionDimension', 'By what restitutions are put into groups（分组维度）.', {
  UNIT_CHILD: { zh: '直接下级单位（含其全部下级）', en: 'Direct subordinate', description: 'Of who handles the clue: the unit directly below the one named by `filter.unit.within` with everything below it' },
  KIND: { zh: '补发退还类型', en: 'Kind', description: 'What is given back' },
  MEASURE: { zh: '计量单位', en: 'Measure', description: 'In what quantities are counted; null for amounts alone' },
  STATE: { zh: '状态', en: 'State', description: 'Where it stands' },
  YEAR: { zh: '兑现年度', en: 'Year', description: 'Year in which it was paid; null before that' },
})
export type RestitutionDimension = keyof typeof RestitutionDimension

@ArgsType()
export class RestitutionAggregateArgs {
  @Field(() => [RestitutionDimension], { description: 'The dimensions, in any order; none: totals only（分组维度）.' })
  @ArrayMaxSize(4) @ArrayUnique()
  groupBy: RestitutionDimension[]
}

@ObjectType({ simpleResolvers: true, description: 'A quantity that is told only where all of it is measured in the same unit（数量）.' })
export class RestoredQuantity {
  @Field(() => Decimal, { nullable: true, description: 'Exact sum; null when it cannot be told（数量合计）.' })
  value: string | null

  @Field(() => Measure, { nullable: true, description: 'The unit of measure; null when there is no sum（计量单位）.' })
  measure: Measure | null

  @Field(() => FigureNullReason, { nullable: true, description: 'Why there is no sum; null when there is one（无值原因）.' })
  nullReason: FigureNullReason | null
}

@ObjectType({ simpleResolvers: true, description: 'Figures of some restitutions, cancelled ones left out（补发退还统计值）.' })
export class RestitutionFigures {
  @Field(() => Int, { description: 'Beneficiaries, one for each restitution: who they are is sealed, so that the same one is counted again with the next（受益人次）.' })
  beneficiaryCount: number

  @Field(() => Int, { description: 'Clues after which something is restored（涉及线索数）.' })
  clueCount: number

  @Field(() => Ratio, { description: 'Those paid, among all（兑现率）.' })
  paidRate: Ratio

  @Field(() => Ratio, { description: 'Those found paid by another person, among the paid ones（核实率）.' })
  verifiedRate: Ratio

  @Field(() => Int, { description: 'Past their day and not paid（逾期未兑现数）.' })
  overdueCount: number

  @Field(() => Decimal, { nullable: true, description: 'Amounts owed and paid, in yuan, exact; null when none is an amount（应补退金额，元）.' })
  amountOwed: string | null

  @Field(() => Decimal, { nullable: true, description: 'Amounts paid, in yuan, exact; null when none is an amount that was paid（已补退金额，元）.' })
  amountPaid: string | null

  @Field(() => RestoredQuantity, { description: 'Quantities owed and restored（应补退数量）.' })
  quantityOwed: RestoredQuantity

  @Field(() => RestoredQuantity, { description: 'Quantities restored（已补退数量）.' })
  quantityRestored: RestoredQuantity
}

@ObjectType({ simpleResolvers: true, description: 'The restitutions with one key; dimensions that were not asked for are null（补发退还分组）.' })
export class RestitutionGroup extends RestitutionFigures {
  @Field(() => Unit, { nullable: true, description: 'The subordinate（单位）.' })
  unit: Unit | null

  @Field(() => RestitutionKind, { nullable: true, description: 'The kind（补发退还类型）.' })
  kind: RestitutionKind | null

  @Field(() => Measure, { nullable: true, description: 'The measure（计量单位）.' })
  measure: Measure | null

  @Field(() => RestitutionStateEnum, { nullable: true, description: 'The state（状态）.' })
  state: RestitutionState | null

  @Field(() => Int, { nullable: true, description: 'The year（兑现年度）.' })
  year: number | null
}

@ObjectType({ simpleResolvers: true, description: 'Restitutions counted by dimension（补发退还统计）.' })
export class RestitutionAggregate {
  @Field(() => [RestitutionGroup], { description: 'The groups; those without any restitution are not told（分组）.' })
  @Extensions({ max: FIGURE_GROUPS_MAX })
  groups: RestitutionGroup[]

  @Field(() => RestitutionFigures, { description: 'All of them together（合计）.' })
  totals: RestitutionFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
