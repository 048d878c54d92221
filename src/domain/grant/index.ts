import { grantEvents } from '../../auth/auth.events'
import { GrantService } from '../../auth/grant.service'
import { RoleGrantEntity } from '../../auth/role-grant.entity'
import type { DomainModule } from '../module'
import { grantEdges, grantReads } from './grant.reads'
import { GrantResolver, RoleGrantPayload } from './grant.resolver'
import { RoleGrant } from './grant.types'

export { GRANT_READERS } from './grant.reads'
export { GrantEdge, Role, RoleGrant } from './grant.types'

export const grantModule: DomainModule = {
  name: 'grant',
  entities: [RoleGrantEntity],
  types: [RoleGrant, RoleGrantPayload],
  resolvers: [GrantResolver],
  create: db => [new GrantResolver(new GrantService(db))],
  reads: [grantReads],
  edges: grantEdges,
  events: Object.values(grantEvents),
  permissions: { Mutation: { grantRole: ['PLATFORM_ADMIN'], revokeRole: ['PLATFORM_ADMIN'] } },
}
