import type { Database } from '../../database/database'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import { loopMachine } from '../responsibility'
import { brokenPledges } from './broken-pledge.subscriber'
import { JointAccountabilityService } from './joint-accountability.service'
import { JointReportService } from './joint-report.service'
import { CycleResponsibilityEntity, ProgressMoveEntity, ProgressReviewEntity } from './loop.entity'
import { loopEvents } from './loop.events'
import { cycleResponsibilityReads, loopEdges, progressMoveReads, progressReviewReads } from './loop.reads'
import { LoopPayload, LoopResolver, ProgressReviewPayload } from './loop.resolver'
import { CycleResponsibility, ProgressFigures, ProgressMove, ProgressReview } from './loop.types'
import { ProgressReviewService } from './progress-review.service'

export { JointAccountabilityService, JointReportService, ProgressReviewService }

/** The joint publication is the register's own; everything after it is the loop's. */
const { confirmJointPublication: _, ...permissions } = commandPermissions(loopMachine)

export const loopModule: DomainModule = {
  name: 'loop',
  entities: [ProgressReviewEntity, ProgressMoveEntity, CycleResponsibilityEntity],
  types: [ProgressReview, ProgressFigures, ProgressMove, CycleResponsibility, LoopPayload, ProgressReviewPayload],
  resolvers: [LoopResolver],
  create: (db: Database) => [new LoopResolver(db, new ProgressReviewService(db), new JointReportService(db), new JointAccountabilityService(db))],
  reads: [progressReviewReads, progressMoveReads, cycleResponsibilityReads],
  edges: loopEdges,
  events: Object.values(loopEvents),
  subscribers: [brokenPledges],
  permissions: { Mutation: permissions },
}
