import type { ClosedRealm } from '../core/actor'
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

/** Where the moves of what lies in a closed realm stand: at no unit, so that they are read with the thing itself and in no other way. */
export const NOWHERE = '00000000-0000-0000-0000-000000000000'

/** Writes the state that follows, with the record of it where the row moved or somebody said why. Answers whether it moved. `command`: what the record calls what was done, where that is not the command given. Of a closed realm the record stands nowhere. */
export function enter<State extends string>(
  tx: Transaction, { table, type, realm }: { table: string; type: string; realm?: ClosedRealm }, row: StoredRow & { readonly unit_id: string; readonly state: State }, to: NoInfer<State>,
  { changes, opinion, command }: { changes?: Values; opinion?: string | null; command?: string } = {},
): boolean {
  const from = row.state
  tx.update(table, row, { ...changes, state: to })
  const moved = from !== to
  if (moved || opinion?.trim()) tx.transition({ type, id: row.id, unitId: realm === undefined ? row.unit_id : NOWHERE, from, to, opinion, command })
  return moved
}
