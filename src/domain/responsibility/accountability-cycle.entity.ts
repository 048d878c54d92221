import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { UnitEntity } from '../unit'
import { ResponsibilityListEntity } from './responsibility-list.entity'

@Entity('accountability_cycle')
@Check('accountability_cycle_closed_check', `((state = 'CLOSED'::text) = (closed_at IS NOT NULL))`)
@Check('accountability_cycle_from_check', `(accountability_from = ANY (ARRAY['IN_FORCE'::text, 'EVALUATED'::text]))`)
@Check('accountability_cycle_opened_check', `(((state <> 'ACCOUNTABILITY'::text) OR (num_nulls(accountability_proposed_by, accountability_from) = 0)) AND (num_nulls(accountability_from, accountability_opened_by, accountability_opened_at) = ANY (ARRAY[0, 3])))`)
@Check('accountability_cycle_proposed_check', `(num_nulls(accountability_proposed_by, accountability_proposed_at, accountability_responsibility, accountability_source_kind, accountability_source_id, accountability_reason) = ANY (ARRAY[0, 6]))`)
@Check('accountability_cycle_published_check', `(((state = 'PREPARING'::text) = (joint_publication_at IS NULL)) AND ((joint_publication_at IS NULL) OR (num_nulls(main_list_id, power_risk_list_id, supervision_list_id, unit_confirmed_by, commission_confirmed_by) = 0)))`)
@Check('accountability_cycle_reported_check', `((state <> ALL (ARRAY['REPORTED'::text, 'EVALUATED'::text])) OR (reported_by IS NOT NULL))`)
@Check('accountability_cycle_responsibility_check', `(accountability_responsibility = ANY (ARRAY['COMMITTEE_MAIN'::text, 'SECRETARY_FIRST'::text, 'MEMBER_DUAL_DUTY'::text, 'COMMISSION_SUPERVISORY'::text]))`)
@Check('accountability_cycle_source_kind_check', `(accountability_source_kind = ANY (ARRAY['DUTY_ITEM'::text, 'PLEDGE'::text]))`)
@Check('accountability_cycle_state_check', `(state = ANY (ARRAY['PREPARING'::text, 'IN_FORCE'::text, 'REPORTED'::text, 'EVALUATED'::text, 'ACCOUNTABILITY'::text, 'CLOSED'::text]))`)
@Check('accountability_cycle_year_check', '((year >= 2000) AND (year <= 2100))')
@Unique('accountability_cycle_id_unit_key', ['id', 'unit_id'])
@Unique('accountability_cycle_unit_year_key', ['unit_id', 'year'])
@Index('accountability_cycle_year_idx', ['year', 'state'])
export class AccountabilityCycleEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'accountability_cycle_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'accountability_cycle_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('int') year: number
  @Column('text') state: string
  @ForeignKey(() => ResponsibilityListEntity, { name: 'accountability_cycle_main_list_fk' })
  @Column('uuid', { nullable: true }) main_list_id: string | null
  @ForeignKey(() => ResponsibilityListEntity, { name: 'accountability_cycle_power_risk_list_fk' })
  @Column('uuid', { nullable: true }) power_risk_list_id: string | null
  @ForeignKey(() => ResponsibilityListEntity, { name: 'accountability_cycle_supervision_list_fk' })
  @Column('uuid', { nullable: true }) supervision_list_id: string | null
  @Column('text', { nullable: true }) unit_confirmed_by: string | null
  @Column('timestamptz', { nullable: true }) unit_confirmed_at: string | null
  @Column('text', { nullable: true }) commission_confirmed_by: string | null
  @Column('timestamptz', { nullable: true }) commission_confirmed_at: string | null
  @Column('timestamptz', { nullable: true }) joint_publication_at: string | null
  @Column('text', { nullable: true }) reported_by: string | null
  @Column('timestamptz', { nullable: true }) reported_at: string | null
  @Column('text', { nullable: true }) evaluated_by: string | null
  @Column('timestamptz', { nullable: true }) evaluated_at: string | null
  @Column('text', { nullable: true }) accountability_proposed_by: string | null
  @Column('timestamptz', { nullable: true }) accountability_proposed_at: string | null
  @Column('text', { nullable: true }) accountability_responsibility: string | null
  @Column('text', { nullable: true }) accountability_source_kind: string | null
  @Column('uuid', { nullable: true }) accountability_source_id: string | null
  @Column('text', { nullable: true }) accountability_reason: string | null
  @Column('text', { nullable: true }) accountability_from: string | null
  @Column('text', { nullable: true }) accountability_opened_by: string | null
  @Column('timestamptz', { nullable: true }) accountability_opened_at: string | null
  @Column('timestamptz', { nullable: true }) closed_at: string | null
}
