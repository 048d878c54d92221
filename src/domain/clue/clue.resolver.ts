import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { ClueHandlingService } from './clue-handling.service'
import { ClueIntakeService } from './clue-intake.service'
import { AddClueInformationInput, AssignClueInput, ClueCommandInput, ConcludeClueInquiryInput, DecideClueHandlingInput, DisposeClueInput, EditClueInput, ExtendClueDeadlineInput, GiveClueFeedbackInput, MergeClueInput, ReceiveClueInput, ReopenClueInput, TransferClueInput } from './clue.inputs'
import { clueMachine } from './clue.states'
import { ClueTransferService } from './clue-transfer.service'
import { Clue } from './clue.types'

@ObjectType({ description: 'The clue that a command changed（操作结果）.' })
export class CluePayload {
  @Field(() => Clue, { nullable: true, description: 'As it is now; null where it went out of the viewer’s sight（线索）.' })
  clue: Clue | null
}

@ObjectType({ description: 'What was taken in, with the receipt for who brought it（接收结果）.' })
export class ReceiveCluePayload {
  @Field(() => Clue, { nullable: true, description: 'The clue as it is now（线索）.' })
  clue: Clue | null

  @Field(() => String, { nullable: true, description: 'The code for the receipt: shown this once, kept nowhere; null when the command is repeated. With it `clueReceipt` tells where the matter stands（查询码）.' })
  receiptCode: string | null
}

const of = clueMachine.commands

@Resolver()
export class ClueResolver {
  constructor(private readonly intake: ClueIntakeService, private readonly handling: ClueHandlingService, private readonly transfers: ClueTransferService) {}

  @Mutation(() => ReceiveCluePayload, { description: of.receiveClue.description })
  async receiveClue(@Arg('input', () => ReceiveClueInput) input: ReceiveClueInput, @Ctx() ctx: RequestContext): Promise<ReceiveCluePayload> {
    const { rowId, receiptCode } = await this.intake.receive(ctx, input)
    return { ...await this.answer(ctx, rowId), receiptCode }
  }

  @Mutation(() => CluePayload, { description: of.editClue.description })
  async editClue(@Arg('input', () => EditClueInput) input: EditClueInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.intake.edit(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.registerClue.description })
  async registerClue(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.intake.register(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.declineClue.description })
  async declineClue(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.intake.decline(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.addClueInformation.description })
  async addClueInformation(@Arg('input', () => AddClueInformationInput) input: AddClueInformationInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.intake.addInformation(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.transferClue.description })
  async transferClue(@Arg('input', () => TransferClueInput) input: TransferClueInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.transfers.transfer(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.mergeClue.description })
  async mergeClue(@Arg('input', () => MergeClueInput) input: MergeClueInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.merge(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.assignClue.description })
  async assignClue(@Arg('input', () => AssignClueInput) input: AssignClueInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.assign(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.decideClueHandling.description })
  async decideClueHandling(@Arg('input', () => DecideClueHandlingInput) input: DecideClueHandlingInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.decideHandling(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.reconsiderClueHandling.description })
  async reconsiderClueHandling(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.reconsiderHandling(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.resumeClue.description })
  async resumeClue(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.resume(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.concludeClueInquiry.description })
  async concludeClueInquiry(@Arg('input', () => ConcludeClueInquiryInput) input: ConcludeClueInquiryInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.concludeInquiry(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.returnClueOutcome.description })
  async returnClueOutcome(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.returnOutcome(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.disposeClue.description })
  async disposeClue(@Arg('input', () => DisposeClueInput) input: DisposeClueInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.dispose(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.proposeCaseFiling.description })
  async proposeCaseFiling(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.proposeFiling(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.refuseCaseFiling.description })
  async refuseCaseFiling(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.refuseFiling(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.reconsiderClueDisposal.description })
  async reconsiderClueDisposal(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.reconsiderDisposal(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.extendClueDeadline.description })
  async extendClueDeadline(@Arg('input', () => ExtendClueDeadlineInput) input: ExtendClueDeadlineInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.extend(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.giveClueFeedback.description })
  async giveClueFeedback(@Arg('input', () => GiveClueFeedbackInput) input: GiveClueFeedbackInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.feedback(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.confirmClueRestitution.description })
  async confirmClueRestitution(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.confirmRestitution(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.closeClue.description })
  async closeClue(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.close(ctx, input))
  }

  @Mutation(() => CluePayload, { description: of.reopenClue.description })
  async reopenClue(@Arg('input', () => ReopenClueInput) input: ReopenClueInput, @Ctx() ctx: RequestContext): Promise<CluePayload> {
    return this.answer(ctx, await this.handling.reopen(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<CluePayload> {
    return { clue: await ctx.read.one('Clue', id) as Clue | null }
  }
}
