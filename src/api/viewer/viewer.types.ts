import { Extensions, Field, ObjectType } from 'type-graphql'
import { GrantEdge, Role } from '../../domain/grant'
import { LocalDate } from '../../domain/scalars'
import { Person } from '../../domain/person'
import { Unit } from '../../domain/unit'

@ObjectType({ description: 'A role that the viewer holds somewhere（持有的角色）.' })
export class HeldRole {
  @Field(() => Role, { description: 'The role（角色）.' })
  role!: Role

  @Field(() => String, { description: 'Its Chinese name（中文名称）.' })
  labelZh!: string

  @Field(() => String, { description: 'Its English name（英文名称）.' })
  labelEn!: string
}

@ObjectType({ description: 'One of the viewer’s own grants in force today（本人授权）.' })
export class HeldGrant {
  @Field(() => Role, { description: 'The role（角色）.' })
  role!: Role

  @Field(() => GrantEdge, { description: 'Along which edge it reaches down from the unit（所循关系）.' })
  edge!: GrantEdge

  @Field(() => String, { description: 'Name of the unit on which it was granted（授权单位名称）.' })
  unitNameZh!: string

  @Field(() => Unit, { nullable: true, description: 'The unit itself, when the grant opens it to the viewer（授权单位）.' })
  unit!: object | null

  @Field(() => LocalDate, { description: 'First day on which it holds（起始日期）.' })
  validFrom!: string

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer holds（截止日期）.' })
  validTo!: string | null
}

@ObjectType({ description: 'Who is asking, and what they may do（当前用户）.' })
export class Viewer {
  @Field(() => String, { description: 'What the audit log and `createdBy` will say（审计标识）.' })
  ref!: string

  @Field(() => Person, { nullable: true, description: 'The person, when their own unit is in sight; null for a service account（人员）.' })
  person!: object | null

  @Extensions({ max: 25 })
  @Field(() => [HeldRole], { description: 'Roles held anywhere（角色）.' })
  roles!: HeldRole[]

  @Extensions({ max: 200 })
  @Field(() => [HeldGrant], { description: 'A person’s grants in force today; what a service account may do is in `roles` and `scope`（授权）.' })
  grants!: HeldGrant[]

  @Extensions({ max: 200 })
  @Field(() => [Unit], { description: 'Tops of the subtrees whose rows the viewer may see（可见范围）.' })
  scope!: object[]
}
