import { systemActor } from '../../core/actor'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { orphansAmong, orphansStill, whileNoRowsCome } from './evidence.repository'
import type { EvidenceStore } from './evidence-store'

export interface Swept {
  /** Unfinished uploads. */
  readonly incoming: number
  /** Contents without a row. */
  readonly contents: number
}

/** How long what is being done is left alone: longer than any upload, and than any transaction. */
const UNTOUCHED = { incoming: 60 * 60_000, contents: 24 * 60 * 60_000 }
const BATCH = 500

/**
 * Clears away what uploads leave that a crash, a full disk or a refused row ended: parts of files, and contents that no row refers to.
 * Run it at start and then from time to time; several processes may do so at once.
 */
export class EvidenceSweeper {
  constructor(private readonly db: Database, private readonly store: EvidenceStore) {}

  async sweep(now = new Date(), untouched = UNTOUCHED): Promise<Swept> {
    const incoming = await this.store.sweepIncoming(new Date(now.getTime() - untouched.incoming))
    const before = new Date(now.getTime() - untouched.contents)
    let contents = 0
    for await (const refs of batches(this.store.contents(before))) contents += await this.removeOrphans(refs, before)
    return { incoming, contents }
  }

  /**
   * Contents become orphans and cease to be ones while we look: the last look is taken under a lock that rows about to refer to a content
   * hold too. They look for their content under it, so that either the row comes first and the content stays, or the upload is refused.
   */
  private async removeOrphans(refs: readonly string[], before: Date): Promise<number> {
    const suspects = await orphansAmong(this.db, refs)
    if (!suspects.length) return 0
    return runCommand(this.db, sweeping, 'sweepEvidence', {}, async tx => {
      await whileNoRowsCome(tx)
      const removed: string[] = []
      for (const ref of await orphansStill(tx, suspects)) {
        if (!(await this.store.isOlder(ref, before))) continue
        await this.store.remove(ref)
        removed.push(ref)
      }
      if (removed.length) tx.audit('evidence', null, { contents: removed }, null)
      return removed.length
    })
  }
}

const sweeping: Origin = Object.freeze({ actor: systemActor('evidence-sweep'), requestId: 'evidence-sweep', address: null })

async function * batches<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const item of items) if (batch.push(item) >= BATCH) { yield batch; batch = [] }
  if (batch.length) yield batch
}
