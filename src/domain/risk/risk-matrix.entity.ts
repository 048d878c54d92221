import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'

@Entity('risk_matrix')
@Check('risk_matrix_state_check', `(state = ANY (ARRAY['IN_FORCE'::text, 'SUPERSEDED'::text]))`)
@Unique('risk_matrix_version_key', ['version'])
@Index('risk_matrix_in_force_key', ['state'], { unique: true, where: "state = 'IN_FORCE'::text" })
export class RiskMatrixEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'risk_matrix_pkey' }) id: string
  @Column('int') version: number
  @Column('text') name_zh: string
  @Column('date') effective_from: string
  @Column('text') state: string
}

@Entity('risk_matrix_cell')
@Check('risk_matrix_cell_impact_check', '((impact >= 1) AND (impact <= 5))')
@Check('risk_matrix_cell_level_check', `(level = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text]))`)
@Check('risk_matrix_cell_likelihood_check', '((likelihood >= 1) AND (likelihood <= 5))')
@Unique('risk_matrix_cell_place_key', ['matrix_version', 'likelihood', 'impact'])
@Unique('risk_matrix_cell_says_key', ['matrix_version', 'likelihood', 'impact', 'score', 'level'])
export class RiskMatrixCellEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'risk_matrix_cell_pkey' }) id: string
  @ForeignKey(() => RiskMatrixEntity, { name: 'risk_matrix_cell_matrix_fk' })
  @Column('uuid') matrix_id: string
  @ForeignKey(() => RiskMatrixEntity, { name: 'risk_matrix_cell_version_fk' })
  @Column('int') matrix_version: number
  @Column('int') likelihood: number
  @Column('int') impact: number
  @Column('int') score: number
  @Column('text') level: string
}
