import { ArrayMaxSize, ArrayMinSize, ArrayUnique, Max, Min } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { DateTime, LocalDate } from '../domain/scalars'
import { Unit, UnitKind } from '../domain/unit'
import { Ratio } from './ratio.types'

export const UNCOVERED_MAX = 500
/** Kinds of units that supervision is for, when no others are asked for. */
const OBJECT_KINDS: readonly UnitKind[] = ['PARTY_DEPARTMENT', 'GOVERNMENT_DEPARTMENT', 'PUBLIC_INSTITUTION', 'TOWNSHIP', 'VILLAGE_OR_COMMUNITY']

@ArgsType()
export class SupervisionCoverageArgs {
  @Field(() => Int, { defaultValue: 12, description: 'Within how many months a unit must have been supervised: 1 to 120（月数）.' })
  @Min(1) @Max(120)
  months: number

  @Field(() => [UnitKind], { defaultValue: OBJECT_KINDS, description: 'Kinds of units that count as objects（对象单位类型）.' })
  @ArrayMinSize(1) @ArrayMaxSize(30) @ArrayUnique()
  kinds: UnitKind[]

  @Field(() => Int, { defaultValue: 100, description: `Units told that were not supervised: 1 to ${UNCOVERED_MAX}（取前几个）.` })
  @Min(1) @Max(UNCOVERED_MAX)
  first: number
}

@ObjectType({ simpleResolvers: true, description: 'A unit that was not supervised in the time asked for（未被监督的单位）.' })
export class UncoveredUnit {
  @Field(() => Unit, { nullable: true, description: 'The unit（单位）.' })
  unit: Unit | null

  @Field(() => LocalDate, { nullable: true, description: 'When the last activity began there; null: never（最近一次监督日期）.' })
  lastStartedOn: string | null
}

@ObjectType({ simpleResolvers: true, description: 'Which units supervision reached. Activities that the viewer may not see do not count（监督覆盖情况）.' })
export class SupervisionCoverage {
  @Field(() => LocalDate, { description: 'First day of the time asked for（起始日期）.' })
  since: string

  @Field(() => Ratio, { description: 'Share of the units at which an activity began since then（覆盖率）.' })
  covered: Ratio

  @Field(() => [UncoveredUnit], { description: 'The others: those never reached first, then by the last time（未覆盖单位）.' })
  @Extensions({ max: UNCOVERED_MAX })
  uncovered: UncoveredUnit[]

  @Field(() => Int, { description: 'Number of all others（未覆盖单位数）.' })
  uncoveredCount: number

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}

export const DUPLICATION_GROUPS_MAX = 500

export const DuplicationDimension = labelledEnum('DuplicationDimension', 'By what repeated visits are put into groups（分组维度）.', {
  MATTER: { zh: '监督事项', en: 'Matter' },
  OBJECT_UNIT: { zh: '监督对象', en: 'Object' },
})
export type DuplicationDimension = keyof typeof DuplicationDimension

@ArgsType()
export class SupervisionDuplicationArgs {
  @Field(() => LocalDate, { description: 'First day on which visits began（起始日期）.' })
  from: string

  @Field(() => LocalDate, { description: 'Last day on which visits began（截止日期）.' })
  to: string

  @Field(() => Int, { defaultValue: 90, description: 'Within how many days two bodies count as having repeated each other: 0 to 366（间隔天数）.' })
  @Min(0) @Max(366)
  withinDays: number

  @Field(() => DuplicationDimension, { defaultValue: DuplicationDimension.MATTER, description: 'The dimension（分组维度）.' })
  groupBy: DuplicationDimension

  @Field(() => Int, { defaultValue: 100, description: `Groups told, most repeated first: 1 to ${DUPLICATION_GROUPS_MAX}（取前几组）.` })
  @Min(1) @Max(DUPLICATION_GROUPS_MAX)
  first: number
}

@ObjectType({ simpleResolvers: true, description: 'Repeated visits of one matter or unit（重复监督分组）.' })
export class DuplicationGroup {
  @Field(() => String, { nullable: true, description: 'The matter, for that dimension（监督事项）.' })
  matterCode: string | null

  @Field(() => Unit, { nullable: true, description: 'The unit, for that dimension（监督对象）.' })
  objectUnit: Unit | null

  @Field(() => Ratio, { description: 'Pairs of unit and matter that two bodies visited within those days, among all that were visited（重复率）.' })
  duplicated: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'How often bodies visited the same unit about the same matter, and how often coordination spared a visit. Activities that the viewer may not see do not count（重复监督情况）.' })
export class SupervisionDuplication {
  @Field(() => Ratio, { description: 'Pairs of unit and matter that two bodies visited within those days, among all that were visited（重复率）.' })
  duplicated: Ratio

  @Field(() => [DuplicationGroup], { description: 'The groups（分组）.' })
  @Extensions({ max: DUPLICATION_GROUPS_MAX })
  groups: DuplicationGroup[]

  @Field(() => Int, { description: 'Activities that went into a joint action instead of a visit of their own（并入联合行动数）.' })
  mergedCount: number

  @Field(() => Int, { description: 'Overlaps answered with a joint action（答复为联合行动数）.' })
  jointActionCount: number

  @Field(() => Int, { description: 'Overlaps answered with the use of the other result（答复为成果互用数）.' })
  resultReuseCount: number

  @Field(() => Int, { description: 'Overlaps answered with a visit of its own, for a written reason（答复为单独开展数）.' })
  ownVisitCount: number

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}

export const CONVENERS_MAX = 500

@ArgsType()
export class ConsultationsHeldArgs {
  @Field(() => LocalDate, { description: 'First day（起始日期）.' })
  from: string

  @Field(() => LocalDate, { description: 'Last day（截止日期）.' })
  to: string

  @Field(() => Int, { defaultValue: 100, description: `Convening bodies told: 1 to ${CONVENERS_MAX}（取前几个）.` })
  @Min(1) @Max(CONVENERS_MAX)
  first: number
}

@ObjectType({ simpleResolvers: true, description: 'Consultations of one convening body, held against due（会商召开情况）.' })
export class ConsultationsHeld {
  @Field(() => Unit, { nullable: true, description: 'The convening body（召集单位）.' })
  convenerUnit: Unit | null

  @Field(() => Int, { description: 'Held on these days（召开次数）.' })
  heldCount: number

  @Field(() => Int, { description: 'Dates among these days by which one was due, as the minutes before said（应召开次数）.' })
  dueCount: number

  @Field(() => Ratio, { description: 'Share of those dates by which the next one was held（按期召开率）.' })
  heldInTime: Ratio

  @Field(() => Int, { description: 'Dates that have passed without one（逾期未召开次数）.' })
  overdueCount: number
}
