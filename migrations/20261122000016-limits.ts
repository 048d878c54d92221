import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Counts of requests that instances share, and the operations that teams have had listed. */
export class Limits20261122000016 implements MigrationInterface {
  name = 'Limits20261122000016'

  async up(q: QueryRunner): Promise<void> {
    // Worth a minute and not worth a write-ahead log: after a crash everybody starts to count anew.
    await q.query(`
      CREATE UNLOGGED TABLE request_count (
        key text COLLATE "C" NOT NULL, minute integer NOT NULL, count integer NOT NULL,
        CONSTRAINT request_count_pkey PRIMARY KEY (key, minute)
      )`)
    await q.query('GRANT SELECT, INSERT, UPDATE, DELETE ON request_count TO plumbline_app')

    await q.query(`
      CREATE TABLE persisted_operation (
        id uuid NOT NULL,
        team text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        kind text NOT NULL,
        hash text COLLATE "C" NOT NULL,
        body text NOT NULL,
        cost integer NOT NULL,
        retired_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        updated_by text NOT NULL,
        row_version integer NOT NULL DEFAULT 1,
        CONSTRAINT persisted_operation_pkey PRIMARY KEY (id),
        CONSTRAINT persisted_operation_team_check CHECK (team ~ '^[a-z][a-z0-9-]{0,39}$'),
        CONSTRAINT persisted_operation_kind_check CHECK (kind IN ('QUERY', 'MUTATION')),
        CONSTRAINT persisted_operation_hash_check CHECK (hash ~ '^[0-9a-f]{64}$' AND hash = encode(sha256(convert_to(body, 'UTF8')), 'hex')),
        CONSTRAINT persisted_operation_cost_check CHECK (cost >= 0)
      )`)
    await q.query('CREATE UNIQUE INDEX persisted_operation_live_key ON persisted_operation (team, hash) WHERE retired_at IS NULL')
    await q.query('CREATE INDEX persisted_operation_team_idx ON persisted_operation (team, name, id)')
    await q.query('CREATE INDEX persisted_operation_hash_idx ON persisted_operation (hash)')
    await q.query(`SELECT keep_history('persisted_operation')`)
    // What was published is what stays published: only its end can be written.
    await q.query('GRANT SELECT, INSERT, UPDATE (retired_at, updated_at, updated_by, row_version) ON persisted_operation TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`SELECT drop_history('persisted_operation')`)
    await q.query('DROP TABLE persisted_operation')
    await q.query('DROP TABLE request_count')
  }
}
