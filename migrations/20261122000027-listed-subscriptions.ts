import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Subscriptions can be listed like queries and commands: where only listed operations are answered, nothing could be watched. */
export class ListedSubscriptions20261122000027 implements MigrationInterface {
  name = 'ListedSubscriptions20261122000027'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE persisted_operation
        DROP CONSTRAINT persisted_operation_kind_check,
        ADD CONSTRAINT persisted_operation_kind_check CHECK (kind IN ('QUERY', 'MUTATION', 'SUBSCRIPTION'))`)
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM persisted_operation WHERE kind = 'SUBSCRIPTION'`)
    await q.query(`
      ALTER TABLE persisted_operation
        DROP CONSTRAINT persisted_operation_kind_check,
        ADD CONSTRAINT persisted_operation_kind_check CHECK (kind IN ('QUERY', 'MUTATION'))`)
  }
}
