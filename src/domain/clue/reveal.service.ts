import { opens } from '../../core/actor'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate } from '../../database/locate'
import type { Transaction } from '../../database/transaction'
import { vaultOf, type GuardedRow } from '../../vault'
import type { RevealInput } from './clue-reveal.inputs'
import { TRANSFER } from './clue.registers'
import { locateClue, partsOf, type ClueRow, type SealedPart } from './clue.repository'
import type { TransferRow } from './clue-transfer.service'

export interface RevealedClue {
  readonly rowId: string
  readonly summary: string
  readonly entries: { rowId: string; text: string }[]
  readonly transfers: { rowId: string; reason: string }[]
  readonly verifications: { rowId: string; plan: string }[]
  readonly restitutions: { rowId: string; beneficiary: string; basis: string }[]
}

/** Readings of what is sealed: for a reason, each logged in the same transaction, none kept under a key. */
export class RevealService {
  constructor(private readonly db: Database) {}

  /** Everything of a clue that the actor may read: all of it, or what they took in and wrote themselves. */
  clue(origin: Origin, input: RevealInput): Promise<RevealedClue> {
    return runCommand(this.db, origin, 'revealClue', {}, async tx => {
      const clue = await locateClue(tx, input.id)
      const parts = await partsOf(tx, clue.id)
      const read = (table: string, rows: readonly SealedPart[], columns: readonly string[]): Promise<Read[]> => this.read(tx, { clue, table, rows, columns, reason: input.reason })
      const [own] = await read('clue', [clue], ['summary'])
      return {
        rowId: clue.id, summary: own!.text('summary'),
        entries: (await read('clue_entry', parts.clue_entry, ['text'])).map(r => ({ rowId: r.rowId, text: r.text('text') })),
        transfers: (await read('clue_transfer', parts.clue_transfer, ['reason'])).map(r => ({ rowId: r.rowId, reason: r.text('reason') })),
        verifications: (await read('verification', parts.verification, ['plan'])).map(r => ({ rowId: r.rowId, plan: r.text('plan') })),
        restitutions: (await read('restitution', parts.restitution, ['beneficiary', 'basis'])).map(r => ({ rowId: r.rowId, beneficiary: r.text('beneficiary'), basis: r.text('basis') })),
      }
    })
  }

  /** Why a clue is passed on, for sender and receiver. Of the clue it says nothing. */
  transfer(origin: Origin, input: RevealInput): Promise<{ rowId: string; reason: string }> {
    return runCommand(this.db, origin, 'revealClueTransfer', {}, async tx => {
      const row = await locate<TransferRow>(tx, TRANSFER, input.id, 'id')
      const guarded: GuardedRow = { realm: 'CLUES', table: 'clue_transfer', id: row.id, unitId: row.unit_id, unitPath: row.unit_path, author: origin.actor.ref }
      const opened = (await vaultOf(this.db).read(tx, [guarded], ['reason'], input.reason)).get(row.id)!
      return { rowId: row.id, reason: opened['reason']!.toString() }
    })
  }

  private async read(tx: Transaction, { clue, table, rows, columns, reason }: { clue: ClueRow; table: string; rows: readonly SealedPart[]; columns: readonly string[]; reason: string }): Promise<Read[]> {
    const { actor } = tx.origin
    const mine = rows.filter(row => opens(actor, 'CLUES', clue.unit_path) || row.readers.includes(actor.ref))
    const guarded = mine.map(row => ({ realm: 'CLUES', table, id: row.id, unitId: clue.unit_id, unitPath: clue.unit_path, author: actor.ref }) as const)
    const opened = await vaultOf(this.db).read(tx, guarded, columns, reason)
    return mine.map(row => ({ rowId: row.id, text: column => opened.get(row.id)![column]?.toString() ?? '' }))
  }
}

interface Read { readonly rowId: string; text(column: string): string }
