import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What may still change in a piece of evidence: whether it stands, and who changed that when. */
const CHANGEABLE = 'withdrawn_reason, updated_at, updated_by, row_version'

/**
 * Evidence cannot be exchanged: the server may withdraw it and change nothing else. Sizes are bounded by what the API can tell (Int), and
 * contents are found by their ref, to tell which of them no row refers to.
 */
export class EvidenceFiles20261122000007 implements MigrationInterface {
  name = 'EvidenceFiles20261122000007'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE evidence
        ALTER COLUMN size_bytes TYPE integer,
        ADD CONSTRAINT evidence_size_bytes_check CHECK (size_bytes > 0),
        ADD CONSTRAINT evidence_link_check CHECK (url IS NULL OR sensitivity <> 'SENSITIVE')`)
    await q.query('ALTER TABLE evidence_history ALTER COLUMN size_bytes TYPE integer')
    await q.query('CREATE INDEX evidence_storage_ref_idx ON evidence (storage_ref) WHERE storage_ref IS NOT NULL')
    await q.query('REVOKE UPDATE ON evidence FROM plumbline_app')
    await q.query(`GRANT UPDATE (${CHANGEABLE}) ON evidence TO plumbline_app`)
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`REVOKE UPDATE (${CHANGEABLE}) ON evidence FROM plumbline_app`)
    await q.query('GRANT UPDATE ON evidence TO plumbline_app')
    await q.query('DROP INDEX evidence_storage_ref_idx')
    await q.query('ALTER TABLE evidence_history ALTER COLUMN size_bytes TYPE bigint')
    await q.query(`
      ALTER TABLE evidence
        DROP CONSTRAINT evidence_link_check,
        DROP CONSTRAINT evidence_size_bytes_check,
        ALTER COLUMN size_bytes TYPE bigint`)
  }
}
