import { ArrayMaxSize, IsInt, IsOptional, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput } from '../interfaces'
import { LocalDate } from '../scalars'
import { VillagePost } from './village-supervisor.types'

/** In the order in which the register keeps them. */
export const FOUR_POSTS = Object.freeze(Object.values(VillagePost).sort())

@InputType({ description: 'Who holds the four posts of a village from a day on（任命村级监督员）.' })
export class AppointVillageSupervisorInput extends CommandInput {
  @Field(() => ID, { description: 'The village or community（村、社区）.' })
  villageId!: string

  @Field(() => ID, { description: 'Who（人员）.' })
  personId!: string

  @Field(() => [VillagePost], { defaultValue: FOUR_POSTS, description: 'The posts: exactly the four, in any order（所任职务）.' })
  @ArrayMaxSize(10)
  posts!: VillagePost[]

  @Field(() => LocalDate, { nullable: true, description: 'First day in office; today when absent（任职日期）.' })
  validFrom?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'First day no longer in office, when known（离任日期）.' })
  validTo?: string | null
}

@InputType({ description: 'A village supervisor who leaves office（村级监督员离任）.' })
export class EndVillageSupervisorInput extends CommandInput {
  @Field(() => ID, { description: 'The village supervisor（村级监督员）.' })
  id!: string

  @Field(() => LocalDate, { nullable: true, description: 'First day no longer in office; today when absent（离任日期）.' })
  validTo?: string | null

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}
