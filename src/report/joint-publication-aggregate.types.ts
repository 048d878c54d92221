import { ArrayMaxSize, ArrayUnique } from 'class-validator'
import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'
import { AccountabilityCycleState, type CycleState } from '../domain/responsibility'
import { Unit, UnitKind } from '../domain/unit'
import { Ratio } from './ratio.types'
import { PageOfGroups, YEAR_GROUPS_MAX, YearPage } from './year-page.types'

export const PublicationDimension = labelledEnum('PublicationDimension', 'By what unit-years are put into groups（分组维度）.', {
  DIVISION: { zh: '行政区划', en: 'Division', description: 'City, county or functional zone of the unit' },
  UNIT: { zh: '单位', en: 'Unit', description: 'Each unit, also those that have not begun' },
})
export type PublicationDimension = keyof typeof PublicationDimension

@ArgsType()
export class JointPublicationAggregateArgs extends YearPage {
  @Field(() => PublicationDimension, { description: 'The dimension（分组维度）.' })
  groupBy: PublicationDimension

  @Field(() => [UnitKind], { defaultValue: ['PARTY_DEPARTMENT', 'GOVERNMENT_DEPARTMENT', 'TOWNSHIP'], description: 'Kinds of units that are expected to publish（应同亮单位类别）.' })
  @ArrayMaxSize(30) @ArrayUnique()
  unitKinds: UnitKind[]
}

@ObjectType({ simpleResolvers: true, description: 'How many units published their lists jointly（同亮统计）.' })
export class JointPublicationFigures {
  @Field(() => Int, { description: 'Units that are expected to publish（应同亮单位数）.' })
  units: number

  @Field(() => Int, { description: 'Published jointly（已同亮）.' })
  published: number

  @Field(() => Int, { description: 'Have begun and not published（准备中）.' })
  preparing: number

  @Field(() => Int, { description: 'Have not begun（未启动）.' })
  notBegun: number

  @Field(() => Ratio, { description: 'Published ones out of all（同亮率）.' })
  publishedRate: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'Units of one key（同亮分组）.' })
export class JointPublicationGroup extends JointPublicationFigures {
  @Field(() => String, { description: 'Code of the city, county or functional zone（行政区划代码）.' })
  divisionCode: string

  @Field(() => Unit, { nullable: true, description: 'The unit; null when groups are by division（单位）.' })
  unit: Unit | null

  @Field(() => AccountabilityCycleState, { nullable: true, description: 'Phase of the unit’s year; null when groups are by division and for units that have not begun（阶段）.' })
  state: CycleState | null
}

@ObjectType({ simpleResolvers: true, description: 'Which units have published jointly in a year, which have not（同亮情况）.' })
export class JointPublicationAggregate extends PageOfGroups {
  @Extensions({ max: YEAR_GROUPS_MAX })
  @Field(() => [JointPublicationGroup], { description: 'The groups of this page, by division or unit（分组）.' })
  groups: JointPublicationGroup[]

  @Field(() => JointPublicationFigures, { description: 'All of them together（合计）.' })
  totals: JointPublicationFigures
}
