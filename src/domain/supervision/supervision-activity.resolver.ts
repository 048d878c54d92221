import { Arg, Args, Ctx, Extensions, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import type { SupervisionActivityService } from './activity.service'
import type { CoordinationService } from './coordination.service'
import { BODIES_MAX, SupervisionBodiesArgs, SupervisionBody, SupervisionOverlapsArgs } from './coordination.types'
import { OVERLAPS_MAX } from './activity.repository'
import {
  AnswerSupervisionOverlapInput, ConcludeSupervisionActivityInput, EditSupervisionActivityInput, MergeSupervisionActivityInput, PlanSupervisionActivityInput,
  StartSupervisionActivityInput, SupervisionActivityCommandInput,
} from './supervision-activity.inputs'
import { supervisionActivityMachine } from './supervision-activity.states'
import { SupervisionActivity, SupervisionOverlap } from './supervision-activity.types'

@ObjectType({ description: 'The activity that a command changed（操作结果）.' })
export class SupervisionActivityPayload {
  @Field(() => SupervisionActivity, { description: 'The activity as it is now（监督检查活动）.' })
  supervisionActivity: SupervisionActivity
}

const of = supervisionActivityMachine.commands

@Resolver()
export class SupervisionActivityResolver {
  constructor(private readonly activities: SupervisionActivityService, private readonly coordination: CoordinationService) {}

  @Extensions({ max: OVERLAPS_MAX })
  @Query(() => [SupervisionOverlap], { nullable: true, description: 'Before a visit: other bodies\' activities that look at a unit and matter of this one, on the same days or near them. For those who act for the leading body; null for everybody else（重复监督检查提示）.' })
  supervisionOverlaps(@Args(() => SupervisionOverlapsArgs) args: SupervisionOverlapsArgs, @Ctx() ctx: RequestContext): Promise<SupervisionOverlap[] | null> {
    return this.coordination.overlaps(ctx, args)
  }

  @Extensions({ max: BODIES_MAX })
  @Query(() => [SupervisionBody], { nullable: true, description: 'Bodies that one may name as partners or send something to: in its own territory, below it and above it. For those who act for the body; null for everybody else（可协作的监督单位）.' })
  supervisionBodies(@Args(() => SupervisionBodiesArgs) args: SupervisionBodiesArgs, @Ctx() ctx: RequestContext): Promise<SupervisionBody[] | null> {
    return this.coordination.bodies(ctx, args)
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.planSupervisionActivity.description })
  async planSupervisionActivity(@Arg('input', () => PlanSupervisionActivityInput) input: PlanSupervisionActivityInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.plan(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.editSupervisionActivity.description })
  async editSupervisionActivity(@Arg('input', () => EditSupervisionActivityInput) input: EditSupervisionActivityInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.edit(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.answerSupervisionOverlap.description })
  async answerSupervisionOverlap(@Arg('input', () => AnswerSupervisionOverlapInput) input: AnswerSupervisionOverlapInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.answerOverlap(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.coordinateSupervisionActivity.description })
  async coordinateSupervisionActivity(@Arg('input', () => SupervisionActivityCommandInput) input: SupervisionActivityCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.coordinate(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.confirmSupervisionActivityPlan.description })
  async confirmSupervisionActivityPlan(@Arg('input', () => SupervisionActivityCommandInput) input: SupervisionActivityCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.confirmPlan(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.declineSupervisionActivityPlan.description })
  async declineSupervisionActivityPlan(@Arg('input', () => SupervisionActivityCommandInput) input: SupervisionActivityCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.declinePlan(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.mergeSupervisionActivity.description })
  async mergeSupervisionActivity(@Arg('input', () => MergeSupervisionActivityInput) input: MergeSupervisionActivityInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.merge(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.startSupervisionActivity.description })
  async startSupervisionActivity(@Arg('input', () => StartSupervisionActivityInput) input: StartSupervisionActivityInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.start(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.concludeSupervisionActivity.description })
  async concludeSupervisionActivity(@Arg('input', () => ConcludeSupervisionActivityInput) input: ConcludeSupervisionActivityInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.conclude(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.confirmSupervisionActivityConclusion.description })
  async confirmSupervisionActivityConclusion(@Arg('input', () => SupervisionActivityCommandInput) input: SupervisionActivityCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.confirmConclusion(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.disputeSupervisionActivityConclusion.description })
  async disputeSupervisionActivityConclusion(@Arg('input', () => SupervisionActivityCommandInput) input: SupervisionActivityCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.disputeConclusion(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.resumeSupervisionActivity.description })
  async resumeSupervisionActivity(@Arg('input', () => SupervisionActivityCommandInput) input: SupervisionActivityCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.resume(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.applySupervisionActivityResults.description })
  async applySupervisionActivityResults(@Arg('input', () => SupervisionActivityCommandInput) input: SupervisionActivityCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.applyResults(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.closeSupervisionActivity.description })
  async closeSupervisionActivity(@Arg('input', () => SupervisionActivityCommandInput) input: SupervisionActivityCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.close(ctx, input))
  }

  @Mutation(() => SupervisionActivityPayload, { description: of.cancelSupervisionActivity.description })
  async cancelSupervisionActivity(@Arg('input', () => SupervisionActivityCommandInput) input: SupervisionActivityCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionActivityPayload> {
    return this.answer(ctx, await this.activities.cancel(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<SupervisionActivityPayload> {
    return { supervisionActivity: await ctx.read.one('SupervisionActivity', id) as SupervisionActivity }
  }
}
