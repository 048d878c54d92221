import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { PersonEntity } from '../person'
import { UnitEntity } from '../unit'
import { ClueEntity } from './clue.entity'

@Entity('verification')
@Check('verification_approved_check', `((state <> ALL (ARRAY['APPROVED'::text, 'CONCLUDED'::text])) OR ((approved_hash IS NOT NULL) AND (approved_hash = content_hash)))`)
@ForeignKey(() => ClueEntity, ['clue_id', 'unit_id'], ['id', 'unit_id'], { name: 'verification_clue_fk', onUpdate: 'CASCADE' })
@Check('verification_days_check', '(planned_to >= planned_from)')
@Check('verification_mode_check', `(mode = ANY (ARRAY['PATROL_PLUS_COMMISSION'::text, 'OFFICE_PLUS_DISPATCHED'::text, 'OUTPOST_PLUS_TOWNSHIP'::text, 'TOWNSHIP_PLUS_VILLAGE'::text]))`)
@Check('verification_outcome_check', `(outcome = ANY (ARRAY['FOUNDED_CLERICAL'::text, 'FOUNDED_MISCONDUCT'::text, 'PARTLY_FOUNDED'::text, 'UNFOUNDED'::text, 'NOT_COMPETENT'::text]))`)
@Check('verification_state_check', `(state = ANY (ARRAY['DRAFT'::text, 'UNDER_REVIEW'::text, 'APPROVED'::text, 'CONCLUDED'::text, 'ABANDONED'::text]))`)
@Index('verification_clue_idx', ['clue_id', 'id'])
@Index('verification_current_key', ['clue_id'], { unique: true, where: `(state = ANY (ARRAY['DRAFT'::text, 'UNDER_REVIEW'::text, 'APPROVED'::text]))` })
export class VerificationEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'verification_pkey' }) id: string
  @Column('uuid') clue_id: string
  @Column('uuid') unit_id: string
  @Column('text', { nullable: true }) mode: string | null
  @Column('date') planned_from: string
  @Column('date') planned_to: string
  @Column('text') plan_digest: string
  @Column('text') content_hash: string
  @Column('text', { nullable: true }) approved_hash: string | null
  @Column('text', { nullable: true }) approved_by: string | null
  @Column('date', { nullable: true }) approved_on: string | null
  @Column('text', { array: true, default: () => `'{}'` }) edited_by: string[]
  @Column('text', { nullable: true }) submitted_by: string | null
  @Column('text', { array: true, default: () => `'{}'` }) readers: string[]
  @Column('text', { nullable: true }) outcome: string | null
  @Column('text', { nullable: true }) concluded_by: string | null
  @Column('date', { nullable: true }) concluded_on: string | null
  @Column('text') state: string
}

