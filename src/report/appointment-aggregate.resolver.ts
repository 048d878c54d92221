import { Args, Ctx, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { Unit } from '../domain/unit'
import type { AppointmentAggregateService } from './appointment-aggregate.service'
import { AppointmentAggregate, AppointmentAggregateArgs } from './appointment-aggregate.types'

@Resolver()
export class AppointmentAggregateResolver {
  constructor(private readonly aggregates: AppointmentAggregateService) {}

  @Query(() => AppointmentAggregate, { nullable: true, description: 'Counts who holds posts today below a unit, by subordinate and role; figures that would tell of few people are withheld. Null where the unit may not be seen（任职统计）.' })
  appointmentAggregate(@Args(() => AppointmentAggregateArgs) args: AppointmentAggregateArgs, @Ctx() ctx: RequestContext): Promise<AppointmentAggregate | null> {
    return this.aggregates.count(ctx.actor, args, async ids => await ctx.read.many('Unit', ids) as (Unit | null)[])
  }
}
