import { NAME_READERS, ORGANISATION_READERS } from '../../auth/roles'
import { auditable, date, enumeration, noun } from '../../core/reads'
import type { NounEdge } from '../../core/reads'

/**
 * Names and staff numbers are masked for everybody whose role does not deal with named people. There is no filter and no order by either:
 * both would tell what the mask hides.
 */
export const personReads = noun({
  type: 'Person',
  prefix: 'person',
  table: 'person',
  scope: { by: 'unit', column: 'unit_id' },
  permission: ORGANISATION_READERS,
  columns: { id: { kind: 'id' }, displayName: { kind: 'masked', clearFor: NAME_READERS }, staffNo: { kind: 'masked', clearFor: NAME_READERS }, ...auditable },
  edges: {
    unit: { to: 'Unit', card: 'one', key: 'unit_id', description: 'Unit that keeps the person\'s record（所在单位）.', sameScope: 'The scope of a person is that of the unit.' },
    appointments: { to: 'Appointment', card: 'connection', by: 'person_id', description: 'Posts held, past ones too, as far as the viewer may see their units（任职）.' },
  },
  filters: { unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true }, createdAt: { type: 'instant' }, updatedAt: { type: 'instant' } },
  orders: { CREATED_AT: { type: 'instant', sql: 'created_at' } },
  root: { one: 'person', many: 'persons', oneDescription: 'One person（人员）.', manyDescription: 'Persons of the units that the viewer may see（人员）.' },
})

export const appointmentReads = noun({
  type: 'Appointment',
  prefix: 'appt',
  table: 'appointment',
  scope: { by: 'unit', column: 'unit_id' },
  permission: ORGANISATION_READERS,
  columns: { id: { kind: 'id' }, role: enumeration('ResponsibilityRole'), validFrom: date(), validTo: date({ nullable: true }), ...auditable },
  edges: {
    unit: { to: 'Unit', card: 'one', key: 'unit_id', description: 'Unit of the post（任职单位）.', sameScope: 'The scope of an appointment is that of its unit.' },
    person: { to: 'Person', card: 'one', key: 'person_id', nullable: true, description: 'Who holds the post; null when the person\'s own unit is out of the viewer\'s sight（任职人员）.' },
    position: { to: 'Position', card: 'one', key: 'position_id', description: 'The post（岗位）.', sameScope: 'An appointment and its post belong to the same unit, by a foreign key.' },
  },
  filters: {
    unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
    person: { type: 'ref', of: 'Person', sql: 'person_id' },
    position: { type: 'ref', of: 'Position', sql: 'position_id' },
    role: { type: 'enum', enum: 'ResponsibilityRole' },
    validFrom: { type: 'date' },
    validTo: { type: 'date', nullable: true },
  },
  orders: { VALID_FROM: { type: 'date', sql: 'valid_from' } },
  root: { one: 'appointment', many: 'appointments', oneDescription: 'One appointment（任职）.', manyDescription: 'Appointments in the units that the viewer may see（任职）.' },
})

export const personEdges: readonly NounEdge[] = [
  { on: 'Unit', field: 'persons', edge: { to: 'Person', card: 'connection', by: 'unit_id', description: 'Persons whose record it keeps（人员）.', sameScope: 'The scope of a person is that of the unit.' } },
  { on: 'Unit', field: 'appointments', edge: { to: 'Appointment', card: 'connection', by: 'unit_id', description: 'Who holds its posts, past holders too（任职）.', sameScope: 'The scope of an appointment is that of its unit.' } },
  { on: 'Position', field: 'appointments', edge: { to: 'Appointment', card: 'connection', by: 'position_id', description: 'Who holds or held the post（任职）.', sameScope: 'An appointment and its post belong to the same unit, by a foreign key.' } },
]
