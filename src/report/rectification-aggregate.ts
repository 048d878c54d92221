import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Extensions, Info, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import type { NounModel } from '../database/sql'
import { RectificationSource, rectificationTaskMachine, type RectificationTaskState } from '../domain/rectification'
import type { Unit } from '../domain/unit'
import { Filter } from './filter-argument'
import { counted, TODAY } from './measures.sql'
import { ratioOf } from './ratio.types'
import { RectificationAggregate, RectificationAggregateArgs, type RectificationFigures } from './rectification-aggregate.types'
import { RegisterFigures, type Counting } from './register-figures'
import { wholeUnits } from './whole-units'

const OPEN = `t.state NOT IN ('CLOSED', 'RECURRED', 'CANCELLED')`
const CLOSED = 't.closed_on IS NOT NULL'

const counting = {
  dimensions: {
    SOURCE: { sql: 't.source_told', values: Object.keys(RectificationSource) },
    STATE: { sql: 't.state', values: Object.keys(rectificationTaskMachine.states) },
  },
  columns: ['t.state', 't.due_on', 't.submitted_on', 't.closed_on', 't.returns', 't.extensions'],
  measures: {
    count: 'count(*)::integer', open: counted(OPEN), closed: counted(CLOSED), onTime: counted(`${CLOSED} AND t.submitted_on <= t.due_on`), returned: counted('t.returns > 0'), extended: counted('t.extensions > 0'),
    overdue: counted(`t.state IN ('OPEN', 'PLANNED', 'IN_PROGRESS', 'RETURNED') AND t.due_on < ${TODAY}`),
    longUnresolved: counted(`t.returns >= 2 AND ${OPEN}`), recurred: counted(`t.state = 'RECURRED'`),
  },
} as const satisfies Counting<string, string>
type Measures = Readonly<Record<keyof typeof counting.measures, number>>

const figures = (m: Measures): RectificationFigures => ({
  count: m.count, openCount: m.open, overdueCount: m.overdue, closedCount: m.closed, onTimeRate: ratioOf(m.onTime, m.closed, 'NOTHING_COUNTED'), returnedCount: m.returned,
  extendedCount: m.extended, longUnresolvedCount: m.longUnresolved, recurrenceRate: ratioOf(m.recurred, m.closed, 'NOTHING_COUNTED'),
})

/** */
@Resolver()
export class RectificationAggregateResolver {
  private readonly register: RegisterFigures<'SOURCE' | 'STATE', keyof Measures>

  constructor(db: Database, noun: NounModel) {
    this.register = new RegisterFigures(db, noun, counting)
  }

  @Query(() => RectificationAggregate, { description: 'Counts rectification tasks: on time, overdue, given back, recurred, long unresolved. What the viewer may not see is not counted（整改统计）.' })
  @Extensions({ filterOf: 'RectificationTask', cost: 100 })
  async rectificationTaskAggregate(@Args(() => RectificationAggregateArgs) args: RectificationAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext, @Info() info: GraphQLResolveInfo): Promise<RectificationAggregate> {
    const { groups, totals, asOf } = await this.register.count(ctx, { ...args, filter })
    const units = await wholeUnits(ctx, info, groups.map(g => g.unit))
    return {
      groups: groups.map((g, i) => ({ ...figures(g.figures), unit: units[i] as Unit | null, source: (g.key.SOURCE ?? null) as RectificationSource | null, state: (g.key.STATE ?? null) as RectificationTaskState | null })),
      totals: figures(totals), asOf,
    }
  }
}
