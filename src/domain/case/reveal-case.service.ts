import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate } from '../../database/locate'
import { vaultOf } from '../../vault'
import { CASE } from './case.reads'
import type { CaseRow } from './case.service'
import type { CaseEntryKind } from './case.types'

export interface RevealedText { readonly kind: CaseEntryKind; readonly command: string; readonly at: string; readonly actor: string; readonly text: string }

/** Readings of what is sealed of a case: for a reason, logged in the same transaction, kept under no key. For those who see the case, on either side. */
export class RevealCaseService {
  constructor(private readonly db: Database) {}

  reveal(origin: Origin, input: { id: string; reason: string }): Promise<{ rowId: string; entries: RevealedText[] }> {
    return runCommand(this.db, origin, 'revealCase', {}, async tx => {
      const row = await locate<CaseRow>(tx, CASE, input.id, 'id', 'SHARE')
      const entries = await tx.rows<{ id: string; kind: CaseEntryKind; command: string; at: Date; actor: string }>('SELECT id, kind, command, at, actor FROM case_entry WHERE case_id = $1 ORDER BY id', [row.id])
      const guarded = entries.map(e => ({ realm: 'CASES', table: 'case_entry', id: e.id, unitId: row.unit_id, unitPath: row.unit_path, author: origin.actor.ref }) as const)
      const opened = await vaultOf(this.db).read(tx, guarded, ['text'], input.reason)
      return { rowId: row.id, entries: entries.map(e => ({ kind: e.kind, command: e.command, at: new Date(e.at).toISOString(), actor: e.actor, text: opened.get(e.id)!['text']!.toString() })) }
    })
  }
}
