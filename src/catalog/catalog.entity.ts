import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../database/auditable.entity'
import { UnitEntity } from '../domain/unit'

@Entity('catalog_release')
@Check('catalog_release_published_check', `((state = ANY (ARRAY['PUBLISHED'::text, 'DEPRECATED'::text])) = (published_at IS NOT NULL))`)
@Check('catalog_release_state_check', `(state = ANY (ARRAY['DRAFT'::text, 'VALIDATED'::text, 'PUBLISHED'::text, 'DEPRECATED'::text]))`)
@Unique('catalog_release_id_plugin_key', ['id', 'plugin_code', 'version'])
@Unique('catalog_release_version_key', ['plugin_code', 'version'])
@Index('catalog_release_published_key', ['plugin_code'], { unique: true, where: "state = 'PUBLISHED'" })
export class CatalogReleaseEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'catalog_release_pkey' }) id: string
  @Column({ type: 'text', collation: 'C' }) plugin_code: string
  @Column({ type: 'text', collation: 'C' }) version: string
  @Column('text') content_hash: string
  @Column('text') code_prefix: string
  @Column('text') title_zh: string
  @Column('text') title_en: string
  @Column('text', { nullable: true }) maintainer: string | null
  @Column('text', { array: true, default: () => "'{}'" }) change_log: string[]
  @Column('text') state: string
  @Column('timestamptz', { nullable: true }) published_at: string | null
  @Column('int') items_count: number
  @Column('jsonb', { default: () => "'[]'" }) audiences: unknown
  @Column('jsonb', { default: () => "'[]'" }) variables: unknown
  @Column('jsonb', { default: () => "'[]'" }) code_lists: unknown
}

@Entity('catalog_item')
@Check('catalog_item_code_check', `starts_with(code, (((plugin_code || '.'::text) || lower(replace(kind, '_'::text, '-'::text))) || '.'::text))`)
@Check('catalog_item_kind_check', `(kind = ANY (ARRAY['POSITION'::text, 'POWER'::text, 'FLOW'::text, 'RISK'::text, 'CONTROL'::text, 'DUTY'::text, 'FOCUS'::text, 'INDICATOR'::text, 'VIOLATION_TYPE'::text, 'FINDING_CATEGORY'::text, 'SUPERVISION_MATTER'::text, 'PROBLEM_CATEGORY'::text]))`)
@ForeignKey(() => CatalogReleaseEntity, ['release_id', 'plugin_code', 'version'], ['id', 'plugin_code', 'version'], { name: 'catalog_item_release_fk' })
@Unique('catalog_item_code_key', ['release_id', 'code'])
@Unique('catalog_item_seq_key', ['release_id', 'seq'])
@Index('catalog_item_code_idx', ['code'])
@Index('catalog_item_parent_code_idx', ['release_id', 'parent_code'], { where: "parent_code IS NOT NULL" })
export class CatalogItemEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'catalog_item_pkey' }) id: string
  @Column('uuid') release_id: string
  @Column({ type: 'text', collation: 'C' }) plugin_code: string
  @Column({ type: 'text', collation: 'C' }) version: string
  @Column('text') kind: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('int') seq: number
  @Column({ type: 'text', collation: 'C', nullable: true }) parent_code: string | null
  @Column('text') title_zh: string
  @Column('text', { nullable: true }) title_en: string | null
  @Column('text', { array: true, default: () => "'{}'" }) audience_codes: string[]
  @Column('jsonb') payload: unknown
  @Column('text') content_hash: string
  @Column('jsonb', { default: () => "'[]'" }) legal_basis: unknown
  @Column('text', { nullable: true }) source_note: string | null
  @Column('boolean') is_synthetic: boolean
  @Column('text', { nullable: true }) retired_in: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) superseded_by_code: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) supersedes_code: string | null
}

@Entity('catalog_adoption')
@Check('catalog_adoption_decision_check', `(decision = ANY (ARRAY['KEEP_LOCAL'::text, 'TAKE_UPSTREAM'::text, 'MERGE'::text]))`)
@Check('catalog_adoption_drift_check', `(drift = ANY (ARRAY['IN_SYNC'::text, 'LOCALLY_EDITED'::text, 'UPSTREAM_CHANGED'::text, 'CONFLICT'::text, 'UPSTREAM_RETIRED'::text]))`)
@Check('catalog_adoption_year_check', `((year = 0) OR ((year >= 2000) AND (year <= 2100)))`)
@ForeignKey(() => CatalogReleaseEntity, ['release_id', 'plugin_code', 'adopted_version'], ['id', 'plugin_code', 'version'], { name: 'catalog_adoption_release_fk' })
@Unique('catalog_adoption_item_key', ['unit_id', 'item_code', 'year'])
@Index('catalog_adoption_item_code_idx', ['item_code', 'drift'])
@Index('catalog_adoption_local_id_idx', ['local_id'])
export class CatalogAdoptionEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'catalog_adoption_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'catalog_adoption_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('uuid') release_id: string
  @Column({ type: 'text', collation: 'C' }) plugin_code: string
  @Column({ type: 'text', collation: 'C' }) adopted_version: string
  @Column('text') kind: string
  @Column({ type: 'text', collation: 'C' }) item_code: string
  @Column('text') base_hash: string
  @Column('int', { default: 0 }) year: number
  @Column('text') local_type: string
  @Column('uuid') local_id: string
  @Column('text') drift: string
  @Column('text', { nullable: true }) decision: string | null
}
