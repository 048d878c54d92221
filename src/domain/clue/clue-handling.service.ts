import { today } from '../../core/day'
import { badInput, notFound } from '../../core/errors'
import type { Origin } from '../../core/request'
import { targetsOf } from '../../core/states'
import { inScope } from '../../database/locate'
import type { Transaction, Values } from '../../database/transaction'
import { requireOpinion } from '../../core/four-eyes'
import { gate } from '../gate'
import { clueEvents } from './clue.events'
import type { AssignClueInput, ClueCommandInput, ConcludeClueInquiryInput, DecideClueHandlingInput, DisposeClueInput, ExtendClueDeadlineInput, GiveClueFeedbackInput, MergeClueInput, ReopenClueInput } from './clue.inputs'
import { concerned, deadlineOf, findPersons, isNamed, locateClue, owedOn, subjectsOf, type ClueRow } from './clue.repository'
import { clueMachine, type ClueState } from './clue.states'
import type { ClueHandling } from './clue.words'
import { dayNotLater, type ClueWork } from './clue.work'
import { abandonVerification, returnVerification } from './verification.moves'

const STATE_OF: Readonly<Record<ClueHandling, ClueState>> = { PRELIMINARY_VERIFICATION: 'VERIFYING', TALK_OR_LETTER_INQUIRY: 'INQUIRING', SHELVED: 'SHELVED', CONCLUDED: 'DISPOSED' }
const FOUNDED: readonly string[] = ['FOUNDED_CLERICAL', 'FOUNDED_MISCONDUCT', 'PARTLY_FOUNDED']
/** What the end of checking left, taken back. */
const UNCHECKED: Values = { outcome: null, concluded_by: null, filing_proposed_by: null, verified_on: null }
const UNDISPOSED: Values = { dispositions: [], disposed_on: null, settled_on: null, told_on: null }

/** What becomes of a clue, by the body that handles it. Each answers the row id of the clue. */
export class ClueHandlingService {
  constructor(private readonly work: ClueWork) {}

  merge(origin: Origin, input: MergeClueInput): Promise<string> {
    return this.work.on(origin, 'mergeClue', input, async (tx, clue) => {
      const into = await locateClue(tx, input.intoId, 'intoId')
      if (into.id === clue.id || into.unit_id !== clue.unit_id || clueMachine.ends.includes(into.state) || into.state === 'TRANSFERRED' || into.state === 'RECEIVED') {
        gate([{ path: 'intoId', rule: 'openHere', message: 'The other clue must be registered here and open.' }])
      }
      return { merged_into_id: into.id, step_due_on: null }
    })
  }

  assign(origin: Origin, input: AssignClueInput): Promise<string> {
    return this.work.on(origin, 'assignClue', input, async (tx, clue) => {
      const [person] = await findPersons(tx, [input.personId], 'personId')
      if (!person || !inScope(origin.actor, person.unit_path)) throw notFound('personId')
      if ((await concerned(tx, await subjectsOf(tx, clue.id), [person.id])).length) gate([{ path: 'personId', rule: 'INV-31', message: 'Whom a clue is about does not handle it.' }])
      tx.emit(clueEvents.assigned, { subjectId: clue.id, unitId: clue.unit_id, payload: { personId: person.id } })
      return { assignee_person_id: person.id }
    })
  }

  decideHandling(origin: Origin, input: DecideClueHandlingInput): Promise<string> {
    return this.work.on(origin, 'decideClueHandling', input, async (tx, clue) => {
      const state = STATE_OF[input.handling]
      if (!targetsOf(clueMachine.commands.decideClueHandling, clue.state).includes(state)) throw badInput('handling', 'SM-8', `From ${clue.state} the clue cannot be handled in this way.`)
      const own = input.handling === 'TALK_OR_LETTER_INQUIRY' ? await this.work.due(tx, clue.nature, 'INQUIRY_REPLY') : null
      // Of a discipline clue the time limit is for the proposal, which this is.
      const due_on = clue.nature === 'DISCIPLINE_CLUE' ? null : clue.due_on
      if (state === 'DISPOSED') tx.emit(clueEvents.disposed, { subjectId: clue.id, unitId: clue.unit_id })
      return { handling: input.handling, plans_unit_id: state === 'VERIFYING' ? clue.unit_id : null, due_on, step_due_on: state === 'SHELVED' ? null : own ?? due_on, ...(state === 'DISPOSED' && { dispositions: ['NONE'], disposed_on: today() }), outcomeState: state }
    })
  }

