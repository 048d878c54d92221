import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { AppointmentEntity } from '../person'
import { PowerEntity } from '../power'
import { UnitEntity } from '../unit'

@Entity('responsibility_list')
@Check('responsibility_list_kind_check', `(kind = ANY (ARRAY['MAIN_RESPONSIBILITY'::text, 'POWER_RISK_CONTROL'::text, 'SUPERVISION_RESPONSIBILITY'::text]))`)
@Check('responsibility_list_owner_check', `((kind = 'SUPERVISION_RESPONSIBILITY'::text) OR (owner_unit_id = unit_id))`)
@Check('responsibility_list_published_check', `((state = ANY (ARRAY['PUBLISHED'::text, 'SUPERSEDED'::text])) = (published_at IS NOT NULL))`)
@Check('responsibility_list_state_check', `(state = ANY (ARRAY['DRAFT'::text, 'UNDER_REVIEW'::text, 'APPROVED'::text, 'PUBLISHED'::text, 'SUPERSEDED'::text, 'WITHDRAWN'::text]))`)
@Check('responsibility_list_year_check', '((year >= 2000) AND (year <= 2100))')
@Unique('responsibility_list_id_kind_key', ['id', 'kind', 'unit_id'])
@Unique('responsibility_list_version_key', ['unit_id', 'kind', 'year', 'version'])
@Index('responsibility_list_open_key', ['unit_id', 'kind', 'year'], { unique: true, where: "state = ANY (ARRAY['DRAFT'::text, 'UNDER_REVIEW'::text, 'APPROVED'::text])" })
@Index('responsibility_list_owner_unit_id_idx', ['owner_unit_id', 'year'])
@Index('responsibility_list_published_key', ['unit_id', 'kind', 'year'], { unique: true, where: "state = 'PUBLISHED'::text" })
@Index('responsibility_list_year_idx', ['year', 'id'])
export class ResponsibilityListEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'responsibility_list_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'responsibility_list_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'responsibility_list_owner_unit_fk' })
  @Column('uuid') owner_unit_id: string
  @Column('text') kind: string
  @Column('int') year: number
  @Column('int') version: number
  @Column('text') state: string
  @Column('text', { array: true, default: () => "'{}'" }) edited_by: string[]
  @Column('text', { nullable: true }) submitted_by: string | null
  @Column('timestamptz', { nullable: true }) submitted_at: string | null
  @Column('text', { nullable: true }) approved_by: string | null
  @Column('timestamptz', { nullable: true }) approved_at: string | null
  @Column('text', { nullable: true }) content_hash: string | null
  @Column('timestamptz', { nullable: true }) published_at: string | null
  @ForeignKey(() => ResponsibilityListEntity, { name: 'responsibility_list_supersedes_fk' })
  @Column('uuid', { nullable: true }) supersedes_id: string | null
  @Column('jsonb', { default: () => "'[]'" }) catalog_versions: unknown
}

@Entity('duty_item')
@Check('duty_item_list_kind_check', `(((list_kind = 'MAIN_RESPONSIBILITY'::text) AND (responsibility = ANY (ARRAY['COMMITTEE_MAIN'::text, 'SECRETARY_FIRST'::text, 'MEMBER_DUAL_DUTY'::text]))) OR ((list_kind = 'SUPERVISION_RESPONSIBILITY'::text) AND (responsibility = 'COMMISSION_SUPERVISORY'::text)))`)
@Check('duty_item_responsibility_check', `(responsibility = ANY (ARRAY['COMMITTEE_MAIN'::text, 'SECRETARY_FIRST'::text, 'MEMBER_DUAL_DUTY'::text, 'COMMISSION_SUPERVISORY'::text]))`)
@Check('duty_item_state_check', `(state = ANY (ARRAY['NOT_STARTED'::text, 'IN_PROGRESS'::text, 'CLAIMED_DONE'::text, 'VERIFIED'::text, 'RETURNED'::text, 'WAIVED'::text]))`)
@ForeignKey(() => ResponsibilityListEntity, ['list_id', 'list_kind', 'unit_id'], ['id', 'kind', 'unit_id'], { name: 'duty_item_list_fk' })
@Unique('duty_item_code_key', ['list_id', 'code'])
@Unique('duty_item_id_unit_key', ['id', 'unit_id'])
@Unique('duty_item_seq_key', ['list_id', 'seq'])
@Index('duty_item_catalog_code_idx', ['catalog_code'], { where: "catalog_code IS NOT NULL" })
@Index('duty_item_due_on_idx', ['due_on', 'id'], { where: "due_on IS NOT NULL" })
@Index('duty_item_responsible_appointment_idx', ['responsible_appointment_id'], { where: "responsible_appointment_id IS NOT NULL" })
@Index('duty_item_unit_idx', ['unit_id', 'responsibility', 'state'])
export class DutyItemEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'duty_item_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') list_id: string
  @Column('text') list_kind: string
  @Column('int') seq: number
  @Column('text') responsibility: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('text') content_zh: string
  @Column('text', { nullable: true }) content_en: string | null
  @ForeignKey(() => UnitEntity, { name: 'duty_item_owner_unit_fk' })
  @Column('uuid') owner_unit_id: string
  @ForeignKey(() => AppointmentEntity, { name: 'duty_item_responsible_appointment_fk' })
  @Column('uuid', { nullable: true }) responsible_appointment_id: string | null
  @Column('date', { nullable: true }) due_on: string | null
  @Column('boolean', { default: () => 'false' }) is_priority_task: boolean
  @Column('text') state: string
  @Column('text', { nullable: true }) waived_reason: string | null
  @Column('text', { nullable: true }) claimed_by: string | null
  @Column('text', { array: true, default: () => "'{}'" }) performed_by: string[]
  @Column({ type: 'text', collation: 'C', nullable: true }) catalog_code: string | null
  @Column('text', { nullable: true }) catalog_version: string | null
  @Column('jsonb', { nullable: true }) catalog_base: unknown
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}

@Entity('list_power')
@Check('list_power_kind_check', `(list_kind = 'POWER_RISK_CONTROL'::text)`)
@ForeignKey(() => ResponsibilityListEntity, ['list_id', 'list_kind', 'unit_id'], ['id', 'kind', 'unit_id'], { name: 'list_power_list_fk' })
@ForeignKey(() => PowerEntity, ['power_id', 'unit_id'], ['id', 'unit_id'], { name: 'list_power_power_fk' })
@Index('list_power_power_id_idx', ['power_id'])
export class ListPowerEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'list_power_pkey' }) list_id: string
  @Column('text') list_kind: string
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'list_power_pkey' }) power_id: string
  @Column('uuid') unit_id: string
}
