import { ArrayMaxSize, ArrayUnique, IsInt, IsOptional, Length, Max, MaxLength, Min } from 'class-validator'
import { ArgsType, Extensions, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { Appointment } from '../domain/person'
import { AccountabilityCycleState, DutyItemStateEnum, Responsibility, type CycleState, type DutyItemState } from '../domain/responsibility'
import { DateTime, Decimal } from '../domain/scalars'
import { Unit, UnitKind } from '../domain/unit'
import { Ratio } from './ratio.types'

export const YEAR_GROUPS_MAX = 1000
export const YEAR_GROUPS_DEFAULT = 100

@InputType({ description: 'Which unit-years are counted; what is left out does not narrow（统计范围）.' })
export class YearFilter {
  @Field(() => Int, { description: 'The year（年度）.' })
  @IsInt() @Min(2000) @Max(2100)
  year: number

  @Field(() => String, { nullable: true, description: 'A division with all its descendants, by code（行政区划代码，含下级）.' })
  @IsOptional() @MaxLength(20)
  divisionCode?: string | null

  @Field(() => ID, { nullable: true, description: 'A unit with everything below it（单位，含下级）.' })
  within?: string | null

  @Field(() => String, { nullable: true, description: 'Units of this sector（领域编码）.' })
  @IsOptional() @Length(1, 40)
  sector?: string | null
}

@ArgsType()
export class YearPage {
  @Field(() => YearFilter, { description: 'Which unit-years（统计范围）.' })
  filter: YearFilter

  @Field(() => Int, { defaultValue: YEAR_GROUPS_DEFAULT, description: `Groups of this page: 1 to ${YEAR_GROUPS_MAX}（取前几组）.` })
  @IsInt() @Min(1) @Max(YEAR_GROUPS_MAX)
  first: number

  @Field(() => String, { nullable: true, description: 'Only groups after this cursor（在此游标之后）.' })
  @IsOptional() @MaxLength(2000)
  after?: string | null
}

export const DutyItemDimension = labelledEnum('DutyItemDimension', 'By what duties are put into groups（分组维度）.', {
  UNIT: { zh: '单位', en: 'Unit', description: 'The unit that they are about' },
  DIVISION: { zh: '行政区划', en: 'Division', description: 'City, county or functional zone of the unit' },
  RESPONSIBILITY: { zh: '责任类别', en: 'Responsibility' },
  STATE: { zh: '状态', en: 'State' },
  APPOINTMENT: { zh: '责任人', en: 'Who answers for it', description: 'By post; only for readers of the registers, because each group is about one person' },
})
export type DutyItemDimension = keyof typeof DutyItemDimension

@ArgsType()
export class DutyItemAggregateArgs extends YearPage {
  @Field(() => [DutyItemDimension], { description: 'The dimensions, in the order in which groups are told; none: totals only（分组维度）.' })
  @ArrayMaxSize(4) @ArrayUnique()
  groupBy: DutyItemDimension[]
}

@ObjectType({ simpleResolvers: true, description: 'What the duties of a group have in common; dimensions that were not asked for are null（分组键）.' })
export class DutyItemGroupKey {
  @Field(() => Unit, { nullable: true, description: 'The unit（单位）.' })
  unit: Unit | null

  @Field(() => String, { nullable: true, description: 'Code of the city, county or functional zone（行政区划代码）.' })
  divisionCode: string | null

  @Field(() => Responsibility, { nullable: true, description: 'Which of the four（责任类别）.' })
  responsibility: Responsibility | null

  @Field(() => DutyItemStateEnum, { nullable: true, description: 'How far（状态）.' })
  state: DutyItemState | null

  @Field(() => Appointment, { nullable: true, description: 'Who answers for it; null also for duties of a body（责任人）.' })
  appointment: Appointment | null
}

@ObjectType({ simpleResolvers: true, description: 'Duties counted, with the share that passed each step of the loop（责任事项与闭环统计）.' })
export class DutyItemFigures {
  @Field(() => Int, { description: 'Duties on the lists of the year, without waived ones（事项数）.' })
  count: number

  @Field(() => Int, { description: 'Waived with a reason; in no other figure（豁免数）.' })
  waivedCount: number

  @Field(() => Int, { description: 'Past their due date and not declared done（逾期数）.' })
  overdueCount: number

  @Field(() => Ratio, { description: 'Overdue ones out of all（逾期率）.' })
  overdueRate: Ratio

  @Field(() => Ratio, { description: 'First step: on a list that was published jointly（知责明责）.' })
  known: Ratio

  @Field(() => Ratio, { description: 'Second step: declared done, with evidence that stands（履责尽责）.' })
  performed: Ratio

  @Field(() => Ratio, { description: 'Third step: found done by a supervisor, or its responsibility was evaluated for the year（督责评责）.' })
  supervised: Ratio

  @Field(() => Ratio, { description: 'Fourth step: its responsibility was found at fault or not, or the year was closed with nothing to pursue（失责问责）.' })
  accounted: Ratio

  @Field(() => Ratio, { description: 'All four steps passed（闭环率）.' })
  complete: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'Duties of one key（责任事项分组）.' })
export class DutyItemGroup extends DutyItemFigures {
  @Field(() => DutyItemGroupKey, { description: 'What they have in common（分组键）.' })
  key: DutyItemGroupKey
}

@ObjectType({ simpleResolvers: true, description: 'Duties of a year, counted（责任事项统计）.' })
export class DutyItemAggregate {
  @Extensions({ max: YEAR_GROUPS_MAX })
  @Field(() => [DutyItemGroup], { description: 'The groups of this page, in the order of their keys（分组）.' })
  groups: DutyItemGroup[]

