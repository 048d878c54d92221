import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, InputType, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { Direction } from '../domain/interfaces'
import { RiskCategory, RiskLevel, RiskPointStateEnum, type RiskPointState } from '../domain/risk'
import { DateTime, Decimal } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { FigureNullReason, Ratio } from './ratio.types'

/** One city with twenty counties makes some 1,400 groups of department or county, sector and level: they fit one page. */
export const GROUPS_MAX = 2_000
export const GROUPS_DEFAULT = 100

export const RiskPointDimension = labelledEnum('RiskPointDimension', 'By what risk points are put into groups（分组维度）.', {
  UNIT_CHILD: {
    zh: '直接下级单位（含其全部下级）', en: 'Direct subordinate',
    description: 'The unit directly below the one named by `filter.unit.within`, along the territorial tree, with everything below it; what the named unit itself holds is a group of its own',
  },
  UNIT: { zh: '单位', en: 'Unit', description: 'The unit that carries the risk point' },
  SECTOR: { zh: '领域', en: 'Sector', description: 'Sector of the power that it belongs to' },
  LEVEL: { zh: '风险等级', en: 'Level', description: 'Present level' },
  STATE: { zh: '状态', en: 'State', description: 'Where it stands' },
  CATEGORY: { zh: '风险类别', en: 'Category', description: 'Where it comes from' },
})
export type RiskPointDimension = keyof typeof RiskPointDimension

export const RiskPointGroupOrderField = labelledEnum('RiskPointGroupOrderField', 'What groups of risk points can be ordered by（分组排序字段）.', {
  COUNT: { zh: '数量', en: 'Count' },
  AVERAGE_SCORE: { zh: '平均分值', en: 'Mean score', description: 'Groups without a rating have the least' },
  SUM_SCORE: { zh: '分值合计', en: 'Sum of scores' },
  HIGH_COUNT: { zh: '高风险数量', en: 'Number of high risks' },
})
export type RiskPointGroupOrderField = keyof typeof RiskPointGroupOrderField

@InputType({ description: 'One key of the order of groups; equal groups follow in the order of the dimensions（分组排序）.' })
export class RiskPointGroupOrder {
  @Field(() => RiskPointGroupOrderField, { description: 'By what（排序字段）.' })
  field: RiskPointGroupOrderField

  @Field(() => Direction, { defaultValue: Direction.ASC, description: 'Which way（排序方向）.' })
  direction: Direction
}

@ArgsType()
export class RiskPointAggregateArgs {
  @Field(() => [RiskPointDimension], { description: 'The dimensions, in the order in which groups are told; none: totals only. One unit dimension at a time（分组维度）.' })
  @ArrayMaxSize(5) @ArrayUnique()
  groupBy: RiskPointDimension[]

  @Field(() => [RiskPointGroupOrder], { nullable: true, description: 'The order of the groups; by the dimensions when absent（排序）.' })
  @ArrayMaxSize(4)
  orderBy?: RiskPointGroupOrder[] | null

  @Field(() => Int, { nullable: true, description: `Groups of this page: 1 to ${GROUPS_MAX}; ${GROUPS_DEFAULT} when absent（取前几组）.` })
  first?: number | null

  @Field(() => String, { nullable: true, description: 'Only groups after this cursor（在此游标之后）.' })
  after?: string | null
}

@ObjectType({ simpleResolvers: true, description: 'What the risk points of a group have in common; dimensions that were not asked for are null（分组键）.' })
export class RiskPointGroupKey {
  @Field(() => Unit, { nullable: true, description: 'The unit, for a unit dimension（单位）.' })
  unit: Unit | null

  @Field(() => String, { nullable: true, description: 'Sector of the power; null also for powers without one（领域编码）.' })
  sector: string | null

  @Field(() => RiskLevel, { nullable: true, description: 'Present level（风险等级）.' })
  level: RiskLevel | null

  @Field(() => RiskPointStateEnum, { nullable: true, description: 'State（状态）.' })
  state: RiskPointState | null

  @Field(() => RiskCategory, { nullable: true, description: 'Category（风险类别）.' })
  category: RiskCategory | null
}

@ObjectType({ simpleResolvers: true, description: 'Figures of some risk points（风险点统计值）.' })
export class RiskPointFigures {
  @Field(() => Int, { description: 'How many there are（数量）.' })
  count: number

  @Field(() => Int, { description: 'How many of them have a rating; scores and levels speak of these（已评级数量）.' })
  ratedCount: number

  @Field(() => Int, { description: 'Sum of the present scores（分值合计）.' })
  sumScore: number

  @Field(() => Decimal, { nullable: true, description: 'Mean present score of those that have a rating, six decimal places, half up; null when there is none（平均分值）.' })
  averageScore: string | null

  @Field(() => FigureNullReason, { nullable: true, description: 'Why there is no mean score; null when there is one（平均分值无值原因）.' })
  averageScoreNullReason: FigureNullReason | null

  @Field(() => Int, { description: 'How many are HIGH（高风险数量）.' })
  highCount: number

  @Field(() => Ratio, { description: 'Share of HIGH among those that have a rating（高风险占比）.' })
  highRate: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'The risk points with one key（风险点分组）.' })
export class RiskPointGroup extends RiskPointFigures {
  @Field(() => RiskPointGroupKey, { description: 'What they have in common（分组键）.' })
  key: RiskPointGroupKey
}

@ObjectType({ simpleResolvers: true, description: 'Risk points counted by dimension. Filter and scope are those of the list `riskPoints`（风险点统计）.' })
export class RiskPointAggregate {
  @Field(() => [RiskPointGroup], { description: 'The groups of this page; groups without any risk point are not told（分组）.' })
  @Extensions({ max: GROUPS_MAX })
  groups: RiskPointGroup[]

  @Field(() => Int, { description: 'Number of all groups（分组总数）.' })
  groupCount: number

  @Field(() => Boolean, { description: 'Whether groups follow this page（是否有下一页）.' })
  hasNextPage: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the last group, for after; null on an empty page（末组游标）.' })
  endCursor: string | null

  @Field(() => RiskPointFigures, { description: 'The figures of all groups together, whatever the page（合计）.' })
  totals: RiskPointFigures

  @Field(() => Ratio, { description: 'Share of the counted risk points that have a rating: what scores and levels rest on（数据覆盖率）.' })
  coverage: Ratio

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string

  @Field(() => String, { description: 'Opaque; two answers with the same version were counted on the same content（内容版本）.' })
  contentVersion: string
}
