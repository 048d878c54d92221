import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { PersonEntity } from '../person'
import { UnitEntity } from '../unit'

@Entity('clue_deadline')
@Check('clue_deadline_counted_check', `(counted = ANY (ARRAY['WORKING_DAYS'::text, 'CALENDAR_DAYS'::text]))`)
@Check('clue_deadline_days_check', '((days >= 1) AND (days <= 730))')
@Check('clue_deadline_extension_check', '((max_extension_days >= 0) AND (max_extension_days <= 730))')
@Check('clue_deadline_nature_check', `(nature = ANY (ARRAY['DISCIPLINE_CLUE'::text, 'CLAIM_GRIEVANCE'::text]))`)
@Check('clue_deadline_step_check', `(step = ANY (ARRAY['TELL_ROUTE'::text, 'PROPOSE_DISPOSAL'::text, 'FINISH'::text, 'INQUIRY_REPLY'::text, 'ACCEPT_TRANSFER'::text]))`)
@Unique('clue_deadline_step_key', ['nature', 'step'])
export class ClueDeadlineEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_deadline_pkey' }) id: string
  @Column('text') nature: string
  @Column('text') step: string
  @Column('int') days: number
  @Column('text') counted: string
  @Column('int', { default: 0 }) max_extension_days: number
  @Column('jsonb', { default: () => `'[]'` }) legal_basis: unknown
  @Column('boolean') is_confirmed: boolean
}