  @Field(() => Int, { description: 'How many groups there are（组数）.' })
  groupCount: number

  @Field(() => Boolean, { description: 'More groups follow（是否有下一页）.' })
  hasNextPage: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the last group（末组游标）.' })
  endCursor: string | null

  @Field(() => DutyItemFigures, { description: 'All of them together（合计）.' })
  totals: DutyItemFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}

export const PublicationDimension = labelledEnum('PublicationDimension', 'By what unit-years are put into groups（分组维度）.', {
  DIVISION: { zh: '行政区划', en: 'Division', description: 'City, county or functional zone of the unit' },
  UNIT: { zh: '单位', en: 'Unit', description: 'Each unit, also those that have not begun' },
})
export type PublicationDimension = keyof typeof PublicationDimension

@ArgsType()
export class JointPublicationAggregateArgs extends YearPage {
  @Field(() => PublicationDimension, { description: 'The dimension（分组维度）.' })
  groupBy: PublicationDimension

  @Field(() => [UnitKind], { defaultValue: ['PARTY_DEPARTMENT', 'GOVERNMENT_DEPARTMENT', 'TOWNSHIP'], description: 'Kinds of units that are expected to publish（应同亮单位类别）.' })
  @ArrayMaxSize(30) @ArrayUnique()
  unitKinds: UnitKind[]
}

@ObjectType({ simpleResolvers: true, description: 'How many units published their lists jointly（同亮统计）.' })
export class JointPublicationFigures {
  @Field(() => Int, { description: 'Units that are expected to publish（应同亮单位数）.' })
  units: number

  @Field(() => Int, { description: 'Published jointly（已同亮）.' })
  published: number

  @Field(() => Int, { description: 'Have begun and not published（准备中）.' })
  preparing: number

  @Field(() => Int, { description: 'Have not begun（未启动）.' })
  notBegun: number

  @Field(() => Ratio, { description: 'Published ones out of all（同亮率）.' })
  publishedRate: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'Units of one key（同亮分组）.' })
export class JointPublicationGroup extends JointPublicationFigures {
  @Field(() => String, { description: 'Code of the city, county or functional zone（行政区划代码）.' })
  divisionCode: string

  @Field(() => Unit, { nullable: true, description: 'The unit; null when groups are by division（单位）.' })
  unit: Unit | null

  @Field(() => AccountabilityCycleState, { nullable: true, description: 'Phase of the unit’s year; null when groups are by division and for units that have not begun（阶段）.' })
  state: CycleState | null
}

@ObjectType({ simpleResolvers: true, description: 'Which units have published jointly in a year, which have not（同亮情况）.' })
export class JointPublicationAggregate {
  @Extensions({ max: YEAR_GROUPS_MAX })
  @Field(() => [JointPublicationGroup], { description: 'The groups of this page, by division or unit（分组）.' })
  groups: JointPublicationGroup[]

  @Field(() => Int, { description: 'How many groups there are（组数）.' })
  groupCount: number

  @Field(() => Boolean, { description: 'More groups follow（是否有下一页）.' })
  hasNextPage: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the last group（末组游标）.' })
  endCursor: string | null

  @Field(() => JointPublicationFigures, { description: 'All of them together（合计）.' })
  totals: JointPublicationFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}

@ArgsType()
export class ResponsibilityBalanceArgs extends YearPage {
  @Field(() => Decimal, { defaultValue: '0.2', description: 'Only units where the best and the worst of the four lie at least this far apart, from 0 to 1（最小差距）.' })
  leastSpread: string
}

@ObjectType({ simpleResolvers: true, description: 'How much of one responsibility was done（单项责任完成率）.' })
export class ResponsibilityShare {
  @Field(() => Responsibility, { description: 'Which of the four（责任类别）.' })
  responsibility: Responsibility

  @Field(() => Ratio, { description: 'Duties declared done with evidence out of its duties（完成率）.' })
  performed: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'A unit-year in which one responsibility lags behind the others（四责失衡）.' })
export class UnitBalance {
  @Field(() => Unit, { nullable: true, description: 'The unit（单位）.' })
  unit: Unit | null

  @Extensions({ max: 4 })
  @Field(() => [ResponsibilityShare], { description: 'The responsibilities that have duties, side by side（各责任完成率）.' })
  responsibilities: ResponsibilityShare[]

  @Extensions({ max: 4 })
  @Field(() => [Responsibility], { description: 'Those with the lowest share（滞后责任）.' })
  lagging: Responsibility[]

  @Field(() => Decimal, { description: 'Highest share less lowest, four decimal places（差距）.' })
  spread: string
}

@ObjectType({ simpleResolvers: true, description: 'Unit-years in which one responsibility lags, the widest apart first（四责协同均衡情况）.' })
export class ResponsibilityBalance {
  @Extensions({ max: YEAR_GROUPS_MAX })
  @Field(() => [UnitBalance], { description: 'The units of this page（单位）.' })
  units: UnitBalance[]

  @Field(() => Int, { description: 'How many there are（单位数）.' })
  unitCount: number

  @Field(() => Int, { description: 'Out of how many jointly published unit-years（已同亮单位数）.' })
  publishedCount: number

  @Field(() => Boolean, { description: 'More follow（是否有下一页）.' })
  hasNextPage: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the last one（末项游标）.' })
  endCursor: string | null

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
