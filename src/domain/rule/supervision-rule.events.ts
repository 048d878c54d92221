import { eventKind } from '../../core/events'

const payload = { kind: 'text', version: 'int' } as const

/** What happens to work rules of supervision. */
export const ruleEvents = {
  drafted: eventKind({ type: 'SupervisionRule.drafted', subject: 'SupervisionRule', payload, description: 'A version of a work rule was drafted（规则已起草）.' }),
  submitted: eventKind({ type: 'SupervisionRule.submitted', subject: 'SupervisionRule', payload, description: 'A rule waits for its approval（规则已提交）.' }),
  approved: eventKind({ type: 'SupervisionRule.approved', subject: 'SupervisionRule', payload, description: 'A rule was approved（规则已审定）.' }),
  returned: eventKind({ type: 'SupervisionRule.returned', subject: 'SupervisionRule', payload, description: 'A rule was given back（规则已退回）.' }),
  reopened: eventKind({ type: 'SupervisionRule.reopened', subject: 'SupervisionRule', payload, description: 'An edit made an approved rule a draft again（规则已重新起草）.' }),
  withdrawn: eventKind({ type: 'SupervisionRule.withdrawn', subject: 'SupervisionRule', payload, description: 'A rule was withdrawn（规则已撤回）.' }),
  published: eventKind({ type: 'SupervisionRule.published', subject: 'SupervisionRule', payload, description: 'A rule was issued（规则已印发）.' }),
  superseded: eventKind({ type: 'SupervisionRule.superseded', subject: 'SupervisionRule', payload, description: 'A newer version took the place of a rule（规则已被替代）.' }),
  repealed: eventKind({ type: 'SupervisionRule.repealed', subject: 'SupervisionRule', payload, description: 'A rule was ended without a successor（规则已废止）.' }),
}
