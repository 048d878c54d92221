import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { SpecialRectification, SpecialRectificationStateEnum, type SpecialRectificationState } from '../domain/campaign'
import { labelledEnum } from '../domain/labels'
import { DateTime } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { GROUPS_DEFAULT, GROUPS_MAX } from './grouped-count.sql'
import { FigureNullReason, Ratio } from './ratio.types'

export const SpecialRectificationDimension = labelledEnum('SpecialRectificationDimension', 'By what reports in special rectifications are put into groups（分组维度）.', {
  SPECIAL_RECTIFICATION: { zh: '专项整治', en: 'Special rectification', description: 'The special rectification that they are part of' },
  CAMPAIGN_GROUP: { zh: '所属行动', en: 'Group', description: 'What several special rectifications belong to together' },
  PROBLEM_CATEGORY: { zh: '问题类别', en: 'Problem category', description: 'What the special rectification looks for; one that looks for several counts for each' },
  STATE: { zh: '状态', en: 'State', description: 'Where the special rectification stands' },
  UNIT: { zh: '单位', en: 'Unit', description: 'The unit that reports' },
})
export type SpecialRectificationDimension = keyof typeof SpecialRectificationDimension

@ArgsType()
export class SpecialRectificationAggregateArgs {
  @Field(() => [SpecialRectificationDimension], { description: 'The dimensions; none: totals only（分组维度）.' })
  @ArrayMaxSize(5) @ArrayUnique()
  groupBy: SpecialRectificationDimension[]

  @Field(() => Int, { nullable: true, description: `Groups told, largest first: 1 to ${GROUPS_MAX}; ${GROUPS_DEFAULT} when absent（取前几组）.` })
  first?: number | null
}

@ObjectType({ simpleResolvers: true, description: 'What the reports of a group have in common; dimensions that were not asked for are null（分组键）.' })
export class SpecialRectificationGroupKey {
  @Field(() => SpecialRectification, { nullable: true, description: 'The special rectification, for those who read single ones（专项整治）.' })
  specialRectification: SpecialRectification | null

  @Field(() => String, { nullable: true, description: 'Its code（编号）.' })
  code: string | null

  @Field(() => String, { nullable: true, description: 'Its name（名称）.' })
  nameZh: string | null

  @Field(() => String, { nullable: true, description: 'Group; null also for special rectifications of none（所属行动）.' })
  campaignGroup: string | null

  @Field(() => String, { nullable: true, description: 'Problem category（问题类别）.' })
  problemCategory: string | null

  @Field(() => SpecialRectificationStateEnum, { nullable: true, description: 'State（状态）.' })
  state: SpecialRectificationState | null

  @Field(() => Unit, { nullable: true, description: 'The unit; null where it is out of the viewer\'s sight（单位）.' })
  unit: Unit | null
}

@ObjectType({ simpleResolvers: true, description: 'What units found and put right in special rectifications. Only reports that stand are counted: none that was given back（专项整治统计值）.' })
export class SpecialRectificationFigures {
  @Field(() => Int, { description: 'Units in scope, each once for every special rectification（整治单位数）.' })
  unitCount: number

  @Field(() => Int, { description: 'Of these, those whose report stands（已报送单位数）.' })
  reportedCount: number

  @Field(() => Ratio, { description: 'Share of the units that have reported（报送率）.' })
  reportedRate: Ratio

  @Field(() => Int, { nullable: true, description: 'Problems that they found; null where none has reported（发现问题数）.' })
  problemsFound: number | null

  @Field(() => Int, { nullable: true, description: 'Of these, put right; null where none has reported（已整改问题数）.' })
  problemsFixed: number | null

  @Field(() => FigureNullReason, { nullable: true, description: 'Why there are no numbers of problems; null when there are（问题数无值原因）.' })
  problemsNullReason: FigureNullReason | null

  @Field(() => Ratio, { description: 'Share of the problems put right（整改率）.' })
  fixedRate: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'Reports in special rectifications with one key（分组）.' })
export class SpecialRectificationGroup extends SpecialRectificationFigures {
  @Field(() => SpecialRectificationGroupKey, { description: 'What they have in common（分组键）.' })
  key: SpecialRectificationGroupKey
}

@ObjectType({ simpleResolvers: true, description: 'Reports in special rectifications counted by dimension; filter and scope are those of the list `specialRectificationUnits`（专项整治统计）.' })
export class SpecialRectificationAggregate {
  @Field(() => [SpecialRectificationGroup], { description: 'The groups, those with most units first（分组）.' })
  @Extensions({ max: GROUPS_MAX })
  groups: SpecialRectificationGroup[]

  @Field(() => Int, { description: 'Number of all groups（分组总数）.' })
  groupCount: number

  @Field(() => SpecialRectificationFigures, { description: 'The figures of everything that was counted, each report once（合计）.' })
  totals: SpecialRectificationFigures

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
