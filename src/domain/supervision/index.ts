import type { Database } from '../../database/database'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import { ControlService } from '../risk'
import { nameSource } from '../sources'
import { SupervisionActivityService } from './activity.service'
import { CoordinationService } from './coordination.service'
import { SupervisionControlTestResolver } from './control-test.resolver'
import { SupervisionControlTestService, TESTERS } from './control-test.service'
import { SupervisionBody } from './coordination.types'
import { rectifiedFindings } from './finding-outcomes'
import { SupervisionFindingService } from './finding.service'
import {
  SupervisionActivityEntity, SupervisionActivityObjectEntity, SupervisionActivityPartnerEntity, SupervisionControlTestEntity, SupervisionOverlapEntity, SupervisionSlotEntity,
} from './supervision-activity.entity'
import { supervisionActivityEdges, supervisionActivityPartnerReads, supervisionActivityReads, supervisionOverlapAnswerReads } from './supervision-activity.reads'
import { FINDING } from './finding.repository'
import { SupervisionActivityResolver } from './supervision-activity.resolver'
import { supervisionActivityMachine } from './supervision-activity.states'
import { SupervisionActivity, SupervisionActivityPartner, SupervisionOverlap, SupervisionOverlapAnswer } from './supervision-activity.types'
import { SupervisionFindingEntity, SupervisionFindingOutcomeEntity } from './supervision-finding.entity'
import { supervisionFindingEdges, supervisionFindingReads } from './supervision-finding.reads'
import { SupervisionFindingResolver } from './supervision-finding.resolver'
import { supervisionFindingMachine } from './supervision-finding.states'
import { SupervisionFinding, SupervisionFindingOutcome } from './supervision-finding.types'
import './supervision.constraints'
import { activityEvents, findingEvents } from './supervision.events'

export { SupervisionActivityService } from './activity.service'
export { followOpened, followOutcome, rectifiedFindings } from './finding-outcomes'
export { SupervisionFindingService } from './finding.service'
export { ACTIVITY, type ActivityRow } from './activity.repository'
export { bodiesById, leads, mayTurnTo, namedBodies, objectsOf, type Body } from './bodies'
export { FINDING } from './finding.repository'
export { agreeToJointAction, proposedFor } from './joint-action'
export { followsFromFindings, type FindingTarget } from './finding-targets'
export { SUPERVISION_READERS } from './supervision-readers'
export { supervisionActivityMachine } from './supervision-activity.states'
export { supervisionFindingMachine } from './supervision-finding.states'
export { activityEvents, findingEvents }
export { SupervisionActivity, SupervisionActivityStateEnum } from './supervision-activity.types'
export { FindingOutcomeKind, FindingSeverity, FindingSource, SupervisionFinding, SupervisionFindingStateEnum } from './supervision-finding.types'
export { SupervisionActivityEntity, SupervisionFindingEntity }

nameSource({ kind: 'FINDING', type: 'SupervisionFinding', ...FINDING })

const BODY = supervisionActivityMachine.commands.planSupervisionActivity.roles

export const supervisionModule: DomainModule = {
  name: 'supervision',
  entities: [
    SupervisionActivityEntity, SupervisionActivityPartnerEntity, SupervisionActivityObjectEntity, SupervisionSlotEntity, SupervisionOverlapEntity, SupervisionControlTestEntity,
    SupervisionFindingEntity, SupervisionFindingOutcomeEntity,
  ],
  types: [SupervisionActivity, SupervisionActivityPartner, SupervisionOverlapAnswer, SupervisionOverlap, SupervisionBody, SupervisionFinding, SupervisionFindingOutcome],
  resolvers: [SupervisionActivityResolver, SupervisionControlTestResolver, SupervisionFindingResolver],
  create: (db: Database) => [
    new SupervisionActivityResolver(new SupervisionActivityService(db), new CoordinationService(db)), new SupervisionControlTestResolver(new SupervisionControlTestService(db, new ControlService(db))),
    new SupervisionFindingResolver(db, new SupervisionFindingService(db)),
  ],
  reads: [supervisionActivityReads, supervisionActivityPartnerReads, supervisionOverlapAnswerReads, supervisionFindingReads],
  edges: [...supervisionActivityEdges, ...supervisionFindingEdges],
  events: [...Object.values(activityEvents), ...Object.values(findingEvents)],
  subscribers: [rectifiedFindings],
  permissions: {
    Query: { supervisionOverlaps: BODY, supervisionBodies: [...BODY, 'COMMISSION_APPROVER'] },
    Mutation: { ...commandPermissions(supervisionActivityMachine), ...commandPermissions(supervisionFindingMachine), recordSupervisionControlTest: TESTERS },
  },
}
