import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
import { AuditableEntity } from '../../database/auditable.entity'
import { UnitEntity } from '../unit'

@Entity('indicator_definition')
@Check('indicator_definition_aggregation_check', `(aggregation = ANY (ARRAY['RATIO_OF_SUMS'::text, 'SUM'::text, 'LAST'::text, 'NONE'::text]))`)
@Check('indicator_definition_decimals_check', `((decimals >= 0) AND (decimals <= 6))`)
@Check('indicator_definition_direction_check', `(direction = ANY (ARRAY['HIGHER_BETTER'::text, 'LOWER_BETTER'::text, 'TARGET_RANGE'::text, 'MONITOR_ONLY'::text]))`)
@Check('indicator_definition_state_check', `(state = ANY (ARRAY['CURRENT'::text, 'SUPERSEDED'::text, 'RETIRED'::text]))`)
@Unique('indicator_definition_version_key', ['code', 'version'])
@Index('indicator_definition_plugin_idx', ['plugin_code', 'state'])
@Index('indicator_definition_current_key', ['code'], { unique: true, where: "state = 'CURRENT'" })
export class IndicatorDefinitionEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'indicator_definition_pkey' }) id: string
  @Column({ type: 'text', collation: 'C' }) plugin_code: string
  @Column({ type: 'text', collation: 'C' }) code: string
  @Column('int') version: number
  @Column({ type: 'text', collation: 'C' }) catalog_version: string
  @Column('text') content_hash: string
  @Column('text') state: string
  @Column('text') name_zh: string
  @Column('text') name_en: string
  @Column('text') calibre_zh: string
  @Column('text') calibre_en: string
  @Column('text') numerator: string
  @Column('text', { nullable: true }) denominator: string | null
  @Column('numeric') multiplier: string
  @Column('int') decimals: number
  @Column('text') unit_label: string
  @Column('text') direction: string
  @Column('text', { array: true }) period_kinds: string[]
  @Column('text') aggregation: string
  @Column('numeric', { default: 0 }) min_denominator: string
  @Column('jsonb') variables: unknown
  @Column('jsonb', { default: () => "'[]'" }) audiences: unknown
  @Column('jsonb', { default: () => "'[]'" }) legal_basis: unknown
  @Column('text', { nullable: true }) source_note: string | null
  @Column('boolean') is_synthetic: boolean
}

@Entity('indicator_figure')
@Check('indicator_figure_source_check', `(source = ANY (ARRAY['REPORTED'::text, 'IMPORTED'::text]))`)
@Check('indicator_figure_value_check', `(value <> ALL (ARRAY['NaN'::numeric, 'Infinity'::numeric, '-Infinity'::numeric]))`)
@Unique('indicator_figure_key', ['unit_id', 'plugin_code', 'period', 'variable'])
export class IndicatorFigureEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'indicator_figure_pkey' }) id: string
  @ForeignKey(() => UnitEntity, { name: 'indicator_figure_unit_fk' })
  @Column('uuid') unit_id: string
  @Column({ type: 'text', collation: 'C' }) plugin_code: string
  @Column({ type: 'text', collation: 'C' }) variable: string
  @Column({ type: 'text', collation: 'C' }) period: string
  @Column('numeric') value: string
  @Column('text') source: string
  @Column('text', { nullable: true }) note: string | null
}
