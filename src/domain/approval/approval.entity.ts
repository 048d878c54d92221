import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('approval_record')
@Check('approval_record_decision_check', `(decision = ANY (ARRAY['APPROVED'::text, 'RETURNED'::text, 'REJECTED'::text, 'VOIDED'::text]))`)
@Index('approval_record_subject_idx', ['subject_id', 'id'])
export class ApprovalRecordEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'approval_record_pkey' }) id: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
  @Column('text') subject_type: string
  @Column('uuid') subject_id: string
  @Column('uuid') unit_id: string
  @Column('text') step: string
  @Column('text') decision: string
  @Column('text') content_hash: string
  @Column('text', { default: () => "'SHA-256'" }) hash_algorithm: string
  @Column('text') actor: string
  @Column('text', { nullable: true }) opinion: string | null
}
