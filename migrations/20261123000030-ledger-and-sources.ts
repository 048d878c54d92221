import type { MigrationInterface, QueryRunner } from 'typeorm'

const tables = (table: string): string[] => [table, `${table}_history`]

/**
 * Exchanges that carry a clue are moved by its transfer alone: they have nobody who moves them by hand. Decisions on accountability say what
 * they follow from.
 */
export class LedgerAndSources20261123000030 implements MigrationInterface {
  name = 'LedgerAndSources20261123000030'

  async up(q: QueryRunner): Promise<void> {
    for (const table of tables('collaboration_record')) {
      await q.query(`ALTER TABLE ${table} ADD COLUMN by_sender_id uuid, ADD COLUMN by_receiver_id uuid`)
      await q.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
      await q.query(`UPDATE ${table} SET by_sender_id = unit_id, by_receiver_id = to_unit_id WHERE kind <> 'CLUE_TRANSFER'`)
      await q.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    }
    await q.query(`
      ALTER TABLE collaboration_record
        ADD CONSTRAINT collaboration_record_by_sender_fk FOREIGN KEY (by_sender_id) REFERENCES unit (id),
        ADD CONSTRAINT collaboration_record_by_receiver_fk FOREIGN KEY (by_receiver_id) REFERENCES unit (id),
        ADD CONSTRAINT collaboration_record_by_hand_check CHECK (CASE kind WHEN 'CLUE_TRANSFER' THEN num_nonnulls(by_sender_id, by_receiver_id) = 0
          ELSE by_sender_id IS NOT DISTINCT FROM unit_id AND by_receiver_id IS NOT DISTINCT FROM to_unit_id END)`)
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE collaboration_record DROP CONSTRAINT collaboration_record_by_hand_check')
    for (const table of tables('collaboration_record')) await q.query(`ALTER TABLE ${table} DROP COLUMN by_sender_id, DROP COLUMN by_receiver_id`)
  }
}
