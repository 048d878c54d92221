import type { DomainModule } from '../module'
import './calendar.constraints'
import { CalendarYearEntity } from './calendar.entity'
import { calendarYearReads } from './calendar.reads'
import { CalendarResolver, CalendarYearPayload } from './calendar.resolver'
import { CalendarService } from './calendar.service'
import { CalendarDay, CalendarYear, WorkingDay, WorkingDayCount } from './calendar.types'

export { CalendarService } from './calendar.service'
export { hearCalendars, workCalendar, workCalendarIn } from './work-calendar'

export const calendarModule: DomainModule = {
  name: 'calendar',
  entities: [CalendarYearEntity],
  types: [CalendarYear, CalendarDay, CalendarYearPayload, WorkingDay, WorkingDayCount],
  resolvers: [CalendarResolver],
  create: db => [new CalendarResolver(db, new CalendarService(db))],
  reads: [calendarYearReads],
  edges: [],
  permissions: { Query: { workingDay: 'authenticated', workingDaysBetween: 'authenticated' }, Mutation: { setCalendarYear: ['PLATFORM_ADMIN'] } },
}
