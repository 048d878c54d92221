import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { labelledEnum } from '../labels'
import { LocalDate } from '../scalars'

export const ResponsibilityRole = labelledEnum('ResponsibilityRole', 'As what a person holds a post, for the four responsibilities（任职角色）.', {
  PARTY_SECRETARY: { zh: '书记', en: 'Party secretary' },
  PARTY_GROUP_SECRETARY: { zh: '党组书记', en: 'Party group secretary' },
  TEAM_MEMBER: { zh: '班子成员', en: 'Team member', description: 'Member of the leadership team' },
  UNIT_HEAD: { zh: '单位主要负责人', en: 'Unit head' },
  COMMISSION_SECRETARY: { zh: '纪委书记', en: 'Commission secretary' },
  GROUP_LEADER: { zh: '派驻组组长', en: 'Group leader', description: 'Leader of a dispatched or outpost group' },
  SUPERVISOR_STAFF: { zh: '监督人员', en: 'Supervision staff' },
  VILLAGE_SUPERVISOR: { zh: '村级监督员', en: 'Village supervisor' },
  STAFF: { zh: '工作人员', en: 'Staff' },
})
export type ResponsibilityRole = keyof typeof ResponsibilityRole

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A person holding a post of a unit in a role for a time（任职）.' })
export class Appointment implements NodeInterface, Auditable {
  id!: string

  @Field(() => ResponsibilityRole, { description: 'As what the post is held（任职角色）.' })
  role!: ResponsibilityRole

  @Field(() => LocalDate, { description: 'First day in the post（任职日期）.' })
  validFrom!: string

  @Field(() => LocalDate, { nullable: true, description: 'First day no longer in the post; null while it is held（免职日期）.' })
  validTo!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
