import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { DateTime, LocalDate } from '../scalars'
import { supervisionFindingMachine, type SupervisionFindingState } from './supervision-finding.states'

export const SupervisionFindingStateEnum = stateEnum('SupervisionFindingState', 'Where a finding stands（问题状态）.', supervisionFindingMachine)

export const FindingSeverity = labelledEnum('FindingSeverity', 'How grave a finding is（问题严重程度）.', {
  MINOR: { zh: '轻微', en: 'Minor' },
  GENERAL: { zh: '一般', en: 'General' },
  SERIOUS: { zh: '严重', en: 'Serious' },
})
export type FindingSeverity = keyof typeof FindingSeverity

export const FindingSource = labelledEnum('FindingSource', 'Where a finding comes from（问题来源）.', {
  ACTIVITY: { zh: '监督检查', en: 'Activity', description: 'A supervision activity under way' },
  CONTROL_TEST: { zh: '防控措施测试', en: 'Control test', description: 'A test of a control' },
  PLUGIN_RECORD: { zh: '行业数据', en: 'Sector record', description: 'A record of a sector plugin, looked at by a person' },
  INDICATOR: { zh: '指标异常', en: 'Indicator', description: 'An indicator that stands out, looked at by a person' },
  PATROL_FEEDBACK: { zh: '巡视巡察反馈', en: 'Patrol feedback', description: 'Feedback of a patrol inspection of whatever level' },
  AUDIT: { zh: '审计', en: 'Audit', description: 'An audit report' },
  EXTERNAL_BODY: { zh: '其他监督移交', en: 'External body', description: 'Another supervising body passed it on' },
  OTHER: { zh: '其他', en: 'Other', description: 'Anything else; the description says what' },
})
export type FindingSource = keyof typeof FindingSource

export const FindingOutcomeKind = labelledEnum('FindingOutcomeKind', 'What follows from a finding（问题处理方式）.', {
  RECTIFICATION: { zh: '整改', en: 'Rectification', description: 'A rectification task of the unit' },
  CLUE: { zh: '问题线索', en: 'Clue', description: 'A clue; told only to those who may see it' },
  RECOMMENDATION: { zh: '建议', en: 'Recommendation', description: 'A recommendation letter' },
})
export type FindingOutcomeKind = keyof typeof FindingOutcomeKind

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'Something that supervision found at a unit. Seen by those who supervise the unit and at the body that found it; the unit learns of it by what follows（监督检查发现的问题）.' })
export class SupervisionFinding {
  @Field(() => String, { description: 'Name of the body that found it, as it was then（发现单位名称）.' })
  foundByNameZh: string

  @Field(() => FindingSource, { description: 'Where it comes from（来源）.' })
  sourceKind: FindingSource

  @Field(() => String, { nullable: true, description: 'How a person looked at what a record or an indicator pointed out, and with what result: INV-42（人工核实情况）.' })
  verification: string | null

  @Field(() => String, { description: 'What it is about: a code of the list FINDING_CATEGORY（类别编码）.' })
  category: string

  @Field(() => String, { nullable: true, description: 'Which discipline or law was violated: a code of the list VIOLATION_TYPE（违规类型编码）.' })
  violationType: string | null

  @Field(() => FindingSeverity, { description: 'How grave it is（严重程度）.' })
  severity: FindingSeverity

  @Field(() => String, { description: 'What was found（问题描述）.' })
  description: string

  @Field(() => LocalDate, { description: 'When it was found（发现日期）.' })
  foundOn: string

  @Field(() => SupervisionFindingStateEnum, { description: 'Where it stands（状态）.' })
  state: SupervisionFindingState

  @Field(() => Boolean, { description: 'Invented for demonstration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ simpleResolvers: true, description: 'What follows from a finding（问题处理结果）.' })
export class SupervisionFindingOutcome {
  @Field(() => FindingOutcomeKind, { description: 'What kind of thing follows（处理方式）.' })
  kind: FindingOutcomeKind

  @Field(() => NodeInterface, { nullable: true, description: 'What follows, as far as the viewer may see it（处理结果）.' })
  target: object | null

  @Field(() => DateTime, { description: 'When it was linked（关联时间）.' })
  linkedAt: string

  @Field(() => DateTime, { nullable: true, description: 'When what follows was settled（办结时间）.' })
  settledAt: string | null
}
