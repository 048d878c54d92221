import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { SupervisionActivityEntity } from '../supervision'
import { UnitEntity } from '../unit'

@Entity('consultation_meeting')
@Check('consultation_meeting_state_check', `(state = ANY (ARRAY['SCHEDULED'::text, 'HELD'::text, 'MINUTES_CIRCULATED'::text, 'CLOSED'::text, 'CANCELLED'::text]))`)
@Check('consultation_meeting_held_check', `((state <> ALL (ARRAY['HELD'::text, 'MINUTES_CIRCULATED'::text, 'CLOSED'::text])) OR (held_on IS NOT NULL))`)
@Check('consultation_meeting_minutes_check', `((state <> ALL (ARRAY['MINUTES_CIRCULATED'::text, 'CLOSED'::text])) OR (num_nulls(minutes_zh, next_due_on, object_until) = 0))`)
@Index('consultation_meeting_unit_idx', ['unit_id', 'planned_on', 'id'])
@Index('consultation_meeting_planned_on_idx', ['planned_on', 'id'])
export class ConsultationMeetingEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'consultation_meeting_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'consultation_meeting_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('text') convener_name_zh: string
  @Column('text') title_zh: string
  @Column('text') agenda_zh: string
  @Column('date') planned_on: string
  @Column('date', { nullable: true }) held_on: string | null
  @Column('text', { nullable: true }) minutes_zh: string | null
  @Column('date', { nullable: true }) next_due_on: string | null
  @Column('date', { nullable: true }) object_until: string | null
  @Column('text') state: string
  @Column('boolean', { default: false }) is_synthetic: boolean
}

@Entity('consultation_participant')
@Check('consultation_participant_answer_check', `(answer = ANY (ARRAY['ATTENDS'::text, 'DECLINES'::text]))`)
@Check('consultation_participant_answered_check', '((answer IS NULL) = (answered_at IS NULL))')
@Unique('consultation_participant_key', ['meeting_id', 'unit_id'])
@Index('consultation_participant_unit_idx', ['unit_id', 'meeting_id'])
@Index('consultation_participant_convener_idx', ['convener_unit_id'])
export class ConsultationParticipantEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'consultation_participant_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'consultation_participant_convener_fk' })
  @Column('uuid') convener_unit_id: string
  @ForeignKey(() => ConsultationMeetingEntity, { name: 'consultation_participant_meeting_fk' })
  @Column('uuid') meeting_id: string
  @ForeignKey(() => UnitEntity, { name: 'consultation_participant_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('text') name_zh: string
  @Column('text', { nullable: true }) answer: string | null
  @Column('text', { nullable: true }) answer_note_zh: string | null
  @Column('timestamptz', { nullable: true }) answered_at: string | null
  @Column('text', { nullable: true }) answered_by: string | null
  @Column('boolean', { nullable: true }) attended: boolean | null
  @Column('timestamptz', { nullable: true }) confirmed_at: string | null
  @Column('text', { nullable: true }) confirmed_by: string | null
}

@Entity('collaboration_record')
@Check('collaboration_record_kind_check', `(kind = ANY (ARRAY['JOINT_ACTION'::text, 'INFORMATION_SHARING'::text, 'RESULT_SHARING'::text, 'CLUE_TRANSFER'::text]))`)
@Check('collaboration_record_state_check', `(state = ANY (ARRAY['SENT'::text, 'ACKNOWLEDGED'::text, 'COMPLETED'::text, 'RETURNED'::text, 'RECALLED'::text]))`)
@Check('collaboration_record_ends_check', '(unit_id <> to_unit_id)')
@Check('collaboration_record_linked_check', '((linked_prefix IS NULL) = (linked_id IS NULL))')
@Check('collaboration_record_clue_check', `((kind <> 'CLUE_TRANSFER'::text) OR ((linked_id IS NOT NULL) AND (content_zh IS NULL)))`)
@Check('collaboration_record_joint_check', `((target_activity_id IS NOT NULL) <= ((kind = 'JOINT_ACTION'::text) AND (linked_id IS NOT NULL)))`)
@Check('collaboration_record_acknowledged_check', `((state = ANY (ARRAY['ACKNOWLEDGED'::text, 'COMPLETED'::text])) = (acknowledged_on IS NOT NULL))`)
@Check('collaboration_record_by_hand_check', `CASE kind WHEN 'CLUE_TRANSFER'::text THEN (num_nonnulls(by_sender_id, by_receiver_id) = 0) ELSE ((NOT (by_sender_id IS DISTINCT FROM unit_id)) AND (NOT (by_receiver_id IS DISTINCT FROM to_unit_id))) END`)
@Check('collaboration_record_completed_check', `((state = 'COMPLETED'::text) = (completed_on IS NOT NULL))`)
@Index('collaboration_record_unit_idx', ['unit_id', 'sent_on', 'id'])
@Index('collaboration_record_to_idx', ['to_unit_id', 'sent_on', 'id'])
@Index('collaboration_record_sent_on_idx', ['sent_on', 'id'])
@Index('collaboration_record_due_on_idx', ['due_on', 'id'])
@Index('collaboration_record_state_idx', ['state', 'sent_on', 'id'])
@Index('collaboration_record_linked_idx', ['linked_id'], { where: 'linked_id IS NOT NULL' })
@Index('collaboration_record_used_in_idx', ['used_in_activity_id'], { where: 'used_in_activity_id IS NOT NULL' })
export class CollaborationRecordEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'collaboration_record_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'collaboration_record_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('text') from_name_zh: string
  @ForeignKey(() => UnitEntity, { name: 'collaboration_record_to_fk' })
  @Column('uuid') to_unit_id: string
  @Column('text') to_name_zh: string
  @Column('text') kind: string
  @Column('text') subject_zh: string
  @Column('text', { nullable: true }) content_zh: string | null
  @Column('text', { nullable: true }) linked_prefix: string | null
  @Column('uuid', { nullable: true }) linked_id: string | null
  @ForeignKey(() => SupervisionActivityEntity, { name: 'collaboration_record_target_fk' })
  @Column('uuid', { nullable: true }) target_activity_id: string | null
  @ForeignKey(() => SupervisionActivityEntity, { name: 'collaboration_record_used_in_fk' })
  @Column('uuid', { nullable: true }) used_in_activity_id: string | null
  @Column('date') sent_on: string
  @Column('date') due_on: string
  @Column('date', { nullable: true }) acknowledged_on: string | null
  @Column('timestamptz', { nullable: true }) acknowledged_at: string | null
  @Column('text', { nullable: true }) acknowledged_by: string | null
  @Column('date', { nullable: true }) completed_on: string | null
  @Column('text', { nullable: true }) outcome_zh: string | null
  /** Whose hands move it; null where it follows the transfer of a clue. */
  @ForeignKey(() => UnitEntity, { name: 'collaboration_record_by_sender_fk' })
  @Column('uuid', { nullable: true }) by_sender_id: string | null
  @ForeignKey(() => UnitEntity, { name: 'collaboration_record_by_receiver_fk' })
  @Column('uuid', { nullable: true }) by_receiver_id: string | null
  @Column('text') state: string
  @Column('boolean', { default: false }) is_synthetic: boolean
}
