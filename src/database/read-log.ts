import type { Origin, SensitiveRead } from '../core/request'
import { runLightCommand } from './command'
import type { Database } from './database'

/** Appends reads of sensitive things to the audit log. To be awaited before what was read leaves. */
export async function logReads(db: Database, origin: Origin, reads: readonly SensitiveRead[]): Promise<void> {
  for (const as of new Set(reads.map(r => r.as))) {
    await runLightCommand(db, origin, as, {}, async tx => {
      for (const read of reads) if (read.as === as) tx.audit(read.subjectType, read.subjectId, null, { ...read.what })
    })
  }
}
