import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { PowerEntity } from '../power'
import { RiskPointEntity } from '../risk'
import { DutyItemEntity } from './responsibility-list.entity'

@Entity('focus_power')
@ForeignKey(() => DutyItemEntity, ['duty_item_id', 'unit_id'], ['id', 'unit_id'], { name: 'focus_power_duty_item_fk' })
@ForeignKey(() => PowerEntity, ['power_id', 'unit_id'], ['id', 'unit_id'], { name: 'focus_power_power_fk' })
@Index('focus_power_power_id_idx', ['power_id'])
export class FocusPowerEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'focus_power_pkey' }) duty_item_id: string
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'focus_power_pkey' }) power_id: string
  @Column('uuid') unit_id: string
}

@Entity('focus_risk_point')
@ForeignKey(() => DutyItemEntity, ['duty_item_id', 'unit_id'], ['id', 'unit_id'], { name: 'focus_risk_point_duty_item_fk' })
@ForeignKey(() => RiskPointEntity, ['risk_point_id', 'unit_id'], ['id', 'unit_id'], { name: 'focus_risk_point_risk_point_fk' })
@Index('focus_risk_point_risk_point_id_idx', ['risk_point_id'])
export class FocusRiskPointEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'focus_risk_point_pkey' }) duty_item_id: string
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'focus_risk_point_pkey' }) risk_point_id: string
  @Column('uuid') unit_id: string
}
