import { today } from '../../core/day'
import { badInput, type Violation } from '../../core/errors'
import { parsePeriod } from '../../core/period'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { json, type StoredRow, type Transaction, type Values } from '../../database/transaction'
import { gate } from '../gate'
import { ref } from '../refs'
import type { CycleRow } from '../responsibility'
import './loop.constraints'
import type { ProgressMoveInput, ReviewProgressInput } from './loop.inputs'
import { figuresOf, holdCycle, itemsOfYear, moveCycle, supervisingBody } from './loop.repository'

/** The joint look at progress (同推): one record a quarter, all four responsibilities side by side. */
export class ProgressReviewService {
  constructor(private readonly db: Database) {}

  /** Answers the row ids of the unit-year and of the record. */
  review(origin: Origin, input: ReviewProgressInput): Promise<{ cycle: string; review: string }> {
    return runCommand(this.db, origin, 'reviewProgress', input, async tx => {
      const held = await holdCycle(tx, 'reviewProgress', input)
      const { cycle } = held
      if (parsePeriod(`${cycle.year}-Q${input.quarter}`)!.start > today()) throw badInput('quarter', 'SM-2', 'The quarter has not begun.')
      const moves = await movesOf(tx, cycle, input.moves)
      const values = { reviewed_on: today(), summary: input.summary ?? null, figures: json(await figuresOf(tx, cycle)) }
      const before = await tx.row('SELECT * FROM progress_review WHERE cycle_id = $1 AND quarter = $2 FOR UPDATE', [cycle.id, input.quarter])
      const review = before ? await again(tx, before, values) : tx.insert('progress_review', { unit_id: cycle.unit_id, cycle_id: cycle.id, quarter: input.quarter, ...values })
      tx.insertMany('progress_move', moves.map(move => ({ unit_id: cycle.unit_id, review_id: review, ...move })))
      moveCycle(tx, held, 'progressReviewed')
      return { cycle: cycle.id, review }
    })
  }
}

/** Another look in the same quarter: the record shows what is so now. */
async function again(tx: Transaction, before: StoredRow, values: Values): Promise<string> {
  tx.touch('progress_review', before)
  tx.update('progress_review', before, values)
  for (const { id } of await tx.rows<{ id: string }>('SELECT id FROM progress_move WHERE review_id = $1', [before.id])) tx.unlink('progress_move', { id })
  tx.barrier()
  return before.id
}

/** Checks who moves what: duties of the year, by posts of the unit or of its supervising body, and none of what is late left out. */
async function movesOf(tx: Transaction, cycle: CycleRow, moves: readonly ProgressMoveInput[]): Promise<Values[]> {
  const items = await itemsOfYear(tx, cycle)
  const rows = moves.map((m, i) => ({ duty_item_id: ref('duty', m.dutyItemId, `moves.${i}.dutyItemId`), appointment_id: ref('appt', m.appointmentId, `moves.${i}.appointmentId`), due_on: m.dueOn, measure: m.measure }))
  const bodies = [cycle.unit_id, (await supervisingBody(tx, cycle)).id]
  const posts = new Set((await tx.rows<{ id: string }>(`
    SELECT a.id FROM appointment a, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) d
    WHERE a.id = ANY($1::uuid[]) AND a.unit_id = ANY($2::uuid[]) AND a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day)`, [rows.map(r => r.appointment_id), bodies])).map(p => p.id))
  for (const [i, row] of rows.entries()) {
    if (!items.some(item => item.id === row.duty_item_id)) throw badInput(`moves.${i}.dutyItemId`, 'SM-2', 'This is no duty on a published list of the year.')
    if (rows.findIndex(r => r.duty_item_id === row.duty_item_id) !== i) throw badInput(`moves.${i}.dutyItemId`, 'unique', 'The duty is named twice.')
    if (!posts.has(row.appointment_id)) throw badInput(`moves.${i}.appointmentId`, 'SM-2', 'Who moves it holds a post of the unit or of the body that supervises it today.')
    if (row.due_on < today()) throw badInput(`moves.${i}.dueOn`, 'range', 'The day has passed already.')
  }
  const left = items.filter(item => item.late && !rows.some(r => r.duty_item_id === item.id))
  gate(left.map((item): Violation => ({ path: 'moves', rule: 'SM-2', message: `${item.code} is late; say who moves it by when.` })))
  return rows
}
