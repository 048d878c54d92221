import { eventKind } from '../../core/events'

/** What happens to persons and their appointments. Never who they are. */
export const personEvents = {
  registered: eventKind({ type: 'Person.registered', subject: 'Person', payload: {}, description: 'A person was registered（人员已登记）.' }),
  appointed: eventKind({ type: 'Appointment.made', subject: 'Appointment', payload: { role: 'text' }, description: 'Somebody was appointed to a position（已任职）.' }),
  appointmentEnded: eventKind({ type: 'Appointment.ended', subject: 'Appointment', payload: { validTo: 'date' }, description: 'An appointment ends（已免职）.' }),
}
