import { today } from '../../core/day'
import type { Violation } from '../../core/errors'
import { authorsOf, transit, type Given } from '../../core/states'
import { enter } from '../../database/moves'
import { sidePaths } from '../../database/sides'
import type { Transaction, Values } from '../../database/transaction'
import { voidApprovals, type ChainSubject, type Rows, type Submission } from '../approval'
import { remembered } from '../remembered'
import { letterChain } from './letter.chains'
import { letterEvents } from './letter.events'
import { letterContents, lettersById, type ItemRow, type LetterRow } from './letter.repository'
import { recommendationLetterMachine, type RecommendationLetterState } from './recommendation-letter.states'

export type LetterCommand = keyof typeof recommendationLetterMachine.commands
export const letterSubject = (letter: LetterRow) => ({ type: 'RecommendationLetter', id: letter.id, unitId: letter.unit_id })

/** Asks the table for the state that follows: the role on the side whose command it is. */
export async function asking(tx: Transaction, letter: LetterRow): Promise<(command: LetterCommand, given?: Pick<Given<RecommendationLetterState>, 'opinion' | 'outcome'>) => RecommendationLetterState> {
  const sides = await sidePaths(tx, recommendationLetterMachine, letter)
  return (command, given) => transit(recommendationLetterMachine, command, letter, { actor: tx.origin.actor, path: letter.unit_path, sides, ...given })
}

/** Writes the new state with its transition record and event. */
export function moveLetter(tx: Transaction, letter: LetterRow, move: { to: RecommendationLetterState; happened?: keyof typeof letterEvents; changes?: Values; opinion?: string | null }): void {
  enter(tx, { table: 'recommendation_letter', type: 'RecommendationLetter' }, letter, move.to, move)
  if (!move.happened) return
  const { id, unit_id, issuer_unit_id, addressee_unit_id } = letter
  tx.emit(letterEvents[move.happened], { subjectId: id, unitId: unit_id, payload: { issuerUnitId: issuer_unit_id, addresseeUnitId: addressee_unit_id, state: move.to } })
}

/** Opens the content for a change: whoever gives the command is one of its authors, and a signature that stood is voided. */
export async function openContent(tx: Transaction, command: LetterCommand, letter: LetterRow): Promise<void> {
  const to = (await asking(tx, letter))(command)
  const why = `The content was changed by ${tx.command}.`
  if (letter.state === 'SIGNED') await voidApprovals(tx, letterSubject(letter), why)
  moveLetter(tx, letter, { to, opinion: why, changes: { ...remembered(letter, 'edited_by', tx.origin.actor), signed_by: null, signed_at: null, content_hash: null } })
}

/** INV-27, as far as it is about the letter before it is sent. */
export function incomplete(letter: LetterRow, items: readonly ItemRow[]): Violation[] {
  return [
    ...(items.length ? [] : [{ path: 'items', rule: 'INV-27', message: 'A letter has at least one recommendation.' }]),
    ...(letter.reply_within === null ? [{ path: 'replyWithin', rule: 'INV-27', message: 'A letter says in how many working days it is to be answered.' }] : []),
  ]
}

/** What the items say together: adopted ones may be carried out already. */
export function answerOf(items: readonly ItemRow[]): 'ADOPTED' | 'PARTLY_ADOPTED' | 'DECLINED' {
  const declined = items.filter(i => i.state === 'DECLINED').length
  return declined === 0 ? 'ADOPTED' : declined === items.length ? 'DECLINED' : 'PARTLY_ADOPTED'
}

export const isLate = ({ reply_due_on }: LetterRow): boolean => reply_due_on !== null && reply_due_on < today()

/** A letter as it goes through its chain. */
const inChain = (letter: LetterRow, issuerPath: string, addresseePath: string): ChainSubject => ({
  ...letterSubject(letter), chain: letterChain, paths: { SUBJECT_UNIT: addresseePath, OWNER_UNIT: issuerPath },
  authors: authorsOf(recommendationLetterMachine, 'signRecommendationLetter', letter), open: letter.state === 'UNDER_REVIEW',
})

export async function letterSubmissions(q: Rows, ids: readonly string[]): Promise<Submission[]> {
  const letters = await lettersById(q, ids)
  const hashes = await letterContents(q, letters)
  return letters.map((letter, i) => ({ subject: inChain(letter, letter.issuer_path, letter.addressee_path), hash: hashes[i]! }))
}
