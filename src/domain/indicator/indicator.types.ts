import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { labelledEnum } from '../labels'
import { LegalBasis } from '../legal-basis'
import { Decimal, Period } from '../scalars'

export const IndicatorDirection = labelledEnum('IndicatorDirection', 'Which way an indicator is better（指标导向）.', {
  HIGHER_BETTER: { zh: '越高越好', en: 'Higher is better' },
  LOWER_BETTER: { zh: '越低越好', en: 'Lower is better' },
  TARGET_RANGE: { zh: '目标区间', en: 'Best within a range' },
  MONITOR_ONLY: { zh: '仅监测', en: 'Watched only' },
})
export type IndicatorDirection = keyof typeof IndicatorDirection

export const IndicatorAggregation = labelledEnum('IndicatorAggregation', 'How values of several units become one（汇总方式）.', {
  RATIO_OF_SUMS: { zh: '分子分母分别求和后相除', en: 'Ratio of sums', description: 'Sum of numerators over sum of denominators, never the mean of ratios' },
  SUM: { zh: '求和', en: 'Sum' },
  LAST: { zh: '取最后一期', en: 'Last value', description: 'Of one unit over time; not across units' },
  NONE: { zh: '不汇总', en: 'None' },
})
export type IndicatorAggregation = keyof typeof IndicatorAggregation

export const PeriodKind = labelledEnum('PeriodKind', 'Length of a period（期间类型）.', {
  YEAR: { zh: '年', en: 'Year' }, HALF_YEAR: { zh: '半年', en: 'Half-year' }, QUARTER: { zh: '季', en: 'Quarter' }, MONTH: { zh: '月', en: 'Month' },
})

export const IndicatorDefinitionState = labelledEnum('IndicatorDefinitionState', 'Whether a version of a definition is the one in use（指标定义状态）.', {
  CURRENT: { zh: '现行', en: 'Current' },
  SUPERSEDED: { zh: '已被替代', en: 'Superseded', description: 'Replaced by a later version; values made with it stay explained' },
  RETIRED: { zh: '已停用', en: 'Retired', description: 'No longer in the catalog' },
})

export const IndicatorRollUp = labelledEnum('IndicatorRollUp', 'Whose figures are counted（统计范围）.', {
  UNIT: { zh: '本单位', en: 'The unit alone' },
  SUBTREE: { zh: '本单位及下级', en: 'The unit and everything below it', description: 'Along the territorial tree' },
})
export type IndicatorRollUp = keyof typeof IndicatorRollUp

export const IndicatorNullReason = labelledEnum('IndicatorNullReason', 'Why an indicator has no value; never told as 0（无值原因）.', {
  MISSING_INPUT: { zh: '缺少数据', en: 'Missing input', description: 'A figure of the period was not reported' },
  NO_PREVIOUS: { zh: '缺少上年同期', en: 'No previous period', description: 'A figure of the same period a year earlier is missing' },
  ZERO_DENOMINATOR: { zh: '分母为零', en: 'Denominator is zero' },
  NOT_APPLICABLE: { zh: '不适用', en: 'Not applicable', description: 'The indicator is not made for this unit, or cannot be rolled up' },
  PERIOD_KIND: { zh: '期间类型不符', en: 'Wrong period', description: 'The indicator is not told for periods of this length' },
  NOT_COMPUTED: { zh: '未能计算', en: 'Not computed', description: 'The plugin that counts an input is not running, or the formula failed' },
})
export type IndicatorNullReason = keyof typeof IndicatorNullReason

export const FigureSource = labelledEnum('IndicatorFigureSource', 'How a figure came here（数据来源）.', {
  REPORTED: { zh: '填报', en: 'Reported' }, IMPORTED: { zh: '导入', en: 'Imported' },
})

@ObjectType({ description: 'A variable that an indicator counts with（指标变量）.' })
export class IndicatorVariable {
  @Field(() => String, { description: 'Code, as formulas write it: `value.<code>`（变量）.' })
  code: string

  @Field(() => String, { description: 'Chinese name（名称）.' })
  nameZh: string

  @Field(() => String, { description: 'English name（英文名称）.' })
  nameEn: string

  @Field(() => String, { description: 'Unit of measure（计量单位）.' })
  unit: string

  @Field(() => String, { description: 'REPORTED: entered or imported per unit and period. COMPUTED: counted by the plugin in its own register（来源）.' })
  source: string
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'One version of what an indicator means and how it is computed（指标定义）.' })
export class IndicatorDefinition {
  @Field(() => String, { description: 'Permanent code（指标编码）.' })
  code: string

  @Field(() => Int, { description: 'Grows by one when the content changes（版本）.' })
  version: number

