import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Extensions, Info, Query, Resolver } from 'type-graphql'
import { ratio } from '../core/decimal'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import type { NounModel } from '../database/sql'
import { ClueChannel, ClueDisposition, clueMachine, ClueNature, ClueOutcome, type ClueState } from '../domain/clue'
import { residentsOf, type Residents } from '../domain/division'
import type { Unit } from '../domain/unit'
import { ClueAggregate, ClueAggregateArgs, type ClueFigures, type ClueGroup } from './clue-aggregate.types'
import { noteCounting } from './counted-realm'
import { Filter } from './filter-argument'
import { counted, MEDIAN, TODAY } from './measures.sql'
import { placeIn } from './places.sql'
import { ratioOf } from './ratio.types'
import { RegisterFigures, type Counted, type Counting } from './register-figures'
import { wholeUnits } from './whole-units'

const OPEN = `t.state NOT IN ('NOT_ACCEPTED', 'MERGED', 'CLOSED')`
const AGE = `${TODAY} - t.received_on`
const open = (age: string): string => counted(`${OPEN} AND ${AGE} ${age}`)
const FOUNDED = `t.outcome IN ('FOUNDED_CLERICAL', 'FOUNDED_MISCONDUCT', 'PARTLY_FOUNDED')`
const DISPOSITIONS = Object.keys(ClueDisposition) as ClueDisposition[]
/** Codes of townships have 9 digits, those of villages 12. */
const LOCAL = (code: string): string => `length(${code}) >= 9`
const CLOSED_LOCAL = `t.nature = 'CLAIM_GRIEVANCE' AND t.state = 'CLOSED' AND ${LOCAL('t_intake.division_code')}`
const WENT_UP = `EXISTS (SELECT FROM clue_transfer r JOIN unit higher ON higher.id = r.to_unit_id WHERE r.clue_id = t.id AND r.state = 'ACCEPTED' AND NOT ${LOCAL('higher.division_code')})`

const counting = {
  dimensions: {
    CHANNEL: { sql: 't.channel', values: Object.keys(ClueChannel) },
    NATURE: { sql: 't.nature', values: Object.keys(ClueNature) },
    DIVISION: placeIn('t_intake.division_code', 'county'),
    TOWNSHIP: placeIn('t_intake.division_code', 'township'),
    STATE: { sql: 't.state', values: Object.keys(clueMachine.states) },
    OUTCOME: { sql: 't.outcome', values: Object.keys(ClueOutcome) },
    YEAR: { sql: `to_char(t.received_on, 'YYYY')` },
  },
  join: ' JOIN unit t_intake ON t_intake.id = t.intake_unit_id',
  columns: [
    't.state', 't.received_on', 't.step_due_on', 't.closed_on', 't.outcome', 't.dispositions', `${CLOSED_LOCAL} AS closed_local`, `${CLOSED_LOCAL} AND NOT ${WENT_UP} AS solved_local`,
  ],
  measures: {
    count: 'count(*)::integer', open: counted(OPEN), overdue: counted(`${OPEN} AND t.step_due_on < ${TODAY}`), upTo30: open('<= 30'), upTo60: open('BETWEEN 31 AND 60'), upTo90: open('BETWEEN 61 AND 90'), over90: open('> 90'),
    medianOpen: MEDIAN(`CASE WHEN ${OPEN} THEN ${AGE} END`), medianToClose: MEDIAN(`CASE WHEN t.state = 'CLOSED' THEN t.closed_on - t.received_on END`),
    founded: counted(FOUNDED), unfounded: counted(`t.outcome = 'UNFOUNDED'`), misconduct: counted(`t.outcome = 'FOUNDED_MISCONDUCT'`), disposed: counted('cardinality(t.dispositions) > 0'),
    closedLocal: counted('t.closed_local'), solvedLocal: counted('t.solved_local'),
    dispositions: `json_build_object(${DISPOSITIONS.map(d => `'${d}', ${counted(`'${d}' = ANY(t.dispositions)`)}`).join(', ')})`,
  },
} as const satisfies Counting<string, string>
type Dimension = keyof typeof counting.dimensions
type Measures = Readonly<Record<Exclude<keyof typeof counting.measures, 'medianOpen' | 'medianToClose' | 'dispositions'>, number>> &
  { readonly medianOpen: string | null; readonly medianToClose: string | null; readonly dispositions: Readonly<Record<ClueDisposition, number>> }

const figures = (m: Measures): ClueFigures => ({
  count: m.count, openCount: m.open, overdueRate: ratioOf(m.overdue, m.open, 'NOTHING_COUNTED'), openAges: m, medianDaysOpen: m.medianOpen, medianDaysToClose: m.medianToClose,
  foundedRate: ratioOf(m.founded, m.founded + m.unfounded, 'NOTHING_COUNTED'), misconductCount: m.misconduct, disposedCount: m.disposed,
  dispositions: DISPOSITIONS.map(disposition => ({ disposition, count: m.dispositions[disposition] })), solvedLocallyRate: ratioOf(m.solvedLocal, m.closedLocal, 'NOTHING_COUNTED'),
})

/** Q-42 to Q-45. */
@Resolver()
export class ClueAggregateResolver {
  private readonly register: RegisterFigures<Dimension, keyof typeof counting.measures>

  constructor(private readonly db: Database, private readonly noun: NounModel) {
    this.register = new RegisterFigures(db, noun, counting)
  }

  @Query(() => ClueAggregate, {
    description: 'Counts clues of the units over which the viewer opens the realm, those about the viewer left out: intake, age, what is overdue at which step, what checking showed, what followed, what was solved where it arose. That it was asked is logged（问题线索统计）.',
  })
  @Extensions({ filterOf: 'Clue', cost: 100 })
  async clueAggregate(@Args(() => ClueAggregateArgs) args: ClueAggregateArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext, @Info() info: GraphQLResolveInfo): Promise<ClueAggregate> {
    const { groups, totals, asOf } = await this.register.count(ctx, { ...args, filter })
    const all = figures(totals as unknown as Measures)
    noteCounting(ctx, this.noun, 'clueAggregate', { ...args, filter }, all.count)
    const units = await wholeUnits(ctx, info, groups.map(g => g.unit))
    const residents = await residentsOf(this.db, groups.flatMap(g => placeOf(g) ?? []))
    return { groups: groups.map((g, i) => groupOf(g, units[i] ?? null, residents.get(placeOf(g) ?? ''))), totals: all, asOf }
  }
}

type CountedClues = Counted<Dimension, keyof typeof counting.measures>
/** The narrower place that was asked for. */
const placeOf = ({ key }: CountedClues): string | null => (key.TOWNSHIP === undefined ? key.DIVISION : key.TOWNSHIP) ?? null

function groupOf({ key, figures: counts }: CountedClues, unit: Unit | null, residents: Residents | undefined): ClueGroup {
  const own = figures(counts as unknown as Measures)
  const per10000 = residents ? ratio(own.count * 10_000, residents.residents, 2) : null
  return {
    ...own, unit, channel: (key.CHANNEL ?? null) as ClueChannel | null, nature: (key.NATURE ?? null) as ClueNature | null, divisionCode: key.DIVISION ?? null, townshipCode: key.TOWNSHIP ?? null,
    state: (key.STATE ?? null) as ClueState | null, outcome: (key.OUTCOME ?? null) as ClueOutcome | null, year: key.YEAR == null ? null : Number(key.YEAR),
    residents: residents?.residents ?? null, residentsYear: residents?.year ?? null, per10000, per10000NullReason: per10000 === null ? 'NO_POPULATION' : null,
  }
}
