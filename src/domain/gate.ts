import { AppError, type Violation } from '../core/errors'

/** Refuses a state change because of what is missing; tells everything at once. */
export function gate(violations: Violation[]): void {
  if (violations.length) throw new AppError('PRECONDITION_FAILED', violations[0]!.message, { violations })
}
