import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Extensions, Info, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import { opened, type NounModel, type Parameters } from '../database/sql'
import { caseMachine, type CaseState } from '../domain/case'
import { CaseAggregate, CaseAggregateArgs, type CaseFigures } from './case-aggregate.types'
import { noteCounting } from './counted-realm'
import { Filter } from './filter-argument'
import { counted, MEDIAN } from './measures.sql'
import { ratioOf } from './ratio.types'
import { RegisterFigures, type Counting } from './register-figures'
import { wholeUnits } from './whole-units'

const ADJUDICATED = `t.state IN ('ADJUDICATED', 'GOVERNANCE', 'CLOSED')`

/** The day of its first clue, as far as the viewer opens the realm of clues, and the day on which its first measure was carried out. */
const ends = (p: Parameters): string => `
  LEFT JOIN LATERAL (SELECT min(c.received_on) AS received_on FROM case_clue l JOIN clue c ON c.id = l.clue_id JOIN unit cu ON cu.id = c.unit_id WHERE l.case_id = t.id AND cu.path ^@ ANY(${opened('CLUES', p)})) first ON true
  LEFT JOIN LATERAL (SELECT min(g.implemented_on) AS implemented_on FROM case_measure m JOIN governance_measure g ON g.id = m.measure_id WHERE m.case_id = t.id AND g.state IN ('IMPLEMENTED', 'VERIFIED')) done ON true`

const counting = {
  dimensions: { STATE: { sql: 't.state', values: Object.keys(caseMachine.states) }, YEAR: { sql: `to_char(t.filed_on, 'YYYY')` } },
  join: ends,
  columns: ['t.state', 't.filed_on', 't.transferred_on', 't.adjudicated_on', 't.governance_waived', 'first.received_on', 'done.implemented_on'],
  measures: {
    count: 'count(*)::integer', withdrawn: counted(`t.state = 'WITHDRAWN'`), adjudicated: counted(ADJUDICATED), governed: counted(`${ADJUDICATED} AND t.implemented_on IS NOT NULL`),
    waived: counted(`${ADJUDICATED} AND t.governance_waived`), supervision: MEDIAN('t.filed_on - t.received_on'), investigation: MEDIAN('t.transferred_on - t.filed_on'),
    trial: MEDIAN(`CASE WHEN ${ADJUDICATED} THEN t.adjudicated_on - t.transferred_on END`), governance: MEDIAN(`CASE WHEN ${ADJUDICATED} AND t.implemented_on IS NOT NULL THEN greatest(t.implemented_on - t.adjudicated_on, 0) END`),
  },
} as const satisfies Counting<string, string>
type Days = 'supervision' | 'investigation' | 'trial' | 'governance'
type Measures = Readonly<Record<Exclude<keyof typeof counting.measures, Days>, number>> & Readonly<Record<Days, string | null>>

const figures = (m: Measures): CaseFigures => ({
  count: m.count, withdrawnCount: m.withdrawn, closedPathRate: ratioOf(m.governed, m.adjudicated, 'NOTHING_COUNTED'), waivedCount: m.waived,
  medianDays: { supervision: m.supervision, investigation: m.investigation, trial: m.trial, governance: m.governance },
})

/** */
@Resolver()
export class CaseAggregateResolver {
  private readonly register: RegisterFigures<keyof typeof counting.dimensions, keyof typeof counting.measures>

  constructor(db: Database, private readonly noun: NounModel) {
    this.register = new RegisterFigures(db, noun, counting)
  }

  @Query(() => CaseAggregate, {
    description: 'Counts cases investigated by units over which the viewer opens the realm, those about the viewer left out: how many close the path from supervision to governance, and how long its steps take. That it was asked is logged（案件闭环统计）.',
  })
  @Extensions({ filterOf: 'Case', cost: 100 })
  async caseAggregate(@Args(() => CaseAggregateArgs) args: CaseAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext, @Info() info: GraphQLResolveInfo): Promise<CaseAggregate> {
    const { groups, totals, asOf } = await this.register.count(ctx, { ...args, filter })
    const all = figures(totals as unknown as Measures)
    noteCounting(ctx, this.noun, 'caseAggregate', { ...args, filter }, all.count)
    const units = await wholeUnits(ctx, info, groups.map(g => g.unit))
    return {
      groups: groups.map((g, i) => ({ ...figures(g.figures as unknown as Measures), unit: units[i] ?? null, state: (g.key.STATE ?? null) as CaseState | null, year: g.key.YEAR == null ? null : Number(g.key.YEAR) })),
      totals: all, asOf,
    }
  }
}
