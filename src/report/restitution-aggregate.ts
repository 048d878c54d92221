import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Extensions, Info, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import type { NounModel } from '../database/sql'
import { Measure, RestitutionKind, restitutionMachine, type RestitutionState } from '../domain/clue'
import { noteCounting } from './counted-realm'
import { Filter } from './filter-argument'
import { counted, SUM, TODAY } from './measures.sql'
import { ratioOf } from './ratio.types'
import { RegisterFigures, type Counting } from './register-figures'
import { RestitutionAggregate, RestitutionAggregateArgs, type RestitutionFigures, type RestoredQuantity } from './restitution-aggregate.types'
import { wholeUnits } from './whole-units'

const PAID = `t.state IN ('PAID', 'VERIFIED')`
const paid = (column: string): string => `CASE WHEN ${PAID} THEN t.${column} END`
/** Sum, the one measure, and whether there are several. */
const quantity = (name: string, of: (column: string) => string): Record<string, string> => ({
  [name]: SUM(of('quantity')), [`${name}_measure`]: `min(${of('measure')})`, [`${name}_mixed`]: `coalesce(min(${of('measure')}) <> max(${of('measure')}), false)`,
})

const counting = {
  dimensions: {
    KIND: { sql: 't.kind', values: Object.keys(RestitutionKind) }, MEASURE: { sql: 't.measure', values: Object.keys(Measure) }, STATE: { sql: 't.state', values: Object.keys(restitutionMachine.states) },
    YEAR: { sql: `to_char(t.paid_on, 'YYYY')` },
  },
  columns: ['t.clue_id', 't.state', 't.due_on', 't.quantity', 't.measure', 't.amount'],
  where: `t.state <> 'CANCELLED'`,
  measures: {
    count: 'count(*)::integer', clues: 'count(DISTINCT t.clue_id)::integer', paid: counted(PAID), verified: counted(`t.state = 'VERIFIED'`), overdue: counted(`t.state = 'OWED' AND t.due_on < ${TODAY}`),
    owed: SUM('t.amount'), recovered: SUM(paid('amount')), ...quantity('whole', column => `t.${column}`), ...quantity('restored', paid),
  },
} satisfies Counting<string, string>
interface Measures {
  readonly count: number; readonly clues: number; readonly paid: number; readonly verified: number; readonly overdue: number; readonly owed: string | null; readonly recovered: string | null
  readonly whole: string | null; readonly whole_measure: Measure | null; readonly whole_mixed: boolean
  readonly restored: string | null; readonly restored_measure: Measure | null; readonly restored_mixed: boolean
}

const told = (value: string | null, measure: Measure | null, mixed: boolean): RestoredQuantity =>
  (value === null || mixed ? { value: null, measure: null, nullReason: mixed ? 'MIXED_MEASURES' : 'NOTHING_COUNTED' } : { value, measure, nullReason: null })

const figures = (m: Measures): RestitutionFigures => ({
  beneficiaryCount: m.count, clueCount: m.clues, paidRate: ratioOf(m.paid, m.count, 'NOTHING_COUNTED'), verifiedRate: ratioOf(m.verified, m.paid, 'NOTHING_COUNTED'), overdueCount: m.overdue,
  amountOwed: m.owed, amountPaid: m.recovered, quantityOwed: told(m.whole, m.whole_measure, m.whole_mixed), quantityRestored: told(m.restored, m.restored_measure, m.restored_mixed),
})

/** */
@Resolver()
export class RestitutionAggregateResolver {
  private readonly register: RegisterFigures<keyof typeof counting.dimensions, string>

  constructor(db: Database, private readonly noun: NounModel) {
    this.register = new RegisterFigures(db, noun, counting)
  }

  @Query(() => RestitutionAggregate, {
    description: 'Counts what is restored after clues of the units over which the viewer opens the realm, clues about the viewer left out: amounts, quantities, beneficiaries. That it was asked is logged（补发退还统计）.',
  })
  @Extensions({ filterOf: 'Restitution', cost: 100 })
  async restitutionAggregate(@Args(() => RestitutionAggregateArgs) args: RestitutionAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext, @Info() info: GraphQLResolveInfo): Promise<RestitutionAggregate> {
    const { groups, totals, asOf } = await this.register.count(ctx, { ...args, filter })
    const all = figures(totals as unknown as Measures)
    noteCounting(ctx, this.noun, 'restitutionAggregate', { ...args, filter }, all.beneficiaryCount)
    const units = await wholeUnits(ctx, info, groups.map(g => g.unit))
    return {
      groups: groups.map((g, i) => ({
        ...figures(g.figures as unknown as Measures), unit: units[i] ?? null, kind: (g.key.KIND ?? null) as RestitutionKind | null, measure: (g.key.MEASURE ?? null) as Measure | null,
        state: (g.key.STATE ?? null) as RestitutionState | null, year: g.key.YEAR == null ? null : Number(g.key.YEAR),
      })),
      totals: all, asOf,
    }
  }
}
