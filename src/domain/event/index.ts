import type { DomainModule } from '../module'
import { eventDeliveryReads } from './event.reads'
import { EventResolver } from './event.resolver'
import { EventService } from './event.service'
import { EventDelivery, RetryParkedEventsPayload } from './event.types'

export const eventModule: DomainModule = {
  name: 'event',
  entities: [],
  types: [EventDelivery, RetryParkedEventsPayload],
  resolvers: [EventResolver],
  create: db => [new EventResolver(new EventService(db))],
  reads: [eventDeliveryReads],
  edges: [],
  permissions: { Mutation: { retryParkedEvents: ['PLATFORM_ADMIN'] } },
}
