import { defineMachine } from '../../core/states'

const EDITORS = [{ column: 'edited_by', all: true }] as const
const AUTHORS = ['draftSupervisionRule', 'editSupervisionRule', 'submitSupervisionRule']

/**
 * A version of a supervision rule. Roles are asked on the unit that issues the rule. In force is what is PUBLISHED and has reached its
 * effective date; that date is never stored as a state.
 */
export const supervisionRuleMachine = defineMachine({
  name: 'SupervisionRule',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Being drawn up (草稿)',
    UNDER_REVIEW: 'Submitted for approval (审核中)',
    APPROVED: 'Approved, waits for publication (已审定)',
    PUBLISHED: 'Published; in force from its effective date (已公布)',
    SUPERSEDED: 'Replaced by a later version (已被替代)',
    REPEALED: 'Ended without a successor (已废止)',
    WITHDRAWN: 'Taken back before publication (已撤回)',
  },
  didBy: { draftSupervisionRule: [{ column: 'created_by' }], editSupervisionRule: EDITORS, submitSupervisionRule: [{ column: 'submitted_by' }, ...EDITORS] },
  follows: [{ from: ['PUBLISHED'], to: 'SUPERSEDED', when: 'the next version is published' }],
  commands: {
    draftSupervisionRule: { from: [], to: 'DRAFT', roles: ['UNIT_EDITOR'], description: 'Begins the first version of a rule of one kind (起草监督规则).' },
    editSupervisionRule: { from: ['DRAFT', 'APPROVED'], to: 'DRAFT', roles: ['UNIT_EDITOR'], description: 'Changes sections and effective date; on an approved version the approval is voided (修改监督规则).' },
    submitSupervisionRule: { from: ['DRAFT'], to: 'UNDER_REVIEW', roles: ['UNIT_EDITOR'], guards: ['INV-01'], description: 'Submits the version for approval (提交审核).' },
    approveSupervisionRule: { from: ['UNDER_REVIEW'], to: 'APPROVED', roles: ['UNIT_APPROVER'], notWhoDid: AUTHORS, guards: ['INV-01', 'INV-24'], description: 'Approves exactly the content shown, by its hash (审定监督规则).' },
    returnSupervisionRule: { from: ['UNDER_REVIEW'], to: 'DRAFT', roles: ['UNIT_APPROVER'], notWhoDid: AUTHORS, needsOpinion: true, description: 'Gives the version back with an opinion (退回修改).' },
    reopenSupervisionRule: { from: ['APPROVED'], to: 'DRAFT', roles: ['UNIT_EDITOR', 'UNIT_APPROVER'], description: 'Opens an approved version for changes; the approval is voided (重新打开).' },
    publishSupervisionRule: { from: ['APPROVED'], to: 'PUBLISHED', roles: ['UNIT_APPROVER'], guards: ['INV-01', 'INV-02'], description: 'Publishes the version; the one before ends the day before this one takes effect (公布监督规则).' },
    reviseSupervisionRule: { from: ['PUBLISHED'], to: null, roles: ['UNIT_EDITOR'], guards: ['no other version is in the making'], description: 'Draws up a new version from this one, which holds until that is published (修订监督规则).' },
    repealSupervisionRule: { from: ['PUBLISHED'], to: 'REPEALED', roles: ['UNIT_APPROVER'], needsOpinion: true, description: 'Ends the rule without a successor (废止监督规则).' },
    withdrawSupervisionRule: { from: ['DRAFT', 'UNDER_REVIEW', 'APPROVED'], to: 'WITHDRAWN', roles: ['UNIT_EDITOR'], description: 'Takes the version back for good (撤回监督规则).' },
  },
})
export type SupervisionRuleState = keyof typeof supervisionRuleMachine.states
