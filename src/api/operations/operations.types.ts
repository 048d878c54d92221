import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../../domain/interfaces'
import { labelledEnum } from '../../domain/labels'
import { DateTime } from '../../domain/scalars'

export const PersistedOperationKind = labelledEnum('PersistedOperationKind', 'What a listed operation does（操作类别）.', {
  QUERY: { zh: '查询', en: 'Query', description: 'It reads' },
  MUTATION: { zh: '变更', en: 'Mutation', description: 'It changes something' },
  SUBSCRIPTION: { zh: '订阅', en: 'Subscription', description: 'It watches' },
})
export type PersistedOperationKind = keyof typeof PersistedOperationKind

@ObjectType({ implements: [NodeInterface, Auditable], description: 'An operation that a team has had listed. Its text never changes; in safelist mode only listed operations are answered（登记的操作）.' })
export class PersistedOperation implements NodeInterface, Auditable {
  id!: string

  @Field(() => String, { description: 'The team that it belongs to（团队）.' })
  team!: string

  @Field(() => String, { description: 'Name of the operation; several versions of one may be listed at once（操作名称）.' })
  name!: string

  @Field(() => PersistedOperationKind, { description: 'What it does（操作类别）.' })
  kind!: PersistedOperationKind

  @Field(() => String, { description: 'SHA-256 of its text in hexadecimal: the name by which clients send it（哈希）.' })
  hash!: string

  @Field(() => String, { description: 'Its text, to the letter（文本）.' })
  body!: string

  @Field(() => Int, { description: 'What it cost when it was listed, with the page sizes of its defaults（开销）.' })
  cost!: number

  @Field(() => DateTime, { nullable: true, description: 'Since when it is no longer answered; null while it is（停用时间）.' })
  retiredAt!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
