import type { Role } from '../../core/actor'
import { defineMachine } from '../../core/states'

const BODY: readonly Role[] = ['SUPERVISOR', 'TOWNSHIP_COMMISSION']

/**
 * What was found of a unit. Roles are asked on the body that found it. What a plugin or an indicator points out becomes a finding by a
 * person's `recordSupervisionFinding` alone (INV-42). Its state is read by more people than clues are: no clue ever moves it. Whether nothing
 * follows or a clue does, it is dealt with by the same command, with a reason that only those read who open clues.
 */
export const supervisionFindingMachine = defineMachine({
  name: 'SupervisionFinding',
  initial: 'OPEN',
  states: {
    OPEN: 'Found; what follows is not decided (待处理)',
    LINKED: 'Leads to a rectification or a recommendation (已转化)',
    DEALT_WITH: 'Nothing follows in the registers, for a written reason (另行处理)',
    RESOLVED: 'Every rectification and recommendation that it led to is settled (已办结)',
    WITHDRAWN: 'Recorded by mistake (已撤销)',
  },
  ends: ['DEALT_WITH', 'RESOLVED'],
  didBy: { recordSupervisionFinding: [{ column: 'created_by' }] },
  sides: { FINDER: { column: 'found_by_unit_id' } },
  follows: [
    { from: ['OPEN', 'DEALT_WITH', 'RESOLVED'], to: 'LINKED', when: 'a rectification or recommendation is opened with it as source, or comes back' },
    { from: ['LINKED'], to: 'RESOLVED', when: 'every rectification and recommendation that it led to is settled' },
  ],
  awaits: { OPEN: ['linkSupervisionFinding', 'dismissSupervisionFinding'], LINKED: 'what it led to is awaited there' },
  commands: {
    recordSupervisionFinding: { from: [], to: 'OPEN', side: 'FINDER', roles: BODY, guards: ['INV-42', 'the activity is under way, or a source is named'], description: 'Records a finding (登记问题).' },
    editSupervisionFinding: { from: ['OPEN'], to: null, side: 'FINDER', roles: BODY, description: 'Changes a finding from which nothing follows yet (修改问题).' },
    linkSupervisionFinding: { from: ['OPEN', 'LINKED', 'DEALT_WITH'], to: { OPEN: ['LINKED', 'OPEN'], DEALT_WITH: ['LINKED', 'DEALT_WITH'] }, side: 'FINDER', roles: BODY, description: 'Names what follows: a rectification, a recommendation; or a clue, which leaves the state as it is (关联处理结果).' },
    unlinkSupervisionFinding: { from: ['OPEN', 'LINKED', 'DEALT_WITH'], to: { LINKED: ['OPEN', 'LINKED'] }, side: 'FINDER', roles: BODY, needsOpinion: true, description: 'Takes a wrong link back; without any other rectification or recommendation the finding is open again (解除关联).' },
    dismissSupervisionFinding: { from: ['OPEN'], to: 'DEALT_WITH', side: 'FINDER', roles: [...BODY, 'COMMISSION_APPROVER'], notWhoDid: ['recordSupervisionFinding'], needsOpinion: true, description: 'Decides that nothing in the registers follows, with the reason: nothing does at all, or it is handled elsewhere (不作处理或另行处理).' },
    reopenSupervisionFinding: { from: ['DEALT_WITH', 'RESOLVED'], to: 'OPEN', side: 'FINDER', roles: [...BODY, 'COMMISSION_APPROVER'], needsOpinion: true, description: 'Takes the finding up again (重新处理).' },
    withdrawSupervisionFinding: { from: ['OPEN'], to: 'WITHDRAWN', side: 'FINDER', roles: BODY, needsOpinion: true, guards: ['its activity is not concluded'], description: 'Takes back what was recorded by mistake (撤销问题).' },
  },
})
export type SupervisionFindingState = keyof typeof supervisionFindingMachine.states
