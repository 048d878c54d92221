import { today } from '../../core/day'
import { badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { enter, next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { gate } from '../gate'
import { optionalRef } from '../refs'
import { remembered } from '../remembered'
import './letter.constraints'
import { itemEvents } from './letter.events'
import type { AdoptRecommendationItemInput, LetterCommandInput } from './letter.inputs'
import { hasEvidence, locateItem, type ItemRow, type LetterRow } from './letter.repository'
import { recommendationItemMachine, type RecommendationLetterState } from './recommendation-letter.states'

type Command = keyof typeof recommendationItemMachine.commands
/** While a letter is one of these, what was adopted is carried out and looked at. */
const ANSWERED: readonly RecommendationLetterState[] = ['ADOPTED', 'PARTLY_ADOPTED', 'REPORTED_BACK', 'VERIFIED']
type Step = (tx: Transaction, item: ItemRow) => Promise<Values> | Values
interface Move { readonly while: readonly RecommendationLetterState[]; readonly happened?: keyof typeof itemEvents; readonly step: Step }

/** Commands on single recommendations (SM-12). Each answers the row id of the item. */
export class LetterItemService {
  constructor(private readonly db: Database) {}

  adopt(origin: Origin, input: AdoptRecommendationItemInput): Promise<string> {
    return this.move(origin, 'adoptRecommendationItem', input, {
      while: ['ACKNOWLEDGED'], step: () => {
        if (input.dueOn != null && input.dueOn <= today()) throw badInput('dueOn', 'future', 'The date must be later than today.')
        return {
          measure: input.measure, declined_reason: null, adopted_on: today(), due_on: input.dueOn ?? null,
          responsible_appointment_id: optionalRef('appt', input.responsibleAppointmentId, 'responsibleAppointmentId'),
        }
      },
    })
  }

  decline(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'declineRecommendationItem', input, {
      while: ['ACKNOWLEDGED'], step: () => ({ measure: null, declined_reason: input.opinion!.trim(), adopted_on: null, due_on: null, responsible_appointment_id: null }),
    })
  }

  implement(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'implementRecommendationItem', input, {
      while: ANSWERED, happened: 'implemented', step: async (tx, item) => {
        if (!(await hasEvidence(tx, item.id))) gate([{ path: 'evidence', rule: 'SM-12', message: 'A recommendation is reported done with evidence; attach a piece first.' }])
        return remembered(item, 'performed_by', origin.actor)
      },
    })
  }

  verify(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'verifyRecommendationItem', input, { while: ANSWERED, happened: 'verified', step: () => ({}) })
  }

  return(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'returnRecommendationItem', input, { while: ANSWERED, happened: 'returned', step: () => ({}) })
  }

  private move(origin: Origin, command: Command, input: LetterCommandInput | AdoptRecommendationItemInput, { while: states, happened, step }: Move): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const { letter, item } = await locateItem(tx, input.id, 'id')
      const opinion = 'opinion' in input ? input.opinion : null
      const to = await next(tx, recommendationItemMachine, command, { ...item, unit_path: letter.unit_path }, { ...input, opinion })
      requireState(letter, states)
      enter(tx, { table: 'recommendation_item', type: 'RecommendationItem' }, item, to, { changes: await step(tx, item), opinion })
      if (happened) tx.emit(itemEvents[happened], { subjectId: item.id, unitId: item.unit_id, payload: { letterId: letter.id } })
      return item.id
    })
  }
}

function requireState(letter: LetterRow, states: readonly RecommendationLetterState[]): void {
  if (!states.includes(letter.state)) gate([{ path: 'id', rule: 'SM-12', message: `This is done while the letter is ${states.join(' or ')}; it is ${letter.state}.` }])
}
