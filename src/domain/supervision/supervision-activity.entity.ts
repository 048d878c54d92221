import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { ControlTestEntity } from '../risk'
import { SupervisionRuleEntity } from '../rule'
import { UnitEntity } from '../unit'

@Entity('supervision_activity')
@Check('supervision_activity_state_check', `(state = ANY (ARRAY['PLANNED'::text, 'COORDINATED'::text, 'IN_PROGRESS'::text, 'CONCLUDED'::text, 'RESULTS_APPLIED'::text, 'CLOSED'::text, 'CANCELLED'::text, 'MERGED'::text]))`)
@Check('supervision_activity_days_check', '((planned_to >= planned_from) AND ((concluded_on IS NULL) OR (concluded_on >= started_on)))')
@Check('supervision_activity_rule_check', '((rule_id IS NULL) = (rule_kind IS NULL))')
@Check('supervision_activity_named_check', '((cardinality(type_codes) >= 1) AND (cardinality(matter_codes) >= 1))')
@Check('supervision_activity_started_check', `((state = ANY (ARRAY['IN_PROGRESS'::text, 'CONCLUDED'::text, 'RESULTS_APPLIED'::text, 'CLOSED'::text])) = (started_on IS NOT NULL))`)
@Check('supervision_activity_concluded_check', `((state <> ALL (ARRAY['CONCLUDED'::text, 'RESULTS_APPLIED'::text, 'CLOSED'::text])) OR ((concluded_on IS NOT NULL) AND (conclusion_zh IS NOT NULL)))`)
@Check('supervision_activity_merged_check', `((state = 'MERGED'::text) = (merged_into_id IS NOT NULL))`)
@Index('supervision_activity_unit_idx', ['unit_id', 'planned_from', 'id'])
@Index('supervision_activity_planned_from_idx', ['planned_from', 'id'])
@Index('supervision_activity_state_idx', ['state', 'planned_from', 'id'])
@Index('supervision_activity_matters_idx', ['matter_codes'], { type: 'gin' })
@Index('supervision_activity_types_idx', ['type_codes'], { type: 'gin' })
@Index('supervision_activity_merged_into_idx', ['merged_into_id'], { where: 'merged_into_id IS NOT NULL' })
export class SupervisionActivityEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_activity_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'supervision_activity_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('text') lead_name_zh: string
  @Column('text') title_zh: string
  @Column('text', { nullable: true }) purpose_zh: string | null
  @ForeignKey(() => SupervisionRuleEntity, { name: 'supervision_activity_rule_fk' })
  @Column('uuid', { nullable: true }) rule_id: string | null
  @Column('text', { nullable: true }) rule_kind: string | null
  @Column('text', { nullable: true }) mode_code: string | null
  @Column('text', { array: true }) type_codes: string[]
  @Column('text', { array: true }) matter_codes: string[]
  @Column('text', { array: true, default: () => "'{}'" }) way_codes: string[]
  @Column('text', { array: true, default: () => "'{}'" }) means_codes: string[]
  @Column('date') planned_from: string
  @Column('date') planned_to: string
  @Column('date', { nullable: true }) started_on: string | null
  @Column('date', { nullable: true }) concluded_on: string | null
  @Column('text', { nullable: true }) conclusion_zh: string | null
  @Column('text') state: string
  @ForeignKey(() => SupervisionActivityEntity, { name: 'supervision_activity_merged_into_fk' })
  @Column('uuid', { nullable: true }) merged_into_id: string | null
  @Column('boolean', { default: false }) is_synthetic: boolean
}

@Entity('supervision_activity_partner')
@Check('supervision_activity_partner_lead_check', '(unit_id <> lead_unit_id)')
@Unique('supervision_activity_partner_key', ['activity_id', 'unit_id'])
@Index('supervision_activity_partner_unit_idx', ['unit_id', 'activity_id'])
@Index('supervision_activity_partner_lead_idx', ['lead_unit_id'])
export class SupervisionActivityPartnerEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_activity_partner_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'supervision_activity_partner_lead_fk' })
  @Column('uuid') lead_unit_id: string
  @ForeignKey(() => SupervisionActivityEntity, { name: 'supervision_activity_partner_activity_fk' })
  @Column('uuid') activity_id: string
  @ForeignKey(() => UnitEntity, { name: 'supervision_activity_partner_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('text') name_zh: string
  @ForeignKey(() => SupervisionActivityEntity, { name: 'supervision_activity_partner_merged_from_fk' })
  @Column('uuid', { nullable: true }) merged_from_id: string | null
  @Column('timestamptz', { nullable: true }) plan_confirmed_at: string | null
  @Column('text', { nullable: true }) plan_confirmed_by: string | null
  @Column('timestamptz', { nullable: true }) conclusion_confirmed_at: string | null
  @Column('text', { nullable: true }) conclusion_confirmed_by: string | null
}

@Entity('supervision_activity_object')
@Index('supervision_activity_object_unit_idx', ['unit_id', 'activity_id'])
export class SupervisionActivityObjectEntity {
  @ForeignKey(() => SupervisionActivityEntity, { name: 'supervision_activity_object_activity_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_activity_object_pkey' }) activity_id: string
  @ForeignKey(() => UnitEntity, { name: 'supervision_activity_object_unit_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_activity_object_pkey' }) unit_id: string
}

@Entity('supervision_slot')
@Index('supervision_slot_days_idx', ['unit_id', 'matter_code', 'days'], { type: 'gist' })
export class SupervisionSlotEntity {
  @ForeignKey(() => SupervisionActivityEntity, { name: 'supervision_slot_activity_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_slot_pkey' }) activity_id: string
  @Column('uuid') lead_unit_id: string
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_slot_pkey' }) unit_id: string
  @PrimaryColumn('text', { primaryKeyConstraintName: 'supervision_slot_pkey' }) matter_code: string
  @Column('daterange') days: string
}

@Entity('supervision_overlap')
@Check('supervision_overlap_answer_check', `(answer = ANY (ARRAY['JOINT_ACTION'::text, 'RESULT_REUSE'::text, 'OWN_VISIT'::text]))`)
@Check('supervision_overlap_reason_check', `((answer <> 'OWN_VISIT'::text) OR (reason_zh IS NOT NULL))`)
@Check('supervision_overlap_other_check', '(activity_id <> other_activity_id)')
@Unique('supervision_overlap_key', ['activity_id', 'other_activity_id'])
@Index('supervision_overlap_unit_idx', ['unit_id'])
@Index('supervision_overlap_other_idx', ['other_activity_id'])
export class SupervisionOverlapEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_overlap_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'supervision_overlap_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => SupervisionActivityEntity, { name: 'supervision_overlap_activity_fk' })
  @Column('uuid') activity_id: string
  @ForeignKey(() => SupervisionActivityEntity, { name: 'supervision_overlap_other_fk' })
  @Column('uuid') other_activity_id: string
  @Column('text') answer: string
  @Column('text', { nullable: true }) reason_zh: string | null
  @Column('timestamptz', { nullable: true }) agreed_at: string | null
  @Column('text', { nullable: true }) agreed_by: string | null
}

@Entity('supervision_control_test')
@Index('supervision_control_test_activity_idx', ['activity_id'])
export class SupervisionControlTestEntity {
  @ForeignKey(() => SupervisionActivityEntity, { name: 'supervision_control_test_activity_fk' })
  @Column('uuid') activity_id: string
  @ForeignKey(() => ControlTestEntity, { name: 'supervision_control_test_test_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supervision_control_test_pkey' }) control_test_id: string
}
