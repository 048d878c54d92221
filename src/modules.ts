import type { GraphQLSchema } from 'graphql'
import { apiModules, buildSchema as buildApiSchema, RequestCountEntity } from './api'
import { RoleGrantEntity } from './auth'
import { catalogModule } from './catalog'
import { IdempotentRequestEntity, OutboxEventEntity } from './database/foundation.entity'
import { EventDeliveryEntity, EventHandledEntity, EventSubscriberEntity } from './database/events'
import { PurgeRecordEntity, RetentionPeriodEntity } from './database/retention.entity'
import { coreModules as nouns } from './domain'
import type { Class, DomainModule } from './domain/module'
import { pluginsModule } from './plugin/plugins.module'
import { reportModule } from './report'
import { VaultKeyEntity, VaultReadEntity, VaultValueEntity } from './vault'

/** Everything of the core that clients can see, parents before their children. */
export const coreModules: readonly DomainModule[] = [...nouns, catalogModule, reportModule, pluginsModule]

/** The row shape of every table of the core, for comparing with what the migrations made. */
export const coreEntities: readonly Class[] = [...new Set([
  OutboxEventEntity, EventSubscriberEntity, EventDeliveryEntity, EventHandledEntity, IdempotentRequestEntity, RoleGrantEntity, RequestCountEntity, RetentionPeriodEntity, PurgeRecordEntity, VaultKeyEntity, VaultValueEntity, VaultReadEntity,
  ...[...apiModules, ...coreModules].flatMap(m => m.entities),
])]

/** The schema of the core with these plugins, without a database: for printing it, and for trying a plugin before it runs. */
export const buildSchema = (plugins: readonly DomainModule[]): GraphQLSchema => buildApiSchema([...coreModules, ...plugins], null).schema
