import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import {
  AnswerConsultationInvitationInput, CirculateConsultationMinutesInput, ConsultationCommandInput, ConveneConsultationMeetingInput, EditConsultationMeetingInput, HoldConsultationMeetingInput,
} from './collaboration.inputs'
import { ConsultationMeeting } from './collaboration.types'
import { consultationMeetingMachine } from './consultation-meeting.states'
import type { ConsultationMeetingService } from './meeting.service'

@ObjectType({ description: 'The consultation that a command changed（操作结果）.' })
export class ConsultationMeetingPayload {
  @Field(() => ConsultationMeeting, { description: 'The consultation as it is now（沟通会商）.' })
  consultationMeeting: ConsultationMeeting
}

const of = consultationMeetingMachine.commands

@Resolver()
export class ConsultationMeetingResolver {
  constructor(private readonly meetings: ConsultationMeetingService) {}

  @Mutation(() => ConsultationMeetingPayload, { description: of.conveneConsultationMeeting.description })
  async conveneConsultationMeeting(@Arg('input', () => ConveneConsultationMeetingInput) input: ConveneConsultationMeetingInput, @Ctx() ctx: RequestContext): Promise<ConsultationMeetingPayload> {
    return this.answer(ctx, await this.meetings.convene(ctx, input))
  }

  @Mutation(() => ConsultationMeetingPayload, { description: of.editConsultationMeeting.description })
  async editConsultationMeeting(@Arg('input', () => EditConsultationMeetingInput) input: EditConsultationMeetingInput, @Ctx() ctx: RequestContext): Promise<ConsultationMeetingPayload> {
    return this.answer(ctx, await this.meetings.edit(ctx, input))
  }

  @Mutation(() => ConsultationMeetingPayload, { description: of.answerConsultationInvitation.description })
  async answerConsultationInvitation(@Arg('input', () => AnswerConsultationInvitationInput) input: AnswerConsultationInvitationInput, @Ctx() ctx: RequestContext): Promise<ConsultationMeetingPayload> {
    return this.answer(ctx, await this.meetings.answer(ctx, input))
  }

  @Mutation(() => ConsultationMeetingPayload, { description: of.holdConsultationMeeting.description })
  async holdConsultationMeeting(@Arg('input', () => HoldConsultationMeetingInput) input: HoldConsultationMeetingInput, @Ctx() ctx: RequestContext): Promise<ConsultationMeetingPayload> {
    return this.answer(ctx, await this.meetings.hold(ctx, input))
  }

  @Mutation(() => ConsultationMeetingPayload, { description: of.circulateConsultationMinutes.description })
  async circulateConsultationMinutes(@Arg('input', () => CirculateConsultationMinutesInput) input: CirculateConsultationMinutesInput, @Ctx() ctx: RequestContext): Promise<ConsultationMeetingPayload> {
    return this.answer(ctx, await this.meetings.circulate(ctx, input))
  }

  @Mutation(() => ConsultationMeetingPayload, { description: of.confirmConsultationMinutes.description })
  async confirmConsultationMinutes(@Arg('input', () => ConsultationCommandInput) input: ConsultationCommandInput, @Ctx() ctx: RequestContext): Promise<ConsultationMeetingPayload> {
    return this.answer(ctx, await this.meetings.confirmMinutes(ctx, input))
  }

  @Mutation(() => ConsultationMeetingPayload, { description: of.returnConsultationMinutes.description })
  async returnConsultationMinutes(@Arg('input', () => ConsultationCommandInput) input: ConsultationCommandInput, @Ctx() ctx: RequestContext): Promise<ConsultationMeetingPayload> {
    return this.answer(ctx, await this.meetings.returnMinutes(ctx, input))
  }

  @Mutation(() => ConsultationMeetingPayload, { description: of.closeConsultationMeeting.description })
  async closeConsultationMeeting(@Arg('input', () => ConsultationCommandInput) input: ConsultationCommandInput, @Ctx() ctx: RequestContext): Promise<ConsultationMeetingPayload> {
    return this.answer(ctx, await this.meetings.close(ctx, input))
  }

  @Mutation(() => ConsultationMeetingPayload, { description: of.cancelConsultationMeeting.description })
  async cancelConsultationMeeting(@Arg('input', () => ConsultationCommandInput) input: ConsultationCommandInput, @Ctx() ctx: RequestContext): Promise<ConsultationMeetingPayload> {
    return this.answer(ctx, await this.meetings.cancel(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<ConsultationMeetingPayload> {
    return { consultationMeeting: await ctx.read.one('ConsultationMeeting', id) as ConsultationMeeting }
  }
}
