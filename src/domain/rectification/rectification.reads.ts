import { REGISTER_READERS } from '../../auth/roles'
import { auditable, bool, date, enumeration, int, noun, text, type NounEdge } from '../../core/reads'
import { transitions } from '../audit'
import { rectificationExtensionMachine, rectificationTaskMachine } from './rectification-task.states'

const scope = { by: 'unit', column: 'unit_id' } as const
const within = { type: 'ref', of: 'Unit', sql: 'unit_id', within: true } as const
const OWN = 'a task, who answers for it, its extensions and what recurred are of one unit, by foreign keys'

export const rectificationTaskReads = noun({
  type: 'RectificationTask', prefix: 'rect', table: 'rectification_task', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, problem: text(), measures: text({ nullable: true }), dueOn: date(), state: enumeration('RectificationTaskState'),
    allowedCommands: { kind: 'commands', machine: rectificationTaskMachine }, sourceKind: enumeration('RectificationSource', { sql: 'source_told' }), sourceNote: text({ nullable: true }),
    returns: int(), extensions: int(), submittedOn: date({ nullable: true }), verifiedBy: text({ nullable: true }), closedOn: date({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit that has to mend（整改单位）.', sameScope: 'the unit decides the scope of its own task' },
    responsibleAppointment: { card: 'one', to: 'Appointment', key: 'responsible_appointment_id', nullable: true, description: 'Who answers for it, by post; null while nobody holds the post that owns a failed control（整改责任人）.', sameScope: OWN },
    extensionRequests: { card: 'connection', to: 'RectificationExtension', by: 'task_id', description: 'Requests for a later date, oldest first（延期申请）.', sameScope: OWN },
    recurrenceOf: { card: 'one', to: 'RectificationTask', key: 'recurrence_of_id', nullable: true, description: 'The task whose problem came back（反弹前的整改任务）.', sameScope: OWN },
    recurrence: { card: 'one', to: 'RectificationTask', by: 'recurrence_of_id', nullable: true, description: 'The task in which the problem goes on after it came back（反弹后的整改任务）.', sameScope: OWN },
    transitions,
  },
  filters: {
    state: { type: 'enum', enum: 'RectificationTaskState' }, sourceKind: { type: 'enum', enum: 'RectificationSource', sql: 'source_told' }, dueOn: { type: 'date' }, returns: { type: 'int' },
    closedOn: { type: 'date', nullable: true }, problem: { type: 'text' }, responsibleAppointment: { type: 'ref', of: 'Appointment', sql: 'responsible_appointment_id', nullable: true },
    recurrenceOf: { type: 'ref', of: 'RectificationTask', sql: 'recurrence_of_id', nullable: true }, unit: within, isSynthetic: { type: 'boolean' },
  },
  orders: { DUE_ON: { type: 'date' }, RETURNS: { type: 'int' }, CREATED_AT: { type: 'id', sql: 'id' } },
  root: { one: 'rectificationTask', many: 'rectificationTasks', oneDescription: 'One rectification task by id（整改任务）.', manyDescription: 'Rectification tasks（整改任务列表）.' },
})

export const rectificationExtensionReads = noun({
  type: 'RectificationExtension', prefix: 'rext', table: 'rectification_extension', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, dueBefore: date(), dueOn: date(), reason: text(), state: enumeration('RectificationExtensionState'),
    allowedCommands: { kind: 'commands', machine: rectificationExtensionMachine }, decidedBy: text({ nullable: true }), opinion: text({ nullable: true }), ...auditable,
  },
  edges: {
    task: { card: 'one', to: 'RectificationTask', key: 'task_id', description: 'The task（整改任务）.', sameScope: OWN },
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit that has to mend（整改单位）.', sameScope: 'the unit decides the scope of its own request' },
    transitions,
  },
  filters: { state: { type: 'enum', enum: 'RectificationExtensionState' }, task: { type: 'ref', of: 'RectificationTask', sql: 'task_id' }, unit: within },
  orders: { CREATED_AT: { type: 'id', sql: 'id' } },
  root: { one: 'rectificationExtension', many: 'rectificationExtensions', oneDescription: 'One request for more time by id（整改延期申请）.', manyDescription: 'Requests for more time（整改延期申请列表）.' },
})

export const rectificationEdges: NounEdge[] = [
  { on: 'Unit', field: 'rectificationTasks', edge: { card: 'connection', to: 'RectificationTask', by: 'unit_id', description: 'What it has to mend（整改任务）.', sameScope: 'a task is in the scope of its unit' } },
  { on: 'Appointment', field: 'rectificationTasks', edge: { card: 'connection', to: 'RectificationTask', by: 'responsible_appointment_id', description: 'What its holder answers for mending（负责的整改任务）.', sameScope: OWN } },
  { on: 'ControlTest', field: 'rectificationTasks', edge: { card: 'connection', to: 'RectificationTask', by: 'source_id', description: 'What it made the unit mend, recurrences too（引发的整改任务）.', sameScope: 'a failing control is mended by its own unit' } },
]
