import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'

@Entity('persisted_operation')
@Check('persisted_operation_cost_check', '(cost >= 0)')
@Check('persisted_operation_hash_check', `((hash ~ '^[0-9a-f]{64}$'::text) AND (hash = encode(sha256(convert_to(body, 'UTF8'::name)), 'hex'::text)))`)
@Check('persisted_operation_kind_check', `(kind = ANY (ARRAY['QUERY'::text, 'MUTATION'::text, 'SUBSCRIPTION'::text]))`)
@Check('persisted_operation_team_check', `(team ~ '^[a-z][a-z0-9-]{0,39}$'::text)`)
@Index('persisted_operation_live_key', ['team', 'hash'], { unique: true, where: '(retired_at IS NULL)' })
@Index('persisted_operation_team_idx', ['team', 'name', 'id'])
@Index('persisted_operation_hash_idx', ['hash'])
export class PersistedOperationEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'persisted_operation_pkey' }) id: string
  @Column({ type: 'text', collation: 'C' }) team: string
  @Column({ type: 'text', collation: 'C' }) name: string
  @Column('text') kind: string
  @Column({ type: 'text', collation: 'C' }) hash: string
  @Column('text') body: string
  @Column('int') cost: number
  @Column('timestamptz', { nullable: true }) retired_at: string | null
}
