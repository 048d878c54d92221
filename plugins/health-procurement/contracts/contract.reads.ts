import { auditable, bool, date, decimal, enumeration, int, noun, REGISTER_READERS, tableOf, text, type NounEdge } from 'plumbline/sdk/data'

export const contractReads = noun({
  type: 'HealthProcurementContract', prefix: 'hp_contract', table: tableOf('health-procurement', 'contract'), scope: { by: 'unit', column: 'unit_id' }, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, contractNo: text(), titleZh: text(), category: enumeration('HealthProcurementCategory'), regime: enumeration('HealthProcurementRegime'),
    method: enumeration('HealthProcurementMethod'), aboveTenderThreshold: bool({ nullable: true }), methodApprovalNo: text({ nullable: true }),
    announcedOn: date({ nullable: true }), bidDeadline: date({ nullable: true }), biddersCount: int({ nullable: true }), qualifiedBrands: int({ nullable: true }),
    awardNoticeOn: date({ nullable: true }), signedOn: date(), filedOn: date({ nullable: true }), publishedOn: date({ nullable: true }),
    amount: decimal(), currency: text(), supplementAmount: decimal(), bondAmount: decimal(), supplierName: text(), supplierUscc: text({ nullable: true }),
    acceptedOn: date({ nullable: true }), acceptanceSigned: bool({ nullable: true }), isLargeOrComplex: bool(), qualityInstitute: bool({ nullable: true }),
    completedOn: date({ nullable: true }), archivedUntil: date({ nullable: true }), note: text({ nullable: true }), isSynthetic: bool(),
    flaggedChecks: { kind: 'textArray' }, flagCount: int(), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The buyer（采购单位）.', sameScope: 'the unit decides the scope of its own contract' },
  },
  filters: {
    contractNo: { type: 'text' }, titleZh: { type: 'text' }, category: { type: 'enum', enum: 'HealthProcurementCategory' }, regime: { type: 'enum', enum: 'HealthProcurementRegime' },
    method: { type: 'enum', enum: 'HealthProcurementMethod' }, signedOn: { type: 'date' }, amount: { type: 'decimal' }, supplierName: { type: 'text' },
    supplierUscc: { type: 'text', nullable: true }, flagCount: { type: 'int' }, flaggedChecks: { type: 'text', array: true },
    unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
  },
  orders: { contractNo: { type: 'text' }, signedOn: { type: 'date' }, amount: { type: 'decimal' }, flagCount: { type: 'int' } },
  root: {
    namespace: 'healthProcurement', one: 'contract', many: 'contracts',
    oneDescription: 'One procurement contract（采购合同）.', manyDescription: 'Procurement contracts; filter by flagCount greater than 0 for those with a flag（采购合同列表）.',
  },
})

export const contractEdges: NounEdge[] = [
  { on: 'Unit', field: 'healthProcurementContracts', edge: { card: 'connection', to: 'HealthProcurementContract', by: 'unit_id', description: 'Its procurement contracts（药械采购合同）.', sameScope: 'a contract is in the scope of its unit' } },
]
