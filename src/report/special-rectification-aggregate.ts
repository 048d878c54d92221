import { Args, Ctx, Extensions, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import type { NounModel } from '../database/sql'
import type { SpecialRectification, SpecialRectificationState } from '../domain/campaign'
import { Filter } from './filter-argument'
import { told, valuesOf } from './grouped-answer'
import { GroupedCount } from './grouped-count.service'
import type { CountedDeclaration, CountedRow } from './grouped-count.sql'
import { ratioOf, type FigureNullReason } from './ratio.types'
import { SpecialRectificationAggregate, SpecialRectificationAggregateArgs, type SpecialRectificationDimension, type SpecialRectificationFigures } from './special-rectification-aggregate.types'

/** Whoever sees what a unit reports sees the special rectification. */
const its = (column: string): string => `(SELECT c.${column} FROM special_rectification c WHERE c.id = r.special_rectification_id)`
const standing = (sql: string): { sql: string } => ({ sql: `CASE WHEN r.reported_at IS NULL THEN 0 ELSE ${sql} END` })

const REPORTS: CountedDeclaration<SpecialRectificationDimension, 'reported' | 'found' | 'fixed'> = {
  dimensions: {
    SPECIAL_RECTIFICATION: { value: 'r.special_rectification_id' }, CAMPAIGN_GROUP: { value: its('campaign_group') }, STATE: { value: its('state') }, UNIT: { value: 'r.unit_id' },
    PROBLEM_CATEGORY: { join: `CROSS JOIN unnest(${its('problem_categories')}) AS of_category(code)`, value: 'of_category.code' },
  },
  measures: { reported: standing('1'), found: standing('r.problems_found'), fixed: standing('r.problems_fixed') },
}

function figures(row: CountedRow): SpecialRectificationFigures {
  const [reported, found, fixed] = ['reported', 'found', 'fixed'].map(measure => row[measure] as number) as [number, number, number]
  const none: FigureNullReason | null = reported > 0 ? null : row.n > 0 ? 'NOTHING_REPORTED' : 'NOTHING_COUNTED'
  return {
    unitCount: row.n, reportedCount: reported, reportedRate: ratioOf(reported, row.n, 'NOTHING_COUNTED'), problemsFound: none ? null : found, problemsFixed: none ? null : fixed,
    problemsNullReason: none, fixedRate: ratioOf(fixed, found, none ?? 'NOTHING_FOUND'),
  }
}

/** */
@Resolver()
export class SpecialRectificationAggregateResolver {
  private readonly reports: GroupedCount

  constructor(private readonly db: Database, noun: NounModel) {
    this.reports = new GroupedCount(db, noun, REPORTS)
  }

  @Query(() => SpecialRectificationAggregate, { description: 'What units found and put right themselves, by special rectification and more. What the viewer may not see is not counted（专项整治统计）.' })
  @Extensions({ filterOf: 'SpecialRectificationUnit', cost: 100 })
  async specialRectificationAggregate(@Args(() => SpecialRectificationAggregateArgs) args: SpecialRectificationAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext): Promise<SpecialRectificationAggregate> {
    const counted = await this.reports.count(ctx, { ...args, filter })
    const ids = counted.groups.flatMap(row => valuesOf(args.groupBy, row)('SPECIAL_RECTIFICATION') ?? [])
    const [names, whole] = [await this.namesOf(ids), new Map((await ctx.read.many('SpecialRectification', ids)).map((c, i) => [ids[i]!, c as SpecialRectification | null]))]
    return told(ctx, args.groupBy, counted, ['UNIT'], figures, (value, unit) => {
      const id = value('SPECIAL_RECTIFICATION') ?? ''
      return {
        specialRectification: whole.get(id) ?? null, code: names.get(id)?.code ?? null, nameZh: names.get(id)?.name_zh ?? null, campaignGroup: value('CAMPAIGN_GROUP'), problemCategory: value('PROBLEM_CATEGORY'),
        state: value('STATE') as SpecialRectificationState | null, unit: unit('UNIT'),
      }
    })
  }

  /** Codes and names come with the figures, for reporting tools too, which read no single rows. */
  private async namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, { code: string; name_zh: string }>> {
    if (!ids.length) return new Map()
    return new Map((await this.db.rows<{ id: string; code: string; name_zh: string }>('SELECT id, code, name_zh FROM special_rectification WHERE id = ANY($1::uuid[])', [[...new Set(ids)]])).map(c => [c.id, c]))
  }
}
