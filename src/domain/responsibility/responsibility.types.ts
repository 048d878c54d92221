import { Extensions, Field, Int, ObjectType } from 'type-graphql'
import { CatalogOrigin } from '../catalog-origin'
import { Approvable } from '../approval'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { DateTime, LocalDate } from '../scalars'
import { loopMachine, type CycleState } from './accountability-cycle.states'
import { dutyItemMachine, type DutyItemState } from './duty-item.states'
import { mainListMachine, type ListState } from './responsibility-list.states'

export const ListKind = labelledEnum('ListKind', 'Which of the three lists it is（清单种类）.', {
  MAIN_RESPONSIBILITY: { zh: '主体责任清单', en: 'Main-responsibility list', description: 'Duties of the committee or Party group, its secretary and its members' },
  POWER_RISK_CONTROL: { zh: '权力风险防控清单', en: 'Power-risk-control list', description: 'Powers of the unit with their flows, risk points and controls' },
  SUPERVISION_RESPONSIBILITY: { zh: '监督责任清单', en: 'Supervision-responsibility list', description: 'What the commission or dispatched group will look at' },
})
export type ListKind = keyof typeof ListKind

export const Responsibility = labelledEnum('Responsibility', 'Which of the four responsibilities a duty belongs to（四责）.', {
  COMMITTEE_MAIN: { zh: '主体责任', en: 'Main responsibility', description: 'Of the Party committee or group as a body' },
  SECRETARY_FIRST: { zh: '第一责任人责任', en: 'First-person responsibility', description: 'Of its secretary' },
  MEMBER_DUAL_DUTY: { zh: '一岗双责', en: 'One post, two duties', description: 'Of a member of the leading team' },
  COMMISSION_SUPERVISORY: { zh: '监督专责', en: 'Supervision duty', description: 'Of the commission or dispatched group' },
})
export type Responsibility = keyof typeof Responsibility

export const ConfirmingSide = labelledEnum('ConfirmingSide', 'For whom the joint publication is confirmed（确认方）.', {
  UNIT: { zh: '单位', en: 'The unit', description: 'By a UNIT_APPROVER' },
  COMMISSION: { zh: '纪委（组）', en: 'The commission or group', description: 'By a COMMISSION_APPROVER' },
})
export type ConfirmingSide = keyof typeof ConfirmingSide

export const ResponsibilityListState = stateEnum('ResponsibilityListState', 'Where a list stands（清单状态）.', mainListMachine)
export const DutyItemStateEnum = stateEnum('DutyItemState', 'How far a duty is（责任事项状态）.', dutyItemMachine)
export const AccountabilityCycleState = stateEnum('AccountabilityCycleState', 'Phase of a unit-year in the loop of the four responsibilities（四责协同阶段）.', loopMachine)

@ObjectType({ description: 'A catalog release that content of a list was copied from（目录版本）.' })
export class CatalogVersion {
  @Field(() => String, { description: 'Plugin that brings the catalog（插件）.' })
  plugin: string

  @Field(() => String, { description: 'Release（版本）.' })
  version: string
}

@ObjectType({ description: 'What a version of a list changed against the one that it replaces, by the codes of its items or powers（清单版本变化）.' })
export class ListChanges {
  @Field(() => Int, { description: 'The version that it is compared with（对比版本）.' })
  sinceVersion: number

  @Extensions({ max: 500 })
  @Field(() => [String], { description: 'Codes that the earlier version did not have（新增）.' })
  added: string[]

  @Extensions({ max: 500 })
  @Field(() => [String], { description: 'Codes that it no longer has（删除）.' })
  removed: string[]

  @Extensions({ max: 500 })
  @Field(() => [String], { description: 'Codes whose duty, responsible person, due date or wording changed; progress does not count（修改）.' })
  edited: string[]
}

@ObjectType({ description: 'Something that is not as it should be, shown and never blocking（质量提示）.' })
export class QualityFinding {
  @Field(() => String, { description: 'The rule that is not kept, e.g. `INV-16`（规则）.' })
  rule: string

  @Field(() => String, { description: 'Code of the duty item that it is about（事项编号）.' })
  itemCode: string

  @Field(() => String, { description: 'What is wrong（说明）.' })
  message: string
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful, Approvable], description: 'One of the three lists of a unit for a year, in one version（责任清单）.' })
export class ResponsibilityList {
  @Field(() => ListKind, { description: 'Which list（种类）.' })
  kind: ListKind

