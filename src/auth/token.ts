import { errors, jwtVerify, SignJWT } from 'jose'
import { validate } from 'uuid'
import { AppError } from '../core/errors'
import type { Subject } from './actor.repository'
import { ALGORITHMS, type Keys } from './keys'

export interface TokenOptions {
  readonly issuer: string
  readonly audience: string
  /** Seconds by which clocks may differ. */
  readonly clockTolerance: number
  /** Claim with the staff number in tokens of the identity provider; without it `sub` says `person:<id>` or `staff:<no>`. */
  readonly staffClaim?: string | null
}

export interface Claims {
  readonly subject: Subject
  /** Milliseconds since 1970 after which the token is no longer accepted, tolerance included. */
  readonly expires: number
}

/** A JWT is a few hundred characters, a few thousand with what providers put in beside; whatever is longer is not worth the work. */
const MAX_LENGTH = 8_192
const STAFF_NO = /^[\p{L}\p{N}._-]{1,64}$/u

/** In the same words whatever is wrong, the end of a token apart. */
export const refused = (messageKey: 'tokenExpired' | 'tokenInvalid', cause?: unknown): AppError =>
  new AppError('UNAUTHENTICATED', messageKey === 'tokenExpired' ? 'The token has expired.' : 'The token is not valid.', { messageKey }, { cause })

/** A token names a person and nothing else: claims about roles are not read. Throws UNAUTHENTICATED. */
export async function verifyToken(token: string, keys: Keys, o: TokenOptions): Promise<Claims> {
  if (token.length > MAX_LENGTH) throw refused('tokenInvalid')
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys.verification, {
      algorithms: [...ALGORITHMS], issuer: o.issuer, audience: o.audience, clockTolerance: o.clockTolerance, requiredClaims: ['sub', 'exp', 'iat'],
    })
    if (!TYPES.test(protectedHeader.typ ?? 'JWT')) throw refused('tokenInvalid')
    const own = keys.signing !== null && protectedHeader.kid === keys.signing.kid
    const subject = o.staffClaim && !own ? byStaffNo(payload[o.staffClaim]) : subjectOf(payload.sub!)
    if (!subject) throw refused('tokenInvalid')
    return { subject, expires: (payload.exp! + o.clockTolerance) * 1_000 }
  } catch (error) {
    if (error instanceof AppError) throw error
    if (error instanceof errors.JWTExpired) throw refused('tokenExpired', error)
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof SyntaxError) throw refused('tokenInvalid', error)
    throw error
  }
}

/** Access tokens say `at+jwt` or plainly `JWT`; what a provider signs for other ends (a logout, a proof of possession) names itself so. */
const TYPES = /^(application\/)?(at\+)?jwt$/i

const byStaffNo = (claim: unknown): Subject | null => (typeof claim === 'string' && STAFF_NO.test(claim) ? { staffNo: claim } : null)

function subjectOf(sub: string): Subject | null {
  const [kind, value] = [sub.slice(0, sub.indexOf(':')), sub.slice(sub.indexOf(':') + 1)]
  if (kind === 'person' && validate(value)) return { personId: value.toLowerCase() }
  return kind === 'staff' ? byStaffNo(value) : null
}

/** A token for the command line and the explorer. Refused in production, where no signing key exists. */
export async function signToken(subject: Subject, keys: Keys, o: TokenOptions, lifetimeSeconds: number): Promise<string> {
  if (!keys.signing) throw new AppError('FORBIDDEN', 'In production tokens come from the configured identity provider.', { messageKey: 'noSigningKey' })
  const { key, kid, alg } = keys.signing
  return new SignJWT({})
    .setProtectedHeader({ alg, kid, typ: 'JWT' })
    .setSubject('personId' in subject ? `person:${subject.personId}` : `staff:${subject.staffNo}`)
    .setIssuer(o.issuer).setAudience(o.audience).setIssuedAt().setExpirationTime(Math.floor(Date.now() / 1_000) + lifetimeSeconds)
    .sign(key)
}
