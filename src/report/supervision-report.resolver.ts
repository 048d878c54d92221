import { Args, Ctx, Extensions, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import type { NounModel } from '../database/sql'
import { CollaborationAggregate, CollaborationAggregateArgs, type CollaborationGroupKey } from './collaboration-aggregate.types'
import { Filter } from './filter-argument'
import { told, valuesOf } from './grouped-answer'
import { GroupedCount } from './grouped-count.service'
import { ACTIVITIES, activityFigures, EXCHANGES, exchangeFigures, findingFigures, FINDINGS } from './supervision-aggregates'
import { SupervisionActivityAggregate, SupervisionActivityAggregateArgs, type SupervisionActivityGroupKey } from './supervision-activity-aggregate.types'
import { SupervisionFindingAggregate, SupervisionFindingAggregateArgs, type SupervisionFindingGroupKey } from './supervision-finding-aggregate.types'

const yearOf = (value: string | null): number | null => (value === null ? null : Number(value))

@Resolver()
export class SupervisionReportResolver {
  private readonly activities: GroupedCount
  private readonly findings: GroupedCount
  private readonly exchanges: GroupedCount

  constructor(private readonly db: Database, model: { of(type: string): NounModel }) {
    this.activities = new GroupedCount(db, model.of('SupervisionActivity'), ACTIVITIES)
    this.findings = new GroupedCount(db, model.of('SupervisionFinding'), FINDINGS)
    this.exchanges = new GroupedCount(db, model.of('CollaborationRecord'), EXCHANGES)
  }

  @Query(() => SupervisionActivityAggregate, { description: 'Counts supervision activities by kind of rule, mode, type, object, matter and more. What the viewer may not see is not counted（监督检查活动统计）.' })
  @Extensions({ filterOf: 'SupervisionActivity', cost: 100 })
  async supervisionActivityAggregate(@Args(() => SupervisionActivityAggregateArgs) args: SupervisionActivityAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext): Promise<SupervisionActivityAggregate> {
    const counted = await this.activities.count(ctx, { ...args, filter })
    return told(ctx, args.groupBy, counted, ['OBJECT_UNIT', 'LEAD_UNIT'], activityFigures, (value, unit) => ({
      ruleKind: value('RULE_KIND'), mode: value('MODE'), type: value('TYPE'), matterCode: value('MATTER'), objectUnit: unit('OBJECT_UNIT'), leadUnit: unit('LEAD_UNIT'), state: value('STATE'), year: yearOf(value('YEAR')),
    }) as SupervisionActivityGroupKey)
  }

  @Query(() => SupervisionFindingAggregate, { description: 'Counts what supervision found by category, severity and more, and what it led to. What the viewer may not see is not counted（监督发现问题统计）.' })
  @Extensions({ filterOf: 'SupervisionFinding', cost: 100 })
  async supervisionFindingAggregate(@Args(() => SupervisionFindingAggregateArgs) args: SupervisionFindingAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext): Promise<SupervisionFindingAggregate> {
    const counted = await this.findings.count(ctx, { ...args, filter })
    return told(ctx, args.groupBy, counted, ['UNIT', 'FOUND_BY_UNIT'], findingFigures, (value, unit) => ({
      category: value('CATEGORY'), violationType: value('VIOLATION_TYPE'), severity: value('SEVERITY'), state: value('STATE'), sourceKind: value('SOURCE'), unit: unit('UNIT'), foundByUnit: unit('FOUND_BY_UNIT'), year: yearOf(value('YEAR')),
    }) as SupervisionFindingGroupKey)
  }

  @Query(() => CollaborationAggregate, { description: 'The ledger of collaboration: exchanges sent, taken up and told back by kind and pair of bodies, with lead times. What the viewer may not see is not counted（双向协作台账统计）.' })
  @Extensions({ filterOf: 'CollaborationRecord', cost: 100 })
  async collaborationAggregate(@Args(() => CollaborationAggregateArgs) args: CollaborationAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext): Promise<CollaborationAggregate> {
    const counted = await this.exchanges.count(ctx, { ...args, filter })
    const names = await this.namesOf(counted.groups.flatMap(row => ['FROM_UNIT', 'TO_UNIT'].flatMap(d => valuesOf(args.groupBy, row)(d) ?? [])))
    return told(ctx, args.groupBy, counted, ['FROM_UNIT', 'TO_UNIT'], exchangeFigures, (value, unit) => ({
      kind: value('KIND'), fromUnit: unit('FROM_UNIT'), fromNameZh: names.get(value('FROM_UNIT') ?? '') ?? null, toUnit: unit('TO_UNIT'), toNameZh: names.get(value('TO_UNIT') ?? '') ?? null,
      state: value('STATE'), year: yearOf(value('YEAR')),
    }) as CollaborationGroupKey)
  }

  /** Who sees an exchange is told the names at both ends there, too. */
  private async namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (!ids.length) return new Map()
    return new Map((await this.db.rows<{ id: string; name_zh: string }>('SELECT id, name_zh FROM unit WHERE id = ANY($1::uuid[])', [[...new Set(ids)]])).map(u => [u.id, u.name_zh]))
  }
}
