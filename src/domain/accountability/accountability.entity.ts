import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { PersonEntity } from '../person'
import { UnitEntity } from '../unit'

@Entity('accountability_decision')
@Check('accountability_decision_basis_check', `(basis ~ '\\S'::text)`)
@Check('accountability_decision_cycle_check', `((source_kind <> 'CYCLE'::text) OR (responsibility IS NOT NULL))`)
@Check('accountability_decision_decided_check', `(((decided_by IS NULL) = (decided_on IS NULL)) AND ((decided_on IS NOT NULL) = (state = ANY (ARRAY['EFFECTIVE'::text, 'UNDER_APPEAL'::text, 'REVOKED'::text]))))`)
@Check('accountability_decision_form_check', `(form = ANY (ARRAY['FIRST'::text, 'SECOND'::text, 'THIRD'::text, 'FOURTH'::text]))`)
@Check('accountability_decision_kind_check', `(kind = ANY (ARRAY['TALK_REMINDER'::text, 'CRITICISM_EDUCATION'::text, 'ORDERED_SELF_EXAMINATION'::text, 'ADMONITION'::text, 'CIRCULAR_CRITICISM'::text, 'ORGANISATIONAL_ADJUSTMENT'::text, 'DISCIPLINARY_SANCTION'::text, 'PARTY_WARNING'::text, 'PARTY_SERIOUS_WARNING'::text, 'PARTY_POST_REMOVAL'::text, 'PARTY_PROBATION'::text, 'PARTY_EXPULSION'::text, 'WARNING'::text, 'DEMERIT'::text, 'MAJOR_DEMERIT'::text, 'DEMOTION'::text, 'REMOVAL'::text, 'DISMISSAL'::text, 'TRANSFER_TO_PROCURATORATE'::text, 'SUPERVISORY_RECOMMENDATION'::text]))`)
@Check('accountability_decision_responsibility_check', `(responsibility = ANY (ARRAY['COMMITTEE_MAIN'::text, 'SECRETARY_FIRST'::text, 'MEMBER_DUAL_DUTY'::text, 'COMMISSION_SUPERVISORY'::text]))`)
@Check('accountability_decision_source_check', '((source_kind IS NULL) = (source_id IS NULL))')
@Check('accountability_decision_source_kind_check', `(source_kind = ANY (ARRAY['CYCLE'::text, 'PLEDGE'::text]))`)
@Check('accountability_decision_state_check', `(state = ANY (ARRAY['PROPOSED'::text, 'RETURNED'::text, 'EFFECTIVE'::text, 'UNDER_APPEAL'::text, 'REJECTED'::text, 'WITHDRAWN'::text, 'REVOKED'::text]))`)
@Check('accountability_decision_subject_check', '((form IS NULL) = (person_id IS NULL))')
@Index('accountability_decision_decided_on_idx', ['decided_on', 'id'], { where: 'decided_on IS NOT NULL' })
@Index('accountability_decision_deciding_idx', ['deciding_unit_id', 'id'])
@Index('accountability_decision_kind_idx', ['kind', 'id'])
@Index('accountability_decision_person_idx', ['person_id', 'id'], { where: 'person_id IS NOT NULL' })
@Index('accountability_decision_source_idx', ['source_id', 'id'], { where: 'source_id IS NOT NULL' })
@Index('accountability_decision_state_idx', ['state', 'id'])
@Index('accountability_decision_unit_idx', ['unit_id', 'id'])
export class AccountabilityDecisionEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'accountability_decision_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'accountability_decision_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => PersonEntity, { name: 'accountability_decision_person_fk' })
  @Column('uuid', { nullable: true }) person_id: string | null
  @ForeignKey(() => UnitEntity, { name: 'accountability_decision_proposing_unit_fk' })
  @Column('uuid') proposing_unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'accountability_decision_deciding_unit_fk' })
  @Column('uuid') deciding_unit_id: string
  @Column('text') kind: string
  @Column('text', { nullable: true }) form: string | null
  @Column('text', { nullable: true }) responsibility: string | null
  @Column('text') basis: string
  @Column('text', { nullable: true }) source_kind: string | null
  @Column('uuid', { nullable: true }) source_id: string | null
  @Column('text') state: string
  @Column('text', { array: true, default: () => "'{}'" }) edited_by: string[]
  @Column('text', { nullable: true }) decided_by: string | null
  @Column('date', { nullable: true }) decided_on: string | null
  @Column('date', { nullable: true }) appealed_on: string | null
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}
