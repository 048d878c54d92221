import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'

@Entity('audit_record')
@Index('audit_record_subject_idx', ['subject_id', 'at'])
@Index('audit_record_growth_idx', { synchronize: false })
export class AuditRecordEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_record_pkey' }) id: string
  @Column('timestamptz', { default: () => "clock_timestamp()" }) at: string
  @Column('bigint', { default: () => '((pg_current_xact_id()))' }) tx: string
  @Column('text') actor: string
  @Column('text') request_id: string
  @Column('text', { nullable: true }) address: string | null
  @Column('text') command: string
  @Column('text') subject_type: string
  @Column('uuid', { nullable: true }) subject_id: string | null
  @Column('jsonb', { nullable: true }) before: unknown
  @Column('jsonb', { nullable: true }) after: unknown
  /** The unit that it is about; null: the whole territory. */
  @Column('uuid', { nullable: true }) unit_id: string | null
}

@Entity('audit_seal')
@Unique('audit_seal_sequence_key', ['sequence'])
@Unique('audit_seal_first_position_key', ['first_position'])
@Check('audit_seal_count_check', '((record_count >= 1) AND (record_count = cardinality(record_ids)) AND (last_position = ((first_position + record_count) - 1)))')
@Check('audit_seal_first_check', '(((sequence = 1) = (previous_hash IS NULL)) AND (sequence >= 1))')
export class AuditSealEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_seal_pkey' }) id: string
  @Column('integer') sequence: number
  @Column('timestamptz') at: string
  @Column('bigint') first_position: string
  @Column('bigint') last_position: string
  @Column('integer') record_count: number
  @Column('text') algorithm: string
  @Column('text') record_form: string
  @Column('text') root: string
  @Column('text', { nullable: true }) previous_hash: string | null
  @Column('text') hash: string
  /** The PostgreSQL cluster that it was made in; each change of it, by a restored dump, begins an era with transaction numbers of its own. */
  @Column('text') cluster: string
  @Column('integer') era: number
  @Column('text') snapshot: string
  @Column('uuid', { array: true }) record_ids: string[]
  @Column('bytea') leaves: Buffer
}

@Entity('audit_digest_key')
@Check('audit_digest_key_only_one_check', 'only_one')
export class AuditDigestKeyEntity {
  @PrimaryColumn('boolean', { default: true, primaryKeyConstraintName: 'audit_digest_key_pkey' }) only_one: boolean
  @Column('text') key: string
}

@Entity('state_transition')
@Check('state_transition_closed_check', `((unit_id = '00000000-0000-0000-0000-000000000000'::uuid) = (subject_type = ANY (ARRAY['Case'::text, 'Clue'::text, 'ClueTransfer'::text, 'IdentityRelease'::text, 'Restitution'::text, 'Verification'::text])))`)
@Index('state_transition_subject_idx', ['subject_id', 'id'])
export class StateTransitionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'state_transition_pkey' }) id: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
  @Column('text') subject_type: string
  @Column('uuid') subject_id: string
  @Column('uuid') unit_id: string
  @Column('text') command: string
  @Column('text') from_state: string
  @Column('text') to_state: string
  @Column('text') actor: string
  @Column('text', { nullable: true }) opinion: string | null
}
