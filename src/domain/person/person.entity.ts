import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { UnitEntity } from '../unit'

/** Somebody who works in a unit. There is no column for an identity number, and none may be added. */
@Entity('person')
@Unique('person_staff_no_key', ['staff_no'])
@Index('person_unit_id_idx', ['unit_id'])
export class PersonEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'person_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('text') display_name: string
  @Column({ type: 'text', collation: 'C' }) staff_no: string
}
