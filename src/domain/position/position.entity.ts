import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { UnitEntity } from '../unit'

@Entity('position')
@Unique('position_unit_code_key', ['unit_id', 'code'])
@Unique('position_id_unit_key', ['id', 'unit_id'])
export class PositionEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'position_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'position_unit_fk' })
  @Column('uuid') unit_id: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('text') name_zh: string
  @Column('text', { nullable: true }) name_en: string | null
  @Column('boolean') power_bearing: boolean
  @Column('text', { nullable: true }) rank: string | null
}
