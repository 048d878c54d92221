import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A post in a unit, whoever holds it（岗位）.' })
export class Position implements NodeInterface, Auditable {
  id!: string

  @Field(() => String, { description: 'Code of the post, unique within its unit（岗位代码）.' })
  code!: string

  @Field(() => String, { description: 'Chinese name（岗位名称）.' })
  nameZh!: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  nameEn!: string | null

  @Field(() => Boolean, { description: 'Whether its holder exercises public power and is therefore covered by the power-risk control list（是否涉权岗位）.' })
  powerBearing!: boolean

  @Field(() => String, { nullable: true, description: 'Rank of the post in Chinese, such as 正科级（岗位级别）.' })
  rank!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