  @Field(() => String, { description: 'The plugin whose catalog it stands in（所属插件）.' })
  pluginCode: string

  @Field(() => String, { description: 'The release that brought this version（目录版本）.' })
  catalogVersion: string

  @Field(() => IndicatorDefinitionState, { description: 'Whether it is the version in use（状态）.' })
  state: keyof typeof IndicatorDefinitionState

  @Field(() => String, { description: 'Chinese name（名称）.' })
  nameZh: string

  @Field(() => String, { description: 'English name（英文名称）.' })
  nameEn: string

  @Field(() => String, { description: 'What exactly is counted（口径）.' })
  calibreZh: string

  @Field(() => String, { description: 'What exactly is counted, in English（口径英文说明）.' })
  calibreEn: string

  @Field(() => String, { description: 'Numerator, a CEL expression over the variables（分子）.' })
  numerator: string

  @Field(() => String, { nullable: true, description: 'Denominator, a CEL expression; null when the numerator is the value（分母）.' })
  denominator: string | null

  @Field(() => Decimal, { description: 'What the ratio is multiplied by, 100 for per cent（乘数）.' })
  multiplier: string

  @Field(() => Int, { description: 'Decimal places of the value（小数位数）.' })
  decimals: number

  @Field(() => String, { description: 'Unit of the value: `%`, `CNY`, `days`（计量单位）.' })
  unitLabel: string

  @Field(() => IndicatorDirection, { description: 'Which way is better（导向）.' })
  direction: IndicatorDirection

  @Field(() => [String], { description: 'Kinds of period that it is told for, values of PeriodKind（期间类型）.' })
  periodKinds: string[]

  @Field(() => IndicatorAggregation, { description: 'How values of several units become one（汇总方式）.' })
  aggregation: IndicatorAggregation

  @Field(() => Decimal, { description: 'Below this denominator a value is told but marked unstable（最小分母）.' })
  minDenominator: string

  @Field(() => [IndicatorVariable], { description: 'The variables that it counts with（变量）.' })
  variables: IndicatorVariable[]

  @Field(() => [LegalBasis], { description: 'The laws it rests on（法律依据）.' })
  legalBasis: LegalBasis[]

  @Field(() => String, { nullable: true, description: 'Where it comes from（来源说明）.' })
  sourceNote: string | null

  @Field(() => Boolean, { description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A figure that a unit reported for a period: what REPORTED variables are told from（指标数据）.' })
export class IndicatorFigure {
  @Field(() => String, { description: 'The plugin that declares the variable（所属插件）.' })
  pluginCode: string

  @Field(() => String, { description: 'The variable（变量）.' })
  variable: string

  @Field(() => Period, { description: 'The period（期间）.' })
  period: string

  @Field(() => Decimal, { description: 'The figure, exact（数值）.' })
  value: string

  @Field(() => FigureSource, { description: 'How it came here（来源）.' })
  source: keyof typeof FigureSource

  @Field(() => String, { nullable: true, description: 'Remark of whoever reported it（备注）.' })
  note: string | null
}

@ObjectType({ description: 'An indicator evaluated for a unit and a period. A value that cannot be told is null with its reason, never 0（指标值）.' })
export class IndicatorValue {
  /** Row id; the resolver follows it. */
  definitionId: string

  @Field(() => ID, { description: 'The unit（单位标识）.' })
  unitId: string

  @Field(() => Period, { description: 'The period（期间）.' })
  period: string

  @Field(() => IndicatorRollUp, { description: 'Whose figures are counted（统计范围）.' })
  rollUp: IndicatorRollUp

  @Field(() => Decimal, { nullable: true, description: 'Numerator, as far as it can be told（分子）.' })
  numerator: string | null

  @Field(() => Decimal, { nullable: true, description: 'Denominator, as far as it can be told（分母）.' })
  denominator: string | null

  @Field(() => Decimal, { nullable: true, description: 'Numerator ÷ denominator × multiplier, rounded half up（值）.' })
  value: string | null

  @Field(() => IndicatorNullReason, { nullable: true, description: 'Why there is no value; null when there is one（无值原因）.' })
  nullReason: IndicatorNullReason | null

  @Field(() => [String], { description: 'Inputs that are missing, `previous.` for those of a year earlier（缺少的变量）.' })
  missing: string[]

  @Field(() => Boolean, { description: 'The denominator is so small that the value says little（样本过小）.' })
  unstable: boolean

  @Field(() => Int, { description: 'Units whose figures are in the value（计入单位数）.' })
  unitsCounted: number

  @Field(() => Int, { description: 'Units that the indicator is made for, in the range asked about（应计单位数）.' })
  unitsExpected: number
}
