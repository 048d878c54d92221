import type { DomainModule } from '../module'
import { AuditDigestKeyEntity, AuditRecordEntity, AuditSealEntity, StateTransitionEntity } from './audit.entity'
import { auditRecordReads, auditSealReads } from './audit.reads'
import { AuditResolver } from './audit.resolver'
import { AuditRecord, AuditSeal } from './audit.types'
import { transitionReads } from './transition.reads'
import { Transition } from './transition.types'

export { AuditRecordEntity, StateTransitionEntity }
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
