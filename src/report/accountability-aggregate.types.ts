import { ArgsType, Extensions, Field, ID, Int, ObjectType } from 'type-graphql'
import { FormOfDiscipline, SanctionKind } from '../domain/accountability'
import { labelledEnum } from '../domain/labels'
import { Responsibility } from '../domain/responsibility'
import { DateTime } from '../domain/scalars'
import { PeopleCount } from './appointment-aggregate.types'

export const AccountabilityDimension = labelledEnum('AccountabilityDimension', 'By what people held to account are counted（分组维度）.', {
  KIND: { zh: '问责方式', en: 'Kind of sanction' },
  FORM: { zh: '四种形态', en: 'Form of discipline' },
  RESPONSIBILITY: { zh: '责任类别', en: 'Responsibility that was not met' },
  UNIT_LEVEL: { zh: '单位层级', en: 'Level of the unit' },
})
export type AccountabilityDimension = keyof typeof AccountabilityDimension

export const UnitLevel = labelledEnum('UnitLevel', 'Level of the division that a unit belongs to（单位层级）.', {
  CITY: { zh: '市级', en: 'City' }, COUNTY: { zh: '县（区）级', en: 'County' }, TOWNSHIP: { zh: '乡镇级', en: 'Township' }, VILLAGE: { zh: '村级', en: 'Village' },
})
export type UnitLevel = keyof typeof UnitLevel

@ArgsType()
export class AccountabilityAggregateArgs {
  @Field(() => ID, { nullable: true, description: 'The unit at and below which is counted; everything that the viewer may see when absent（单位）.' })
  unitId?: string | null

  @Field(() => AccountabilityDimension, { description: 'The dimension: one at a time, because combinations would tell of single people（分组维度）.' })
  groupBy: AccountabilityDimension
}

@ObjectType({ simpleResolvers: true, description: 'Decisions on people with one key; what does not belong to the dimension is null（问责分组）.' })
export class AccountabilityGroup {
  @Field(() => SanctionKind, { nullable: true, description: 'The kind（问责方式）.' })
  kind: SanctionKind | null

  @Field(() => FormOfDiscipline, { nullable: true, description: 'The form（形态）.' })
  form: FormOfDiscipline | null

  @Field(() => Responsibility, { nullable: true, description: 'The responsibility; null also where none was named（责任类别）.' })
  responsibility: Responsibility | null

  @Field(() => UnitLevel, { nullable: true, description: 'The level（单位层级）.' })
  unitLevel: UnitLevel | null

  @Field(() => PeopleCount, { description: 'Decisions in force or under appeal（问责决定数）.' })
  decisions: PeopleCount
}

@ObjectType({ simpleResolvers: true, description: 'Decisions on accountability at and below a unit, as far as that tells of nobody in particular（问责统计）.' })
export class AccountabilityAggregate {
  @Field(() => [AccountabilityGroup], { description: 'The groups; those without anybody are not told（分组）.' })
  @Extensions({ max: 30 })
  groups: AccountabilityGroup[]

  @Field(() => PeopleCount, { description: 'All decisions on people（合计）.' })
  totals: PeopleCount

  @Field(() => Int, { description: 'Decisions on units, which tell of no person（对单位问责数）.' })
  unitDecisions: number

  @Field(() => Int, { description: 'The fewest people that a figure here may stand for（最小单元格）.' })
  minimumCell: number

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
