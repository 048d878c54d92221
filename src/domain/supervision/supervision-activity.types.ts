import { Field, ID, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { SupervisionModeCode, SupervisionRuleKind, SupervisionType } from '../rule'
import { DateTime, LocalDate } from '../scalars'
import { Unit, UnitKind } from '../unit'
import { supervisionActivityMachine, type SupervisionActivityState } from './supervision-activity.states'

export const SupervisionActivityStateEnum = stateEnum('SupervisionActivityState', 'Where a supervision activity stands（监督检查活动状态）.', supervisionActivityMachine)

export const OverlapAnswer = labelledEnum('OverlapAnswer', 'How a body answers that another one is about to look at the same unit and matter（重复监督处理方式）.', {
  JOINT_ACTION: { zh: '联合行动', en: 'Joint action', description: 'One of the two goes into the other' },
  RESULT_REUSE: { zh: '成果互用', en: 'Use of the other result', description: 'What the other finds is used instead of looking again' },
  OWN_VISIT: { zh: '单独开展', en: 'Visit of its own', description: 'Both take place, for a written reason' },
})
export type OverlapAnswer = keyof typeof OverlapAnswer

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A supervision activity: who looks at which units, at what, when and how. Seen by those who supervise, at the leading body and at its partners, and above them; not by the units that are visited（监督检查活动）.' })
export class SupervisionActivity {
  @Field(() => String, { description: 'Title（名称）.' })
  title: string

  @Field(() => String, { nullable: true, description: 'What it is for（目的）.' })
  purpose: string | null

  @Field(() => String, { description: 'Name of the leading body when it was planned; told also to those who do not see the body itself（牵头单位名称）.' })
  leadNameZh: string

  @Field(() => SupervisionRuleKind, { nullable: true, description: 'Kind of the work rule that binds the leading body; null for patrol inspection and bodies from outside, which have none of the four（适用规则种类）.' })
  ruleKind: SupervisionRuleKind | null

  @Field(() => SupervisionModeCode, { nullable: true, description: 'The pairing of bodies in which it is carried out（监督模式）.' })
  mode: SupervisionModeCode | null

  @Field(() => [SupervisionType], { description: 'The types of supervision that it is（监督类型）.' })
  types: SupervisionType[]

  @Field(() => [String], { description: 'What it looks at: codes of the list SUPERVISION_MATTER（监督事项）.' })
  matterCodes: string[]

  @Field(() => [String], { description: 'In which forms: codes of items of the work rule（监督方式）.' })
  wayCodes: string[]

  @Field(() => [String], { description: 'By which measures: codes of items of the work rule（监督手段）.' })
  meansCodes: string[]

  @Field(() => LocalDate, { description: 'First planned day（计划开始日期）.' })
  plannedFrom: string

  @Field(() => LocalDate, { description: 'Last planned day（计划结束日期）.' })
  plannedTo: string

  @Field(() => LocalDate, { nullable: true, description: 'Day on which it began（实际开始日期）.' })
  startedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day on which the work on the spot ended（实际结束日期）.' })
  concludedOn: string | null

  @Field(() => String, { nullable: true, description: 'What came out of it（结论）.' })
  conclusion: string | null

  @Field(() => SupervisionActivityStateEnum, { description: 'Where it stands（状态）.' })
  state: SupervisionActivityState

  @Field(() => Boolean, { description: 'Invented for demonstration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A body that takes part in an activity led by another one（配合单位）.' })
export class SupervisionActivityPartner {
  @Field(() => String, { description: 'Name of the body when it was named; told also to those who do not see the body itself（单位名称）.' })
  nameZh: string

  @Field(() => DateTime, { nullable: true, description: 'When it agreed to the plan; a change of the plan voids it（确认计划时间）.' })
  planConfirmedAt: string | null

  @Field(() => String, { nullable: true, description: 'Who agreed to the plan（确认计划人）.' })
  planConfirmedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it agreed to the conclusion（确认结论时间）.' })
  conclusionConfirmedAt: string | null

  @Field(() => String, { nullable: true, description: 'Who agreed to the conclusion（确认结论人）.' })
  conclusionConfirmedBy: string | null
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'What the leading body of an activity answered to an overlap with another one（重复监督处理记录）.' })
export class SupervisionOverlapAnswer {
  @Field(() => OverlapAnswer, { description: 'The answer（处理方式）.' })
  answer: OverlapAnswer

  @Field(() => String, { nullable: true, description: 'Why; a visit of its own must say（理由）.' })
  reason: string | null

  @Field(() => DateTime, { nullable: true, description: 'When the other body agreed to the joint action（对方同意时间）.' })
  agreedAt: string | null
}

@ObjectType({ simpleResolvers: true, description: 'Another body’s activity that looks at the same unit and matter. As much of it is told as coordination needs, though the activity itself may be out of the viewer\'s sight: who, where, about what and when; nothing of what it is for or of what it finds（重复监督提示）.' })
export class SupervisionOverlap {
  @Field(() => ID, { description: 'The other activity, to be named in the answer（对方活动标识）.' })
  otherActivityId: string

  @Field(() => ID, { description: 'Its leading body, to which a joint action can be proposed（对方牵头单位标识）.' })
  leadUnitId: string

  @Field(() => String, { description: 'Name of that body（对方牵头单位）.' })
  leadNameZh: string

  @Field(() => UnitKind, { description: 'Kind of that body（对方单位类型）.' })
  leadKind: UnitKind

  @Field(() => [Unit], { description: 'The units that both look at, as far as the viewer sees them（重复对象）.' })
  objectUnits: Unit[]

  @Field(() => [String], { description: 'The matters that both look at（重复事项）.' })
  matterCodes: string[]

  @Field(() => LocalDate, { description: 'First planned day of the other one（对方计划开始日期）.' })
  plannedFrom: string

  @Field(() => LocalDate, { description: 'Last planned day of the other one（对方计划结束日期）.' })
  plannedTo: string

  @Field(() => SupervisionActivityStateEnum, { description: 'Where the other one stands（对方活动状态）.' })
  state: SupervisionActivityState

  @Field(() => Boolean, { description: 'Their days overlap: INV-04 asks for an answer. Else it is near in time, and its result may save the visit（是否须作出处理）.' })
  needsAnswer: boolean

  @Field(() => [OverlapAnswer], { description: 'What the product proposes, best first（建议处理方式）.' })
  proposals: OverlapAnswer[]

  @Field(() => OverlapAnswer, { nullable: true, description: 'What was answered; null while nothing was（已作处理）.' })
  answer: OverlapAnswer | null
}
