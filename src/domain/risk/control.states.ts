import { defineMachine } from '../../core/states'

/** SM-6. There is deliberately no "done": a control works until it is found deficient or retired. */
export const controlMachine = defineMachine({
  name: 'Control',
  initial: 'DESIGNED',
  states: {
    DESIGNED: 'Designed, not yet put in place (已设计)',
    IMPLEMENTING: 'Being put in place (实施中)',
    OPERATING: 'At work (运行中)',
    DEFICIENT: 'Found not to work (存在缺陷)',
    RETIRED: 'No longer used (已停用)',
  },
  follows: [{ from: [], to: 'DESIGNED', when: 'designControl' }, { from: ['OPERATING'], to: 'DEFICIENT', when: 'recordControlTest finds it INEFFECTIVE in operation' }],
  awaits: { DESIGNED: ['implementControl'], IMPLEMENTING: ['operateControl'], OPERATING: 'it works', DEFICIENT: ['operateControl'] },
  commands: {
    editControl: { from: ['DESIGNED', 'IMPLEMENTING', 'OPERATING', 'DEFICIENT'], to: null, roles: ['UNIT_EDITOR'], guards: ['INV-13'], description: 'Changes a control or the risk points that it serves (修改防控措施).' },
    implementControl: { from: ['DESIGNED'], to: 'IMPLEMENTING', roles: ['UNIT_EDITOR'], description: 'Starts to put the control in place (开始实施).' },
    operateControl: { from: ['IMPLEMENTING', 'DEFICIENT'], to: 'OPERATING', roles: ['UNIT_EDITOR'], description: 'Declares the control at work, or at work again after mending (投入运行).' },
    recordControlTest: { from: ['DESIGNED', 'IMPLEMENTING', 'OPERATING', 'DEFICIENT'], to: null, roles: ['SUPERVISOR'], description: 'Appends a test of design or operation; an INEFFECTIVE operating test makes an operating control DEFICIENT (防控措施测试).' },
    retireControl: { from: ['DESIGNED', 'IMPLEMENTING', 'OPERATING', 'DEFICIENT'], to: 'RETIRED', roles: ['UNIT_APPROVER'], needsOpinion: true, guards: ['INV-12'], description: 'Ends the control; refused for the last one of an active risk point (停用防控措施).' },
  },
})
export type ControlState = keyof typeof controlMachine.states
