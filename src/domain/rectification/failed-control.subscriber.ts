import { today } from '../../core/day'
import { subscriber } from '../../database/events'
import { workCalendarIn } from '../calendar'
import { riskEvents } from '../risk'
import { openTask } from './open-task'
import { failedControl } from './rectification.repository'

/** Working days in which a failed control is mended; whoever supervises its unit may set another date. */
const MEND_WITHIN = 30

/**
 * A control that a test found DEFICIENT is mended: a task for whoever holds the post that owns it. Where nobody does, the task has no
 * responsible person, and the unit's approver gives it to one. Tests that fail again meanwhile open no second task.
 */
export const failedControls = subscriber({
  name: 'rectification', as: 'openRectificationTask', on: [riskEvents.controlTestFailed],
  handle: async (tx, { subjectId, payload: { testId, state } }) => {
    const control = state === 'DEFICIENT' ? await failedControl(tx, subjectId) : null
    if (!control) return
    const calendar = await workCalendarIn(tx)
    await openTask(tx, {
      unitId: control.unit_id, responsibleAppointmentId: control.holder, problem: `防控措施${control.code}经测试无效：${control.description_zh}`,
      dueOn: calendar.addWorkingDays(today(), MEND_WITHIN).day, source: { kind: 'CONTROL_TEST', id: testId }, isSynthetic: control.is_synthetic,
    })
  },
})
