import { Extensions, Field, Int, InterfaceType, ObjectType } from 'type-graphql'
import { NodeInterface, typeOf } from '../interfaces'
import { labelledEnum } from '../labels'
import { Role } from '../roles'
import { DateTime } from '../scalars'

export const ApprovalDecision = labelledEnum('ApprovalDecision', 'What was decided（审批决定）.', {
  APPROVED: { zh: '同意', en: 'Approved' },
  RETURNED: { zh: '退回', en: 'Returned' },
  REJECTED: { zh: '否决', en: 'Rejected' },
  VOIDED: { zh: '失效', en: 'Voided', description: 'An earlier approval that no longer counts, because what it approved was changed' },
})
export type ApprovalDecision = keyof typeof ApprovalDecision

export const ApprovalStepState = labelledEnum('ApprovalStepState', 'Where a step of a chain of approval stands（审批环节状态）.', {
  NOT_YET: { zh: '未到', en: 'Not yet', description: 'Nothing to decide: not submitted, or an earlier step comes first' },
  PENDING: { zh: '待审批', en: 'Pending', description: 'Waits for its decision' },
  APPROVED: { zh: '同意', en: 'Approved', description: 'Approved; whether still for the content as it stands, `contentChanged` tells' },
  RETURNED: { zh: '退回', en: 'Returned', description: 'Given back with an opinion, and not submitted again' },
  REJECTED: { zh: '否决', en: 'Rejected', description: 'Rejected with an opinion' },
  VOIDED: { zh: '失效', en: 'Voided', description: 'Its approval was voided by a later edit or by another step, and nothing was submitted since' },
})
export type ApprovalStepState = keyof typeof ApprovalStepState

export const ApprovalPlace = labelledEnum('ApprovalPlace', 'On which unit a step asks for its roles（审批单位）.', {
  SUBJECT_UNIT: { zh: '对象单位', en: 'The unit that it is about' },
  OWNER_UNIT: { zh: '责任主体', en: 'The body whose duty it is', description: 'The unit itself, or the commission or group that supervises it' },
})
export type ApprovalPlace = keyof typeof ApprovalPlace

export const ApprovalHindrance = labelledEnum('ApprovalHindrance', 'Why the viewer may not decide a step now（不能审批的原因）.', {
  ROLE: { zh: '缺少角色', en: 'Role missing', description: 'The viewer holds none of its roles there' },
  ALREADY_APPROVED: { zh: '已审批', en: 'Already approved', description: 'It is approved for the content as it stands' },
  NOT_OPEN: { zh: '未提交', en: 'Not open', description: 'Nothing was submitted for a decision' },
  EARLIER_STEP: { zh: '前一环节未完成', en: 'Earlier step', description: 'An earlier step has not approved this content' },
  FOUR_EYES: { zh: '须由他人审批', en: 'Four eyes', description: 'The viewer made the content, or decided another step of it (INV-24)' },
})
export type ApprovalHindrance = keyof typeof ApprovalHindrance

@ObjectType({ implements: [NodeInterface], description: 'One decision on one content: who decided what, bound to a hash of what was decided on（审批记录）.' })
export class ApprovalRecord extends NodeInterface {
  @Field(() => Int, { description: 'Which decision on its object it is, counted from 1（序号）.' })
  seq: number

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

@ObjectType({ description: 'One step of a chain of approval, as it stands for the content of now（审批环节）.' })
export class ApprovalChainStep {
  @Field(() => String, { description: 'Code of the step; also in `vocabulary`, list `ApprovalStep`（环节）.' })
  step: string

  @Field(() => String, { description: 'Its Chinese name（中文名称）.' })
  labelZh: string

  @Field(() => String, { description: 'Its English name（英文名称）.' })
  labelEn: string

  @Field(() => [Role], { description: 'One of these roles decides it（审批角色）.' })
  roles: readonly Role[]

  @Field(() => [ApprovalPlace], { description: 'On which unit the role is asked; on each of them where there are several（审批单位）.' })
  at: readonly ApprovalPlace[]

  @Field(() => [String], { description: 'Four eyes: it is not decided by whoever made the content (`AUTHORS`) or whoever approved it at these other steps（回避）.' })
  apartFrom: readonly string[]

  @Field(() => ApprovalStepState, { description: 'Where it stands（状态）.' })
  state: ApprovalStepState

  @Field(() => ApprovalRecord, { nullable: true, description: 'The last decision at this step, of this or an earlier round: who, when, opinion and hash（最近一次审批）.' })
  decision?: object | null

  /** Row id of the decision. */
  decisionId: string | null

  @Field(() => Boolean, { description: 'The content is not what that decision was made on; false without a decision（内容是否已变）.' })
  contentChanged: boolean

  @Field(() => [String], { description: 'The mutations that decide it: approving first, then returning or rejecting where the step knows that（审批操作）.' })
  commands: readonly string[]

  @Field(() => Boolean, { description: 'Whether the viewer may decide it now（当前用户可否审批）.' })
  viewerMayDecide: boolean

  @Field(() => ApprovalHindrance, { nullable: true, description: 'Why not; null when the viewer may（不可审批的原因）.' })
  viewerHindrance: ApprovalHindrance | null
}

@ObjectType({ description: 'Who must approve a thing and how far that is: the steps in their order. All approvals bind one content, by its hash（审批链）.' })
export class ApprovalChain {
  @Field(() => String, { description: 'Name of the chain（名称）.' })
  name: string

  @Field(() => Boolean, { description: 'Steps are decided one after the other; otherwise in any order（是否依次审批）.' })
  inOrder: boolean

  @Field(() => Boolean, { description: 'Every step is approved for the content as it stands（是否全部通过）.' })
  isComplete: boolean

  @Field(() => String, { nullable: true, description: 'Hash of the content as it stands; send it back with the command that decides, so that you approve what you saw. Null while there is no whole content（当前内容哈希）.' })
  contentHash: string | null

  @Field(() => String, { description: 'How the hash is made（哈希算法）.' })
  hashAlgorithm: string

  @Extensions({ max: 10 })
  @Field(() => [ApprovalChainStep], { description: 'The steps, in order（审批环节）.' })
  steps: readonly ApprovalChainStep[]
}

export const APPROVAL_CHAIN = 'Who must approve it, in order, and how far that is（审批链）.'

/** The field `approvals` is added when the schema is put together, from the edge of that name. */
@InterfaceType({ description: 'Something official: it goes through a chain of approval（须经审批的对象）.', resolveType: typeOf, autoRegisterImplementations: false })
export abstract class Approvable {
  @Field(() => ApprovalChain, { description: APPROVAL_CHAIN })
  approvalChain?: ApprovalChain
}
