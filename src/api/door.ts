import type { FastifyRequest } from 'fastify'
import type { Authentication, Authenticator } from '../auth'
import { ANONYMOUS } from '../core/actor'
import type { Rates, Window } from './traffic'

/** Where every request that asks for something comes in: who it is, and whether that is not too often. */
export class Door {
  constructor(private readonly authenticator: Authenticator, private readonly rates: Rates) {}

  /** A promise only where it takes a signature or the database. Throws when too many tokens from there were no good. */
  identify(request: FastifyRequest): Authentication | Promise<Authentication> {
    return this.authenticator.remembered(request.headers.authorization) ?? this.signIn(request)
  }

  /** Counts the request, or throws. The window is that of whoever asks. */
  admit(request: FastifyRequest, { actor }: Authentication): Window {
    return this.rates.admit(actor === ANONYMOUS ? null : actor.ref, request.ip)
  }

  /** Both, for routes that nobody measures. */
  async enter(request: FastifyRequest): Promise<Authentication> {
    const who = await this.identify(request)
    this.admit(request, who)
    return who
  }

  private async signIn({ headers: { authorization }, ip }: FastifyRequest): Promise<Authentication> {
    if (authorization) this.rates.admitSignIn(ip)
    const who = await this.authenticator.authenticate(authorization)
    if (isGuess(who)) this.rates.failedSignIn(ip)
    return who
  }
}

/** A token or key that nobody was given. One that has expired was somebody's. */
const isGuess = ({ problem }: Authentication): boolean => problem?.code === 'UNAUTHENTICATED' && problem.details.messageKey !== 'tokenExpired'
