import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { RowError } from '../bulk'
import {
  EditRiskPointInput, IdentifyRiskPointInput, MonitorRiskPointInput, PlanRiskTreatmentInput, PublishRiskMatrixInput, RateRiskPointInput, RateRiskPointsInput, RiskPointCommandInput,
} from './risk-point.inputs'
import { RiskMatrixService } from './risk-matrix.service'
import { RiskPointService } from './risk-point.service'
import { riskPointMachine } from './risk-point.states'
import { RiskMatrix, RiskPoint } from './risk.types'

@ObjectType({ description: 'The risk point that a command changed（操作结果）.' })
export class RiskPointPayload {
  @Field(() => RiskPoint, { description: 'The risk point as it is now（风险点）.' })
  riskPoint: RiskPoint
}

@ObjectType({ description: 'The risk points that a bulk command changed（批量操作结果）.' })
export class RiskPointsPayload {
  @Field(() => [RiskPoint], { description: 'The risk points as they are now, in the order of the input（风险点）.' })
  riskPoints: RiskPoint[]

  @Field(() => [RowError], { description: 'Rows that were refused; empty unless onError is REJECT_FAILED_ROWS（被拒绝的行）.' })
  errors: RowError[]
}

@ObjectType({ description: 'The matrix that was published（操作结果）.' })
export class RiskMatrixPayload {
  @Field(() => RiskMatrix, { description: 'The matrix now in force（风险矩阵）.' })
  riskMatrix: RiskMatrix
}

const of = riskPointMachine.commands

@Resolver()
export class RiskPointResolver {
  constructor(private readonly points: RiskPointService, private readonly matrices: RiskMatrixService) {}

  @Mutation(() => RiskPointPayload, { description: 'Enters a risk point of a power, with its first rating and controls if known（识别风险点）.' })
  async identifyRiskPoint(@Arg('input', () => IdentifyRiskPointInput) input: IdentifyRiskPointInput, @Ctx() ctx: RequestContext): Promise<RiskPointPayload> {
    return this.answer(ctx, await this.points.identify(ctx, input))
  }

  @Mutation(() => RiskPointPayload, { description: of.editRiskPoint.description })
  async editRiskPoint(@Arg('input', () => EditRiskPointInput) input: EditRiskPointInput, @Ctx() ctx: RequestContext): Promise<RiskPointPayload> {
    return this.answer(ctx, await this.points.edit(ctx, input))
  }

  @Mutation(() => RiskPointPayload, { description: of.rateRiskPoint.description })
  async rateRiskPoint(@Arg('input', () => RateRiskPointInput) input: RateRiskPointInput, @Ctx() ctx: RequestContext): Promise<RiskPointPayload> {
    return this.answer(ctx, await this.points.rate(ctx, input))
  }

  @Mutation(() => RiskPointsPayload, { description: 'Rates many risk points at once（批量风险评级）.' })
  async rateRiskPoints(@Arg('input', () => RateRiskPointsInput) input: RateRiskPointsInput, @Ctx() ctx: RequestContext): Promise<RiskPointsPayload> {
    const { done, errors } = await this.points.rateMany(ctx, input)
    return { riskPoints: await ctx.read.many('RiskPoint', done) as RiskPoint[], errors }
  }

  @Mutation(() => RiskPointPayload, { description: of.planRiskTreatment.description })
  async planRiskTreatment(@Arg('input', () => PlanRiskTreatmentInput) input: PlanRiskTreatmentInput, @Ctx() ctx: RequestContext): Promise<RiskPointPayload> {
    return this.answer(ctx, await this.points.planTreatment(ctx, input))
  }

  @Mutation(() => RiskPointPayload, { description: of.activateRiskControls.description })
  async activateRiskControls(@Arg('input', () => RiskPointCommandInput) input: RiskPointCommandInput, @Ctx() ctx: RequestContext): Promise<RiskPointPayload> {
    return this.answer(ctx, await this.points.activateControls(ctx, input))
  }

  @Mutation(() => RiskPointPayload, { description: of.monitorRiskPoint.description })
  async monitorRiskPoint(@Arg('input', () => MonitorRiskPointInput) input: MonitorRiskPointInput, @Ctx() ctx: RequestContext): Promise<RiskPointPayload> {
    return this.answer(ctx, await this.points.monitor(ctx, input))
  }

  @Mutation(() => RiskPointPayload, { description: of.triggerRiskReview.description })
  async triggerRiskReview(@Arg('input', () => RiskPointCommandInput) input: RiskPointCommandInput, @Ctx() ctx: RequestContext): Promise<RiskPointPayload> {
    return this.answer(ctx, await this.points.triggerReview(ctx, input))
  }

  @Mutation(() => RiskPointPayload, { description: of.escalateRiskPoint.description })
  async escalateRiskPoint(@Arg('input', () => RiskPointCommandInput) input: RiskPointCommandInput, @Ctx() ctx: RequestContext): Promise<RiskPointPayload> {
    return this.answer(ctx, await this.points.escalate(ctx, input))
  }

  @Mutation(() => RiskPointPayload, { description: of.deEscalateRiskPoint.description })
  async deEscalateRiskPoint(@Arg('input', () => RiskPointCommandInput) input: RiskPointCommandInput, @Ctx() ctx: RequestContext): Promise<RiskPointPayload> {
    return this.answer(ctx, await this.points.deEscalate(ctx, input))
  }

  @Mutation(() => RiskPointPayload, { description: of.retireRiskPoint.description })
  async retireRiskPoint(@Arg('input', () => RiskPointCommandInput) input: RiskPointCommandInput, @Ctx() ctx: RequestContext): Promise<RiskPointPayload> {
    return this.answer(ctx, await this.points.retire(ctx, input))
  }

  @Mutation(() => RiskMatrixPayload, { description: 'Publishes a new version of the risk matrix（发布风险矩阵）.' })
  async publishRiskMatrix(@Arg('input', () => PublishRiskMatrixInput) input: PublishRiskMatrixInput, @Ctx() ctx: RequestContext): Promise<RiskMatrixPayload> {
    const id = await this.matrices.publish(ctx, input)
    return { riskMatrix: await ctx.read.one('RiskMatrix', id) as RiskMatrix }
  }

  private async answer(ctx: RequestContext, id: string): Promise<RiskPointPayload> {
    return { riskPoint: await ctx.read.one('RiskPoint', id) as RiskPoint }
  }
}