@Entity('verification_member')
@Check('verification_member_akin_check', '(NOT is_akin)')
@Index('verification_member_person_idx', ['person_id'])
export class VerificationMemberEntity {
  @ForeignKey(() => VerificationEntity, { name: 'verification_member_verification_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'verification_member_pkey' }) verification_id: string
  @ForeignKey(() => PersonEntity, { name: 'verification_member_person_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'verification_member_pkey' }) person_id: string
  @ForeignKey(() => UnitEntity, { name: 'verification_member_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('boolean') is_lead: boolean
  @Column('boolean') is_akin: boolean
}

@Entity('restitution')
@ForeignKey(() => ClueEntity, ['clue_id', 'unit_id'], ['id', 'unit_id'], { name: 'restitution_clue_fk', onUpdate: 'CASCADE' })
@Check('restitution_currency_check', `(currency = 'CNY'::text)`)
@Check('restitution_kind_check', `(kind = ANY (ARRAY['BACK_PAYMENT'::text, 'REFUND'::text, 'RIGHT_RESTORED'::text, 'RECORD_CORRECTED'::text]))`)
@Check('restitution_measure_check', `(measure = ANY (ARRAY['MU'::text, 'HECTARE'::text, 'SQUARE_METRE'::text, 'KILOGRAM'::text, 'TONNE'::text, 'HEAD'::text, 'PERSON'::text, 'HOUSEHOLD'::text, 'ITEM'::text]))`)
@Check('restitution_paid_check', `((state <> ALL (ARRAY['PAID'::text, 'VERIFIED'::text])) OR (paid_on IS NOT NULL))`)
@Check('restitution_positive_check', '(((quantity > (0)::numeric) AND (amount IS NULL)) OR ((amount > (0)::numeric) AND (quantity IS NULL)) OR ((quantity > (0)::numeric) AND (amount > (0)::numeric)))')
@Check('restitution_state_check', `(state = ANY (ARRAY['OWED'::text, 'PAID'::text, 'VERIFIED'::text, 'CANCELLED'::text]))`)
@Check('restitution_what_check', '((num_nulls(quantity, measure) = ANY (ARRAY[0, 2])) AND (num_nulls(amount, currency) = ANY (ARRAY[0, 2])) AND ((quantity IS NOT NULL) OR (amount IS NOT NULL)))')
@Index('restitution_clue_idx', ['clue_id', 'id'])
@Index('restitution_created_at_idx', ['created_at', 'id'])
@Index('restitution_unit_idx', ['unit_id', 'state'])
export class RestitutionEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'restitution_pkey' }) id: string
  @Column('uuid') clue_id: string
  @Column('uuid') unit_id: string
  @Column('text') kind: string
  @Column('numeric', { nullable: true }) quantity: string | null
  @Column('text', { nullable: true }) measure: string | null
  @Column('numeric', { nullable: true }) amount: string | null
  @Column('text', { nullable: true }) currency: string | null
  @Column('date', { nullable: true }) due_on: string | null
  @Column('date', { nullable: true }) paid_on: string | null
  @Column('text', { nullable: true }) recorded_by: string | null
  @Column('text', { nullable: true }) verified_by: string | null
  @Column('date', { nullable: true }) verified_on: string | null
  @Column('text', { array: true, default: () => `'{}'` }) readers: string[]
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
  @Column('text') state: string
}

@Entity('reporter_identity')
@ForeignKey(() => ClueEntity, ['clue_id', 'unit_id'], ['id', 'unit_id'], { name: 'reporter_identity_clue_fk', onUpdate: 'CASCADE' })
@Unique('reporter_identity_clue_key', ['clue_id'])
export class ReporterIdentityEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reporter_identity_pkey' }) id: string
  @Column('uuid') clue_id: string
  @Column('uuid') unit_id: string
  @Column('timestamptz', { default: () => 'now()' }) created_at: string
  @Column('text') created_by: string
}

@Entity('identity_release')
@ForeignKey(() => ClueEntity, ['clue_id', 'unit_id'], ['id', 'unit_id'], { name: 'identity_release_clue_fk', onUpdate: 'CASCADE' })
@Check('identity_release_days_check', `(released_until <= (decided_at + '31 days'::interval))`)
@Check('identity_release_state_check', `(state = ANY (ARRAY['REQUESTED'::text, 'APPROVED'::text, 'REFUSED'::text, 'WITHDRAWN'::text, 'REVOKED'::text]))`)
@Check('identity_release_until_check', `((state <> 'APPROVED'::text) OR ((released_until IS NOT NULL) AND (decided_by IS NOT NULL)))`)
@Index('identity_release_clue_idx', ['clue_id', 'id'])
@Index('identity_release_created_at_idx', ['created_at', 'id'])
@Index('identity_release_unit_idx', ['unit_id'])
export class IdentityReleaseEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_release_pkey' }) id: string
  @Column('uuid') clue_id: string
  @Column('uuid') unit_id: string
  @Column('text') reason: string
  @Column('text', { nullable: true }) opinion: string | null
  @Column('timestamptz', { nullable: true }) released_until: string | null
  @Column('text', { nullable: true }) decided_by: string | null
  @Column('timestamptz', { nullable: true }) decided_at: string | null
  @Column('int', { default: 0 }) readings: number
  @Column('text', { array: true }) readers: string[]
  @Column('text') state: string
}
