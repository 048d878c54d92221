import { DateTime } from 'luxon'

export const PERIOD_KINDS = ['YEAR', 'HALF_YEAR', 'QUARTER', 'MONTH'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

/** A year, half-year, quarter or month: `2026`, `2026-H1`, `2026-Q3`, `2026-07`. */
export interface Period {
  readonly text: string
  readonly kind: PeriodKind
  readonly year: number
  /** Which of its kind within the year, from 1; 1 for a year. */
  readonly index: number
  /** First and last day, both inside, `YYYY-MM-DD`. */
  readonly start: string
  readonly end: string
}

const PERIOD = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/
const MONTHS: Record<PeriodKind, number> = { YEAR: 12, HALF_YEAR: 6, QUARTER: 3, MONTH: 1 }

const make = (kind: PeriodKind, year: number, index: number): Period => {
  const start = DateTime.utc(year, (index - 1) * MONTHS[kind] + 1, 1)
  const mark = { YEAR: '', HALF_YEAR: `-H${index}`, QUARTER: `-Q${index}`, MONTH: `-${String(index).padStart(2, '0')}` }[kind]
  return {
    text: `${year}${mark}`, kind, year, index,
    start: start.toFormat('yyyy-MM-dd'),
    end: start.plus({ months: MONTHS[kind] }).minus({ days: 1 }).toFormat('yyyy-MM-dd'),
  }
}

/** The period that a text names, or null. Years from 1949 to 2199: what lies outside is a typing error. */
export function parsePeriod(text: unknown): Period | null {
  const m = typeof text === 'string' ? PERIOD.exec(text) : null
  if (!m) return null
  const year = Number(m[1])
  if (year < 1949 || year > 2199) return null
  if (m[2]) return make('HALF_YEAR', year, Number(m[2]))
  if (m[3]) return make('QUARTER', year, Number(m[3]))
  if (m[4]) return make('MONTH', year, Number(m[4]))
  return make('YEAR', year, 1)
}

/** The period of this kind that holds a day (`YYYY-MM-DD`). */
export function periodOf(kind: PeriodKind, day: string): Period {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7))
  return make(kind, year, Math.ceil(month / MONTHS[kind]))
}

/** Does the period lie wholly inside the other (or equal it)? */
export const within = (inner: Period, outer: Period): boolean => outer.start <= inner.start && inner.end <= outer.end
export const holdsDay = (period: Period, day: string): boolean => period.start <= day && day <= period.end

/** The period of the same kind just before. */
export const previous = (p: Period): Period =>
  p.index > 1 ? make(p.kind, p.year, p.index - 1) : make(p.kind, p.year - 1, 12 / MONTHS[p.kind])

/** The same period a year earlier: what "year on year" compares with. */
export const yearBefore = (p: Period): Period => make(p.kind, p.year - 1, p.index)
