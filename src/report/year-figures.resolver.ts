import { Args, Ctx, Extensions, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import { DutyItemAggregate, DutyItemAggregateArgs } from './duty-item-aggregate.types'
import { JointPublicationAggregate, JointPublicationAggregateArgs } from './joint-publication-aggregate.types'
import { ResponsibilityBalance, ResponsibilityBalanceArgs } from './responsibility-balance.types'
import type { ReadMany, YearFiguresService } from './year-figures.service'

const reading = (ctx: RequestContext): ReadMany => (type, ids) => ctx.read.many(type, ids)

@Resolver()
export class YearFiguresResolver {
  constructor(private readonly figures: YearFiguresService) {}

  @Query(() => DutyItemAggregate, { description: 'Counts the duties of a year by unit, responsibility, state or who answers for them, with the share that passed each step of the loop（责任事项与闭环统计）.' })
  @Extensions({ cost: 100 })
  dutyItemAggregate(@Args(() => DutyItemAggregateArgs) args: DutyItemAggregateArgs, @Ctx() ctx: RequestContext): Promise<DutyItemAggregate> {
    return this.figures.duties(ctx.actor, args, reading(ctx))
  }

  @Query(() => JointPublicationAggregate, { description: 'Counts which units published their lists jointly in a year and which did not（同亮情况统计）.' })
  @Extensions({ cost: 100 })
  jointPublicationAggregate(@Args(() => JointPublicationAggregateArgs) args: JointPublicationAggregateArgs, @Ctx() ctx: RequestContext): Promise<JointPublicationAggregate> {
    return this.figures.publication(ctx.actor, args, reading(ctx))
  }

  @Query(() => ResponsibilityBalance, { description: 'Units where one of the four responsibilities lags behind the others, the widest apart first（四责失衡单位）.' })
  @Extensions({ cost: 100 })
  responsibilityBalance(@Args(() => ResponsibilityBalanceArgs) args: ResponsibilityBalanceArgs, @Ctx() ctx: RequestContext): Promise<ResponsibilityBalance> {
    return this.figures.balance(ctx.actor, args, reading(ctx))
  }
}
