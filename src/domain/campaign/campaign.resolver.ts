import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import {
  AnnounceSpecialRectificationInput, CloseSpecialRectificationInput, EditSpecialRectificationInput, ReportSpecialSelfCheckInput, ReturnSpecialSelfCheckInput, SpecialFindingsInput, SpecialRectificationCommandInput,
} from './campaign.inputs'
import type { CampaignService } from './campaign.service'
import { SpecialRectification, SpecialRectificationUnit } from './campaign.types'
import type { SelfCheck, SelfCheckService } from './self-check.service'
import { specialRectificationMachine } from './special-rectification.states'

@ObjectType({ description: 'The special rectification that a command changed（操作结果）.' })
export class SpecialRectificationPayload {
  @Field(() => SpecialRectification, { description: 'The special rectification as it is now（专项整治）.' })
  specialRectification: SpecialRectification
}

@ObjectType({ description: 'The report that a command changed（操作结果）.' })
export class SpecialSelfCheckPayload extends SpecialRectificationPayload {
  @Field(() => SpecialRectificationUnit, { description: 'The unit’s part as it is now（专项整治单位自查情况）.' })
  specialRectificationUnit: SpecialRectificationUnit
}

const of = specialRectificationMachine.commands

@Resolver()
export class SpecialRectificationResolver {
  constructor(private readonly campaigns: CampaignService, private readonly selfChecks: SelfCheckService) {}

  @Mutation(() => SpecialRectificationPayload, { description: of.announceSpecialRectification.description })
  async announceSpecialRectification(@Arg('input', () => AnnounceSpecialRectificationInput) input: AnnounceSpecialRectificationInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.announce(ctx, input))
  }

  @Mutation(() => SpecialRectificationPayload, { description: of.editSpecialRectification.description })
  async editSpecialRectification(@Arg('input', () => EditSpecialRectificationInput) input: EditSpecialRectificationInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.edit(ctx, input))
  }

  @Mutation(() => SpecialRectificationPayload, { description: of.startSpecialSelfCheck.description })
  async startSpecialSelfCheck(@Arg('input', () => SpecialRectificationCommandInput) input: SpecialRectificationCommandInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.startSelfCheck(ctx, input))
  }

  @Mutation(() => SpecialSelfCheckPayload, { description: of.reportSpecialSelfCheck.description })
  async reportSpecialSelfCheck(@Arg('input', () => ReportSpecialSelfCheckInput) input: ReportSpecialSelfCheckInput, @Ctx() ctx: RequestContext): Promise<SpecialSelfCheckPayload> {
    return this.answerReport(ctx, await this.selfChecks.report(ctx, input))
  }

  @Mutation(() => SpecialSelfCheckPayload, { description: of.returnSpecialSelfCheck.description })
  async returnSpecialSelfCheck(@Arg('input', () => ReturnSpecialSelfCheckInput) input: ReturnSpecialSelfCheckInput, @Ctx() ctx: RequestContext): Promise<SpecialSelfCheckPayload> {
    return this.answerReport(ctx, await this.selfChecks.return(ctx, input))
  }

  @Mutation(() => SpecialRectificationPayload, { description: of.startSpecialSupervisedCheck.description })
  async startSpecialSupervisedCheck(@Arg('input', () => SpecialRectificationCommandInput) input: SpecialRectificationCommandInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.startSupervisedCheck(ctx, input))
  }

  @Mutation(() => SpecialRectificationPayload, { description: of.linkSpecialFindings.description })
  async linkSpecialFindings(@Arg('input', () => SpecialFindingsInput) input: SpecialFindingsInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.linkFindings(ctx, input))
  }

  @Mutation(() => SpecialRectificationPayload, { description: of.unlinkSpecialFindings.description })
  async unlinkSpecialFindings(@Arg('input', () => SpecialFindingsInput) input: SpecialFindingsInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.unlinkFindings(ctx, input))
  }

  @Mutation(() => SpecialRectificationPayload, { description: of.startSpecialMending.description })
  async startSpecialMending(@Arg('input', () => SpecialRectificationCommandInput) input: SpecialRectificationCommandInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.startMending(ctx, input))
  }

  @Mutation(() => SpecialRectificationPayload, { description: of.startSpecialEvaluation.description })
  async startSpecialEvaluation(@Arg('input', () => SpecialRectificationCommandInput) input: SpecialRectificationCommandInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.startEvaluation(ctx, input))
  }

  @Mutation(() => SpecialRectificationPayload, { description: of.stepSpecialRectificationBack.description })
  async stepSpecialRectificationBack(@Arg('input', () => SpecialRectificationCommandInput) input: SpecialRectificationCommandInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.stepBack(ctx, input))
  }

  @Mutation(() => SpecialRectificationPayload, { description: of.closeSpecialRectification.description })
  async closeSpecialRectification(@Arg('input', () => CloseSpecialRectificationInput) input: CloseSpecialRectificationInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.close(ctx, input))
  }

  @Mutation(() => SpecialRectificationPayload, { description: of.cancelSpecialRectification.description })
  async cancelSpecialRectification(@Arg('input', () => SpecialRectificationCommandInput) input: SpecialRectificationCommandInput, @Ctx() ctx: RequestContext): Promise<SpecialRectificationPayload> {
    return this.answer(ctx, await this.campaigns.cancel(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<SpecialRectificationPayload> {
    return { specialRectification: await ctx.read.one('SpecialRectification', id) as SpecialRectification }
  }

  private async answerReport(ctx: RequestContext, { campaign, report }: SelfCheck): Promise<SpecialSelfCheckPayload> {
    return { ...await this.answer(ctx, campaign), specialRectificationUnit: await ctx.read.one('SpecialRectificationUnit', report) as SpecialRectificationUnit }
  }
}
