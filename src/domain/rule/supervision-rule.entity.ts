import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { UnitEntity } from '../unit'

@Entity('supervision_rule')
@Check('supervision_rule_kind_check', `(kind = ANY (ARRAY['CITY_COMMISSION_ORGAN'::text, 'DISPATCHED_DEPARTMENT_GROUP'::text, 'TOWNSHIP_AREA_OUTPOST_GROUP'::text, 'TOWNSHIP_COMMISSION'::text]))`)
@Check('supervision_rule_version_check', '(version >= 1)')
@Check('supervision_rule_state_check', `(state = ANY (ARRAY['DRAFT'::text, 'UNDER_REVIEW'::text, 'APPROVED'::text, 'PUBLISHED'::text, 'SUPERSEDED'::text, 'REPEALED'::text, 'WITHDRAWN'::text]))`)
@Check('supervision_rule_period_check', '((effective_to IS NULL) OR (effective_to >= effective_from))')
@Check('supervision_rule_published_check', `((is_published = (published_at IS NOT NULL)) AND (is_published = (state = ANY (ARRAY['PUBLISHED'::text, 'SUPERSEDED'::text, 'REPEALED'::text]))) AND (is_published OR (effective_to IS NULL)))`)
@Check('supervision_rule_repealed_check', `((state = 'REPEALED'::text) = (repealed_reason IS NOT NULL))`)
@Check('supervision_rule_ended_check', `((state = ANY (ARRAY['SUPERSEDED'::text, 'REPEALED'::text])) = (effective_to IS NOT NULL))`)
@Unique('supervision_rule_version_key', ['unit_id', 'kind', 'version'])
@Unique('supervision_rule_id_published_key', ['id', 'unit_id', 'is_published'])
@Exclusion('supervision_rule_in_force_excl', 'USING gist (unit_id WITH =, kind WITH =, in_force WITH &&)')
@Index('supervision_rule_open_key', ['unit_id', 'kind'], { unique: true, where: "state = ANY (ARRAY['DRAFT'::text, 'UNDER_REVIEW'::text, 'APPROVED'::text])" })
@Index('supervision_rule_effective_from_idx', ['effective_from', 'id'])
export class SupervisionRuleEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_rule_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'supervision_rule_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('text') kind: string
  @Column('int') version: number
  @Column('text') title_zh: string
  @Column('text', { nullable: true }) title_en: string | null
  @Column('text', { nullable: true }) document_no: string | null
  @Column('text') issuer_name_zh: string
  @Column('date') effective_from: string
  @Column('date', { nullable: true }) effective_to: string | null
  @Column('text') state: string
  @Column('text', { array: true, default: () => "'{}'" }) edited_by: string[]
  @Column('text', { nullable: true }) submitted_by: string | null
  @Column('timestamptz', { nullable: true }) submitted_at: string | null
  @Column('text', { nullable: true }) approved_by: string | null
  @Column('timestamptz', { nullable: true }) approved_at: string | null
  @Column('text', { nullable: true }) content_hash: string | null
  @Column('timestamptz', { nullable: true }) published_at: string | null
  @Column('boolean', { default: false }) is_published: boolean
  @Column('daterange', { nullable: true }) in_force: string | null
  @Column('text', { nullable: true }) repealed_reason: string | null
  @ForeignKey(() => SupervisionRuleEntity, { name: 'supervision_rule_supersedes_fk' })
  @Column('uuid', { nullable: true }) supersedes_id: string | null
  @Column('boolean', { default: false }) is_synthetic: boolean
}

@Entity('supervision_rule_item')
@Check('supervision_rule_item_section_check', `(section = ANY (ARRAY['OBJECTS'::text, 'MATTERS'::text, 'WAYS'::text, 'MEANS'::text, 'USE_OF_RESULTS'::text, 'ACCOUNTABILITY_TRIGGERS'::text]))`)
@Check('supervision_rule_item_seq_check', '(seq >= 1)')
@Check('supervision_rule_item_fault_kind_check', `(fault_kind = ANY (ARRAY['ABDICATION'::text, 'DISORDER'::text, 'ABUSE'::text]))`)
@Check('supervision_rule_item_fault_check', `((section = 'ACCOUNTABILITY_TRIGGERS'::text) = (fault_kind IS NOT NULL))`)
@Check('supervision_rule_item_objects_check', `((section = 'OBJECTS'::text) OR ((unit_kinds = '{}'::text[]) AND (relation_kinds = '{}'::text[])))`)
@Check('supervision_rule_item_matters_check', `((section = 'MATTERS'::text) OR (num_nonnulls(matter_code, power_category, sector_code) = 0))`)
@ForeignKey(() => SupervisionRuleEntity, ['rule_id', 'unit_id', 'is_published'], ['id', 'unit_id', 'is_published'], { name: 'supervision_rule_item_rule_fk', onUpdate: 'CASCADE' })
@Unique('supervision_rule_item_code_key', ['rule_id', 'code'])
@Unique('supervision_rule_item_seq_key', ['rule_id', 'section', 'seq'])
@Index('supervision_rule_item_unit_id_idx', ['unit_id', 'section', 'code'])
@Index('supervision_rule_item_matter_code_idx', ['matter_code'], { where: 'matter_code IS NOT NULL' })
export class SupervisionRuleItemEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_rule_item_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') rule_id: string
  @Column('boolean', { default: false }) is_published: boolean
  @Column('text') section: string
  @Column('int') seq: number
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('text') text_zh: string
  @Column('text', { nullable: true }) text_en: string | null
  @Column('text', { nullable: true }) fault_kind: string | null
  @Column('text', { array: true, default: () => "'{}'" }) unit_kinds: string[]
  @Column('text', { array: true, default: () => "'{}'" }) relation_kinds: string[]
  @Column({ type: 'text', collation: 'C', nullable: true }) matter_code: string | null
  @Column('text', { nullable: true }) power_category: string | null
  @Column('text', { nullable: true }) sector_code: string | null
  @Column('boolean', { default: false }) is_synthetic: boolean
}
