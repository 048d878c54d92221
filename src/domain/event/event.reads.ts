import type { Role } from '../../core/actor'
import { enumeration, instant, int, noun, text } from '../../core/reads'

/** Who sees events that wait, and brings parked ones back: over everything there is. */
const ADMINISTRATORS: readonly Role[] = ['PLATFORM_ADMIN']

export const eventDeliveryReads = noun({
  type: 'EventDelivery',
  prefix: 'evd',
  table: 'event_delivery',
  // They say what happens in the whole territory, and when.
  scope: { by: 'whole', roles: ADMINISTRATORS },
  permission: ADMINISTRATORS,
  columns: {
    id: { kind: 'id' }, subscriber: text(), kind: text(), eventAt: instant(), state: enumeration('EventDeliveryState'), attempts: int(), dueAt: instant(), lastErrorCode: text({ nullable: true }),
  },
  edges: {},
  filters: {
    subscriber: { type: 'text' }, kind: { type: 'text' }, state: { type: 'enum', enum: 'EventDeliveryState' }, eventAt: { type: 'instant' }, lastErrorCode: { type: 'text', nullable: true },
  },
  orders: { EVENT_AT: { type: 'instant' } },
  defaultOrder: [{ field: 'EVENT_AT', direction: 'ASC' }],
  root: { many: 'eventDeliveries', manyDescription: 'Events that subscribers have not dealt with, oldest first, for administrators of the whole territory: those that wait and those that are parked（未处理事件）.' },
})
