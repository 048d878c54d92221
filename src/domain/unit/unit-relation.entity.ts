import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { UnitEntity } from './unit.entity'

@Entity('unit_relation')
@Check('unit_relation_kind_check', `kind IN ('LINE', 'DISPATCHED', 'OUTPOST', 'LIAISON')`)
@Check('unit_relation_ends_check', 'from_unit_id <> to_unit_id')
@Check('unit_relation_validity_check', 'valid_to IS NULL OR valid_to > valid_from')
@Exclusion('unit_relation_excl', 'USING gist (from_unit_id WITH =, to_unit_id WITH =, kind WITH =, daterange(valid_from, valid_to) WITH &&)')
@Index('unit_relation_from_unit_id_idx', ['from_unit_id', 'kind'])
@Index('unit_relation_to_unit_id_idx', ['to_unit_id', 'kind'])
export class UnitRelationEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'unit_relation_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'unit_relation_from_unit_fk' })
  @Column('uuid') from_unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'unit_relation_to_unit_fk' })
  @Column('uuid') to_unit_id: string
  @Column('text') kind: string
  @Column('date') valid_from: string
  @Column('date', { nullable: true }) valid_to: string | null
}
