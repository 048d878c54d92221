import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { AppointmentEntity } from '../person'
import { AccountabilityCycleEntity } from '../responsibility'
import { UnitEntity } from '../unit'

@Entity('duty_report')
@Check('duty_report_owner_check', `((responsibility = 'COMMISSION_SUPERVISORY'::text) OR (owner_unit_id = unit_id))`)
@Check('duty_report_responsibility_check', `(responsibility = ANY (ARRAY['COMMITTEE_MAIN'::text, 'SECRETARY_FIRST'::text, 'MEMBER_DUAL_DUTY'::text, 'COMMISSION_SUPERVISORY'::text]))`)
@Check('duty_report_year_check', '((year >= 2000) AND (year <= 2100))')
@Unique('duty_report_id_unit_key', ['id', 'unit_id'])
@Unique('duty_report_version_key', ['unit_id', 'year', 'responsibility', 'appointment_id', 'version'])
@Index('duty_report_appointment_idx', ['appointment_id'])
@Index('duty_report_cycle_idx', ['cycle_id'], { where: 'cycle_id IS NOT NULL' })
@Index('duty_report_open_key', ['unit_id', 'year', 'responsibility', 'appointment_id'], { unique: true, where: 'fixed_at IS NULL' })
@Index('duty_report_year_idx', ['year', 'id'])
@ForeignKey(() => AccountabilityCycleEntity, ['cycle_id', 'unit_id'], ['id', 'unit_id'], { name: 'duty_report_cycle_fk' })
export class DutyReportEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'duty_report_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'duty_report_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'duty_report_owner_unit_fk' })
  @Column('uuid') owner_unit_id: string
  @Column('uuid', { nullable: true }) cycle_id: string | null
  @Column('int') year: number
  @Column('text') responsibility: string
  @ForeignKey(() => AppointmentEntity, { name: 'duty_report_appointment_fk' })
  @Column('uuid') appointment_id: string
  @Column('int') version: number
  @Column('text') text: string
  @Column('timestamptz', { nullable: true }) fixed_at: string | null
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}
