import { Field, Int, ObjectType } from 'type-graphql'
import { CatalogOrigin } from '../catalog-origin'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { LegalBasis } from '../legal-basis'
import { DateTime } from '../scalars'
import { flowMachine, powerMachine, type FlowState, type PowerState } from './power.states'

export const PowerCategory = labelledEnum('PowerCategory', 'What a power is about（职权类别）.', {
  PERSONNEL: { zh: '选人用人', en: 'Personnel' },
  FINANCE: { zh: '资金管理', en: 'Finance' },
  PROCUREMENT: { zh: '采购', en: 'Procurement' },
  PROJECT: { zh: '工程项目', en: 'Projects' },
  APPROVAL: { zh: '审批许可', en: 'Approvals and permits' },
  ENFORCEMENT: { zh: '执法处罚', en: 'Enforcement and penalties' },
  INSPECTION_SUPERVISION: { zh: '监督检查', en: 'Inspection and supervision' },
  FUND_SUPERVISION: { zh: '基金监管', en: 'Fund supervision' },
  ASSET: { zh: '资产管理', en: 'Assets' },
  PUBLIC_SERVICE: { zh: '公共服务', en: 'Public services' },
  INFORMATION_DATA: { zh: '信息数据', en: 'Information and data' },
  OTHER: { zh: '其他', en: 'Other' },
})
export type PowerCategory = keyof typeof PowerCategory

export const Significance = labelledEnum('Significance', 'How weighty a power is（重要程度）.', {
  MAJOR: { zh: '重要职权', en: 'Major' },
  GENERAL: { zh: '一般职权', en: 'General' },
})
export type Significance = keyof typeof Significance

export const PowerStateEnum = stateEnum('PowerState', 'Where a power stands in its life（职权状态）.', powerMachine)
export const OperatingFlowState = stateEnum('OperatingFlowState', 'Where a version of a flow stands（流程状态）.', flowMachine)

export const FlowStepKind = labelledEnum('FlowStepKind', 'What happens in a step of a flow（环节类型）.', {
  APPLY: { zh: '申请', en: 'Apply' },
  REVIEW: { zh: '审核', en: 'Review' },
  DECIDE: { zh: '决定', en: 'Decide' },
  EXECUTE: { zh: '执行', en: 'Execute' },
  ACCEPT: { zh: '验收', en: 'Accept' },
  PAY: { zh: '支付', en: 'Pay' },
  PUBLISH: { zh: '公开', en: 'Publish' },
  ARCHIVE: { zh: '归档', en: 'Archive' },
})
export type FlowStepKind = keyof typeof FlowStepKind

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A power of a unit: what it may decide or do（职权/权力事项）.' })
export class Power extends CatalogOrigin {
  @Field(() => String, { description: 'Code, unique in its unit（编号）.' })
  code: string

  @Field(() => String, { description: 'Chinese name（名称）.' })
  nameZh: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  nameEn: string | null

  @Field(() => String, { nullable: true, description: 'What it covers（说明）.' })
  description: string | null

  @Field(() => PowerCategory, { description: 'What it is about（类别）.' })
  category: PowerCategory

  @Field(() => Significance, { description: 'How weighty it is; a MAJOR power needs a risk point before it is published（重要程度）.' })
  significance: Significance

  @Field(() => String, { nullable: true, description: 'Sector, e.g. `health`（领域编码）.' })
  sectorCode: string | null

  @Field(() => [LegalBasis], { description: 'The laws it rests on（法律依据）.' })
  legalBasis: LegalBasis[]

  @Field(() => PowerStateEnum, { description: 'Where it stands（状态）.' })
  state: PowerState
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A version of the steps by which a power is exercised; one is effective at a time（权力运行流程）.' })
export class OperatingFlow extends CatalogOrigin {
  @Field(() => Int, { description: 'Version, counted from 1 within the power（版本）.' })
  version: number

  @Field(() => OperatingFlowState, { description: 'Where the version stands（状态）.' })
  state: FlowState

  @Field(() => DateTime, { nullable: true, description: 'When it came into force（公布时间）.' })
  publishedAt: string | null
}

@ObjectType({ implements: [NodeInterface], description: 'One step of an operating flow（流程环节）.' })
export class FlowStep {
  @Field(() => Int, { description: 'Place in the flow: 1, 2, 3 … without gaps（序号）.' })
  seq: number

  @Field(() => String, { description: 'Chinese name（名称）.' })
  nameZh: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  nameEn: string | null

  @Field(() => FlowStepKind, { description: 'What happens（环节类型）.' })
  kind: FlowStepKind

  @Field(() => Int, { nullable: true, description: 'Time allowed, in working days（时限，工作日）.' })
  timeLimitWorkingDays: number | null

  @Field(() => Boolean, { description: 'Decided collectively: major decisions, appointments, projects and large sums（三重一大，集体决策）.' })
  collectiveDecision: boolean
}
