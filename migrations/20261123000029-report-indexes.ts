import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What figures need beside the registers: how many live in a division. Rows are only added; a corrected figure stands beside the one before and counts instead. */
export class ReportIndexes20261123000029 implements MigrationInterface {
  name = 'ReportIndexes20261123000029'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE division_population (
        id uuid NOT NULL CONSTRAINT division_population_pkey PRIMARY KEY,
        division_code text COLLATE "C" NOT NULL,
        year integer NOT NULL CONSTRAINT division_population_year_check CHECK (year BETWEEN 1949 AND 2199),
        residents integer NOT NULL CONSTRAINT division_population_residents_check CHECK (residents > 0),
        created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL)`)
    await q.query('CREATE INDEX division_population_code_idx ON division_population (division_code, year, id)')
    await q.query('GRANT SELECT, INSERT ON division_population TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE division_population')
  }
}
