import { enumeration, instant, int, noun, text } from '../../core/reads'

export const eventDeliveryReads = noun({
  type: 'EventDelivery',
  prefix: 'evd',
  table: 'event_delivery',
  scope: { by: 'public' },
  permission: ['PLATFORM_ADMIN'],
  columns: {
    id: { kind: 'id' }, subscriber: text(), kind: text(), eventAt: instant(), state: enumeration('EventDeliveryState'), attempts: int(), dueAt: instant(), lastErrorCode: text({ nullable: true }),
  },
  edges: {},
  filters: {
    subscriber: { type: 'text' }, kind: { type: 'text' }, state: { type: 'enum', enum: 'EventDeliveryState' }, eventAt: { type: 'instant' }, lastErrorCode: { type: 'text', nullable: true },
  },
  orders: { EVENT_AT: { type: 'instant' } },
  defaultOrder: [{ field: 'EVENT_AT', direction: 'ASC' }],
  root: { many: 'eventDeliveries', manyDescription: 'Events that subscribers have not dealt with, oldest first: those that wait and those that are parked（未处理事件）.' },
})
