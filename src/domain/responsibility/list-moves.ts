import { badInput } from '../../core/errors'
import { json, type Transaction, type Values } from '../../database/transaction'
import { authorsOf, transit } from '../../core/states'
import { voidApprovals, type ChainSubject } from '../approval'
import { remembered } from '../remembered'
import { listChains } from './responsibility.chains'
import { listEvents } from './responsibility.events'
import type { ListKind } from './responsibility.types'
import { listMachines, type ListCommand, type ListState } from './responsibility-list.states'
import type { CycleRow, HeldList, ListRow } from './responsibility.repository'

/** The column by which a unit-year holds its list of each kind. */
export const LINK_OF = {
  MAIN_RESPONSIBILITY: 'main_list_id', POWER_RISK_CONTROL: 'power_risk_list_id', SUPERVISION_RESPONSIBILITY: 'supervision_list_id',
} as const satisfies Record<ListKind, keyof CycleRow>

export const listSubject = (list: ListRow) => ({ type: 'ResponsibilityList', id: list.id, unitId: list.unit_id })
export const cycleSubject = (cycle: CycleRow) => ({ type: 'AccountabilityCycle', id: cycle.id, unitId: cycle.unit_id })

/** A list as it goes through its chain, with the people who entered what stands on it. */
export function listInChain(list: ListRow, enteredBy: readonly string[]): ChainSubject {
  const machine = listMachines[list.kind]
  return {
    ...listSubject(list), chain: listChains[list.kind], paths: { SUBJECT_UNIT: list.unit_path, OWNER_UNIT: list.owner_path },
    authors: [...authorsOf(machine, 'approveResponsibilityList', list), ...enteredBy], open: list.state === 'UNDER_REVIEW',
  }
}

/** The state that follows by the table of the list's kind. A command that the kind does not know at all is against INV-06. */
export function nextState(tx: Transaction, command: ListCommand, list: ListRow, opinion?: string | null): ListState {
  const machine = listMachines[list.kind]
  if (!(command in machine.commands)) throw badInput('id', 'INV-06', `A list of the kind ${list.kind} does not know ${command}.`)
  return transit(machine, command, list, { actor: tx.origin.actor, path: list.owner_path, opinion })
}

/** Writes the new state with its transition record and event. */
export function moveList(tx: Transaction, list: ListRow, move: { to: ListState; happened: Exclude<keyof typeof listEvents, 'drafted'>; changes?: Values; opinion?: string | null }): void {
  const from = list.state
  tx.update('responsibility_list', list, { ...move.changes, state: move.to })
  tx.transition({ ...listSubject(list), from, to: move.to, opinion: move.opinion })
  tx.emit(listEvents[move.happened], {
    subjectId: list.id, unitId: list.unit_id, payload: { kind: list.kind, year: list.year, version: list.version },
  })
}

const NO_APPROVAL = { approved_by: null, approved_at: null, content_hash: null, catalog_versions: json([]) }

/** Back to DRAFT from APPROVED: the approval is voided, and with it what was confirmed for joint publication. */
export async function voidApproval(tx: Transaction, { list, cycle }: HeldList, why: string, changes: Values = {}): Promise<void> {
  await voidApprovals(tx, listSubject(list), why)
  moveList(tx, list, { to: 'DRAFT', happened: 'reopened', changes: { ...NO_APPROVAL, ...changes }, opinion: why })
  // While in force a confirmation binds the hash of what is to be published; it lapses by itself.
  if (cycle?.state === 'PREPARING' && await voidApprovals(tx, cycleSubject(cycle), why)) {
    tx.update('accountability_cycle', cycle, { unit_confirmed_by: null, unit_confirmed_at: null, commission_confirmed_by: null, commission_confirmed_at: null })
  }
}

/** Opens a locked list for a change of its content by this command: whoever gives it is one of its authors, and an approval that stood is voided. */
export async function openContent(tx: Transaction, command: ListCommand, held: HeldList): Promise<void> {
  nextState(tx, command, held.list)
  const author = remembered(held.list, 'edited_by', tx.origin.actor)
  if (held.list.state === 'APPROVED') await voidApproval(tx, held, `The content was changed by ${tx.command}.`, author)
  else tx.update('responsibility_list', held.list, author)
}
