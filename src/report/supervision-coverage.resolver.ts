import { Args, Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql'
import { rowIdOf } from '../core/ids'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import { NodeInterface } from '../domain/interfaces'
import { Unit } from '../domain/unit'
import { ratioOf } from './ratio.types'
import { consultationsBelow, coverageBelow, duplicationBelow } from './supervision-coverage.sql'
import { ConsultationsHeld, ConsultationsHeldArgs, CONVENERS_MAX, SupervisionCoverage, SupervisionCoverageArgs, SupervisionDuplication, SupervisionDuplicationArgs } from './supervision-coverage.types'

/** Figures of supervision at and below a unit; null for who holds no role over it that reads them. */
@Resolver(() => Unit)
export class SupervisionCoverageResolver {
  constructor(private readonly db: Database) {}

  @Extensions({ cost: 100 })
  @FieldResolver(() => SupervisionCoverage, { nullable: true, description: 'Which units at and below it were supervised in the last months, and which were not（监督覆盖情况）.' })
  async supervisionCoverage(@Root() { id }: NodeInterface, @Args(() => SupervisionCoverageArgs) args: SupervisionCoverageArgs, @Ctx() ctx: RequestContext): Promise<SupervisionCoverage | null> {
    const found = await coverageBelow(this.db, ctx.actor, rowIdOf('unit', id)!, args)
    if (!found) return null
    const units = await ctx.read.many('Unit', found.uncovered.map(u => u.id)) as (Unit | null)[]
    return {
      since: found.since, covered: ratioOf(found.covered, found.objects, 'NOTHING_COUNTED'), uncovered: found.uncovered.map(({ lastStartedOn }, i) => ({ unit: units[i]!, lastStartedOn })),
      uncoveredCount: found.objects - found.covered, asOf: found.as_of,
    }
  }

  @Extensions({ cost: 100 })
  @FieldResolver(() => SupervisionDuplication, { nullable: true, description: 'How often two bodies visited the same unit, it or one below it, about the same matter within some days（重复监督情况）.' })
  async supervisionDuplication(@Root() { id }: NodeInterface, @Args(() => SupervisionDuplicationArgs) { groupBy, ...asked }: SupervisionDuplicationArgs, @Ctx() ctx: RequestContext): Promise<SupervisionDuplication | null> {
    const found = await duplicationBelow(this.db, ctx.actor, rowIdOf('unit', id)!, { ...asked, by: groupBy })
    if (!found) return null
    const byUnit = groupBy === 'OBJECT_UNIT'
    const units = byUnit ? await ctx.read.many('Unit', found.groups.map(g => g.key)) as (Unit | null)[] : []
    return {
      duplicated: ratioOf(found.duplicated, found.pairs, 'NOTHING_COUNTED'), mergedCount: found.merged, jointActionCount: found.joint, resultReuseCount: found.reused, ownVisitCount: found.own, asOf: found.as_of,
      groups: found.groups.map((g, i) => ({ matterCode: byUnit ? null : g.key, objectUnit: units[i] ?? null, duplicated: ratioOf(g.duplicated, g.pairs, 'NOTHING_COUNTED') })),
    }
  }

  @Extensions({ max: CONVENERS_MAX })
  @FieldResolver(() => [ConsultationsHeld], { nullable: true, description: 'Consultations held against those due, by convening body at and below it（会商召开情况）.' })
  async consultationsHeld(@Root() { id }: NodeInterface, @Args(() => ConsultationsHeldArgs) args: ConsultationsHeldArgs, @Ctx() ctx: RequestContext): Promise<ConsultationsHeld[] | null> {
    const rows = await consultationsBelow(this.db, ctx.actor, rowIdOf('unit', id)!, args)
    if (!rows) return null
    const units = await ctx.read.many('Unit', rows.map(r => r.id)) as (Unit | null)[]
    return rows.map((r, i) => ({ convenerUnit: units[i]!, heldCount: r.held, dueCount: r.due, heldInTime: ratioOf(r.in_time, r.due, 'NOTHING_COUNTED'), overdueCount: r.overdue }))
  }
}
