import { Field, Int, ObjectType } from 'type-graphql'
import { ratio } from '../core/decimal'
import { labelledEnum } from '../domain/labels'
import { Decimal } from '../domain/scalars'

export const FigureNullReason = labelledEnum('FigureNullReason', 'Why a figure has no value; never told as 0（无值原因）.', {
  NOTHING_COUNTED: { zh: '无可统计对象', en: 'Nothing counted', description: 'No row that the viewer may see fits the filter' },
  SUPPRESSED: { zh: '人数过少，不予显示', en: 'Withheld', description: 'It stands for few people, or would tell by subtraction how few another one stands for' },
  CLOSED_REALM: { zh: '无权查看', en: 'Closed realm', description: 'It would tell of what stands in a realm that the viewer does not open' },
  NOTHING_REPORTED: { zh: '尚无报送', en: 'Nothing reported', description: 'None of the units counted has a report that stands' },
  NOTHING_FOUND: { zh: '未发现问题', en: 'Nothing found', description: 'Units have reported, and found no problem' },
  NO_POPULATION: { zh: '无人口数据', en: 'Residents not known', description: 'How many residents the place has was not imported, or the figure is not about one place' },
  MIXED_MEASURES: { zh: '计量单位不一', en: 'Not comparable', description: 'What was counted is measured in different units: ask for groups by them' },
  NONE_RATED: { zh: '均未评级', en: 'None rated', description: 'Rows were counted, but none of them has a rating' },
})
export type FigureNullReason = keyof typeof FigureNullReason

@ObjectType({ simpleResolvers: true, description: 'A share with what it was made of, so that shares of several parts can be put together rightly（比率）.' })
export class Ratio {
  @Field(() => Int, { description: 'How many have the property（分子）.' })
  readonly numerator: number

  @Field(() => Int, { description: 'Out of how many（分母）.' })
  readonly denominator: number

  @Field(() => Decimal, { nullable: true, description: 'Numerator over denominator, four decimal places, half up; null when there is nothing to divide by（比值）.' })
  readonly value: string | null

  @Field(() => FigureNullReason, { nullable: true, description: 'Why there is no value; null when there is one（无值原因）.' })
  readonly nullReason: FigureNullReason | null
}

/** Never 0 for "cannot be told": without a denominator the value is null and says why. */
export const ratioOf = (numerator: number, denominator: number, reason: FigureNullReason): Ratio =>
  ({ numerator, denominator, value: ratio(numerator, denominator), nullReason: denominator === 0 ? reason : null })
