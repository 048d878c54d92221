import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'

/** A key that values of one realm are sealed with, itself wrapped by a key that is not in the database. */
@Entity('vault_key')
@Check('vault_key_realm_check', `(realm ~ '^[A-Z_]+$'::text)`)
@Check('vault_key_purpose_check', `(purpose = ANY (ARRAY['DATA'::text, 'INDEX'::text]))`)
@Check('vault_key_generation_check', '(generation > 0)')
@Unique('vault_key_generation_key', ['realm', 'purpose', 'generation'])
@Unique('vault_key_id_realm_key', ['id', 'realm'])
export class VaultKeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'vault_key_pkey' }) id: string
  @Column('text') realm: string
  @Column('text') purpose: string
  @Column('int') generation: number
  @Column('text') algorithm: string
  @Column('text') wrapped_by: string
  @Column('bytea') nonce: Buffer
  @Column('bytea') tag: Buffer
  @Column('bytea') wrapped: Buffer
  @Column('timestamptz', { default: () => 'now()' }) created_at: string
}

/** A sealed value, beside the row whose value it is: the row's own table, its history, its audit and its lists never hold it. */
@Entity('vault_value')
@Check('vault_value_realm_check', `(realm ~ '^[A-Z_]+$'::text)`)
@ForeignKey(() => VaultKeyEntity, ['key_id', 'realm'], ['id', 'realm'], { name: 'vault_value_key_fk' })
@Index('vault_value_key_id_idx', ['key_id'])
export class VaultValueEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'vault_value_pkey' }) row_id: string
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'vault_value_pkey' }) table_name: string
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'vault_value_pkey' }) column_name: string
  @Column('text') realm: string
  @Column('text') algorithm: string
  @Column('uuid') key_id: string
  @Column('bytea') nonce: Buffer
  @Column('bytea') tag: Buffer
  @Column('bytea') ciphertext: Buffer
  @Column('timestamptz', { default: () => 'now()' }) sealed_at: string
}

/** One reading of sealed values: who, what, why. */
@Entity('vault_read')
@Check('vault_read_realm_check', `(realm ~ '^[A-Z_]+$'::text)`)
@Check('vault_read_reason_check', '((length(reason) >= 1) AND (length(reason) <= 500))')
@Index('vault_read_row_id_idx', ['row_id', 'id'])
@Index('vault_read_at_idx', { synchronize: false })
export class VaultReadEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'vault_read_pkey' }) id: string
  @Column('timestamptz', { default: () => 'now()' }) at: string
  @Column('text') realm: string
  @Column('text') table_name: string
  @Column('uuid') row_id: string
  @Column('text', { array: true }) columns: string[]
  @Column('uuid') unit_id: string
  @Column('text') actor: string
  @Column('text') command: string
  @Column('text') request_id: string
  @Column('text', { nullable: true }) address: string | null
  @Column('text') reason: string
}