  reconsiderHandling(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.work.on(origin, 'reconsiderClueHandling', input, async (tx, clue) => {
      await abandonVerification(tx, clue)
      return { handling: null, plans_unit_id: null, step_due_on: clue.due_on }
    })
  }

  resume(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.work.on(origin, 'resumeClue', input, (_, clue) => ({ handling: null, step_due_on: clue.due_on }))
  }

  concludeInquiry(origin: Origin, input: ConcludeClueInquiryInput): Promise<string> {
    return this.work.on(origin, 'concludeClueInquiry', input, async (tx, clue) => {
      await this.work.write(tx, clue, 'REPORT', input.report)
      return { outcome: input.outcome, concluded_by: origin.actor.ref, verified_on: today(), step_due_on: clue.due_on }
    })
  }

  /** Checking goes on in the way it was done. */
  returnOutcome(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.work.on(origin, 'returnClueOutcome', input, async (tx, clue) => {
      if (clue.handling === 'PRELIMINARY_VERIFICATION') await returnVerification(tx, clue)
      return { ...UNCHECKED, outcomeState: STATE_OF[clue.handling!] }
    })
  }

  dispose(origin: Origin, input: DisposeClueInput): Promise<string> {
    return this.work.on(origin, 'disposeClue', input, (tx, clue) => {
      if (input.dispositions.includes('CASE')) throw badInput('dispositions', 'SM-8', 'A case is filed by fileCase.')
      if (input.dispositions.includes('NONE')) {
        if (input.dispositions.length > 1) throw badInput('dispositions', 'SM-8', 'NONE stands alone.')
        requireOpinion(input.opinion)
      }
      tx.emit(clueEvents.disposed, { subjectId: clue.id, unitId: clue.unit_id })
      return { dispositions: input.dispositions, disposed_on: today(), filing_proposed_by: null, step_due_on: clue.due_on }
    })
  }

  proposeFiling(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.work.on(origin, 'proposeCaseFiling', input, (_, clue) => {
      if (clue.outcome !== 'FOUNDED_MISCONDUCT' && clue.outcome !== 'PARTLY_FOUNDED') gate([{ path: 'id', rule: 'misconduct', message: 'A case needs misconduct that is founded, wholly or partly.' }])
      return { filing_proposed_by: origin.actor.ref }
    })
  }

  refuseFiling(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.work.on(origin, 'refuseCaseFiling', input, (_, clue) => {
      requireFilingProposed(clue)
      return { filing_proposed_by: null }
    })
  }

  /** The part of filing a case that is the clue's, in the transaction of the noun that makes the case. */
  async file(tx: Transaction, id: string, opinion: string | null | undefined): Promise<ClueRow> {
    const clue = await locateClue(tx, id)
    await this.work.give(tx, 'fileCase', clue, { opinion }, () => {
      requireFilingProposed(clue)
      return { dispositions: ['CASE'], disposed_on: today(), step_due_on: null, due_on: null, has_open_case: true }
    })
    return clue
  }

  reconsiderDisposal(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.work.on(origin, 'reconsiderClueDisposal', input, (_, clue) => ({ ...UNDISPOSED, ...(clue.outcome === null && { handling: null }), outcomeState: clue.outcome === null ? 'ASSIGNED' : 'VERIFIED' }))
  }

  extend(origin: Origin, input: ExtendClueDeadlineInput): Promise<string> {
    return this.work.on(origin, 'extendClueDeadline', input, async (tx, clue) => {
      if (clue.due_on === null) gate([{ path: 'id', rule: 'hasDeadline', message: 'No time limit runs for this clue.' }])
      if (clue.extended_days !== null) gate([{ path: 'id', rule: 'once', message: 'The time limit was extended already.' }])
      const limit = await deadlineOf(tx, clue.nature, 'FINISH') ?? await deadlineOf(tx, clue.nature, 'PROPOSE_DISPOSAL')
      const most = limit?.max_extension_days ?? 0
      if (input.days > most) throw badInput('days', 'deadline', `This time limit can be extended by ${most} days at most.`)
      const due = await this.work.count(limit!, clue.due_on!, input.days)
      return { due_on: due, extended_days: input.days, ...(clue.step_due_on === clue.due_on && { step_due_on: due }) }
    })
  }

