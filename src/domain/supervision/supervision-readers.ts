import type { Role } from '../../core/actor'

/**
 * Who reads activities and findings, over the units that they are about: the supervising side and those whom it serves. The people of a unit
 * learn of a visit by the visit, and of a finding by what follows from it.
 */
export const SUPERVISION_READERS: readonly Role[] = Object.freeze([
  'SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION', 'VILLAGE_SUPERVISOR', 'CASE_OFFICER', 'TRIAL_OFFICER', 'ASSESSOR', 'ASSESSMENT_BOARD',
  'PORTRAIT_EXECUTOR', 'PORTRAIT_LEAD', 'PORTRAIT_OFFICE', 'STANDING_COMMITTEE_SECRETARIAT', 'PARTY_SECRETARY', 'LEADER_READER', 'ACCOUNTABILITY_DECIDER', 'HEARING_SECRETARIAT',
] as const)
