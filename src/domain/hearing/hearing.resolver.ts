import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import {
  AnswerHearingQuestionInput, AskHearingQuestionInput, ConcludeHearingInput, EditHearingInput, EditHearingQuestionInput, EditPledgeInput, FollowUpHearingInput, HearingCommandInput,
  HearingQuestionCommandInput, MakePledgeInput, PledgeCommandInput, RecordDemocraticEvaluationInput, ScheduleHearingInput,
} from './hearing.inputs'
import type { HearingQuestionService } from './hearing-question.service'
import type { HearingSessionService } from './hearing-session.service'
import { hearingQuestionMachine, hearingSessionMachine } from './hearing-session.states'
import { HearingQuestion, HearingRespondent, HearingSession, Pledge } from './hearing.types'
import type { PledgeService } from './pledge.service'
import { pledgeMachine } from './pledge.states'

@ObjectType({ description: 'The session that a command changed（操作结果）.' })
export class HearingSessionPayload {
  @Field(() => HearingSession, { description: 'The session as it is now（阳光问效）.' })
  hearingSession: HearingSession
}

@ObjectType({ description: 'What was evaluated（操作结果）.' })
export class DemocraticEvaluationPayload extends HearingSessionPayload {
  @Field(() => HearingRespondent, { description: 'Who was heard, with the tallies（述责人）.' })
  respondent: HearingRespondent
}

@ObjectType({ description: 'The question that a command changed（操作结果）.' })
export class HearingQuestionPayload {
  @Field(() => HearingQuestion, { description: 'The question as it is now（质询）.' })
  hearingQuestion: HearingQuestion
}

@ObjectType({ description: 'The pledge that a command changed（操作结果）.' })
export class PledgePayload {
  @Field(() => Pledge, { description: 'The pledge as it is now（军令状）.' })
  pledge: Pledge
}

const of = hearingSessionMachine.commands
const asked = hearingQuestionMachine.commands
const pledged = pledgeMachine.commands

@Resolver()
export class HearingSessionResolver {
  constructor(private readonly sessions: HearingSessionService) {}

  @Mutation(() => HearingSessionPayload, { description: of.scheduleHearing.description })
  async scheduleHearing(@Arg('input', () => ScheduleHearingInput) input: ScheduleHearingInput, @Ctx() ctx: RequestContext): Promise<HearingSessionPayload> {
    return this.answer(ctx, await this.sessions.schedule(ctx, input))
  }

  @Mutation(() => HearingSessionPayload, { description: of.editHearing.description })
  async editHearing(@Arg('input', () => EditHearingInput) input: EditHearingInput, @Ctx() ctx: RequestContext): Promise<HearingSessionPayload> {
    return this.answer(ctx, await this.sessions.edit(ctx, input))
  }

  @Mutation(() => HearingSessionPayload, { description: of.openHearingReports.description })
  async openHearingReports(@Arg('input', () => HearingCommandInput) input: HearingCommandInput, @Ctx() ctx: RequestContext): Promise<HearingSessionPayload> {
    return this.answer(ctx, await this.sessions.openReports(ctx, input))
  }

  @Mutation(() => HearingSessionPayload, { description: of.openHearingQuestions.description })
  async openHearingQuestions(@Arg('input', () => HearingCommandInput) input: HearingCommandInput, @Ctx() ctx: RequestContext): Promise<HearingSessionPayload> {
    return this.answer(ctx, await this.sessions.openQuestions(ctx, input))
  }

  @Mutation(() => HearingSessionPayload, { description: of.openHearingEvaluation.description })
  async openHearingEvaluation(@Arg('input', () => HearingCommandInput) input: HearingCommandInput, @Ctx() ctx: RequestContext): Promise<HearingSessionPayload> {
    return this.answer(ctx, await this.sessions.openEvaluation(ctx, input))
  }

  @Mutation(() => HearingSessionPayload, { description: of.stepHearingBack.description })
  async stepHearingBack(@Arg('input', () => HearingCommandInput) input: HearingCommandInput, @Ctx() ctx: RequestContext): Promise<HearingSessionPayload> {
    return this.answer(ctx, await this.sessions.stepBack(ctx, input))
  }

  @Mutation(() => DemocraticEvaluationPayload, { description: of.recordDemocraticEvaluation.description })
  async recordDemocraticEvaluation(@Arg('input', () => RecordDemocraticEvaluationInput) input: RecordDemocraticEvaluationInput, @Ctx() ctx: RequestContext): Promise<DemocraticEvaluationPayload> {
    const { session, respondent } = await this.sessions.recordEvaluation(ctx, input)
    return { ...await this.answer(ctx, session), respondent: await ctx.read.one('HearingRespondent', respondent) as HearingRespondent }
  }

  @Mutation(() => HearingSessionPayload, { description: of.concludeHearing.description })
  async concludeHearing(@Arg('input', () => ConcludeHearingInput) input: ConcludeHearingInput, @Ctx() ctx: RequestContext): Promise<HearingSessionPayload> {
    return this.answer(ctx, await this.sessions.conclude(ctx, input))
  }

  @Mutation(() => HearingSessionPayload, { description: of.followUpHearing.description })
  async followUpHearing(@Arg('input', () => FollowUpHearingInput) input: FollowUpHearingInput, @Ctx() ctx: RequestContext): Promise<HearingSessionPayload> {
    return this.answer(ctx, await this.sessions.followUp(ctx, input))
  }

