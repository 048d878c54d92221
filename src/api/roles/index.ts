import type { DomainModule } from '../../domain/module'
import { RolesResolver } from './roles.resolver'
import { RoleDefinition, RoleProhibition } from './roles.types'

export { checkRoles } from './check'

/** `roles`: the role table as people read it; `checkRoles` holds the product to it. */
export const rolesModule: DomainModule = {
  name: 'roles',
  entities: [],
  types: [RoleDefinition, RoleProhibition],
  resolvers: [RolesResolver],
  create: () => [new RolesResolver()],
  reads: [],
  edges: [],
  permissions: { Query: { roles: 'authenticated' } },
}
