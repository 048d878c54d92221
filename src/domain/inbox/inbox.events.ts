import { eventKind } from '../../core/events'

const item = { subjectType: 'text', state: 'text', dueOn: 'date' } as const

/** Reminders, each once for a thing in its state and its day. Of things in closed realms nothing is told here. */
export const inboxEvents = {
  dueSoon: eventKind({ type: 'Inbox.dueSoon', subject: 'Node', payload: { ...item, workingDays: 'int' }, description: 'Something that is awaited is due within so many working days（待办即将到期）.' }),
  overdue: eventKind({ type: 'Inbox.overdue', subject: 'Node', payload: item, description: 'The day of something that is awaited has passed（待办已逾期）.' }),
}
