import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { NodeInterface } from '../interfaces'
import { AccountabilityCycle, loopMachine } from '../responsibility'
import type { JointAccountabilityService } from './joint-accountability.service'
import type { JointReportService } from './joint-report.service'
import { CycleCommandInput, EvaluateCycleInput, ProposeCycleAccountabilityInput, RecordCycleFaultInput, ReviewProgressInput } from './loop.inputs'
import { accountabilitySource } from './accountability-source'
import { ProgressReview } from './loop.types'
import type { ProgressReviewService } from './progress-review.service'

@ObjectType({ description: 'The unit-year that a command of the loop changed（操作结果）.' })
export class LoopPayload {
  @Field(() => AccountabilityCycle, { description: 'The unit-year as it is now（四责协同年度）.' })
  accountabilityCycle: AccountabilityCycle
}

@ObjectType({ description: 'What a joint look at progress recorded（操作结果）.' })
export class ProgressReviewPayload extends LoopPayload {
  @Field(() => ProgressReview, { description: 'The record of the quarter（同推记录）.' })
  progressReview: ProgressReview
}

const of = loopMachine.commands

@Resolver(() => AccountabilityCycle)
export class LoopResolver {
  constructor(private readonly db: Database, private readonly progress: ProgressReviewService, private readonly reports: JointReportService, private readonly accountability: JointAccountabilityService) {}

  @FieldResolver(() => NodeInterface, { nullable: true, description: 'What failed, as proposed: a duty or a pledge; null while nothing is proposed and where it may not be seen（失责事项）.' })
  accountabilitySource(@Root() cycle: NodeInterface, @Ctx() ctx: RequestContext): Promise<object | null> {
    return accountabilitySource(this.db, ctx, rowIdOf('cycle', cycle.id)!)
  }

  @Mutation(() => ProgressReviewPayload, { description: of.reviewProgress.description })
  async reviewProgress(@Arg('input', () => ReviewProgressInput) input: ReviewProgressInput, @Ctx() ctx: RequestContext): Promise<ProgressReviewPayload> {
    const { cycle, review } = await this.progress.review(ctx, input)
    return { ...await this.answer(ctx, cycle), progressReview: await ctx.read.one('ProgressReview', review) as ProgressReview }
  }

  @Mutation(() => LoopPayload, { description: of.reportCycle.description })
  async reportCycle(@Arg('input', () => CycleCommandInput) input: CycleCommandInput, @Ctx() ctx: RequestContext): Promise<LoopPayload> {
    return this.answer(ctx, await this.reports.report(ctx, input))
  }

  @Mutation(() => LoopPayload, { description: of.returnCycleReport.description })
  async returnCycleReport(@Arg('input', () => CycleCommandInput) input: CycleCommandInput, @Ctx() ctx: RequestContext): Promise<LoopPayload> {
    return this.answer(ctx, await this.reports.returnReport(ctx, input))
  }

  @Mutation(() => LoopPayload, { description: of.evaluateCycle.description })
  async evaluateCycle(@Arg('input', () => EvaluateCycleInput) input: EvaluateCycleInput, @Ctx() ctx: RequestContext): Promise<LoopPayload> {
    return this.answer(ctx, await this.reports.evaluate(ctx, input))
  }

  @Mutation(() => LoopPayload, { description: of.closeCycle.description })
  async closeCycle(@Arg('input', () => CycleCommandInput) input: CycleCommandInput, @Ctx() ctx: RequestContext): Promise<LoopPayload> {
    return this.answer(ctx, await this.reports.close(ctx, input))
  }

  @Mutation(() => LoopPayload, { description: of.proposeCycleAccountability.description })
  async proposeCycleAccountability(@Arg('input', () => ProposeCycleAccountabilityInput) input: ProposeCycleAccountabilityInput, @Ctx() ctx: RequestContext): Promise<LoopPayload> {
    return this.answer(ctx, await this.accountability.propose(ctx, input))
  }

  @Mutation(() => LoopPayload, { description: of.declineCycleAccountability.description })
  async declineCycleAccountability(@Arg('input', () => CycleCommandInput) input: CycleCommandInput, @Ctx() ctx: RequestContext): Promise<LoopPayload> {
    return this.answer(ctx, await this.accountability.decline(ctx, input))
  }

  @Mutation(() => LoopPayload, { description: of.openCycleAccountability.description })
  async openCycleAccountability(@Arg('input', () => CycleCommandInput) input: CycleCommandInput, @Ctx() ctx: RequestContext): Promise<LoopPayload> {
    return this.answer(ctx, await this.accountability.open(ctx, input))
  }

  @Mutation(() => LoopPayload, { description: of.recordCycleFault.description })
  async recordCycleFault(@Arg('input', () => RecordCycleFaultInput) input: RecordCycleFaultInput, @Ctx() ctx: RequestContext): Promise<LoopPayload> {
    return this.answer(ctx, await this.accountability.recordFault(ctx, input))
  }

  @Mutation(() => LoopPayload, { description: of.dropCycleAccountability.description })
  async dropCycleAccountability(@Arg('input', () => CycleCommandInput) input: CycleCommandInput, @Ctx() ctx: RequestContext): Promise<LoopPayload> {
    return this.answer(ctx, await this.accountability.drop(ctx, input))
  }

  @Mutation(() => LoopPayload, { description: of.decideCycleAccountability.description })
  async decideCycleAccountability(@Arg('input', () => CycleCommandInput) input: CycleCommandInput, @Ctx() ctx: RequestContext): Promise<LoopPayload> {
    return this.answer(ctx, await this.accountability.decide(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<LoopPayload> {
    return { accountabilityCycle: await ctx.read.one('AccountabilityCycle', id) as AccountabilityCycle }
  }
}
