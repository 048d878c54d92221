import { badInput } from '../../core/errors'
import { newId } from '../../core/ids'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import type { StoredRow } from '../../database/transaction'
import { requireAdministratorOfAll } from '../unit'
import type { PublishRiskMatrixInput } from './risk-point.inputs'
import { riskEvents } from './risk.events'

/** The risk matrix is versioned data: publishing a version changes no rating, it tells that ratings are due again (INV-15). */
export class RiskMatrixService {
  constructor(private readonly db: Database) {}

  publish(origin: Origin, input: PublishRiskMatrixInput): Promise<string> {
    return runCommand(this.db, origin, 'publishRiskMatrix', input, async tx => {
      await requireAdministratorOfAll(tx)
      requireWholeMatrix(input)
      // One after the other: the version that is in force is read only once the one before it is published.
      await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('risk-matrix', 0))`)
      const before = (await tx.row<StoredRow & { version: number }>(`SELECT * FROM risk_matrix WHERE state = 'IN_FORCE'`))!
      tx.update('risk_matrix', before, { state: 'SUPERSEDED' })
      tx.barrier()
      const version = before.version + 1
      const id = tx.insert('risk_matrix', { version, name_zh: input.nameZh, effective_from: input.effectiveFrom, state: 'IN_FORCE' })
      for (const c of input.cells) tx.append('risk_matrix_cell', { id: newId(), matrix_id: id, matrix_version: version, likelihood: c.likelihood, impact: c.impact, score: c.score, level: c.level })
      tx.emit(riskEvents.matrixPublished, { subjectId: id, unitId: null, payload: { version, ratingsDueBelowVersion: version } })
      return id
    })
  }
}

/** All 25 places once, and never a lower score or level for a higher likelihood or impact. */
function requireWholeMatrix({ cells }: PublishRiskMatrixInput): void {
  const rank = { UNRATED: 0, LOW: 1, MEDIUM: 2, HIGH: 3 }
  const at = new Map(cells.map(c => [`${c.likelihood}/${c.impact}`, c]))
  if (at.size !== 25) throw badInput('cells', 'complete', 'A matrix has each of its 25 cells once.')
  cells.forEach((c, i) => {
    for (const next of [at.get(`${c.likelihood + 1}/${c.impact}`), at.get(`${c.likelihood}/${c.impact + 1}`)]) {
      if (next && (next.score < c.score || rank[next.level] < rank[c.level])) throw badInput(`cells.${i}`, 'monotone', 'A higher likelihood or impact cannot give a lower score or level.')
    }
  })
}
