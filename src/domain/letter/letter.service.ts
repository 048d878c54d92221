import { today } from '../../core/day'
import { badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateUnit } from '../../database/locate'
import { sidePaths } from '../../database/sides'
import { checkVersion, type Transaction, type Values } from '../../database/transaction'
import { decide } from '../approval'
import { workCalendar } from '../calendar'
import { gate } from '../gate'
import { RectificationService } from '../rectification'
import { optionalRef } from '../refs'
import { remembered } from '../remembered'
import { supervises } from '../responsibility'
import { locateSource } from '../sources'
import { answerOf, asking, incomplete, isLate, letterSubmissions, moveLetter, openContent, type LetterCommand } from './letter-moves'
import { LETTER_SIGNATURE } from './letter.chains'
import './letter.constraints'
import type { letterEvents } from './letter.events'
import type {
  AddRecommendationItemInput, DraftRecommendationLetterInput, EditRecommendationItemInput, EditRecommendationLetterInput, LetterCommandInput, SignRecommendationLetterInput,
} from './letter.inputs'
import { ITEM, itemsOf, LETTER, locateItem, nextNumber, parentOf, withTask, type ItemRow, type LetterRow } from './letter.repository'
import { recommendationLetterMachine, type RecommendationLetterState } from './recommendation-letter.states'

export const LETTER_SOURCES = ['PORTRAIT', 'CASE', 'ACTIVITY', 'HEARING'] as const
const NO_SIGNATURE = { signed_by: null, signed_at: null, content_hash: null }
/** What a command asks of the locked letter, with what it changes and which of several states follows. */
type Step = (tx: Transaction, letter: LetterRow) => Promise<{ changes?: Values; outcome?: RecommendationLetterState }> | { changes?: Values; outcome?: RecommendationLetterState }

/** Commands on letters (SM-12). Each answers the row id of the letter, those on single items that of the item. */
export class LetterService {
  constructor(private readonly db: Database) {}

  draft(origin: Origin, input: DraftRecommendationLetterInput): Promise<string> {
    return runCommand(this.db, origin, 'draftRecommendationLetter', input, async tx => {
      const issuer = await locateUnit(tx, input.issuerUnitId, 'issuerUnitId')
      const addressee = await locateUnit(tx, input.addresseeUnitId, 'addresseeUnitId')
      const parties = { issuer_unit_id: issuer.id, addressee_unit_id: addressee.id }
      const state = begin(recommendationLetterMachine, 'draftRecommendationLetter', { actor: origin.actor, path: issuer.path, sides: await sidePaths(tx, recommendationLetterMachine, parties) })
      if (!(await supervises(tx, issuer.id, addressee.id))) throw badInput('issuerUnitId', 'supervises', 'This body does not supervise the unit.')
      const source = await locateSource(tx, input.sourceId, 'sourceId', LETTER_SOURCES)
      return tx.insert('recommendation_letter', {
        unit_id: issuer.id, ...parties, title: input.title, basis: input.basis, source_kind: source.kind, source_id: source.id, reply_within: input.replyWithin ?? null, state,
        edited_by: [origin.actor.ref], is_synthetic: input.isSynthetic,
      })
    })
  }

  edit(origin: Origin, input: EditRecommendationLetterInput): Promise<string> {
    return runCommand(this.db, origin, 'editRecommendationLetter', input, async tx => {
      const letter = await locate<LetterRow>(tx, LETTER, input.id, 'id')
      checkVersion(letter, input.rowVersion)
      await openContent(tx, 'editRecommendationLetter', letter)
      tx.update('recommendation_letter', letter, {
        ...(input.title != null && { title: input.title }), ...(input.basis != null && { basis: input.basis }), ...(input.replyWithin !== undefined && { reply_within: input.replyWithin }),
      })
      return letter.id
    })
  }

  addItem(origin: Origin, input: AddRecommendationItemInput): Promise<string> {
    return runCommand(this.db, origin, 'addRecommendationItem', input, async tx => {
      const letter = await locate<LetterRow>(tx, LETTER, input.letterId, 'letterId')
      await openContent(tx, 'addRecommendationItem', letter)
      const { issuer_unit_id, addressee_unit_id, is_synthetic } = letter
      const last = (await itemsOf(tx, letter.id)).at(-1)?.seq ?? 0
      return tx.insert('recommendation_item', {
        unit_id: letter.unit_id, letter_id: letter.id, issuer_unit_id, addressee_unit_id, seq: last + 1, content: input.content, state: 'PENDING', is_synthetic,
        target_risk_point_id: optionalRef('rp', input.targetRiskPointId, 'targetRiskPointId'),
      })
    })
  }

