import { Args, Ctx, Extensions, Query, Resolver } from 'type-graphql'
import type { Role } from '../core/actor'
import { today } from '../core/day'
import { ratio } from '../core/decimal'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import { exceeded, Runner } from '../database/sql'
import type { Measure } from '../domain/clue'
import { residentsOf, type Residents } from '../domain/division'
import { leastCell } from './cell-size'
import type { FigureNullReason } from './ratio.types'
import { withheld, type Line } from './suppression'
import { CASES, CLUES, countSubjects, countYear, restoredIn, type CountedCell, type CountedYear, type WithheldTable } from './withheld-statistics.sql'
import {
  CaseStatisticsArgs, ClueStatisticsArgs, RepeatSubjectStatisticsArgs, RestitutionStatistics, RestitutionStatisticsArgs, WITHHELD_GROUPS_MAX, WithheldStatistics, type WithheldCount, type WithheldGroup,
} from './withheld-statistics.types'

/** They see no clue and no case: they are told numbers that tell of none of them. */
export const STATISTICS_READERS: readonly Role[] = Object.freeze(['LEADER_READER', 'PARTY_SECRETARY', 'REPORTING_CLIENT'])

const cellId = ({ dimension, value }: Pick<CountedCell, 'dimension' | 'value'>): string => `${dimension ?? ''}|${value ?? ''}`
const thisYear = (): number => Number(today().slice(0, 4))
const ALL = cellId({ dimension: null, value: null })

/**
 * for those who do not open the realms. One table of a whole year over all that their role spans, and no smaller one: so
 * that nothing is told by subtracting one answer from another. What is withheld is decided on all dimensions together, whichever was asked for.
 */
@Resolver()
export class WithheldStatisticsResolver {
  private readonly runner: Runner

  constructor(private readonly db: Database) {
    this.runner = new Runner(db)
  }

  @Query(() => WithheldStatistics, {
    description: 'Clues of a year for leaders and reporting tools, who see none of them: by one dimension, over all units that their role spans; numbers that would tell of few are withheld. Who opens the realm asks clueAggregate（问题线索年度统计）.',
  })
  @Extensions({ cost: 100 })
  clueStatistics(@Args(() => ClueStatisticsArgs) { year, groupBy }: ClueStatisticsArgs, @Ctx() ctx: RequestContext): Promise<WithheldStatistics> {
    return this.tell(ctx, 'clueStatistics', CLUES, year, groupBy)
  }

  @Query(() => WithheldStatistics, {
    description: 'Cases of a year for leaders and reporting tools, who see none of them: how many closed the path from supervision to governance, over all units that their role spans; numbers that would tell of few are withheld. Who opens the realm asks caseAggregate（案件年度统计）.',
  })
  @Extensions({ cost: 100 })
  caseStatistics(@Args(() => CaseStatisticsArgs) { year, groupBy }: CaseStatisticsArgs, @Ctx() ctx: RequestContext): Promise<WithheldStatistics> {
    return this.tell(ctx, 'caseStatistics', CASES, year, groupBy)
  }

  @Query(() => WithheldStatistics, {
    description: 'How many units or persons one, two or more clues of a year are about, for leaders and reporting tools, who see none of them and are told no name; numbers that would tell of few are withheld. Who opens the realm asks repeatSubjects（重复反映年度统计）.',
  })
  @Extensions({ cost: 100 })
  async repeatSubjectStatistics(@Args(() => RepeatSubjectStatisticsArgs) { year, of }: RepeatSubjectStatisticsArgs, @Ctx() ctx: RequestContext): Promise<WithheldStatistics> {
    const { groups, ...rest } = this.withhold('repeatSubjectStatistics', await countSubjects(this.runner, ctx, of, STATISTICS_READERS, year ?? thisYear()), 'TIMES')
    return { groups: groups.map(([value, count]) => groupOf(value, count, undefined)), ...rest }
  }

