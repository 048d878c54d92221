import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { ClueChannel, ClueDisposition, ClueNature, ClueOutcome, ClueStateEnum, type ClueState } from '../domain/clue'
import { labelledEnum } from '../domain/labels'
import { DateTime, Decimal } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { FigureNullReason, Ratio } from './ratio.types'
import { FIGURE_GROUPS_MAX } from './register-figures'

export const ClueDimension = labelledEnum('ClueDimension', 'By what clues are put into groups（分组维度）.', {
  UNIT_CHILD: { zh: '直接下级单位（含其全部下级）', en: 'Direct subordinate', description: 'Of who handles it now: the unit directly below the one named by `filter.unit.within` with everything below it' },
  CHANNEL: { zh: '来源渠道', en: 'Channel', description: 'By which way it came' },
  NATURE: { zh: '线索性质', en: 'Nature' },
  DIVISION: { zh: '受理地县（区）', en: 'County', description: 'City, county or functional zone of the unit that took it in' },
  TOWNSHIP: { zh: '受理地乡镇', en: 'Township', description: 'Township of the unit that took it in; null above townships' },
  STATE: { zh: '办理环节', en: 'Step', description: 'Where it stands' },
  OUTCOME: { zh: '核实结论', en: 'Outcome', description: 'What checking it has shown; null where it was not checked' },
  YEAR: { zh: '受理年度', en: 'Year', description: 'Year in which it was received' },
})
export type ClueDimension = keyof typeof ClueDimension

@ArgsType()
export class ClueAggregateArgs {
  @Field(() => [ClueDimension], { description: 'The dimensions, in any order; none: totals only（分组维度）.' })
  @ArrayMaxSize(4) @ArrayUnique()
  groupBy: ClueDimension[]
}

@ObjectType({ simpleResolvers: true, description: 'Open clues by the days since they were received（未办结线索账龄）.' })
export class ClueAges {
  @Field(() => Int, { description: 'Up to 30 days（30 日以内）.' })
  upTo30: number

  @Field(() => Int, { description: '31 to 60 days（31 至 60 日）.' })
  upTo60: number

  @Field(() => Int, { description: '61 to 90 days（61 至 90 日）.' })
  upTo90: number

  @Field(() => Int, { description: 'More than 90 days（90 日以上）.' })
  over90: number
}

@ObjectType({ simpleResolvers: true, description: 'How many clues had something follow（处置结果统计值）.' })
export class DispositionCount {
  @Field(() => ClueDisposition, { description: 'What followed（处置结果）.' })
  disposition: ClueDisposition

  @Field(() => Int, { description: 'Clues; one with several counts with each（线索数）.' })
  count: number
}

@ObjectType({ simpleResolvers: true, description: 'Figures of some clues（线索统计值）.' })
export class ClueFigures {
  @Field(() => Int, { description: 'Taken in（受理数）.' })
  count: number

  @Field(() => Int, { description: 'Neither closed nor declined nor handled with another one（未办结数）.' })
  openCount: number

  @Field(() => Ratio, { description: 'Of the open ones, those whose step is past its day（逾期率）.' })
  overdueRate: Ratio

  @Field(() => ClueAges, { description: 'The open ones by age（未办结线索账龄）.' })
  openAges: ClueAges

  @Field(() => Decimal, { nullable: true, description: 'Median days since the open ones were received, one decimal place; null when none is open（未办结天数中位数）.' })
  medianDaysOpen: string | null

  @Field(() => Decimal, { nullable: true, description: 'Median days from receiving to closing, one decimal place; null when none was closed（办结用时中位数，天）.' })
  medianDaysToClose: string | null

  @Field(() => Ratio, { description: 'Founded wholly or partly, among those whose checking showed whether they were（属实率）.' })
  foundedRate: Ratio

  @Field(() => Int, { description: 'Of which misconduct was found（违纪违法属实数）.' })
  misconductCount: number

  @Field(() => Int, { description: 'Of which it is decided what follows（已处置数）.' })
  disposedCount: number

  @Extensions({ max: Object.keys(ClueDisposition).length })
  @Field(() => [DispositionCount], { description: 'What followed, by kind; kinds that nothing had are told with 0（处置结构）.' })
  dispositions: DispositionCount[]

  @Field(() => Ratio, { description: 'Grievances solved where they arose: of those that a village or township took in and that are closed, those that no body above the township ever took over（就地化解率）.' })
  solvedLocallyRate: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'The clues with one key; dimensions that were not asked for are null（线索分组）.' })
export class ClueGroup extends ClueFigures {
  @Field(() => Unit, { nullable: true, description: 'The subordinate（单位）.' })
  unit: Unit | null

  @Field(() => ClueChannel, { nullable: true, description: 'The channel（来源渠道）.' })
  channel: ClueChannel | null

  @Field(() => ClueNature, { nullable: true, description: 'The nature（线索性质）.' })
  nature: ClueNature | null

  @Field(() => String, { nullable: true, description: 'Code of the city, county or functional zone（县级区划代码）.' })
  divisionCode: string | null

  @Field(() => String, { nullable: true, description: 'Code of the township（乡镇区划代码）.' })
  townshipCode: string | null

  @Field(() => ClueStateEnum, { nullable: true, description: 'The step（办理环节）.' })
  state: ClueState | null

  @Field(() => ClueOutcome, { nullable: true, description: 'The outcome（核实结论）.' })
  outcome: ClueOutcome | null

  @Field(() => Int, { nullable: true, description: 'The year（受理年度）.' })
  year: number | null

  @Field(() => Int, { nullable: true, description: 'Residents of the township or county, by the newest figure that was imported（常住人口）.' })
  residents: number | null

  @Field(() => Int, { nullable: true, description: 'The year of that figure（常住人口年度）.' })
  residentsYear: number | null

  @Field(() => Decimal, { nullable: true, description: 'Clues taken in per 10,000 residents, two decimal places（每万人受理数）.' })
  per10000: string | null

  @Field(() => FigureNullReason, { nullable: true, description: 'Why there is no such rate; null when there is one（每万人受理数无值原因）.' })
  per10000NullReason: FigureNullReason | null
}

@ObjectType({ simpleResolvers: true, description: 'Clues counted by dimension（线索统计）.' })
export class ClueAggregate {
  @Field(() => [ClueGroup], { description: 'The groups; those without any clue are not told（分组）.' })
  @Extensions({ max: FIGURE_GROUPS_MAX })
  groups: ClueGroup[]

  @Field(() => ClueFigures, { description: 'All of them together（合计）.' })
  totals: ClueFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
