import { IsOptional, Max, Min } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { Measure } from '../domain/clue'
import { labelledEnum } from '../domain/labels'
import { DateTime, Decimal } from '../domain/scalars'
import { FigureNullReason } from './ratio.types'
import { ClueSubjectKind } from './repeat-subjects.types'

export const WITHHELD_GROUPS_MAX = 500

export const ClueStatisticsDimension = labelledEnum('ClueStatisticsDimension', 'By what clues are counted for who does not read them（分组维度）.', {
  CHANNEL: { zh: '来源渠道', en: 'Channel', description: 'A value of ClueChannel' },
  NATURE: { zh: '线索性质', en: 'Nature', description: 'A value of ClueNature' },
  DIVISION: { zh: '县（区）', en: 'County', description: 'Code of the city, county or functional zone of the unit that handles it' },
  STANDING: { zh: '办理进度', en: 'Standing', description: 'OPEN_IN_TIME, OPEN_OVERDUE or ENDED' },
  OUTCOME: { zh: '核实结论', en: 'Outcome', description: 'A value of ClueOutcome; null where it was not checked' },
  GRIEVANCE_END: { zh: '诉求就地化解', en: 'Grievances solved', description: 'Of grievances: SOLVED_LOCALLY (closed in the village or township that took it in), WENT_HIGHER, TAKEN_IN_HIGHER or NOT_CLOSED' },
})
export type ClueStatisticsDimension = keyof typeof ClueStatisticsDimension

export const CaseStatisticsDimension = labelledEnum('CaseStatisticsDimension', 'By what cases are counted for who does not read them（分组维度）.', {
  DIVISION: { zh: '县（区）', en: 'County', description: 'Code of the city, county or functional zone of the unit that investigates' },
  PATH: { zh: '闭环情况', en: 'Closed path', description: 'UNDER_WAY or WITHDRAWN; of adjudicated ones MEASURE_CARRIED_OUT, MEASURE_WAIVED or MEASURE_AWAITED' },
})
export type CaseStatisticsDimension = keyof typeof CaseStatisticsDimension

@ArgsType()
abstract class OfYear {
  @Field(() => Int, { nullable: true, description: 'The year in which they were received or filed, this one when absent; always a whole one, so that answers cannot be subtracted（年度）.' })
  @IsOptional() @Min(1949) @Max(2199)
  year?: number | null
}

@ArgsType()
export class ClueStatisticsArgs extends OfYear {
  @Field(() => ClueStatisticsDimension, { description: 'The dimension: one at a time（分组维度）.' })
  groupBy: ClueStatisticsDimension
}

@ArgsType()
export class CaseStatisticsArgs extends OfYear {
  @Field(() => CaseStatisticsDimension, { description: 'The dimension: one at a time（分组维度）.' })
  groupBy: CaseStatisticsDimension
}

@ArgsType()
export class RepeatSubjectStatisticsArgs extends OfYear {
  @Field(() => ClueSubjectKind, { description: 'Units or persons（被反映对象类型）.' })
  of: ClueSubjectKind
}

@ArgsType()
export class RestitutionStatisticsArgs extends OfYear {}

@ObjectType({ simpleResolvers: true, description: 'A number of clues or cases that is told only where it is large enough to tell of none of them（数量，少于最小单元格时不予显示）.' })
export class WithheldCount {
  @Field(() => Int, { nullable: true, description: 'How many; null when it is withheld（数量）.' })
  value: number | null

  @Field(() => FigureNullReason, { nullable: true, description: 'SUPPRESSED when the number is small, or would tell a small one by subtraction（无值原因）.' })
  nullReason: FigureNullReason | null
}

@ObjectType({ simpleResolvers: true, description: 'What has one value of the dimension（统计分组）.' })
export class WithheldGroup {
  @Field(() => String, { nullable: true, description: 'The value, as the dimension says（取值）.' })
  value: string | null

  @Field(() => WithheldCount, { description: 'How many（数量）.' })
  count: WithheldCount

  @Field(() => Decimal, { nullable: true, description: 'Per 10,000 residents of the county, two decimal places（每万人数量）.' })
  per10000: string | null

  @Field(() => FigureNullReason, { nullable: true, description: 'Why there is no such rate; null when there is one（每万人数量无值原因）.' })
  per10000NullReason: FigureNullReason | null
}

@ObjectType({ simpleResolvers: true, description: 'How long a step takes, told where at least as many went through it as a number here may be（用时中位数）.' })
export class WithheldMedian {
  @Field(() => String, { description: 'Of clues TO_CLOSE; of cases SUPERVISION, INVESTIGATION, TRIAL and GOVERNANCE（环节）.' })
  step: string

  @Field(() => Decimal, { nullable: true, description: 'Median in days, one decimal place（中位天数）.' })
  days: string | null

  @Field(() => FigureNullReason, { nullable: true, description: 'Why there is none; null when there is one（无值原因）.' })
  nullReason: FigureNullReason | null
}

@ObjectType({ simpleResolvers: true, description: 'Clues or cases of a year, as far as that tells of none in particular（年度统计）.' })
export class WithheldStatistics {
  @Extensions({ max: WITHHELD_GROUPS_MAX })
  @Field(() => [WithheldGroup], { description: 'The groups in the order of their values; those without any are not told（分组）.' })
  groups: WithheldGroup[]

  @Field(() => WithheldCount, { description: 'All of the year（合计）.' })
  totals: WithheldCount

  @Extensions({ max: 4 })
  @Field(() => [WithheldMedian], { description: 'How long the steps of all of the year take; none where there are no steps（各环节用时中位数）.' })
  medianDays: WithheldMedian[]

  @Field(() => Int, { description: 'The least that a number here may be（最小单元格）.' })
  minimumCell: number

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}

@ObjectType({ simpleResolvers: true, description: 'What was restored in one measure（补发退还分项）.' })
export class RestoredStatistics {
  @Field(() => Measure, { nullable: true, description: 'In what the quantity is counted; null: amounts in yuan（计量单位）.' })
  measure: Measure | null

  @Field(() => WithheldCount, { description: 'Beneficiaries, one for each restitution（受益人次）.' })
  beneficiaries: WithheldCount

  @Field(() => Decimal, { nullable: true, description: 'Exact sum; null where the beneficiaries are withheld（合计）.' })
  sum: string | null
}

@ObjectType({ simpleResolvers: true, description: 'What was restored in a year, as far as that tells of nobody in particular（补发退还年度统计）.' })
export class RestitutionStatistics {
  @Extensions({ max: 20 })
  @Field(() => [RestoredStatistics], { description: 'Amounts, and quantities by measure; what nothing was restored in is not told（分项）.' })
  restored: RestoredStatistics[]

  @Field(() => Int, { description: 'The least number of beneficiaries that is told（最小单元格）.' })
  minimumCell: number

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
