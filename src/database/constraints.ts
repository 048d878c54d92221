import { AppError, type ErrorCode } from '../core/errors'

interface ConstraintRule {
  code: Extract<ErrorCode, 'BAD_INPUT' | 'CONFLICT' | 'PRECONDITION_FAILED'>
  /** Invariant number or rule name, e.g. `INV-11` or `unique`. */
  rule: string
  /** Path of the value in the command's input. */
  path: string
  message: string
}

const rules = new Map<string, ConstraintRule>()

/** The database's own constraints are the second wall behind the services; each says here how its refusal is told to a client. */
export function explainConstraints(named: Record<string, ConstraintRule>): void {
  for (const [constraint, rule] of Object.entries(named)) rules.set(constraint, rule)
}

/** Turns a refusal of the database into the AppError that its constraint declares; null when the error is none of ours. */
export function constraintError(error: unknown): AppError | null {
  const e = error as { code?: string; constraint?: string }
  if (!e?.code?.startsWith('23') || !e.constraint) return null
  const rule = rules.get(e.constraint)
  if (!rule) return null
  return new AppError(rule.code, rule.message, { violations: [{ path: rule.path, rule: rule.rule, message: rule.message }] }, { cause: error })
}
