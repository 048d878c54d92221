import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm'

@Entity('approval_record')
@Check('approval_record_decision_check', `(decision = ANY (ARRAY['APPROVED'::text, 'RETURNED'::text, 'REJECTED'::text, 'VOIDED'::text]))`)
@Check('approval_record_hash_check', `((hash_algorithm = ANY (ARRAY['SHA-256'::text, 'SM3'::text])) AND (content_hash ~ '^[0-9a-f]{64}$'::text))`)
@Check('approval_record_opinion_check', `((decision = 'APPROVED'::text) OR ((opinion IS NOT NULL) AND (opinion ~ '\\S'::text)))`)
@Check('approval_record_seq_check', '(seq > 0)')
@Unique('approval_record_order_key', ['subject_id', 'seq'])
export class ApprovalRecordEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'approval_record_pkey' }) id: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
  @Column('text') subject_type: string
  @Column('uuid') subject_id: string
  @Column('uuid') unit_id: string
  @Column('int') seq: number
  @Column('text') step: string
  @Column('text') decision: string
  @Column('text') content_hash: string
  @Column('text', { default: () => "'SHA-256'" }) hash_algorithm: string
  @Column('text') actor: string
  @Column('text', { nullable: true }) opinion: string | null
}
