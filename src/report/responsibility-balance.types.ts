import { ArgsType, Extensions, Field, Int, ObjectType } from 'type-graphql'
import { Responsibility } from '../domain/responsibility'
import { DateTime, Decimal } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { Ratio } from './ratio.types'
import { YEAR_GROUPS_MAX, YearPage } from './year-page.types'

@ArgsType()
export class ResponsibilityBalanceArgs extends YearPage {
  @Field(() => Decimal, { defaultValue: '0.2', description: 'Only units where the best and the worst of the four lie at least this far apart, from 0 to 1（最小差距）.' })
  leastSpread: string
}

@ObjectType({ simpleResolvers: true, description: 'How much of one responsibility was done（单项责任完成率）.' })
export class ResponsibilityShare {
  @Field(() => Responsibility, { description: 'Which of the four（责任类别）.' })
  responsibility: Responsibility

  @Field(() => Ratio, { description: 'Duties declared done with evidence out of its duties（完成率）.' })
  performed: Ratio
}

@ObjectType({ simpleResolvers: true, description: 'A unit-year in which one responsibility lags behind the others（四责失衡）.' })
export class UnitBalance {
  @Field(() => Unit, { nullable: true, description: 'The unit（单位）.' })
  unit: Unit | null

  @Extensions({ max: 4 })
  @Field(() => [ResponsibilityShare], { description: 'The responsibilities that have duties, side by side（各责任完成率）.' })
  responsibilities: ResponsibilityShare[]

  @Extensions({ max: 4 })
  @Field(() => [Responsibility], { description: 'Those with the lowest share（滞后责任）.' })
  lagging: Responsibility[]

  @Field(() => Decimal, { description: 'Highest share less lowest, four decimal places（差距）.' })
  spread: string
}

@ObjectType({ simpleResolvers: true, description: 'Unit-years in which one responsibility lags, the widest apart first（四责协同均衡情况）.' })
export class ResponsibilityBalance {
  @Extensions({ max: YEAR_GROUPS_MAX })
  @Field(() => [UnitBalance], { description: 'The units of this page（单位）.' })
  units: UnitBalance[]

  @Field(() => Int, { description: 'How many there are（单位数）.' })
  unitCount: number

  @Field(() => Int, { description: 'Out of how many jointly published unit-years（已同亮单位数）.' })
  publishedCount: number

  @Field(() => Boolean, { description: 'More follow（是否有下一页）.' })
  hasNextPage: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the last one（末项游标）.' })
  endCursor: string | null

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