@Entity('clue')
@Check('clue_anonymity_check', `(anonymity = ANY (ARRAY['NAMED'::text, 'ANONYMOUS'::text, 'NO_REPORTER'::text]))`)
@Check('clue_channel_check', `(channel = ANY (ARRAY['VILLAGE_OFFICER'::text, 'PETITION_LETTER'::text, 'VISIT'::text, 'PHONE'::text, 'ONLINE'::text, 'TRANSFER_IN'::text, 'SUPERVISION_FINDING'::text, 'INDICATOR_ALERT'::text, 'PATROL_TRANSFER'::text, 'AUDIT_TRANSFER'::text, 'MEDIA'::text]))`)
@Check('clue_disposed_check', `((state <> ALL (ARRAY['DISPOSED'::text, 'FED_BACK'::text, 'SETTLED'::text, 'CLOSED'::text])) OR (cardinality(dispositions) > 0))`)
@Check('clue_extended_days_check', '(extended_days > 0)')
@Check('clue_handling_check', `(handling = ANY (ARRAY['PRELIMINARY_VERIFICATION'::text, 'TALK_OR_LETTER_INQUIRY'::text, 'SHELVED'::text, 'CONCLUDED'::text]))`)
@Unique('clue_id_unit_key', ['id', 'unit_id'])
@Check('clue_merged_check', `((state = 'MERGED'::text) <= (merged_into_id IS NOT NULL))`)
@Check('clue_nature_check', `(nature = ANY (ARRAY['DISCIPLINE_CLUE'::text, 'CLAIM_GRIEVANCE'::text]))`)
@Check('clue_number_check', '(num_nulls(number_year, number_seq, number) = ANY (ARRAY[0, 3]))')
@Unique('clue_number_key', ['unit_id', 'number_year', 'number_seq'])
@Check('clue_outcome_check', `(outcome = ANY (ARRAY['FOUNDED_CLERICAL'::text, 'FOUNDED_MISCONDUCT'::text, 'PARTLY_FOUNDED'::text, 'UNFOUNDED'::text, 'NOT_COMPETENT'::text]))`)
@Check('clue_plans_check', `((plans_unit_id IS NULL) OR ((state = 'VERIFYING'::text) AND (plans_unit_id = unit_id)))`)
@Check('clue_source_check', '(num_nulls(source_kind, source_id) = ANY (ARRAY[0, 2]))')
@Check('clue_source_kind_check', `(source_kind = 'SUPERVISION_FINDING'::text)`)
@Check('clue_state_check', `(state = ANY (ARRAY['RECEIVED'::text, 'NOT_ACCEPTED'::text, 'REGISTERED'::text, 'TRANSFERRED'::text, 'MERGED'::text, 'ASSIGNED'::text, 'VERIFYING'::text, 'INQUIRING'::text, 'SHELVED'::text, 'VERIFIED'::text, 'DISPOSED'::text, 'FED_BACK'::text, 'SETTLED'::text, 'CASE_FILED'::text, 'CLOSED'::text]))`)
@Index('clue_assignee_idx', ['assignee_person_id', 'id'], { where: 'assignee_person_id IS NOT NULL' })
@Index('clue_merged_into_idx', ['merged_into_id'], { where: 'merged_into_id IS NOT NULL' })
@Index('clue_readers_idx', { synchronize: false })
@Index('clue_received_on_idx', ['received_on', 'id'])
@Index('clue_source_idx', ['source_id'], { where: 'source_id IS NOT NULL' })
@Index('clue_step_due_on_idx', ['step_due_on', 'id'], { where: 'step_due_on IS NOT NULL' })
@Index('clue_unit_idx', ['unit_id', 'id'])
@Index('clue_unit_state_idx', ['unit_id', 'state', 'id'])
export class ClueEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'clue_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('int', { nullable: true }) number_year: number | null
  @Column('int', { nullable: true }) number_seq: number | null
  @Column({ type: 'text', nullable: true, collation: 'C' }) number: string | null
  @Column('text') channel: string
  @Column('text') nature: string
  @Column('text') anonymity: string
  @Column('date') received_on: string
  @Column('date', { nullable: true }) registered_on: string | null
  @Column('date', { nullable: true }) verified_on: string | null
  @Column('date', { nullable: true }) disposed_on: string | null
  @Column('date', { nullable: true }) told_on: string | null
  @Column('date', { nullable: true }) settled_on: string | null
  @Column('date', { nullable: true }) closed_on: string | null
  @Column('date', { nullable: true }) due_on: string | null
  @Column('date', { nullable: true }) step_due_on: string | null
  @Column('int', { nullable: true }) extended_days: number | null
  @ForeignKey(() => UnitEntity, { name: 'clue_intake_unit_fk' })
  @Column('uuid') intake_unit_id: string
  @Column('text', { array: true, default: () => `'{}'` }) readers: string[]
  @ForeignKey(() => PersonEntity, { name: 'clue_assignee_person_fk' })
  @Column('uuid', { nullable: true }) assignee_person_id: string | null
  /** The unit that handles it, while it waits for the plan of its verification. */
  @Column('uuid', { nullable: true }) plans_unit_id: string | null
  @Column('text', { nullable: true }) handling: string | null
  @Column('text', { nullable: true }) outcome: string | null
  @Column('boolean', { default: () => 'false' }) misconduct: boolean
  @Column('text', { array: true, default: () => `'{}'` }) dispositions: string[]
  @Column('text', { nullable: true }) filing_proposed_by: string | null
  @Column('text', { nullable: true }) concluded_by: string | null
  @Column('boolean', { default: () => 'false' }) has_open_case: boolean
  @ForeignKey(() => ClueEntity, { name: 'clue_merged_into_fk' })
  @Column('uuid', { nullable: true }) merged_into_id: string | null
  @Column('int', { default: 0 }) reopened: number
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
  @Column('text', { nullable: true }) source_kind: string | null
  @Column('uuid', { nullable: true }) source_id: string | null
  @Column('text') state: string
}

@Entity('clue_party')
export class CluePartyEntity {
  @ForeignKey(() => ClueEntity, { name: 'clue_party_clue_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_party_pkey' }) clue_id: string
  @ForeignKey(() => UnitEntity, { name: 'clue_party_unit_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_party_pkey' }) unit_id: string
}

@Entity('clue_subject_unit')
@ForeignKey(() => ClueEntity, ['clue_id', 'unit_id'], ['id', 'unit_id'], { name: 'clue_subject_unit_clue_fk', onUpdate: 'CASCADE' })
@Index('clue_subject_unit_unit_idx', ['subject_unit_id'])
export class ClueSubjectUnitEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_subject_unit_pkey' }) clue_id: string
  @Column('uuid') unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'clue_subject_unit_unit_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_subject_unit_pkey' }) subject_unit_id: string
}

