import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'
import { ruleChain } from './supervision-rule.chains'

/** The commission's people draw up rules for the committee that issues them; asked on the issuing unit. */
const DRAFTERS: readonly Role[] = ['UNIT_EDITOR', 'SUPERVISOR']
const APPROVERS = ruleChain.steps[0]!.roles
const PUBLISHERS: readonly Role[] = ['COMMISSION_APPROVER', 'UNIT_APPROVER']
const CONTENT = ['draftSupervisionRule', 'editSupervisionRule', 'setSupervisionRuleItems', 'submitSupervisionRule'] as const

/** Work rules of supervision. PUBLISHED becomes SUPERSEDED when the version drawn up to replace it is published. */
export const supervisionRuleMachine = defineMachine({
  name: 'SupervisionRule',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Being drawn up (草稿)',
    UNDER_REVIEW: 'Submitted for approval (审核中)',
    APPROVED: 'Approved, not yet issued (已审定)',
    PUBLISHED: 'Issued; it binds from its first day on (已发布)',
    SUPERSEDED: 'Replaced by a later version, it binds until the first day of that one (已被替代)',
    REPEALED: 'Ended without a later version (已废止)',
    WITHDRAWN: 'Taken back before it was published (已撤回)',
  },
  didBy: {
    draftSupervisionRule: [{ column: 'created_by' }], editSupervisionRule: [{ column: 'edited_by', all: true }], setSupervisionRuleItems: [{ column: 'edited_by', all: true }],
    submitSupervisionRule: [{ column: 'submitted_by' }, { column: 'edited_by', all: true }],
  },
  follows: [{ from: ['PUBLISHED'], to: 'SUPERSEDED', when: 'the next version is published' }],
  awaits: {
    DRAFT: ['submitSupervisionRule'], UNDER_REVIEW: ['approveSupervisionRule', 'returnSupervisionRule'], APPROVED: ['publishSupervisionRule'], PUBLISHED: 'it binds',
  },
  returns: ['returnSupervisionRule'],
  commands: {
    draftSupervisionRule: { from: [], to: 'DRAFT', roles: DRAFTERS, description: 'Begins a work rule of supervision (起草工作规则).' },
    editSupervisionRule: { from: ['DRAFT', 'APPROVED'], to: 'DRAFT', roles: DRAFTERS, description: 'Changes title, document number or first day of a rule; on an approved one the approval is voided (修改工作规则).' },
    setSupervisionRuleItems: { from: ['DRAFT', 'APPROVED'], to: 'DRAFT', roles: DRAFTERS, guards: ['codes are permanent over versions'], description: 'Replaces the items of one section, in order; on an approved rule the approval is voided (编写规则条目).' },
    submitSupervisionRule: { from: ['DRAFT'], to: 'UNDER_REVIEW', roles: DRAFTERS, guards: ['INV-01'], description: 'Submits the rule for approval (提交审核).' },
    approveSupervisionRule: { from: ['UNDER_REVIEW'], to: 'APPROVED', roles: APPROVERS, notWhoDid: CONTENT, guards: ['INV-24'], description: 'Approves exactly the content shown, by its hash (审定工作规则).' },
    returnSupervisionRule: { from: ['UNDER_REVIEW'], to: 'DRAFT', roles: APPROVERS, notWhoDid: CONTENT, needsOpinion: true, description: 'Gives the rule back with an opinion (退回修改).' },
    reopenSupervisionRule: { from: ['APPROVED'], to: 'DRAFT', roles: [...DRAFTERS, 'UNIT_APPROVER'], description: 'Opens an approved rule for changes; the approval is voided (重新打开).' },
    withdrawSupervisionRule: { from: ['DRAFT', 'UNDER_REVIEW', 'APPROVED'], to: 'WITHDRAWN', roles: DRAFTERS, description: 'Takes the rule back for good (撤回工作规则).' },
    publishSupervisionRule: { from: ['APPROVED'], to: 'PUBLISHED', roles: PUBLISHERS, guards: ['INV-01', 'INV-02'], description: 'Issues the rule; the version before it ends where this one begins (印发工作规则).' },
    reviseSupervisionRule: { from: ['PUBLISHED'], to: null, roles: DRAFTERS, guards: ['no other version is in the making'], description: 'Draws up a new version with the same item codes; this one holds until that is published (修订工作规则).' },
    repealSupervisionRule: { from: ['PUBLISHED'], to: 'REPEALED', roles: PUBLISHERS, needsOpinion: true, description: 'Ends the rule on a day, with the reason, without a later version (废止工作规则).' },
  },
})
export type RuleState = keyof typeof supervisionRuleMachine.states
export type RuleCommand = keyof typeof supervisionRuleMachine.commands

/** Versions still in the making; a body has one of each kind at most. */
export const OPEN_STATES: readonly RuleState[] = ['DRAFT', 'UNDER_REVIEW', 'APPROVED']
