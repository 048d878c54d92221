import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { Control, ControlTest } from '../risk'
import { RecordSupervisionControlTestInput, type SupervisionControlTestService } from './control-test.service'
import { SupervisionActivity } from './supervision-activity.types'

@ObjectType({ description: 'The test that was recorded（操作结果）.' })
export class SupervisionControlTestPayload {
  @Field(() => ControlTest, { description: 'The test（测试记录）.' })
  controlTest: ControlTest

  @Field(() => Control, { description: 'The control as it is now（防控措施）.' })
  control: Control

  @Field(() => SupervisionActivity, { description: 'The activity（监督检查活动）.' })
  supervisionActivity: SupervisionActivity
}

@Resolver()
export class SupervisionControlTestResolver {
  constructor(private readonly tests: SupervisionControlTestService) {}

  @Mutation(() => SupervisionControlTestPayload, { description: 'Records a test of a control in the course of an activity; a failing one makes the control DEFICIENT as any other（在监督检查中测试防控措施）.' })
  async recordSupervisionControlTest(@Arg('input', () => RecordSupervisionControlTestInput) input: RecordSupervisionControlTestInput, @Ctx() ctx: RequestContext): Promise<SupervisionControlTestPayload> {
    const { activityId, controlId, testId } = await this.tests.record(ctx, input)
    return {
      controlTest: await ctx.read.one('ControlTest', testId) as ControlTest, control: await ctx.read.one('Control', controlId) as Control,
      supervisionActivity: await ctx.read.one('SupervisionActivity', activityId) as SupervisionActivity,
    }
  }
}
