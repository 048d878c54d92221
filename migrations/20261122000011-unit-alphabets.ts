import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What kinds, codes and paths of units may hold was a rule of the services; the database holds them to it too, so that reading need not escape them. */
export class UnitAlphabets20261122000011 implements MigrationInterface {
  name = 'UnitAlphabets20261122000011'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE unit
      ADD CONSTRAINT unit_kind_check CHECK (kind ~ '^[A-Z_]+$'),
      ADD CONSTRAINT unit_code_check CHECK (code ~ '^[0-9A-Za-z.-]+$'),
      ADD CONSTRAINT unit_path_alphabet_check CHECK (path ~ '^[/0-9A-Za-z.-]+$')`)
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE unit DROP CONSTRAINT unit_path_alphabet_check, DROP CONSTRAINT unit_code_check, DROP CONSTRAINT unit_kind_check')
  }
}
