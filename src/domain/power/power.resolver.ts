import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { OperatingFlowService } from './operating-flow.service'
import { DraftOperatingFlowInput, EditOperatingFlowInput, EditPowerInput, FlowCommandInput, PowerCommandInput, ProposePowerInput } from './power.inputs'
import { PowerService } from './power.service'
import { flowMachine, powerMachine } from './power.states'
import { OperatingFlow, Power } from './power.types'

@ObjectType({ description: 'The power that a command changed（操作结果）.' })
export class PowerPayload {
  @Field(() => Power, { description: 'The power as it is now（职权）.' })
  power: Power
}

@ObjectType({ description: 'The flow that a command changed（操作结果）.' })
export class OperatingFlowPayload {
  @Field(() => OperatingFlow, { description: 'The flow as it is now（流程）.' })
  operatingFlow: OperatingFlow
}

const of = powerMachine.commands
const flows = flowMachine.commands

@Resolver()
export class PowerResolver {
  constructor(private readonly powers: PowerService, private readonly flows: OperatingFlowService) {}

  @Mutation(() => PowerPayload, { description: 'Enters a power of a unit（拟定职权）.' })
  async proposePower(@Arg('input', () => ProposePowerInput) input: ProposePowerInput, @Ctx() ctx: RequestContext): Promise<PowerPayload> {
    return this.power(ctx, await this.powers.propose(ctx, input))
  }

  @Mutation(() => PowerPayload, { description: of.editPower.description })
  async editPower(@Arg('input', () => EditPowerInput) input: EditPowerInput, @Ctx() ctx: RequestContext): Promise<PowerPayload> {
    return this.power(ctx, await this.powers.edit(ctx, input))
  }

  @Mutation(() => PowerPayload, { description: of.confirmPower.description })
  async confirmPower(@Arg('input', () => PowerCommandInput) input: PowerCommandInput, @Ctx() ctx: RequestContext): Promise<PowerPayload> {
    return this.power(ctx, await this.powers.confirm(ctx, input))
  }

  @Mutation(() => PowerPayload, { description: of.publishPower.description })
  async publishPower(@Arg('input', () => PowerCommandInput) input: PowerCommandInput, @Ctx() ctx: RequestContext): Promise<PowerPayload> {
    return this.power(ctx, await this.powers.publish(ctx, input))
  }

  @Mutation(() => PowerPayload, { description: of.suspendPower.description })
  async suspendPower(@Arg('input', () => PowerCommandInput) input: PowerCommandInput, @Ctx() ctx: RequestContext): Promise<PowerPayload> {
    return this.power(ctx, await this.powers.suspend(ctx, input))
  }

  @Mutation(() => PowerPayload, { description: of.resumePower.description })
  async resumePower(@Arg('input', () => PowerCommandInput) input: PowerCommandInput, @Ctx() ctx: RequestContext): Promise<PowerPayload> {
    return this.power(ctx, await this.powers.resume(ctx, input))
  }

  @Mutation(() => PowerPayload, { description: of.abolishPower.description })
  async abolishPower(@Arg('input', () => PowerCommandInput) input: PowerCommandInput, @Ctx() ctx: RequestContext): Promise<PowerPayload> {
    return this.power(ctx, await this.powers.abolish(ctx, input))
  }

  @Mutation(() => OperatingFlowPayload, { description: 'Draws a new version of a power\'s flow（起草流程）.' })
  async draftOperatingFlow(@Arg('input', () => DraftOperatingFlowInput) input: DraftOperatingFlowInput, @Ctx() ctx: RequestContext): Promise<OperatingFlowPayload> {
    return this.flow(ctx, await this.flows.draft(ctx, input))
  }

  @Mutation(() => OperatingFlowPayload, { description: flows.editOperatingFlow.description })
  async editOperatingFlow(@Arg('input', () => EditOperatingFlowInput) input: EditOperatingFlowInput, @Ctx() ctx: RequestContext): Promise<OperatingFlowPayload> {
    return this.flow(ctx, await this.flows.edit(ctx, input))
  }

  @Mutation(() => OperatingFlowPayload, { description: flows.reviewOperatingFlow.description })
  async reviewOperatingFlow(@Arg('input', () => FlowCommandInput) input: FlowCommandInput, @Ctx() ctx: RequestContext): Promise<OperatingFlowPayload> {
    return this.flow(ctx, await this.flows.review(ctx, input))
  }

  @Mutation(() => OperatingFlowPayload, { description: flows.publishOperatingFlow.description })
  async publishOperatingFlow(@Arg('input', () => FlowCommandInput) input: FlowCommandInput, @Ctx() ctx: RequestContext): Promise<OperatingFlowPayload> {
    return this.flow(ctx, await this.flows.publish(ctx, input))
  }

  private async power(ctx: RequestContext, id: string): Promise<PowerPayload> {
    return { power: await ctx.read.one('Power', id) as Power }
  }

  private async flow(ctx: RequestContext, id: string): Promise<OperatingFlowPayload> {
    return { operatingFlow: await ctx.read.one('OperatingFlow', id) as OperatingFlow }
  }
}
