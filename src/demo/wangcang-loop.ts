import { today } from '../core/day'
import { globalId } from '../core/ids'
import type { Database } from '../database/database'
import { DutyReportService } from '../domain/duty-report'
import { ProgressReviewService } from '../domain/loop'
import type { Responsibility } from '../domain/responsibility'
import { castOf } from './cast'
import type { DemoStep } from './step'

const UNIT = '510821-HEALTH'
const GROUP = '510821-DG-HEALTH'
const YEAR = 2020
const QUARTERS = [1, 2, 3, 4]
const CAST = { secretary: 'wangcang-health-approver', member: 'wangcang-health-duty-owner', groupLeader: 'wangcang-health-group-leader' } as const
const SUMMARY = '四责同推：对照清单逐项通报进展，未启动事项明确推进人和时限'

interface Row { id: string }
const idsOf = async (db: Database, text: string, values: readonly unknown[]): Promise<string[]> => (await db.rows<Row>(text, values)).map(r => r.id)
const cycleOf = (db: Database): Promise<string[]> => idsOf(db, `SELECT c.id FROM accountability_cycle c JOIN unit u ON u.id = c.unit_id WHERE u.code = $1 AND c.year = $2 AND c.state = 'IN_FORCE'`, [UNIT, YEAR])
const quartersDone = async (db: Database, cycle: string): Promise<number[]> => (await db.rows<{ quarter: number }>('SELECT quarter FROM progress_review WHERE cycle_id = $1', [cycle])).map(r => r.quarter)

/** Who speaks for which of the four, and where the post is. */
const SPEAKERS: readonly (readonly [Responsibility, keyof typeof CAST, string])[] = [
  ['COMMITTEE_MAIN', 'secretary', UNIT], ['SECRETARY_FIRST', 'secretary', UNIT], ['MEMBER_DUAL_DUTY', 'member', UNIT], ['COMMISSION_SUPERVISORY', 'groupLeader', GROUP],
]

/** The year of the Wangcang health bureau goes on: a joint look at progress each quarter, and what each of the four will report. */
export const wangcangLoop: DemoStep = {
  name: 'wangcang-loop',
  title: 'Joint progress and duty reports of the Wangcang health bureau',
  isDone: async db => {
    const [cycle] = await cycleOf(db)
    return !cycle || ((await quartersDone(db, cycle)).length === QUARTERS.length && (await idsOf(db, 'SELECT id FROM duty_report WHERE cycle_id = $1', [cycle])).length === SPEAKERS.length)
  },
  run: async ({ db, tell }) => {
    const [cycle] = await cycleOf(db)
    const cast = await castOf(db, CAST)
    const [unit] = await idsOf(db, 'SELECT id FROM unit WHERE code = $1', [UNIT])
    const postOf = async (who: keyof typeof CAST, code: string): Promise<string> => globalId('appt', (await idsOf(db,
      'SELECT a.id FROM appointment a JOIN unit u ON u.id = a.unit_id WHERE a.person_id = $1 AND u.code = $2 AND a.valid_to IS NULL ORDER BY a.id', [cast[who].actor.personId, code]))[0]!)
    const [secretary, leader] = [await postOf('secretary', UNIT), await postOf('groupLeader', GROUP)]
    const waiting = await db.rows<{ id: string; responsibility: Responsibility; post: string | null }>(`
      SELECT i.id, i.responsibility, i.responsible_appointment_id AS post FROM duty_item i JOIN accountability_cycle c ON i.list_id IN (c.main_list_id, c.supervision_list_id)
      WHERE c.id = $1 AND i.state IN ('NOT_STARTED', 'IN_PROGRESS') ORDER BY i.responsibility, i.seq`, [cycle])
    // Who answers for a duty moves it; duties of the body the secretary, those of the group its leader.
    const moves = waiting.map(({ id, responsibility, post }) => ({
      dutyItemId: globalId('duty', id), appointmentId: post !== null ? globalId('appt', post) : responsibility === 'COMMISSION_SUPERVISORY' ? leader : secretary,
      dueOn: `${today().slice(0, 4)}-12-31`, measure: '列入下季度督办，逐月通报',
    }))
    const done = await quartersDone(db, cycle!)
    for (const quarter of QUARTERS.filter(q => !done.includes(q))) {
      await new ProgressReviewService(db).review(cast.secretary, { id: globalId('cycle', cycle!), quarter, summary: SUMMARY, moves })
      tell(quarter / (QUARTERS.length + 1))
    }
    for (const [responsibility, who, code] of SPEAKERS) {
      const appointmentId = await postOf(who, code)
      const filed = await idsOf(db, 'SELECT id FROM duty_report WHERE cycle_id = $1 AND responsibility = $2', [cycle, responsibility])
      if (!filed.length) await new DutyReportService(db).file(cast[who], { unitId: globalId('unit', unit!), year: YEAR, responsibility, appointmentId, text: '对照责任清单报告本年度履责情况、存在的不足和下一步打算。' })
    }
    tell(1)
  },
}
