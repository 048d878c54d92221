import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { labelledEnum } from '../labels'
import { LocalDate } from '../scalars'

export const VillagePost = labelledEnum('VillagePost', 'The four posts that one person holds in a village（四职）.', {
  DEPUTY_PARTY_SECRETARY: { zh: '村党组织副书记', en: 'Deputy secretary', description: 'Deputy secretary of the village Party organisation' },
  DISCIPLINE_COMMISSIONER: { zh: '纪检委员（纪委书记）', en: 'Discipline commissioner' },
  SUPERVISION_INFORMATION_OFFICER: { zh: '监察信息员', en: 'Supervision information officer' },
  AFFAIRS_SUPERVISION_CHAIR: { zh: '村（居）务监督委员会主任', en: 'Supervision committee chair', description: 'Chair of the village or residents’ affairs supervision committee' },
})
export type VillagePost = keyof typeof VillagePost

@ObjectType({ implements: [NodeInterface, Auditable], description: 'The one person of a village or community who holds all four posts of village supervision; one at a time（村级“四职合一”监督员）.' })
export class VillageSupervisor implements NodeInterface, Auditable {
  id!: string

  @Field(() => [VillagePost], { description: 'The posts held: always exactly these four（所任职务）.' })
  posts!: VillagePost[]

  @Field(() => LocalDate, { description: 'First day in office（任职日期）.' })
  validFrom!: string

  @Field(() => LocalDate, { nullable: true, description: 'First day no longer in office; null while in office（离任日期）.' })
  validTo!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
