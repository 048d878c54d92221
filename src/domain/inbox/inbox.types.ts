import { Extensions, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { IsOptional, Length } from 'class-validator'
import { Direction, NodeInterface, PageInfo } from '../interfaces'
import { labelledEnum } from '../labels'
import { DateTime, LocalDate } from '../scalars'
import { Unit } from '../unit'

export const InboxKind = labelledEnum('InboxKind', 'Why something is in an inbox（待办类型）.', {
  WAITING: { zh: '待办理', en: 'Waiting', description: 'It waits for the next step' },
  RETURNED: { zh: '被退回', en: 'Came back', description: 'Somebody gave it back with an opinion, which stands in its `transitions`' },
})
export type InboxKind = keyof typeof InboxKind

export const InboxOrderField = labelledEnum('InboxOrderField', 'What an inbox can be ordered by（待办排序字段）.', {
  DUE_ON: { zh: '到期日', en: 'Due date', description: 'By the day until which it should be done; what has none comes last' },
  SINCE: { zh: '等待起始时间', en: 'Waiting since', description: 'By how long it has waited' },
})
export type InboxOrderField = keyof typeof InboxOrderField

@InputType({ description: 'The order of an inbox（待办排序）.' })
export class InboxOrder {
  @Field(() => InboxOrderField, { description: 'By what（排序字段）.' })
  field!: InboxOrderField

  @Field(() => Direction, { defaultValue: Direction.ASC, description: 'Which way（排序方向）.' })
  direction!: Direction
}

@InputType({ description: 'What of the inbox is shown（待办筛选）.' })
export class InboxFilter {
  @Field(() => InboxKind, { nullable: true, description: 'Only what waits, or what came back（待办类型）.' })
  @IsOptional()
  kind?: InboxKind | null

  @Field(() => Boolean, { nullable: true, description: 'Only what is past its day, or what is not（是否逾期）.' })
  @IsOptional()
  isOverdue?: boolean | null

  @Field(() => LocalDate, { nullable: true, description: 'Due on this day or later（到期日起）.' })
  @IsOptional()
  dueFrom?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Due on this day or earlier（到期日止）.' })
  @IsOptional()
  dueTo?: string | null

  @Field(() => String, { nullable: true, description: 'Only things of this type, e.g. `ResponsibilityList`（事项类型）.' })
  @IsOptional() @Length(1, 60)
  subjectType?: string | null

  @Field(() => ID, { nullable: true, description: 'Only what is asked of this unit or one below it（单位范围）.' })
  @IsOptional()
  unitWithin?: string | null
}

@ObjectType({ description: 'Something that waits for the viewer: a role of theirs is expected to give the next command on it（待办事项）.' })
export class InboxItem {
  @Field(() => String, { description: 'Tells it from others in a list; the thing itself is `subject`（待办标识）.' })
  key!: string

  @Field(() => String, { description: 'Type of the thing, e.g. `DutyItem`（事项类型）.' })
  subjectType!: string

  @Field(() => NodeInterface, { nullable: true, description: 'The thing, as the viewer may see it（事项）.' })
  subject!: object | null

  @Field(() => InboxKind, { description: 'Whether it waits or came back（待办类型）.' })
  kind!: InboxKind

  @Field(() => String, { description: 'State of the thing（状态）.' })
  state!: string

  @Extensions({ max: 10 })
  @Field(() => [String], { description: 'Commands of which one is expected of the viewer next. What else may be done says `allowedCommands` of the thing（待执行的操作）.' })
  awaits!: string[]

  @Field(() => LocalDate, { nullable: true, description: 'Until when it should be done（到期日）.' })
  dueOn!: string | null

  @Field(() => Boolean, { description: 'Whether that day has passed, by the calendar of China（是否逾期）.' })
  isOverdue!: boolean

  @Field(() => DateTime, { description: 'Since when it waits（等待起始时间）.' })
  since!: string

  @Field(() => Unit, { nullable: true, description: 'The unit on which the viewer is asked（承办单位）.' })
  unit!: object | null
}

@ObjectType({ description: 'A place in an inbox（待办列表项）.' })
export class InboxItemEdge {
  @Field(() => String, { description: 'Where it stands in the list（游标）.' })
  cursor!: string

  @Field(() => InboxItem, { description: 'The item（待办事项）.' })
  node!: object
}

@ObjectType({ description: 'A page of an inbox（待办列表）.' })
export class InboxItemConnection {
  @Field(() => [InboxItemEdge], { description: 'Items with their cursors（带游标的条目）.' })
  edges!: { cursor: string; node: object }[]

  @Field(() => [InboxItem], { description: 'Items（条目）.' })
  nodes!: object[]

  @Field(() => PageInfo, { description: 'Where the page stands in the list（分页信息）.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'How many items there are in all, counted when asked（总数）.' })
  totalCount!: number
}

@ObjectType({ description: 'How many things of one type wait（待办分类统计）.' })
export class InboxCount {
  @Field(() => String, { description: 'Type of the things（事项类型）.' })
  subjectType!: string

  @Field(() => Int, { description: 'All of them（总数）.' })
  total!: number

  @Field(() => Int, { description: 'Those that came back（被退回数）.' })
  returned!: number

  @Field(() => Int, { description: 'Those whose day has passed（逾期数）.' })
  overdue!: number

  @Field(() => Int, { description: 'Those whose day is today or within the next working days of the first reminder（即将到期数）.' })
  dueSoon!: number
}

@ObjectType({ description: 'How much waits for the viewer（待办统计）.' })
export class InboxSummary {
  @Field(() => Int, { description: 'Everything that waits（待办总数）.' })
  total!: number

  @Field(() => Int, { description: 'What came back（被退回数）.' })
  returned!: number

  @Field(() => Int, { description: 'What is past its day（逾期数）.' })
  overdue!: number

  @Field(() => Int, { description: 'What is due today or within the next working days of the first reminder（即将到期数）.' })
  dueSoon!: number

  @Extensions({ max: 40 })
  @Field(() => [InboxCount], { description: 'The same by type（分类统计）.' })
  byType!: InboxCount[]
}

@ObjectType({ description: 'The viewer’s inbox may have changed（待办变更）.' })
export class InboxChange {
  @Field(() => InboxSummary, { description: 'How much waits for the viewer now（待办统计）.' })
  summary!: InboxSummary
}
