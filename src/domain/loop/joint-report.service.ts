import { AppError, badInputs, type Violation } from '../../core/errors'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'
import { fixReport, lockReports } from '../duty-report'
import { gate } from '../gate'
import { moment, type CycleRow } from '../responsibility'
import './loop.constraints'
import type { CycleCommandInput, EvaluateCycleInput } from './loop.inputs'
import { FOUR, holdCycle, moveCycle, putStandings, standsAbove, supervisingBody } from './loop.repository'

/** The joint report (同述), its evaluation by the commission above (督责评责), and the close of a year in which nothing failed. */
export class JointReportService {
  constructor(private readonly db: Database) {}

  /** Answers the row id of the unit-year, like all of them. */
  report(origin: Origin, input: CycleCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'reportCycle', input, async tx => {
      const held = await holdCycle(tx, 'reportCycle', input)
      const reports = await lockReports(tx, held.cycle.unit_id, held.cycle.year)
      gate(FOUR.filter(r => !reports.some(report => report.responsibility === r))
        .map((r): Violation => ({ path: `dutyReports.${r}`, rule: 'SM-2', message: `Nobody has filed a duty report for ${r}.` })))
      const at = await moment(tx)
      for (const report of reports) fixReport(tx, report, at, held.cycle.id)
      moveCycle(tx, held, 'reported', { changes: { reported_by: origin.actor.ref, reported_at: at } })
      return held.cycle.id
    })
  }

  returnReport(origin: Origin, input: CycleCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'returnCycleReport', input, async tx => {
      const held = await holdCycle(tx, 'returnCycleReport', input)
      await requireAbove(tx, held.cycle)
      moveCycle(tx, held, 'reportReturned', { opinion: input.opinion })
      return held.cycle.id
    })
  }

  evaluate(origin: Origin, input: EvaluateCycleInput): Promise<string> {
    return runCommand(this.db, origin, 'evaluateCycle', input, async tx => {
      const held = await holdCycle(tx, 'evaluateCycle', input)
      await requireAbove(tx, held.cycle)
      requireNothingProposed(held.cycle)
      const by = new Map(input.evaluations.map(e => [e.responsibility, { grade: e.grade, evaluation: e.evaluation }]))
      const missing = FOUR.filter(r => !by.has(r))
      if (missing.length) throw badInputs(missing.map(r => ({ path: 'evaluations', rule: 'SM-2', message: `${r} is not evaluated; all four are evaluated together.` })))
      await putStandings(tx, held.cycle, by)
      moveCycle(tx, held, 'evaluated', { changes: { evaluated_by: origin.actor.ref, evaluated_at: await moment(tx) } })
      return held.cycle.id
    })
  }

  close(origin: Origin, input: CycleCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'closeCycle', input, async tx => {
      const held = await holdCycle(tx, 'closeCycle', input)
      await requireAbove(tx, held.cycle)
      requireNothingProposed(held.cycle)
      moveCycle(tx, held, 'closed', { changes: { closed_at: await moment(tx) } })
      return held.cycle.id
    })
  }
}

/** Who stands above the body whose own duty is reported, too, judges the report. */
async function requireAbove(tx: Transaction, cycle: CycleRow): Promise<void> {
  if (standsAbove(tx.origin.actor, await supervisingBody(tx, cycle))) return
  const message = 'The commission above the one that reported decides this.'
  throw new AppError('FORBIDDEN', message, { messageKey: 'notAbove', violations: [{ path: 'id', rule: 'SM-2', message }] })
}

function requireNothingProposed(cycle: CycleRow): void {
  if (cycle.accountability_proposed_by !== null) gate([{ path: 'id', rule: 'SM-2', message: 'Accountability is proposed; it is opened or declined first.' }])
}
