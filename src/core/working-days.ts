import { DateTime } from 'luxon'

/** How a year differs from Monday to Friday. */
export interface CalendarYear {
  /** Days off, also those that fall on a weekend. */
  readonly off: ReadonlySet<string>
  /** Saturdays and Sundays that are worked in exchange (调休). */
  readonly worked: ReadonlySet<string>
}

/** What was told with years whose holidays are not known, where Monday to Friday were taken for working days, is assumed. */
export interface WorkingDay { readonly day: string; readonly isAssumed: boolean }
export interface WorkingDayCount { readonly count: number; readonly isAssumed: boolean }

const at = (day: string): DateTime => DateTime.fromISO(day, { zone: 'utc' })

/** Which days are worked on: calendar days, `2026-11-22`, of China; no clock and no time zone. Immutable. */
export class WorkCalendar {
  constructor(private readonly years: ReadonlyMap<number, CalendarYear>) {}

  isWorkingDay(day: string): boolean {
    return this.works(at(day))
  }

  /**
   * The day on which a time limit of `n` working days ends that begins with something that happened on `from`: the day itself does not
   * count, whether it was worked on or not. Negative: as many working days before.
   */
  addWorkingDays(from: string, n: number): WorkingDay {
    let day = at(from)
    let isAssumed = false
    for (let left = Math.abs(n); left > 0;) {
      day = day.plus({ days: Math.sign(n) })
      isAssumed ||= !this.years.has(day.year)
      if (this.works(day)) left--
    }
    return { day: day.toISODate()!, isAssumed }
  }

  /** Working days after `from` up to and including `to`; 0 when `to` is not later. */
  workingDaysBetween(from: string, to: string): WorkingDayCount {
    const end = at(to)
    let day = at(from)
    let count = 0
    let isAssumed = false
    while (day < end) {
      day = day.plus({ days: 1 })
      isAssumed ||= !this.years.has(day.year)
      if (this.works(day)) count++
    }
    return { count, isAssumed }
  }

  private works(day: DateTime): boolean {
    const iso = day.toISODate()!
    const year = this.years.get(day.year)
    return year?.worked.has(iso) || (day.weekday <= 5 && !year?.off.has(iso))
  }
}
