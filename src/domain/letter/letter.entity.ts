import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { AppointmentEntity } from '../person'
import { RiskPointEntity } from '../risk'
import { UnitEntity } from '../unit'

@Entity('recommendation_letter')
@Check('recommendation_letter_issued_check', '((num_nulls(no, issued_on, reply_due_on) = ANY (ARRAY[0, 3])) AND ((no IS NULL) = (unit_id = issuer_unit_id)))')
@Check('recommendation_letter_parties_check', '(issuer_unit_id <> addressee_unit_id)')
@Check('recommendation_letter_place_check', '((unit_id = issuer_unit_id) OR (unit_id = addressee_unit_id))')
@Check('recommendation_letter_reply_within_check', '((reply_within >= 1) AND (reply_within <= 120))')
@Check('recommendation_letter_source_check', `((source_kind = 'OTHER'::text) = (source_id IS NULL))`)
@Check('recommendation_letter_source_kind_check', `(source_kind = ANY (ARRAY['PORTRAIT'::text, 'CASE'::text, 'ACTIVITY'::text, 'HEARING'::text, 'OTHER'::text]))`)
@Check('recommendation_letter_state_check', `(state = ANY (ARRAY['DRAFT'::text, 'UNDER_REVIEW'::text, 'SIGNED'::text, 'ISSUED'::text, 'ACKNOWLEDGED'::text, 'ADOPTED'::text, 'PARTLY_ADOPTED'::text, 'DECLINED'::text, 'ESCALATED'::text, 'REPORTED_BACK'::text, 'VERIFIED'::text, 'CLOSED'::text, 'WITHDRAWN'::text]))`)
@Unique('recommendation_letter_no_key', ['issuer_unit_id', 'no'])
@Unique('recommendation_letter_parties_key', ['id', 'issuer_unit_id', 'addressee_unit_id'])
@Index('recommendation_letter_addressee_idx', ['addressee_unit_id', 'id'])
@Index('recommendation_letter_issuer_idx', ['issuer_unit_id', 'id'])
@Index('recommendation_letter_source_idx', ['source_id', 'id'], { where: 'source_id IS NOT NULL' })
@Index('recommendation_letter_state_idx', ['state', 'id'])
@Index('recommendation_letter_unit_idx', ['unit_id', 'id'])
export class RecommendationLetterEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'recommendation_letter_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'recommendation_letter_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'recommendation_letter_issuer_unit_fk' })
  @Column('uuid') issuer_unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'recommendation_letter_addressee_unit_fk' })
  @Column('uuid') addressee_unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'recommendation_letter_superior_unit_fk' })
  @Column('uuid', { nullable: true }) superior_unit_id: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) no: string | null
  @Column('text') title: string
  @Column('text') basis: string
  @Column('text') source_kind: string
  @Column('uuid', { nullable: true }) source_id: string | null
  @Column('int', { nullable: true }) reply_within: number | null
  @Column('text') state: string
  @Column('text', { array: true, default: () => "'{}'" }) edited_by: string[]
  @Column('text', { nullable: true }) submitted_by: string | null
  @Column('text', { nullable: true }) signed_by: string | null
  @Column('timestamptz', { nullable: true }) signed_at: string | null
  @Column('text', { nullable: true }) content_hash: string | null
  @Column('date', { nullable: true }) issued_on: string | null
  @Column('date', { nullable: true }) reply_due_on: string | null
  @Column('date', { nullable: true }) replied_on: string | null
  @Column('text', { array: true, default: () => "'{}'" }) answered_by: string[]
  @Column('date', { nullable: true }) closed_on: string | null
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}

@Entity('recommendation_item')
@Check('recommendation_item_declined_check', `((declined_reason IS NOT NULL) = (state = 'DECLINED'::text))`)
@Check('recommendation_item_place_check', '((unit_id = issuer_unit_id) OR (unit_id = addressee_unit_id))')
@Check('recommendation_item_state_check', `(state = ANY (ARRAY['PENDING'::text, 'ADOPTED'::text, 'DECLINED'::text, 'IMPLEMENTED'::text, 'VERIFIED'::text]))`)
@Check('recommendation_item_task_check', '((responsible_appointment_id IS NULL) = (due_on IS NULL))')
@ForeignKey(() => RecommendationLetterEntity, ['letter_id', 'issuer_unit_id', 'addressee_unit_id'], ['id', 'issuer_unit_id', 'addressee_unit_id'], { name: 'recommendation_item_letter_fk' })
@ForeignKey(() => AppointmentEntity, ['responsible_appointment_id', 'addressee_unit_id'], ['id', 'unit_id'], { name: 'recommendation_item_responsible_fk' })
@ForeignKey(() => RiskPointEntity, ['target_risk_point_id', 'addressee_unit_id'], ['id', 'unit_id'], { name: 'recommendation_item_risk_point_fk' })
@Unique('recommendation_item_seq_key', ['letter_id', 'seq'])
@Index('recommendation_item_risk_point_idx', ['target_risk_point_id', 'id'], { where: 'target_risk_point_id IS NOT NULL' })
@Index('recommendation_item_state_idx', ['state', 'id'])
@Index('recommendation_item_unit_idx', ['unit_id', 'id'])
export class RecommendationItemEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'recommendation_item_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'recommendation_item_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('uuid') letter_id: string
  @Column('uuid') issuer_unit_id: string
  @Column('uuid') addressee_unit_id: string
  @Column('int') seq: number
  @Column('text') content: string
  @Column('uuid', { nullable: true }) target_risk_point_id: string | null
  @Column('text') state: string
  @Column('text', { nullable: true }) measure: string | null
  @Column('text', { nullable: true }) declined_reason: string | null
  @Column('date', { nullable: true }) adopted_on: string | null
  @Column('uuid', { nullable: true }) responsible_appointment_id: string | null
  @Column('date', { nullable: true }) due_on: string | null
  @Column('text', { array: true, default: () => "'{}'" }) performed_by: string[]
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}