  editItem(origin: Origin, input: EditRecommendationItemInput): Promise<string> {
    return runCommand(this.db, origin, 'editRecommendationItem', input, async tx => {
      const { letter, item } = await locateItem(tx, input.id, 'id')
      checkVersion(item, input.rowVersion)
      await openContent(tx, 'editRecommendationItem', letter)
      tx.update('recommendation_item', item, {
        ...(input.content != null && { content: input.content }),
        ...(input.targetRiskPointId !== undefined && { target_risk_point_id: optionalRef('rp', input.targetRiskPointId, 'targetRiskPointId') }),
      })
      return item.id
    })
  }

  /** Answers the row id of the letter. */
  removeItem(origin: Origin, input: LetterCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'removeRecommendationItem', input, async tx => {
      const { letter, item } = await locateItem(tx, input.id, 'id')
      checkVersion(item, input.rowVersion)
      await openContent(tx, 'removeRecommendationItem', letter)
      tx.unlink(ITEM.table, { id: item.id, letter_id: letter.id, content: item.content })
      return letter.id
    })
  }

  submit(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'submitRecommendationLetter', input, 'submitted', async (tx, letter) => {
      gate(incomplete(letter, await itemsOf(tx, letter.id)))
      return { changes: { submitted_by: origin.actor.ref } }
    })
  }

  sign(origin: Origin, input: SignRecommendationLetterInput): Promise<string> {
    return this.move(origin, 'signRecommendationLetter', input, 'signed', async (tx, letter) => {
      gate(incomplete(letter, await itemsOf(tx, letter.id)))
      const content_hash = await this.decide(tx, letter, 'APPROVED', input)
      return { changes: { signed_by: origin.actor.ref, signed_at: (await tx.row<{ at: string }>('SELECT now() AS at'))!.at, content_hash } }
    })
  }

  return(origin: Origin, input: SignRecommendationLetterInput): Promise<string> {
    return this.move(origin, 'returnRecommendationLetter', input, 'returned', async (tx, letter) => {
      await this.decide(tx, letter, 'RETURNED', input)
      return { changes: NO_SIGNATURE }
    })
  }

  withdraw(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'withdrawRecommendationLetter', input, 'withdrawn', () => ({}))
  }

  /** The letter goes over to its addressee, numbered, and the time to reply begins. */
  async issue(origin: Origin, input: LetterCommandInput): Promise<string> {
    const calendar = await workCalendar(this.db)
    return this.move(origin, 'issueRecommendationLetter', input, 'issued', async (tx, letter) => {
      const items = await itemsOf(tx, letter.id)
      gate(incomplete(letter, items))
      const unit_id = letter.addressee_unit_id
      for (const item of items) tx.update('recommendation_item', item, { unit_id })
      return { changes: { unit_id, no: await nextNumber(tx, letter.issuer_unit_id, today().slice(0, 4)), issued_on: today(), reply_due_on: calendar.addWorkingDays(today(), letter.reply_within!).day } }
    })
  }

  revoke(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'revokeRecommendationLetter', input, 'withdrawn', () => ({}))
  }

  acknowledge(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'acknowledgeRecommendationLetter', input, 'acknowledged', () => ({}))
  }

  /** The state follows from what was said of each recommendation; for what is adopted with a responsible person and a date a task opens. */
  reply(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'replyRecommendationLetter', input, 'replied', async (tx, letter) => {
      const items = await itemsOf(tx, letter.id)
      gate(items.flatMap((i, n) => (i.state === 'PENDING' ? [{ path: `items.${n}`, rule: 'INV-27', message: `Recommendation ${i.seq} is neither adopted nor declined.` }] : [])))
      await openTasks(tx, items)
      return { outcome: answerOf(items), changes: { replied_on: today(), ...remembered(letter, 'answered_by', origin.actor) } }
    })
  }

  acceptRefusal(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'acceptRecommendationRefusal', input, 'closed', () => ({ changes: { closed_on: today() } }))
  }

  escalate(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'escalateRecommendationLetter', input, 'escalated', async (tx, letter) => {
      const silent = letter.state === 'ISSUED' || letter.state === 'ACKNOWLEDGED'
      if (silent && !isLate(letter)) gate([{ path: 'id', rule: 'INV-27', message: `The time to reply runs until ${letter.reply_due_on!}.` }])
      const superior_unit_id = await parentOf(tx, letter.addressee_unit_id)
      if (superior_unit_id === null) gate([{ path: 'id', rule: 'superior', message: 'The addressee has no superior unit.' }])
      return { changes: { superior_unit_id } }
    })
  }

  /** The addressee answers again, within the same number of working days. */
  async orderReply(origin: Origin, input: LetterCommandInput): Promise<string> {
    const calendar = await workCalendar(this.db)
    return this.move(origin, 'orderRecommendationReply', input, 'replyOrdered', (_, letter) => ({ changes: { reply_due_on: calendar.addWorkingDays(today(), letter.reply_within!).day } }))
  }

  upholdRefusal(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'upholdRecommendationRefusal', input, 'closed', () => ({ changes: { closed_on: today() } }))
  }

  report(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'reportRecommendationLetter', input, 'reportedBack', async (tx, letter) => {
      gate(notYet(await itemsOf(tx, letter.id), ['ADOPTED'], 'reported done'))
      return { changes: remembered(letter, 'answered_by', origin.actor) }
    })
  }

  returnReport(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'returnRecommendationReport', input, 'reportReturned', async (tx, letter) => ({ outcome: answerOf(await itemsOf(tx, letter.id)) }))
  }

  verify(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'verifyRecommendationLetter', input, 'verified', async (tx, letter) => {
      gate(notYet(await itemsOf(tx, letter.id), ['ADOPTED', 'IMPLEMENTED'], 'verified'))
      return {}
    })
  }

  close(origin: Origin, input: LetterCommandInput): Promise<string> {
    return this.move(origin, 'closeRecommendationLetter', input, 'closed', async (tx, letter) => {
      gate(notYet(await itemsOf(tx, letter.id), ['ADOPTED', 'IMPLEMENTED'], 'verified'))
      return { changes: { closed_on: today() } }
    })
  }

  private move(origin: Origin, command: LetterCommand, input: LetterCommandInput, happened: keyof typeof letterEvents, step: Step): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const letter = await locate<LetterRow>(tx, LETTER, input.id, 'id')
      const next = await asking(tx, letter)
      const { opinion } = input
      // Role, state, four eyes and opinion come before what the content lacks.
      next(command, { opinion, outcome: anyTarget(command) })
      checkVersion(letter, input.rowVersion)
      const { changes = {}, outcome = anyTarget(command) } = await step(tx, letter)
      moveLetter(tx, letter, { to: next(command, { opinion, outcome }), happened, changes, opinion })
      return letter.id
    })
  }

  /** Answers the hash of the content that was decided on. */
  private async decide(tx: Transaction, letter: LetterRow, decision: 'APPROVED' | 'RETURNED', input: SignRecommendationLetterInput): Promise<string> {
    const [{ subject, hash }] = await letterSubmissions(tx, [letter.id]) as [Awaited<ReturnType<typeof letterSubmissions>>[number]]
    await decide(tx, subject, { step: LETTER_SIGNATURE, decision, contentHash: hash!, seen: input.contentHash ?? null, opinion: input.opinion ?? null })
    return hash!
  }
}

/** One of the states that a command may lead to: the one, where there is no choice. */
function anyTarget(command: LetterCommand): RecommendationLetterState {
  const { to } = recommendationLetterMachine.commands[command]
  return (Array.isArray(to) ? to[0] : to) as RecommendationLetterState
}

const notYet = (items: readonly ItemRow[], states: readonly ItemRow['state'][], what: string) =>
  items.flatMap((i, n) => (states.includes(i.state) ? [{ path: `items.${n}`, rule: 'SM-12', message: `Recommendation ${i.seq} is adopted and not yet ${what}.` }] : []))

async function openTasks(tx: Transaction, items: readonly ItemRow[]): Promise<void> {
  const assigned = items.filter(i => i.state === 'ADOPTED' && i.responsible_appointment_id !== null)
  const there = await withTask(tx, assigned.map(i => i.id))
  for (const item of assigned.filter(i => !there.has(i.id))) {
    await RectificationService.openFor(tx, {
      unitId: item.addressee_unit_id, responsibleAppointmentId: item.responsible_appointment_id, problem: item.content, dueOn: item.due_on!,
      source: { kind: 'RECOMMENDATION', id: item.id }, isSynthetic: item.is_synthetic,
    })
  }
}
