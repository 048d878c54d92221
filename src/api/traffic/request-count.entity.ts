import { Column, Entity, PrimaryColumn } from 'typeorm'

/** What all instances counted of one key in one minute. Unlogged: empty after a crash. */
@Entity('request_count')
export class RequestCountEntity {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'request_count_pkey' }) key: string
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'request_count_pkey' }) minute: number
  @Column('integer') count: number
}
