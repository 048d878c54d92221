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

    for (const table of tables('accountability_decision')) await q.query(`ALTER TABLE ${table} ADD COLUMN source_kind text, ADD COLUMN source_id uuid`)
    await q.query(`
      ALTER TABLE accountability_decision
        ADD CONSTRAINT accountability_decision_source_check CHECK ((source_kind IS NULL) = (source_id IS NULL)),
        ADD CONSTRAINT accountability_decision_source_kind_check CHECK (source_kind IN ('CYCLE', 'PLEDGE')),
        ADD CONSTRAINT accountability_decision_cycle_check CHECK (source_kind <> 'CYCLE' OR responsibility IS NOT NULL)`)
    await q.query('CREATE INDEX accountability_decision_source_idx ON accountability_decision (source_id, id) WHERE source_id IS NOT NULL')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE accountability_decision DROP CONSTRAINT accountability_decision_cycle_check')
    for (const table of tables('accountability_decision')) await q.query(`ALTER TABLE ${table} DROP COLUMN source_kind, DROP COLUMN source_id`)
    await q.query('ALTER TABLE collaboration_record DROP CONSTRAINT collaboration_record_by_hand_check')
    for (const table of tables('collaboration_record')) await q.query(`ALTER TABLE ${table} DROP COLUMN by_sender_id, DROP COLUMN by_receiver_id`)
  }
}
