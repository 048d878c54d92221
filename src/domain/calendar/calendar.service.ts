import { DateTime } from 'luxon'
import { badInputs, type Violation } from '../../core/errors'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { checkVersion, json, type StoredRow } from '../../database/transaction'
import { requireAdministratorOfAll } from '../unit'
import type { CalendarDayInput, SetCalendarYearInput } from './calendar.inputs'
import { CALENDAR_SIGNAL, forgetCalendar } from './work-calendar'

export class CalendarService {
  constructor(private readonly db: Database) {}

  /** Sets the holidays of a year, or corrects them; what stood there is kept in history. Time limits that run are not moved: they were told. Answers the row id. */
  async setYear(origin: Origin, input: SetCalendarYearInput): Promise<string> {
    const id = await runCommand(this.db, origin, 'setCalendarYear', input, async tx => {
      await requireAdministratorOfAll(tx)
      requireDaysOf(input)
      const days = json([...input.days].sort((a, b) => (a.day < b.day ? -1 : 1)).map(d => ({ day: d.day, isWorkingDay: d.isWorkingDay, nameZh: d.nameZh ?? null })))
      const values = { days, source: input.source, is_synthetic: input.isSynthetic }
      tx.notify(CALENDAR_SIGNAL, String(input.year))
      const before = await tx.row<StoredRow>('SELECT * FROM calendar_year WHERE year = $1 FOR UPDATE', [input.year])
      if (!before) return tx.insert('calendar_year', { year: input.year, ...values })
      checkVersion(before, input.rowVersion ?? 0)
      tx.update('calendar_year', before, values)
      return before.id
    })
    forgetCalendar(this.db)
    return id
  }
}

function requireDaysOf({ year, days }: SetCalendarYearInput): void {
  const faults = days.flatMap((d, i): Violation[] => {
    const fault = faultOf(d, year) ?? (days.findIndex(o => o.day === d.day) < i ? ['unique', 'The day is named twice.'] : null)
    return fault ? [{ path: `days.${i}.day`, rule: fault[0]!, message: fault[1]! }] : []
  })
  if (faults.length) throw badInputs(faults)
}

function faultOf({ day, isWorkingDay }: CalendarDayInput, year: number): [string, string] | null {
  const { year: of, weekday } = DateTime.fromISO(day, { zone: 'utc' })
  if (of !== year) return ['ofYear', `The day is not one of ${year}.`]
  return isWorkingDay && weekday <= 5 ? ['weekend', 'Monday to Friday are worked on anyway; only a Saturday or Sunday is worked in exchange.'] : null
}
