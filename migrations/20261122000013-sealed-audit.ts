import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The audit log knows the unit that each record is about, and is sealed. */
export class SealedAudit20261122000013 implements MigrationInterface {
  name = 'SealedAudit20261122000013'

  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE audit_record ADD unit_id uuid')
    // What is not sealed yet, and what happened in a month, is found by blocks: a btree would cost every write.
    await q.query('CREATE INDEX audit_record_growth_idx ON audit_record USING brin (tx, at) WITH (pages_per_range = 32, autosummarize = on)')

    // Each seal covers the records that it names: neither a dump nor another cluster's transaction numbers can move a record to another one.
    await q.query(`
      CREATE TABLE audit_seal (
        id uuid NOT NULL CONSTRAINT audit_seal_pkey PRIMARY KEY,
        sequence integer NOT NULL CONSTRAINT audit_seal_sequence_key UNIQUE,
        at timestamptz NOT NULL,
        first_position bigint NOT NULL CONSTRAINT audit_seal_first_position_key UNIQUE,
        last_position bigint NOT NULL,
        record_count integer NOT NULL,
        algorithm text NOT NULL, record_form text NOT NULL,
        root text NOT NULL, previous_hash text, hash text NOT NULL,
        cluster text NOT NULL, era integer NOT NULL, snapshot text NOT NULL,
        record_ids uuid[] NOT NULL, leaves bytea NOT NULL,
        CONSTRAINT audit_seal_count_check CHECK (record_count >= 1 AND record_count = cardinality(record_ids) AND last_position = first_position + record_count - 1),
        CONSTRAINT audit_seal_first_check CHECK ((sequence = 1) = (previous_hash IS NULL) AND sequence >= 1))`)
    await q.query(`SELECT append_only('audit_seal')`)
    // The number of the newest seal, beside the seals: who cuts them off must also know of this.
    await q.query('CREATE SEQUENCE audit_seal_tip AS integer MINVALUE 0 START 0 NO CYCLE')
    await q.query('GRANT SELECT, UPDATE ON SEQUENCE audit_seal_tip TO plumbline_app')

    // What personal values in the log are hashed with. Without it nobody can try names against their hashes.
    await q.query(`
      CREATE TABLE audit_digest_key (
        only_one boolean NOT NULL DEFAULT true CONSTRAINT audit_digest_key_pkey PRIMARY KEY CONSTRAINT audit_digest_key_only_one_check CHECK (only_one),
        key text NOT NULL)`)
    await q.query(`INSERT INTO audit_digest_key (key) VALUES (encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'))`)
    await q.query('GRANT SELECT ON audit_digest_key TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE audit_digest_key')
    await q.query('DROP SEQUENCE audit_seal_tip')
    await q.query('DROP TABLE audit_seal')
    await q.query('DROP INDEX audit_record_growth_idx')
    await q.query('ALTER TABLE audit_record DROP unit_id')
  }
}
