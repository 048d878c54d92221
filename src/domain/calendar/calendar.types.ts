import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { LocalDate } from '../scalars'

@ObjectType({ description: 'A day that differs from Monday to Friday（特殊日期）.' })
export class CalendarDay {
  @Field(() => LocalDate, { description: 'Day（日期）.' })
  day: string

  @Field(() => Boolean, { description: 'Worked on in exchange for a day off; else a day off（是否调休上班）.' })
  isWorkingDay: boolean

  @Field(() => String, { nullable: true, description: 'Which holiday it belongs to（节日名称）.' })
  nameZh: string | null
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'The holidays of a year, and the days that are worked in exchange（年度节假日安排）.' })
export class CalendarYear implements NodeInterface, Auditable {
  id!: string

  @Field(() => Int, { description: 'Year（年份）.' })
  year: number

  @Field(() => [CalendarDay], { description: 'Days that differ from Monday to Friday, in their order（特殊日期）.' })
  days: CalendarDay[]

  @Field(() => String, { description: 'Where it is published（依据）.' })
  source: string

  @Field(() => Boolean, { description: 'Invented, for trying things out（是否虚构）.' })
  isSynthetic: boolean

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}

@ObjectType({ description: 'A day that was counted by working days（工作日推算结果）.' })
export class WorkingDay {
  @Field(() => LocalDate, { description: 'Day（日期）.' })
  day: string

  @Field(() => Boolean, { description: 'The holidays of a year on the way are not known: Monday to Friday were taken for working days（是否为推定）.' })
  isAssumed: boolean
}

@ObjectType({ description: 'Working days that were counted（工作日天数）.' })
export class WorkingDayCount {
  @Field(() => Int, { description: 'How many（天数）.' })
  count: number

  @Field(() => Boolean, { description: 'The holidays of a year on the way are not known: Monday to Friday were taken for working days（是否为推定）.' })
  isAssumed: boolean
}
