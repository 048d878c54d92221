import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('division_population')
@Check('division_population_residents_check', '(residents > 0)')
@Check('division_population_year_check', '((year >= 1949) AND (year <= 2199))')
@Index('division_population_code_idx', ['division_code', 'year', 'id'])
export class DivisionPopulationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'division_population_pkey' }) id: string
  @Column({ type: 'text', collation: 'C' }) division_code: string
  @Column('int') year: number
  @Column('int') residents: number
  @Column('timestamptz', { default: () => 'now()' }) created_at: string
  @Column('text') created_by: string
}
