import { Field, Int, ObjectType } from 'type-graphql'
import { Approvable } from '../approval'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { PowerCategory } from '../power'
import { DateTime, LocalDate } from '../scalars'
import { UnitKind, UnitRelationKind } from '../unit'
import { supervisionRuleMachine, type RuleState } from './supervision-rule.states'

export const SupervisionRuleKind = labelledEnum('SupervisionRuleKind', 'For which kind of supervising body a work rule is（工作规则种类）.', {
  CITY_COMMISSION_ORGAN: { zh: '市纪委监委机关', en: 'City commission organ', description: 'Commission organs with their supervision offices' },
  DISPATCHED_DEPARTMENT_GROUP: { zh: '派驻部门纪检监察组', en: 'Dispatched departmental group' },
  TOWNSHIP_AREA_OUTPOST_GROUP: { zh: '派出乡镇片区纪检监察组', en: 'Township-area outpost group' },
  TOWNSHIP_COMMISSION: { zh: '乡镇纪委（监察室）', en: 'Township commission', description: 'Township commission with its supervisory office' },
})
export type SupervisionRuleKind = keyof typeof SupervisionRuleKind

export const SupervisionRuleSection = labelledEnum('SupervisionRuleSection', 'One of the six things that a work rule fixes（规则章节）.', {
  OBJECTS: { zh: '监督对象', en: 'Objects', description: 'Whom the body supervises' },
  MATTERS: { zh: '监督事项', en: 'Matters', description: 'What it supervises' },
  WAYS: { zh: '监督方式', en: 'Ways', description: 'In which forms it supervises' },
  MEANS: { zh: '监督手段', en: 'Means', description: 'Which measures it may take' },
  USE_OF_RESULTS: { zh: '结果运用', en: 'Use of results', description: 'What follows from what it finds' },
  ACCOUNTABILITY_TRIGGERS: { zh: '追责情形', en: 'Accountability triggers', description: 'When the supervisor itself is held to account' },
})
export type SupervisionRuleSection = keyof typeof SupervisionRuleSection

export const FaultKind = labelledEnum('FaultKind', 'How a supervisor fails（监督失职情形）.', {
  ABDICATION: { zh: '弃权', en: 'Abdication', description: 'Gives up its power: does not supervise where it must' },
  DISORDER: { zh: '乱权', en: 'Disorder', description: 'Muddles its power: supervises against the order and beyond its objects and matters' },
  ABUSE: { zh: '滥权', en: 'Abuse', description: 'Abuses its power: uses it for other ends or beyond its means' },
})
export type FaultKind = keyof typeof FaultKind

export const SupervisionRuleState = stateEnum('SupervisionRuleState', 'Where a work rule stands（工作规则状态）.', supervisionRuleMachine)

@ObjectType({ implements: [NodeInterface, Auditable, Stateful, Approvable], description: 'One of the four work rules of supervision, in one version: it says whom and what a kind of supervising body supervises, in which ways and by which means, what follows, and when it answers itself. Published versions are seen by everybody below the body that issued them（监督检查工作规则）.' })
export class SupervisionRule {
  @Field(() => SupervisionRuleKind, { description: 'For which kind of body（种类）.' })
  kind: SupervisionRuleKind

  @Field(() => Int, { description: 'Version, counted from 1 within the issuing body and kind（版本）.' })
  version: number

  @Field(() => String, { description: 'Title（标题）.' })
  title: string

  @Field(() => String, { nullable: true, description: 'English title（英文标题）.' })
  titleEn: string | null

  @Field(() => String, { nullable: true, description: 'Document number（文号）.' })
  documentNo: string | null

  @Field(() => String, { description: 'Name of the issuing body as it was when the rule was drawn up; told also to those who do not see the body itself（印发机关）.' })
  issuerNameZh: string

  @Field(() => LocalDate, { description: 'First day on which it binds, once it is published（施行日期）.' })
  effectiveFrom: string

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer binds; null while no end is known（终止日期）.' })
  effectiveTo: string | null

  @Field(() => SupervisionRuleState, { description: 'Where it stands（状态）.' })
  state: RuleState

  @Field(() => String, { nullable: true, description: 'Who submitted it last（提交人）.' })
  submittedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was submitted last（提交时间）.' })
  submittedAt: string | null

  @Field(() => String, { nullable: true, description: 'Who approved it（审定人）.' })
  approvedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was approved（审定时间）.' })
  approvedAt: string | null

  @Field(() => String, { nullable: true, description: 'Hash of the content that was approved（内容哈希）.' })
  contentHash: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was published（发布时间）.' })
  publishedAt: string | null

  @Field(() => String, { nullable: true, description: 'Why it was repealed（废止原因）.' })
  repealedReason: string | null

  @Field(() => Boolean, { description: 'The text was invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@ObjectType({ implements: [NodeInterface], description: 'One coded item in a section of a work rule（规则条目）.' })
export class SupervisionRuleItem {
  @Field(() => SupervisionRuleSection, { description: 'The section that it stands in（章节）.' })
  section: SupervisionRuleSection

  @Field(() => Int, { description: 'Place within the section: 1, 2, 3 …（序号）.' })
  seq: number

  @Field(() => String, { description: 'Code, unique in the rule and the same in all its versions; activities name it（编号）.' })
  code: string

  @Field(() => String, { description: 'Its text（内容）.' })
  text: string

  @Field(() => String, { nullable: true, description: 'The same in English（英文内容）.' })
  textEn: string | null

  @Field(() => FaultKind, { nullable: true, description: 'Accountability triggers: which of the three faults（失职情形）.' })
  faultKind: FaultKind | null

  @Field(() => [UnitKind], { description: 'Objects: kinds of units that it covers（单位类型）.' })
  unitKinds: UnitKind[]

  @Field(() => [UnitRelationKind], { description: 'Objects: relations that make a unit its object（组织关系类型）.' })
  relationKinds: UnitRelationKind[]

  @Field(() => String, { nullable: true, description: 'Matters: code in the list SUPERVISION_MATTER, by which matters of different rules are compared（监督事项编码）.' })
  matterCode: string | null

  @Field(() => PowerCategory, { nullable: true, description: 'Matters: the category of powers that it is about（职权类别）.' })
  powerCategory: PowerCategory | null

  @Field(() => String, { nullable: true, description: 'Matters: the sector that it is about（领域）.' })
  sectorCode: string | null

  @Field(() => Boolean, { description: 'The text was invented for illustration（示例内容）.' })
  isSynthetic: boolean
}
