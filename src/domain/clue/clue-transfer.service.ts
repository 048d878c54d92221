import { AppError, badInput } from '../../core/errors'
import { today } from '../../core/day'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import { locate, type LocatedRow } from '../../database/locate'
import { enter, next, NOWHERE } from '../../database/moves'
import type { Transaction } from '../../database/transaction'
import { gate } from '../gate'
import { clueEvents } from './clue.events'
import { handles, registration } from './clue-intake.service'
import type { ClueCommandInput, TransferClueInput } from './clue.inputs'
import { TRANSFER } from './clue.registers'
import { bodyAbove, clueOf, findBody, subjectsOf, type Body, type ClueRow } from './clue.repository'
import { clueTransferMachine, type ClueTransferState } from './clue-transfer.states'
import type { ClueWork } from './clue.work'

export type TransferRow = LocatedRow & { clue_id: string; from_unit_id: string; to_unit_id: string; state: ClueTransferState; readers: string[] }

/** Clues on their way to other bodies. */
export class ClueTransferService {
  constructor(private readonly work: ClueWork) {}

  /** Answers the row id of the clue. */
  transfer(origin: Origin, input: TransferClueInput): Promise<string> {
    return this.work.on(origin, 'transferClue', input, async (tx, clue) => {
      const to = await this.receiver(tx, clue, input.toUnitId)
      const dueOn = await this.work.due(tx, clue.nature, 'ACCEPT_TRANSFER') ?? today()
      const id = tx.insert('clue_transfer', {
        clue_id: clue.id, unit_id: clue.unit_id, from_unit_id: clue.unit_id, to_unit_id: to.id, nature: clue.nature, from_number: clue.number, sent_on: today(), due_on: dueOn,
        readers: clue.readers, state: 'SENT',
      })
      await this.work.seal(tx, 'clue_transfer', id, { reason: input.reason })
      tx.emit(clueEvents.transferred, { subjectId: clue.id, unitId: clue.unit_id, payload: { transferId: id, fromUnitId: clue.unit_id, toUnitId: to.id, dueOn } })
      return { step_due_on: dueOn }
    })
  }

  accept(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.answer(origin, 'acceptClueTransfer', input, async (tx, transfer, clue) => {
      const to = transfer.to_unit_id
      tx.transition({ type: 'Clue', id: clue.id, unitId: NOWHERE, from: clue.state, to: 'REGISTERED' })
      tx.update('clue', clue, { unit_id: to, state: 'REGISTERED', assignee_person_id: null, ...await registration(this.work, tx, clue, to) })
      // Who took it in stays a party; who only passed it on does not.
      if (to !== clue.intake_unit_id) tx.link('clue_party', { clue_id: clue.id, unit_id: to })
      if (transfer.from_unit_id !== clue.intake_unit_id) tx.unlink('clue_party', { clue_id: clue.id, unit_id: transfer.from_unit_id })
      tx.emit(clueEvents.transferAccepted, { subjectId: clue.id, unitId: to, payload: ends(transfer) })
      clue.unit_id = to
    })
  }

  sendBack(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.answer(origin, 'sendBackClueTransfer', input, async (tx, transfer, clue) => {
      await this.work.move(tx, clue, 'REGISTERED', { step_due_on: clue.due_on })
      tx.emit(clueEvents.transferSentBack, { subjectId: clue.id, unitId: clue.unit_id, payload: ends(transfer) })
    })
  }

  recall(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.answer(origin, 'recallClueTransfer', input, async (tx, transfer, clue) => {
      await this.work.move(tx, clue, 'REGISTERED', { step_due_on: clue.due_on })
      tx.emit(clueEvents.transferRecalled, { subjectId: clue.id, unitId: clue.unit_id, payload: ends(transfer) })
    })
  }

  /** Answers the row id of the transfer. */
  private answer(
    origin: Origin, command: keyof typeof clueTransferMachine.commands, input: ClueCommandInput, work: (tx: Transaction, transfer: TransferRow, clue: ClueRow) => Promise<void>,
  ): Promise<string> {
    return runCommand(this.work.db, origin, command, input, async tx => {
      const transfer = await locate<TransferRow>(tx, TRANSFER, input.id, 'id')
      const to = await next(tx, clueTransferMachine, command, transfer, input)
      const clue = await clueOf(tx, transfer)
      await work(tx, transfer, clue)
      enter(tx, { ...TRANSFER, type: 'ClueTransfer' }, transfer, to, { changes: { answered_on: today() } })
      if (input.opinion?.trim()) await this.work.write(tx, clue, 'OPINION', input.opinion.trim())
      return transfer.id
    })
  }

  /** INV-31: never the unit that it is about. A village supervisor passes it up, to nobody else. */
  private async receiver(tx: Transaction, clue: ClueRow, toUnitId: string | null | undefined): Promise<Body> {
    const above = await bodyAbove(tx, clue.unit_id)
    const to = toUnitId == null ? above : await findBody(tx, toUnitId, 'toUnitId')
    if (!to) throw badInput('toUnitId', 'required', 'There is no commission above; name the receiver.')
    if (to.id === clue.unit_id) throw badInput('toUnitId', 'elsewhere', 'The clue is there already.')
    if (!handles(tx, clue) && to.id !== above?.id) throw new AppError('FORBIDDEN', 'A village supervisor passes a clue up to the commission next above.', { violations: [{ path: 'toUnitId', rule: 'SM-8', message: 'A village supervisor passes a clue up to the commission next above.' }] })
    if ((await subjectsOf(tx, clue.id)).units.includes(to.id)) gate([{ path: 'toUnitId', rule: 'INV-31', message: 'A clue is not passed to the unit that it is about.' }])
    return to
  }
}

const ends = (t: TransferRow) => ({ transferId: t.id, fromUnitId: t.from_unit_id, toUnitId: t.to_unit_id })
