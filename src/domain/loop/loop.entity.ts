import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { AppointmentEntity } from '../person'
import { AccountabilityCycleEntity, DutyItemEntity } from '../responsibility'

@Entity('progress_review')
@Check('progress_review_figures_check', `((jsonb_typeof(figures) = 'array'::text) AND (jsonb_array_length(figures) = 4))`)
@Check('progress_review_quarter_check', '((quarter >= 1) AND (quarter <= 4))')
@Unique('progress_review_id_unit_key', ['id', 'unit_id'])
@Unique('progress_review_quarter_key', ['cycle_id', 'quarter'])
@ForeignKey(() => AccountabilityCycleEntity, ['cycle_id', 'unit_id'], ['id', 'unit_id'], { name: 'progress_review_cycle_fk' })
export class ProgressReviewEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'progress_review_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') cycle_id: string
  @Column('int') quarter: number
  @Column('date') reviewed_on: string
  @Column('text', { nullable: true }) summary: string | null
  @Column('jsonb') figures: unknown
}

@Entity('progress_move')
@Unique('progress_move_item_key', ['review_id', 'duty_item_id'])
@Index('progress_move_appointment_idx', ['appointment_id'])
@Index('progress_move_duty_item_idx', ['duty_item_id'])
@ForeignKey(() => ProgressReviewEntity, ['review_id', 'unit_id'], ['id', 'unit_id'], { name: 'progress_move_review_fk' })
@ForeignKey(() => DutyItemEntity, ['duty_item_id', 'unit_id'], ['id', 'unit_id'], { name: 'progress_move_duty_item_fk' })
export class ProgressMoveEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'progress_move_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') review_id: string
  @Column('uuid') duty_item_id: string
  @ForeignKey(() => AppointmentEntity, { name: 'progress_move_appointment_fk' })
  @Column('uuid') appointment_id: string
  @Column('date') due_on: string
  @Column('text') measure: string
}

@Entity('cycle_responsibility')
@Check('cycle_responsibility_evaluation_check', '((grade IS NULL) = (evaluation IS NULL))')
@Check('cycle_responsibility_fault_check', `(fault = ANY (ARRAY['AT_FAULT'::text, 'NOT_AT_FAULT'::text]))`)
@Check('cycle_responsibility_fault_reason_check', '((fault IS NULL) = (fault_reason IS NULL))')
@Check('cycle_responsibility_grade_check', `(grade = ANY (ARRAY['FULFILLED'::text, 'MOSTLY_FULFILLED'::text, 'WEAK'::text, 'NOT_FULFILLED'::text]))`)
@Check('cycle_responsibility_responsibility_check', `(responsibility = ANY (ARRAY['COMMITTEE_MAIN'::text, 'SECRETARY_FIRST'::text, 'MEMBER_DUAL_DUTY'::text, 'COMMISSION_SUPERVISORY'::text]))`)
@Unique('cycle_responsibility_key', ['cycle_id', 'responsibility'])
@Index('cycle_responsibility_unit_idx', ['unit_id'])
@ForeignKey(() => AccountabilityCycleEntity, ['cycle_id', 'unit_id'], ['id', 'unit_id'], { name: 'cycle_responsibility_cycle_fk' })
export class CycleResponsibilityEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'cycle_responsibility_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') cycle_id: string
  @Column('int') place: number
  @Column('text') responsibility: string
  @Column('text', { nullable: true }) grade: string | null
  @Column('text', { nullable: true }) evaluation: string | null
  @Column('text', { nullable: true }) fault: string | null
  @Column('text', { nullable: true }) fault_reason: string | null
}
