import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { Responsibility } from '../responsibility'
import { DateTime } from '../scalars'

@ObjectType({
  implements: [NodeInterface, Auditable],
  description: 'What one of the four says about a year: for the joint report, or in a hearing. Once given it stays as it was said; more is a new version（述责述廉报告）.',
})
export class DutyReport implements NodeInterface, Auditable {
  id!: string

  @Field(() => Int, { description: 'The year that it is about（年度）.' })
  year!: number

  @Field(() => Responsibility, { description: 'Which of the four responsibilities（责任类别）.' })
  responsibility!: Responsibility

  @Field(() => Int, { description: 'Version, counted from 1 for the post, year and responsibility（版本）.' })
  version!: number

  @Field(() => String, { description: 'What is reported（报告内容）.' })
  text!: string

  @Field(() => DateTime, { nullable: true, description: 'Since when it stands as given, in the joint report or in a hearing; null while it may be edited（定稿时间）.' })
  fixedAt!: string | null

  @Field(() => Boolean, { description: 'Invented, for demonstration and tests（是否虚构数据）.' })
  isSynthetic!: boolean

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
