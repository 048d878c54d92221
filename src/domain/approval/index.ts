import type { DomainModule } from '../module'
import { ApprovalRecordEntity } from './approval.entity'
import { approvalReads } from './approval.reads'
import { ApprovalRecord } from './approval.types'

export { ApprovalRecordEntity } from './approval.entity'
export { approvals } from './approval.reads'
export { approves, contentHash, lastDecisions, recordDecision, voidApprovals, type ApprovalRow, type ApprovalSubject } from './approval.service'
export { ApprovalDecision, ApprovalRecord } from './approval.types'

export const approvalModule: DomainModule = {
  name: 'approval',
  entities: [ApprovalRecordEntity],
  types: [ApprovalRecord],
  resolvers: [],
  create: () => [],
  reads: [approvalReads],
  edges: [],
  permissions: {},
}
