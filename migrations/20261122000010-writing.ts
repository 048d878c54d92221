import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What every command pays for. */
export class Writing20261122000010 implements MigrationInterface {
  name = 'Writing20261122000010'

  async up(q: QueryRunner): Promise<void> {
    // The statement that writes refuses by itself when a row is no longer the version that was read: so it can be sent together with
    // the COMMIT behind it, for a failed transaction cannot be committed.
    await q.query(`
      CREATE FUNCTION require_changed(changed bigint, expected integer) RETURNS void LANGUAGE plpgsql AS $fn$
      BEGIN
        IF changed <> expected THEN RAISE EXCEPTION 'stale row version' USING ERRCODE = 'PL409'; END IF;
      END $fn$`)
    // Keys are compared by bytes, and found by age only when they are forgotten.
    await q.query('ALTER TABLE idempotent_request ALTER actor TYPE text COLLATE "C", ALTER key TYPE text COLLATE "C"')
    await q.query('DROP INDEX idempotent_request_at_idx')
    await q.query('CREATE INDEX idempotent_request_at_idx ON idempotent_request USING brin (at)')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP INDEX idempotent_request_at_idx')
    await q.query('CREATE INDEX idempotent_request_at_idx ON idempotent_request (at)')
    await q.query('ALTER TABLE idempotent_request ALTER actor TYPE text COLLATE "default", ALTER key TYPE text COLLATE "default"')
    await q.query('DROP FUNCTION require_changed(bigint, integer)')
  }
}
