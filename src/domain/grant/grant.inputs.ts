import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput } from '../interfaces'
import { LocalDate } from '../scalars'
import { GrantEdge, Role } from './grant.types'

@InputType({ description: 'Grants a role on a unit to a person（授权）.' })
export class GrantRoleInput extends CommandInput {
  @Field(() => ID, { description: 'Who receives it（被授权人）.' })
  personId!: string

  @Field(() => ID, { description: 'On which unit（授权单位）.' })
  unitId!: string

  @Field(() => Role, { description: 'Which role（角色）.' })
  role!: Role

  @Field(() => GrantEdge, { defaultValue: 'TERRITORIAL', description: 'Along which edge it reaches down（所循关系）.' })
  edge!: GrantEdge

  @Field(() => LocalDate, { nullable: true, description: 'First day; today when absent（起始日期）.' })
  validFrom?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer holds（截止日期）.' })
  validTo?: string | null
}

@InputType({ description: 'Ends a grant at once（撤销授权）.' })
export class RevokeRoleInput extends CommandInput {
  @Field(() => ID, { description: 'The grant（授权）.' })
  id!: string

  @Field(() => Int, { nullable: true, description: 'The rowVersion that the decision is based on（所依据的版本号）.' })
  rowVersion?: number | null
}
