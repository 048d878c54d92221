import { Decimal } from 'decimal.js'

/** Exact decimals travel as text: `12.50` stays `12.50`. No exponent, no sign but minus, no leading zeros, at most 30 digits. */
const DECIMAL = /^-?(0|[1-9]\d{0,29})(\.\d{1,18})?$/

export const isDecimal = (value: unknown): value is string =>
  typeof value === 'string' && DECIMAL.test(value) && value.replace(/\D/g, '').length <= 30

/** Arithmetic context of the product: enough digits that no sum of a register is ever rounded by accident. */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 60 })

/** Numerator over denominator rounded half up; null when it cannot be told. */
export function ratio(numerator: Decimal.Value, denominator: Decimal.Value, places = 4): string | null {
  if (isCount(numerator) && isCount(denominator)) return denominator === 0 ? null : countRatio(BigInt(numerator), BigInt(denominator), places)
  const d = new Exact(denominator)
  return d.isZero() ? null : new Exact(numerator).div(d).toFixed(places)
}

/** Counts are most of what is divided, a thousand at a time: whole numbers need no decimals to be exact. */
const isCount = (value: Decimal.Value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

function countRatio(numerator: bigint, denominator: bigint, places: number): string {
  const scaled = (2n * numerator * 10n ** BigInt(places) + denominator) / (2n * denominator)
  const digits = scaled.toString().padStart(places + 1, '0')
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
}
