import { isDecimal, ratio } from '../../../src/core/decimal'
import { holdsDay, parsePeriod, periodOf, previous, within, yearBefore, type Period } from '../../../src/core/period'

const p = (text: string): Period => parsePeriod(text)!

describe('periods', () => {
  test.each([
    ['2026', 'YEAR', '2026-01-01', '2026-12-31'], ['2026-H1', 'HALF_YEAR', '2026-01-01', '2026-06-30'], ['2026-H2', 'HALF_YEAR', '2026-07-01', '2026-12-31'],
    ['2026-Q3', 'QUARTER', '2026-07-01', '2026-09-30'], ['2024-02', 'MONTH', '2024-02-01', '2024-02-29'], ['2026-12', 'MONTH', '2026-12-01', '2026-12-31'],
  ])('%s is a %s from %s to %s', (text, kind, start, end) => expect(p(text)).toMatchObject({ text, kind, start, end }))

  test.each(['', '26', '2026-', '2026-H3', '2026-Q0', '2026-Q5', '2026-13', '2026-00', '2026-7', '2026-h1', ' 2026', '2026-07-01', '1900', '2300', '２０２６', null, 2026])('%j is none', text => expect(parsePeriod(text)).toBeNull())

  test('the one before, and the same a year earlier', () => {
    expect(['2026', '2026-H1', '2026-H2', '2026-Q1', '2026-01', '2026-08'].map(t => previous(p(t)).text)).toEqual(['2025', '2025-H2', '2026-H1', '2025-Q4', '2025-12', '2026-07'])
    expect(['2026', '2026-H1', '2026-Q4', '2024-02'].map(t => yearBefore(p(t)).text)).toEqual(['2025', '2025-H1', '2025-Q4', '2023-02'])
  })

  test('containment', () => {
    expect(within(p('2026-Q3'), p('2026-H2'))).toBe(true)
    expect(within(p('2026-Q2'), p('2026-H2'))).toBe(false)
    expect(within(p('2026'), p('2026'))).toBe(true)
    expect(holdsDay(p('2026-06'), '2026-06-30')).toBe(true)
    expect(holdsDay(p('2026-06'), '2026-07-01')).toBe(false)
  })

  test('every day lies in the period of each kind that is made for it', () => {
    for (let month = 1; month <= 12; month++) {
      const day = `2026-${String(month).padStart(2, '0')}-15`
      for (const kind of ['YEAR', 'HALF_YEAR', 'QUARTER', 'MONTH'] as const) expect(holdsDay(periodOf(kind, day), day)).toBe(true)
    }
  })
})

describe('exact decimals', () => {
  test.each(['0', '1', '-1', '12.50', '0.000000000000000001', '999999999999999999999999999999', '-0.5'])('%s is one', text => expect(isDecimal(text)).toBe(true))
  test.each(['', '.5', '5.', '01', '+1', '1e3', 'NaN', 'Infinity', '1,000', ' 1', '1 ', '--1', '1'.repeat(31), '1.' + '1'.repeat(30), 1, null])('%j is none', text => expect(isDecimal(text)).toBe(false))

  test('a ratio is exact, rounded half up, and null over zero', () => {
    expect([ratio(1, 3), ratio('2', '3'), ratio(1, 2, 0), ratio('0.1', '0.3', 6), ratio(5, 0), ratio('0', '7')]).toEqual(['0.3333', '0.6667', '1', '0.333333', null, '0.0000'])
  })
})
