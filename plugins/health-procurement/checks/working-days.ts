import { DateTime } from 'luxon'
import type { Settings } from '../settings'
import holidays from './holidays.json'

interface Year { off: ReadonlySet<string>; worked: ReadonlySet<string> }
/** Holidays and exchanged working days by year, as the State Council’s notices give them. */
export type Calendar = ReadonlyMap<number, Year>

/** The calendar that the plugin carries (2020 to 2026), with the years that the settings add or correct. */
export function calendarOf(settings: Settings): Calendar {
  return new Map(Object.entries({ ...holidays, ...settings.calendar }).map(([year, y]) => [Number(year), { off: new Set(y.off), worked: new Set(y.worked) }]))
}

/**
 * Working days after `from` up to and including `to`: the day of the event itself does not count. Null when the calendar of a year in between
 * is not known: weekends alone would be a guess.
 */
export function workingDaysBetween(calendar: Calendar, from: string, to: string): number | null {
  const end = DateTime.fromISO(to, { zone: 'utc' })
  let day = DateTime.fromISO(from, { zone: 'utc' })
  if (end < day) return 0
  let count = 0
  while (day < end) {
    day = day.plus({ days: 1 })
    const year = calendar.get(day.year)
    if (!year) return null
    const iso = day.toISODate()!
    if (year.worked.has(iso) || (day.weekday <= 5 && !year.off.has(iso))) count++
  }
  return count
}

export const daysBetween = (from: string, to: string): number =>
  DateTime.fromISO(to, { zone: 'utc' }).diff(DateTime.fromISO(from, { zone: 'utc' }), 'days').days
