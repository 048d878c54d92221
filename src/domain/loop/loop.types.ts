import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { labelledEnum } from '../labels'
import { Responsibility } from '../responsibility'
import { LocalDate } from '../scalars'

export const DutyGrade = labelledEnum('DutyGrade', 'How one of the four responsibilities was fulfilled over a year（履责评价）.', {
  FULFILLED: { zh: '履责到位', en: 'Fulfilled' },
  MOSTLY_FULFILLED: { zh: '基本到位', en: 'Mostly fulfilled' },
  WEAK: { zh: '履责不力', en: 'Weak' },
  NOT_FULFILLED: { zh: '未履责', en: 'Not fulfilled' },
})
export type DutyGrade = keyof typeof DutyGrade

export const FaultFinding = labelledEnum('FaultFinding', 'Whether one of the four is at fault when a failure is pursued（责任认定）.', {
  AT_FAULT: { zh: '有责', en: 'At fault' },
  NOT_AT_FAULT: { zh: '无责', en: 'Not at fault' },
})
export type FaultFinding = keyof typeof FaultFinding

@ObjectType({ description: 'How far one of the four responsibilities was on the day of a joint look: exact counts of its duty items on the published lists（单项责任进展）.' })
export class ProgressFigures {
  @Field(() => Responsibility, { description: 'Which of the four（责任类别）.' })
  responsibility: Responsibility

  @Field(() => Int, { description: 'Its duty items, without waived ones（事项数）.' })
  items: number

  @Field(() => Int, { description: 'Declared done, whether verified or not（已报告完成）.' })
  done: number

  @Field(() => Int, { description: 'Found done by a supervisor（已核实）.' })
  verified: number

  @Field(() => Int, { description: 'Past their due date and not done（逾期）.' })
  late: number
}

@ObjectType({
  implements: [NodeInterface, Auditable],
  description: 'The joint look at the progress of all four responsibilities in a quarter; a second look in the same quarter replaces the first, the history keeps it（同推记录）.',
})
export class ProgressReview implements NodeInterface, Auditable {
  id!: string

  @Field(() => Int, { description: 'Quarter of the year, 1 to 4（季度）.' })
  quarter!: number

  @Field(() => LocalDate, { description: 'The day whose figures it shows（推进日期）.' })
  reviewedOn!: string

  @Field(() => String, { nullable: true, description: 'What was said（推进情况）.' })
  summary!: string | null

  @Field(() => [ProgressFigures], { description: 'The four side by side, always four（四责进展）.' })
  figures!: ProgressFigures[]

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'Who moves which duty by when, as agreed in a joint look（推进事项）.' })
export class ProgressMove implements NodeInterface, Auditable {
  id!: string

  @Field(() => LocalDate, { description: 'By when（完成时限）.' })
  dueOn!: string

  @Field(() => String, { description: 'What is done about it（推进措施）.' })
  measure!: string

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}

@ObjectType({
  implements: [NodeInterface, Auditable],
  description: 'One of the four responsibilities in a unit-year: how it was evaluated, and whether it is at fault where a failure is pursued（单项责任年度评价与认定）.',
})
export class CycleResponsibility implements NodeInterface, Auditable {
  id!: string

  @Field(() => Responsibility, { description: 'Which of the four（责任类别）.' })
  responsibility!: Responsibility

  @Field(() => DutyGrade, { nullable: true, description: 'How it was fulfilled; null before the evaluation（履责评价）.' })
  grade!: DutyGrade | null

  @Field(() => String, { nullable: true, description: 'The evaluation in words（评价意见）.' })
  evaluation!: string | null

  @Field(() => FaultFinding, { nullable: true, description: 'At fault or not; null while nothing is pursued or it is not found yet（责任认定）.' })
  fault!: FaultFinding | null

  @Field(() => String, { nullable: true, description: 'Why（认定理由）.' })
  faultReason!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
