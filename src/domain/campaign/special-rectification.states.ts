import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const DRIVES: readonly Role[] = ['SUPERVISOR', 'COMMISSION_APPROVER']
const RESPONSIBLE: readonly Role[] = ['UNIT_EDITOR', 'UNIT_APPROVER']

/**
 * SM-15, special rectifications and case-driven reform. The body that pushes (主推) drives it, so commands are asked on its unit; those of the
 * units in its scope on any of them. The other three roles of the four-body governance are named on it and give no command. While it is mended,
 * units report how far they have come, else nobody could tell what was put right of what was found.
 */
export const specialRectificationMachine = defineMachine({
  name: 'SpecialRectification',
  initial: 'ANNOUNCED',
  states: {
    ANNOUNCED: 'Announced (已部署)',
    SELF_CHECK: 'The units check themselves (自查自纠)',
    SUPERVISED_CHECK: 'Supervisors check (监督检查)',
    RECTIFICATION: 'What was found is mended (集中整改)',
    EVALUATION: 'What it brought is evaluated (评估验收)',
    CLOSED: 'Ended (已结束)',
    CANCELLED: 'Called off (已取消)',
  },
  sides: { PUSH: { column: 'push_unit_id' }, IN_SCOPE: { via: { table: 'special_rectification_unit', near: 'special_rectification_id', far: 'unit_id' } } },
  awaits: {
    ANNOUNCED: ['startSpecialSelfCheck'], SELF_CHECK: ['reportSpecialSelfCheck', 'startSpecialSupervisedCheck'], SUPERVISED_CHECK: ['startSpecialMending'],
    RECTIFICATION: ['reportSpecialSelfCheck', 'startSpecialEvaluation'], EVALUATION: ['closeSpecialRectification'],
  },
  returns: ['stepSpecialRectificationBack'],
  pending: { reportSpecialSelfCheck: 'reported_at' },
  due: [{ column: 'self_check_due_on', in: ['SELF_CHECK'] }, { column: 'valid_to', in: ['RECTIFICATION', 'EVALUATION'] }],
  commands: {
    announceSpecialRectification: { from: [], to: 'ANNOUNCED', side: 'PUSH', roles: ['COMMISSION_APPROVER'], guards: ['the four bodies are named'], description: 'Announces it: matters, units, time, the four bodies (部署专项整治).' },
    editSpecialRectification: { from: ['ANNOUNCED', 'SELF_CHECK'], to: null, side: 'PUSH', roles: DRIVES, description: 'Changes its matters, units or dates before supervisors check (修改专项整治).' },
    startSpecialSelfCheck: { from: ['ANNOUNCED'], to: 'SELF_CHECK', side: 'PUSH', roles: DRIVES, description: 'Lets the units check themselves (启动自查).' },
    reportSpecialSelfCheck: { from: ['SELF_CHECK', 'RECTIFICATION'], to: null, side: 'IN_SCOPE', roles: RESPONSIBLE, description: 'A unit reports what it found and mended itself, and while that goes on how far it has come (报送自查情况).' },
    returnSpecialSelfCheck: { from: ['SELF_CHECK', 'RECTIFICATION'], to: null, side: 'PUSH', roles: DRIVES, needsOpinion: true, description: 'Gives a unit’s report back with an opinion (退回自查报告).' },
    startSpecialSupervisedCheck: { from: ['SELF_CHECK'], to: 'SUPERVISED_CHECK', side: 'PUSH', roles: DRIVES, guards: ['every unit has reported, or its time is over'], description: 'Lets supervisors check (启动监督检查).' },
    linkSpecialFindings: { from: ['SUPERVISED_CHECK', 'RECTIFICATION'], to: null, side: 'PUSH', roles: DRIVES, guards: ['the findings are about units in its scope'], description: 'Names what was found in its course (关联专项整治问题).' },
    unlinkSpecialFindings: { from: ['SUPERVISED_CHECK', 'RECTIFICATION'], to: null, side: 'PUSH', roles: DRIVES, description: 'Takes out what does not belong to it (解除问题关联).' },
    startSpecialMending: { from: ['SUPERVISED_CHECK'], to: 'RECTIFICATION', side: 'PUSH', roles: DRIVES, guards: ['every finding has its consequence'], description: 'Has what was found mended (启动集中整改).' },
    startSpecialEvaluation: { from: ['RECTIFICATION'], to: 'EVALUATION', side: 'PUSH', roles: DRIVES, guards: ['every rectification of it is verified, closed or cancelled'], description: 'Evaluates what it brought (启动评估).' },
    stepSpecialRectificationBack: {
      from: ['SELF_CHECK', 'SUPERVISED_CHECK', 'RECTIFICATION', 'EVALUATION'], to: { SELF_CHECK: 'ANNOUNCED', SUPERVISED_CHECK: 'SELF_CHECK', RECTIFICATION: 'SUPERVISED_CHECK', EVALUATION: 'RECTIFICATION' },
      side: 'PUSH', roles: ['COMMISSION_APPROVER'], needsOpinion: true, description: 'Goes back one phase (返回上一阶段).',
    },
    closeSpecialRectification: { from: ['EVALUATION'], to: 'CLOSED', side: 'PUSH', roles: ['COMMISSION_APPROVER'], guards: ['an evaluation is written'], description: 'Ends it (专项整治结束).' },
    cancelSpecialRectification: { from: ['ANNOUNCED', 'SELF_CHECK'], to: 'CANCELLED', side: 'PUSH', roles: ['COMMISSION_APPROVER'], needsOpinion: true, description: 'Calls it off (取消专项整治).' },
  },
})
export type SpecialRectificationState = keyof typeof specialRectificationMachine.states
