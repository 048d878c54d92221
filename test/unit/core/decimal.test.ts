import { Exact, isDecimal, ratio } from '../../../src/core/decimal'

test('a ratio of counts is what exact decimals say, half up, with the places asked for', () => {
  for (let i = 0; i < 500; i++) {
    const [numerator, denominator, places] = [(i * 7_919) % 1_009, 1 + ((i * 104_729) % 997), i % 8]
    expect(ratio(numerator, denominator, places)).toBe(new Exact(numerator).div(denominator).toFixed(places))
  }
  expect(ratio(1, 8, 2)).toBe('0.13')
  expect(ratio(2 ** 53 - 1, 3, 6)).toBe(new Exact(2 ** 53 - 1).div(3).toFixed(6))
})

test('amounts and negative numbers are divided as exactly', () => {
  expect(ratio('0.1', '3', 4)).toBe('0.0333')
  expect(ratio(-1, 3)).toBe('-0.3333')
  expect(ratio('1.5', 2, 1)).toBe('0.8')
})

test('nothing to divide by is null, never 0', () => {
  for (const [n, d] of [[0, 0], [5, 0], ['5', '0.00'], [-1, 0]] as const) expect(ratio(n, d)).toBeNull()
})

test('a decimal is text without exponent, plus sign or leading zeros', () => {
  for (const text of ['0', '-0.5', '12.50', '9'.repeat(30)]) expect([text, isDecimal(text)]).toEqual([text, true])
  for (const text of ['', '01', '1e3', '+1', '.5', '1.', '9'.repeat(31), 'NaN', 5]) expect([text, isDecimal(text)]).toEqual([text, false])
})