  @Query(() => RestitutionStatistics, {
    description: 'What was restored in a year after clues, for leaders and reporting tools, who see none of them: amounts, and quantities by measure, with how many received them; those of few are withheld. Who opens the realm asks restitutionAggregate（补发退还年度统计）.',
  })
  @Extensions({ cost: 100 })
  async restitutionStatistics(@Args(() => RestitutionStatisticsArgs) { year }: RestitutionStatisticsArgs, @Ctx() ctx: RequestContext): Promise<RestitutionStatistics> {
    const { restored, as_of: asOf } = await restoredIn(this.runner, ctx, STATISTICS_READERS, year ?? thisYear())
    const least = leastCell(this.db, 'restitutionStatistics')
    return {
      restored: restored.map(({ measure, n, sum }) => ({ measure: measure === 'YUAN' ? null : measure as Measure, beneficiaries: n < least ? SUPPRESSED : { value: n, nullReason: null }, sum: n < least ? null : sum })),
      minimumCell: least, asOf,
    }
  }

  private async tell(ctx: RequestContext, field: string, table: WithheldTable<string>, year: number | null | undefined, groupBy: string): Promise<WithheldStatistics> {
    const { groups, ...rest } = this.withhold(field, await countYear(this.runner, ctx, table, STATISTICS_READERS, year ?? thisYear()), groupBy, table.partOf)
    if (groups.length > WITHHELD_GROUPS_MAX) throw exceeded('groups', 'groupBy', groups.length, WITHHELD_GROUPS_MAX)
    const residents = groupBy === 'DIVISION' ? await residentsOf(this.db, groups.flatMap(([value]) => value ?? [])) : new Map<string, Residents>()
    return { groups: groups.map(([value, count]) => groupOf(value, count, residents.get(value ?? ''))), ...rest }
  }

  private withhold(field: string, { cells, medians, as_of: asOf }: CountedYear, groupBy: string, partOf: WithheldTable<string>['partOf'] = {}): Omit<WithheldStatistics, 'groups'> & { groups: [string | null, WithheldCount][] } {
    const least = leastCell(this.db, field)
    const hidden = withheld(cells.map(c => ({ id: cellId(c), value: c.n, small: c.n < least })), linesOf(cells, partOf), least)
    const told = (c: CountedCell | undefined): WithheldCount => (c && hidden.has(cellId(c)) ? SUPPRESSED : { value: c?.n ?? 0, nullReason: null })
    return {
      groups: cells.filter(c => c.dimension === groupBy).map(c => [c.value, told(c)]), totals: told(cells.find(c => cellId(c) === ALL)),
      medianDays: medians.map(({ step, n, days }) => (n < least ? { step, days: null, nullReason: n ? 'SUPPRESSED' : 'NOTHING_COUNTED' } : { step, days, nullReason: null })),
      minimumCell: least, asOf,
    }
  }
}

const SUPPRESSED: WithheldCount = Object.freeze({ value: null, nullReason: 'SUPPRESSED' })

function groupOf(value: string | null, count: WithheldCount, residents: Residents | undefined): WithheldGroup {
  if (count.value === null) return { value, count, per10000: null, per10000NullReason: count.nullReason }
  const per10000 = residents ? ratio(count.value * 10_000, residents.residents, 2) : null
  return { value, count, per10000, per10000NullReason: per10000 === null ? 'NO_POPULATION' satisfies FigureNullReason : null }
}

/** Every dimension adds up to all of the year, or to the value of another one that it is a part of. */
const linesOf = (cells: readonly CountedCell[], partOf: NonNullable<WithheldTable<string>['partOf']>): Line[] => [...new Set(cells.flatMap(c => c.dimension ?? []))]
  .map(dimension => ({ total: partOf[dimension] ? cellId(partOf[dimension]) : ALL, parts: cells.filter(c => c.dimension === dimension).map(cellId) }))
