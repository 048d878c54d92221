import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { PowerEntity } from '../power'
import { ControlEntity, RiskPointEntity } from '../risk'
import { UnitEntity } from '../unit'
import { SupervisionActivityEntity } from './supervision-activity.entity'

@Entity('supervision_finding')
@Check('supervision_finding_source_kind_check', `(source_kind = ANY (ARRAY['ACTIVITY'::text, 'CONTROL_TEST'::text, 'PLUGIN_RECORD'::text, 'INDICATOR'::text, 'PATROL_FEEDBACK'::text, 'AUDIT'::text, 'EXTERNAL_BODY'::text, 'OTHER'::text]))`)
@Check('supervision_finding_severity_check', `(severity = ANY (ARRAY['MINOR'::text, 'GENERAL'::text, 'SERIOUS'::text]))`)
@Check('supervision_finding_state_check', `(state = ANY (ARRAY['OPEN'::text, 'LINKED'::text, 'DEALT_WITH'::text, 'RESOLVED'::text, 'WITHDRAWN'::text]))`)
@Check('supervision_finding_dismissed_check', `((dismissed_reason_zh IS NULL) OR (state = 'DEALT_WITH'::text))`)
@Check('supervision_finding_activity_check', `((source_kind = 'ACTIVITY'::text) <= (activity_id IS NOT NULL))`)
@Check('supervision_finding_source_check', '((source_prefix IS NULL) = (source_id IS NULL))')
@Check('supervision_finding_verified_check', `((source_kind <> ALL (ARRAY['PLUGIN_RECORD'::text, 'INDICATOR'::text])) OR ((verification_zh IS NOT NULL) AND starts_with(created_by, 'person:'::text)))`)
@ForeignKey(() => PowerEntity, ['power_id', 'unit_id'], ['id', 'unit_id'], { name: 'supervision_finding_power_fk' })
@ForeignKey(() => RiskPointEntity, ['risk_point_id', 'unit_id'], ['id', 'unit_id'], { name: 'supervision_finding_risk_point_fk' })
@ForeignKey(() => ControlEntity, ['control_id', 'unit_id'], ['id', 'unit_id'], { name: 'supervision_finding_control_fk' })
@Unique('supervision_finding_id_unit_key', ['id', 'unit_id'])
@Index('supervision_finding_unit_idx', ['unit_id', 'found_on', 'id'])
@Index('supervision_finding_unit_recorded_idx', ['unit_id', 'id'])
@Index('supervision_finding_found_by_recorded_idx', ['found_by_unit_id', 'id'])
@Index('supervision_finding_found_by_idx', ['found_by_unit_id', 'found_on', 'id'])
@Index('supervision_finding_found_on_idx', ['found_on', 'id'])
@Index('supervision_finding_state_idx', ['state', 'found_on', 'id'])
@Index('supervision_finding_category_idx', ['category', 'found_on', 'id'])
@Index('supervision_finding_severity_idx', ['severity', 'found_on', 'id'])
@Index('supervision_finding_activity_idx', ['activity_id', 'found_on', 'id'], { where: 'activity_id IS NOT NULL' })
@Index('supervision_finding_power_idx', ['power_id', 'found_on', 'id'], { where: 'power_id IS NOT NULL' })
@Index('supervision_finding_risk_point_idx', ['risk_point_id', 'found_on', 'id'], { where: 'risk_point_id IS NOT NULL' })
@Index('supervision_finding_control_idx', ['control_id', 'found_on', 'id'], { where: 'control_id IS NOT NULL' })
export class SupervisionFindingEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_finding_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'supervision_finding_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'supervision_finding_found_by_fk' })
  @Column('uuid') found_by_unit_id: string
  @Column('text') found_by_name_zh: string
  @ForeignKey(() => SupervisionActivityEntity, { name: 'supervision_finding_activity_fk' })
  @Column('uuid', { nullable: true }) activity_id: string | null
  @Column('text') source_kind: string
  @Column('text', { nullable: true }) source_prefix: string | null
  @Column('uuid', { nullable: true }) source_id: string | null
  @Column('text', { nullable: true }) verification_zh: string | null
  @Column({ type: 'text', collation: 'C' }) category: string
  @Column({ type: 'text', collation: 'C', nullable: true }) violation_type: string | null
  @Column('text') severity: string
  @Column('text') description_zh: string
  @Column('date') found_on: string
  @Column('uuid', { nullable: true }) power_id: string | null
  @Column('uuid', { nullable: true }) risk_point_id: string | null
  @Column('uuid', { nullable: true }) control_id: string | null
  @Column('text') state: string
  /** Why nothing in the registers follows. Never shown with the state: it may tell of a clue. */
  @Column('text', { nullable: true }) dismissed_reason_zh: string | null
  @Column('boolean', { default: false }) is_synthetic: boolean
}

@Entity('supervision_finding_outcome')
@Check('supervision_finding_outcome_kind_check', `(kind = ANY (ARRAY['RECTIFICATION'::text, 'CLUE'::text, 'RECOMMENDATION'::text]))`)
@Check('supervision_finding_outcome_unlinked_check', '((unlinked_at IS NULL) = (unlinked_reason IS NULL))')
@ForeignKey(() => SupervisionFindingEntity, ['finding_id', 'unit_id'], ['id', 'unit_id'], { name: 'supervision_finding_outcome_finding_fk' })
@Index('supervision_finding_outcome_key', ['finding_id', 'target_id'], { unique: true, where: 'unlinked_at IS NULL' })
@Index('supervision_finding_outcome_target_idx', ['target_id'])
export class SupervisionFindingOutcomeEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_finding_outcome_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') finding_id: string
  @Column('text') kind: string
  @Column('text') target_prefix: string
  @Column('uuid') target_id: string
  @Column('timestamptz', { nullable: true }) settled_at: string | null
  @Column('timestamptz', { nullable: true }) unlinked_at: string | null
  @Column('text', { nullable: true }) unlinked_reason: string | null
}
