import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { CollaborationKind, CollaborationRecordStateEnum } from '../domain/collaboration'
import { DateTime, Decimal } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { GROUPS_DEFAULT, GROUPS_MAX } from './grouped-count.sql'
import { FigureNullReason, Ratio } from './ratio.types'

export const CollaborationDimension = labelledEnum('CollaborationDimension', 'By what exchanges are put into groups（分组维度）.', {
  KIND: { zh: '协作方式', en: 'Kind', description: 'What is exchanged' },
  FROM_UNIT: { zh: '发出单位', en: 'Sender', description: 'The sending body' },
  TO_UNIT: { zh: '接收单位', en: 'Receiver', description: 'The receiving body' },
  STATE: { zh: '状态', en: 'State', description: 'Where they stand' },
  YEAR: { zh: '年度', en: 'Year', description: 'Year in which they were sent' },
})
export type CollaborationDimension = keyof typeof CollaborationDimension

@ArgsType()
export class CollaborationAggregateArgs {
  @Field(() => [CollaborationDimension], { description: 'The dimensions; none: totals only（分组维度）.' })
  @ArrayMaxSize(5) @ArrayUnique()
  groupBy: CollaborationDimension[]

  @Field(() => Int, { nullable: true, description: `Groups told, largest first: 1 to ${GROUPS_MAX}; ${GROUPS_DEFAULT} when absent（取前几组）.` })
  first?: number | null
}

@ObjectType({ simpleResolvers: true, description: 'What the exchanges of a group have in common; dimensions that were not asked for are null（分组键）.' })
export class CollaborationGroupKey {
  @Field(() => CollaborationKind, { nullable: true, description: 'Kind（协作方式）.' })
  kind: CollaborationKind | null

  @Field(() => Unit, { nullable: true, description: 'Sender; null where it is out of the viewer\'s sight（发出单位）.' })
  fromUnit: Unit | null

  @Field(() => String, { nullable: true, description: 'Name of the sender（发出单位名称）.' })
  fromNameZh: string | null

  @Field(() => Unit, { nullable: true, description: 'Receiver; null where it is out of the viewer\'s sight（接收单位）.' })
  toUnit: Unit | null

  @Field(() => String, { nullable: true, description: 'Name of the receiver（接收单位名称）.' })
  toNameZh: string | null

  @Field(() => CollaborationRecordStateEnum, { nullable: true, description: 'State（状态）.' })
  state: keyof typeof CollaborationRecordStateEnum | null

  @Field(() => Int, { nullable: true, description: 'Year（年度）.' })
  year: number | null
}

@ObjectType({ simpleResolvers: true, description: 'Figures of some exchanges; those recalled are not counted（协作事项统计值）.' })
export class CollaborationFigures {
  @Field(() => Int, { description: 'How many were sent（发出数量）.' })
  count: number

  @Field(() => Int, { description: 'How many the receiver took up（已签收数量）.' })
  acknowledgedCount: number

  @Field(() => Int, { description: 'How many the receiver gave back（已退回数量）.' })
  returnedCount: number

  @Field(() => Int, { description: 'Of how many the receiver told what became of them（已反馈数量）.' })
  completedCount: number

  @Field(() => Int, { description: 'How many wait although their date has passed（逾期未签收数量）.' })
  overdueCount: number

  @Field(() => Ratio, { description: 'Share taken up in time, among those taken up and those overdue（按期签收率）.' })
  inTimeRate: Ratio

  @Field(() => Decimal, { nullable: true, description: 'Mean days from sending to taking up, one decimal place, half up（平均签收天数）.' })
  averageLeadDays: string | null

  @Field(() => FigureNullReason, { nullable: true, description: 'Why there is no mean; null when there is one（平均签收天数无值原因）.' })
  averageLeadDaysNullReason: FigureNullReason | null
}

@ObjectType({ simpleResolvers: true, description: 'Exchanges with one key（分组）.' })
export class CollaborationGroup extends CollaborationFigures {
  @Field(() => CollaborationGroupKey, { description: 'What they have in common（分组键）.' })
  key: CollaborationGroupKey
}

@ObjectType({ simpleResolvers: true, description: 'Exchanges counted by dimension; filter and scope are those of the list（协作台账统计）.' })
export class CollaborationAggregate {
  @Field(() => [CollaborationGroup], { description: 'The groups, largest first（分组）.' })
  @Extensions({ max: GROUPS_MAX })
  groups: CollaborationGroup[]

  @Field(() => Int, { description: 'Number of all groups（分组总数）.' })
  groupCount: number

  @Field(() => CollaborationFigures, { description: 'The figures of everything that was counted, each thing once（合计）.' })
  totals: CollaborationFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
