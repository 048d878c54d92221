import { Field, Int, ObjectType } from 'type-graphql'
import { NodeInterface } from '../interfaces'
import { labelledEnum } from '../labels'
import { DateTime } from '../scalars'

export const EventDeliveryState = labelledEnum('EventDeliveryState', 'How far an event is on its way to a subscriber（事件投递状态）.', {
  WAITING: { zh: '待处理', en: 'Waiting', description: 'Not handled yet, or to be tried again' },
  PARKED: { zh: '已搁置', en: 'Parked', description: 'Every attempt failed; it waits for somebody to mend the cause and call retryParkedEvents' },
})
export type EventDeliveryState = keyof typeof EventDeliveryState

@ObjectType({ implements: [NodeInterface], description: 'An event that a subscriber has not dealt with yet. Never what the event says（事件投递）.' })
export class EventDelivery implements NodeInterface {
  id!: string

  @Field(() => String, { description: 'Who should hear of it（订阅方）.' })
  subscriber!: string

  @Field(() => String, { description: 'What happened: the kind of the event, e.g. `ControlTest.failed`（事件类型）.' })
  kind!: string

  @Field(() => DateTime, { description: 'When it happened（发生时间）.' })
  eventAt!: string

  @Field(() => EventDeliveryState, { description: 'How far it is（状态）.' })
  state!: EventDeliveryState

  @Field(() => Int, { description: 'Attempts, counted when they begin: one that ends the whole process counts as well（尝试次数）.' })
  attempts!: number

  @Field(() => DateTime, { description: 'When it is tried next（下次尝试时间）.' })
  dueAt!: string

  @Field(() => String, { nullable: true, description: 'Code of the last failure; its words stand in the server’s log. PROCESS_ENDED: the server ended in the last attempt（最近错误代码）.' })
  lastErrorCode!: string | null
}

@ObjectType({ description: 'What became of parked events（搁置事件重试结果）.' })
export class RetryParkedEventsPayload {
  @Field(() => Int, { description: 'How many wait again（重试数量）.' })
  count!: number
}
