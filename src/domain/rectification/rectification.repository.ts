import { notFound } from '../../core/errors'
import type { LocatedRow } from '../../database/locate'
import type { Transaction } from '../../database/transaction'
import type { Source } from '../sources'
import type { RectificationExtensionState, RectificationTaskState } from './rectification-task.states'

/** Kinds of sources as rows keep them. Of those in closed realms the unit is told nothing. */
export const TASK_SOURCES = ['FINDING', 'CONTROL_TEST', 'RECOMMENDATION', 'PLEDGE', 'CLUE', 'CASE', 'CAMPAIGN', 'PORTRAIT'] as const
export type TaskSourceKind = (typeof TASK_SOURCES)[number] | 'OTHER'
const CLOSED: readonly TaskSourceKind[] = ['CLUE', 'CASE', 'PORTRAIT']
export const isClosed = (kind: TaskSourceKind): boolean => CLOSED.includes(kind)

export type TaskRow = LocatedRow & {
  state: RectificationTaskState; responsible_appointment_id: string | null; problem: string; measures: string | null; due_on: string
  source_kind: TaskSourceKind; source_id: string | null; source_note: string | null; returns: number; extensions: number
  performed_by: string[]; recurrence_of_id: string | null; is_synthetic: boolean
}
export type ExtensionRow = LocatedRow & { state: RectificationExtensionState; task_id: string; due_before: string; due_on: string; created_by: string }

/** An appointment that is in force today, of any unit. */
export const appointmentInForce = (tx: Transaction, id: string): Promise<{ id: string; unit_id: string; person_id: string } | null> => tx.row(`
  SELECT a.id, a.unit_id, a.person_id FROM appointment a CROSS JOIN (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) d
  WHERE a.id = $1 AND a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day)`, [id])

export const personOf = async (tx: Transaction, appointmentId: string | null): Promise<string | null> =>
  (appointmentId === null ? null : (await tx.row<{ person_id: string }>('SELECT person_id FROM appointment WHERE id = $1', [appointmentId]))?.person_id ?? null)

/** Is there a piece of evidence for the task that nobody withdrew? */
export const hasEvidence = async (tx: Transaction, taskId: string): Promise<boolean> =>
  (await tx.row<{ there: boolean }>('SELECT EXISTS (SELECT FROM evidence WHERE subject_id = $1 AND withdrawn_reason IS NULL) AS there', [taskId]))!.there

/** What a task comes from, closed realms included: for the module of the source, which asks for itself who may know. */
export const sourceOfTask = (tx: Transaction, taskId: string): Promise<Source<TaskSourceKind> | null> =>
  tx.row('SELECT source_kind AS kind, source_id AS id FROM rectification_task WHERE id = $1', [taskId])

/** A control that failed a test, with who holds the post that owns it; null when a task for it is open already. */
export const failedControl = (tx: Transaction, controlId: string): Promise<{ unit_id: string; code: string; description_zh: string; is_synthetic: boolean; holder: string | null } | null> => tx.row(`
  SELECT c.unit_id, c.code, c.description_zh, c.is_synthetic, (
      SELECT a.id FROM appointment a CROSS JOIN (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) d
      WHERE a.position_id = c.owner_position_id AND a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day) ORDER BY a.valid_from, a.id LIMIT 1) AS holder
  FROM control c WHERE c.id = $1 AND NOT EXISTS (
    SELECT FROM control_test t JOIN rectification_task r ON r.source_id = t.id
    WHERE t.control_id = c.id AND r.source_kind = 'CONTROL_TEST' AND r.state NOT IN ('CLOSED', 'RECURRED', 'CANCELLED'))
  FOR UPDATE OF c`, [controlId])

/** The task that must be locked before its request. */
export async function taskOfExtension(tx: Transaction, extensionId: string): Promise<string> {
  const row = await tx.row<{ task_id: string }>('SELECT task_id FROM rectification_extension WHERE id = $1', [extensionId])
  if (!row) throw notFound('id')
  return row.task_id
}
