import { AppError, badInput, notFound } from '../../core/errors'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { inScope, locate, locateUnit, requireRole } from '../../database/locate'
import { checkVersion, type StoredRow, type Transaction } from '../../database/transaction'
import { ref } from '../refs'
import { supervises, type Responsibility } from '../responsibility'
import './duty-report.constraints'
import { dutyReportEvents } from './duty-report.events'
import type { EditDutyReportInput, FileDutyReportInput } from './duty-report.inputs'

const REPORT = { table: 'duty_report', prefix: 'dr' } as const
const SECRETARIES = ['PARTY_SECRETARY', 'PARTY_GROUP_SECRETARY', 'UNIT_HEAD']

/** Whose post reports on which of the four. */
const ROLES_OF: Readonly<Record<Responsibility, readonly string[]>> = {
  COMMITTEE_MAIN: [...SECRETARIES, 'TEAM_MEMBER'],
  SECRETARY_FIRST: SECRETARIES,
  MEMBER_DUAL_DUTY: ['TEAM_MEMBER', 'UNIT_HEAD'],
  COMMISSION_SUPERVISORY: ['COMMISSION_SECRETARY', 'GROUP_LEADER', 'SUPERVISOR_STAFF'],
}

/** A post with the path of its unit, as it stands today. */
export interface Post extends StoredRow { unit_id: string; unit_path: string; person_id: string; role: string; in_force: boolean }

/** The post that an input names, held by whoever gives the command: NOT_FOUND out of sight, FORBIDDEN for anybody else. */
export async function ownPost(tx: Transaction, id: string, path: string): Promise<Post> {
  const post = await tx.row<Post>(`
    SELECT a.*, u.path AS unit_path, a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day) AS in_force
    FROM appointment a JOIN unit u ON u.id = a.unit_id, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) d WHERE a.id = $1`, [ref('appt', id, path)])
  if (!post || !inScope(tx.origin.actor, post.unit_path)) throw notFound(path)
  if (post.person_id !== tx.origin.actor.personId) throw notYours(path)
  if (!post.in_force) throw badInput(path, 'INV-08', 'The appointment is not in force today.')
  return post
}

export function notYours(path: string): AppError {
  const message = 'Only the person who answers for the duty may do this.'
  return new AppError('FORBIDDEN', message, { messageKey: 'notResponsible', violations: [{ path, rule: 'INV-08', message }] })
}

/** Does a post of this unit and role speak for one of the four responsibilities of the unit? Refuses what does not fit. */
export async function requireSpeaker(tx: Transaction, post: Pick<Post, 'unit_id' | 'role'>, about: { unitId: string; responsibility: Responsibility }, path: string): Promise<void> {
  const roles = ROLES_OF[about.responsibility]
  if (!roles.includes(post.role)) throw badInput(path, 'INV-08', `The role ${post.role} does not speak for ${about.responsibility}; ${roles.join(' or ')} does.`)
  const own = about.responsibility !== 'COMMISSION_SUPERVISORY'
  if (own ? post.unit_id !== about.unitId : !(await supervises(tx, post.unit_id, about.unitId))) {
    throw badInput(path, 'INV-08', own ? 'The post is one of another unit.' : 'The body of this post does not supervise the unit today.')
  }
}

/** What each of the four says about a year. Whoever holds the post files the report, nobody else. */
export class DutyReportService {
  constructor(private readonly db: Database) {}

  /** Answers the row id of the report. */
  file(origin: Origin, input: FileDutyReportInput): Promise<string> {
    return runCommand(this.db, origin, 'fileDutyReport', input, async tx => {
      const unit = await locateUnit(tx, input.unitId, 'unitId')
      const post = await ownPost(tx, input.appointmentId, 'appointmentId')
      requireRole(tx, ['DUTY_OWNER'], post.unit_path)
      await requireSpeaker(tx, post, { unitId: unit.id, responsibility: input.responsibility }, 'appointmentId')
      const before = await tx.row<{ version: number }>(
        'SELECT max(version) AS version FROM duty_report WHERE unit_id = $1 AND year = $2 AND responsibility = $3 AND appointment_id = $4', [unit.id, input.year, input.responsibility, post.id])
      const cycle = await tx.row<{ id: string }>('SELECT id FROM accountability_cycle WHERE unit_id = $1 AND year = $2', [unit.id, input.year])
      const id = tx.insert('duty_report', {
        unit_id: unit.id, owner_unit_id: post.unit_id, cycle_id: cycle?.id ?? null, year: input.year, responsibility: input.responsibility, appointment_id: post.id,
        version: (before?.version ?? 0) + 1, text: input.text,
      })
      tx.emit(dutyReportEvents.filed, { subjectId: id, unitId: unit.id, payload: { year: input.year, responsibility: input.responsibility } })
      return id
    })
  }

  /** Answers the row id of the report. */
  edit(origin: Origin, input: EditDutyReportInput): Promise<string> {
    return runCommand(this.db, origin, 'editDutyReport', input, async tx => {
      const report = await locate<{ appointment_id: string; fixed_at: string | null }>(tx, REPORT, input.id, 'id')
      const post = (await tx.row<{ person_id: string; path: string }>('SELECT a.person_id, u.path FROM appointment a JOIN unit u ON u.id = a.unit_id WHERE a.id = $1', [report.appointment_id]))!
      if (post.person_id !== origin.actor.personId) throw notYours('id')
      requireRole(tx, ['DUTY_OWNER'], post.path)
      checkVersion(report, input.rowVersion)
      tx.update('duty_report', report, { text: input.text })
      return report.id
    })
  }
}

export interface GivenReport extends StoredRow { unit_id: string; responsibility: Responsibility; appointment_id: string; fixed_at: string | null }

/** The last version of each post's report on a unit-year, locked. */
export const lockReports = (tx: Transaction, unitId: string, year: number): Promise<GivenReport[]> => tx.rows<GivenReport>(`
  SELECT t.* FROM duty_report t WHERE t.unit_id = $1 AND t.year = $2
    AND NOT EXISTS (SELECT FROM duty_report later WHERE (later.unit_id, later.year, later.responsibility, later.appointment_id) = (t.unit_id, t.year, t.responsibility, t.appointment_id) AND later.version > t.version)
  ORDER BY t.id FOR UPDATE OF t`, [unitId, year])

/** From here on the report stands as it was given. */
export function fixReport(tx: Transaction, report: GivenReport, at: string, cycleId?: string): void {
  tx.update('duty_report', report, { ...(report.fixed_at === null && { fixed_at: at }), ...(cycleId !== undefined && { cycle_id: cycleId }) })
}
