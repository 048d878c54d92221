import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { PositionEntity } from '../position'
import { UnitEntity } from '../unit'

@Entity('power')
@Check('power_category_check', `(category = ANY (ARRAY['PERSONNEL'::text, 'FINANCE'::text, 'PROCUREMENT'::text, 'PROJECT'::text, 'APPROVAL'::text, 'ENFORCEMENT'::text, 'INSPECTION_SUPERVISION'::text, 'FUND_SUPERVISION'::text, 'ASSET'::text, 'PUBLIC_SERVICE'::text, 'INFORMATION_DATA'::text, 'OTHER'::text]))`)
@Check('power_significance_check', `(significance = ANY (ARRAY['MAJOR'::text, 'GENERAL'::text]))`)
@Check('power_state_check', `(state = ANY (ARRAY['PROPOSED'::text, 'CONFIRMED'::text, 'PUBLISHED'::text, 'SUSPENDED'::text, 'ABOLISHED'::text]))`)
@Unique('power_id_unit_key', ['id', 'unit_id'])
@Unique('power_unit_code_key', ['unit_id', 'code'])
@Index('power_unit_idx', { synchronize: false })
@Index('power_catalog_code_idx', ['catalog_code'], { where: "catalog_code IS NOT NULL" })
export class PowerEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'power_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'power_unit_fk' })
  @Column('uuid') unit_id: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('text') name_zh: string
  @Column('text', { nullable: true }) name_en: string | null
  @Column('text', { nullable: true }) description_zh: string | null
  @Column('text') category: string
  @Column('text') significance: string
  @Column({ type: 'text', collation: 'C', nullable: true }) sector_code: string | null
  @Column('jsonb', { default: () => "'[]'" }) legal_basis: unknown
  @Column('text') state: string
  @Column('text', { array: true, default: () => "'{}'" }) edited_by: string[]
  @Column({ type: 'text', collation: 'C', nullable: true }) catalog_code: string | null
  @Column('text', { nullable: true }) catalog_version: string | null
  @Column('jsonb', { nullable: true }) catalog_base: unknown
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}

@Entity('power_position')
@ForeignKey(() => PositionEntity, ['position_id', 'unit_id'], ['id', 'unit_id'], { name: 'power_position_position_fk' })
@ForeignKey(() => PowerEntity, ['power_id', 'unit_id'], ['id', 'unit_id'], { name: 'power_position_power_fk' })
@Index('power_position_position_id_idx', ['position_id'])
export class PowerPositionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'power_position_pkey' }) power_id: string
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'power_position_pkey' }) position_id: string
  @Column('uuid') unit_id: string
}
