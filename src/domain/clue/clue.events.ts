import { eventKind } from '../../core/events'

/** What happens to clues, for the product's own ears: plugins hear none of it, and nothing here says what a clue is about. */
const TRANSFER = { transferId: 'id', fromUnitId: 'id', toUnitId: 'id' } as const
export const clueEvents = {
  received: eventKind({ type: 'Clue.received', subject: 'Clue', payload: {}, description: 'A clue came in（线索已接收）.' }),
  registered: eventKind({ type: 'Clue.registered', subject: 'Clue', payload: {}, description: 'A clue was registered（线索已登记）.' }),
  transferred: eventKind({ type: 'Clue.transferred', subject: 'Clue', payload: { ...TRANSFER, dueOn: 'date' }, description: 'A clue was sent to another body（线索已移交）.' }),
  transferAccepted: eventKind({ type: 'Clue.transferAccepted', subject: 'Clue', payload: TRANSFER, description: 'The receiver took a clue over（线索移交已接收）.' }),
  transferSentBack: eventKind({ type: 'Clue.transferSentBack', subject: 'Clue', payload: TRANSFER, description: 'The receiver gave a clue back（线索移交已退回）.' }),
  transferRecalled: eventKind({ type: 'Clue.transferRecalled', subject: 'Clue', payload: TRANSFER, description: 'The sender took a clue back（线索移交已撤回）.' }),
  assigned: eventKind({ type: 'Clue.assigned', subject: 'Clue', payload: { personId: 'id' }, description: 'A clue was given to a handler（线索已分办）.' }),
  informationAdded: eventKind({ type: 'Clue.informationAdded', subject: 'Clue', payload: { kind: 'text' }, description: 'Something came in later（线索已补充材料）.' }),
  disposed: eventKind({ type: 'Clue.disposed', subject: 'Clue', payload: {}, description: 'It was decided what follows from a clue（线索已处置）.' }),
  closed: eventKind({ type: 'Clue.closed', subject: 'Clue', payload: {}, description: 'A clue was closed（线索已办结）.' }),
  reopened: eventKind({ type: 'Clue.reopened', subject: 'Clue', payload: {}, description: 'A clue was opened again on a new fact（线索已重启）.' }),
  identityRequested: eventKind({ type: 'IdentityRelease.requested', subject: 'IdentityRelease', payload: {}, description: 'Somebody asks a custodian to learn who reported（已申请披露举报人信息）.' }),
  identityDecided: eventKind({ type: 'IdentityRelease.decided', subject: 'IdentityRelease', payload: { state: 'text' }, description: 'A custodian decided on a request, or ended a release（披露申请已审批）.' }),
}
