import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const HANDLERS: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION']
/** A village supervisor takes in, passes on and feeds back; what becomes of a clue is never theirs to say. */
const INTAKE: readonly Role[] = [...HANDLERS, 'VILLAGE_SUPERVISOR']
const HEADS: readonly Role[] = ['COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION']
const VERIFIED_BY = ['concludeVerification', 'concludeClueInquiry']

/**
 * SM-8. Roles are asked on the unit that handles the clue now; a transfer changes that unit when it is accepted. Who took it in stays a
 * party: they hear what came later and tell the reporter, since it is they whom the reporter knows. What a verification team
 * does stands in the verification's own table, what the receiver of a transfer does in the transfer's.
 */
export const clueMachine = defineMachine({
  name: 'Clue',
  initial: 'RECEIVED',
  states: {
    RECEIVED: 'Taken in, not yet registered (已接收)',
    NOT_ACCEPTED: 'Not a matter for these bodies (不予受理)',
    REGISTERED: 'Registered, waits for a handler (已登记)',
    TRANSFERRED: 'Passed on, waits for the receiver (移交中)',
    MERGED: 'Handled with another clue on the same matter (已并办)',
    ASSIGNED: 'Has a handler; the way of handling is open (已分办)',
    VERIFYING: 'Preliminary verification (初步核实)',
    INQUIRING: 'Talk or letter inquiry (谈话函询)',
    SHELVED: 'Kept for later (暂存待查)',
    VERIFIED: 'Checked, with an outcome (已核实)',
    DISPOSED: 'What follows is decided (已处置)',
    FED_BACK: 'The reporter has been told (已反馈)',
    SETTLED: 'What was owed is restored (已兑现)',
    CASE_FILED: 'A case is filed (已立案)',
    CLOSED: 'Closed; only a new fact opens it again (已办结)',
  },
  ends: ['NOT_ACCEPTED', 'MERGED', 'CLOSED'],
  sides: { PLANNER: { column: 'plans_unit_id' }, PARTY: { via: { table: 'clue_party', near: 'clue_id', far: 'unit_id' } } },
  didBy: {
    concludeVerification: [{ column: 'concluded_by' }], concludeClueInquiry: [{ column: 'concluded_by' }], proposeCaseFiling: [{ column: 'filing_proposed_by' }],
  },
  follows: [
    { from: ['TRANSFERRED'], to: 'REGISTERED', when: 'the transfer is accepted (there), sent back or recalled (here)' },
    { from: ['VERIFYING'], to: 'VERIFIED', when: 'the verification is concluded' },
  ],
  awaits: {
    RECEIVED: ['registerClue', 'declineClue'], REGISTERED: ['assignClue', 'transferClue'], TRANSFERRED: 'its transfer awaits the receiver', ASSIGNED: ['decideClueHandling'],
    VERIFYING: ['planVerification'], INQUIRING: ['concludeClueInquiry'], SHELVED: 'when it is taken up again is for its handlers to choose',
    VERIFIED: ['disposeClue', 'returnClueOutcome'], DISPOSED: ['giveClueFeedback', 'closeClue'], FED_BACK: ['confirmClueRestitution', 'closeClue'], SETTLED: ['closeClue'],
    CASE_FILED: 'the case is awaited',
  },
  returns: ['returnClueOutcome', 'sendBackClueTransfer'],
  due: [{ column: 'step_due_on' }],
  commands: {
    receiveClue: { from: [], to: 'RECEIVED', roles: INTAKE, guards: ['INV-31'], description: 'Takes a clue or grievance in; who brought it goes to the vault (接收线索).' },
    editClue: { from: ['RECEIVED', 'REGISTERED'], to: null, roles: INTAKE, guards: ['a village supervisor: their own intake only'], description: 'Corrects what was taken in (修改线索登记).' },
    registerClue: { from: ['RECEIVED'], to: 'REGISTERED', roles: INTAKE, description: 'Registers it: number, nature, deadlines (登记线索).' },
    declineClue: { from: ['RECEIVED'], to: 'NOT_ACCEPTED', roles: HANDLERS, needsOpinion: true, guards: ['INV-33'], description: 'Does not accept it and says why; a known reporter is told (不予受理).' },
    addClueInformation: { from: ['RECEIVED', 'REGISTERED', 'TRANSFERRED', 'ASSIGNED', 'VERIFYING', 'INQUIRING', 'SHELVED', 'VERIFIED', 'DISPOSED', 'FED_BACK', 'SETTLED', 'CASE_FILED', 'CLOSED'], to: null, side: 'PARTY', roles: INTAKE, guards: ['INV-31'], description: 'Adds what came in later (补充线索材料).' },
    transferClue: { from: ['REGISTERED', 'ASSIGNED'], to: 'TRANSFERRED', roles: [...INTAKE, 'COMMISSION_APPROVER'], guards: ['INV-31', 'a village supervisor passes it up only'], description: 'Passes it on to the body whose it is (移交线索).' },
    mergeClue: { from: ['REGISTERED', 'ASSIGNED'], to: 'MERGED', roles: HANDLERS, needsOpinion: true, guards: ['the other clue is handled here and open', 'the reporter is told with the other one'], description: 'Handles it with another clue on the same matter (并案办理).' },
    assignClue: { from: ['REGISTERED', 'ASSIGNED'], to: 'ASSIGNED', roles: [...HANDLERS, 'COMMISSION_APPROVER'], description: 'Gives it to a handler, or to another one (分办线索).' },
    decideClueHandling: {
      from: ['ASSIGNED', 'INQUIRING'], to: { ASSIGNED: ['VERIFYING', 'INQUIRING', 'SHELVED', 'DISPOSED'], INQUIRING: 'VERIFYING' }, roles: [...HANDLERS, 'COMMISSION_APPROVER'],
      needsOpinion: true, description: 'Chooses the way of handling: verification, inquiry, keeping for later, or nothing further (确定处置方式).',
    },
    planVerification: { from: ['VERIFYING'], to: null, side: 'PLANNER', roles: HANDLERS, guards: ['INV-32', 'no verification is under way'], description: 'Plans its verification: team, measures, time (制定核实方案).' },
    reconsiderClueHandling: { from: ['VERIFYING', 'INQUIRING'], to: 'ASSIGNED', roles: HEADS, needsOpinion: true, description: 'Takes the way of handling back (重新确定处置方式).' },
    resumeClue: { from: ['SHELVED'], to: 'ASSIGNED', roles: [...HANDLERS, 'COMMISSION_APPROVER'], needsOpinion: true, description: 'Takes it up again (恢复办理).' },
    concludeClueInquiry: { from: ['INQUIRING'], to: 'VERIFIED', roles: HANDLERS, guards: ['an outcome and a report'], description: 'Ends the inquiry with an outcome (谈话函询办结).' },
    returnClueOutcome: { from: ['VERIFIED'], to: ['VERIFYING', 'INQUIRING'], roles: HEADS, notWhoDid: VERIFIED_BY, needsOpinion: true, description: 'Gives the outcome back with an opinion; checking goes on in the way it was done (退回补充核实).' },
    disposeClue: { from: ['VERIFIED'], to: 'DISPOSED', roles: HEADS, notWhoDid: VERIFIED_BY, guards: ['INV-24', 'INV-33'], description: 'Decides what follows: restitution, rectification, letter, talk, or nothing for a reason (处置线索).' },
    proposeCaseFiling: { from: ['VERIFIED'], to: null, roles: HANDLERS, guards: ['misconduct is founded, wholly or partly'], description: 'Proposes to file a case (提请立案).' },
    fileCase: { from: ['VERIFIED'], to: 'CASE_FILED', roles: ['COMMISSION_APPROVER'], notWhoDid: [...VERIFIED_BY, 'proposeCaseFiling'], guards: ['INV-24', 'filing is proposed'], description: 'Approves the filing of a case (批准立案).' },
    refuseCaseFiling: { from: ['VERIFIED'], to: null, roles: ['COMMISSION_APPROVER'], notWhoDid: [...VERIFIED_BY, 'proposeCaseFiling'], needsOpinion: true, guards: ['filing is proposed'], description: 'Does not file a case and says why; the clue is disposed of otherwise (不予立案).' },
    reconsiderClueDisposal: { from: ['DISPOSED', 'FED_BACK', 'SETTLED'], to: ['ASSIGNED', 'VERIFIED'], roles: HEADS, needsOpinion: true, description: 'Takes the disposal back: to the outcome, or to the way of handling where nothing was checked (重新处置).' },
    extendClueDeadline: { from: ['REGISTERED', 'ASSIGNED', 'VERIFYING', 'INQUIRING', 'VERIFIED', 'DISPOSED'], to: null, roles: ['COMMISSION_APPROVER'], needsOpinion: true, guards: ['once, and no longer than the calendar of deadlines allows'], description: 'Gives more time, with the reason (延长办理期限).' },
    giveClueFeedback: { from: ['DISPOSED', 'CASE_FILED', 'NOT_ACCEPTED'], to: { DISPOSED: 'FED_BACK' }, side: 'PARTY', roles: INTAKE, guards: ['INV-31', 'a reporter is known'], description: 'Tells the reporter what came of it, and records their answer (反馈举报人).' },
    confirmClueRestitution: { from: ['DISPOSED', 'FED_BACK'], to: 'SETTLED', roles: HANDLERS, guards: ['a known reporter has been told', 'every restitution is verified'], description: 'Confirms that what was owed is restored (确认兑现).' },
    closeClue: { from: ['DISPOSED', 'FED_BACK', 'SETTLED', 'CASE_FILED'], to: 'CLOSED', roles: [...HANDLERS, 'COMMISSION_APPROVER'], guards: ['INV-33', 'a case filed from it has ended'], description: 'Closes it (线索办结).' },
    reopenClue: { from: ['CLOSED', 'NOT_ACCEPTED', 'MERGED'], to: 'REGISTERED', roles: [...HANDLERS, 'COMMISSION_APPROVER'], needsOpinion: true, guards: ['a new fact'], description: 'Opens it again on a new fact (重启线索).' },
  },
})
export type ClueState = keyof typeof clueMachine.states
