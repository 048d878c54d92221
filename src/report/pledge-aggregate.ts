import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Extensions, Info, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import type { NounModel } from '../database/sql'
import { pledgeMachine, type PledgeState } from '../domain/hearing'
import { Responsibility } from '../domain/responsibility'
import { Filter } from './filter-argument'
import { counted, TODAY } from './measures.sql'
import { PledgeAggregate, PledgeAggregateArgs, type PledgeFigures } from './pledge-aggregate.types'
import { ratioOf } from './ratio.types'
import { RegisterFigures, type Counting } from './register-figures'
import { wholeUnits } from './whole-units'

const OPEN = `t.state IN ('MADE', 'ON_TRACK')`

const counting = {
  dimensions: {
    RESPONSIBILITY: { sql: 't_heard.responsibility', join: ' JOIN hearing_respondent t_heard ON t_heard.id = t.respondent_id', values: Object.keys(Responsibility) },
    STATE: { sql: 't.state', values: Object.keys(pledgeMachine.states) }, YEAR: { sql: `to_char(t.deadline, 'YYYY')` },
  },
  columns: ['t.state', 't.deadline'],
  measures: { count: 'count(*)::integer', kept: counted(`t.state = 'FULFILLED'`), broken: counted(`t.state = 'BROKEN'`), open: counted(OPEN), overdue: counted(`${OPEN} AND t.deadline < ${TODAY}`) },
} as const satisfies Counting<string, string>
type Measures = Readonly<Record<keyof typeof counting.measures, number>>

const figures = (m: Measures): PledgeFigures => ({
  count: m.count, keptCount: m.kept, brokenCount: m.broken, keptRate: ratioOf(m.kept, m.kept + m.broken, 'NOTHING_COUNTED'), openCount: m.open, overdueCount: m.overdue,
})

/** */
@Resolver()
export class PledgeAggregateResolver {
  private readonly register: RegisterFigures<keyof typeof counting.dimensions, keyof Measures>

  constructor(db: Database, noun: NounModel) {
    this.register = new RegisterFigures(db, noun, counting)
  }

  @Query(() => PledgeAggregate, { description: 'Counts pledges made in hearings, by who pledged: kept, broken, waiting for judgement. Only for who reads the pledges themselves: each is about one person（军令状统计）.' })
  @Extensions({ filterOf: 'Pledge', cost: 100 })
  async pledgeAggregate(@Args(() => PledgeAggregateArgs) args: PledgeAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext, @Info() info: GraphQLResolveInfo): Promise<PledgeAggregate> {
    const { groups, totals, asOf } = await this.register.count(ctx, { ...args, filter })
    const units = await wholeUnits(ctx, info, groups.map(g => g.unit))
    return {
      groups: groups.map((g, i) => ({
        ...figures(g.figures), unit: units[i] ?? null, responsibility: (g.key.RESPONSIBILITY ?? null) as Responsibility | null, state: (g.key.STATE ?? null) as PledgeState | null, year: g.key.YEAR == null ? null : Number(g.key.YEAR),
      })),
      totals: figures(totals), asOf,
    }
  }
}
