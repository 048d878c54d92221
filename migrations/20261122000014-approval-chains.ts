import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Tables whose content has authors, with those whom the rows of before still name: who stands in `edited_by` does not decide on them. */
const AUTHORS: Readonly<Record<string, string>> = {
  power: `UPDATE power SET edited_by = ARRAY[updated_by] WHERE state = 'PROPOSED'`,
  operating_flow: `UPDATE operating_flow SET edited_by = ARRAY[updated_by] WHERE state = 'DRAFT'`,
  responsibility_list: `
    UPDATE responsibility_list l SET edited_by = ARRAY(
      SELECT i.created_by FROM duty_item i WHERE i.list_id = l.id UNION SELECT i.updated_by FROM duty_item i WHERE i.list_id = l.id ORDER BY 1)
    WHERE state IN ('DRAFT', 'UNDER_REVIEW', 'APPROVED')`,
}
const PROGRESS = ['state', 'claimed_by', 'waived_reason', 'updated_at', 'updated_by', 'row_version']

/** Decisions in an order of their own that no clock can turn round, each with the hash and the opinion that it must have; and who worked on what. */
export class ApprovalChains20261122000014 implements MigrationInterface {
  name = 'ApprovalChains20261122000014'

  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE approval_record DISABLE TRIGGER append_only')
    await q.query('ALTER TABLE approval_record ADD COLUMN seq integer')
    await q.query(`
      UPDATE approval_record r SET seq = n.seq FROM (SELECT id, row_number() OVER (PARTITION BY subject_id ORDER BY id) AS seq FROM approval_record) n WHERE n.id = r.id`)
    await q.query('ALTER TABLE approval_record ENABLE TRIGGER append_only')
    await q.query(`
      ALTER TABLE approval_record ALTER COLUMN seq SET NOT NULL,
        ADD CONSTRAINT approval_record_seq_check CHECK (seq > 0),
        ADD CONSTRAINT approval_record_order_key UNIQUE (subject_id, seq),
        ADD CONSTRAINT approval_record_hash_check CHECK (hash_algorithm IN ('SHA-256', 'SM3') AND content_hash ~ '^[0-9a-f]{64}$'),
        ADD CONSTRAINT approval_record_opinion_check CHECK (decision = 'APPROVED' OR opinion IS NOT NULL AND opinion ~ '\\S')`)
    await q.query('DROP INDEX approval_record_subject_idx')

    for (const [table, authors] of Object.entries(AUTHORS)) await this.remember(q, table, 'edited_by', authors)
    await q.query(dutyItemLock([...PROGRESS, 'performed_by']))
    await this.remember(q, 'duty_item', 'performed_by', 'UPDATE duty_item SET performed_by = ARRAY[claimed_by] WHERE claimed_by IS NOT NULL')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(dutyItemLock(PROGRESS))
    for (const [table, column] of [['duty_item', 'performed_by'], ...Object.keys(AUTHORS).map(table => [table, 'edited_by'])]) {
      for (const each of [table, `${table}_history`]) await q.query(`ALTER TABLE ${each} DROP COLUMN ${column}`)
    }
    await q.query('CREATE INDEX approval_record_subject_idx ON approval_record (subject_id, id)')
    for (const name of ['approval_record_opinion_check', 'approval_record_hash_check', 'approval_record_order_key', 'approval_record_seq_check']) {
      await q.query(`ALTER TABLE approval_record DROP CONSTRAINT ${name}`)
    }
    await q.query('ALTER TABLE approval_record DROP COLUMN seq')
  }

  /** Adds a list of people to a register and its history, and fills it as far as is known; that is no change of the rows. */
  private async remember(q: QueryRunner, table: string, column: string, fill: string): Promise<void> {
    for (const each of [table, `${table}_history`]) await q.query(`ALTER TABLE ${each} ADD COLUMN ${column} text[] NOT NULL DEFAULT '{}'`)
    await q.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    await q.query(fill)
    await q.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
  }
}

/** Items of a published list go on in these columns alone. */
const dutyItemLock = (progress: readonly string[]): string => {
  const columns = `ARRAY[${progress.map(c => `'${c}'`).join(', ')}]`
  return `
      CREATE OR REPLACE FUNCTION duty_item_lock() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF to_jsonb(NEW) - ${columns} = to_jsonb(OLD) - ${columns} THEN RETURN NEW; END IF;
        END IF;
        IF TG_OP <> 'INSERT' THEN
          IF public.list_is_locked(OLD.list_id) THEN PERFORM public.refuse_locked('duty_item'); END IF;
        END IF;
        IF TG_OP <> 'DELETE' THEN
          IF public.list_is_locked(NEW.list_id) THEN PERFORM public.refuse_locked('duty_item'); END IF;
        END IF;
        RETURN coalesce(NEW, OLD);
      END $fn$`
}
