import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const RECEIVERS: readonly Role[] = ['SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION']
const SENDERS: readonly Role[] = [...RECEIVERS, 'VILLAGE_SUPERVISOR']

/** A clue on its way to another body. The clue waits; it is the receiver's with all its content only once it is accepted. */
export const clueTransferMachine = defineMachine({
  name: 'ClueTransfer',
  initial: 'SENT',
  states: {
    SENT: 'Waits for the receiver (待接收)',
    ACCEPTED: 'The receiver handles the clue (已接收)',
    SENT_BACK: 'Not the receiver’s; the sender handles it (已退回)',
    RECALLED: 'Taken back by the sender (已撤回)',
  },
  sides: { SENDER: { column: 'from_unit_id' }, RECEIVER: { column: 'to_unit_id' } },
  follows: [{ from: [], to: 'SENT', when: 'transferClue is given on the clue' }],
  awaits: { SENT: ['acceptClueTransfer', 'sendBackClueTransfer'] },
  due: [{ column: 'due_on', in: ['SENT'] }],
  commands: {
    acceptClueTransfer: { from: ['SENT'], to: 'ACCEPTED', side: 'RECEIVER', roles: RECEIVERS, description: 'Takes the clue over; it is registered there (接收移交线索).' },
    sendBackClueTransfer: { from: ['SENT'], to: 'SENT_BACK', side: 'RECEIVER', roles: RECEIVERS, needsOpinion: true, description: 'Gives the clue back with an opinion (退回移交线索).' },
    recallClueTransfer: { from: ['SENT'], to: 'RECALLED', side: 'SENDER', roles: SENDERS, needsOpinion: true, description: 'Takes the clue back before anybody accepted it (撤回移交).' },
  },
})
export type ClueTransferState = keyof typeof clueTransferMachine.states
