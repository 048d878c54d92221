import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { ClueCommandInput } from './clue.inputs'
import { ClueTransferService } from './clue-transfer.service'
import { clueMachine } from './clue.states'
import { clueTransferMachine } from './clue-transfer.states'
import { ClueTransfer, Restitution, Verification } from './clue.types'
import { RestitutionService } from './restitution.service'
import { restitutionMachine } from './restitution.states'
import { ApproveVerificationPlanInput, ConcludeVerificationInput, EditRestitutionInput, EditVerificationPlanInput, OrderRestitutionInput, PlanVerificationInput, RecordRestitutionPaymentInput, RecordVerificationMeasureInput } from './verification.inputs'
import { VerificationService } from './verification.service'
import { verificationMachine } from './verification.states'

@ObjectType({ description: 'The transfer that a command changed（操作结果）.' })
export class ClueTransferPayload {
  @Field(() => ClueTransfer, { nullable: true, description: 'As it is now; null where it went out of the viewer’s sight（移交）.' })
  clueTransfer: ClueTransfer | null
}

@ObjectType({ description: 'The verification that a command changed（操作结果）.' })
export class VerificationPayload {
  @Field(() => Verification, { nullable: true, description: 'As it is now; null where it went out of the viewer’s sight（核实）.' })
  verification: Verification | null
}

@ObjectType({ description: 'The restitution that a command changed（操作结果）.' })
export class RestitutionPayload {
  @Field(() => Restitution, { nullable: true, description: 'As it is now; null where it went out of the viewer’s sight（补发退还）.' })
  restitution: Restitution | null
}

const ofTransfer = clueTransferMachine.commands
const ofVerification = verificationMachine.commands
const ofRestitution = restitutionMachine.commands

@Resolver()
export class CluePartsResolver {
  constructor(private readonly transfers: ClueTransferService, private readonly verifications: VerificationService, private readonly restitutions: RestitutionService) {}

  @Mutation(() => ClueTransferPayload, { description: ofTransfer.acceptClueTransfer.description })
  async acceptClueTransfer(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<ClueTransferPayload> {
    return this.transfer(ctx, await this.transfers.accept(ctx, input))
  }

  @Mutation(() => ClueTransferPayload, { description: ofTransfer.sendBackClueTransfer.description })
  async sendBackClueTransfer(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<ClueTransferPayload> {
    return this.transfer(ctx, await this.transfers.sendBack(ctx, input))
  }

  @Mutation(() => ClueTransferPayload, { description: ofTransfer.recallClueTransfer.description })
  async recallClueTransfer(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<ClueTransferPayload> {
    return this.transfer(ctx, await this.transfers.recall(ctx, input))
  }

  @Mutation(() => VerificationPayload, { description: clueMachine.commands.planVerification.description })
  async planVerification(@Arg('input', () => PlanVerificationInput) input: PlanVerificationInput, @Ctx() ctx: RequestContext): Promise<VerificationPayload> {
    return this.verification(ctx, await this.verifications.plan(ctx, input))
  }

  @Mutation(() => VerificationPayload, { description: ofVerification.editVerificationPlan.description })
  async editVerificationPlan(@Arg('input', () => EditVerificationPlanInput) input: EditVerificationPlanInput, @Ctx() ctx: RequestContext): Promise<VerificationPayload> {
    return this.verification(ctx, await this.verifications.edit(ctx, input))
  }

  @Mutation(() => VerificationPayload, { description: ofVerification.submitVerificationPlan.description })
  async submitVerificationPlan(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<VerificationPayload> {
    return this.verification(ctx, await this.verifications.submit(ctx, input))
  }

  @Mutation(() => VerificationPayload, { description: ofVerification.approveVerificationPlan.description })
  async approveVerificationPlan(@Arg('input', () => ApproveVerificationPlanInput) input: ApproveVerificationPlanInput, @Ctx() ctx: RequestContext): Promise<VerificationPayload> {
    return this.verification(ctx, await this.verifications.approve(ctx, input))
  }

  @Mutation(() => VerificationPayload, { description: ofVerification.returnVerificationPlan.description })
  async returnVerificationPlan(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<VerificationPayload> {
    return this.verification(ctx, await this.verifications.return(ctx, input))
  }

  @Mutation(() => VerificationPayload, { description: ofVerification.recordVerificationMeasure.description })
  async recordVerificationMeasure(@Arg('input', () => RecordVerificationMeasureInput) input: RecordVerificationMeasureInput, @Ctx() ctx: RequestContext): Promise<VerificationPayload> {
    return this.verification(ctx, await this.verifications.recordMeasure(ctx, input))
  }

  @Mutation(() => VerificationPayload, { description: ofVerification.concludeVerification.description })
  async concludeVerification(@Arg('input', () => ConcludeVerificationInput) input: ConcludeVerificationInput, @Ctx() ctx: RequestContext): Promise<VerificationPayload> {
    return this.verification(ctx, await this.verifications.conclude(ctx, input))
  }

  @Mutation(() => RestitutionPayload, { description: ofRestitution.orderRestitution.description })
  async orderRestitution(@Arg('input', () => OrderRestitutionInput) input: OrderRestitutionInput, @Ctx() ctx: RequestContext): Promise<RestitutionPayload> {
    return this.restitution(ctx, await this.restitutions.order(ctx, input))
  }

  @Mutation(() => RestitutionPayload, { description: ofRestitution.editRestitution.description })
  async editRestitution(@Arg('input', () => EditRestitutionInput) input: EditRestitutionInput, @Ctx() ctx: RequestContext): Promise<RestitutionPayload> {
    return this.restitution(ctx, await this.restitutions.edit(ctx, input))
  }

  @Mutation(() => RestitutionPayload, { description: ofRestitution.recordRestitutionPayment.description })
  async recordRestitutionPayment(@Arg('input', () => RecordRestitutionPaymentInput) input: RecordRestitutionPaymentInput, @Ctx() ctx: RequestContext): Promise<RestitutionPayload> {
    return this.restitution(ctx, await this.restitutions.recordPayment(ctx, input))
  }

  @Mutation(() => RestitutionPayload, { description: ofRestitution.returnRestitution.description })
  async returnRestitution(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<RestitutionPayload> {
    return this.restitution(ctx, await this.restitutions.return(ctx, input))
  }

  @Mutation(() => RestitutionPayload, { description: ofRestitution.verifyRestitution.description })
  async verifyRestitution(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<RestitutionPayload> {
    return this.restitution(ctx, await this.restitutions.verify(ctx, input))
  }

  @Mutation(() => RestitutionPayload, { description: ofRestitution.cancelRestitution.description })
  async cancelRestitution(@Arg('input', () => ClueCommandInput) input: ClueCommandInput, @Ctx() ctx: RequestContext): Promise<RestitutionPayload> {
    return this.restitution(ctx, await this.restitutions.cancel(ctx, input))
  }

  private async transfer(ctx: RequestContext, id: string): Promise<ClueTransferPayload> {
    return { clueTransfer: await ctx.read.one('ClueTransfer', id) as ClueTransfer | null }
  }

  private async verification(ctx: RequestContext, id: string): Promise<VerificationPayload> {
    return { verification: await ctx.read.one('Verification', id) as Verification | null }
  }

  private async restitution(ctx: RequestContext, id: string): Promise<RestitutionPayload> {
    return { restitution: await ctx.read.one('Restitution', id) as Restitution | null }
  }
}
