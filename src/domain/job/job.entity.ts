import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { UnitEntity } from '../unit'
import type { JobState } from './job.states'

@Entity('job')
@Check('job_state_check', `(state = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'SUCCEEDED'::text, 'FAILED'::text, 'CANCELLED'::text]))`)
@Check('job_phase_check', `(phase = ANY (ARRAY['READING'::text, 'CHECKING'::text, 'WRITING'::text]))`)
@Check('job_counted_in_check', `(counted_in = ANY (ARRAY['ROWS'::text, 'PERCENT'::text]))`)
@Check('job_done_check', '((done >= 0) AND (done <= total))')
@Check('job_running_check', `(((state = 'RUNNING'::text) = (runner IS NOT NULL)) AND ((runner IS NULL) = (lease_until IS NULL)))`)
@Check('job_finished_check', `((state = ANY (ARRAY['SUCCEEDED'::text, 'FAILED'::text, 'CANCELLED'::text])) = (finished_at IS NOT NULL))`)
@Check('job_result_check', `(num_nulls(added, changed, unchanged) = CASE state WHEN 'SUCCEEDED'::text THEN 0 ELSE 3 END)`)
@Check('job_failure_check', `((state = 'FAILED'::text) = (failure IS NOT NULL))`)
@Index('job_unit_idx', ['unit_id', 'id'])
@Index('job_asker_idx', ['created_by', 'id'])
@Index('job_kind_idx', ['kind', 'id'])
@Index('job_state_idx', ['state', 'id'])
@Index('job_open_idx', { synchronize: false })
export class JobEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'job_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'job_unit_fk' })
  @Column('uuid') unit_id: string
  @Column({ type: 'text', collation: 'C' }) kind: string
  @Column('text') state: JobState
  @Column('text') file_name: string
  @Column('int') size_bytes: number
  @Column('text') sha256: string
  @Column('text', { nullable: true }) phase: string | null
  @Column('int', { default: 0 }) done: number
  @Column('int', { nullable: true }) total: number | null
  @Column('text', { default: 'ROWS' }) counted_in: string
  @Column('timestamptz', { nullable: true }) started_at: string | null
  @Column('timestamptz', { nullable: true }) finished_at: string | null
  @Column('int', { nullable: true }) added: number | null
  @Column('int', { nullable: true }) changed: number | null
  @Column('int', { nullable: true }) unchanged: number | null
  @Column('text', { nullable: true }) failure: string | null
  @Column('int', { default: 0 }) problem_count: number
  @Column('jsonb', { default: () => "'[]'" }) problems: unknown
  /** How often a server took it up and did not come to an end; which one works on it, and until when it surely does. */
  @Column('int', { default: 0 }) attempts: number
  @Column('text', { nullable: true }) runner: string | null
  @Column('timestamptz', { nullable: true }) lease_until: string | null
}

/** A file that somebody sent and that no import has used yet. */
@Entity('workbook')
@Check('workbook_size_bytes_check', '(size_bytes > 0)')
@Unique('workbook_job_key', ['job_id'])
@Index('workbook_unused_idx', ['created_by', 'created_at'], { where: 'job_id IS NULL' })
export class WorkbookEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'workbook_pkey' }) id: string
  @ForeignKey(() => JobEntity, { name: 'workbook_job_fk' })
  @Column('uuid', { nullable: true }) job_id: string | null
  @Column('text') file_name: string
  @Column('int') size_bytes: number
  @Column('text') sha256: string
  @Column('bytea') content: Buffer
  @Column('timestamptz', { default: () => 'now()' }) created_at: string
  @Column('text') created_by: string
}
