import { defineChain } from '../approval'

export const RULE_APPROVAL = 'RULE_APPROVAL'

/** One step: the head of the body that issues the rule, never one of those who drew it up. */
export const ruleChain = defineChain({
  name: 'SupervisionRule', rule: 'INV-24', order: 'IN_ORDER',
  steps: [{
    step: RULE_APPROVAL, label: { zh: '监督检查工作规则审定', en: 'Approval of a work rule of supervision' }, roles: ['PARTY_SECRETARY', 'UNIT_APPROVER'], at: ['OWNER_UNIT'],
    apartFrom: ['AUTHORS'], commands: { APPROVED: 'approveSupervisionRule', RETURNED: 'returnSupervisionRule' },
  }],
})
