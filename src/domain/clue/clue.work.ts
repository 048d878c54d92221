import { DateTime } from 'luxon'
import { opens } from '../../core/actor'
import { today } from '../../core/day'
import { badInput } from '../../core/errors'
import { targetsOf, transit } from '../../core/states'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { enter } from '../../database/moves'
import { sidePaths } from '../../database/sides'
import { checkVersion, type Transaction, type Values } from '../../database/transaction'
import { vaultOf } from '../../vault'
import { workCalendar } from '../calendar'
import { followOutcome, followsFromFindings } from '../supervision'
import { CLUE } from './clue.registers'
import { clueMachine, type ClueState } from './clue.states'
import { deadlineOf, locateClue, type ClueRow, type Deadline } from './clue.repository'
import type { ClueEntryKind, ClueNature, ClueStep } from './clue.words'

export type ClueCommand = keyof typeof clueMachine.commands
export interface CommandOn { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null }

/** Nothing more is expected of such a clue: what it follows from is told. */
const SETTLED: readonly string[] = clueMachine.ends
followsFromFindings({ ...CLUE, kind: 'CLUE', settled: SETTLED, closed: true })

/** What of a clue the intake may read later: what the reporter was told, and what came in. */
const FOR_INTAKE: readonly ClueEntryKind[] = ['INFORMATION', 'REPORTER_INFORMATION', 'FEEDBACK']

/** One command's work on clues: days, texts for the vault, moves. Opinions never stand in the history of states: they are sealed. */
export class ClueWork {
  constructor(readonly db: Database) {}

  /** A command on a clue that changes its state or its columns: found, asked of the table, then written. Answers its row id. */
  on<I extends CommandOn>(
    origin: Origin, command: ClueCommand, input: I, changes: (tx: Transaction, clue: ClueRow) => Promise<Values & { outcomeState?: ClueState }> | (Values & { outcomeState?: ClueState }),
  ): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const clue = await locateClue(tx, input.id)
      await this.give(tx, command, clue, input, changes)
      return clue.id
    })
  }

  /** The same on a clue that is at hand. */
  async give<I extends Omit<CommandOn, 'id'>>(
    tx: Transaction, command: ClueCommand, clue: ClueRow, input: I, changes: (tx: Transaction, clue: ClueRow) => Promise<Values & { outcomeState?: ClueState }> | (Values & { outcomeState?: ClueState }),
  ): Promise<void> {
    const given = { actor: tx.origin.actor, path: clue.unit_path, sides: await sidePaths(tx, clueMachine, clue), opinion: input.opinion }
    // The first target stands for the choice: who may, from where and whether it says why is asked before anything else.
    transit(clueMachine, command, clue, { ...given, outcome: targetsOf(clueMachine.commands[command], clue.state)[0]! })
    checkVersion(clue, input.rowVersion)
    const { outcomeState, ...columns } = await changes(tx, clue)
    const to = transit(clueMachine, command, clue, { ...given, ...(outcomeState && { outcome: outcomeState }) })
    await this.move(tx, clue, to, columns)
    if (input.opinion?.trim()) await this.write(tx, clue, 'OPINION', input.opinion.trim())
  }

  async move(tx: Transaction, clue: ClueRow, to: ClueState, columns: Values = {}): Promise<void> {
    const from = clue.state
    if (!enter(tx, { ...CLUE, type: 'Clue' }, clue, to, { changes: columns })) return
    if (SETTLED.includes(from) || SETTLED.includes(to)) await followOutcome(tx, CLUE.prefix, { id: clue.id, row_version: clue.row_version, state: to })
  }

  /** Keeps a text about a clue: sealed, with a row that says that it is there. */
  async write(tx: Transaction, clue: ClueRow, kind: ClueEntryKind, text: string, o: { verificationId?: string; readers?: readonly string[] } = {}): Promise<string> {
    const { ref } = tx.origin.actor
    const readers = [...new Set([...(FOR_INTAKE.includes(kind) ? clue.readers : []), ...(o.readers ?? []), ...(this.opens(tx, clue) ? [] : [ref])])].filter(r => r !== 'anonymous')
    const id = tx.append('clue_entry', { clue_id: clue.id, unit_id: clue.unit_id, kind, command: tx.command, actor: ref, readers, verification_id: o.verificationId ?? null })
    await this.seal(tx, 'clue_entry', id, { text })
    return id
  }

  seal(tx: Transaction, table: string, id: string, values: Record<string, string>): Promise<void> {
    return vaultOf(this.db).seal(tx, { realm: 'CLUES', table, id }, values)
  }

  opens(tx: Transaction, clue: { unit_path: string }): boolean {
    return opens(tx.origin.actor, 'CLUES', clue.unit_path)
  }

  /** The last day of a step that begins on a day; null where no time limit is set. */
  async due(tx: Transaction, nature: ClueNature, step: ClueStep, from = today()): Promise<string | null> {
    const limit = await deadlineOf(tx, nature, step)
    return limit && this.count(limit, from, limit.days)
  }

  async count({ counted }: Pick<Deadline, 'counted'>, from: string, days: number): Promise<string> {
    return counted === 'WORKING_DAYS' ? (await workCalendar(this.db)).addWorkingDays(from, days).day : DateTime.fromISO(from, { zone: 'utc' }).plus({ days }).toISODate()!
  }

  /** Time limits of a clue that is registered today, or begins anew. */
  async dueFromRegistration(tx: Transaction, clue: Pick<ClueRow, 'nature' | 'received_on'>): Promise<{ due_on: string | null; step_due_on: string | null }> {
    const due = await this.due(tx, clue.nature, 'FINISH') ?? await this.due(tx, clue.nature, 'PROPOSE_DISPOSAL', clue.received_on)
    return { due_on: due, step_due_on: due }
  }
}

/** A day of the past that a person tells. */
export function dayNotLater(day: string | null | undefined, path: string, from?: string): string {
  const told = day ?? today()
  if (told > today()) throw badInput(path, 'notInFuture', 'This day has not come yet.')
  if (from !== undefined && told < from) throw badInput(path, 'dateOrder', 'This day lies before what it follows from.')
  return told
}
