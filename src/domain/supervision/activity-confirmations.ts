import type { Violation } from '../../core/errors'
import type { Transaction } from '../../database/transaction'
import { gate } from '../gate'
import { ACTIVITY, partnersOf, type ActivityRow } from './activity.repository'
import { supervisionActivityMachine } from './supervision-activity.states'
import { activityEvents } from './supervision.events'

/** What partners confirm: the plan before the visit, the conclusion after it. */
type Confirmed = 'plan' | 'conclusion'

/** Every partner in whose name the actor may speak and that has not confirmed yet. */
export async function confirm(tx: Transaction, activity: ActivityRow, what: Confirmed): Promise<void> {
  const { actor } = tx.origin
  const { roles } = supervisionActivityMachine.commands.confirmSupervisionActivityPlan
  const mine = (await partnersOf(tx, activity.id)).filter(p => actor.roles.some(r => roles.includes(r.role) && p.path.startsWith(r.path)))
  const open = mine.filter(p => p[`${what}_confirmed_at`] === null)
  gate(open.length ? [] : [{ path: 'id', rule: 'once', message: 'This partner has confirmed already.' }])
  for (const partner of open) tx.update('supervision_activity_partner', partner, { [`${what}_confirmed_at`]: new Date().toISOString(), [`${what}_confirmed_by`]: actor.ref })
  tx.touch(ACTIVITY.table, activity)
  tx.emit(activityEvents[`${what}Confirmed`], { subjectId: activity.id, unitId: activity.unit_id })
}

export const unconfirmed = async (tx: Transaction, activity: ActivityRow, what: Confirmed): Promise<Violation[]> =>
  (await partnersOf(tx, activity.id)).filter(p => p[`${what}_confirmed_at`] === null).map(p => ({ path: 'id', rule: 'partners', message: `${p.name_zh} has not confirmed the ${what}.` }))

export async function voidConfirmations(tx: Transaction, activity: ActivityRow, what: Confirmed): Promise<void> {
  for (const partner of await partnersOf(tx, activity.id)) tx.update('supervision_activity_partner', partner, { [`${what}_confirmed_at`]: null, [`${what}_confirmed_by`]: null })
}
