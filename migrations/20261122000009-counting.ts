import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Counting the risk points of a city by sector and level reads these two indexes and no table. */
export class Counting20261122000009 implements MigrationInterface {
  name = 'Counting20261122000009'

  async up(q: QueryRunner): Promise<void> {
    await q.query('CREATE INDEX power_unit_idx ON power (unit_id, id) INCLUDE (sector_code)')
    await q.query('DROP INDEX risk_point_power_idx')
    await q.query('CREATE INDEX risk_point_power_idx ON risk_point (power_id, id) INCLUDE (level, score)')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP INDEX risk_point_power_idx')
    await q.query('CREATE INDEX risk_point_power_idx ON risk_point (power_id, id)')
    await q.query('DROP INDEX power_unit_idx')
  }
}
