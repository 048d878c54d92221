import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const BODIES: readonly Role[] = ['SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION']

/**
 * One exchange of the two-way collaboration. Commands are asked on the sending or on the receiving unit. An exchange that carries a clue is
 * kept by the clue's transfer and follows it: it has no sides, so that nobody is asked for a command or finds it in their inbox.
 */
export const collaborationRecordMachine = defineMachine({
  name: 'CollaborationRecord',
  initial: 'SENT',
  states: {
    SENT: 'Waits for the receiver (待签收)',
    ACKNOWLEDGED: 'Taken up by the receiver (已签收)',
    COMPLETED: 'The receiver has told what became of it (已反馈)',
    RETURNED: 'Given back by the receiver (已退回)',
    RECALLED: 'Taken back by the sender (已撤回)',
  },
  sides: { SENDER: { column: 'by_sender_id' }, RECEIVER: { column: 'by_receiver_id' } },
  follows: [
    { from: [], to: 'SENT', when: 'a clue is transferred' },
    { from: ['SENT'], to: 'ACKNOWLEDGED', when: 'a transferred clue is accepted' },
    { from: ['SENT'], to: 'RETURNED', when: 'a transferred clue is sent back' },
    { from: ['SENT'], to: 'RECALLED', when: 'the transfer of a clue is recalled' },
    { from: ['ACKNOWLEDGED'], to: 'COMPLETED', when: 'a transferred clue is closed' },
  ],
  awaits: {
    SENT: ['acknowledgeCollaborationRecord', 'returnCollaborationRecord'], ACKNOWLEDGED: ['completeCollaborationRecord'], RETURNED: ['resendCollaborationRecord'],
  },
  returns: ['returnCollaborationRecord'],
  due: [{ column: 'due_on', in: ['SENT', 'ACKNOWLEDGED'] }],
  commands: {
    sendCollaborationRecord: { from: [], to: 'SENT', side: 'SENDER', roles: BODIES, description: 'Proposes joint action, or shares information or a result (发出协作事项).' },
    recallCollaborationRecord: { from: ['SENT', 'RETURNED'], to: 'RECALLED', side: 'SENDER', roles: BODIES, needsOpinion: true, guards: ['not an exchange that carries a clue'], description: 'Takes it back: sent by mistake or overtaken (撤回协作事项).' },
    resendCollaborationRecord: { from: ['RETURNED'], to: 'SENT', side: 'SENDER', roles: BODIES, guards: ['not an exchange that carries a clue'], description: 'Sends it again, mended (重新发出).' },
    acknowledgeCollaborationRecord: { from: ['SENT'], to: 'ACKNOWLEDGED', side: 'RECEIVER', roles: BODIES, guards: ['not an exchange that carries a clue'], description: 'Takes it up; to a joint action this is the consent (签收协作事项).' },
    returnCollaborationRecord: { from: ['SENT'], to: 'RETURNED', side: 'RECEIVER', roles: BODIES, needsOpinion: true, guards: ['not an exchange that carries a clue'], description: 'Gives it back with an opinion (退回协作事项).' },
    completeCollaborationRecord: { from: ['ACKNOWLEDGED'], to: 'COMPLETED', side: 'RECEIVER', roles: BODIES, guards: ['not an exchange that carries a clue'], description: 'Tells what became of it (反馈协作结果).' },
  },
})
export type CollaborationRecordState = keyof typeof collaborationRecordMachine.states
