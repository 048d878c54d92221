import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const BODY: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION']

/**
 * What was found of a unit. Roles are asked on the body that found it. What a plugin or an indicator points out becomes a finding by a
 * person's `recordSupervisionFinding` alone (INV-42).
 */
export const supervisionFindingMachine = defineMachine({
  name: 'SupervisionFinding',
  initial: 'OPEN',
  states: {
    OPEN: 'Found; what follows is not decided (待处理)',
    LINKED: 'Leads to a rectification, clue or recommendation (已转化)',
    NO_ACTION: 'Nothing follows, for a written reason (不作处理)',
    RESOLVED: 'Everything that it led to is settled (已办结)',
    WITHDRAWN: 'Recorded by mistake (已撤销)',
  },
  ends: ['NO_ACTION', 'RESOLVED'],
  didBy: { recordSupervisionFinding: [{ column: 'created_by' }] },
  sides: { FINDER: { column: 'found_by_unit_id' } },
  follows: [
    { from: ['OPEN', 'NO_ACTION', 'RESOLVED'], to: 'LINKED', when: 'a rectification, clue or recommendation is opened with it as source, or comes back' },
    { from: ['LINKED'], to: 'RESOLVED', when: 'everything that it led to is settled' },
  ],
  awaits: { OPEN: ['linkSupervisionFinding', 'dismissSupervisionFinding'], LINKED: 'what it led to is awaited there' },
  commands: {
    recordSupervisionFinding: { from: [], to: 'OPEN', side: 'FINDER', roles: BODY, guards: ['INV-42', 'the activity is under way, or a source is named'], description: 'Records a finding (登记问题).' },
    editSupervisionFinding: { from: ['OPEN'], to: null, side: 'FINDER', roles: BODY, description: 'Changes a finding from which nothing follows yet (修改问题).' },
    linkSupervisionFinding: { from: ['OPEN', 'LINKED', 'NO_ACTION'], to: 'LINKED', side: 'FINDER', roles: BODY, description: 'Names what follows: a rectification, a clue, a recommendation (关联处理结果).' },
    unlinkSupervisionFinding: { from: ['LINKED'], to: ['OPEN', 'LINKED'], side: 'FINDER', roles: BODY, needsOpinion: true, description: 'Takes a wrong link back; without any other the finding is open again (解除关联).' },
    dismissSupervisionFinding: { from: ['OPEN'], to: 'NO_ACTION', side: 'FINDER', roles: [...BODY, 'COMMISSION_APPROVER'], notWhoDid: ['recordSupervisionFinding'], needsOpinion: true, description: 'Decides that nothing follows, with the reason (不作处理).' },
    reopenSupervisionFinding: { from: ['NO_ACTION', 'RESOLVED'], to: 'OPEN', side: 'FINDER', roles: [...BODY, 'COMMISSION_APPROVER'], needsOpinion: true, description: 'Takes the finding up again (重新处理).' },
    withdrawSupervisionFinding: { from: ['OPEN'], to: 'WITHDRAWN', side: 'FINDER', roles: BODY, needsOpinion: true, guards: ['its activity is not concluded'], description: 'Takes back what was recorded by mistake (撤销问题).' },
  },
})
export type SupervisionFindingState = keyof typeof supervisionFindingMachine.states
