import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Counting the risk points of a city by sector and level reads these two indexes, each in the order of the other, and no table. */
export class Counting20261122000009 implements MigrationInterface {
  name = 'Counting20261122000009'

  async up(q: QueryRunner): Promise<void> {
    await q.query('CREATE INDEX power_unit_idx ON power (unit_id, id) INCLUDE (sector_code)')
    await q.query('CREATE INDEX risk_point_unit_power_idx ON risk_point (unit_id, power_id) INCLUDE (level, score)')
    // A power has some ten risk points: risk_point_code_key finds them.
    await q.query('DROP INDEX risk_point_power_idx')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('CREATE INDEX risk_point_power_idx ON risk_point (power_id, id)')
    await q.query('DROP INDEX risk_point_unit_power_idx')
    await q.query('DROP INDEX power_unit_idx')
  }
}
