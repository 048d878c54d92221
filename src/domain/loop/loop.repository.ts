import type { Actor } from '../../core/actor'
import { locate } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { StoredRow, Transaction, Values } from '../../database/transaction'
import { CYCLE, loopMachine, type CycleRow, type CycleState, Responsibility } from '../responsibility'
import { loopEvents } from './loop.events'

export const FOUR = Object.keys(Responsibility) as Responsibility[]
export type LoopCommand = Exclude<keyof typeof loopMachine.commands, 'confirmJointPublication'>
export interface CycleInput { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null }

/** A unit-year that a command acts on: locked, with the state that follows by the table. */
export interface HeldCycle { cycle: CycleRow; to: CycleState }

/** Locks the unit-year of an input and asks the table. `outcome`: where the table leaves the choice. */
export async function holdCycle(tx: Transaction, command: LoopCommand, input: CycleInput, outcome?: (cycle: CycleRow) => CycleState): Promise<HeldCycle> {
  const cycle = await locate<CycleRow>(tx, CYCLE, input.id, 'id')
  return { cycle, to: await next(tx, loopMachine, command, cycle, { ...input, outcome: outcome?.(cycle) }) }
}

/** Writes what follows: the columns, the state with its transition (an opinion is kept there also where the state stays), the event. `about`: which of the four is meant, where one is. */
export function moveCycle(tx: Transaction, { cycle, to }: HeldCycle, happened: keyof typeof loopEvents, o: { changes?: Values; opinion?: string | null; about?: Responsibility | null } = {}): void {
  enter(tx, { table: CYCLE.table, type: 'AccountabilityCycle' }, cycle, to, o)
  tx.emit(loopEvents[happened], { subjectId: cycle.id, unitId: cycle.unit_id, payload: { year: cycle.year, responsibility: o.about ?? null } })
}

export interface Figures { responsibility: Responsibility; items: number; done: number; verified: number; late: number }
export interface ListedItem { id: string; code: string; late: boolean }

/** The lists of a unit-year that hold duties. */
const duties = (cycle: CycleRow): (string | null)[] => [cycle.main_list_id, cycle.supervision_list_id]
const LATE = `i.due_on < (now() AT TIME ZONE 'Asia/Shanghai')::date AND i.state IN ('NOT_STARTED', 'IN_PROGRESS', 'RETURNED')`

/** All four, counted on the published lists of the year; responsibilities without items are there with zeros. */
export async function figuresOf(tx: Transaction, cycle: CycleRow): Promise<Figures[]> {
  const rows = await tx.rows<Figures>(`
    SELECT i.responsibility, count(*)::int AS items, count(*) FILTER (WHERE i.state IN ('CLAIMED_DONE', 'VERIFIED'))::int AS done,
      count(*) FILTER (WHERE i.state = 'VERIFIED')::int AS verified, count(*) FILTER (WHERE ${LATE})::int AS late
    FROM duty_item i WHERE i.list_id = ANY($1::uuid[]) AND i.state <> 'WAIVED' GROUP BY i.responsibility`, [duties(cycle)])
  return FOUR.map(responsibility => rows.find(r => r.responsibility === responsibility) ?? { responsibility, items: 0, done: 0, verified: 0, late: 0 })
}

export const itemsOfYear = (tx: Transaction, cycle: CycleRow): Promise<ListedItem[]> => tx.rows<ListedItem>(
  `SELECT i.id, i.code, coalesce(${LATE}, false) AS late FROM duty_item i WHERE i.list_id = ANY($1::uuid[]) ORDER BY i.code`, [duties(cycle)])

export interface Failing { id: string; responsibility: Responsibility; state: string; late: boolean }
/** A duty of the year by row id; null when it stands on no published list of it. */
export const itemOfYear = (tx: Transaction, cycle: CycleRow, id: string): Promise<Failing | null> => tx.row<Failing>(
  `SELECT i.id, i.responsibility, i.state, coalesce(${LATE}, false) AS late FROM duty_item i WHERE i.id = $1 AND i.list_id = ANY($2::uuid[])`, [id, duties(cycle)])

export interface Standing extends StoredRow { responsibility: Responsibility; grade: string | null; fault: string | null }
export const lockStandings = (tx: Transaction, cycle: CycleRow): Promise<Standing[]> => tx.rows<Standing>(
  'SELECT * FROM cycle_responsibility WHERE cycle_id = $1 ORDER BY id FOR UPDATE', [cycle.id])

/** Writes what is found for some of the four; a row for each of them begins with the first that is found for any. */
export async function putStandings(tx: Transaction, cycle: CycleRow, of: ReadonlyMap<Responsibility, Values>): Promise<void> {
  const rows = await lockStandings(tx, cycle)
  for (const [place, responsibility] of FOUR.entries()) {
    const row = rows.find(r => r.responsibility === responsibility)
    const values = of.get(responsibility) ?? {}
    if (row) tx.update('cycle_responsibility', row, values)
    else tx.insert('cycle_responsibility', { unit_id: cycle.unit_id, cycle_id: cycle.id, place: place + 1, responsibility, ...values })
  }
}

/** The body whose list of supervision duties the year has: whose own work the commission above judges. */
export const supervisingBody = async (tx: Transaction, cycle: CycleRow): Promise<{ id: string; path: string; kind: string; parent_path: string | null }> => (await tx.row<{ id: string; path: string; kind: string; parent_path: string | null }>(`
  SELECT o.id, o.path, o.kind, p.path AS parent_path FROM responsibility_list l JOIN unit o ON o.id = l.owner_unit_id LEFT JOIN unit p ON p.id = o.parent_id WHERE l.id = $1`, [cycle.supervision_list_id]))!

/**
 * Does the actor approve for a commission above this body? Above a group or an office stands whoever approves for more than it; above the
 * commission of a place, whoever approves for more than that place.
 */
export function standsAbove(actor: Actor, body: { path: string; kind: string; parent_path: string | null }): boolean {
  const own = ['COMMISSION_CITY', 'COMMISSION_COUNTY', 'TOWNSHIP_COMMISSION'].includes(body.kind) ? body.parent_path ?? body.path : body.path
  return actor.roles.some(({ role, path }) => role === 'COMMISSION_APPROVER' && own !== path && own.startsWith(path))
}
