import { defineMachine } from '../../core/states'
import { deciders, publicationChain } from './responsibility.chains'

/** SM-2 as far as the joint publication (同亮); the later phases are states that nothing reaches yet. */
export const cycleMachine = defineMachine({
  name: 'AccountabilityCycle',
  initial: 'PREPARING',
  states: {
    PREPARING: 'Know and define the duty (知责明责)',
    IN_FORCE: 'Perform and fulfil it (履责尽责)',
    REPORTED: 'All four have reported together (同述)',
    EVALUATED: 'Supervised and evaluated (督责评责)',
    ACCOUNTABILITY: 'Failure is pursued (失责问责)',
    CLOSED: 'The year is closed (已办结)',
  },
  // Before the first publication the row names the sides that have confirmed; afterwards it names those of the publication in force.
  didBy: { confirmJointPublication: [{ column: 'unit_confirmed_by', in: ['PREPARING'] }, { column: 'commission_confirmed_by', in: ['PREPARING'] }] },
  commands: {
    confirmJointPublication: {
      from: ['PREPARING', 'IN_FORCE'], to: { PREPARING: 'IN_FORCE' }, roles: deciders(publicationChain),
      notWhoDid: ['confirmJointPublication'], guards: ['INV-07', 'INV-08', 'INV-09', 'INV-10', 'INV-12'],
      description: 'Confirms the joint publication for the unit or for its commission or group; the second of the two publishes the lists in one moment. While in force it publishes approved revisions (确认同亮).',
    },
  },
})
export type CycleState = keyof typeof cycleMachine.states