@Entity('clue_subject_person')
@ForeignKey(() => ClueEntity, ['clue_id', 'unit_id'], ['id', 'unit_id'], { name: 'clue_subject_person_clue_fk', onUpdate: 'CASCADE' })
@Index('clue_subject_person_person_idx', ['person_id'])
export class ClueSubjectPersonEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_subject_person_pkey' }) clue_id: string
  @Column('uuid') unit_id: string
  @ForeignKey(() => PersonEntity, { name: 'clue_subject_person_person_fk' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_subject_person_pkey' }) person_id: string
}

@Entity('clue_entry')
@ForeignKey(() => ClueEntity, ['clue_id', 'unit_id'], ['id', 'unit_id'], { name: 'clue_entry_clue_fk', onUpdate: 'CASCADE' })
@Check('clue_entry_kind_check', `(kind = ANY (ARRAY['INFORMATION'::text, 'REPORTER_INFORMATION'::text, 'OPINION'::text, 'FEEDBACK'::text, 'MEASURE'::text, 'REPORT'::text, 'PAYMENT_PROOF'::text]))`)
@Index('clue_entry_clue_idx', ['clue_id', 'id'])
export class ClueEntryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_entry_pkey' }) id: string
  @Column('uuid') clue_id: string
  @Column('uuid') unit_id: string
  @Column('text') kind: string
  @Column('text') command: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
  @Column('text') actor: string
  @Column('text', { array: true }) readers: string[]
  @Column('uuid', { nullable: true }) verification_id: string | null
}

@Entity('clue_receipt')
@ForeignKey(() => ClueEntity, ['clue_id', 'unit_id'], ['id', 'unit_id'], { name: 'clue_receipt_clue_fk', onUpdate: 'CASCADE' })
@Unique('clue_receipt_clue_key', ['clue_id'])
@Check('clue_receipt_digest_check', `(digest ~ '^[0-9a-f]{64}$'::text)`)
@Index('clue_receipt_lookup_idx', ['lookup'])
export class ClueReceiptEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_receipt_pkey' }) id: string
  @Column('uuid') clue_id: string
  @Column('uuid') unit_id: string
  @Column({ type: 'text', collation: 'C' }) lookup: string
  @Column('text') digest: string
  @Column('timestamptz', { default: () => 'now()' }) created_at: string
}

@Entity('clue_transfer')
@Check('clue_transfer_state_check', `(state = ANY (ARRAY['SENT'::text, 'ACCEPTED'::text, 'SENT_BACK'::text, 'RECALLED'::text]))`)
@Check('clue_transfer_units_check', '((from_unit_id <> to_unit_id) AND (unit_id = from_unit_id))')
@Index('clue_transfer_clue_idx', ['clue_id', 'id'])
@Index('clue_transfer_open_key', ['clue_id'], { unique: true, where: `state = 'SENT'::text` })
@Index('clue_transfer_sent_on_idx', ['sent_on', 'id'])
@Index('clue_transfer_to_unit_idx', ['to_unit_id', 'state'])
@Index('clue_transfer_unit_idx', ['unit_id'])
export class ClueTransferEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clue_transfer_pkey' }) id: string
  @ForeignKey(() => ClueEntity, { name: 'clue_transfer_clue_fk' })
  @Column('uuid') clue_id: string
  @ForeignKey(() => UnitEntity, { name: 'clue_transfer_unit_fk' })
  @Column('uuid') unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'clue_transfer_from_unit_fk' })
  @Column('uuid') from_unit_id: string
  @ForeignKey(() => UnitEntity, { name: 'clue_transfer_to_unit_fk' })
  @Column('uuid') to_unit_id: string
  @Column('text') nature: string
  @Column('text', { nullable: true }) from_number: string | null
  @Column('date') sent_on: string
  @Column('date') due_on: string
  @Column('date', { nullable: true }) answered_on: string | null
  @Column('text', { array: true }) readers: string[]
  @Column('text') state: string
}
