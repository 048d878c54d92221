import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'

@ObjectType({ implements: [NodeInterface, Auditable], description: 'Somebody who works in a unit. No identity number is kept（人员）.' })
export class Person implements NodeInterface, Auditable {
  id!: string

  @Field(() => String, { description: 'Name; its first character and `**` for viewers whose roles do not deal with named people（姓名，默认脱敏）.' })
  displayName!: string

  @Field(() => String, { description: 'Staff number; masked like the name（工号，默认脱敏）.' })
  staffNo!: string

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
