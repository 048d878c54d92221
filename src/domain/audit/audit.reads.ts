import type { Role } from '../../core/actor'
import { instant, int, noun, text } from '../../core/reads'

/** Who reads the log. Nobody else does, whatever else was granted. */
export const AUDIT_READERS: readonly Role[] = ['AUDITOR']

export const auditRecordReads = noun({
  type: 'AuditRecord', prefix: 'aud', table: 'audit_record',
  // By the auditor's own grants: another role of the same person over another county opens none of its records.
  scope: { by: 'unit', column: 'unit_id', roles: AUDIT_READERS, orWhole: true },
  permission: AUDIT_READERS,
  logged: { as: 'readAuditLog' },
  columns: {
    id: { kind: 'id' }, at: instant(), actor: text(), requestId: text(), address: text({ nullable: true }), command: text(), subjectType: text(),
    subjectId: { kind: 'plain', type: 'uuid', nullable: true }, before: { kind: 'json', nullable: true }, after: { kind: 'json', nullable: true },
  },
  edges: {
    unit: { to: 'Unit', card: 'one', key: 'unit_id', nullable: true, description: 'The unit that it is about; null for what concerns the whole territory, and where the unit is out of the viewer’s sight（所涉单位）.' },
  },
  filters: {
    actor: { type: 'text' }, command: { type: 'text' }, subjectType: { type: 'text' }, requestId: { type: 'text' }, at: { type: 'instant' },
    subject: { type: 'ref', of: 'Node', sql: 'subject_id', nullable: true },
    unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true, nullable: true },
  },
  orders: { RECORDED: { type: 'id', sql: 'id' } },
  defaultOrder: [{ field: 'RECORDED', direction: 'DESC' }],
  root: { one: 'auditRecord', many: 'auditRecords', oneDescription: 'One record of the audit log; reading it is logged（审计记录）.', manyDescription: 'The audit log, newest first, for auditors of the units that the records are about; reading it is logged（审计日志）.' },
})

export const auditSealReads = noun({
  type: 'AuditSeal', prefix: 'seal', table: 'audit_seal',
  // They say how much the whole territory writes, and when.
  scope: { by: 'whole', roles: AUDIT_READERS },
  permission: AUDIT_READERS,
  columns: {
    id: { kind: 'id' }, sequence: int(), at: instant(), recordCount: int(), algorithm: text(), recordForm: text(), root: text(), previousHash: text({ nullable: true }), hash: text(),
  },
  edges: {},
  filters: { sequence: { type: 'int' }, at: { type: 'instant' } },
  orders: { SEQUENCE: { type: 'int' } },
  defaultOrder: [{ field: 'SEQUENCE', direction: 'DESC' }],
  root: { many: 'auditSeals', manyDescription: 'The seals over the audit log, newest first, for auditors of the whole territory（审计日志封存）.' },
})
