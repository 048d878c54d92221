import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { LocalDate } from '../scalars'
import { rectificationExtensionMachine, rectificationTaskMachine, type RectificationExtensionState, type RectificationTaskState } from './rectification-task.states'

export const RectificationSource = labelledEnum('RectificationSource', 'What a rectification task comes from, as far as its unit is told（整改来源）.', {
  FINDING: { zh: '监督发现问题', en: 'Finding of a supervision activity' },
  CONTROL_TEST: { zh: '防控措施测试', en: 'Failing control test' },
  RECOMMENDATION: { zh: '纪检监察建议', en: 'Adopted recommendation' },
  PLEDGE: { zh: '军令状', en: 'Pledge in a hearing' },
  CAMPAIGN: { zh: '专项整治', en: 'Special rectification' },
  OTHER: { zh: '其他', en: 'Other', description: 'Anything else: in words, or something that its unit is not told of' },
})
export type RectificationSource = keyof typeof RectificationSource

export const RectificationTaskStateEnum = stateEnum('RectificationTaskState', 'Where a rectification task stands（整改任务状态）.', rectificationTaskMachine)
export const RectificationExtensionStateEnum = stateEnum('RectificationExtensionState', 'Where a request for more time stands（延期申请状态）.', rectificationExtensionMachine)

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A problem that a unit has to mend by a date, with who answers for it（整改任务）.' })
export class RectificationTask {
  @Field(() => String, { description: 'What is wrong（问题）.' })
  problem: string

  @Field(() => String, { nullable: true, description: 'What is done against it; null until planned（整改措施）.' })
  measures: string | null

  @Field(() => LocalDate, { description: 'By when, extensions included（整改期限）.' })
  dueOn: string

  @Field(() => RectificationTaskStateEnum, { description: 'Where it stands（状态）.' })
  state: RectificationTaskState

  @Field(() => RectificationSource, { description: 'What it comes from; what stands in a closed realm is told as OTHER（来源类型）.' })
  sourceKind: RectificationSource

  @Field(() => String, { nullable: true, description: 'What it comes from in words, where it names no object（来源说明）.' })
  sourceNote: string | null

  @Field(() => Int, { description: 'How often it was given back（退回次数）.' })
  returns: number

  @Field(() => Int, { description: 'How often its date was moved（延期次数）.' })
  extensions: number

  @Field(() => LocalDate, { nullable: true, description: 'Day on which it was last declared mended（最近提交日期）.' })
  submittedOn: string | null

  @Field(() => String, { nullable: true, description: 'Who found it mended（核实人）.' })
  verifiedBy: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day on which it was closed（销号日期）.' })
  closedOn: string | null

  @Field(() => Boolean, { description: 'The text was invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A request for a later date of a rectification task（整改延期申请）.' })
export class RectificationExtension {
  @Field(() => LocalDate, { description: 'The date when it was asked for（原期限）.' })
  dueBefore: string

  @Field(() => LocalDate, { description: 'The date that is asked for（申请延至）.' })
  dueOn: string

  @Field(() => String, { description: 'Why（理由）.' })
  reason: string

  @Field(() => RectificationExtensionStateEnum, { description: 'Where it stands（状态）.' })
  state: RectificationExtensionState

  @Field(() => String, { nullable: true, description: 'Who decided on it（审批人）.' })
  decidedBy: string | null

  @Field(() => String, { nullable: true, description: 'The opinion given with the decision（审批意见）.' })
  opinion: string | null
}
