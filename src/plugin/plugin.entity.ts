import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../database/auditable.entity'

@Entity('plugin')
@Check('plugin_reason_check', `((state <> 'QUARANTINED'::text) OR ((phase IS NOT NULL) AND (reason IS NOT NULL)))`)
@Check('plugin_source_check', `(source = ANY (ARRAY['FOLDER'::text, 'PACKAGE'::text]))`)
@Check('plugin_state_check', `(state = ANY (ARRAY['DISCOVERED'::text, 'ENABLED'::text, 'DISABLED'::text, 'QUARANTINED'::text, 'DETACHED'::text, 'PURGED'::text]))`)
@Check('plugin_tier_check', `((tier >= 0) AND (tier <= 2))`)
@Unique('plugin_code_key', ['code'])
export class PluginEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'plugin_pkey' }) id: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('text') title_zh: string
  @Column('text') title_en: string
  @Column('text') version: string
  @Column('text') core_range: string
  @Column('int') tier: number
  @Column('text') source: string
  @Column('text') state: string
  @Column('timestamptz') since: string
  @Column('text', { nullable: true }) phase: string | null
  @Column('text', { nullable: true }) reason: string | null
  @Column('jsonb', { default: () => "'[]'" }) problems: unknown
  @Column('int', { default: 0 }) types_count: number
  @Column('int', { default: 0 }) fields_count: number
  @Column('int', { default: 0 }) queries_count: number
  @Column('int', { default: 0 }) mutations_count: number
  @Column('int', { default: 0 }) tables_count: number
  @Column('int', { default: 0 }) routes_count: number
  @Column('int', { default: 0 }) items_count: number
  @Column('int', { default: 0 }) indicators_count: number
  @Column('jsonb', { default: () => "'[]'" }) claims: unknown
  @Column('text', { nullable: true }) sdl: string | null
  @Column('text', { nullable: true }) catalog_version: string | null
  @Column('jsonb', { default: () => "'[]'" }) leftovers: unknown
}

@Entity('plugin_ledger')
@Check('plugin_ledger_direction_check', `(direction = ANY (ARRAY['UP'::text, 'DOWN'::text]))`)
@Index('plugin_ledger_migration_idx', ['plugin_code', 'migration', 'id'])
export class PluginLedgerEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'plugin_ledger_pkey' }) id: string
  @Column({ type: 'text', collation: 'C' }) plugin_code: string
  @Column({ type: 'text', collation: 'C' }) migration: string
  @Column('text') checksum: string
  @Column('text') direction: string
  @Column('text') plugin_version: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
}
