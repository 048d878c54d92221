import type { MigrationInterface, QueryRunner } from 'typeorm'

const TABLES = { risk_point: 'editRiskPoint', control: 'editControl' } as const

/** Risk points and controls remember everybody who edited them, as powers and flows do: who wrote what stands on a list does not approve it (INV-24). */
export class RegisterAuthors20261123000034 implements MigrationInterface {
  name = 'RegisterAuthors20261123000034'

  async up(q: QueryRunner): Promise<void> {
    for (const [table, command] of Object.entries(TABLES)) {
      for (const each of [table, `${table}_history`]) await q.query(`ALTER TABLE ${each} ADD COLUMN edited_by text[] NOT NULL DEFAULT '{}'`)
      // Those of before stand in the audit log; that they are remembered is no change of the rows.
      await q.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
      await q.query(`
        UPDATE ${table} t SET edited_by = a.actors
        FROM (SELECT subject_id, array_agg(DISTINCT actor) AS actors FROM audit_record WHERE command = '${command}' GROUP BY subject_id) a WHERE a.subject_id = t.id`)
      await q.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    }
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of Object.keys(TABLES)) for (const each of [table, `${table}_history`]) await q.query(`ALTER TABLE ${each} DROP COLUMN edited_by`)
  }
}
