import { ArrayMaxSize, ArrayMinSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, ID, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { ResponsibilityRole } from '../domain/person'
import { DateTime } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { FigureNullReason } from './ratio.types'

/** Direct subordinates that one answer takes in; a city has some eighty. */
export const PARTS_MAX = 300
export const APPOINTMENT_GROUPS_MAX = (PARTS_MAX + 1) * Object.keys(ResponsibilityRole).length

export const AppointmentDimension = labelledEnum('AppointmentDimension', 'By what holders of posts are put into groups（分组维度）.', {
  UNIT_CHILD: { zh: '直接下级单位（含其全部下级）', en: 'Direct subordinate', description: 'The unit directly below the named one with everything below it; what the named unit itself holds is a group of its own' },
  ROLE: { zh: '任职角色', en: 'Role', description: 'As what the post is held' },
})
export type AppointmentDimension = keyof typeof AppointmentDimension

@ArgsType()
export class AppointmentAggregateArgs {
  @Field(() => ID, { description: 'The unit below which is counted（单位）.' })
  unitId: string

  @Field(() => [AppointmentDimension], { description: 'The dimensions: one or both（分组维度）.' })
  @ArrayMinSize(1) @ArrayMaxSize(2) @ArrayUnique()
  groupBy: AppointmentDimension[]
}

@ObjectType({ simpleResolvers: true, description: 'A number of people that is told only where it stands for enough of them（人数，少于最小单元格时不予显示）.' })
export class PeopleCount {
  @Field(() => Int, { nullable: true, description: 'How many; null when it is withheld（数量）.' })
  value: number | null

  @Field(() => FigureNullReason, { nullable: true, description: 'SUPPRESSED when the number is small, or would tell a small one by subtraction; which of the two is not told（无值原因）.' })
  nullReason: FigureNullReason | null
}

@ObjectType({ simpleResolvers: true, description: 'Posts held now, of one key（任职分组）.' })
export class AppointmentGroup {
  @Field(() => Unit, { nullable: true, description: 'The subordinate; null when groups are not by it（单位）.' })
  unit: Unit | null

  @Field(() => ResponsibilityRole, { nullable: true, description: 'The role; null when groups are not by it（任职角色）.' })
  role: ResponsibilityRole | null

  @Field(() => PeopleCount, { description: 'Posts held in this group（任职数）.' })
  holders: PeopleCount
}

@ObjectType({ simpleResolvers: true, description: 'Posts held today below a unit, as far as that tells of nobody in particular（任职统计）.' })
export class AppointmentAggregate {
  @Field(() => [AppointmentGroup], { description: 'The groups in the order of units and roles; groups without anybody are not told（分组）.' })
  @Extensions({ max: APPOINTMENT_GROUPS_MAX })
  groups: AppointmentGroup[]

  @Field(() => PeopleCount, { description: 'All posts held below the unit（合计）.' })
  totals: PeopleCount

  @Field(() => Int, { description: 'The fewest people that a figure here may stand for（最小单元格）.' })
  minimumCell: number

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
