import { WorkCalendar } from '../../../src/core/working-days'

/** Autumn of 2026 as it is published. */
const calendar = new WorkCalendar(new Map([[2026, {
  off: new Set(['2026-09-25', '2026-09-26', '2026-09-27', '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07']),
  worked: new Set(['2026-09-20', '2026-10-10']),
}]]))

test.each([
  ['2026-09-30', 1, '2026-10-08'], ['2026-09-30', 5, '2026-10-13'], ['2026-10-03', 1, '2026-10-08'], ['2026-09-18', 1, '2026-09-20'], ['2026-09-24', 3, '2026-09-30'],
  ['2026-10-08', -1, '2026-09-30'], ['2026-09-21', -1, '2026-09-20'], ['2026-10-03', 0, '2026-10-03'],
])('from %s, %d working days: %s', (from, n, day) => {
  expect(calendar.addWorkingDays(from, n)).toEqual({ day, isAssumed: false })
})

test.each([['2026-09-30', '2026-10-13', 5], ['2026-09-19', '2026-09-20', 1], ['2026-10-01', '2026-10-07', 0], ['2026-10-08', '2026-10-08', 0], ['2026-10-09', '2026-10-08', 0]])(
  'after %s up to %s: %d working days', (from, to, count) => {
    expect(calendar.workingDaysBetween(from, to)).toEqual({ count, isAssumed: false })
  })

test('what goes through a year whose holidays are not known is told as assumed', () => {
  expect(calendar.addWorkingDays('2026-12-31', 1)).toEqual({ day: '2027-01-01', isAssumed: true })
  expect(calendar.workingDaysBetween('2026-12-30', '2027-01-03')).toEqual({ count: 2, isAssumed: true })
  expect(calendar.workingDaysBetween('2026-12-30', '2026-12-31')).toEqual({ count: 1, isAssumed: false })
})

test('one undoes the other, whatever day it is', () => {
  for (let d = new Date('2026-09-01T00:00:00Z'), i = 0; i < 60; i++, d.setUTCDate(d.getUTCDate() + 1)) {
    const from = d.toISOString().slice(0, 10)
    for (const n of [1, 3, 20]) expect([from, calendar.workingDaysBetween(from, calendar.addWorkingDays(from, n).day).count]).toEqual([from, n])
  }
})
