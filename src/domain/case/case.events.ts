import { eventKind } from '../../core/events'

/** What happens to cases, for the product's own ears; of measures, which the units know. */
export const caseEvents = {
  filed: eventKind({ type: 'Case.filed', subject: 'Case', payload: {}, description: 'A case was filed（案件已立案）.' }),
  transferredToTrial: eventKind({ type: 'Case.transferredToTrial', subject: 'Case', payload: { trialUnitId: 'id' }, description: 'A case went to the trial office（案件已移送审理）.' }),
  adjudicated: eventKind({ type: 'Case.adjudicated', subject: 'Case', payload: {}, description: 'The trial of a case ended（案件已审结）.' }),
  closed: eventKind({ type: 'Case.closed', subject: 'Case', payload: { state: 'text' }, description: 'The path of a case is closed, or it was given up（案件已结案）.' }),
}
const MEASURE = { demandingUnitId: 'id', state: 'text' } as const
export const measureEvents = {
  moved: eventKind({ type: 'GovernanceMeasure.moved', subject: 'GovernanceMeasure', payload: MEASURE, description: 'A governance measure was asked for, taken on, carried out, verified, given back or let go（治理措施已流转）.' }),
}