  @Field(() => Int, { description: 'The year that it is for（年度）.' })
  year: number

  @Field(() => Int, { description: 'Version, counted from 1 within the unit, kind and year（版本）.' })
  version: number

  @Field(() => ResponsibilityListState, { description: 'Where it stands（状态）.' })
  state: ListState

  @Field(() => String, { nullable: true, description: 'Who submitted it last（提交人）.' })
  submittedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was submitted last（提交时间）.' })
  submittedAt: string | null

  @Field(() => String, { nullable: true, description: 'Who approved it（审定人）.' })
  approvedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was approved（审定时间）.' })
  approvedAt: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was published; the same instant for all lists published together（公布时间）.' })
  publishedAt: string | null

  @Field(() => String, { nullable: true, description: 'Hash of the approved content; any later edit voids the approval（内容哈希）.' })
  contentHash: string | null

  @Field(() => [CatalogVersion], { description: 'The catalog releases that its content was made with, kept from approval on（目录版本）.' })
  catalogVersions: CatalogVersion[]
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'One duty on a list. A duty of the commission or group is a supervision focus（责任事项/监督重点）.' })
export class DutyItem extends CatalogOrigin {
  @Field(() => Int, { description: 'Place on the list（序号）.' })
  seq: number

  @Field(() => String, { description: 'Code, unique on the list and kept through its versions（编号）.' })
  code: string

  @Field(() => Responsibility, { description: 'Which of the four responsibilities（责任类别）.' })
  responsibility: Responsibility

  @Field(() => String, { description: 'What is to be done（内容）.' })
  content: string

  @Field(() => String, { nullable: true, description: 'What is to be done, in English（英文内容）.' })
  contentEn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Last day for it（完成时限）.' })
  dueOn: string | null

  @Field(() => Boolean, { description: 'A priority political task of the year（重点任务）.' })
  isPriorityTask: boolean

  @Field(() => DutyItemStateEnum, { description: 'How far it is（状态）.' })
  state: DutyItemState

  @Field(() => String, { nullable: true, description: 'Who declared it done（报告完成人）.' })
  claimedBy: string | null

  @Field(() => String, { nullable: true, description: 'Why it was waived（豁免理由）.' })
  waivedReason: string | null
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful, Approvable], description: 'A unit\'s year in the loop of the four responsibilities（四责协同年度）.' })
export class AccountabilityCycle {
  @Field(() => Int, { description: 'The year（年度）.' })
  year: number

  @Field(() => AccountabilityCycleState, { description: 'Phase of the loop（阶段）.' })
  state: CycleState

  @Field(() => String, { nullable: true, description: 'Who confirmed the joint publication for the unit（单位确认人）.' })
  unitConfirmedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When（单位确认时间）.' })
  unitConfirmedAt: string | null

  @Field(() => String, { nullable: true, description: 'Who confirmed the joint publication for the commission or group（纪委（组）确认人）.' })
  commissionConfirmedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When（纪委（组）确认时间）.' })
  commissionConfirmedAt: string | null

  @Field(() => DateTime, { nullable: true, description: 'When the lists were published together for the first time（同亮时间）.' })
  jointPublicationAt: string | null

  @Field(() => String, { nullable: true, description: 'Who gave the joint report（同述人）.' })
  reportedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When all four reported together（同述时间）.' })
  reportedAt: string | null

  @Field(() => String, { nullable: true, description: 'Who evaluated the year（评责人）.' })
  evaluatedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When the year was evaluated last（评责时间）.' })
  evaluatedAt: string | null

  @Field(() => String, { nullable: true, description: 'Who proposed to pursue a failure; null while nothing is proposed（提请问责人）.' })
  accountabilityProposedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When（提请问责时间）.' })
  accountabilityProposedAt: string | null

  @Field(() => Responsibility, { nullable: true, description: 'Which of the four failed, as proposed（失责类别）.' })
  accountabilityResponsibility: Responsibility | null

  @Field(() => String, { nullable: true, description: 'Why, as proposed（提请问责理由）.' })
  accountabilityReason: string | null

  @Field(() => String, { nullable: true, description: 'Who opened the pursuit of all four（启动问责人）.' })
  accountabilityOpenedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When（启动问责时间）.' })
  accountabilityOpenedAt: string | null

  @Field(() => DateTime, { nullable: true, description: 'When the year was closed（办结时间）.' })
  closedAt: string | null
}
