import { badInput } from '../../core/errors'
import { requireOpinion } from '../../core/four-eyes'
import type { Origin } from '../../core/request'
import { transit } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate } from '../../database/locate'
import { sidePaths } from '../../database/sides'
import { checkVersion, type Transaction } from '../../database/transaction'
import { gate } from '../gate'
import { moment } from '../responsibility'
import './campaign.constraints'
import { reportEvents } from './campaign.events'
import type { ReportSpecialSelfCheckInput, ReturnSpecialSelfCheckInput } from './campaign.inputs'
import { campaignOfReport, REPORT, type ReportRow } from './campaign.repository'
import { specialRectificationMachine } from './special-rectification.states'

export interface SelfCheck { readonly campaign: string; readonly report: string }

/** What units report in special rectifications. Units do not wait for each other: the special rectification is held, not changed. */
export class SelfCheckService {
  constructor(private readonly db: Database) {}

  report(origin: Origin, input: ReportSpecialSelfCheckInput): Promise<SelfCheck> {
    return this.on(origin, 'reportSpecialSelfCheck', input, async (tx, report) => {
      if (input.problemsFixed > input.problemsFound) throw badInput('problemsFixed', 'count', 'No more problems are put right than were found.')
      tx.update(REPORT.table, report, {
        problems_found: input.problemsFound, problems_fixed: input.problemsFixed, report_zh: input.report.trim(), reported_by: origin.actor.ref, reported_at: await moment(tx), returned_reason: null,
      })
      tell(tx, 'reported', report)
    })
  }

  return(origin: Origin, input: ReturnSpecialSelfCheckInput): Promise<SelfCheck> {
    return this.on(origin, 'returnSpecialSelfCheck', input, (tx, report) => {
      if (report.reported_at === null) gate([{ path: 'specialRectificationUnitId', rule: 'SM-15', message: 'The unit has not reported.' }])
      tx.update(REPORT.table, report, { reported_by: null, reported_at: null, returned_reason: requireOpinion(input.opinion) })
      tell(tx, 'returned', report)
    })
  }

  /** Roles of the unit's side are asked on the unit whose report it is, not on any other in the scope. */
  private on(
    origin: Origin, command: 'reportSpecialSelfCheck' | 'returnSpecialSelfCheck', input: ReportSpecialSelfCheckInput | ReturnSpecialSelfCheckInput,
    step: (tx: Transaction, report: ReportRow) => Promise<void> | void,
  ): Promise<SelfCheck> {
    return runCommand(this.db, origin, command, input, async tx => {
      const path = 'specialRectificationUnitId'
      const campaign = await campaignOfReport(tx, input[path], path)
      const report = await locate<ReportRow>(tx, REPORT, input[path], path)
      const sides = { ...await sidePaths(tx, specialRectificationMachine, campaign), IN_SCOPE: [report.unit_path] }
      transit(specialRectificationMachine, command, campaign, { actor: origin.actor, path: campaign.unit_path, sides, opinion: 'opinion' in input ? input.opinion : null })
      checkVersion(report, input.rowVersion)
      await step(tx, report)
      return { campaign: campaign.id, report: report.id }
    })
  }
}

const tell = (tx: Transaction, happened: keyof typeof reportEvents, { id, unit_id, special_rectification_id, problems_found, problems_fixed }: ReportRow): void =>
  tx.emit(reportEvents[happened], { subjectId: id, unitId: unit_id, payload: { specialRectificationId: special_rectification_id, problemsFound: problems_found!, problemsFixed: problems_fixed! } })
