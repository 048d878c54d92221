import { defineMachine } from '../../core/states'
import { deciders, publicationChain } from './responsibility.chains'

const states = {
  PREPARING: 'Know and define the duty (知责明责)',
  IN_FORCE: 'Perform and fulfil it (履责尽责)',
  REPORTED: 'All four have reported together (同述)',
  EVALUATED: 'Supervised and evaluated (督责评责)',
  ACCOUNTABILITY: 'Failure is pursued (失责问责)',
  CLOSED: 'The year is closed (已办结)',
}
// Before the first publication the row names the sides that have confirmed; afterwards it names those of the publication in force.
const confirmed = [{ column: 'unit_confirmed_by', in: ['PREPARING'] }, { column: 'commission_confirmed_by', in: ['PREPARING'] }] as const
const follows = [{ from: [], to: 'PREPARING', when: 'the first list of the unit-year is drafted' }] as const
const publication = {
  confirmJointPublication: {
    from: ['PREPARING', 'IN_FORCE'], to: { PREPARING: 'IN_FORCE' }, roles: deciders(publicationChain),
    notWhoDid: ['confirmJointPublication'], guards: ['INV-07', 'INV-08', 'INV-09', 'INV-10', 'INV-12'],
    description: 'Confirms the joint publication for the unit or for its commission or group; the second of the two publishes the lists in one moment. While in force it publishes approved revisions (确认同亮).',
  },
} as const

const FOUR = ['UNIT_APPROVER', 'COMMISSION_APPROVER'] as const

/**
 * SM-2, the whole year. Roles are asked on the unit whose year it is: the commission or group reaches it by the edge along which it
 * supervises, the commission above that by the line. Failing one of the four puts all four in question (同追).
 */
export const loopMachine = defineMachine({
  name: 'AccountabilityCycle', initial: 'PREPARING', states, follows,
  didBy: {
    confirmJointPublication: confirmed, reportCycle: [{ column: 'reported_by' }], evaluateCycle: [{ column: 'evaluated_by' }],
    proposeCycleAccountability: [{ column: 'accountability_proposed_by' }],
  },
  awaits: {
    PREPARING: ['confirmJointPublication'], IN_FORCE: ['reviewProgress', 'reportCycle'], REPORTED: ['evaluateCycle', 'returnCycleReport'], EVALUATED: ['closeCycle'],
    ACCOUNTABILITY: ['recordCycleFault', 'decideCycleAccountability'],
  },
  returns: ['returnCycleReport'],
  commands: {
    ...publication,
    reviewProgress: { from: ['IN_FORCE'], to: null, roles: FOUR, guards: ['all four responsibilities side by side, each late item with who moves it'], description: 'Records the joint look at progress, at least once a quarter (同推).' },
    reportCycle: { from: ['IN_FORCE'], to: 'REPORTED', roles: FOUR, guards: ['each of the four responsibilities has a duty report'], description: 'Reports for all four responsibilities together (同述).' },
    returnCycleReport: { from: ['REPORTED'], to: 'IN_FORCE', roles: ['COMMISSION_APPROVER'], notWhoDid: ['reportCycle'], needsOpinion: true, guards: ['for the commission above the one that reported'], description: 'Gives the joint report back with an opinion (退回同述).' },
    evaluateCycle: { from: ['REPORTED', 'EVALUATED'], to: 'EVALUATED', roles: ['COMMISSION_APPROVER'], notWhoDid: ['reportCycle'], guards: ['INV-24', 'for the commission above the one that reported', 'no accountability is proposed'], description: 'Evaluates the year for each of the four responsibilities, or corrects the evaluation (督责评责).' },
    proposeCycleAccountability: { from: ['IN_FORCE', 'EVALUATED'], to: null, roles: ['SUPERVISOR', 'COMMISSION_APPROVER'], needsOpinion: true, guards: ['a failed duty or a broken pledge is named'], description: 'Proposes to pursue a failure (提请失责问责).' },
    declineCycleAccountability: { from: ['IN_FORCE', 'EVALUATED'], to: null, roles: ['ACCOUNTABILITY_DECIDER'], notWhoDid: ['proposeCycleAccountability'], needsOpinion: true, guards: ['accountability is proposed'], description: 'Does not pursue it and says why (不予启动问责).' },
    openCycleAccountability: { from: ['IN_FORCE', 'EVALUATED'], to: 'ACCOUNTABILITY', roles: ['ACCOUNTABILITY_DECIDER'], notWhoDid: ['proposeCycleAccountability'], guards: ['INV-24', 'accountability is proposed'], description: 'Opens accountability for one of the four; the other three are looked at with it (启动失责问责).' },
    recordCycleFault: { from: ['ACCOUNTABILITY'], to: null, roles: ['ACCOUNTABILITY_DECIDER'], notWhoDid: ['proposeCycleAccountability'], guards: ['INV-24', 'no decision says otherwise'], description: 'Finds for one of the four: at fault or not, with the reason (认定责任).' },
    dropCycleAccountability: { from: ['ACCOUNTABILITY'], to: ['IN_FORCE', 'EVALUATED'], roles: ['ACCOUNTABILITY_DECIDER'], needsOpinion: true, guards: ['no decision has taken effect'], description: 'Ends accountability that was opened wrongly; the year goes on where it was (终止失责问责).' },
    decideCycleAccountability: { from: ['ACCOUNTABILITY'], to: 'CLOSED', roles: ['ACCOUNTABILITY_DECIDER'], notWhoDid: ['proposeCycleAccountability'], guards: ['INV-24', 'each of the four is found at fault or not', 'every proposed decision is decided', 'a decision is on one that is at fault'], description: 'Ends the pursuit of all four together and closes the year (同追).' },
    closeCycle: { from: ['EVALUATED'], to: 'CLOSED', roles: ['COMMISSION_APPROVER'], notWhoDid: ['reportCycle'], guards: ['for the commission above the one that reported', 'no accountability is proposed'], description: 'Closes a year in which nothing is pursued (年度办结).' },
  },
})
export type CycleState = keyof typeof loopMachine.states
