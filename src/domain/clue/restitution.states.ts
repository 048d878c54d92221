import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const HANDLERS: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION']
const RECORDED = [{ column: 'recorded_by' }] as const

/** What is owed to somebody after a clue: quantity, amount, date. Roles are asked on the unit that handles the clue. */
export const restitutionMachine = defineMachine({
  name: 'Restitution',
  initial: 'OWED',
  states: {
    OWED: 'To be paid or given back (待兑现)',
    PAID: 'Reported as paid or given back (已兑付)',
    VERIFIED: 'Found to have reached the beneficiary (已核实)',
    CANCELLED: 'Not owed after all (已取消)',
  },
  didBy: { recordRestitutionPayment: RECORDED },
  awaits: { OWED: ['recordRestitutionPayment'], PAID: ['verifyRestitution', 'returnRestitution'], VERIFIED: 'it reached the beneficiary' },
  returns: ['returnRestitution'],
  due: [{ column: 'due_on', in: ['OWED'] }],
  commands: {
    orderRestitution: { from: [], to: 'OWED', roles: HANDLERS, guards: ['the clue is verified or disposed of'], description: 'Records what is owed, to whom and on what basis (责令补发退还).' },
    editRestitution: { from: ['OWED'], to: null, roles: HANDLERS, description: 'Corrects quantity, amount or basis (修改补发退还).' },
    recordRestitutionPayment: { from: ['OWED'], to: 'PAID', roles: HANDLERS, guards: ['evidence is attached'], description: 'Records payment or return, with its date (登记兑付).' },
    returnRestitution: { from: ['PAID', 'VERIFIED'], to: 'OWED', roles: [...HANDLERS, 'COMMISSION_APPROVER'], needsOpinion: true, guards: ['the clue is not settled'], description: 'It did not reach the beneficiary, or not whole (退回兑付).' },
    verifyRestitution: { from: ['PAID'], to: 'VERIFIED', roles: [...HANDLERS, 'COMMISSION_APPROVER'], notWhoDid: ['recordRestitutionPayment'], guards: ['INV-24'], description: 'Finds that it reached the beneficiary (核实兑付).' },
    cancelRestitution: { from: ['OWED'], to: 'CANCELLED', roles: ['COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION'], needsOpinion: true, description: 'Nothing is owed after all, with the reason (取消补发退还).' },
  },
})
export type RestitutionState = keyof typeof restitutionMachine.states
