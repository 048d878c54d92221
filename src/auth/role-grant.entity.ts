import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { AuditableEntity } from '../database/auditable.entity'

/** What a person may do: role × unit × edge × from/to. The foreign keys name tables, because persons and units live above this room. */
@Entity('role_grant')
@Check('role_grant_edge_check', `edge IN ('TERRITORIAL', 'LINE', 'DISPATCHED', 'OUTPOST', 'LIAISON')`)
@Check('role_grant_validity_check', 'valid_to IS NULL OR valid_to > valid_from')
@Index('role_grant_person_id_idx', ['person_id'])
@Index('role_grant_active_key', ['person_id', 'role', 'unit_id', 'edge'], { unique: true, where: 'revoked_at IS NULL' })
@ForeignKey('person', ['person_id'], ['id'], { name: 'role_grant_person_fk' })
@ForeignKey('unit', ['unit_id'], ['id'], { name: 'role_grant_unit_fk' })
export class RoleGrantEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'role_grant_pkey' }) id: string
  @Column('uuid') person_id: string
  @Column('text') role: string
  @Column('uuid') unit_id: string
  @Column('text') edge: string
  @Column('date') valid_from: string
  @Column('date', { nullable: true }) valid_to: string | null
  @Column('timestamptz', { nullable: true }) revoked_at: string | null
}
