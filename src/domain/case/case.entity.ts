import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { AccountabilityDecisionEntity } from '../accountability'
import { ClueEntity } from '../clue'
import { PersonEntity } from '../person'
import { PowerEntity } from '../power'
import { ControlEntity, RiskPointEntity } from '../risk'
import { UnitEntity } from '../unit'

@Entity('case_file')
@Check('case_file_apart_check', '((unit_id = investigation_unit_id) AND (trial_unit_id <> investigation_unit_id))')
@Unique('case_file_number_key', ['unit_id', 'number_year', 'number_seq'])
@Check('case_file_people_apart_check', '(NOT (investigated_by && tried_by))')
@Check('case_file_state_check', `(state = ANY (ARRAY['FILED'::text, 'INVESTIGATING'::text, 'TRANSFERRED_TO_TRIAL'::text, 'ADJUDICATED'::text, 'GOVERNANCE'::text, 'CLOSED'::text, 'WITHDRAWN'::text]))`)
@Index('case_file_filed_on_idx', ['filed_on', 'id'])
@Index('case_file_trial_idx', ['trial_unit_id', 'id'])
@Index('case_file_unit_idx', ['unit_id', 'id'])
@Index('case_file_unit_state_idx', ['unit_id', 'state', 'id'])
export class CaseEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_file_pkey' }) id: string
  @Column('uuid') unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'case_file_investigation_unit_fk' })
  @Column('uuid') investigation_unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'case_file_trial_unit_fk' })
  @Column('uuid', { nullable: true }) trial_unit_id: string | null
  @Column('int') number_year: number
  @Column('int') number_seq: number
  @Column({ type: 'text', collation: 'C' }) number: string
  @Column('date') filed_on: string
  @Column('date', { nullable: true }) transferred_on: string | null
  @Column('date', { nullable: true }) adjudicated_on: string | null
  @Column('date', { nullable: true }) governance_on: string | null
  @Column('date', { nullable: true }) closed_on: string | null
  @Column('text', { array: true, default: () => `'{}'` }) investigated_by: string[]
  @Column('text', { array: true, default: () => `'{}'` }) tried_by: string[]
  @Column('text', { nullable: true }) withdrawal_proposed_by: string | null
  @Column('boolean', { default: () => 'false' }) without_disposition: boolean
  @Column('boolean', { default: () => 'false' }) governance_waived: boolean
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
  @Column('text') state: string
}

@Entity('case_clue')
@Index('case_clue_far_idx', ['clue_id'])
export class CaseClueEntity {
  @ForeignKey(() => CaseEntity, { name: 'case_clue_case_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_clue_pkey' }) case_id: string
  @Column('uuid') unit_id: string
  @ForeignKey(() => ClueEntity, { name: 'case_clue_far_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_clue_pkey' }) clue_id: string
}

@Entity('case_person')
@Index('case_person_far_idx', ['person_id'])
export class CasePersonEntity {
  @ForeignKey(() => CaseEntity, { name: 'case_person_case_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_person_pkey' }) case_id: string
  @Column('uuid') unit_id: string
  @ForeignKey(() => PersonEntity, { name: 'case_person_far_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_person_pkey' }) person_id: string
}

@Entity('case_subject_unit')
@Index('case_subject_unit_far_idx', ['subject_unit_id'])
export class CaseSubjectUnitEntity {
  @ForeignKey(() => CaseEntity, { name: 'case_subject_unit_case_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_subject_unit_pkey' }) case_id: string
  @Column('uuid') unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'case_subject_unit_far_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_subject_unit_pkey' }) subject_unit_id: string
}

@Entity('case_power')
@Index('case_power_far_idx', ['power_id'])
export class CasePowerEntity {
  @ForeignKey(() => CaseEntity, { name: 'case_power_case_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_power_pkey' }) case_id: string
  @Column('uuid') unit_id: string
  @ForeignKey(() => PowerEntity, { name: 'case_power_far_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_power_pkey' }) power_id: string
}

@Entity('case_risk_point')
@Index('case_risk_point_far_idx', ['risk_point_id'])
export class CaseRiskPointEntity {
  @ForeignKey(() => CaseEntity, { name: 'case_risk_point_case_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_risk_point_pkey' }) case_id: string
  @Column('uuid') unit_id: string
  @ForeignKey(() => RiskPointEntity, { name: 'case_risk_point_far_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_risk_point_pkey' }) risk_point_id: string
}

