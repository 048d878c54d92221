import { badInput } from '../../core/errors'
import type { Transaction } from '../../database/transaction'
import { gate } from '../gate'
import type { Source } from '../sources'
import { rectificationEvents } from './rectification.events'
import { appointmentInForce, isClosed, type TaskRow, type TaskSourceKind } from './rectification.repository'

export const RECTIFICATION_TASK = { table: 'rectification_task', prefix: 'rect' } as const

/** A task as whoever finds the problem words it. Ids are row ids. */
export interface NewTask {
  readonly unitId: string
  /** Null only for a failed control whose post nobody holds. */
  readonly responsibleAppointmentId: string | null
  readonly problem: string
  readonly dueOn: string
  readonly source: Source<TaskSourceKind>
  /** What it comes from in words, where the source names no object. */
  readonly sourceNote?: string | null
  readonly recurrenceOfId?: string
  readonly isSynthetic?: boolean
}

/**
 * Opens a task inside the command of whoever asks for it, which has asked its own roles. The responsible person holds a post of the unit
 * today. Answers the row id.
 */
export async function openTask(tx: Transaction, task: NewTask): Promise<string> {
  await requireResponsible(tx, task)
  const { kind, id: sourceId } = task.source
  const id = tx.insert('rectification_task', {
    unit_id: task.unitId, responsible_appointment_id: task.responsibleAppointmentId, problem: task.problem, due_on: task.dueOn, state: 'OPEN',
    source_kind: kind, source_told: isClosed(kind) ? 'OTHER' : kind, source_id: sourceId, source_note: task.sourceNote ?? null,
    recurrence_of_id: task.recurrenceOfId ?? null, is_synthetic: task.isSynthetic ?? false,
  })
  tx.emit(rectificationEvents.opened, {
    subjectId: id, unitId: task.unitId, payload: { ...told({ source_kind: kind, source_id: sourceId, returns: 0 }), responsibleAppointmentId: task.responsibleAppointmentId, dueOn: task.dueOn, recurrenceOfId: task.recurrenceOfId ?? null },
  })
  return id
}

/** A pledge was corrected before its session ended: its task says and expects the same (INV-29). Nobody has begun it yet. */
export async function amendPledged(tx: Transaction, taskId: string, words: { problem: string; dueOn: string }): Promise<void> {
  const task = (await tx.row<TaskRow>('SELECT t.*, u.path AS unit_path FROM rectification_task t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1 FOR UPDATE OF t', [taskId]))!
  if (task.state !== 'OPEN') gate([{ path: 'id', rule: 'INV-29', message: `The task of the pledge is ${task.state} already; the pledge stands.` }])
  tx.update('rectification_task', task, { problem: words.problem, due_on: words.dueOn })
}

/** What events say of a task. */
export const told = ({ source_kind: kind, source_id, returns }: Pick<TaskRow, 'source_kind' | 'source_id' | 'returns'>): { sourceKind: string; sourceId: string | null; returns: number } =>
  (isClosed(kind) ? { sourceKind: 'OTHER', sourceId: null, returns } : { sourceKind: kind, sourceId: source_id, returns })

async function requireResponsible(tx: Transaction, { unitId, responsibleAppointmentId, source }: NewTask): Promise<void> {
  if (responsibleAppointmentId === null && source.kind === 'CONTROL_TEST') return
  const appointment = responsibleAppointmentId === null ? null : await appointmentInForce(tx, responsibleAppointmentId)
  if (appointment?.unit_id === unitId) return
  throw badInput('responsibleAppointmentId', 'responsible', 'The responsible person must hold a post of the unit that has to mend today.')
}
