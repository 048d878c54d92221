import type { Database } from '../../database/database'
import { acceptEvidence } from '../evidence'
import type { DomainModule } from '../module'
import { DutyReportEntity } from './duty-report.entity'
import { dutyReportEvents } from './duty-report.events'
import { dutyReportEdges, dutyReportReads } from './duty-report.reads'
import { DutyReportPayload, DutyReportResolver } from './duty-report.resolver'
import { DutyReportService } from './duty-report.service'
import { DutyReport } from './duty-report.types'

export { DutyReportEntity }
export { DutyReportService, fixReport, lockReports, notYours, ownPost, requireSpeaker, type GivenReport, type Post } from './duty-report.service'
export { DutyReport } from './duty-report.types'

export const dutyReportModule: DomainModule = {
  name: 'duty-report',
  entities: [DutyReportEntity],
  types: [DutyReport, DutyReportPayload],
  resolvers: [DutyReportResolver],
  create: (db: Database) => [new DutyReportResolver(new DutyReportService(db))],
  reads: [dutyReportReads],
  edges: [...dutyReportEdges, ...acceptEvidence({ type: 'DutyReport', zh: '述责述廉报告', prefix: 'dr', table: 'duty_report', roles: ['UNIT_EDITOR'], owner: { at: 'owner_unit_id', roles: ['DUTY_OWNER'] } })],
  events: Object.values(dutyReportEvents),
  permissions: { Mutation: { fileDutyReport: ['DUTY_OWNER'], editDutyReport: ['DUTY_OWNER'] } },
}
