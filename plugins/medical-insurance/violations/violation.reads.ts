import { auditable, bool, date, decimal, enumeration, noun, REGISTER_READERS, tableOf, text, type NounEdge } from 'plumbline/sdk/data'

export const violationReads = noun({
  type: 'MedicalInsuranceViolationRecord', prefix: 'mi_violation', table: tableOf('medical-insurance', 'violation_record'), scope: { by: 'unit', column: 'unit_id' }, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, recordNo: text(), providerCode: text(), providerName: text(), typeCode: text({ nullable: true }),
    channel: enumeration('MedicalInsuranceDiscoveryChannel'), stage: enumeration('MedicalInsuranceHandlingStage'), outcome: enumeration('MedicalInsuranceHandlingOutcome'),
    inspectedOn: date({ nullable: true }), foundOn: date({ nullable: true }), foundAmount: decimal(), recoveredOn: date({ nullable: true }), recoveredAmount: decimal(),
    fineDecidedOn: date({ nullable: true }), fineImposed: decimal(), fineCollectedOn: date({ nullable: true }), fineCollected: decimal(),
    isRevoked: bool(), note: text({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The body that handles it（处理单位）.', sameScope: 'the unit decides the scope of its own record' },
    providerUnit: { card: 'one', to: 'Unit', key: 'provider_unit_id', nullable: true, description: 'The institution, where it is a unit here that the viewer may see（定点机构单位）.' },
  },
  filters: {
    recordNo: { type: 'text' }, providerCode: { type: 'text' }, providerName: { type: 'text' }, typeCode: { type: 'text', nullable: true },
    channel: { type: 'enum', enum: 'MedicalInsuranceDiscoveryChannel' }, stage: { type: 'enum', enum: 'MedicalInsuranceHandlingStage' },
    outcome: { type: 'enum', enum: 'MedicalInsuranceHandlingOutcome' }, foundOn: { type: 'date', nullable: true }, inspectedOn: { type: 'date', nullable: true },
    foundAmount: { type: 'decimal' }, fineImposed: { type: 'decimal' }, isRevoked: { type: 'boolean' },
    providerUnit: { type: 'ref', of: 'Unit', sql: 'provider_unit_id', nullable: true }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
  },
  orders: { recordNo: { type: 'text' }, foundAmount: { type: 'decimal' }, createdAt: { type: 'instant' } },
  root: {
    namespace: 'medicalInsurance', one: 'violationRecord', many: 'violationRecords',
    oneDescription: 'One violation record（违规记录）.', manyDescription: 'Violation records（违规记录列表）.',
  },
})

export const violationEdges: NounEdge[] = [
  { on: 'Unit', field: 'medicalInsuranceViolationRecords', edge: { card: 'connection', to: 'MedicalInsuranceViolationRecord', by: 'unit_id', description: 'The violation records that it handles（处理的医保违规记录）.', sameScope: 'a record is in the scope of the unit that handles it' } },
]
