import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { AppError } from '../../core/errors'
import { holds } from '../../core/actor'
import type { Origin, RequestContext } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate } from '../../database/locate'
import { gate } from '../gate'
import { Control, ControlTest, RecordControlTestInput, type ControlService, type RecordedTest } from '../risk'
import { ACTIVITY, objectIdsOf, type ActivityRow } from './activity.repository'
import { bodiesById } from './bodies'
import { supervisionActivityMachine } from './supervision-activity.states'
import { SupervisionActivity } from './supervision-activity.types'

@InputType({ description: 'A test of a control that is made in the course of a supervision activity（监督检查中的防控措施测试）.' })
export class RecordSupervisionControlTestInput extends RecordControlTestInput {
  @Field(() => ID, { description: 'The activity, which is under way and looks at the control\'s unit（监督检查活动）.' })
  activityId: string
}

@ObjectType({ description: 'The test that was recorded（操作结果）.' })
export class SupervisionControlTestPayload {
  @Field(() => ControlTest, { description: 'The test（测试记录）.' })
  controlTest: ControlTest

  @Field(() => Control, { description: 'The control as it is now（防控措施）.' })
  control: Control

  @Field(() => SupervisionActivity, { description: 'The activity（监督检查活动）.' })
  supervisionActivity: SupervisionActivity
}

/** Who tests controls in an activity: the people of its leading body. */
export const TESTERS = supervisionActivityMachine.commands.planSupervisionActivity.roles

/** Tests of controls in the course of activities. What follows from them is what follows from any test. */
export class SupervisionControlTestService {
  constructor(private readonly db: Database, private readonly controls: ControlService) {}

  record(origin: Origin, input: RecordSupervisionControlTestInput): Promise<RecordedTest & { activityId: string }> {
    return runCommand(this.db, origin, 'recordSupervisionControlTest', input, async tx => {
      const activity = await locate<ActivityRow>(tx, ACTIVITY, input.activityId, 'activityId', 'SHARE')
      if (!holds(origin.actor, TESTERS, activity.unit_path)) {
        throw new AppError('FORBIDDEN', `${tx.command} needs one of the roles ${TESTERS.join(', ')} on this unit.`, { messageKey: 'roleMissing', messageValues: { command: tx.command, roles: TESTERS.join(', ') } })
      }
      gate(activity.state === 'IN_PROGRESS' ? [] : [{ path: 'activityId', rule: 'under-way', message: 'Controls are tested while the activity is under way.' }])
      const test = await this.controls.recordTestIn(tx, input)
      const unit = await tx.row<{ path: string }>('SELECT u.path FROM control c JOIN unit u ON u.id = c.unit_id WHERE c.id = $1', [test.controlId])
      const objects = await bodiesById(tx, await objectIdsOf(tx, activity.id))
      gate(objects.some(o => unit!.path.startsWith(o.path)) ? [] : [{ path: 'id', rule: 'object', message: 'The activity does not look at the unit of this control.' }])
      tx.link('supervision_control_test', { activity_id: activity.id, control_test_id: test.testId })
      return { ...test, activityId: activity.id }
    })
  }
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
