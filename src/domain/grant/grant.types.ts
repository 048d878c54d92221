import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { labelledEnum } from '../labels'
import { Role } from '../roles'
import { DateTime, LocalDate } from '../scalars'

export { Role }

export const GrantEdge = labelledEnum('GrantEdge', 'Along which edge a grant reaches down from its unit（授权所循关系）.', {
  TERRITORIAL: { zh: '隶属', en: 'Territorial', description: 'The unit and everything below it in the territorial tree' },
  LINE: { zh: '上下级', en: 'Line', description: 'Lower commissions along the line of discipline inspection and supervision' },
  DISPATCHED: { zh: '派驻', en: 'Dispatched', description: 'Units to which the group is dispatched' },
  OUTPOST: { zh: '派出片区', en: 'Outpost', description: 'Townships of the area to which the group is sent' },
  LIAISON: { zh: '联系', en: 'Liaison', description: 'Units that the supervision office is in charge of' },
})
export type GrantEdge = keyof typeof GrantEdge

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A role that a person holds on a unit for a time. Grants are ended, never deleted（授权）.' })
export class RoleGrant implements NodeInterface, Auditable {
  id!: string

  @Field(() => Role, { description: 'The role（角色）.' })
  role!: Role

  @Field(() => GrantEdge, { description: 'Along which edge it reaches down from the unit（所循关系）.' })
  edge!: GrantEdge

  @Field(() => LocalDate, { description: 'First day on which it holds（起始日期）.' })
  validFrom!: string

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer holds（截止日期）.' })
  validTo!: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked before its time（撤销时间）.' })
  revokedAt!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
