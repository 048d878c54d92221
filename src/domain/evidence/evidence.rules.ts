import { DateTime } from 'luxon'
import { opens, type Actor, type Role } from '../../core/actor'
import { type AppError, badInputs, type Violation } from '../../core/errors'
import { isWellFormed } from '../../core/well-formed'
import { DateTime as DateTimeScalar } from '../scalars'
import { Sensitivity } from './evidence.types'
import { isLabel, SEALED } from './sealed-content'

/** What is told about a piece of evidence, file or link, when it is attached. */
export interface EvidenceDetails {
  /** Global id. */
  subjectId: string
  title: string
  sensitivity: string
  /** ISO instant. */
  collectedAt: string
  /** `YYYY-MM-DD` */
  expiresOn?: string | null
  idempotencyKey?: string | null
}
/** Details as they are stored. */
export interface CheckedDetails extends EvidenceDetails {
  sensitivity: Sensitivity
  expiresOn: string | null
}

/** Who withdraws evidence beside the one who attached it. Not the unit's editors: it may be evidence against the unit. */
export const WITHDRAWERS: readonly Role[] = Object.freeze(['SUPERVISOR', 'COMMISSION_APPROVER'] as const)

export interface GuardedEvidence { unit_path: string; sensitivity: string; withdrawn_reason: string | null; created_by: string }

/** Is its content for fewer people than its subject, and each opening recorded? Withdrawn content is: it may be what nobody should have seen. */
export const isGuarded = (e: Pick<GuardedEvidence, 'sensitivity' | 'withdrawn_reason'>): boolean => e.sensitivity === 'SENSITIVE' || e.withdrawn_reason !== null
/** Guarded content is for the one who attached it and for those who open the realm: the unit's head, and the supervising side. */
export const mayOpen = (actor: Actor, e: GuardedEvidence): boolean =>
  !isGuarded(e) || e.created_by === actor.ref || opens(actor, SEALED.realm, e.unit_path)

const ZONE = 'Asia/Shanghai'
/** Clocks of cameras and clients run ahead a little. */
const CLOCK_TOLERANCE = { minutes: 5 }
const CONTROLS = /\p{Cc}/u

/** Files come with a form instead of the schema's scalars: the same texts are instants there and here. */
function instantOf(text: string): DateTime | null {
  try {
    return DateTime.fromISO(DateTimeScalar.parseValue(text), { zone: 'utc' })
  } catch {
    return null
  }
}

/** Checks what is told and tells everything that is wrong with it at once. */
export function checkDetails(given: EvidenceDetails, now: DateTime = DateTime.utc()): CheckedDetails {
  const wrong: Violation[] = []
  const refuse = (path: string, rule: string, message: string): void => void wrong.push({ path, rule, message })
  const title = given.title.normalize('NFC').trim()
  if (!isWellFormed(title)) refuse('title', 'wellFormed', 'The text holds a NUL or half of a surrogate pair.')
  else if (CONTROLS.test(title)) refuse('title', 'format', 'A title is one line of text.')
  if ([...title].length < 1 || [...title].length > 200) refuse('title', 'isLength', 'The title must have 1 to 200 characters.')
  if (isLabel(title)) refuse('title', 'reserved', 'Such titles stand for those that are sealed.')
  if (!Object.hasOwn(Sensitivity, given.sensitivity)) refuse('sensitivity', 'isEnum', `The sensitivity must be one of ${Object.keys(Sensitivity).join(', ')}.`)
  const collected = instantOf(given.collectedAt)
  if (!collected) refuse('collectedAt', 'isDateString', 'collectedAt must be an instant such as 2026-11-22T08:00:00Z.')
  else if (collected > now.plus(CLOCK_TOLERANCE)) refuse('collectedAt', 'notInFuture', 'Evidence cannot have been collected in the future.')
  const expires = given.expiresOn ? DateTime.fromFormat(given.expiresOn, 'yyyy-MM-dd', { zone: ZONE }) : null
  if (expires && !expires.isValid) refuse('expiresOn', 'isDateString', 'expiresOn must be a date such as 2027-03-31.')
  else if (expires && collected && expires < collected.setZone(ZONE).startOf('day')) refuse('expiresOn', 'dateOrder', 'Evidence does not expire before it was collected.')
  if (wrong.length) throw badInputs(wrong)
  return { ...given, title, sensitivity: given.sensitivity as Sensitivity, collectedAt: collected!.toISO()!, expiresOn: given.expiresOn || null }
}

const URL_MAX = 2000

/** The address of a link in its normal form. The server never opens it; it is shown to people. */
export function checkUrl(given: string): string {
  const refuse = (message: string): AppError => badInputs([{ path: 'url', rule: 'isUrl', message }])
  // The URL parser drops tabs and line ends silently; an address does not have any.
  if (given.length > URL_MAX || !isWellFormed(given) || /[\s\p{Cc}\p{Cf}]/u.test(given)) throw refuse('The address is too long or holds characters that no address has.')
  const url = URL.canParse(given) ? new URL(given) : null
  if (url?.protocol !== 'https:') throw refuse('The address must begin with https://.')
  if (url.username || url.password) throw refuse('The address must not hold a user name or password.')
  if (!url.hostname.includes('.') || url.href.length > URL_MAX) throw refuse('The address must name a host that others can reach.')
  return url.href
}
