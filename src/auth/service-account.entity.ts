import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../database/auditable.entity'

/** A tool that asks in its own name: one role × unit × realm, and keys that end. */
@Entity('service_account')
@Check('service_account_code_check', `code ~ '^[a-z0-9][a-z0-9.-]{1,62}$'`)
@Check('service_account_role_check', `role IN ('REPORTING_CLIENT', 'SECTOR_MAINTAINER')`)
@Check('service_account_realm_check', `realm = 'REGISTERS'`)
@Unique('service_account_code_key', ['unit_id', 'code'])
@Unique('service_account_unit_key', ['id', 'unit_id'])
@ForeignKey('unit', ['unit_id'], ['id'], { name: 'service_account_unit_fk' })
export class ServiceAccountEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'service_account_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('text') code: string
  @Column('text') name_zh: string
  @Column('text') purpose: string
  @Column('text') role: string
  @Column('text') realm: string
  @Column('timestamptz', { nullable: true }) revoked_at: string | null
}

/** What is kept of a key: its public name and a hash. `last_used_at` is written beside the versions of the row. */
@Entity('service_account_key')
@Check('service_account_key_hash_check', `hash ~ '^[a-z0-9]+:[0-9a-f]{64}$'`)
@Check('service_account_key_expiry_check', `expires_at <= created_at + interval '367 days'`)
@Unique('service_account_key_name_key', ['name'])
@Index('service_account_key_account_idx', ['service_account_id'])
@ForeignKey(() => ServiceAccountEntity, ['service_account_id', 'unit_id'], ['id', 'unit_id'], { name: 'service_account_key_account_fk' })
export class ServiceAccountKeyEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'service_account_key_pkey' }) id: string
  @Column('uuid') service_account_id: string
  @Column('uuid') unit_id: string
  @Column('text') name: string
  @Column('text') hash: string
  @Column('timestamptz') expires_at: string
  @Column('timestamptz', { nullable: true }) revoked_at: string | null
  @Column('timestamptz', { nullable: true }) last_used_at: string | null
}
