import { Length } from 'class-validator'
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { CommandInput } from '../interfaces'
import type { EventService } from './event.service'
import { RetryParkedEventsPayload } from './event.types'

@InputType({ description: 'Whose parked events are tried again（重试搁置事件）.' })
export class RetryParkedEventsInput extends CommandInput {
  @Field(() => String, { description: 'The subscriber（订阅方）.' })
  @Length(1, 100)
  subscriber!: string
}

@Resolver()
export class EventResolver {
  constructor(private readonly events: EventService) {}

  @Mutation(() => RetryParkedEventsPayload, { description: 'Parked events of a subscriber wait again, each with all its attempts: after the cause was mended（重试搁置事件）.' })
  async retryParkedEvents(@Arg('input', () => RetryParkedEventsInput) input: RetryParkedEventsInput, @Ctx() ctx: RequestContext): Promise<RetryParkedEventsPayload> {
    return this.events.retryParked(ctx, input)
  }
}
