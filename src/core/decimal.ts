import { Decimal } from 'decimal.js'

/** Exact decimals travel as text: `12.50` stays `12.50`. No exponent, no sign but minus, no leading zeros, at most 30 digits. */
const DECIMAL = /^-?(0|[1-9]\d{0,29})(\.\d{1,18})?$/

export const isDecimal = (value: unknown): value is string =>
  typeof value === 'string' && DECIMAL.test(value) && value.replace(/\D/g, '').length <= 30

/** Arithmetic context of the product: enough digits that no sum of a register is ever rounded by accident. */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 60 })

/** Numerator over denominator rounded half up; null when it cannot be told. */
export function ratio(numerator: Decimal.Value, denominator: Decimal.Value, places = 4): string | null {
  const d = new Exact(denominator)
  return d.isZero() ? null : new Exact(numerator).div(d).toFixed(places)
}
