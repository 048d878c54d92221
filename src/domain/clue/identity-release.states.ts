import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const ASKING: readonly Role[] = ['SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION', 'CASE_OFFICER']

/** A request to learn who reported (INV-31). Roles are asked on the unit that handles the clue; the custodian reads the request, never the clue. */
export const identityReleaseMachine = defineMachine({
  name: 'IdentityRelease',
  initial: 'REQUESTED',
  states: {
    REQUESTED: 'Waits for a custodian (待审批)',
    APPROVED: 'Released to who asked, for a limited time (已批准)',
    REFUSED: 'Not released (未批准)',
    WITHDRAWN: 'Taken back by who asked (已撤回)',
    REVOKED: 'Released no longer (已收回)',
  },
  didBy: { requestIdentityRelease: [{ column: 'created_by' }] },
  awaits: { REQUESTED: ['approveIdentityRelease', 'refuseIdentityRelease'], APPROVED: 'whether it is read is for who asked to choose' },
  commands: {
    requestIdentityRelease: { from: [], to: 'REQUESTED', roles: ASKING, guards: ['INV-31', 'a reporter is known'], description: 'Asks to learn who reported, with the reason (申请披露举报人信息).' },
    approveIdentityRelease: { from: ['REQUESTED'], to: 'APPROVED', roles: ['IDENTITY_CUSTODIAN'], notWhoDid: ['requestIdentityRelease'], guards: ['INV-24', 'INV-31'], description: 'Releases it to who asked, until a day (批准披露).' },
    refuseIdentityRelease: { from: ['REQUESTED'], to: 'REFUSED', roles: ['IDENTITY_CUSTODIAN'], notWhoDid: ['requestIdentityRelease'], needsOpinion: true, description: 'Does not release it, with the reason (不批准披露).' },
    withdrawIdentityRelease: { from: ['REQUESTED'], to: 'WITHDRAWN', roles: ASKING, guards: ['who asked'], description: 'Takes the request back (撤回披露申请).' },
    revealReporterIdentity: { from: ['APPROVED'], to: null, roles: ASKING, guards: ['INV-31', 'who asked', 'within the time of the release'], description: 'Reads who reported; each reading is logged (查看举报人信息).' },
    revokeIdentityRelease: { from: ['APPROVED'], to: 'REVOKED', roles: ['IDENTITY_CUSTODIAN'], needsOpinion: true, description: 'Ends the release before its day (收回披露).' },
  },
})
export type IdentityReleaseState = keyof typeof identityReleaseMachine.states
