import { defineMachine } from '../../core/states'

/** SM-3, duty items and supervision focuses. Roles are asked on the unit whose duty it is. Overdue is derived from the due date, never stored. */
export const dutyItemMachine = defineMachine({
  name: 'DutyItem',
  initial: 'NOT_STARTED',
  states: {
    NOT_STARTED: 'Not begun (未开始)',
    IN_PROGRESS: 'Being done (进行中)',
    CLAIMED_DONE: 'Declared done by its owner (报告完成)',
    VERIFIED: 'Found done by a supervisor (已核实)',
    RETURNED: 'Given back by a supervisor (已退回)',
    WAIVED: 'No longer asked for (已豁免)',
  },
  follows: [{ from: [], to: 'NOT_STARTED', when: 'addDutyItem' }],
  didBy: { startDutyItem: [{ column: 'performed_by', all: true }], claimDutyItemDone: [{ column: 'performed_by', all: true }] },
  awaits: {
    NOT_STARTED: ['startDutyItem'], IN_PROGRESS: ['claimDutyItemDone'], CLAIMED_DONE: ['verifyDutyItem', 'returnDutyItem'], RETURNED: ['startDutyItem'],
  },
  returns: ['returnDutyItem'],
  due: [{ column: 'due_on', in: ['NOT_STARTED', 'IN_PROGRESS', 'RETURNED'] }],
  responsible: 'responsible_appointment_id',
  commands: {
    startDutyItem: { from: ['NOT_STARTED', 'RETURNED'], to: 'IN_PROGRESS', roles: ['DUTY_OWNER'], guards: ['the list is published', 'the responsible person'], description: 'Begins the duty, or takes it up again after it was returned (开始履责).' },
    claimDutyItemDone: { from: ['IN_PROGRESS'], to: 'CLAIMED_DONE', roles: ['DUTY_OWNER'], guards: ['the list is published', 'the responsible person', 'evidence is attached'], description: 'Declares the duty done, with evidence attached before (报告完成).' },
    verifyDutyItem: { from: ['CLAIMED_DONE'], to: 'VERIFIED', roles: ['SUPERVISOR'], notWhoDid: ['startDutyItem', 'claimDutyItemDone'], guards: ['the list is published', 'not the responsible person'], description: 'Finds the duty done (核实完成).' },
    returnDutyItem: { from: ['CLAIMED_DONE'], to: 'RETURNED', roles: ['SUPERVISOR'], notWhoDid: ['startDutyItem', 'claimDutyItemDone'], needsOpinion: true, guards: ['the list is published', 'not the responsible person'], description: 'Gives the duty back with an opinion (退回履责).' },
    waiveDutyItem: { from: ['NOT_STARTED', 'IN_PROGRESS', 'CLAIMED_DONE', 'RETURNED'], to: 'WAIVED', roles: ['COMMISSION_APPROVER'], notWhoDid: ['startDutyItem', 'claimDutyItemDone'], needsOpinion: true, guards: ['the list is published', 'not the responsible person'], description: 'Lets the duty go with a reason (豁免事项).' },
  },
})
export type DutyItemState = keyof typeof dutyItemMachine.states

/** States in which nothing more is expected of the owner by the due date. */
export const SETTLED_STATES: readonly DutyItemState[] = ['CLAIMED_DONE', 'VERIFIED', 'WAIVED']
