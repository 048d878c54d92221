import type { Database } from '../../database/database'
import { importKind } from '../import'
import type { DomainModule } from '../module'
import { importRiskPoints } from './import-risk-points'
import { importControls } from './import-controls'
import { commandPermissions } from '../permissions'
import { ControlEntity, ControlRiskPointEntity, ControlTestEntity } from './control.entity'
import { ControlResolver } from './control.resolver'
import { ControlService } from './control.service'
import { controlMachine } from './control.states'
import { Control, ControlTest } from './control.types'
import { RiskMatrixCellEntity, RiskMatrixEntity } from './risk-matrix.entity'
import { RiskMatrixService } from './risk-matrix.service'
import { RiskPointEntity, RiskRatingEntity } from './risk-point.entity'
import { RiskPointResolver } from './risk-point.resolver'
import { RiskPointService } from './risk-point.service'
import { riskPointMachine } from './risk-point.states'
import { riskEvents } from './risk.events'
import { controlReads, controlTestReads, riskEdges, riskMatrixCellReads, riskMatrixReads, riskPointReads, riskRatingReads } from './risk.reads'
import { Rating, RiskMatrix, RiskMatrixCell, RiskPoint, RiskRating } from './risk.types'

export { riskEvents }
export { importControls } from './import-controls'
export { importRiskPoints } from './import-risk-points'
export { ControlEntity, ControlRiskPointEntity, ControlTestEntity, RiskMatrixCellEntity, RiskMatrixEntity, RiskPointEntity, RiskRatingEntity }
export { ControlService, type RecordedTest } from './control.service'
export { RecordControlTestInput } from './control.inputs'
export { RiskPointService } from './risk-point.service'
export { RISK_POINT } from './risk.writes'
export { CONTROL } from './control.service'
export { controlMachine } from './control.states'
export { riskPointMachine } from './risk-point.states'
export { Control, ControlTest } from './control.types'
export { type RiskPointState } from './risk-point.states'
export { RiskCategory, RiskLevel, RiskPoint, RiskPointStateEnum } from './risk.types'

export const riskModule: DomainModule = {
  name: 'risk',
  entities: [RiskMatrixEntity, RiskMatrixCellEntity, RiskPointEntity, RiskRatingEntity, ControlEntity, ControlRiskPointEntity, ControlTestEntity],
  types: [Rating, RiskPoint, RiskRating, RiskMatrix, RiskMatrixCell, Control, ControlTest],
  resolvers: [RiskPointResolver, ControlResolver],
  create: (db: Database) => [new RiskPointResolver(new RiskPointService(db), new RiskMatrixService(db)), new ControlResolver(new ControlService(db))],
  reads: [riskPointReads, riskRatingReads, riskMatrixReads, riskMatrixCellReads, controlReads, controlTestReads],
  edges: riskEdges,
  events: Object.values(riskEvents),
  imports: [
    importKind({ name: 'risk-points', title: { zh: '风险点', en: 'Risk points' }, roles: ['UNIT_EDITOR'] }, importRiskPoints),
    importKind({ name: 'controls', title: { zh: '防控措施', en: 'Controls' }, roles: ['UNIT_EDITOR'] }, importControls),
  ],
  permissions: {
    Mutation: {
      identifyRiskPoint: ['UNIT_EDITOR'], rateRiskPoints: ['UNIT_EDITOR'], designControl: ['UNIT_EDITOR'], publishRiskMatrix: ['PLATFORM_ADMIN'],
      ...commandPermissions(riskPointMachine), ...commandPermissions(controlMachine),
    },
  },
}
