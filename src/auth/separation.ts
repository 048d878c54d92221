import type { Role } from '../core/actor'
import { AppError } from '../core/errors'

/** Two sets of roles that one person never holds together, and why. */
interface Separation {
  readonly these: readonly Role[]
  readonly those: readonly Role[]
  readonly because: string
}

const PORTRAIT_MAKERS: readonly Role[] = ['PORTRAIT_EXECUTOR', 'PORTRAIT_LEAD', 'PORTRAIT_OFFICE']
const PORTRAIT_DECIDERS: readonly Role[] = ['STANDING_COMMITTEE_SECRETARIAT', 'PARTY_SECRETARY']
const CLUE_HANDLERS: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION', 'CASE_OFFICER', 'TRIAL_OFFICER']
/** Everybody who changes something of the registers, the realms or the rights. */
const CHANGERS: readonly Role[] = [
  'PLATFORM_ADMIN', 'UNIT_EDITOR', 'UNIT_APPROVER', 'DUTY_OWNER', 'COMMISSION_APPROVER', 'VILLAGE_SUPERVISOR', 'ASSESSOR', 'ASSESSMENT_BOARD', 'ACCOUNTABILITY_DECIDER',
  'HEARING_SECRETARIAT', 'IDENTITY_CUSTODIAN', 'SECTOR_MAINTAINER', ...CLUE_HANDLERS, ...PORTRAIT_MAKERS, ...PORTRAIT_DECIDERS,
]

/**
 * What the "never" of a role forbids beside it, whoever grants. What is forbidden on one object only (an approver's own drafts, both sides
 * of one case) is asked there.
 */
export const SEPARATIONS: readonly Separation[] = [
  { these: ['PLATFORM_ADMIN'], those: [...CLUE_HANDLERS, ...PORTRAIT_MAKERS, ...PORTRAIT_DECIDERS, 'COMMISSION_APPROVER', 'VILLAGE_SUPERVISOR', 'IDENTITY_CUSTODIAN'], because: 'An administrator never reads clues, reporter identity or portraits.' },
  { these: ['AUDITOR'], those: CHANGERS, because: 'An auditor changes nothing.' },
  { these: PORTRAIT_MAKERS, those: PORTRAIT_DECIDERS, because: 'Who makes portraits does not approve them, and who approves them does not edit.' },
  { these: ['IDENTITY_CUSTODIAN'], those: [...CLUE_HANDLERS, 'COMMISSION_APPROVER', 'VILLAGE_SUPERVISOR'], because: 'A custodian of identities sees no clue beyond the request.' },
  { these: ['LEADER_READER'], those: CLUE_HANDLERS, because: 'Leaders who read do not see raw clues.' },
  { these: ['VILLAGE_SUPERVISOR'], those: ['TOWNSHIP_COMMISSION', 'COMMISSION_APPROVER'], because: 'A village supervisor does not dispose of clues.' },
]

/** Why a person who holds `held` cannot be given `role`; null when they can. */
export function separationOf(role: Role, held: readonly Role[]): { with: Role; because: string } | null {
  for (const { these, those, because } of SEPARATIONS) {
    for (const other of held) {
      if ((these.includes(role) && those.includes(other)) || (those.includes(role) && these.includes(other))) return { with: other, because }
    }
  }
  return null
}

/** INV-24: separation of duties overrides whoever grants. */
export function requireSeparate(role: Role, held: readonly Role[]): void {
  const found = separationOf(role, held)
  if (!found) return
  const message = `${role} is not held beside ${found.with}: ${found.because}`
  throw new AppError('PRECONDITION_FAILED', message, {
    messageKey: 'rolesApart', messageValues: { role, with: found.with }, violations: [{ path: 'role', rule: 'separation', message }],
  })
}
