import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { PositionEntity } from '../position'
import { UnitEntity } from '../unit'
import { RiskPointEntity } from './risk-point.entity'

@Entity('control')
@Check('control_design_effectiveness_check', `(design_effectiveness = ANY (ARRAY['EFFECTIVE'::text, 'PARTIALLY_EFFECTIVE'::text, 'INEFFECTIVE'::text, 'NOT_TESTABLE'::text]))`)
@Check('control_frequency_check', `(frequency = ANY (ARRAY['PER_TRANSACTION'::text, 'DAILY'::text, 'WEEKLY'::text, 'MONTHLY'::text, 'QUARTERLY'::text, 'HALF_YEARLY'::text, 'YEARLY'::text, 'ON_CHANGE'::text]))`)
@Check('control_mode_check', `(mode = ANY (ARRAY['MANUAL'::text, 'AUTOMATED'::text, 'HYBRID'::text]))`)
@Check('control_nature_check', `(nature = ANY (ARRAY['PREVENTIVE'::text, 'DETECTIVE'::text, 'CORRECTIVE'::text]))`)
@Check('control_operating_effectiveness_check', `(operating_effectiveness = ANY (ARRAY['EFFECTIVE'::text, 'PARTIALLY_EFFECTIVE'::text, 'INEFFECTIVE'::text, 'NOT_TESTABLE'::text]))`)
@Check('control_state_check', `(state = ANY (ARRAY['DESIGNED'::text, 'IMPLEMENTING'::text, 'OPERATING'::text, 'DEFICIENT'::text, 'RETIRED'::text]))`)
@ForeignKey(() => PositionEntity, ['owner_position_id', 'unit_id'], ['id', 'unit_id'], { name: 'control_owner_position_fk' })
@Unique('control_id_unit_key', ['id', 'unit_id'])
@Unique('control_unit_code_key', ['unit_id', 'code'])
@Index('control_catalog_code_idx', ['catalog_code'], { where: "catalog_code IS NOT NULL" })
@Index('control_unit_state_idx', ['unit_id', 'state'])
export class ControlEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'control_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'control_unit_fk' })
  @Column('uuid') unit_id: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('text') description_zh: string
  @Column('text', { nullable: true }) description_en: string | null
  @Column('text') nature: string
  @Column('text') mode: string
  @Column('text') frequency: string
  @Column('uuid') owner_position_id: string
  @Column('text') state: string
  @Column('text', { array: true, default: () => "'{}'" }) edited_by: string[]
  @Column('text', { nullable: true }) design_effectiveness: string | null
  @Column('text', { nullable: true }) operating_effectiveness: string | null
  @Column('date', { nullable: true }) last_tested_on: string | null
  @Column('date', { nullable: true }) next_test_due_on: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) catalog_code: string | null
  @Column('text', { nullable: true }) catalog_version: string | null
  @Column('jsonb', { nullable: true }) catalog_base: unknown
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}

@Entity('control_risk_point')
@ForeignKey(() => ControlEntity, ['control_id', 'unit_id'], ['id', 'unit_id'], { name: 'control_risk_point_control_fk' })
@ForeignKey(() => RiskPointEntity, ['risk_point_id', 'unit_id'], ['id', 'unit_id'], { name: 'control_risk_point_risk_point_fk' })
@Index('control_risk_point_control_id_idx', ['control_id'])
export class ControlRiskPointEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'control_risk_point_pkey' }) control_id: string
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'control_risk_point_pkey' }) risk_point_id: string
  @Column('uuid') unit_id: string
}

@Entity('control_test')
@Check('control_test_exceptions_check', '((exceptions >= 0) AND (exceptions <= sample_size))')
@Check('control_test_kind_check', `(kind = ANY (ARRAY['DESIGN'::text, 'OPERATING'::text]))`)
@Check('control_test_result_check', `(result = ANY (ARRAY['EFFECTIVE'::text, 'PARTIALLY_EFFECTIVE'::text, 'INEFFECTIVE'::text, 'NOT_TESTABLE'::text]))`)
@Check('control_test_sample_size_check', '(sample_size >= 0)')
@ForeignKey(() => ControlEntity, ['control_id', 'unit_id'], ['id', 'unit_id'], { name: 'control_test_control_fk' })
@Index('control_test_control_idx', ['control_id', 'id'])
export class ControlTestEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'control_test_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') control_id: string
  @Column('text') period: string
  @Column('text') kind: string
  @Column('text') result: string
  @Column('int', { nullable: true }) sample_size: number | null
  @Column('int', { nullable: true }) exceptions: number | null
  @Column('text', { nullable: true }) note: string | null
  @Column('timestamptz', { default: () => 'now()' }) tested_at: string
  @Column('text') tested_by: string
}
