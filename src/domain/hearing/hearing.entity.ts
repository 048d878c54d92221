import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { DutyReportEntity } from '../duty-report'
import { AppointmentEntity } from '../person'
import { RectificationTaskEntity } from '../rectification'
import { SupervisionFindingEntity } from '../supervision'
import { UnitEntity } from '../unit'

@Entity('hearing_session')
@Check('hearing_session_concluded_check', `((concluded_at IS NOT NULL) = (state = ANY (ARRAY['CONCLUDED'::text, 'FOLLOWED_UP'::text, 'CLOSED'::text])))`)
@Check('hearing_session_state_check', `(state = ANY (ARRAY['SCHEDULED'::text, 'REPORTING'::text, 'QUESTIONING'::text, 'EVALUATING'::text, 'CONCLUDED'::text, 'FOLLOWED_UP'::text, 'CLOSED'::text, 'CANCELLED'::text]))`)
@Check('hearing_session_year_check', '((year >= 2000) AND (year <= 2100))')
@Unique('hearing_session_id_unit_key', ['id', 'unit_id'])
@Unique('hearing_session_no_key', ['unit_id', 'no'])
@Index('hearing_session_held_on_idx', ['held_on', 'id'])
@Index('hearing_session_state_idx', ['state', 'held_on', 'id'])
export class HearingSessionEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'hearing_session_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'hearing_session_unit_fk' })
  @Column('uuid') unit_id: string
  @Column({ type: 'text', collation: 'C' }) no: string
  @Column('date') held_on: string
  @Column('int') year: number
  @Column('text') theme: string
  @Column('text', { nullable: true }) agenda: string | null
  @Column('boolean') broadcast: boolean
  @Column('boolean') is_four_responsibility: boolean
  @Column('text') state: string
  @Column('timestamptz', { nullable: true }) concluded_at: string | null
  @Column('text', { nullable: true }) follow_up: string | null
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}

@Entity('hearing_respondent')
@Check('hearing_respondent_responsibility_check', `(responsibility = ANY (ARRAY['COMMITTEE_MAIN'::text, 'SECRETARY_FIRST'::text, 'MEMBER_DUAL_DUTY'::text, 'COMMISSION_SUPERVISORY'::text]))`)
@Check('hearing_respondent_votes_check', '((num_nulls(votes_satisfied, votes_fair, votes_dissatisfied, votes_abstained, evaluated_at) = ANY (ARRAY[0, 5])) AND ((evaluated_at IS NULL) OR ((LEAST(votes_satisfied, votes_fair, votes_dissatisfied, votes_abstained) >= 0) AND ((((votes_satisfied + votes_fair) + votes_dissatisfied) + votes_abstained) > 0))))')
@ForeignKey(() => HearingSessionEntity, ['session_id', 'host_unit_id'], ['id', 'unit_id'], { name: 'hearing_respondent_session_fk' })
@ForeignKey(() => AppointmentEntity, ['appointment_id', 'unit_id'], ['id', 'unit_id'], { name: 'hearing_respondent_appointment_fk' })
@ForeignKey(() => DutyReportEntity, ['duty_report_id', 'about_unit_id'], ['id', 'unit_id'], { name: 'hearing_respondent_duty_report_fk' })
@Unique('hearing_respondent_id_session_key', ['id', 'session_id', 'unit_id'])
@Unique('hearing_respondent_key', ['session_id', 'appointment_id', 'responsibility'])
@Index('hearing_respondent_appointment_idx', ['appointment_id'])
@Index('hearing_respondent_report_idx', ['duty_report_id'], { where: 'duty_report_id IS NOT NULL' })
@Index('hearing_respondent_unit_idx', ['unit_id', 'id'])
export class HearingRespondentEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'hearing_respondent_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') host_unit_id: string
  @Column('uuid') session_id: string
  @ForeignKey(() => UnitEntity, { name: 'hearing_respondent_about_unit_fk' })
  @Column('uuid') about_unit_id: string
  @Column('text') responsibility: string
  @Column('uuid') appointment_id: string
  @Column('uuid', { nullable: true }) duty_report_id: string | null
  @Column('int', { nullable: true }) votes_satisfied: number | null
  @Column('int', { nullable: true }) votes_fair: number | null
  @Column('int', { nullable: true }) votes_dissatisfied: number | null
  @Column('int', { nullable: true }) votes_abstained: number | null
  @Column('timestamptz', { nullable: true }) evaluated_at: string | null
}

