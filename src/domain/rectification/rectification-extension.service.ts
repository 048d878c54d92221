import { badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateRow } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { gate } from '../gate'
import { ref } from '../refs'
import { RECTIFICATION_TASK, told } from './open-task'
import './rectification.constraints'
import { extensionEvents, rectificationEvents } from './rectification.events'
import type { RectificationExtensionCommandInput, RequestRectificationExtensionInput } from './rectification.inputs'
import { taskOfExtension, type ExtensionRow, type TaskRow } from './rectification.repository'
import { isPledged, requireFuture } from './rectification.service'
import { rectificationExtensionMachine, type RectificationTaskState } from './rectification-task.states'
import { mostExtensions } from './settings'

const EXTENSION = { table: 'rectification_extension', prefix: 'rext' } as const
/** While a task is one of these its date can move. */
const UNSUBMITTED: readonly RectificationTaskState[] = ['OPEN', 'PLANNED', 'IN_PROGRESS', 'RETURNED']
type Command = keyof typeof rectificationExtensionMachine.commands

/** Requests for more time. Each answers the row id of the request. Task before request is the order of locks. */
export class RectificationExtensionService {
  constructor(private readonly db: Database) {}

  request(origin: Origin, input: RequestRectificationExtensionInput): Promise<string> {
    return runCommand(this.db, origin, 'requestRectificationExtension', input, async tx => {
      const task = await locate<TaskRow>(tx, RECTIFICATION_TASK, input.taskId, 'taskId')
      const state = begin(rectificationExtensionMachine, 'requestRectificationExtension', { actor: origin.actor, path: task.unit_path })
      this.requireMovable(task, 'taskId')
      requireFuture(input.dueOn)
      if (input.dueOn <= task.due_on) throw badInput('dueOn', 'later', 'The date must be later than the present one.')
      const id = tx.insert('rectification_extension', { unit_id: task.unit_id, task_id: task.id, due_before: task.due_on, due_on: input.dueOn, reason: input.reason, state, is_synthetic: task.is_synthetic })
      this.tell(tx, { id, unit_id: task.unit_id, task_id: task.id }, 'REQUESTED')
      return id
    })
  }

  /** Moves the due date of the task. */
  approve(origin: Origin, input: RectificationExtensionCommandInput): Promise<string> {
    return this.decide(origin, 'approveRectificationExtension', input, (tx, { due_on }, task) => {
      this.requireMovable(task, 'id')
      requireFuture(due_on)
      tx.update('rectification_task', task, { due_on, extensions: task.extensions + 1 })
      tx.emit(rectificationEvents.postponed, { subjectId: task.id, unitId: task.unit_id, payload: { ...told(task), dueOn: due_on } })
      return { decided_by: origin.actor.ref, opinion: input.opinion?.trim() || null }
    })
  }

  refuse(origin: Origin, input: RectificationExtensionCommandInput): Promise<string> {
    return this.decide(origin, 'refuseRectificationExtension', input, () => ({ decided_by: origin.actor.ref, opinion: input.opinion!.trim() }))
  }

  withdraw(origin: Origin, input: RectificationExtensionCommandInput): Promise<string> {
    return this.decide(origin, 'withdrawRectificationExtension', input, () => ({}))
  }

  private decide(origin: Origin, command: Command, input: RectificationExtensionCommandInput, step: (tx: Transaction, extension: ExtensionRow, task: TaskRow) => Values): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const task = await locateRow<TaskRow>(tx, RECTIFICATION_TASK, await taskOfExtension(tx, ref(EXTENSION.prefix, input.id, 'id')), 'id')
      const extension = await locate<ExtensionRow>(tx, EXTENSION, input.id, 'id')
      const to = await next(tx, rectificationExtensionMachine, command, extension, input)
      enter(tx, { table: EXTENSION.table, type: 'RectificationExtension' }, extension, to, { changes: step(tx, extension, task), opinion: input.opinion })
      this.tell(tx, extension, to)
      return extension.id
    })
  }

  private tell(tx: Transaction, { id, unit_id, task_id }: Pick<ExtensionRow, 'id' | 'unit_id' | 'task_id'>, state: keyof typeof extensionEvents): void {
    tx.emit(extensionEvents[state], { subjectId: id, unitId: unit_id, payload: { taskId: task_id } })
  }

  private requireMovable(task: TaskRow, path: string): void {
    if (!UNSUBMITTED.includes(task.state)) gate([{ path, rule: 'SM-13', message: `A date moves while the task is not submitted; it is ${task.state}.` }])
    if (isPledged(task)) gate([{ path, rule: 'INV-29', message: 'The task of a pledge keeps the pledge’s deadline.' }])
    const most = mostExtensions(this.db)
    if (task.extensions >= most) gate([{ path, rule: 'mostExtensions', message: `The date of a task is moved at most ${most} times.` }])
  }
}
