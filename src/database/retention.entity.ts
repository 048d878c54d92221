import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** How long a register is kept; the newest version of a register counts. */
@Entity('retention_period')
@Check('retention_period_days_check', '(days > 0)')
@Check('retention_period_action_check', `(action = ANY (ARRAY['DELETE'::text, 'SHRED'::text]))`)
export class RetentionPeriodEntity {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'retention_period_pkey' }) register: string
  @PrimaryColumn('int', { primaryKeyConstraintName: 'retention_period_pkey' }) version: number
  @Column('int') days: number
  @Column('text') action: string
  @Column('text') basis: string
  @Column('timestamptz', { default: () => 'now()' }) since: string
}

/** What was purged: how much, from when to when, by which rule, with the Merkle root over it. */
@Entity('purge_record')
@Index('purge_record_register_idx', ['register', 'at'])
export class PurgeRecordEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'purge_record_pkey' }) id: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
  @Column('text') register: string
  @Column('int') days: number
  @Column('text') basis: string
  @Column('int') count: number
  @Column('timestamptz') first_at: string
  @Column('timestamptz') last_at: string
  @Column('text') hash_algorithm: string
  @Column('text') merkle_root: string
}
