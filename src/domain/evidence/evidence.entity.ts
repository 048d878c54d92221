import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { UnitEntity } from '../unit'

@Entity('evidence')
@Check('evidence_link_check', `((url IS NULL) OR (sensitivity <> 'SENSITIVE'::text))`)
@Check('evidence_sensitivity_check', `(sensitivity = ANY (ARRAY['PUBLIC'::text, 'INTERNAL'::text, 'SENSITIVE'::text]))`)
@Check('evidence_size_bytes_check', '(size_bytes > 0)')
@Check('evidence_source_check', '((num_nonnulls(storage_ref, url) = 1) AND (num_nulls(storage_ref, sha256, size_bytes, media_type, file_name) = ANY (ARRAY[0, 5])))')
@Unique('evidence_version_key', ['subject_id', 'title', 'version'])
@Index('evidence_storage_ref_idx', ['storage_ref'], { where: 'storage_ref IS NOT NULL' })
@Index('evidence_subject_idx', ['subject_id', 'id'])
@Index('evidence_unit_id_idx', ['unit_id'])
export class EvidenceEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'evidence_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'evidence_unit_fk' })
  @Column('uuid') unit_id: string
  @Column('text') subject_type: string
  @Column('uuid') subject_id: string
  @Column('text') title: string
  @Column('int', { default: 1 }) version: number
  @Column('text', { nullable: true }) file_name: string | null
  @Column('text', { nullable: true }) media_type: string | null
  @Column('int', { nullable: true }) size_bytes: number | null
  @Column('text', { nullable: true }) sha256: string | null
  @Column('text', { nullable: true }) storage_ref: string | null
  @Column('text', { nullable: true }) url: string | null
  @Column('text') sensitivity: string
  @Column('timestamptz') collected_at: string
  @Column('date', { nullable: true }) expires_on: string | null
  @Column('text', { nullable: true }) withdrawn_reason: string | null
  @Column('timestamptz', { nullable: true }) content_purged_at: string | null
}
