import { eventKind } from '../../core/events'

const task = { sourceKind: 'text', sourceId: 'id?', returns: 'int' } as const

/**
 * What happens to rectification tasks. `sourceKind` and `sourceId` name what the task came from, so that it hears what became of it; a source
 * in a closed realm is not told, and asks `sourceOfTask`.
 */
export const rectificationEvents = {
  opened: eventKind({ type: 'RectificationTask.opened', subject: 'RectificationTask', payload: { ...task, responsibleAppointmentId: 'id?', dueOn: 'date', recurrenceOfId: 'id?' }, description: 'A unit was asked to mend a problem; without a responsible person its approver names one（整改任务已下达）.' }),
  reassigned: eventKind({ type: 'RectificationTask.reassigned', subject: 'RectificationTask', payload: { ...task, responsibleAppointmentId: 'id' }, description: 'A task was given to another responsible post（整改责任人已变更）.' }),
  planned: eventKind({ type: 'RectificationTask.planned', subject: 'RectificationTask', payload: task, description: 'Measures were planned（整改措施已制定）.' }),
  started: eventKind({ type: 'RectificationTask.started', subject: 'RectificationTask', payload: task, description: 'A problem is being mended, or again after a submission was taken back（整改已开始）.' }),
  submitted: eventKind({ type: 'RectificationTask.submitted', subject: 'RectificationTask', payload: task, description: 'A problem was declared mended and waits for verification（整改已提交）.' }),
  verified: eventKind({ type: 'RectificationTask.verified', subject: 'RectificationTask', payload: task, description: 'A problem was found mended（整改已核实）.' }),
  returned: eventKind({ type: 'RectificationTask.returned', subject: 'RectificationTask', payload: task, description: 'A task was given back; `returns` counts how often（整改已退回）.' }),
  closed: eventKind({ type: 'RectificationTask.closed', subject: 'RectificationTask', payload: task, description: 'A problem is off the books（整改已销号）.' }),
  recurred: eventKind({ type: 'RectificationTask.recurred', subject: 'RectificationTask', payload: task, description: 'A problem came back; a new task was opened（问题反弹）.' }),
  cancelled: eventKind({ type: 'RectificationTask.cancelled', subject: 'RectificationTask', payload: task, description: 'A task is asked for no more（整改任务已取消）.' }),
  postponed: eventKind({ type: 'RectificationTask.postponed', subject: 'RectificationTask', payload: { ...task, dueOn: 'date' }, description: 'The due date of a task was moved by an extension（整改期限已延长）.' }),
}

export const extensionEvents = {
  REQUESTED: eventKind({ type: 'RectificationExtension.requested', subject: 'RectificationExtension', payload: { taskId: 'id' }, description: 'More time was asked for（已申请延期）.' }),
  APPROVED: eventKind({ type: 'RectificationExtension.approved', subject: 'RectificationExtension', payload: { taskId: 'id' }, description: 'More time was granted（延期已同意）.' }),
  REFUSED: eventKind({ type: 'RectificationExtension.refused', subject: 'RectificationExtension', payload: { taskId: 'id' }, description: 'More time was refused（延期未同意）.' }),
  WITHDRAWN: eventKind({ type: 'RectificationExtension.withdrawn', subject: 'RectificationExtension', payload: { taskId: 'id' }, description: 'A request for more time was taken back（延期申请已撤回）.' }),
}
