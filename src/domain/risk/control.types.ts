import { Field, Int, ObjectType } from 'type-graphql'
import { CatalogOrigin } from '../catalog-origin'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { DateTime, LocalDate, Period } from '../scalars'
import { controlMachine, type ControlState } from './control.states'

export const ControlNature = labelledEnum('ControlNature', 'When a control acts（措施性质）.', {
  PREVENTIVE: { zh: '预防性', en: 'Preventive' },
  DETECTIVE: { zh: '发现性', en: 'Detective' },
  CORRECTIVE: { zh: '纠正性', en: 'Corrective' },
})
export type ControlNature = keyof typeof ControlNature

export const ControlMode = labelledEnum('ControlMode', 'Who carries a control out（措施方式）.', {
  MANUAL: { zh: '人工', en: 'Manual' },
  AUTOMATED: { zh: '系统自动', en: 'Automated' },
  HYBRID: { zh: '人机结合', en: 'Hybrid' },
})
export type ControlMode = keyof typeof ControlMode

export const ControlFrequency = labelledEnum('ControlFrequency', 'How often a control is carried out（执行频次）.', {
  PER_TRANSACTION: { zh: '逐笔', en: 'Per transaction' },
  DAILY: { zh: '每日', en: 'Daily' },
  WEEKLY: { zh: '每周', en: 'Weekly' },
  MONTHLY: { zh: '每月', en: 'Monthly' },
  QUARTERLY: { zh: '每季度', en: 'Quarterly' },
  HALF_YEARLY: { zh: '每半年', en: 'Half-yearly' },
  YEARLY: { zh: '每年', en: 'Yearly' },
  ON_CHANGE: { zh: '变更时', en: 'On change' },
})
export type ControlFrequency = keyof typeof ControlFrequency

export const TestResult = labelledEnum('TestResult', 'What a test of a control found（测试结果）.', {
  EFFECTIVE: { zh: '有效', en: 'Effective' },
  PARTIALLY_EFFECTIVE: { zh: '部分有效', en: 'Partially effective' },
  INEFFECTIVE: { zh: '无效', en: 'Ineffective' },
  NOT_TESTABLE: { zh: '无法测试', en: 'Not testable' },
})
export type TestResult = keyof typeof TestResult

export const TestKind = labelledEnum('TestKind', 'What a test of a control looks at（测试类型）.', {
  DESIGN: { zh: '设计有效性', en: 'Design' },
  OPERATING: { zh: '运行有效性', en: 'Operation' },
})
export type TestKind = keyof typeof TestKind

export const ControlStateEnum = stateEnum('ControlState', 'Where a control stands（防控措施状态）.', controlMachine)

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A measure against one or more risk points, with an owner（防控措施）.' })
export class Control extends CatalogOrigin {
  @Field(() => String, { description: 'Code, unique in its unit（编号）.' })
  code: string

  @Field(() => String, { description: 'What is done, in Chinese（措施内容）.' })
  description: string

  @Field(() => String, { nullable: true, description: 'What is done, in English（英文内容）.' })
  descriptionEn: string | null

  @Field(() => ControlNature, { description: 'When it acts（性质）.' })
  nature: ControlNature

  @Field(() => ControlMode, { description: 'Who carries it out（方式）.' })
  mode: ControlMode

  @Field(() => ControlFrequency, { description: 'How often（频次）.' })
  frequency: ControlFrequency

  @Field(() => ControlStateEnum, { description: 'Where it stands（状态）.' })
  state: ControlState

  @Field(() => TestResult, { nullable: true, description: 'Result of the latest test of its design（设计有效性）.' })
  designEffectiveness: TestResult | null

  @Field(() => TestResult, { nullable: true, description: 'Result of the latest test of its operation（运行有效性）.' })
  operatingEffectiveness: TestResult | null

  @Field(() => LocalDate, { nullable: true, description: 'Day of the latest test（最近测试日期）.' })
  lastTestedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When the next test is due（下次测试期限）.' })
  nextTestDueOn: string | null
}

@ObjectType({ implements: [NodeInterface], description: 'One test of a control; tests are only ever added（防控措施测试）.' })
export class ControlTest {
  @Field(() => Period, { description: 'Period that was tested（测试期间）.' })
  period: string

  @Field(() => TestKind, { description: 'Design or operation（类型）.' })
  kind: TestKind

  @Field(() => TestResult, { description: 'What was found（结果）.' })
  result: TestResult

  @Field(() => Int, { nullable: true, description: 'Number of cases looked at（样本量）.' })
  sampleSize: number | null

  @Field(() => Int, { nullable: true, description: 'Number of cases that broke the control（例外数）.' })
  exceptions: number | null

  @Field(() => String, { nullable: true, description: 'Note（说明）.' })
  note: string | null

  @Field(() => DateTime, { description: 'When（测试时间）.' })
  testedAt: string

  @Field(() => String, { description: 'Who（测试人）.' })
  testedBy: string
}
