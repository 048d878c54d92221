import type { Given, Machine } from '../core/states'
import { transit } from '../core/states'
import type { LocatedRow } from './locate'
import { sidePaths } from './sides'
import { checkVersion, type StoredRow, type Transaction, type Values } from './transaction'

/** What a command says of the move beside what it changes: why, where to if the table leaves a choice, and the version that its giver has seen. */
interface Said<State extends string> extends Pick<Given<State>, 'opinion' | 'outcome'> { rowVersion?: number | null }

/** The state that follows on a command for a row that was located. Refuses as `transit` does, on whichever side of the row the table names, and a stale version. */
export async function next<State extends string, Command extends string>(
  tx: Transaction, machine: Machine<State, Command>, command: Command, row: LocatedRow & { readonly state: State }, { opinion, outcome, rowVersion }: Said<NoInfer<State>>,
): Promise<State> {
  const to = transit(machine, command, row, { actor: tx.origin.actor, path: row.unit_path, sides: await sidePaths(tx, machine, row), opinion, ...(outcome && { outcome }) })
  checkVersion(row, rowVersion)
  return to
}

/** Writes the state that follows, with the record of it where the row moved or somebody said why. Answers whether it moved. */
export function enter<State extends string>(
  tx: Transaction, { table, type }: { table: string; type: string }, row: StoredRow & { readonly unit_id: string; readonly state: State }, to: NoInfer<State>,
  { changes, opinion }: { changes?: Values; opinion?: string | null } = {},
): boolean {
  const from = row.state
  tx.update(table, row, { ...changes, state: to })
  const moved = from !== to
  if (moved || opinion?.trim()) tx.transition({ type, id: row.id, unitId: row.unit_id, from, to, opinion })
  return moved
}
