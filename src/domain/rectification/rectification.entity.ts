import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { AppointmentEntity } from '../person'
import { UnitEntity } from '../unit'

@Entity('rectification_task')
@Check('rectification_task_closed_check', `((closed_on IS NOT NULL) = (state = ANY (ARRAY['CLOSED'::text, 'RECURRED'::text])))`)
@Check('rectification_task_extensions_check', '(extensions >= 0)')
@Check('rectification_task_responsible_check', `((responsible_appointment_id IS NOT NULL) OR (source_kind = 'CONTROL_TEST'::text))`)
@Check('rectification_task_returns_check', '(returns >= 0)')
@Check('rectification_task_source_check', `((source_kind = 'OTHER'::text) = (source_id IS NULL))`)
@Check('rectification_task_source_kind_check', `(source_kind = ANY (ARRAY['FINDING'::text, 'CONTROL_TEST'::text, 'RECOMMENDATION'::text, 'PLEDGE'::text, 'CLUE'::text, 'CASE'::text, 'CAMPAIGN'::text, 'PORTRAIT'::text, 'OTHER'::text]))`)
@Check('rectification_task_source_told_check', `(source_told = CASE WHEN (source_kind = ANY (ARRAY['CLUE'::text, 'CASE'::text, 'PORTRAIT'::text])) THEN 'OTHER'::text ELSE source_kind END)`)
@Check('rectification_task_state_check', `(state = ANY (ARRAY['OPEN'::text, 'PLANNED'::text, 'IN_PROGRESS'::text, 'SUBMITTED'::text, 'RETURNED'::text, 'VERIFIED'::text, 'CLOSED'::text, 'RECURRED'::text, 'CANCELLED'::text]))`)
@Check('rectification_task_verified_check', `((verified_by IS NOT NULL) OR (state <> ALL (ARRAY['VERIFIED'::text, 'CLOSED'::text, 'RECURRED'::text])))`)
@ForeignKey(() => RectificationTaskEntity, ['recurrence_of_id', 'unit_id'], ['id', 'unit_id'], { name: 'rectification_task_recurrence_fk' })
@ForeignKey(() => AppointmentEntity, ['responsible_appointment_id', 'unit_id'], ['id', 'unit_id'], { name: 'rectification_task_responsible_fk' })
@Unique('rectification_task_id_unit_key', ['id', 'unit_id'])
@Unique('rectification_task_source_day_key', ['id', 'source_id', 'due_on'])
@Index('rectification_task_closed_on_idx', ['closed_on', 'id'], { where: 'closed_on IS NOT NULL' })
@Index('rectification_task_due_on_idx', ['due_on', 'id'])
@Index('rectification_task_pledge_key', ['source_id'], { unique: true, where: "(source_kind = 'PLEDGE'::text) AND (recurrence_of_id IS NULL)" })
@Index('rectification_task_recurrence_key', ['recurrence_of_id'], { unique: true, where: 'recurrence_of_id IS NOT NULL' })
@Index('rectification_task_responsible_idx', ['responsible_appointment_id', 'id'], { where: 'responsible_appointment_id IS NOT NULL' })
@Index('rectification_task_returns_idx', ['returns', 'id'])
@Index('rectification_task_source_idx', ['source_id', 'id'], { where: 'source_id IS NOT NULL' })
@Index('rectification_task_source_told_idx', ['source_told', 'id'])
@Index('rectification_task_state_idx', ['state', 'due_on', 'id'])
@Index('rectification_task_unit_due_on_idx', ['unit_id', 'due_on', 'id'])
@Index('rectification_task_unit_idx', ['unit_id', 'id'])
export class RectificationTaskEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'rectification_task_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'rectification_task_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('uuid', { nullable: true }) responsible_appointment_id: string | null
  @Column('text') problem: string
  @Column('text', { nullable: true }) measures: string | null
  @Column('date') due_on: string
  @Column('text') state: string
  @Column('text') source_kind: string
  @Column('text') source_told: string
  @Column('uuid', { nullable: true }) source_id: string | null
  @Column('text', { nullable: true }) source_note: string | null
  @Column('int', { default: 0 }) returns: number
  @Column('int', { default: 0 }) extensions: number
  @Column('text', { array: true, default: () => "'{}'" }) performed_by: string[]
  @Column('date', { nullable: true }) submitted_on: string | null
  @Column('text', { nullable: true }) verified_by: string | null
  @Column('date', { nullable: true }) closed_on: string | null
  @Column('uuid', { nullable: true }) recurrence_of_id: string | null
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}

@Entity('rectification_extension')
@Check('rectification_extension_decided_check', `((decided_by IS NOT NULL) = (state = ANY (ARRAY['APPROVED'::text, 'REFUSED'::text])))`)
@Check('rectification_extension_later_check', '(due_on > due_before)')
@Check('rectification_extension_state_check', `(state = ANY (ARRAY['REQUESTED'::text, 'APPROVED'::text, 'REFUSED'::text, 'WITHDRAWN'::text]))`)
@ForeignKey(() => RectificationTaskEntity, ['task_id', 'unit_id'], ['id', 'unit_id'], { name: 'rectification_extension_task_fk' })
@Index('rectification_extension_open_key', ['task_id'], { unique: true, where: "state = 'REQUESTED'::text" })
@Index('rectification_extension_state_idx', ['state', 'id'])
@Index('rectification_extension_task_idx', ['task_id', 'id'])
@Index('rectification_extension_unit_idx', ['unit_id', 'id'])
export class RectificationExtensionEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'rectification_extension_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') task_id: string
  @Column('date') due_before: string
  @Column('date') due_on: string
  @Column('text') reason: string
  @Column('text') state: string
  @Column('text', { nullable: true }) decided_by: string | null
  @Column('text', { nullable: true }) opinion: string | null
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}
