import { Field, ObjectType } from 'type-graphql'
import { NodeInterface } from '../interfaces'
import { DateTime } from '../scalars'

@ObjectType({ implements: [NodeInterface], description: 'One state change of an object: who gave which command when（状态流转记录）.' })
export class Transition extends NodeInterface {
  @Field(() => String, { description: 'The mutation that moved the object（操作）.' })
  command: string

  @Field(() => String, { description: 'The state before（原状态）.' })
  fromState: string

  @Field(() => String, { description: 'The state after（新状态）.' })
  toState: string

  @Field(() => DateTime, { description: 'When（时间）.' })
  at: string

  @Field(() => String, { description: 'Who: `person:<id>`, `service:<id>` or `system:<what>`（操作人）.' })
  actor: string

  @Field(() => String, { nullable: true, description: 'The written opinion; always there when something was returned or ended（意见）.' })
  opinion: string | null
}
