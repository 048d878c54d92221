import { REGISTER_READERS } from '../../auth/roles'
import { auditable, bool, enumeration, instant, int, noun, text, type NounEdge } from '../../core/reads'

export const dutyReportReads = noun({
  type: 'DutyReport', prefix: 'dr', table: 'duty_report', scope: { by: 'unit', column: 'unit_id' }, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, year: int(), responsibility: enumeration('Responsibility'), version: int(), text: text(), fixedAt: instant({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit whose year it is about（对象单位）.', sameScope: 'the unit decides the scope of its own report' },
    ownerUnit: { card: 'one', to: 'Unit', key: 'owner_unit_id', nullable: true, description: 'Whose duty is reported; null when that is out of the viewer\'s sight（责任主体）.' },
    appointment: { card: 'one', to: 'Appointment', key: 'appointment_id', nullable: true, description: 'The post that reports; null when that is out of the viewer\'s sight（述责任职）.' },
    accountabilityCycle: { card: 'one', to: 'AccountabilityCycle', key: 'cycle_id', nullable: true, description: 'The unit-year, where there is one（四责协同年度）.', sameScope: 'a report is of the unit of its year' },
  },
  filters: {
    year: { type: 'int' }, responsibility: { type: 'enum', enum: 'Responsibility' }, version: { type: 'int' }, fixedAt: { type: 'instant', nullable: true },
    appointment: { type: 'ref', of: 'Appointment', sql: 'appointment_id' }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
  },
  orders: { YEAR: { type: 'int' }, CREATED_AT: { type: 'instant' } },
  root: { one: 'dutyReport', many: 'dutyReports', oneDescription: 'One duty report by id（述责述廉报告）.', manyDescription: 'Duty reports（述责述廉报告列表）.' },
})

export const dutyReportEdges: NounEdge[] = [
  { on: 'Unit', field: 'dutyReports', edge: { card: 'connection', to: 'DutyReport', by: 'unit_id', description: 'Reports on its years, of all four responsibilities（述责述廉报告）.', sameScope: 'a report is in the scope of the unit that it is about' } },
  { on: 'AccountabilityCycle', field: 'dutyReports', edge: { card: 'connection', to: 'DutyReport', by: 'cycle_id', description: 'Reports of the four for this year（述责述廉报告）.', sameScope: 'a report is of the unit of its year' } },
]
