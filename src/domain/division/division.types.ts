import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { labelledEnum } from '../labels'
import { LocalDate } from '../scalars'

export const DivisionLevel = labelledEnum('DivisionLevel', 'Level of an administrative division（行政区划级别）.', {
  PROVINCE: { zh: '省级', en: 'Province' },
  CITY: { zh: '地级', en: 'City', description: 'Prefecture-level city' },
  COUNTY: { zh: '县级', en: 'County', description: 'County or district of a city' },
  TOWNSHIP: { zh: '乡级', en: 'Township', description: 'Township, town or subdistrict' },
  VILLAGE: { zh: '村级', en: 'Village', description: 'Village or residents’ community' },
  FUNCTIONAL_ZONE: { zh: '功能区', en: 'Functional zone', description: 'Development zone without a GB/T 2260 code of its own; it has a local code' },
})
export type DivisionLevel = keyof typeof DivisionLevel

@ObjectType({
  implements: [NodeInterface, Auditable],
  description: 'An administrative division in the years in which its code was valid; the same code may stand there again with other dates（行政区划）.',
})
export class AdministrativeDivision implements NodeInterface, Auditable {
  id!: string

  @Field(() => String, { description: 'GB/T 2260 code of 6 digits, statistical code of 9 or 12, or a local code for functional zones（区划代码）.' })
  code!: string

  @Field(() => String, { description: 'Chinese name（名称）.' })
  nameZh!: string

  @Field(() => DivisionLevel, { description: 'Its level（级别）.' })
  level!: DivisionLevel

  @Field(() => String, { nullable: true, description: 'Code of the division above it（上级区划代码）.' })
  parentCode!: string | null

  @Field(() => LocalDate, { description: 'First day on which the code means this division（启用日期）.' })
  validFrom!: string

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer does; null while it is valid（停用日期）.' })
  validTo!: string | null

  @Field(() => String, { nullable: true, description: 'Code that took its place（替代代码）.' })
  replacedByCode!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
