import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('outbox_event')
@Index('outbox_event_tx_idx', ['tx', 'id'])
export class OutboxEventEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'outbox_event_pkey' }) id: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
  @Column('bigint', { default: () => '((pg_current_xact_id()))' }) tx: string
  @Column('text') type: string
  @Column('text') subject_type: string
  @Column('uuid') subject_id: string
  @Column('uuid', { nullable: true }) unit_id: string | null
  @Column('text') actor: string
  @Column('jsonb') payload: unknown
}

@Entity('idempotent_request')
@Check('idempotent_request_key_check', '((length(key) >= 8) AND (length(key) <= 100))')
@Index('idempotent_request_at_idx', { synchronize: false })
export class IdempotentRequestEntity {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'idempotent_request_pkey' }) actor: string
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'idempotent_request_pkey' }) key: string
  @Column('text') command: string
  @Column('text') input_hash: string
  @Column('jsonb') result: unknown
  @Column('timestamptz', { default: () => 'now()' }) at: string
}
