import { REGISTER_READERS } from '../../auth/roles'
import { auditable, date, enumeration, instant, int, noun, text } from '../../core/reads'

export const evidenceReads = noun({
  type: 'Evidence', prefix: 'ev', table: 'evidence', scope: { by: 'unit', column: 'unit_id' }, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, title: text(), version: int(), subjectType: text(),
    fileName: text({ nullable: true }), mediaType: text({ nullable: true }), sizeBytes: int({ nullable: true }), sha256: text({ nullable: true }), url: text({ nullable: true }),
    sensitivity: enumeration('Sensitivity'), collectedAt: instant(), expiresOn: date({ nullable: true }), withdrawnReason: text({ nullable: true }), contentPurgedAt: instant({ nullable: true }), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit of its subject（所属单位）.', sameScope: 'the unit decides the scope of its own evidence' },
  },
  filters: {
    title: { type: 'text' }, subjectType: { type: 'text' }, mediaType: { type: 'text', nullable: true }, sha256: { type: 'text', nullable: true },
    sensitivity: { type: 'enum', enum: 'Sensitivity' }, collectedAt: { type: 'instant' }, expiresOn: { type: 'date', nullable: true },
    withdrawnReason: { type: 'text', nullable: true }, createdAt: { type: 'instant' }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
  },
  orders: { COLLECTED_AT: { type: 'instant' }, CREATED_AT: { type: 'instant' } },
  root: { one: 'evidence', many: 'evidenceItems', oneDescription: 'One piece of evidence by id（佐证材料）.', manyDescription: 'Evidence（佐证材料列表）.' },
})
