import type { DomainModule } from '../module'
import { ApprovalChainStepResolver } from './approval-chain.resolver'
import { ApprovalRecordEntity } from './approval.entity'
import { approvalReads } from './approval.reads'
import { ApprovalChain, ApprovalChainStep, ApprovalRecord } from './approval.types'
import './approval.constraints'

export { ApprovalRecordEntity } from './approval.entity'
export { ApprovalChains, type Submission, type Submissions } from './approval-chain.resolver'
export { approvals } from './approval.reads'
export type { Rows } from './approval.repository'
export { contentHash, decide, requireSeen, requireStepRole, voidApprovals, type ApprovalSubject } from './approval.service'
export { APPROVAL_CHAIN, Approvable, ApprovalChain, ApprovalDecision, ApprovalRecord } from './approval.types'
export { declaredChains, defineChain, isComplete, type Chain, type ChainStep, type ChainSubject, type Standing } from './chain'

export const approvalModule: DomainModule = {
  name: 'approval',
  entities: [ApprovalRecordEntity],
  types: [ApprovalRecord, ApprovalChain, ApprovalChainStep],
  resolvers: [ApprovalChainStepResolver],
  create: () => [new ApprovalChainStepResolver()],
  reads: [approvalReads],
  edges: [],
  permissions: {},
}
