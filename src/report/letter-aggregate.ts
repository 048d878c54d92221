import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Extensions, Info, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import type { NounModel } from '../database/sql'
import { LetterSource, recommendationLetterMachine, type RecommendationLetterState } from '../domain/letter'
import type { Unit } from '../domain/unit'
import { Filter } from './filter-argument'
import { LetterAggregate, LetterAggregateArgs, type LetterFigures } from './letter-aggregate.types'
import { counted, MEDIAN, TODAY } from './measures.sql'
import { ratioOf } from './ratio.types'
import { RegisterFigures, type Counting } from './register-figures'
import { wholeUnits } from './whole-units'


const counting = {
  dimensions: {
    SOURCE: { sql: 't.source_kind', values: Object.keys(LetterSource) },
    STATE: { sql: 't.state', values: Object.keys(recommendationLetterMachine.states) },
  },
  columns: ['t.state', 't.issued_on', 't.reply_due_on', 't.replied_on', 'i.items', 'i.adopted', 'i.declined', 'i.verified'],
  join: ` CROSS JOIN LATERAL (SELECT count(*)::integer AS items, ${counted(`r.adopted_on IS NOT NULL`)} AS adopted, ${counted(`r.state = 'DECLINED'`)} AS declined, ${counted(`r.state = 'VERIFIED'`)} AS verified
    FROM recommendation_item r WHERE r.letter_id = t.id) i`,
  where: `t.no IS NOT NULL AND t.state <> 'WITHDRAWN'`,
  measures: {
    letters: 'count(*)::integer', items: 'coalesce(sum(t.items), 0)::integer', adopted: 'coalesce(sum(t.adopted), 0)::integer', declined: 'coalesce(sum(t.declined), 0)::integer',
    verified: 'coalesce(sum(t.verified), 0)::integer', replied: counted('t.replied_on IS NOT NULL'), onTime: counted('t.replied_on <= t.reply_due_on'),
    overdue: counted(`t.state IN ('ISSUED', 'ACKNOWLEDGED') AND t.reply_due_on < ${TODAY}`),
    median: MEDIAN('t.replied_on - t.issued_on'),
  },
} as const satisfies Counting<string, string>
type Measures = Readonly<Record<keyof typeof counting.measures, number>>

const figures = (m: Measures): LetterFigures => ({
  letterCount: m.letters, itemCount: m.items, adoptionRate: ratioOf(m.adopted, m.adopted + m.declined, 'NOTHING_COUNTED'), verifiedItemCount: m.verified, repliedCount: m.replied,
  repliedOnTimeRate: ratioOf(m.onTime, m.replied, 'NOTHING_COUNTED'), overdueCount: m.overdue, medianDaysToReply: m.median as unknown as string | null,
})

/** Q-36. */
@Resolver()
export class LetterAggregateResolver {
  private readonly register: RegisterFigures<'SOURCE' | 'STATE', keyof Measures>

  constructor(db: Database, noun: NounModel) {
    this.register = new RegisterFigures(db, noun, counting)
  }

  @Query(() => LetterAggregate, { description: 'Counts recommendation letters that were sent: recommendations, adoption, time to reply. What the viewer may not see is not counted（建议书统计）.' })
  @Extensions({ filterOf: 'RecommendationLetter', cost: 100 })
  async recommendationLetterAggregate(@Args(() => LetterAggregateArgs) args: LetterAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext, @Info() info: GraphQLResolveInfo): Promise<LetterAggregate> {
    const { groups, totals, asOf } = await this.register.count(ctx, { ...args, filter })
    const units = await wholeUnits(ctx, info, groups.map(g => g.unit))
    return {
      groups: groups.map((g, i) => ({ ...figures(g.figures), unit: units[i] as Unit | null, source: (g.key.SOURCE ?? null) as LetterSource | null, state: (g.key.STATE ?? null) as RecommendationLetterState | null })),
      totals: figures(totals), asOf,
    }
  }
}
