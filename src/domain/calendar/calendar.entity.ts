import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'

@Entity('calendar_year')
@Unique('calendar_year_year_key', ['year'])
@Check('calendar_year_year_check', '((year >= 1949) AND (year <= 2200))')
@Check('calendar_year_days_check', `(jsonb_typeof(days) = 'array'::text)`)
export class CalendarYearEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'calendar_year_pkey' }) id: string
  @Column('integer') year: number
  /** `[{ day, isWorkingDay, nameZh }]`: days that differ from Monday to Friday, in their order. */
  @Column('jsonb') days: unknown
  @Column('text') source: string
  @Column('boolean', { default: false }) is_synthetic: boolean
}
