import type { Logger } from 'pino'
import { systemActor } from '../../core/actor'
import { today } from '../../core/day'
import type { Origin } from '../../core/request'
import { tellTopic } from '../../core/topics'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { databaseUnavailable } from '../../database/failures'
import type { Transaction } from '../../database/transaction'
import { workCalendar } from '../calendar'
import { inboxEvents } from './inbox.events'
import { reminderDays } from './settings'

/** Number of the advisory lock that lets one instance remind at a time. */
const REMINDING = 43_210_026
const HOUR = 3_600_000
/** Reminders of one transaction, and places told one by one: more are told as one. */
const BATCH = 500
const PLACES = 50
const OVERDUE = -1

const reminding: Origin = Object.freeze({ actor: systemActor('inbox-reminders'), requestId: 'inbox-reminders', address: null })

/** Days for which the same reminder is due. */
interface Span { readonly daysBefore: number; readonly from: string; readonly to: string }
interface DueRow { subject_id: string; subject_type: string; state: string; due_key: string; realm: string | null; unit_id: string; places: string[] }

/**
 * Reminds of what is soon due and of what is overdue, each once: nearer reminders take the place of those that were missed. Returns how many;
 * null when another instance is at it.
 */
export async function remind(db: Database, day = today()): Promise<number | null> {
  let reminded = 0
  for (const span of await spansOf(db, day)) {
    for (let n = BATCH; n === BATCH; reminded += n) {
      const done = await runCommand(db, reminding, 'remind', {}, tx => batch(tx, span))
      if (done === null) return null
      n = done
    }
  }
  return reminded
}

async function spansOf(db: Database, day: string): Promise<Span[]> {
  const calendar = await workCalendar(db)
  const ends = [...new Set(reminderDays(db))].sort((a, b) => a - b).map(daysBefore => ({ daysBefore, to: calendar.addWorkingDays(day, daysBefore).day }))
  return [{ daysBefore: OVERDUE, from: '-infinity', to: after(day, -1) }, ...ends.map(({ daysBefore, to }, i) => ({ daysBefore, from: i ? after(ends[i - 1]!.to, 1) : day, to }))]
}
const after = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

async function batch(tx: Transaction, { daysBefore, from, to }: Span): Promise<number | null> {
  const { mine } = (await tx.row<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [REMINDING]))!
  if (!mine) return null
  const due = await tx.rows<DueRow>(`
    SELECT i.subject_id, i.subject_type, i.state, i.due_key, i.realm, min(i.unit_id::text) AS unit_id, array_agg(DISTINCT i.role || ' ' || u.path) AS places
    FROM inbox_item i JOIN unit u ON u.id = i.unit_id
    WHERE i.due_key BETWEEN $1::date AND $2::date
      AND NOT EXISTS (SELECT FROM inbox_reminder r WHERE r.subject_id = i.subject_id AND r.state = i.state AND r.due_on = i.due_key AND r.days_before = $3)
    GROUP BY i.subject_id, i.subject_type, i.state, i.due_key, i.realm ORDER BY i.due_key, i.subject_id LIMIT ${BATCH}`, [from, to, daysBefore])
  tx.linkMany('inbox_reminder', due.map(d => ({ subject_id: d.subject_id, state: d.state, due_on: d.due_key, days_before: daysBefore })))
  for (const d of due) if (d.realm === null) tell(tx, d, daysBefore)
  const places = [...new Set(due.flatMap(d => d.places))]
  for (const place of places.length > PLACES ? [''] : places) tellTopic(tx, `inbox ${place}`.trim())
  return due.length
}

function tell(tx: Transaction, d: DueRow, daysBefore: number): void {
  const about = { subjectId: d.subject_id, unitId: d.unit_id }
  const payload = { subjectType: d.subject_type, state: d.state, dueOn: d.due_key }
  if (daysBefore === OVERDUE) tx.emit(inboxEvents.overdue, { ...about, payload })
  else tx.emit(inboxEvents.dueSoon, { ...about, payload: { ...payload, workingDays: daysBefore } })
}

/** Reminds at once and then every hour. Returns how to stop. */
export function startReminding(db: Database, o: { log: Pick<Logger, 'error'> }): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const run = (): void => {
    running = running.then(() => remind(db)).catch((err: unknown) => {
      if (!databaseUnavailable(err)) o.log.error({ err }, 'reminders could not be given')
    })
  }
  run()
  const timer = setInterval(run, HOUR).unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