  @Mutation(() => HearingSessionPayload, { description: of.closeHearing.description })
  async closeHearing(@Arg('input', () => HearingCommandInput) input: HearingCommandInput, @Ctx() ctx: RequestContext): Promise<HearingSessionPayload> {
    return this.answer(ctx, await this.sessions.close(ctx, input))
  }

  @Mutation(() => HearingSessionPayload, { description: of.cancelHearing.description })
  async cancelHearing(@Arg('input', () => HearingCommandInput) input: HearingCommandInput, @Ctx() ctx: RequestContext): Promise<HearingSessionPayload> {
    return this.answer(ctx, await this.sessions.cancel(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<HearingSessionPayload> {
    return { hearingSession: await ctx.read.one('HearingSession', id) as HearingSession }
  }
}

@Resolver()
export class HearingQuestionResolver {
  constructor(private readonly questions: HearingQuestionService) {}

  @Mutation(() => HearingQuestionPayload, { description: asked.askHearingQuestion.description })
  async askHearingQuestion(@Arg('input', () => AskHearingQuestionInput) input: AskHearingQuestionInput, @Ctx() ctx: RequestContext): Promise<HearingQuestionPayload> {
    return this.answer(ctx, await this.questions.ask(ctx, input))
  }

  @Mutation(() => HearingQuestionPayload, { description: asked.editHearingQuestion.description })
  async editHearingQuestion(@Arg('input', () => EditHearingQuestionInput) input: EditHearingQuestionInput, @Ctx() ctx: RequestContext): Promise<HearingQuestionPayload> {
    return this.answer(ctx, await this.questions.edit(ctx, input))
  }

  @Mutation(() => HearingQuestionPayload, { description: asked.answerHearingQuestion.description })
  async answerHearingQuestion(@Arg('input', () => AnswerHearingQuestionInput) input: AnswerHearingQuestionInput, @Ctx() ctx: RequestContext): Promise<HearingQuestionPayload> {
    return this.answer(ctx, await this.questions.answer(ctx, input))
  }

  @Mutation(() => HearingQuestionPayload, { description: asked.pressHearingQuestion.description })
  async pressHearingQuestion(@Arg('input', () => HearingQuestionCommandInput) input: HearingQuestionCommandInput, @Ctx() ctx: RequestContext): Promise<HearingQuestionPayload> {
    return this.answer(ctx, await this.questions.press(ctx, input))
  }

  @Mutation(() => HearingQuestionPayload, { description: asked.withdrawHearingQuestion.description })
  async withdrawHearingQuestion(@Arg('input', () => HearingQuestionCommandInput) input: HearingQuestionCommandInput, @Ctx() ctx: RequestContext): Promise<HearingQuestionPayload> {
    return this.answer(ctx, await this.questions.withdraw(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<HearingQuestionPayload> {
    return { hearingQuestion: await ctx.read.one('HearingQuestion', id) as HearingQuestion }
  }
}

@Resolver()
export class PledgeResolver {
  constructor(private readonly pledges: PledgeService) {}

  @Mutation(() => PledgePayload, { description: pledged.makePledge.description })
  async makePledge(@Arg('input', () => MakePledgeInput) input: MakePledgeInput, @Ctx() ctx: RequestContext): Promise<PledgePayload> {
    return this.answer(ctx, await this.pledges.make(ctx, input))
  }

  @Mutation(() => PledgePayload, { description: pledged.editPledge.description })
  async editPledge(@Arg('input', () => EditPledgeInput) input: EditPledgeInput, @Ctx() ctx: RequestContext): Promise<PledgePayload> {
    return this.answer(ctx, await this.pledges.edit(ctx, input))
  }

  @Mutation(() => PledgePayload, { description: pledged.trackPledge.description })
  async trackPledge(@Arg('input', () => PledgeCommandInput) input: PledgeCommandInput, @Ctx() ctx: RequestContext): Promise<PledgePayload> {
    return this.answer(ctx, await this.pledges.track(ctx, input))
  }

  @Mutation(() => PledgePayload, { description: pledged.confirmPledgeFulfilled.description })
  async confirmPledgeFulfilled(@Arg('input', () => PledgeCommandInput) input: PledgeCommandInput, @Ctx() ctx: RequestContext): Promise<PledgePayload> {
    return this.answer(ctx, await this.pledges.fulfil(ctx, input))
  }

  @Mutation(() => PledgePayload, { description: pledged.declarePledgeBroken.description })
  async declarePledgeBroken(@Arg('input', () => PledgeCommandInput) input: PledgeCommandInput, @Ctx() ctx: RequestContext): Promise<PledgePayload> {
    return this.answer(ctx, await this.pledges.break(ctx, input))
  }

  @Mutation(() => PledgePayload, { description: pledged.revisePledgeJudgement.description })
  async revisePledgeJudgement(@Arg('input', () => PledgeCommandInput) input: PledgeCommandInput, @Ctx() ctx: RequestContext): Promise<PledgePayload> {
    return this.answer(ctx, await this.pledges.revise(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<PledgePayload> {
    return { pledge: await ctx.read.one('Pledge', id) as Pledge }
  }
}
