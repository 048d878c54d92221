import { NAME_REVEALERS } from '../../auth/roles'
import { importKind } from '../import'
import type { DomainModule } from '../module'
import { importPersons } from './import-persons'
import { importAppointments } from './import-appointments'
import { AppointmentEntity } from './appointment.entity'
import { AppointmentService } from './appointment.service'
import { Appointment } from './appointment.types'
import { PersonEntity } from './person.entity'
import { personEvents } from './person.events'
import { appointmentReads, personEdges, personReads } from './person.reads'
import { PersonResolver } from './person.resolver'
import { PersonService } from './person.service'
import { Person } from './person.types'

export { personEvents }
export { AppointmentEntity } from './appointment.entity'
export { AppointmentService } from './appointment.service'
export { Appointment, ResponsibilityRole } from './appointment.types'
export { importAppointments } from './import-appointments'
export { importPersons } from './import-persons'
export { PersonEntity } from './person.entity'
export { findPerson, PersonService } from './person.service'
export { Person } from './person.types'

export const personModule: DomainModule = {
  name: 'person',
  entities: [PersonEntity, AppointmentEntity],
  types: [Person, Appointment],
  resolvers: [PersonResolver],
  create: db => [new PersonResolver(new PersonService(db), new AppointmentService(db))],
  reads: [personReads, appointmentReads],
  edges: personEdges,
  events: Object.values(personEvents),
  imports: [
    importKind({ name: 'persons', title: { zh: '人员', en: 'People' }, roles: ['PLATFORM_ADMIN'] }, importPersons),
    importKind({ name: 'appointments', title: { zh: '任职', en: 'Appointments' }, roles: ['PLATFORM_ADMIN'] }, importAppointments),
  ],
  permissions: {
    Mutation: { registerPerson: ['PLATFORM_ADMIN'], editPerson: ['PLATFORM_ADMIN'], appoint: ['PLATFORM_ADMIN'], endAppointment: ['PLATFORM_ADMIN'], revealPerson: NAME_REVEALERS },
  },
}
