import type { Noun } from '../../core/reads'
import type { DomainModule } from '../module'
import { inboxEvents } from './inbox.events'
import { InboxItemEntity, InboxReminderEntity, TopicNewsEntity } from './inbox.entity'
import { InboxChangeResolver, InboxItemConnectionResolver, InboxResolver } from './inbox.resolver'
import { InboxService } from './inbox.service'
import { sourcesOf } from './inbox.sources'
import { InboxChange, InboxCount, InboxItem, InboxItemConnection, InboxItemEdge, InboxSummary } from './inbox.types'

export { desksOf, sourcesOf, type InboxSource } from './inbox.sources'
export { ITEM, itemsOf } from './inbox.sql'
export { followStates } from './install'
export { remind, startReminding } from './reminders'
export { useReminderDays } from './settings'

/** The inbox over these nouns: those of every other module. */
export const inboxModule = (nouns: readonly Noun[]): DomainModule => ({
  name: 'inbox',
  entities: [InboxItemEntity, InboxReminderEntity, TopicNewsEntity],
  types: [InboxItem, InboxItemEdge, InboxItemConnection, InboxCount, InboxSummary, InboxChange],
  resolvers: [InboxResolver, InboxItemConnectionResolver, InboxChangeResolver],
  create: db => {
    const inbox = new InboxService(db)
    return [new InboxResolver(inbox, new Map(sourcesOf(nouns).map(s => [s.type, s]))), new InboxItemConnectionResolver(inbox), new InboxChangeResolver(inbox)]
  },
  reads: [],
  edges: [],
  events: Object.values(inboxEvents),
  permissions: { Query: { inboxItems: 'authenticated', inboxSummary: 'authenticated' }, Subscription: { inboxChanged: 'authenticated' } },
})
