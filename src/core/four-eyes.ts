import type { Actor } from './actor'
import { AppError } from './errors'

/** INV-24: who made or last changed a thing, or decided on another step of it, does not decide on it, whatever the grants say. */
export function requireOtherEyes(actor: Actor, ...before: (string | null | undefined)[]): void {
  if (!before.includes(actor.ref)) return
  const message = 'Whoever prepared this, or decided another step of it, cannot decide on it.'
  throw new AppError('FORBIDDEN', message, { messageKey: 'fourEyes', violations: [{ path: 'id', rule: 'INV-24', message }] })
}

/** A command that must say why. */
export function requireOpinion(opinion: string | null | undefined): string {
  const text = opinion?.trim()
  if (text) return text
  const message = 'A written opinion is needed.'
  throw new AppError('BAD_INPUT', message, { messageKey: 'opinionNeeded', violations: [{ path: 'opinion', rule: 'required', message }] })
}
