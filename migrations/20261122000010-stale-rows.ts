import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Lets the statement that writes refuse by itself when a row is no longer the version that was read, so that it can be sent together
 * with the COMMIT behind it: a failed transaction cannot be committed.
 */
export class StaleRows20261122000010 implements MigrationInterface {
  name = 'StaleRows20261122000010'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION require_changed(changed bigint, expected integer) RETURNS void LANGUAGE plpgsql AS $fn$
      BEGIN
        IF changed <> expected THEN RAISE EXCEPTION 'stale row version' USING ERRCODE = 'PL409'; END IF;
      END $fn$`)
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP FUNCTION require_changed(bigint, integer)')
  }
}
