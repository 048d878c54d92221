import { Args, createParameterDecorator, Ctx, Extensions, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../core/request'
import { Unit } from '../domain/unit'
import { RiskPointAggregateService } from './risk-point-aggregate.service'
import { RiskPointAggregate, RiskPointAggregateArgs, RiskPointGroupKey } from './risk-point-aggregate.types'

/** The argument `filter` that the schema puts on a query with `@Extensions({ filterOf })`: the filter of that noun's lists. */
const Filter = (): ReturnType<typeof createParameterDecorator> => createParameterDecorator(({ args }) => args['filter'] as unknown)

@Resolver(() => RiskPointGroupKey)
export class RiskPointAggregateResolver {
  constructor(private readonly aggregates: RiskPointAggregateService) {}

  @Query(() => RiskPointAggregate, { description: 'Counts risk points by unit, sector, level, state or category. What the viewer may not see is not counted（风险点统计）.' })
  @Extensions({ filterOf: 'RiskPoint' })
  riskPointAggregate(@Args(() => RiskPointAggregateArgs) args: RiskPointAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext): Promise<RiskPointAggregate> {
    return this.aggregates.count(ctx.actor, { ...args, filter })
  }

  @FieldResolver(() => Unit, { nullable: true, description: 'The unit, for a unit dimension（单位）.' })
  async unit(@Root() key: RiskPointGroupKey, @Ctx() ctx: RequestContext): Promise<Unit | null> {
    return key.unitId === null ? null : await ctx.read.one('Unit', key.unitId) as Unit | null
  }
}
