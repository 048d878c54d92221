import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('audit_record')
@Index('audit_record_subject_idx', ['subject_id', 'at'])
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
}

@Entity('state_transition')
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
