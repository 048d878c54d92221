import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { PersonEntity } from '../person'
import { UnitEntity } from '../unit'

@Entity('village_supervisor')
@Check('village_supervisor_validity_check', 'valid_to IS NULL OR valid_to > valid_from')
@Check('village_supervisor_posts_check', `posts = ARRAY['AFFAIRS_SUPERVISION_CHAIR', 'DEPUTY_PARTY_SECRETARY', 'DISCIPLINE_COMMISSIONER', 'SUPERVISION_INFORMATION_OFFICER']`)
@Exclusion('village_supervisor_excl', 'USING gist (unit_id WITH =, daterange(valid_from, valid_to) WITH &&)')
@Index('village_supervisor_person_id_idx', ['person_id'])
export class VillageSupervisorEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'village_supervisor_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'village_supervisor_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => PersonEntity, { name: 'village_supervisor_person_fk' })
  @Column('uuid') person_id: string
  @Column('text', { array: true }) posts: string[]
  @Column('date') valid_from: string
  @Column('date', { nullable: true }) valid_to: string | null
}
