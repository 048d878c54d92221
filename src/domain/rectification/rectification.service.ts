import { today } from '../../core/day'
import { AppError, badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { gate } from '../gate'
import { ref } from '../refs'
import { remembered } from '../remembered'
import { locateSource } from '../sources'
import './rectification.constraints'
import { amendPledged, openTask, RECTIFICATION_TASK, told } from './open-task'
import { rectificationEvents } from './rectification.events'
import type {
  EditRectificationTaskInput, OpenRectificationTaskInput, PlanRectificationInput, ReassignRectificationInput, RectificationCommandInput, ReportRectificationRecurrenceInput,
} from './rectification.inputs'
import { appointmentInForce, hasEvidence, personOf, TASK_SOURCES, type TaskRow } from './rectification.repository'
import { rectificationTaskMachine } from './rectification-task.states'

const APPOINTMENT = { table: 'appointment', prefix: 'appt' } as const
type Command = keyof typeof rectificationTaskMachine.commands
type Happened = Exclude<keyof typeof rectificationEvents, 'opened' | 'reassigned' | 'postponed'>
interface Named { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null }
/** What a command asks of the locked task and changes on it. */
type Step = (task: TaskRow, tx: Transaction) => Promise<Values> | Values

/** What a pledge promised stands: its task keeps the pledge's date (INV-29). What recurs of it is a task like any other. */
export const isPledged = (task: Pick<TaskRow, 'source_kind' | 'recurrence_of_id'>): boolean => task.source_kind === 'PLEDGE' && task.recurrence_of_id === null

/** Commands on rectification tasks (SM-13). Each answers the row id of the task. */
export class RectificationService {
  constructor(private readonly db: Database) {}

  /** For whoever finds the problem, inside their own command: see `openTask`. */
  static readonly openFor = openTask
  /** For whoever corrects a pledge, inside their own command: see `amendPledged`. */
  static readonly amendPledged = amendPledged

  open(origin: Origin, input: OpenRectificationTaskInput): Promise<string> {
    return runCommand(this.db, origin, 'openRectificationTask', input, async tx => {
      const appointment = await locate(tx, APPOINTMENT, input.responsibleAppointmentId, 'responsibleAppointmentId', 'SHARE')
      begin(rectificationTaskMachine, 'openRectificationTask', { actor: origin.actor, path: appointment.unit_path })
      requireFuture(input.dueOn)
      const source = await locateSource(tx, input.sourceId, 'sourceId', TASK_SOURCES)
      if (source.kind === 'PLEDGE') throw badInput('sourceId', 'INV-29', 'The task of a pledge is opened with the pledge.')
      return openTask(tx, { unitId: appointment.unit_id, responsibleAppointmentId: appointment.id, problem: input.problem, dueOn: input.dueOn, source, sourceNote: input.sourceNote ?? null, isSynthetic: input.isSynthetic })
    })
  }

  edit(origin: Origin, input: EditRectificationTaskInput): Promise<string> {
    return this.move(origin, 'editRectificationTask', input, null, task => {
      const { problem, dueOn } = input
      if (dueOn != null && dueOn !== task.due_on) {
        if (isPledged(task)) throw badInput('dueOn', 'INV-29', 'The task of a pledge keeps the pledge’s deadline.')
        requireFuture(dueOn)
      }
      return { ...(problem != null && { problem }), ...(dueOn != null && { due_on: dueOn }) }
    })
  }

  reassign(origin: Origin, input: ReassignRectificationInput): Promise<string> {
    return this.move(origin, 'reassignRectificationTask', input, null, async (task, tx) => {
      const appointment = await appointmentInForce(tx, ref('appt', input.responsibleAppointmentId, 'responsibleAppointmentId'))
      if (appointment?.unit_id !== task.unit_id) throw badInput('responsibleAppointmentId', 'responsible', 'The responsible person must hold a post of the unit that has to mend today.')
      tx.emit(rectificationEvents.reassigned, { subjectId: task.id, unitId: task.unit_id, payload: { ...told(task), responsibleAppointmentId: appointment.id } })
      return { responsible_appointment_id: appointment.id }
    })
  }

  plan(origin: Origin, input: PlanRectificationInput): Promise<string> {
    return this.move(origin, 'planRectification', input, 'planned', task => ({ measures: input.measures, ...remembered(task, 'performed_by', origin.actor) }))
  }

  start(origin: Origin, input: RectificationCommandInput): Promise<string> {
    return this.move(origin, 'startRectification', input, 'started', async (task, tx) => {
      await requireResponsible(tx, task)
      return remembered(task, 'performed_by', origin.actor)
    })
  }

  submit(origin: Origin, input: RectificationCommandInput): Promise<string> {
    return this.move(origin, 'submitRectification', input, 'submitted', async (task, tx) => {
      await requireResponsible(tx, task)
      await requireEvidence(tx, task)
      return { submitted_on: today(), ...remembered(task, 'performed_by', origin.actor) }
    })
  }

  recall(origin: Origin, input: RectificationCommandInput): Promise<string> {
    return this.move(origin, 'recallRectification', input, 'started', async (task, tx) => {
      await requireResponsible(tx, task)
      return { submitted_on: null }
    })
  }

  verify(origin: Origin, input: RectificationCommandInput): Promise<string> {
    return this.move(origin, 'verifyRectification', input, 'verified', async (task, tx) => {
      await requireAnother(tx, task)
      await requireEvidence(tx, task)
      return { verified_by: origin.actor.ref }
    })
  }

  return(origin: Origin, input: RectificationCommandInput): Promise<string> {
    return this.move(origin, 'returnRectification', input, 'returned', async (task, tx) => {
      await requireAnother(tx, task)
      return { returns: task.returns + 1, verified_by: null, submitted_on: null }
    })
  }

  close(origin: Origin, input: RectificationCommandInput): Promise<string> {
    return this.move(origin, 'closeRectificationTask', input, 'closed', async (task, tx) => {
      await requireAnother(tx, task)
      await requireEvidence(tx, task)
      return { closed_on: today() }
    })
  }

  cancel(origin: Origin, input: RectificationCommandInput): Promise<string> {
    return this.move(origin, 'cancelRectificationTask', input, 'cancelled', task => {
      if (isPledged(task)) gate([{ path: 'id', rule: 'INV-29', message: 'The task of a pledge is kept or broken, never cancelled.' }])
      return {}
    })
  }

  /** Answers the row id of the new task. */
  async reportRecurrence(origin: Origin, input: ReportRectificationRecurrenceInput): Promise<string> {
    return runCommand(this.db, origin, 'reportRectificationRecurrence', input, async tx => {
      const task = await this.moved(tx, 'reportRectificationRecurrence', input, 'recurred', () => ({}))
      requireFuture(input.dueOn)
      return openTask(tx, {
        unitId: task.unit_id, problem: input.problem ?? task.problem, dueOn: input.dueOn, source: { kind: task.source_kind, id: task.source_id }, sourceNote: task.source_note,
        responsibleAppointmentId: input.responsibleAppointmentId == null ? task.responsible_appointment_id : ref('appt', input.responsibleAppointmentId, 'responsibleAppointmentId'),
        recurrenceOfId: task.id, isSynthetic: task.is_synthetic,
      })
    })
  }

  private move(origin: Origin, command: Command, input: Named, happened: Happened | null, step: Step): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => (await this.moved(tx, command, input, happened, step)).id)
  }

  private async moved(tx: Transaction, command: Command, input: Named, happened: Happened | null, step: Step): Promise<TaskRow> {
    const task = await locate<TaskRow>(tx, RECTIFICATION_TASK, input.id, 'id')
    const to = await next(tx, rectificationTaskMachine, command, task, input)
    enter(tx, { table: RECTIFICATION_TASK.table, type: 'RectificationTask' }, task, to, { changes: await step(task, tx), opinion: input.opinion })
    if (happened) tx.emit(rectificationEvents[happened], { subjectId: task.id, unitId: task.unit_id, payload: told(task) })
    return task
  }
}

