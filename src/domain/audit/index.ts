import type { DomainModule } from '../module'
import { AuditRecordEntity, StateTransitionEntity } from './audit.entity'
import { transitionReads } from './transition.reads'
import { Transition } from './transition.types'

export { AuditRecordEntity, StateTransitionEntity }
export { transitions } from './transition.reads'
export { Transition }

export const auditModule: DomainModule = {
  name: 'audit',
  entities: [AuditRecordEntity, StateTransitionEntity],
  types: [Transition],
  resolvers: [],
  create: () => [],
  reads: [transitionReads],
  edges: [],
  permissions: {},
}
