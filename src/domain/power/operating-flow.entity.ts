import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { PositionEntity } from '../position'
import { PowerEntity } from './power.entity'

@Entity('operating_flow')
@Check('operating_flow_state_check', `(state = ANY (ARRAY['DRAFT'::text, 'REVIEWED'::text, 'EFFECTIVE'::text, 'SUPERSEDED'::text]))`)
@ForeignKey(() => PowerEntity, ['power_id', 'unit_id'], ['id', 'unit_id'], { name: 'operating_flow_power_fk' })
@Unique('operating_flow_id_power_key', ['id', 'power_id', 'unit_id'])
@Unique('operating_flow_version_key', ['power_id', 'version'])
@Index('operating_flow_effective_key', ['power_id'], { unique: true, where: "state = 'EFFECTIVE'::text" })
export class OperatingFlowEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'operating_flow_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') power_id: string
  @Column('int') version: number
  @Column('text') state: string
  @Column('text', { array: true, default: () => "'{}'" }) edited_by: string[]
  @Column('timestamptz', { nullable: true }) published_at: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) catalog_code: string | null
  @Column('text', { nullable: true }) catalog_version: string | null
  @Column('jsonb', { nullable: true }) catalog_base: unknown
  @Column('boolean', { default: () => 'false' }) is_synthetic: boolean
}

@Entity('flow_step')
@Check('flow_step_kind_check', `(kind = ANY (ARRAY['APPLY'::text, 'REVIEW'::text, 'DECIDE'::text, 'EXECUTE'::text, 'ACCEPT'::text, 'PAY'::text, 'PUBLISH'::text, 'ARCHIVE'::text]))`)
@Check('flow_step_seq_check', '(seq >= 1)')
@ForeignKey(() => OperatingFlowEntity, ['flow_id', 'power_id', 'unit_id'], ['id', 'power_id', 'unit_id'], { name: 'flow_step_flow_fk' })
@ForeignKey(() => PositionEntity, ['position_id', 'unit_id'], ['id', 'unit_id'], { name: 'flow_step_position_fk' })
@Unique('flow_step_id_power_key', ['id', 'power_id'])
@Unique('flow_step_seq_key', ['flow_id', 'seq'])
export class FlowStepEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'flow_step_pkey' }) id: string
  @Column('uuid') unit_id: string
  @Column('uuid') power_id: string
  @Column('uuid') flow_id: string
  @Column('int') seq: number
  @Column('text') name_zh: string
  @Column('text', { nullable: true }) name_en: string | null
  @Column('text') kind: string
  @Column('uuid', { nullable: true }) position_id: string | null
  @Column('int', { nullable: true }) time_limit_working_days: number | null
  @Column('boolean', { default: () => 'false' }) collective_decision: boolean
}
