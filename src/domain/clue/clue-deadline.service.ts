import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { checkVersion, json, type StoredRow } from '../../database/transaction'
import { requireAdministratorOfAll } from '../unit'
import type { SetClueDeadlineInput } from './clue-reveal.inputs'

/** Time limits of handling. A correction counts for what begins afterwards: people were told the day that they were given. */
export class ClueDeadlineService {
  constructor(private readonly db: Database) {}

  set(origin: Origin, input: SetClueDeadlineInput): Promise<string> {
    return runCommand(this.db, origin, 'setClueDeadline', input, async tx => {
      await requireAdministratorOfAll(tx)
      const values = {
        days: input.days, counted: input.counted, max_extension_days: input.maxExtensionDays, is_confirmed: input.isConfirmed,
        legal_basis: json(input.legalBasis.map(({ title, article, documentNo }) => ({ title, article: article ?? null, documentNo: documentNo ?? null }))),
      }
      const before = await tx.row<StoredRow>('SELECT * FROM clue_deadline WHERE nature = $1 AND step = $2 FOR UPDATE', [input.nature, input.step])
      if (!before) return tx.insert('clue_deadline', { nature: input.nature, step: input.step, ...values })
      checkVersion(before, input.rowVersion)
      tx.update('clue_deadline', before, values)
      return before.id
    })
  }
}
