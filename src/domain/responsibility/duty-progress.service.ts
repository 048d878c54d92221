import { AppError, notFound } from '../../core/errors'
import { requireOtherEyes } from '../../core/four-eyes'
import type { Origin } from '../../core/request'
import { transit } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { enter } from '../../database/moves'
import { checkVersion, type Transaction, type Values } from '../../database/transaction'
import { gate } from '../gate'
import { remembered } from '../remembered'
import { dutyItemMachine } from './duty-item.states'
import { dutyEvents } from './responsibility.events'
import type { DutyItemCommandInput } from './responsibility.inputs'
import { hasEvidence, listOfItem, lockItem, personOfAppointment, shareList, type ItemRow } from './responsibility.repository'

type ProgressCommand = keyof typeof dutyItemMachine.commands
/** What a command asks of the locked item and changes on it. */
type Step = (item: ItemRow, tx: Transaction) => Promise<Values> | Values

/** Commands on the progress of duties (SM-3). Each answers the row id of the item. */
export class DutyProgressService {
  constructor(private readonly db: Database) {}

  start(origin: Origin, input: DutyItemCommandInput): Promise<string> {
    return this.move(origin, 'startDutyItem', input, async (item, tx) => {
      await requireResponsible(tx, item)
      return { claimed_by: null, ...remembered(item, 'performed_by', origin.actor) }
    })
  }

  claimDone(origin: Origin, input: DutyItemCommandInput): Promise<string> {
    return this.move(origin, 'claimDutyItemDone', input, async (item, tx) => {
      await requireResponsible(tx, item)
      if (!(await hasEvidence(tx, item.id))) gate([{ path: 'evidence', rule: 'SM-3', message: 'A duty is declared done with evidence; attach a piece first.' }])
      return { claimed_by: origin.actor.ref, ...remembered(item, 'performed_by', origin.actor) }
    })
  }

  verify(origin: Origin, input: DutyItemCommandInput): Promise<string> {
    return this.move(origin, 'verifyDutyItem', input, async (item, tx) => {
      await requireAnother(tx, item)
      return {}
    })
  }

  return(origin: Origin, input: DutyItemCommandInput): Promise<string> {
    return this.move(origin, 'returnDutyItem', input, async (item, tx) => {
      await requireAnother(tx, item)
      return {}
    })
  }

  waive(origin: Origin, input: DutyItemCommandInput): Promise<string> {
    return this.move(origin, 'waiveDutyItem', input, async (item, tx) => {
      await requireAnother(tx, item)
      return { waived_reason: input.opinion!.trim() }
    })
  }

  private move(origin: Origin, command: ProgressCommand, input: DutyItemCommandInput, step: Step): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const found = await listOfItem(tx, input.id, 'id')
      const list = await shareList(tx, found.list_id)
      const item = await lockItem(tx, found.id)
      if (!item) throw notFound('id')
      const to = transit(dutyItemMachine, command, item, { actor: origin.actor, path: item.owner_path, opinion: input.opinion })
      checkVersion(item, input.rowVersion)
      if (list.state !== 'PUBLISHED') gate([{ path: 'id', rule: 'SM-3', message: `Duties are performed while their list is published; it is ${list.state}.` }])
      enter(tx, { table: 'duty_item', type: 'DutyItem' }, item, to, { changes: await step(item, tx), opinion: input.opinion })
      tx.emit(dutyEvents[to], { subjectId: item.id, unitId: item.unit_id, payload: { responsibility: item.responsibility } })
      return item.id
    })
  }
}

/** Whoever answers for a duty decides nothing about it, also where others did the work or nobody has yet. */
async function requireAnother(tx: Transaction, item: ItemRow): Promise<void> {
  if (item.responsible_appointment_id === null) return
  const person = await personOfAppointment(tx, item.responsible_appointment_id)
  requireOtherEyes(tx.origin.actor, person && `person:${person}`)
}

/** INV-08: a duty of a person is performed by that person; a duty of a body by any of its duty owners. */
async function requireResponsible(tx: Transaction, item: ItemRow): Promise<void> {
  if (item.responsible_appointment_id === null) return
  const person = await personOfAppointment(tx, item.responsible_appointment_id)
  if (person !== null && person === tx.origin.actor.personId) return
  const message = 'Only the person who answers for the duty may do this.'
  throw new AppError('FORBIDDEN', message, { messageKey: 'notResponsible', violations: [{ path: 'id', rule: 'INV-08', message }] })
}
