import type { Database } from '../../database/database'
import { ClueHandlingService, clueMachine, ClueWork } from '../clue'
import { acceptEvidence } from '../evidence'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import {
  CaseClueEntity, CaseDispositionEntity, CaseEntity, CaseEntryEntity, CaseMeasureEntity, CasePersonEntity, CasePowerEntity, CaseRiskPointEntity, CaseSubjectUnitEntity,
  GovernanceMeasureControlEntity, GovernanceMeasureEntity, GovernanceMeasureRiskPointEntity,
} from './case.entity'
import { caseEvents, measureEvents } from './case.events'
import { CASE_READERS, MEASURE, caseDispositionReads, caseEntryReads, caseReads, governanceMeasureReads } from './case.reads'
import { CaseResolver } from './case.resolver'
import { CaseService } from './case.service'
import { caseMachine } from './case.states'
import { Case, CaseDisposition, CaseEntry, GovernanceMeasure } from './case.types'
import { GovernanceMeasureService } from './governance-measure.service'
import { governanceMeasureMachine } from './governance-measure.states'
import { RevealCaseService } from './reveal-case.service'

export { CaseStateEnum } from './case.types'
export type { CaseState } from './case.states'
export { caseEvents, caseMachine, CaseService, GovernanceMeasureEntity, governanceMeasureMachine, GovernanceMeasureService, MEASURE, measureEvents }

export const caseModule: DomainModule = {
  name: 'case',
  entities: [
    CaseEntity, CaseClueEntity, CasePersonEntity, CaseSubjectUnitEntity, CasePowerEntity, CaseRiskPointEntity, CaseDispositionEntity, CaseEntryEntity, CaseMeasureEntity,
    GovernanceMeasureEntity, GovernanceMeasureControlEntity, GovernanceMeasureRiskPointEntity,
  ],
  types: [Case, CaseDisposition, CaseEntry, GovernanceMeasure],
  resolvers: [CaseResolver],
  create: (db: Database) => [new CaseResolver(new CaseService(db, new ClueHandlingService(new ClueWork(db))), new GovernanceMeasureService(db), new RevealCaseService(db))],
  reads: [caseReads, caseDispositionReads, caseEntryReads, governanceMeasureReads],
  edges: acceptEvidence({ type: 'GovernanceMeasure', zh: '治理措施', prefix: 'gm', table: 'governance_measure', roles: ['UNIT_EDITOR', 'UNIT_APPROVER', 'DUTY_OWNER', 'SUPERVISOR'] }),
  permissions: {
    Mutation: {
      fileCase: clueMachine.commands.fileCase.roles, revealCase: CASE_READERS, ...commandPermissions(caseMachine), ...commandPermissions(governanceMeasureMachine),
    },
  },
  events: [...Object.values(caseEvents), ...Object.values(measureEvents)],
}
