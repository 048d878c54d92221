import { IsOptional, Length, Max, Min } from 'class-validator'
import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql'
import { UnitKind } from '../unit'

export const BODIES_MAX = 100

@ArgsType()
export class SupervisionOverlapsArgs {
  @Field(() => ID, { description: 'The activity, of a body that the viewer acts for（监督检查活动）.' })
  activityId: string

  @Field(() => Int, { defaultValue: 0, description: 'Also activities up to so many days before and after, whose results may be used: 0 to 366（前后天数）.' })
  @Min(0) @Max(366)
  withinDays: number
}

@ArgsType()
export class SupervisionBodiesArgs {
  @Field(() => ID, { description: 'The body that the viewer acts for（本单位）.' })
  unitId: string

  @Field(() => String, { nullable: true, description: 'A part of the name（名称包含）.' })
  @IsOptional() @Length(1, 100)
  nameContains?: string | null

  @Field(() => [UnitKind], { nullable: true, description: 'Only bodies of these kinds（单位类型）.' })
  kinds?: UnitKind[] | null

  @Field(() => Int, { defaultValue: 20, description: `At most so many: 1 to ${BODIES_MAX}（取前几个）.` })
  @Min(1) @Max(BODIES_MAX)
  first: number
}

@ObjectType({ simpleResolvers: true, description: 'A body that can be named as partner or addressee, also where the viewer does not see its registers（监督单位）.' })
export class SupervisionBody {
  @Field(() => ID, { description: 'The unit, to be named in commands（单位标识）.' })
  unitId: string

  @Field(() => String, { description: 'Its name（名称）.' })
  nameZh: string

  @Field(() => UnitKind, { description: 'Its kind（类型）.' })
  kind: UnitKind
}
