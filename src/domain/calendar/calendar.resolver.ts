import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { badInput } from '../../core/errors'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { LocalDate } from '../scalars'
import { SetCalendarYearInput } from './calendar.inputs'
import { CalendarService } from './calendar.service'
import { CalendarYear, WorkingDay, WorkingDayCount } from './calendar.types'
import { workCalendar } from './work-calendar'

@ObjectType({ description: 'The year as it stands now（年度节假日安排设置结果）.' })
export class CalendarYearPayload {
  @Field(() => CalendarYear, { nullable: true, description: 'The year（年度节假日安排）.' })
  calendarYear!: object | null
}

/** Ten years of working days; nobody has a longer time limit. */
const MOST_DAYS = 2_500
const MOST_YEARS = 10

@Resolver()
export class CalendarResolver {
  constructor(private readonly db: Database, private readonly calendars: CalendarService) {}

  @Query(() => WorkingDay, { description: 'The day on which a time limit of so many working days ends; the first day does not count（工作日期限届满日）.' })
  async workingDay(
    @Arg('from', () => LocalDate, { description: 'The day of what begins the time limit（起算事件发生日）.' }) from: string,
    @Arg('days', () => Int, { description: 'Working days, at most 2,500; negative: before（工作日天数）.' }) days: number,
  ): Promise<WorkingDay> {
    if (Math.abs(days) > MOST_DAYS) throw badInput('days', 'range', `At most ${MOST_DAYS} working days are counted.`)
    return (await workCalendar(this.db)).addWorkingDays(from, days)
  }

  @Query(() => WorkingDayCount, { description: 'Working days after a day, up to and including another one（两日之间的工作日天数）.' })
  async workingDaysBetween(
    @Arg('from', () => LocalDate, { description: 'The day before the first that counts（起日）.' }) from: string,
    @Arg('to', () => LocalDate, { description: 'The last day that counts, at most ten years later（止日）.' }) to: string,
  ): Promise<WorkingDayCount> {
    if (Number(to.slice(0, 4)) - Number(from.slice(0, 4)) > MOST_YEARS) throw badInput('to', 'range', `At most ${MOST_YEARS} years are counted.`)
    return (await workCalendar(this.db)).workingDaysBetween(from, to)
  }

  @Mutation(() => CalendarYearPayload, { description: 'Sets the holidays of a year, or corrects them; for administrators of the whole territory（设置年度节假日安排）.' })
  async setCalendarYear(@Arg('input', () => SetCalendarYearInput) input: SetCalendarYearInput, @Ctx() ctx: RequestContext): Promise<CalendarYearPayload> {
    return { calendarYear: await ctx.read.one('CalendarYear', await this.calendars.setYear(ctx, input)) }
  }
}
