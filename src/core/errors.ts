/** Every failure a client may meet. Apollo's own parse, validation and persisted-query codes stay beside these. */
export const ERROR_CODES = [
  'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_INPUT', 'CONFLICT', 'PRECONDITION_FAILED',
  'LIMIT_EXCEEDED', 'OPERATION_NOT_LISTED', 'PLUGIN_UNAVAILABLE', 'UNAVAILABLE', 'INTERNAL',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** One broken rule: where the value stands, which rule (an invariant's number or a rule name), and a sentence for people. */
export interface Violation {
  path: string
  rule: string
  message: string
}

export interface ErrorDetails {
  violations?: Violation[]
  /** Commands (mutation names) that the viewer may give in the present state. */
  allowedCommands?: string[]
  /** Name of the exceeded limit (LIMIT_EXCEEDED). */
  limit?: string
  /** Key of the message in the language catalogue; `message` is its English text. */
  messageKey?: string
  messageValues?: Record<string, string | number>
  [extra: string]: unknown
}

/** The one class of expected failure; shaped for clients in api/errors.ts and nowhere else. */
export class AppError extends Error {
  override readonly name = 'AppError'
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

export const badInput = (path: string, rule: string, message: string): AppError =>
  new AppError('BAD_INPUT', message, { violations: [{ path, rule, message }] })

export const badInputs = (violations: Violation[]): AppError =>
  new AppError('BAD_INPUT', violations[0]?.message ?? 'The input is not valid.', { violations })

/** What a command answers for something that is not there or may not be seen: the two look the same. */
export const notFound = (path: string): AppError =>
  new AppError('NOT_FOUND', 'There is no such object.', { violations: [{ path, rule: 'exists', message: 'There is no such object.' }] })

/** Who gives a command on a unit without holding one of its roles there. */
export const roleMissing = (command: string, roles: readonly string[]): AppError =>
  new AppError('FORBIDDEN', `${command} needs one of the roles ${roles.join(', ')} on this unit.`, { messageKey: 'roleMissing', messageValues: { command, roles: roles.join(', ') } })

/** Whether a failed command left a trace: `UNKNOWN` tells a client to repeat it with the same idempotency key. */
export type Outcome = 'NOT_DONE' | 'UNKNOWN'
const outcomes = new WeakMap<object, Outcome>()
/** Set where it is known: by the unit of work, on whatever error leaves it. */
export function markOutcome(error: unknown, outcome: Outcome): void {
  if (typeof error === 'object' && error !== null) outcomes.set(error, outcome)
}
export const outcomeOf = (error: unknown): Outcome | undefined => (typeof error === 'object' && error !== null ? outcomes.get(error) : undefined)
