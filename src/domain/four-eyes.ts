import type { Actor } from '../core/actor'
import { AppError } from '../core/errors'

/** INV-24: who made or last changed a thing does not decide on it, whatever the grants say. */
export function requireOtherEyes(actor: Actor, ...authors: (string | null | undefined)[]): void {
  if (!authors.includes(actor.ref)) return
  const message = 'The person who prepared this cannot decide on it.'
  throw new AppError('FORBIDDEN', message, { messageKey: 'fourEyes', violations: [{ path: 'id', rule: 'INV-24', message }] })
}

/** A command that must say why. */
export function requireOpinion(opinion: string | null | undefined): string {
  const text = opinion?.trim()
  if (text) return text
  const message = 'A written opinion is needed.'
  throw new AppError('BAD_INPUT', message, { messageKey: 'opinionNeeded', violations: [{ path: 'opinion', rule: 'required', message }] })
}
