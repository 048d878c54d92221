import { ServiceAccountEntity, ServiceAccountKeyEntity, ServiceAccountService } from '../../auth'
import { serviceAccountEvents } from '../../auth/auth.events'
import type { DomainModule } from '../module'
import { serviceAccountEdges, serviceAccountKeyReads, serviceAccountReads } from './service-account.reads'
import { ServiceAccountKeyPayload, ServiceAccountPayload, ServiceAccountResolver } from './service-account.resolver'
import { ServiceAccount, ServiceAccountKey } from './service-account.types'

export { ServiceAccount, ServiceAccountKey } from './service-account.types'

export const serviceAccountModule: DomainModule = {
  name: 'service-account',
  entities: [ServiceAccountEntity, ServiceAccountKeyEntity],
  types: [ServiceAccount, ServiceAccountKey, ServiceAccountPayload, ServiceAccountKeyPayload],
  resolvers: [ServiceAccountResolver],
  create: db => [new ServiceAccountResolver(new ServiceAccountService(db))],
  reads: [serviceAccountReads, serviceAccountKeyReads],
  edges: serviceAccountEdges,
  events: Object.values(serviceAccountEvents),
  permissions: {
    Mutation: {
      issueServiceAccount: ['PLATFORM_ADMIN'], rotateServiceAccountKey: ['PLATFORM_ADMIN'], revokeServiceAccountKey: ['PLATFORM_ADMIN'], revokeServiceAccount: ['PLATFORM_ADMIN'],
    },
  },
}
