import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { labelledEnum } from '../labels'
import { LocalDate } from '../scalars'

export const UnitRelationKind = labelledEnum('UnitRelationKind', 'How two units stand to each other beside the territorial tree（组织关系类型）.', {
  LINE: { zh: '纪委监委上下级', en: 'Line', description: 'From a commission to a commission or group under its lead' },
  DISPATCHED: { zh: '派驻', en: 'Dispatched', description: 'From a dispatched group to a unit it supervises' },
  OUTPOST: { zh: '派出片区', en: 'Outpost', description: 'From an area outpost group to one of its townships' },
  LIAISON: { zh: '联系', en: 'Liaison', description: 'From a supervision office to a unit it is in charge of' },
})
export type UnitRelationKind = keyof typeof UnitRelationKind

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A dated relation between two units; it decides whom a supervising body supervises on a day（组织关系）.' })
export class UnitRelation implements NodeInterface, Auditable {
  id!: string

  @Field(() => UnitRelationKind, { description: 'What kind of relation it is（关系类型）.' })
  kind!: UnitRelationKind

  @Field(() => LocalDate, { description: 'First day of the relation（起始日期）.' })
  validFrom!: string

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer holds; null while it holds（终止日期）.' })
  validTo!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
