import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

/** Whoever supervises the unit: their grants reach it along the edge by which they supervise. */
const SUPERVISORS: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION']
const PERFORMED = [{ column: 'performed_by', all: true }] as const
const PERFORMERS = ['planRectification', 'startRectification', 'submitRectification']

/**
 * SM-13. Roles are asked on the unit that has to mend, for both sides. "Long unresolved" is derived from the number of returns, overdue from
 * the due date; neither is stored. Tasks also open by themselves: by a failing control test, a pledge, a recommendation, a recurrence.
 */
export const rectificationTaskMachine = defineMachine({
  name: 'RectificationTask',
  initial: 'OPEN',
  states: {
    OPEN: 'Asked for, no measures yet (待整改)',
    PLANNED: 'Measures are planned (已制定措施)',
    IN_PROGRESS: 'Being mended (整改中)',
    SUBMITTED: 'Declared mended, waits for verification (待核实)',
    RETURNED: 'Not accepted, to be taken up again (已退回)',
    VERIFIED: 'Found mended by somebody else (已核实)',
    CLOSED: 'Closed; it may only recur (已销号)',
    RECURRED: 'The problem came back and goes on in a new task (问题反弹)',
    CANCELLED: 'No longer asked for (已取消)',
  },
  ends: ['CLOSED'],
  didBy: {
    openRectificationTask: [{ column: 'created_by' }], planRectification: PERFORMED, startRectification: PERFORMED, submitRectification: PERFORMED,
  },
  follows: [{ from: [], to: 'OPEN', when: 'a control test fails, a pledge is made, a recommendation is adopted or a problem recurs' }],
  awaits: {
    OPEN: ['planRectification'], PLANNED: ['startRectification'], IN_PROGRESS: ['submitRectification'], SUBMITTED: ['verifyRectification', 'returnRectification'],
    RETURNED: ['startRectification'], VERIFIED: ['closeRectificationTask'],
  },
  returns: ['returnRectification'],
  due: [{ column: 'due_on', in: ['OPEN', 'PLANNED', 'IN_PROGRESS', 'RETURNED'] }],
  responsible: 'responsible_appointment_id',
  commands: {
    openRectificationTask: { from: [], to: 'OPEN', roles: SUPERVISORS, description: 'Asks a unit to mend a problem by a date (下达整改任务).' },
    editRectificationTask: { from: ['OPEN'], to: null, roles: SUPERVISORS, guards: ['INV-29'], description: 'Changes the problem or the due date while no measures are planned (修改整改任务).' },
    reassignRectificationTask: { from: ['OPEN', 'PLANNED', 'IN_PROGRESS', 'RETURNED'], to: null, roles: ['UNIT_APPROVER', ...SUPERVISORS], needsOpinion: true, guards: ['the new responsible post is of the same unit'], description: 'Gives the task to another responsible post, with the reason (变更整改责任人).' },
    planRectification: { from: ['OPEN', 'PLANNED', 'IN_PROGRESS', 'RETURNED'], to: { OPEN: 'PLANNED', RETURNED: 'PLANNED' }, roles: ['DUTY_OWNER', 'UNIT_EDITOR'], description: 'Writes or changes the measures (制定整改措施).' },
    startRectification: { from: ['PLANNED', 'RETURNED'], to: 'IN_PROGRESS', roles: ['DUTY_OWNER'], guards: ['the responsible person'], description: 'Begins to mend, or takes it up again after it was returned (开始整改).' },
    submitRectification: { from: ['IN_PROGRESS'], to: 'SUBMITTED', roles: ['DUTY_OWNER'], guards: ['the responsible person', 'evidence is attached'], description: 'Declares the problem mended, with evidence attached before (提交整改结果).' },
    recallRectification: { from: ['SUBMITTED'], to: 'IN_PROGRESS', roles: ['DUTY_OWNER'], guards: ['the responsible person'], description: 'Takes a submission back before anybody has verified it (撤回提交).' },
    verifyRectification: { from: ['SUBMITTED'], to: 'VERIFIED', roles: SUPERVISORS, notWhoDid: PERFORMERS, guards: ['INV-28'], description: 'Finds the problem mended (核实整改).' },
    returnRectification: { from: ['SUBMITTED', 'VERIFIED'], to: 'RETURNED', roles: SUPERVISORS, notWhoDid: PERFORMERS, needsOpinion: true, guards: ['not the responsible person'], description: 'Gives the task back with an opinion; also when the verification proves wrong before closing (退回整改).' },
    closeRectificationTask: { from: ['VERIFIED'], to: 'CLOSED', roles: ['COMMISSION_APPROVER', ...SUPERVISORS], notWhoDid: PERFORMERS, guards: ['INV-28'], description: 'Takes the problem off the books (整改销号).' },
    reportRectificationRecurrence: { from: ['CLOSED'], to: 'RECURRED', roles: SUPERVISORS, needsOpinion: true, description: 'The problem came back: opens a new task that names this one (问题反弹).' },
    cancelRectificationTask: { from: ['OPEN', 'PLANNED', 'IN_PROGRESS', 'RETURNED'], to: 'CANCELLED', roles: ['COMMISSION_APPROVER'], notWhoDid: PERFORMERS, needsOpinion: true, guards: ['not the task of a pledge'], description: 'Lets the task go with a reason: opened by mistake, or its object is gone (取消整改任务).' },
  },
})
export type RectificationTaskState = keyof typeof rectificationTaskMachine.states

/** A request for more time. Roles are asked on the unit that has to mend; the task's due date moves on approval. */
export const rectificationExtensionMachine = defineMachine({
  name: 'RectificationExtension',
  initial: 'REQUESTED',
  states: {
    REQUESTED: 'Waits for a decision (待审批)',
    APPROVED: 'Granted; the due date has moved (已同意)',
    REFUSED: 'Not granted (不同意)',
    WITHDRAWN: 'Taken back by who asked (已撤回)',
  },
  didBy: { requestRectificationExtension: [{ column: 'created_by' }] },
  awaits: { REQUESTED: ['approveRectificationExtension', 'refuseRectificationExtension'] },
  commands: {
    requestRectificationExtension: { from: [], to: 'REQUESTED', roles: ['DUTY_OWNER', 'UNIT_APPROVER'], guards: ['the task is not yet submitted', 'fewer extensions than configured', 'no other request is open', 'INV-29'], description: 'Asks for a later date, with the reason (申请延期).' },
    approveRectificationExtension: { from: ['REQUESTED'], to: 'APPROVED', roles: ['COMMISSION_APPROVER', ...SUPERVISORS], notWhoDid: ['requestRectificationExtension'], guards: ['INV-24'], description: 'Grants the later date (同意延期).' },
    refuseRectificationExtension: { from: ['REQUESTED'], to: 'REFUSED', roles: ['COMMISSION_APPROVER', ...SUPERVISORS], notWhoDid: ['requestRectificationExtension'], needsOpinion: true, description: 'Keeps the date, with the reason (不同意延期).' },
    withdrawRectificationExtension: { from: ['REQUESTED'], to: 'WITHDRAWN', roles: ['DUTY_OWNER', 'UNIT_APPROVER'], description: 'Takes the request back (撤回延期申请).' },
  },
})
export type RectificationExtensionState = keyof typeof rectificationExtensionMachine.states
