import { Field, ObjectType } from 'type-graphql'
import { NodeInterface } from '../interfaces'
import { codeList, labelledEnum } from '../labels'
import { DateTime } from '../scalars'

export const ApprovalDecision = labelledEnum('ApprovalDecision', 'What was decided（审批决定）.', {
  APPROVED: { zh: '同意', en: 'Approved' },
  RETURNED: { zh: '退回', en: 'Returned' },
  REJECTED: { zh: '否决', en: 'Rejected' },
  VOIDED: { zh: '失效', en: 'Voided', description: 'An earlier approval that no longer counts, because what it approved was changed' },
})
export type ApprovalDecision = keyof typeof ApprovalDecision

/** The steps of the core's own chains; modules that bring further chains declare lists of their own. */
export const APPROVAL_STEPS = codeList('ApprovalStep', 'Step of a chain of approval（审批环节）.', {
  LIST_APPROVAL: { zh: '清单审批', en: 'Approval of a responsibility list' },
  UNIT_CONFIRMATION: { zh: '单位确认同亮', en: 'The unit confirms the joint publication' },
  COMMISSION_CONFIRMATION: { zh: '纪委（组）确认同亮', en: 'The commission or group confirms the joint publication' },
})

@ObjectType({ implements: [NodeInterface], description: 'One decision on one content: who decided what, bound to a hash of what was decided on（审批记录）.' })
export class ApprovalRecord extends NodeInterface {
  @Field(() => String, { description: 'Step of the chain; its labels stand in `vocabulary`, list `ApprovalStep`（环节）.' })
  step: string

  @Field(() => ApprovalDecision, { description: 'What was decided（决定）.' })
  decision: ApprovalDecision

  @Field(() => String, { description: 'Hash of the content that the decision is about; any later edit voids an approval（内容哈希）.' })
  contentHash: string

  @Field(() => String, { description: 'How the hash was made（哈希算法）.' })
  hashAlgorithm: string

  @Field(() => DateTime, { description: 'When（时间）.' })
  at: string

  @Field(() => String, { description: 'Who: `person:<id>`, `service:<id>` or `system:<what>`（审批人）.' })
  actor: string

  @Field(() => String, { nullable: true, description: 'The written opinion; always there when something was returned（意见）.' })
  opinion: string | null
}
