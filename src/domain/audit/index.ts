import type { DomainModule } from '../module'
import { AuditDigestKeyEntity, AuditRecordEntity, AuditSealEntity, StateTransitionEntity } from './audit.entity'
import { auditRecordReads, auditSealReads } from './audit.reads'
import { AuditResolver } from './audit.resolver'
import { AuditRecord, AuditSeal } from './audit.types'
import { transitionReads } from './transition.reads'
import { Transition } from './transition.types'

export { AuditRecordEntity, StateTransitionEntity }
export { loadAuditKey, readPublicKey, type AuditKey, type AuditPublicKey } from './audit-key'
export { readCheckpoint, signCheckpoint, type Checkpoint } from './checkpoint'
export { EXPORT_FORMATS, exportAuditLog, type ExportFormat } from './export'
export { sealAuditLog } from './sealer'
export { startSealing } from './sealing'
export { verifyAuditLog, type Verdict } from './verify'
export { transitions } from './transition.reads'
export { Transition }

export const auditModule: DomainModule = {
  name: 'audit',
  entities: [AuditRecordEntity, AuditSealEntity, AuditDigestKeyEntity, StateTransitionEntity],
  types: [Transition, AuditRecord, AuditSeal],
  resolvers: [AuditResolver],
  create: () => [new AuditResolver()],
  reads: [transitionReads, auditRecordReads, auditSealReads],
  edges: [],
  permissions: {},
}
