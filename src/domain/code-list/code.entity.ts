import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'

@Entity('listed_code')
@Check('listed_code_list_check', `(list = ANY (ARRAY['FINDING_CATEGORY'::text, 'VIOLATION_TYPE'::text, 'SUPERVISION_MATTER'::text, 'PROBLEM_CATEGORY'::text]))`)
@Check('listed_code_code_check', `(code ~ '^[a-z0-9.-]+$'::text)`)
@Check('listed_code_namespace_check', `CASE WHEN (plugin_code IS NULL) THEN (strpos(code, '.'::text) = 0) ELSE starts_with(code, (plugin_code || '.'::text)) END`)
@Unique('listed_code_code_key', ['list', 'code'])
@Index('listed_code_code_idx', ['code', 'id'])
@Index('listed_code_plugin_code_idx', ['plugin_code'], { where: 'plugin_code IS NOT NULL' })
export class CodeEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'listed_code_pkey' }) id: string
  @Column('text') list: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('text') label_zh: string
  @Column('text') label_en: string
  @Column('text', { nullable: true }) description_zh: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) plugin_code: string | null
  @Column('text', { nullable: true }) catalog_version: string | null
  @Column('date', { nullable: true }) retired_on: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) superseded_by_code: string | null
  @Column('boolean', { default: false }) is_synthetic: boolean
}