  feedback(origin: Origin, input: GiveClueFeedbackInput): Promise<string> {
    return this.work.on(origin, 'giveClueFeedback', input, async (tx, clue) => {
      if (!isNamed(clue)) gate([{ path: 'id', rule: 'INV-31', message: 'Nobody knows who brought this clue; the holder of the receipt sees where it stands.' }])
      await this.work.write(tx, clue, 'FEEDBACK', input.text)
      return { told_on: dayNotLater(input.toldOn, 'toldOn', clue.received_on), ...(clue.state === 'NOT_ACCEPTED' && { step_due_on: null }) }
    })
  }

  confirmRestitution(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.work.on(origin, 'confirmClueRestitution', input, async (tx, clue) => {
      requireTold(clue)
      const owed = await owedOn(tx, clue.id)
      if (!owed?.verified || owed.open) gate([{ path: 'id', rule: 'INV-33', message: 'Every restitution must be verified first, and there must be one.' }])
      return { settled_on: today() }
    })
  }

  close(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.work.on(origin, 'closeClue', input, async (tx, clue) => {
      await requireCloseable(tx, clue)
      tx.emit(clueEvents.closed, { subjectId: clue.id, unitId: clue.unit_id })
      return { closed_on: today(), due_on: null, step_due_on: null }
    })
  }

  reopen(origin: Origin, input: ReopenClueInput): Promise<string> {
    return this.work.on(origin, 'reopenClue', input, async (tx, clue) => {
      await this.work.write(tx, clue, 'INFORMATION', input.newFact)
      tx.emit(clueEvents.reopened, { subjectId: clue.id, unitId: clue.unit_id })
      const days = await this.work.dueFromRegistration(tx, { nature: clue.nature, received_on: today() })
      return { ...UNCHECKED, ...UNDISPOSED, ...days, handling: null, assignee_person_id: null, closed_on: null, extended_days: null, merged_into_id: null, reopened: clue.reopened + 1 }
    })
  }
}

/** A case is filed of what was proposed, and of nothing else. */
function requireFilingProposed(clue: Pick<ClueRow, 'filing_proposed_by'>): void {
  if (clue.filing_proposed_by === null) gate([{ path: 'id', rule: 'proposed', message: 'Nobody has proposed to file a case.' }])
}

function requireTold(clue: ClueRow): void {
  if (isNamed(clue) && clue.told_on === null) gate([{ path: 'id', rule: 'INV-33', message: 'The reporter has not been told yet.' }])
}

/** INV-33: with a disposition; a known reporter was told; what was owed on a founded grievance is restored; a case filed from it has ended. */
async function requireCloseable(tx: Transaction, clue: ClueRow): Promise<void> {
  if (!clue.dispositions.length) gate([{ path: 'id', rule: 'INV-33', message: 'What follows from the clue is not decided.' }])
  requireTold(clue)
  if (clue.has_open_case) gate([{ path: 'id', rule: 'caseOpen', message: 'The case that was filed from it has not ended.' }])
  const owed = await owedOn(tx, clue.id)
  if (owed?.open) gate([{ path: 'id', rule: 'INV-33', message: 'Something is still owed.' }])
  const needed = clue.dispositions.includes('RESTITUTION') || (clue.nature === 'CLAIM_GRIEVANCE' && clue.outcome !== null && FOUNDED.includes(clue.outcome))
  if (needed && !owed?.verified) gate([{ path: 'id', rule: 'INV-33', message: 'A founded grievance is closed when what was owed is restored.' }])
}


/** A case filed from these clues has ended: they may be closed. The realm CLUES is entered. */
export async function caseEnded(tx: Transaction, clueIds: readonly string[]): Promise<void> {
  for (const clue of await tx.rows<ClueRow>('SELECT * FROM clue WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [clueIds])) tx.update('clue', clue, { has_open_case: false })
}
