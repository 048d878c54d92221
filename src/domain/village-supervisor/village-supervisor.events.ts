import { eventKind } from '../../core/events'

/** What happens to village supervisors. */
export const villageSupervisorEvents = {
  appointed: eventKind({ type: 'VillageSupervisor.appointed', subject: 'VillageSupervisor', payload: {}, description: 'A village has its supervisor（村级监督员已到任）.' }),
  ended: eventKind({ type: 'VillageSupervisor.ended', subject: 'VillageSupervisor', payload: { validTo: 'date' }, description: 'A village supervisor’s time ends（村级监督员已离任）.' }),
}
