import { AppError, badInput } from '../../core/errors'
import { isWellFormed } from '../../core/well-formed'

/** How much a list's arguments may hold. Page sizes are limited by the list itself. */
export const LIMITS = { in: 200, or: 20, orDepth: 3, orderBy: 5 } as const
const TEXT_MAX = 500

export function exceeded(limit: string, path: string, actual: number, most: number): AppError {
  return new AppError('LIMIT_EXCEEDED', `The request exceeds the limit ${limit}: ${actual} of at most ${most}.`, {
    limit, actual, most, messageKey: 'limit', messageValues: { limit, actual, most }, violations: [{ path, rule: 'max', message: `At most ${most} are allowed here.` }],
  })
}

export function limited(limit: keyof typeof LIMITS, path: string, actual: number): void {
  if (actual > LIMITS[limit]) throw exceeded(limit, path, actual, LIMITS[limit])
}

export function checkedText(text: string, path: string): string {
  if (!isWellFormed(text)) throw badInput(path, 'wellFormed', 'The text holds a NUL or half of a surrogate pair.')
  if (text.length > TEXT_MAX) throw badInput(path, 'maxLength', `The text is longer than ${TEXT_MAX} characters.`)
  return text
}
