import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'

@Entity('unit')
@Unique('unit_code_key', ['code'])
@Unique('unit_uscc_key', ['uscc'])
@Unique('unit_path_key', ['path'])
@Check('unit_state_check', `state IN ('ACTIVE', 'MERGED', 'DISSOLVED')`)
@Check('unit_path_check', `path LIKE '/%/' AND depth >= 1`)
@Check('unit_kind_check', `kind ~ '^[A-Z_]+$'`)
@Check('unit_code_check', `code ~ '^[0-9A-Za-z.-]+$'`)
@Check('unit_path_alphabet_check', `path ~ '^[/0-9A-Za-z.-]+$'`)
@Index('unit_parent_id_idx', ['parent_id'])
@Index('unit_name_pinyin_idx', ['name_pinyin', 'id'])
@Index('unit_division_code_idx', ['division_code'])
@Index('unit_kind_idx', ['kind', 'id'])
export class UnitEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'unit_pkey' }) id: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column({ type: 'text', collation: 'C', nullable: true }) uscc: string | null
  @Column('text') name_zh: string
  @Column('text', { nullable: true }) name_en: string | null
  @Column({ type: 'text', collation: 'C' }) name_pinyin: string
  @Column({ type: 'text', collation: 'C' }) name_initials: string
  @Column('text') kind: string
  @Column({ type: 'text', collation: 'C' }) division_code: string
  @ForeignKey(() => UnitEntity, { name: 'unit_parent_fk' })
  @Column('uuid', { nullable: true }) parent_id: string | null
  @Column({ type: 'text', collation: 'C' }) path: string
  @Column('integer') depth: number
  @Column('text', { array: true, default: () => `'{}'` }) sector_codes: string[]
  @Column('text', { default: 'ACTIVE' }) state: string
  @Column('date') valid_from: string
  @Column('date', { nullable: true }) valid_to: string | null
  @ForeignKey(() => UnitEntity, { name: 'unit_successor_fk' })
  @Column('uuid', { nullable: true }) successor_id: string | null
  @Column('boolean', { default: false }) is_synthetic: boolean
}
