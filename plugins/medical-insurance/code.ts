import { definePluginCode, REGISTER_READERS } from 'plumbline/sdk/data'
import { violationRecordMigration } from './migrations/20261122000001-violation-record'
import { variables } from './variables'
import { ViolationRecordEntity } from './violations/violation.entity'
import { violationEvents } from './violations/violation.events'
import { violationEdges, violationReads } from './violations/violation.reads'
import { ViolationResolver } from './violations/violation.resolver'
import { VIOLATION_ROLES, ViolationService } from './violations/violation.service'
import { violationSheet } from './violations/violation.sheet'
import { MedicalInsuranceImportPayload, MedicalInsuranceViolationRecord, MedicalInsuranceViolationType } from './violations/violation.types'

/** An empty file with the headers; the byte order mark lets spreadsheet programs read it as UTF-8. */
const template = (): Buffer => Buffer.from('\ufeff' + Object.values(violationSheet).map(c => (c.required ? `${c.headers[0]}*` : c.headers[0])).join(',') + '\r\n')

export const code = definePluginCode({
  entities: [ViolationRecordEntity],
  types: [MedicalInsuranceViolationRecord, MedicalInsuranceViolationType, MedicalInsuranceImportPayload],
  resolvers: [ViolationResolver],
  create: data => [new ViolationResolver(new ViolationService(data))],
  reads: [violationReads],
  edges: violationEdges,
  events: Object.values(violationEvents),
  permissions: { Mutation: { importMedicalInsuranceViolationRecords: VIOLATION_ROLES } },
  migrations: [violationRecordMigration],
  variables,
  imports: data => {
    const violations = new ViolationService(data)
    return [{ name: 'violation-records', title: { zh: '医保违规记录', en: 'Violation records' }, roles: VIOLATION_ROLES, run: (origin, input) => violations.import(origin, input) }]
  },
  routes: [{ path: 'violation-records-template.csv', permission: REGISTER_READERS, contentType: 'text/csv; charset=utf-8', content: async () => template() }],
})
