import type { Violation } from './errors'

const LONE_SURROGATE = /\p{Surrogate}/u

/** PostgreSQL refuses NUL, and a lone surrogate would silently become U+FFFD: both are refused as input instead. */
export const isWellFormed = (text: string): boolean => !text.includes('\0') && !LONE_SURROGATE.test(text)

/** Every text inside a value (keys too) that could not be kept as it is. The paths begin with `path`. */
export function wellFormed(value: unknown, path = ''): Violation[] {
  const found: Violation[] = []
  const visit = (v: unknown, at: string): void => {
    if (typeof v === 'string') {
      if (!isWellFormed(v)) found.push({ path: at, rule: 'wellFormed', message: 'The text holds a NUL or half of a surrogate pair.' })
    } else if (v !== null && typeof v === 'object') {
      for (const [key, inner] of Object.entries(v)) {
        const below = at ? `${at}.${key}` : key
        if (!Array.isArray(v)) visit(key, below)
        visit(inner, below)
      }
    }
  }
  visit(value, path)
  return found
}
