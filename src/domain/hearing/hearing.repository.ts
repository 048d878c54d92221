import { notFound } from '../../core/errors'
import type { LocatedRow } from '../../database/locate'
import { inScope } from '../../database/locate'
import type { StoredRow, Transaction } from '../../database/transaction'
import { ref } from '../refs'
import type { Responsibility } from '../responsibility'
import { partScope, sessionScope } from './hearing.reads'
import type { HearingQuestionState, HearingSessionState } from './hearing-session.states'
import type { PledgeState } from './pledge.states'

export const SESSION = { table: 'hearing_session', prefix: 'hear', roles: sessionScope.roles, alsoAt: sessionScope.alsoAt } as const
const part = { roles: partScope.roles, alsoAt: partScope.alsoAt }
export const RESPONDENT = { table: 'hearing_respondent', prefix: 'heard', ...part } as const
export const QUESTION = { table: 'hearing_question', prefix: 'hq', ...part } as const
export const PLEDGE = { table: 'pledge', prefix: 'pledge', ...part } as const

export type SessionRow = LocatedRow & { held_on: string; year: number; theme: string; is_four_responsibility: boolean; state: HearingSessionState; is_synthetic: boolean }
interface Part { session_id: string; host_unit_id: string }
export type RespondentRow = LocatedRow & Part & { about_unit_id: string; responsibility: Responsibility; appointment_id: string; duty_report_id: string | null; evaluated_at: string | null }
export type QuestionRow = LocatedRow & Part & { respondent_id: string; appointment_id: string; state: HearingQuestionState; created_by: string; answer: string | null }
export type PledgeRow = LocatedRow & Part & { respondent_id: string; appointment_id: string; commitment: string; deadline: string; task_id: string; state: PledgeState; created_by: string }

/** The session of one of its parts, locked. A session is locked before its parts. */
export const lockSession = async (tx: Transaction, rowId: string): Promise<SessionRow> => (await tx.row<SessionRow>(
  'SELECT t.*, u.path AS unit_path FROM hearing_session t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1 FOR UPDATE OF t', [rowId]))!

/** Whose session must be locked before a part that an input names. */
export async function sessionOf(tx: Transaction, register: { table: string; prefix: string }, id: string, path: string): Promise<string> {
  const row = await tx.row<{ session_id: string }>(`SELECT session_id FROM ${register.table} WHERE id = $1`, [ref(register.prefix, id, path)])
  if (!row) throw notFound(path)
  return row.session_id
}

export const respondentsOf = (tx: Transaction, sessionId: string): Promise<RespondentRow[]> => tx.rows<RespondentRow>(
  'SELECT t.*, u.path AS unit_path FROM hearing_respondent t JOIN unit u ON u.id = t.unit_id WHERE t.session_id = $1 ORDER BY t.id FOR UPDATE OF t', [sessionId])

export interface NamedPost extends StoredRow { unit_id: string; role: string; person_id: string; unit_path: string; in_force: boolean }
/** A post that an input names, in the actor's scope. */
export async function postOf(tx: Transaction, rowId: string, path: string | null): Promise<NamedPost> {
  const post = await tx.row<NamedPost>(`
    SELECT a.*, u.path AS unit_path, a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day) AS in_force
    FROM appointment a JOIN unit u ON u.id = a.unit_id, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) d WHERE a.id = $1`, [rowId])
  if (!post || (path !== null && !inScope(tx.origin.actor, post.unit_path))) throw notFound(path ?? 'id')
  return post
}

/** What INV-30 asks of each responsibility: how many were asked and evaluated. */
export const heardOf = (tx: Transaction, sessionId: string): Promise<{ responsibility: Responsibility; reported: number; asked: number; evaluated: number }[]> => tx.rows(`
  SELECT r.responsibility, count(DISTINCT r.id) FILTER (WHERE r.duty_report_id IS NOT NULL)::int AS reported, count(DISTINCT q.id)::int AS asked, count(DISTINCT r.id) FILTER (WHERE r.evaluated_at IS NOT NULL)::int AS evaluated
  FROM hearing_respondent r LEFT JOIN hearing_question q ON q.respondent_id = r.id AND q.state <> 'WITHDRAWN' WHERE r.session_id = $1 GROUP BY r.responsibility`, [sessionId])

export const openQuestions = async (tx: Transaction, sessionId: string): Promise<number> =>
  (await tx.row<{ n: number }>(`SELECT count(*)::int AS n FROM hearing_question WHERE session_id = $1 AND state = 'ASKED'`, [sessionId]))!.n

export const unjudgedPledges = async (tx: Transaction, sessionId: string): Promise<number> =>
  (await tx.row<{ n: number }>(`SELECT count(*)::int AS n FROM pledge WHERE session_id = $1 AND state NOT IN ('FULFILLED', 'BROKEN')`, [sessionId]))!.n

/** Unit-years in which this pledge is pursued: as they are until the transaction ends. */
export const yearsPursuedFor = async (tx: Transaction, pledgeId: string): Promise<string[]> => (await tx.rows<{ id: string }>(`
  SELECT c.id FROM pledge p JOIN hearing_respondent r ON r.id = p.respondent_id JOIN hearing_session s ON s.id = p.session_id JOIN accountability_cycle c ON c.unit_id = r.about_unit_id AND c.year = s.year
  WHERE p.id = $1 AND c.accountability_source_kind = 'PLEDGE' AND c.accountability_source_id = p.id FOR SHARE OF c`, [pledgeId])).map(r => r.id)

export const stateOfTask = async (tx: Transaction, taskId: string): Promise<string> =>
  (await tx.row<{ state: string }>('SELECT state FROM rectification_task WHERE id = $1 FOR SHARE', [taskId]))!.state
