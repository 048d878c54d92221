import { Check, Column, Entity, Exclusion, Index, PrimaryColumn } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'

@Entity('administrative_division')
@Check('administrative_division_level_check', `level IN ('PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE', 'FUNCTIONAL_ZONE')`)
@Check('administrative_division_validity_check', 'valid_to IS NULL OR valid_to > valid_from')
@Exclusion('administrative_division_code_excl', 'USING gist (code WITH =, daterange(valid_from, valid_to) WITH &&)')
@Index('administrative_division_parent_code_idx', ['parent_code'])
@Index('administrative_division_name_pinyin_idx', ['name_pinyin', 'id'])
export class AdministrativeDivisionEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'administrative_division_pkey' }) id: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('text') name_zh: string
  @Column({ type: 'text', collation: 'C' }) name_pinyin: string
  @Column({ type: 'text', collation: 'C' }) name_initials: string
  @Column('text') level: string
  @Column({ type: 'text', collation: 'C', nullable: true }) parent_code: string | null
  @Column('date') valid_from: string
  @Column('date', { nullable: true }) valid_to: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) replaced_by_code: string | null
}
