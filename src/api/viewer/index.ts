import type { DomainModule } from '../../domain/module'
import { ViewerResolver } from './viewer.resolver'
import { HeldGrant, HeldRole, Viewer } from './viewer.types'

/** `viewer`: who is asking and what they may do. Asked by every front end first. */
export const viewerModule: DomainModule = {
  name: 'viewer',
  entities: [],
  types: [Viewer, HeldRole, HeldGrant],
  resolvers: [ViewerResolver],
  create: db => [new ViewerResolver(db)],
  reads: [],
  edges: [],
  permissions: { Query: { viewer: 'public' } },
}
