import { REGISTER_READERS } from '../../auth/roles'
import { enumeration, instant, int, noun, text, type Edge } from '../../core/reads'

export const approvalReads = noun({
  type: 'ApprovalRecord', prefix: 'appr', table: 'approval_record',
  scope: { by: 'unit', column: 'unit_id' },
  permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, seq: int(), step: text(), decision: enumeration('ApprovalDecision'), contentHash: text(), hashAlgorithm: text(),
    at: instant(), actor: text(), opinion: text({ nullable: true }),
  },
  edges: {},
  filters: { step: { type: 'text' }, decision: { type: 'enum', enum: 'ApprovalDecision' }, at: { type: 'instant' } },
  orders: { SEQ: { type: 'int' }, AT: { type: 'instant', sql: 'at' } },
  defaultOrder: [{ field: 'SEQ', direction: 'ASC' }],
})

/** The `approvals` edge of everything that somebody approves. */
export const approvals: Edge = {
  card: 'connection', to: 'ApprovalRecord', by: 'subject_id', description: 'Decisions on it, oldest first（审批记录）.',
  sameScope: 'an approval carries the unit of its object',
}
