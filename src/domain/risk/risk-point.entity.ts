import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { PositionEntity } from '../position'
import { FlowStepEntity, PowerEntity } from '../power'
import { RiskMatrixCellEntity } from './risk-matrix.entity'

@Entity('risk_point')
@Check('risk_point_category_check', `(category = ANY (ARRAY['POST'::text, 'PROCESS'::text, 'DECISION'::text, 'SYSTEM'::text, 'EXTERNAL'::text, 'CONDUCT'::text]))`)
@Check('risk_point_current_check', `((score = COALESCE(residual_score, inherent_score, 0)) AND (level = COALESCE(residual_level, inherent_level, 'UNRATED'::text)))`)
@Check('risk_point_inherent_check', '(num_nulls(inherent_likelihood, inherent_impact, inherent_score, inherent_level, inherent_matrix_version) = ANY (ARRAY[0, 5]))')
@Check('risk_point_level_check', `(level = ANY (ARRAY['UNRATED'::text, 'LOW'::text, 'MEDIUM'::text, 'HIGH'::text]))`)
@Check('risk_point_residual_check', '((num_nulls(residual_likelihood, residual_impact, residual_score, residual_level, residual_matrix_version) = ANY (ARRAY[0, 5])) AND ((residual_level IS NULL) OR (inherent_level IS NOT NULL)))')
@Check('risk_point_response_plan_check', `(response_plan = ANY (ARRAY['AVOID'::text, 'REDUCE'::text, 'SHARE'::text, 'ACCEPT'::text]))`)
@Check('risk_point_state_check', `(state = ANY (ARRAY['IDENTIFIED'::text, 'RATED'::text, 'TREATMENT_PLANNED'::text, 'CONTROLLED'::text, 'MONITORED'::text, 'ESCALATED'::text, 'RETIRED'::text]))`)
@ForeignKey(() => FlowStepEntity, ['flow_step_id', 'power_id'], ['id', 'power_id'], { name: 'risk_point_flow_step_fk' })
@ForeignKey(() => RiskMatrixCellEntity, ['inherent_matrix_version', 'inherent_likelihood', 'inherent_impact', 'inherent_score', 'inherent_level'], ['matrix_version', 'likelihood', 'impact', 'score', 'level'], { name: 'risk_point_inherent_fk' })
@ForeignKey(() => PositionEntity, ['owner_position_id', 'unit_id'], ['id', 'unit_id'], { name: 'risk_point_owner_position_fk' })
@ForeignKey(() => PowerEntity, ['power_id', 'unit_id'], ['id', 'unit_id'], { name: 'risk_point_power_fk' })
@ForeignKey(() => RiskMatrixCellEntity, ['residual_matrix_version', 'residual_likelihood', 'residual_impact', 'residual_score', 'residual_level'], ['matrix_version', 'likelihood', 'impact', 'score', 'level'], { name: 'risk_point_residual_fk' })
@Unique('risk_point_code_key', ['power_id', 'code'])
@Unique('risk_point_id_unit_key', ['id', 'unit_id'])
@Index('risk_point_catalog_code_idx', ['catalog_code'], { where: "catalog_code IS NOT NULL" })
@Index('risk_point_unit_power_idx', { synchronize: false })
@Index('risk_point_review_due_on_idx', ['review_due_on', 'id'], { where: "review_due_on IS NOT NULL" })
@Index('risk_point_score_idx', { synchronize: false })
@Index('risk_point_unit_idx', { synchronize: false })
export class RiskPointEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'risk_point_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') power_id: string
  @Column('uuid', { nullable: true }) flow_step_id: string | null
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('text') description_zh: string
  @Column('text', { nullable: true }) description_en: string | null
  @Column('text', { nullable: true }) cause_zh: string | null
  @Column('text', { nullable: true }) consequence_zh: string | null
  @Column('text') category: string
  @Column('uuid') owner_position_id: string
  @Column('text') state: string
  @Column('text', { array: true, default: () => "'{}'" }) edited_by: string[]
  @Column('int', { nullable: true }) inherent_likelihood: number | null
  @Column('int', { nullable: true }) inherent_impact: number | null
  @Column('int', { nullable: true }) inherent_score: number | null
  @Column('text', { nullable: true }) inherent_level: string | null
  @Column('int', { nullable: true }) inherent_matrix_version: number | null
  @Column('int', { nullable: true }) residual_likelihood: number | null
  @Column('int', { nullable: true }) residual_impact: number | null
  @Column('int', { nullable: true }) residual_score: number | null
  @Column('text', { nullable: true }) residual_level: string | null
  @Column('int', { nullable: true }) residual_matrix_version: number | null
  @Column('int', { default: 0 }) score: number
  @Column('text', { default: () => "'UNRATED'" }) level: string
  @Column('text', { nullable: true }) response_plan: string | null
  @Column('date', { nullable: true }) accepted_until: string | null
  @Column('date', { nullable: true }) review_due_on: string | null
  @Column('text', { nullable: true }) retired_reason: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) catalog_code: string | null
  @Column('text', { nullable: true }) catalog_version: string | null
  @Column('jsonb', { nullable: true }) catalog_base: unknown
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}

@Entity('risk_rating')
@Check('risk_rating_kind_check', `(kind = ANY (ARRAY['INHERENT'::text, 'RESIDUAL'::text]))`)
@ForeignKey(() => RiskMatrixCellEntity, ['matrix_version', 'likelihood', 'impact', 'score', 'level'], ['matrix_version', 'likelihood', 'impact', 'score', 'level'], { name: 'risk_rating_cell_fk' })
@ForeignKey(() => RiskPointEntity, ['risk_point_id', 'unit_id'], ['id', 'unit_id'], { name: 'risk_rating_risk_point_fk' })
@Index('risk_rating_risk_point_idx', ['risk_point_id', 'id'])
export class RiskRatingEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'risk_rating_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') risk_point_id: string
  @Column('text') kind: string
  @Column('int') likelihood: number
  @Column('int') impact: number
  @Column('int') score: number
  @Column('text') level: string
  @Column('int') matrix_version: number
  @Column('text', { nullable: true }) basis: string | null
  @Column('timestamptz', { default: () => 'now()' }) rated_at: string
  @Column('text') rated_by: string
}
