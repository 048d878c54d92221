import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { Appointment } from '../domain/person'
import { DutyItem, DutyItemStateEnum, Responsibility, type DutyItemState } from '../domain/responsibility'
import { Unit } from '../domain/unit'
import { Ratio } from './ratio.types'
import { PageOfGroups, YEAR_GROUPS_MAX, YearPage } from './year-page.types'

export const DutyItemDimension = labelledEnum('DutyItemDimension', 'By what duties are put into groups（分组维度）.', {
  UNIT: { zh: '单位', en: 'Unit', description: 'The unit that they are about' },
  DIVISION: { zh: '行政区划', en: 'Division', description: 'City, county or functional zone of the unit' },
  RESPONSIBILITY: { zh: '责任类别', en: 'Responsibility' },
  STATE: { zh: '状态', en: 'State' },
  ITEM: { zh: '责任事项', en: 'Item', description: 'Each duty by itself, with the steps of the loop that it passed; only for readers of the registers' },
  APPOINTMENT: { zh: '责任人', en: 'Who answers for it', description: 'By post; only for readers of the registers, because each group is about one person' },
})
export type DutyItemDimension = keyof typeof DutyItemDimension

@ArgsType()
export class DutyItemAggregateArgs extends YearPage {
  @Field(() => [DutyItemDimension], { description: 'The dimensions, in the order in which groups are told; none: totals only（分组维度）.' })
  @ArrayMaxSize(5) @ArrayUnique()
  groupBy: DutyItemDimension[]
}

@ObjectType({ simpleResolvers: true, description: 'What the duties of a group have in common; dimensions that were not asked for are null（分组键）.' })
export class DutyItemGroupKey {
  @Field(() => Unit, { nullable: true, description: 'The unit（单位）.' })
  unit: Unit | null

  @Field(() => String, { nullable: true, description: 'Code of the city, county or functional zone（行政区划代码）.' })
  divisionCode: string | null

  @Field(() => Responsibility, { nullable: true, description: 'Which of the four（责任类别）.' })
  responsibility: Responsibility | null

  @Field(() => DutyItemStateEnum, { nullable: true, description: 'How far（状态）.' })
  state: DutyItemState | null

  @Field(() => DutyItem, { nullable: true, description: 'The duty（责任事项）.' })
  dutyItem: DutyItem | null

  @Field(() => Appointment, { nullable: true, description: 'Who answers for it; null also for duties of a body（责任人）.' })
  appointment: Appointment | null
}

@ObjectType({ simpleResolvers: true, description: 'Duties counted, with the share that passed each step of the loop（责任事项与闭环统计）.' })
export class DutyItemFigures {
  @Field(() => Int, { description: 'Duties on the lists of the year, without waived ones（事项数）.' })
  count: number

  @Field(() => Int, { description: 'Waived with a reason; in no other figure（豁免数）.' })
  waivedCount: number

  @Field(() => Int, { description: 'Past their due date and not declared done（逾期数）.' })
  overdueCount: number

  @Field(() => Ratio, { description: 'Overdue ones out of all（逾期率）.' })
  overdueRate: Ratio

  @Field(() => Ratio, { description: 'First step: on a list that was published jointly（知责明责）.' })
  known: Ratio

  @Field(() => Ratio, { description: 'Second step: declared done, with evidence that stands（履责尽责）.' })
  performed: Ratio

  @Field(() => Ratio, { description: 'Third step: found done by a supervisor, or its responsibility was evaluated for the year（督责评责）.' })
  supervised: Ratio

  @Field(() => Ratio, { description: 'Fourth step: its responsibility was found at fault or not, or the year was closed with nothing to pursue（失责问责）.' })
  accounted: Ratio

  @Field(() => Ratio, { description: 'All four steps passed（闭环率）.' })
  complete: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'Duties of one key（责任事项分组）.' })
export class DutyItemGroup extends DutyItemFigures {
  @Field(() => DutyItemGroupKey, { description: 'What they have in common（分组键）.' })
  key: DutyItemGroupKey
}

@ObjectType({ simpleResolvers: true, description: 'Duties of a year, counted（责任事项统计）.' })
export class DutyItemAggregate extends PageOfGroups {
  @Extensions({ max: YEAR_GROUPS_MAX })
  @Field(() => [DutyItemGroup], { description: 'The groups of this page, in the order of their keys（分组）.' })
  groups: DutyItemGroup[]

  @Field(() => DutyItemFigures, { description: 'All of them together（合计）.' })
  totals: DutyItemFigures
}