@Entity('case_disposition')
@Check('case_disposition_decision_check', `((kind = 'ACCOUNTABILITY'::text) = (decision_id IS NOT NULL))`)
@Check('case_disposition_kind_check', `(kind = ANY (ARRAY['ACCOUNTABILITY'::text, 'PROCURATORATE'::text, 'RECOMMENDATION'::text, 'CONFISCATION'::text]))`)
@Index('case_disposition_case_idx', ['case_id', 'id'])
export class CaseDispositionEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_disposition_pkey' }) id: string
  @ForeignKey(() => CaseEntity, { name: 'case_disposition_case_fk' })
  @Column('uuid') case_id: string
  @Column('uuid') unit_id: string
  @Column('uuid') trial_unit_id: string
  @Column('text') kind: string
  @ForeignKey(() => AccountabilityDecisionEntity, { name: 'case_disposition_decision_fk' })
  @Column('uuid', { nullable: true }) decision_id: string | null
  @Column('timestamptz', { nullable: true }) revoked_at: string | null
}

@Entity('case_entry')
@Check('case_entry_kind_check', `(kind = ANY (ARRAY['FACTS'::text, 'REPORT'::text, 'TRIAL_OPINION'::text, 'OPINION'::text]))`)
@Index('case_entry_case_idx', ['case_id', 'id'])
export class CaseEntryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_entry_pkey' }) id: string
  @ForeignKey(() => CaseEntity, { name: 'case_entry_case_fk' })
  @Column('uuid') case_id: string
  @Column('uuid') unit_id: string
  @Column('text') kind: string
  @Column('text') command: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
  @Column('text') actor: string
}

@Entity('case_measure')
@Index('case_measure_far_idx', ['measure_id'])
export class CaseMeasureEntity {
  @ForeignKey(() => CaseEntity, { name: 'case_measure_case_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_measure_pkey' }) case_id: string
  @Column('uuid') unit_id: string
  @ForeignKey(() => GovernanceMeasureEntity, { name: 'case_measure_far_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_measure_pkey' }) measure_id: string
}

@Entity('governance_measure')
@Unique('governance_measure_id_unit_key', ['id', 'unit_id'])
@Check('governance_measure_implemented_check', `((state <> ALL (ARRAY['IMPLEMENTED'::text, 'VERIFIED'::text])) OR ((implemented_on IS NOT NULL) AND (report_zh IS NOT NULL)))`)
@Check('governance_measure_kind_check', `(kind = ANY (ARRAY['INSTITUTION_BUILDING'::text, 'PROCESS_REDESIGN'::text, 'WARNING_EDUCATION'::text, 'CONTROL_CHANGE'::text, 'SPECIAL_RECTIFICATION'::text]))`)
@Check('governance_measure_state_check', `(state = ANY (ARRAY['PROPOSED'::text, 'RETURNED'::text, 'IN_PROGRESS'::text, 'IMPLEMENTED'::text, 'VERIFIED'::text, 'CANCELLED'::text]))`)
@Index('governance_measure_created_at_idx', ['created_at', 'id'])
@Index('governance_measure_demanding_unit_idx', ['demanding_unit_id', 'state', 'id'])
@Index('governance_measure_due_on_idx', ['due_on', 'id'])
@Index('governance_measure_unit_state_idx', ['unit_id', 'state', 'id'])
export class GovernanceMeasureEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'governance_measure_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'governance_measure_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'governance_measure_demanding_unit_fk' })
  @Column('uuid') demanding_unit_id: string
  @Column('text') kind: string
  @Column('text') content_zh: string
  @Column('text', { nullable: true }) report_zh: string | null
  @Column('date') due_on: string
  @Column('date', { nullable: true }) implemented_on: string | null
  @Column('date', { nullable: true }) verified_on: string | null
  @Column('text', { nullable: true }) verified_by: string | null
  @Column('text', { array: true, default: () => `'{}'` }) performed_by: string[]
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
  @Column('text') state: string
}

@Entity('governance_measure_control')
@ForeignKey(() => ControlEntity, ['control_id', 'unit_id'], ['id', 'unit_id'], { name: 'governance_measure_control_far_fk' })
@ForeignKey(() => GovernanceMeasureEntity, ['measure_id', 'unit_id'], ['id', 'unit_id'], { name: 'governance_measure_control_measure_fk' })
@Index('governance_measure_control_far_idx', ['control_id'])
export class GovernanceMeasureControlEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'governance_measure_control_pkey' }) measure_id: string
  @Column('uuid') unit_id: string
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'governance_measure_control_pkey' }) control_id: string
}

@Entity('governance_measure_risk_point')
@ForeignKey(() => RiskPointEntity, ['risk_point_id', 'unit_id'], ['id', 'unit_id'], { name: 'governance_measure_risk_point_far_fk' })
@ForeignKey(() => GovernanceMeasureEntity, ['measure_id', 'unit_id'], ['id', 'unit_id'], { name: 'governance_measure_risk_point_measure_fk' })
@Index('governance_measure_risk_point_far_idx', ['risk_point_id'])
export class GovernanceMeasureRiskPointEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'governance_measure_risk_point_pkey' }) measure_id: string
  @Column('uuid') unit_id: string
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'governance_measure_risk_point_pkey' }) risk_point_id: string
}
