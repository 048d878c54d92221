import { Column } from 'typeorm'

/** The columns of every register that people change: who, when, and the version that `edit…` commands are based on. */
export abstract class AuditableEntity {
  @Column('timestamptz', { default: () => 'now()' }) created_at: string
  @Column('text') created_by: string
  @Column('timestamptz', { default: () => 'now()' }) updated_at: string
  @Column('text') updated_by: string
  @Column('integer', { default: 1 }) row_version: number
}
