import { RoleGrantEntity } from '../auth'
import { IdempotentRequestEntity, OutboxEventEntity } from '../database/foundation.entity'
import { coreModules } from './index'
import type { Class } from './module'

/** The row shape of every table of the core, for comparing with what the migrations made. */
export const coreEntities: readonly Class[] = [
  OutboxEventEntity, IdempotentRequestEntity, RoleGrantEntity, ...coreModules.flatMap(m => m.entities),
]
