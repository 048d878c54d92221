import { ArrayMaxSize, IsOptional, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator'
import { Field, InputType, Int } from 'type-graphql'
import { CommandInput } from '../interfaces'
import { LocalDate } from '../scalars'

@InputType({ description: 'A day that differs from Monday to Friday（特殊日期）.' })
export class CalendarDayInput {
  @Field(() => LocalDate, { description: 'A day of the year（日期）.' })
  day: string

  @Field(() => Boolean, { description: 'Worked on in exchange for a day off: a Saturday or Sunday; else a day off（是否调休上班）.' })
  isWorkingDay: boolean

  @Field(() => String, { nullable: true, description: 'Which holiday it belongs to（节日名称）.' })
  @IsOptional() @MaxLength(50)
  nameZh?: string | null
}

@InputType({ description: 'The holidays of a year, as they are published（设置年度节假日安排）.' })
export class SetCalendarYearInput extends CommandInput {
  @Field(() => Int, { description: 'Year（年份）.' })
  @Min(1949) @Max(2200)
  year: number

  @Field(() => [CalendarDayInput], { description: 'All days of the year that differ from Monday to Friday; they take the place of those that are there（特殊日期）.' })
  @ArrayMaxSize(200) @ValidateNested({ each: true })
  days: CalendarDayInput[]

  @Field(() => String, { description: 'Where it is published（依据）.' })
  @Length(1, 500)
  source: string

  @Field(() => Boolean, { defaultValue: false, description: 'Invented, for trying things out（是否虚构）.' })
  isSynthetic: boolean

  @Field(() => Int, { nullable: true, description: 'The rowVersion that the correction of a year is based on; left out for a year that is not there yet（所依据的版本号）.' })
  @IsOptional()
  rowVersion?: number | null
}
