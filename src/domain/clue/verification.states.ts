import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const TEAM: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION']
const HEADS: readonly Role[] = ['COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION']
const EDITORS = [{ column: 'edited_by', all: true }] as const
const AUTHORS = ['planVerification', 'editVerificationPlan', 'submitVerificationPlan']

/**
 * The verification of a clue. Roles are asked on the unit that handles the clue, those of the team on the units of its members: a village
 * supervisor may be on it; the outcome is not theirs to say.
 */
export const verificationMachine = defineMachine({
  name: 'Verification',
  initial: 'DRAFT',
  states: {
    DRAFT: 'The plan is being written (拟定方案)',
    UNDER_REVIEW: 'The plan waits for approval (方案待批)',
    APPROVED: 'The plan is approved; the team is at work (核实中)',
    CONCLUDED: 'Ended with an outcome and a report (已办结)',
    ABANDONED: 'Given up: the clue is handled otherwise (已终止)',
  },
  didBy: { planVerification: [{ column: 'created_by' }], editVerificationPlan: EDITORS, submitVerificationPlan: [{ column: 'submitted_by' }, ...EDITORS] },
  follows: [
    { from: [], to: 'DRAFT', when: 'planVerification is given on the clue' },
    { from: ['CONCLUDED'], to: 'APPROVED', when: 'the outcome is given back on the clue' },
    { from: ['DRAFT', 'UNDER_REVIEW', 'APPROVED'], to: 'ABANDONED', when: 'the way of handling is taken back on the clue' },
  ],
  sides: { MEMBER: { via: { table: 'verification_member', near: 'verification_id', far: 'unit_id' } } },
  awaits: {
    DRAFT: ['submitVerificationPlan'], UNDER_REVIEW: ['approveVerificationPlan', 'returnVerificationPlan'], APPROVED: ['concludeVerification'],
    CONCLUDED: 'what follows is awaited of the clue',
  },
  returns: ['returnVerificationPlan', 'returnClueOutcome'],
  commands: {
    editVerificationPlan: { from: ['DRAFT', 'APPROVED'], to: 'DRAFT', roles: TEAM, guards: ['INV-32'], description: 'Changes team or plan; an approved plan must be approved again (修改核实方案).' },
    submitVerificationPlan: { from: ['DRAFT'], to: 'UNDER_REVIEW', roles: TEAM, guards: ['INV-32'], description: 'Submits the plan for approval (提交核实方案).' },
    approveVerificationPlan: { from: ['UNDER_REVIEW'], to: 'APPROVED', roles: HEADS, notWhoDid: AUTHORS, guards: ['INV-24', 'INV-32'], description: 'Approves exactly the plan shown, by its hash (批准核实方案).' },
    returnVerificationPlan: { from: ['UNDER_REVIEW'], to: 'DRAFT', roles: HEADS, notWhoDid: AUTHORS, needsOpinion: true, description: 'Gives the plan back with an opinion (退回核实方案).' },
    recordVerificationMeasure: { from: ['APPROVED'], to: null, side: 'MEMBER', roles: [...TEAM, 'VILLAGE_SUPERVISOR'], guards: ['a member of the team'], description: 'Records a measure taken and what it showed (记录核实措施).' },
    concludeVerification: { from: ['APPROVED'], to: 'CONCLUDED', roles: TEAM, guards: ['INV-32', 'a member of the team', 'an outcome and a report'], description: 'Ends the verification with an outcome; the clue is verified (核实办结).' },
  },
})
export type VerificationState = keyof typeof verificationMachine.states
