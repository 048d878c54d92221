import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Extensions, Info, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { Unit } from '../domain/unit'
import { Filter } from './filter-argument'
import { RiskPointAggregateService, type ReadUnits } from './risk-point-aggregate.service'
import { KNOWN_OF_UNITS } from './risk-point-aggregate.sql'
import { RiskPointAggregate, RiskPointAggregateArgs } from './risk-point-aggregate.types'
import { fieldsBelow } from './selection'

@Resolver()
export class RiskPointAggregateResolver {
  constructor(private readonly aggregates: RiskPointAggregateService) {}

  @Query(() => RiskPointAggregate, { description: 'Counts risk points by unit, sector, level, state or category. What the viewer may not see is not counted（风险点统计）.' })
  @Extensions({ filterOf: 'RiskPoint', cost: 100 })
  riskPointAggregate(@Args(() => RiskPointAggregateArgs) args: RiskPointAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext, @Info() info: GraphQLResolveInfo): Promise<RiskPointAggregate> {
    return this.aggregates.count(ctx, { ...args, filter }, unitsFor(ctx, info))
  }
}

/** Names and codes of units come with the figures; for anything else of them they are read, all in one statement. */
function unitsFor(ctx: RequestContext, info: GraphQLResolveInfo): ReadUnits | undefined {
  if ([...fieldsBelow(info, ['groups', 'key', 'unit'])].every(f => f === '__typename' || (KNOWN_OF_UNITS as readonly string[]).includes(f))) return undefined
  return async ids => new Map((await ctx.read.many('Unit', ids)).map((unit, i) => [ids[i]!, unit as Unit | null]))
}
