import { badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import type { StoredRow } from '../../database/transaction'
import type { Fit } from './check'
import { OPERATIONS_CHANNEL } from './registry'

export interface ListedOperation extends StoredRow {
  team: string; name: string; kind: string; hash: string; body: string; cost: number; retired_at: string | null; created_at: string
}

const TEAM = /^[a-z][a-z0-9-]{0,39}$/
const live = 'retired_at IS NULL'

/** The registry's commands. What was listed never changes: another text is another operation beside it, until the first is retired. */
export class OperationService {
  constructor(private readonly db: Database) {}

  /** Lists what is not listed yet. Either all of it or nothing. */
  publish(origin: Origin, team: string, operations: readonly Fit[]): Promise<{ added: number; unchanged: number }> {
    if (!TEAM.test(team)) throw badInput('team', 'format', 'A team is called by small letters, digits and hyphens, 40 at most.')
    return runCommand(this.db, origin, 'publishOperations', {}, async tx => {
      const known = await tx.rows<{ hash: string }>(`SELECT hash FROM persisted_operation WHERE team = $1 AND hash = ANY($2::text[]) AND ${live}`, [team, operations.map(o => o.hash)])
      const listed = new Set(known.map(k => k.hash))
      const fresh = operations.filter(o => !listed.has(o.hash))
      for (const { name, kind, hash, body, cost } of fresh) tx.insert('persisted_operation', { team, name, kind, hash, body, cost })
      if (fresh.length) tx.notify(OPERATIONS_CHANNEL, team)
      return { added: fresh.length, unchanged: listed.size }
    })
  }

  /** Ends every live operation of the team with this name or hash. Returns what was ended. */
  retire(origin: Origin, team: string, nameOrHash: string): Promise<{ name: string; hash: string }[]> {
    return runCommand(this.db, origin, 'retireOperations', {}, async tx => {
      const rows = await tx.rows<ListedOperation>(`SELECT * FROM persisted_operation WHERE team = $1 AND (name = $2 OR hash = lower($2)) AND ${live} ORDER BY id FOR UPDATE`, [team, nameOrHash])
      const now = await tx.row<{ at: string }>('SELECT now()::text AS at')
      for (const row of rows) tx.update('persisted_operation', row, { retired_at: now!.at })
      if (rows.length) tx.notify(OPERATIONS_CHANNEL, team)
      return rows.map(({ name, hash }) => ({ name, hash }))
    })
  }

  /** For the command line. */
  list(team: string | null): Promise<ListedOperation[]> {
    return this.db.rows<ListedOperation>('SELECT * FROM persisted_operation WHERE $1::text IS NULL OR team = $1 ORDER BY team, name, created_at, id', [team])
  }
}