@Entity('hearing_question')
@Check('hearing_question_answered_check', `((num_nulls(answer, answered_by, answered_at) = ANY (ARRAY[0, 3])) AND ((state <> 'ANSWERED'::text) OR (answer IS NOT NULL)))`)
@Check('hearing_question_state_check', `(state = ANY (ARRAY['ASKED'::text, 'ANSWERED'::text, 'WITHDRAWN'::text]))`)
@ForeignKey(() => HearingSessionEntity, ['session_id', 'host_unit_id'], ['id', 'unit_id'], { name: 'hearing_question_session_fk' })
@ForeignKey(() => HearingRespondentEntity, ['respondent_id', 'session_id', 'unit_id'], ['id', 'session_id', 'unit_id'], { name: 'hearing_question_respondent_fk' })
@ForeignKey(() => AppointmentEntity, ['appointment_id', 'unit_id'], ['id', 'unit_id'], { name: 'hearing_question_appointment_fk' })
@Index('hearing_question_appointment_idx', ['appointment_id'])
@Index('hearing_question_respondent_idx', ['respondent_id', 'id'])
@Index('hearing_question_session_idx', ['session_id', 'id'])
@Index('hearing_question_unit_idx', ['unit_id', 'id'])
export class HearingQuestionEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'hearing_question_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') host_unit_id: string
  @Column('uuid') session_id: string
  @Column('uuid') respondent_id: string
  /** The post that was asked, as the respondent has it. */
  @Column('uuid') appointment_id: string
  @Column('text') text: string
  @Column('text', { nullable: true }) answer: string | null
  @Column('text', { nullable: true }) answered_by: string | null
  @Column('timestamptz', { nullable: true }) answered_at: string | null
  @Column('text') state: string
}

@Entity('hearing_question_finding')
@Index('hearing_question_finding_finding_idx', ['finding_id'])
export class HearingQuestionFindingEntity {
  @ForeignKey(() => HearingQuestionEntity, { name: 'hearing_question_finding_question_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'hearing_question_finding_pkey' }) question_id: string
  @ForeignKey(() => SupervisionFindingEntity, { name: 'hearing_question_finding_finding_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'hearing_question_finding_pkey' }) finding_id: string
}

@Entity('pledge')
@Check('pledge_judged_check', `(((state = ANY (ARRAY['FULFILLED'::text, 'BROKEN'::text])) = (judged_by IS NOT NULL)) AND ((judged_by IS NULL) = (judged_at IS NULL)))`)
@Check('pledge_state_check', `(state = ANY (ARRAY['MADE'::text, 'ON_TRACK'::text, 'FULFILLED'::text, 'BROKEN'::text]))`)
@ForeignKey(() => HearingSessionEntity, ['session_id', 'host_unit_id'], ['id', 'unit_id'], { name: 'pledge_session_fk' })
@ForeignKey(() => HearingRespondentEntity, ['respondent_id', 'session_id', 'unit_id'], ['id', 'session_id', 'unit_id'], { name: 'pledge_respondent_fk' })
@ForeignKey(() => AppointmentEntity, ['appointment_id', 'unit_id'], ['id', 'unit_id'], { name: 'pledge_appointment_fk' })
@ForeignKey(() => RectificationTaskEntity, ['task_id', 'id', 'deadline'], ['id', 'source_id', 'due_on'], { name: 'pledge_task_fk' })
@Unique('pledge_task_key', ['task_id'])
@Index('pledge_appointment_idx', ['appointment_id', 'id'])
@Index('pledge_deadline_idx', ['deadline', 'id'])
@Index('pledge_session_idx', ['session_id', 'id'])
@Index('pledge_state_idx', ['state', 'deadline', 'id'])
@Index('pledge_unit_idx', ['unit_id', 'id'])
export class PledgeEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pledge_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') host_unit_id: string
  @Column('uuid') session_id: string
  @Column('uuid') respondent_id: string
  @Column('uuid') appointment_id: string
  @Column('text') commitment: string
  @Column('date') deadline: string
  @Column('uuid') task_id: string
  @Column('text') state: string
  @Column('text', { nullable: true }) judged_by: string | null
  @Column('timestamptz', { nullable: true }) judged_at: string | null
}
