import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { PositionEntity } from '../position'
import { UnitEntity } from '../unit'
import { PersonEntity } from './person.entity'

@Entity('appointment')
@Check('appointment_role_check', `role IN ('PARTY_SECRETARY', 'PARTY_GROUP_SECRETARY', 'TEAM_MEMBER', 'UNIT_HEAD', 'COMMISSION_SECRETARY', 'GROUP_LEADER', 'SUPERVISOR_STAFF', 'VILLAGE_SUPERVISOR', 'STAFF')`)
@Check('appointment_validity_check', 'valid_to IS NULL OR valid_to > valid_from')
@Unique('appointment_id_unit_key', ['id', 'unit_id'])
@Exclusion('appointment_excl', 'USING gist (person_id WITH =, position_id WITH =, role WITH =, daterange(valid_from, valid_to) WITH &&)')
@Index('appointment_unit_id_idx', ['unit_id', 'role'])
@Index('appointment_person_id_idx', ['person_id'])
@Index('appointment_position_id_idx', ['position_id'])
@ForeignKey(() => PositionEntity, ['position_id', 'unit_id'], ['id', 'unit_id'], { name: 'appointment_position_fk' })
export class AppointmentEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'appointment_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'appointment_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => PersonEntity, { name: 'appointment_person_fk' })
  @Column('uuid') person_id: string
  @Column('uuid') position_id: string
  @Column('text') role: string
  @Column('date') valid_from: string
  @Column('date', { nullable: true }) valid_to: string | null
}