export function requireFuture(dueOn: string): void {
  if (dueOn <= today()) throw badInput('dueOn', 'future', 'The date must be later than today.')
}

async function requireResponsible(tx: Transaction, task: TaskRow): Promise<void> {
  const person = await personOf(tx, task.responsible_appointment_id)
  if (person !== null && person === tx.origin.actor.personId) return
  const message = 'Only the person who answers for the task may do this.'
  throw new AppError('FORBIDDEN', message, { messageKey: 'notResponsible', violations: [{ path: 'id', rule: 'responsible', message }] })
}

/** INV-28: whoever answers for a task decides nothing about it, also where others did the work. */
async function requireAnother(tx: Transaction, task: TaskRow): Promise<void> {
  const person = await personOf(tx, task.responsible_appointment_id)
  if (person === null || person !== tx.origin.actor.personId) return
  const message = 'A rectification is verified and closed by somebody other than the person who answers for it.'
  throw new AppError('FORBIDDEN', message, { messageKey: 'fourEyes', violations: [{ path: 'id', rule: 'INV-28', message }] })
}

async function requireEvidence(tx: Transaction, task: TaskRow): Promise<void> {
  if (!(await hasEvidence(tx, task.id))) gate([{ path: 'evidence', rule: 'INV-28', message: 'A rectification rests on evidence; attach a piece first.' }])
}
