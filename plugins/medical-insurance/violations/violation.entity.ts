import { AuditableEntity, Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'plumbline/sdk/data'

@Entity({ schema: 'plugin_medical_insurance', name: 'violation_record' })
@Check('violation_record_channel_check', `(channel = ANY (ARRAY['FLIGHT_INSPECTION'::text, 'SPECIAL_INSPECTION'::text, 'ROUTINE_AUDIT'::text, 'SMART_MONITORING'::text, 'COMPLAINT'::text, 'AUDIT_TRANSFER'::text, 'DISCIPLINE_TRANSFER'::text, 'DEPARTMENT_TRANSFER'::text, 'SELF_CHECK'::text, 'PUBLIC_OPINION'::text]))`)
@Check('violation_record_fine_check', '((fine_collected <= fine_imposed) AND ((fine_imposed = (0)::numeric) OR (fine_decided_on IS NOT NULL)) AND ((fine_collected = (0)::numeric) OR (fine_collected_on IS NOT NULL)))')
@Check('violation_record_fine_collected_check', '((fine_collected >= (0)::numeric) AND (scale(fine_collected) <= 2))')
@Check('violation_record_fine_imposed_check', '((fine_imposed >= (0)::numeric) AND (scale(fine_imposed) <= 2))')
@Check('violation_record_found_amount_check', '((found_amount >= (0)::numeric) AND (scale(found_amount) <= 2))')
@Check('violation_record_found_check', '((found_amount = (0)::numeric) OR (found_on IS NOT NULL))')
@Check('violation_record_outcome_check', `(outcome = ANY (ARRAY['PENDING'::text, 'NO_VIOLATION'::text, 'AGREEMENT_HANDLING'::text, 'ADMINISTRATIVE_DISPOSAL'::text, 'ADMINISTRATIVE_PENALTY'::text, 'TRANSFERRED_POLICE'::text, 'TRANSFERRED_DISCIPLINE'::text, 'TRANSFERRED_DEPARTMENT'::text]))`)
@Check('violation_record_recovered_amount_check', '((recovered_amount >= (0)::numeric) AND (scale(recovered_amount) <= 2))')
@Check('violation_record_recovered_check', '((recovered_amount <= found_amount) AND ((recovered_amount = (0)::numeric) OR (recovered_on IS NOT NULL)))')
@Check('violation_record_stage_check', `(stage = ANY (ARRAY['FIRST_REVIEW'::text, 'RE_REVIEW'::text, 'APPEAL'::text, 'VERIFICATION'::text, 'DISPOSITION'::text, 'CLOSED'::text]))`)
@Check('violation_record_type_check', `((type_code IS NOT NULL) OR (outcome = 'NO_VIOLATION'::text))`)
@Unique('violation_record_unit_no_key', ['unit_id', 'record_no'])
@Index('violation_record_found_on_idx', ['unit_id', 'found_on'])
@Index('violation_record_provider_idx', ['provider_code', 'type_code'])
@Index('violation_record_provider_unit_idx', ['provider_unit_id'], { where: 'provider_unit_id IS NOT NULL' })
export class ViolationRecordEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'violation_record_pkey' }) id: string
  @ForeignKey('UnitEntity', { name: 'violation_record_unit_fk' })
  @Column('uuid') unit_id: string
  @Column({ type: 'text', collation: 'C' }) record_no: string
  @Column({ type: 'text', collation: 'C' }) provider_code: string
  @Column('text') provider_name: string
  @ForeignKey('UnitEntity', { name: 'violation_record_provider_unit_fk' })
  @Column('uuid', { nullable: true }) provider_unit_id: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) type_code: string | null
  @Column('text') channel: string
  @Column('text') stage: string
  @Column('text') outcome: string
  @Column('date', { nullable: true }) inspected_on: string | null
  @Column('date', { nullable: true }) found_on: string | null
  @Column('numeric', { default: 0 }) found_amount: string
  @Column('date', { nullable: true }) recovered_on: string | null
  @Column('numeric', { default: 0 }) recovered_amount: string
  @Column('date', { nullable: true }) fine_decided_on: string | null
  @Column('numeric', { default: 0 }) fine_imposed: string
  @Column('date', { nullable: true }) fine_collected_on: string | null
  @Column('numeric', { default: 0 }) fine_collected: string
  @Column('boolean', { default: false }) is_revoked: boolean
  @Column('text', { nullable: true }) note: string | null
  @Column('boolean', { default: false }) is_synthetic: boolean
}
