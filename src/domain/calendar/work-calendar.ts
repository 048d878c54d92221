import type { Database } from '../../database/database'
import type { Signals } from '../../database/signals'
import type { Transaction } from '../../database/transaction'
import { WorkCalendar, type CalendarYear } from '../../core/working-days'

/** Said by every command that changes a year: what instances remember is old. */
export const CALENDAR_SIGNAL = 'calendar'
/** Milliseconds for which a calendar is remembered where no signals are heard. */
const REMEMBERED = 60_000

interface Year { year: number; days: readonly { day: string; isWorkingDay: boolean }[] }
const loaded = new WeakMap<Database, { calendar: Promise<WorkCalendar>; until: number }>()

/** The calendar in force, remembered by this process. Load it once and count with it: counting is pure. */
export function workCalendar(db: Database): Promise<WorkCalendar> {
  const known = loaded.get(db)
  if (known && known.until > performance.now()) return known.calendar
  const calendar = load(db)
  const entry = { calendar, until: performance.now() + REMEMBERED }
  loaded.set(db, entry)
  calendar.catch(() => void (loaded.get(db) === entry && loaded.delete(db)))
  return calendar
}

export const forgetCalendar = (db: Database): void => void loaded.delete(db)

/** A year that was set on any instance holds on this one at once. Returns how to stop. */
export const hearCalendars = (db: Database, signals: Signals): (() => void) => signals.on(CALENDAR_SIGNAL, () => forgetCalendar(db))

/** The calendar in force as a command sees it that has no database at hand, only its transaction. */
export const workCalendarIn = (tx: Transaction): Promise<WorkCalendar> => load(tx)

async function load(q: { rows<T>(text: string): Promise<T[]> }): Promise<WorkCalendar> {
  const rows = await q.rows<Year>('SELECT year, days FROM calendar_year')
  return new WorkCalendar(new Map(rows.map(({ year, days }): [number, CalendarYear] => [year, {
    off: new Set(days.filter(d => !d.isWorkingDay).map(d => d.day)), worked: new Set(days.filter(d => d.isWorkingDay).map(d => d.day)),
  }])))
}
