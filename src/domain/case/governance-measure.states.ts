import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const DEMANDING: readonly Role[] = ['CASE_OFFICER', 'SUPERVISOR', 'TOWNSHIP_COMMISSION', 'COMMISSION_APPROVER']
const PERFORMED = [{ column: 'performed_by', all: true }] as const

/** What is put right after a case. Commands are asked on the unit that carries it out, those of the demanding side on the body that asks for it. */
export const governanceMeasureMachine = defineMachine({
  name: 'GovernanceMeasure',
  initial: 'PROPOSED',
  states: {
    PROPOSED: 'Waits for the unit (待认领)',
    RETURNED: 'Given back by the unit (已退回)',
    IN_PROGRESS: 'Being carried out (实施中)',
    IMPLEMENTED: 'Reported as carried out (已落实)',
    VERIFIED: 'Found carried out (已核实)',
    CANCELLED: 'No longer asked for (已取消)',
  },
  didBy: { acceptGovernanceMeasure: PERFORMED, implementGovernanceMeasure: PERFORMED },
  sides: { DEMANDER: { column: 'demanding_unit_id' } },
  awaits: {
    PROPOSED: ['acceptGovernanceMeasure', 'returnGovernanceMeasure'], RETURNED: ['editGovernanceMeasure'], IN_PROGRESS: ['implementGovernanceMeasure'],
    IMPLEMENTED: ['verifyGovernanceMeasure', 'returnGovernanceReport'], VERIFIED: 'it is carried out',
  },
  returns: ['returnGovernanceMeasure', 'returnGovernanceReport'],
  commands: {
    proposeGovernanceMeasure: { from: [], to: 'PROPOSED', side: 'DEMANDER', roles: DEMANDING, description: 'Asks a unit for a measure: an institution, a process, education, a control (提出治理措施).' },
    editGovernanceMeasure: { from: ['PROPOSED', 'RETURNED'], to: 'PROPOSED', side: 'DEMANDER', roles: DEMANDING, description: 'Changes the measure; a returned one is put forward again (修改治理措施).' },
    acceptGovernanceMeasure: { from: ['PROPOSED'], to: 'IN_PROGRESS', roles: ['UNIT_APPROVER'], description: 'The unit takes the measure on (认领治理措施).' },
    returnGovernanceMeasure: { from: ['PROPOSED'], to: 'RETURNED', roles: ['UNIT_APPROVER'], needsOpinion: true, description: 'The unit gives the measure back with an opinion (退回治理措施).' },
    implementGovernanceMeasure: { from: ['IN_PROGRESS'], to: 'IMPLEMENTED', roles: ['UNIT_EDITOR', 'UNIT_APPROVER', 'DUTY_OWNER'], guards: ['the controls and risk points that it changed are named', 'evidence is attached'], description: 'Reports the measure as carried out (落实治理措施).' },
    returnGovernanceReport: { from: ['IMPLEMENTED', 'VERIFIED'], to: 'IN_PROGRESS', side: 'DEMANDER', roles: DEMANDING, notWhoDid: ['acceptGovernanceMeasure', 'implementGovernanceMeasure'], needsOpinion: true, guards: ['no case that rests on it is closed'], description: 'Gives the report back with an opinion (退回落实情况).' },
    verifyGovernanceMeasure: { from: ['IMPLEMENTED'], to: 'VERIFIED', side: 'DEMANDER', roles: DEMANDING, notWhoDid: ['acceptGovernanceMeasure', 'implementGovernanceMeasure'], guards: ['INV-24'], description: 'Finds the measure carried out (核实治理措施).' },
    cancelGovernanceMeasure: { from: ['PROPOSED', 'RETURNED', 'IN_PROGRESS'], to: 'CANCELLED', side: 'DEMANDER', roles: ['COMMISSION_APPROVER'], notWhoDid: ['acceptGovernanceMeasure', 'implementGovernanceMeasure'], needsOpinion: true, description: 'Lets the measure go, with the reason (取消治理措施).' },
  },
})
export type GovernanceMeasureState = keyof typeof governanceMeasureMachine.states
