import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

/** Proposals come from supervision, trials, portraits and hearings. */
const PROPOSERS: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION', 'COMMISSION_APPROVER', 'TRIAL_OFFICER', 'PORTRAIT_OFFICE']
const AUTHORS = ['proposeAccountability', 'editAccountabilityProposal']

/**
 * A sanction on a person or a unit, in one of the four forms. Commands are asked on the proposing body or on the body with authority to decide.
 * The end of a sanction's time is derived from its date, never stored. A wrong decision is revoked and decided anew.
 */
export const accountabilityDecisionMachine = defineMachine({
  name: 'AccountabilityDecision',
  initial: 'PROPOSED',
  states: {
    PROPOSED: 'Waits for the deciding body (待决定)',
    RETURNED: 'Given back to the proposing body (已退回)',
    EFFECTIVE: 'Decided and in effect (已生效)',
    UNDER_APPEAL: 'Under review on the appeal of who it is about; still in effect (复审复核中)',
    REJECTED: 'Not decided: no fault, or no grounds (不予问责)',
    WITHDRAWN: 'Taken back by the proposing body (已撤回)',
    REVOKED: 'Taken back by the deciding body (已撤销)',
  },
  didBy: {
    proposeAccountability: [{ column: 'created_by' }], editAccountabilityProposal: [{ column: 'edited_by', all: true }], decideAccountability: [{ column: 'decided_by' }],
  },
  sides: { PROPOSER: { column: 'proposing_unit_id' }, DECIDER: { column: 'deciding_unit_id' } },
  awaits: {
    PROPOSED: ['decideAccountability', 'rejectAccountabilityProposal', 'returnAccountabilityProposal'], RETURNED: ['resubmitAccountabilityProposal'],
    EFFECTIVE: 'it is in effect', UNDER_APPEAL: ['upholdAccountabilityDecision', 'revokeAccountabilityDecision'],
  },
  returns: ['returnAccountabilityProposal'],
  commands: {
    proposeAccountability: { from: [], to: 'PROPOSED', side: 'PROPOSER', roles: PROPOSERS, guards: ['INV-35', 'what it follows from is pursued'], description: 'Proposes to hold a person or unit to account, with the basis (提请问责).' },
    editAccountabilityProposal: { from: ['PROPOSED', 'RETURNED'], to: null, side: 'PROPOSER', roles: PROPOSERS, description: 'Changes a proposal that nobody has decided (修改问责建议).' },
    resubmitAccountabilityProposal: { from: ['RETURNED'], to: 'PROPOSED', side: 'PROPOSER', roles: PROPOSERS, description: 'Puts a returned proposal forward again (重新提请问责).' },
    withdrawAccountabilityProposal: { from: ['PROPOSED', 'RETURNED'], to: 'WITHDRAWN', side: 'PROPOSER', roles: PROPOSERS, needsOpinion: true, description: 'Takes the proposal back (撤回问责建议).' },
    returnAccountabilityProposal: { from: ['PROPOSED'], to: 'RETURNED', side: 'DECIDER', roles: ['ACCOUNTABILITY_DECIDER'], notWhoDid: AUTHORS, needsOpinion: true, description: 'Gives the proposal back with an opinion (退回问责建议).' },
    decideAccountability: { from: ['PROPOSED'], to: 'EFFECTIVE', side: 'DECIDER', roles: ['ACCOUNTABILITY_DECIDER'], notWhoDid: AUTHORS, guards: ['INV-24', 'INV-35', 'what it follows from is still pursued'], description: 'Decides kind and form of the sanction, exactly as shown (作出问责决定).' },
    rejectAccountabilityProposal: { from: ['PROPOSED'], to: 'REJECTED', side: 'DECIDER', roles: ['ACCOUNTABILITY_DECIDER'], notWhoDid: AUTHORS, needsOpinion: true, description: 'Decides against a sanction, with the reason (不予问责).' },
    receiveAccountabilityAppeal: { from: ['EFFECTIVE'], to: 'UNDER_APPEAL', side: 'DECIDER', roles: ['ACCOUNTABILITY_DECIDER'], description: 'Takes an appeal in (受理复审复核).' },
    upholdAccountabilityDecision: { from: ['UNDER_APPEAL'], to: 'EFFECTIVE', side: 'DECIDER', roles: ['ACCOUNTABILITY_DECIDER'], notWhoDid: ['decideAccountability'], needsOpinion: true, guards: ['INV-24'], description: 'Lets the decision stand on appeal (维持问责决定).' },
    revokeAccountabilityDecision: { from: ['EFFECTIVE', 'UNDER_APPEAL'], to: 'REVOKED', side: 'DECIDER', roles: ['ACCOUNTABILITY_DECIDER'], needsOpinion: true, description: 'Takes the decision back; another one may be proposed (撤销问责决定).' },
  },
})
export type AccountabilityDecisionState = keyof typeof accountabilityDecisionMachine.states
