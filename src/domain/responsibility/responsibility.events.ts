import { eventKind } from '../../core/events'

/** What happens to responsibility lists. */
export const listEvents = {
  drafted: eventKind({ type: 'ResponsibilityList.drafted', subject: 'ResponsibilityList', payload: { kind: 'text', year: 'int' }, description: 'A version of a list was drafted（清单已起草）.' }),
  submitted: eventKind({ type: 'ResponsibilityList.submitted', subject: 'ResponsibilityList', payload: { kind: 'text', year: 'int', version: 'int' }, description: 'A list waits for its approval（清单已提交）.' }),
  approved: eventKind({ type: 'ResponsibilityList.approved', subject: 'ResponsibilityList', payload: { kind: 'text', year: 'int', version: 'int' }, description: 'A list was approved（清单已审定）.' }),
  returned: eventKind({ type: 'ResponsibilityList.returned', subject: 'ResponsibilityList', payload: { kind: 'text', year: 'int', version: 'int' }, description: 'A list was given back（清单已退回）.' }),
  withdrawn: eventKind({ type: 'ResponsibilityList.withdrawn', subject: 'ResponsibilityList', payload: { kind: 'text', year: 'int', version: 'int' }, description: 'A list was withdrawn（清单已撤回）.' }),
  reopened: eventKind({ type: 'ResponsibilityList.reopened', subject: 'ResponsibilityList', payload: { kind: 'text', year: 'int', version: 'int' }, description: 'An edit made an approved list a draft again（清单已重新起草）.' }),
  published: eventKind({ type: 'ResponsibilityList.published', subject: 'ResponsibilityList', payload: { kind: 'text', year: 'int', version: 'int' }, description: 'A list was published（清单已公布）.' }),
  superseded: eventKind({ type: 'ResponsibilityList.superseded', subject: 'ResponsibilityList', payload: { kind: 'text', year: 'int', version: 'int' }, description: 'A newer version took the place of a list（清单已被替代）.' }),
}

/** What happens to the year of a unit. */
export const cycleEvents = {
  jointlyPublished: eventKind({ type: 'AccountabilityCycle.jointlyPublished', subject: 'AccountabilityCycle', payload: { year: 'int', publishedAt: 'instant' }, description: 'The lists of a unit’s year were lit together（责任同亮）.' }),
  revised: eventKind({ type: 'AccountabilityCycle.revised', subject: 'AccountabilityCycle', payload: { year: 'int', publishedAt: 'instant' }, description: 'New versions of lists were lit together within the year（责任清单已修订）.' }),
}

/** What happens to duties, by the state that they came to. */
export const dutyEvents = {
  NOT_STARTED: eventKind({ type: 'DutyItem.not_started', subject: 'DutyItem', payload: { responsibility: 'text' }, description: 'A duty stands at its beginning again（责任事项未开始）.' }),
  IN_PROGRESS: eventKind({ type: 'DutyItem.in_progress', subject: 'DutyItem', payload: { responsibility: 'text' }, description: 'A duty is being done（责任事项进行中）.' }),
  CLAIMED_DONE: eventKind({ type: 'DutyItem.claimed_done', subject: 'DutyItem', payload: { responsibility: 'text' }, description: 'Its owner declared a duty done（责任事项报告完成）.' }),
  VERIFIED: eventKind({ type: 'DutyItem.verified', subject: 'DutyItem', payload: { responsibility: 'text' }, description: 'A duty was found done（责任事项已核实）.' }),
  RETURNED: eventKind({ type: 'DutyItem.returned', subject: 'DutyItem', payload: { responsibility: 'text' }, description: 'A duty was given back（责任事项已退回）.' }),
  WAIVED: eventKind({ type: 'DutyItem.waived', subject: 'DutyItem', payload: { responsibility: 'text' }, description: 'A duty is asked for no longer（责任事项已豁免）.' }),
}
