import { Field, ID, InputType } from 'type-graphql'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, requireRole } from '../../database/locate'
import { gate } from '../gate'
import { RecordControlTestInput, type ControlService, type RecordedTest } from '../risk'
import { ACTIVITY, objectIdsOf, type ActivityRow } from './activity.repository'
import { bodiesById } from './bodies'
import { supervisionActivityMachine } from './supervision-activity.states'

@InputType({ description: 'A test of a control that is made in the course of a supervision activity（监督检查中的防控措施测试）.' })
export class RecordSupervisionControlTestInput extends RecordControlTestInput {
  @Field(() => ID, { description: 'The activity, which is under way and looks at the control\'s unit（监督检查活动）.' })
  activityId: string
}

/** Who tests controls in an activity: the people of its leading body. */
export const TESTERS = supervisionActivityMachine.commands.planSupervisionActivity.roles

/** Tests of controls in the course of activities. What follows from them is what follows from any test. */
export class SupervisionControlTestService {
  constructor(private readonly db: Database, private readonly controls: ControlService) {}

  record(origin: Origin, input: RecordSupervisionControlTestInput): Promise<RecordedTest & { activityId: string }> {
    return runCommand(this.db, origin, 'recordSupervisionControlTest', input, async tx => {
      const activity = await locate<ActivityRow>(tx, ACTIVITY, input.activityId, 'activityId', 'SHARE')
      requireRole(tx, TESTERS, activity.unit_path)
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
