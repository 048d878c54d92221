import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { GovernanceMeasureEntity } from '../case'
import { SupervisionFindingEntity } from '../supervision'
import { UnitEntity } from '../unit'

@Entity('special_rectification')
@Check('special_rectification_categories_check', '(cardinality(problem_categories) > 0)')
@Check('special_rectification_closed_check', `(((state = 'CLOSED'::text) = (closed_on IS NOT NULL)) AND ((closed_on IS NULL) = (evaluation_zh IS NULL)))`)
@Check('special_rectification_days_check', '((valid_from <= self_check_due_on) AND (self_check_due_on <= valid_to))')
@Check('special_rectification_state_check', `(state = ANY (ARRAY['ANNOUNCED'::text, 'SELF_CHECK'::text, 'SUPERVISED_CHECK'::text, 'RECTIFICATION'::text, 'EVALUATION'::text, 'CLOSED'::text, 'CANCELLED'::text]))`)
@Unique('special_rectification_bodies_key', ['id', 'unit_id', 'grip_unit_id', 'push_unit_id', 'responsible_unit_id'])
@Unique('special_rectification_code_key', ['push_unit_id', 'code'])
@Index('special_rectification_grip_unit_idx', ['grip_unit_id', 'valid_from', 'id'])
@Index('special_rectification_group_idx', ['campaign_group', 'valid_from', 'id'], { where: 'campaign_group IS NOT NULL' })
@Index('special_rectification_push_unit_idx', ['push_unit_id', 'valid_from', 'id'])
@Index('special_rectification_responsible_unit_idx', ['responsible_unit_id', 'valid_from', 'id'])
@Index('special_rectification_state_idx', ['state', 'valid_from', 'id'])
@Index('special_rectification_unit_idx', ['unit_id', 'valid_from', 'id'])
@Index('special_rectification_categories_idx', ['problem_categories'], { type: 'gin' })
@Index('special_rectification_valid_from_idx', ['valid_from', 'id'])
@Index('special_rectification_valid_to_idx', ['valid_to', 'id'])
export class SpecialRectificationEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'special_rectification_pkey' }) id: string
  /** The leading body. */
  @ForeignKey(() => UnitEntity, { name: 'special_rectification_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'special_rectification_grip_fk' })
  @Column('uuid') grip_unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'special_rectification_push_fk' })
  @Column('uuid') push_unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'special_rectification_responsible_fk' })
  @Column('uuid') responsible_unit_id: string
  @Column('text') lead_name_zh: string
  @Column('text') grip_name_zh: string
  @Column('text') push_name_zh: string
  @Column('text') responsible_name_zh: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('text') name_zh: string
  @Column('text', { nullable: true }) name_en: string | null
  @Column('text', { nullable: true }) campaign_group: string | null
  @Column('text') matters_zh: string
  @Column('text', { array: true }) problem_categories: string[]
  @Column('date') valid_from: string
  @Column('date') self_check_due_on: string
  @Column('date') valid_to: string
  @Column('text') state: string
  @Column('text', { nullable: true }) evaluation_zh: string | null
  @Column('date', { nullable: true }) closed_on: string | null
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}

/** A unit in the scope: what it reports. */
@Entity('special_rectification_unit')
@Check('special_rectification_unit_counted_check', '((num_nulls(problems_found, problems_fixed, report_zh) = ANY (ARRAY[0, 3])) AND (problems_found >= 0) AND (problems_fixed >= 0) AND (problems_fixed <= problems_found))')
@Check('special_rectification_unit_reported_check', '(((reported_at IS NULL) = (reported_by IS NULL)) AND ((reported_at IS NULL) OR (report_zh IS NOT NULL)))')
@Check('special_rectification_unit_returned_check', '((returned_reason IS NULL) OR ((reported_at IS NULL) AND (report_zh IS NOT NULL)))')
@ForeignKey(
  () => SpecialRectificationEntity, ['special_rectification_id', 'lead_unit_id', 'grip_unit_id', 'push_unit_id', 'responsible_unit_id'],
  ['id', 'unit_id', 'grip_unit_id', 'push_unit_id', 'responsible_unit_id'], { name: 'special_rectification_unit_campaign_fk' },
)
@Unique('special_rectification_unit_key', ['special_rectification_id', 'unit_id'])
@Index('special_rectification_unit_campaign_idx', ['special_rectification_id', 'id'])
@Index('special_rectification_unit_grip_idx', ['grip_unit_id', 'id'])
@Index('special_rectification_unit_lead_idx', ['lead_unit_id', 'id'])
@Index('special_rectification_unit_push_idx', ['push_unit_id', 'id'])
@Index('special_rectification_unit_reported_idx', ['reported_at', 'id'])
@Index('special_rectification_unit_responsible_idx', ['responsible_unit_id', 'id'])
@Index('special_rectification_unit_unit_idx', ['unit_id', 'id'])
export class SpecialRectificationUnitEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'special_rectification_unit_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'special_rectification_unit_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('text') name_zh: string
  @Column('uuid') special_rectification_id: string
  @Column('uuid') lead_unit_id: string
  @Column('uuid') grip_unit_id: string
  @Column('uuid') push_unit_id: string
  @Column('uuid') responsible_unit_id: string
  @Column('int', { nullable: true }) problems_found: number | null
  @Column('int', { nullable: true }) problems_fixed: number | null
  @Column('text', { nullable: true }) report_zh: string | null
  @Column('text', { nullable: true }) reported_by: string | null
  @Column('timestamptz', { nullable: true }) reported_at: string | null
  @Column('text', { nullable: true }) returned_reason: string | null
}

@Entity('special_rectification_finding')
@Index('special_rectification_finding_finding_idx', ['finding_id'])
export class SpecialRectificationFindingEntity {
  @ForeignKey(() => SpecialRectificationEntity, { name: 'special_rectification_finding_campaign_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'special_rectification_finding_pkey' }) special_rectification_id: string
  @ForeignKey(() => SupervisionFindingEntity, { name: 'special_rectification_finding_finding_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'special_rectification_finding_pkey' }) finding_id: string
}

@Entity('special_rectification_measure')
@Index('special_rectification_measure_measure_idx', ['measure_id'])
export class SpecialRectificationMeasureEntity {
  @ForeignKey(() => SpecialRectificationEntity, { name: 'special_rectification_measure_campaign_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'special_rectification_measure_pkey' }) special_rectification_id: string
  @ForeignKey(() => GovernanceMeasureEntity, { name: 'special_rectification_measure_measure_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'special_rectification_measure_pkey' }) measure_id: string
}
