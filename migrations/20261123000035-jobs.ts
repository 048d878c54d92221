import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Work that people ask for and do not wait for: imports of files. And the files until then. */
export class Jobs20261123000035 implements MigrationInterface {
  name = 'Jobs20261123000035'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE job (
        id uuid NOT NULL CONSTRAINT job_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT job_unit_fk REFERENCES unit (id),
        kind text COLLATE "C" NOT NULL,
        state text NOT NULL CONSTRAINT job_state_check CHECK (state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
        file_name text NOT NULL, size_bytes integer NOT NULL, sha256 text NOT NULL,
        phase text CONSTRAINT job_phase_check CHECK (phase IN ('READING', 'CHECKING', 'WRITING')),
        done integer NOT NULL DEFAULT 0, total integer,
        counted_in text NOT NULL DEFAULT 'ROWS' CONSTRAINT job_counted_in_check CHECK (counted_in IN ('ROWS', 'PERCENT')),
        started_at timestamptz, finished_at timestamptz,
        added integer, changed integer, unchanged integer,
        failure text, problem_count integer NOT NULL DEFAULT 0, problems jsonb NOT NULL DEFAULT '[]',
        attempts integer NOT NULL DEFAULT 0, runner text, lease_until timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
        row_version integer NOT NULL DEFAULT 1,
        CONSTRAINT job_done_check CHECK (done >= 0 AND done <= total),
        CONSTRAINT job_running_check CHECK ((state = 'RUNNING') = (runner IS NOT NULL) AND (runner IS NULL) = (lease_until IS NULL)),
        CONSTRAINT job_finished_check CHECK ((state IN ('SUCCEEDED', 'FAILED', 'CANCELLED')) = (finished_at IS NOT NULL)),
        CONSTRAINT job_result_check CHECK (num_nulls(added, changed, unchanged) = CASE state WHEN 'SUCCEEDED' THEN 0 ELSE 3 END),
        CONSTRAINT job_failure_check CHECK ((state = 'FAILED') = (failure IS NOT NULL)))`)
    await q.query('CREATE INDEX job_unit_idx ON job (unit_id, id)')
    await q.query('CREATE INDEX job_asker_idx ON job (created_by, id)')
    await q.query('CREATE INDEX job_kind_idx ON job (kind, id)')
    await q.query('CREATE INDEX job_state_idx ON job (state, id)')
    await q.query(`CREATE INDEX job_open_idx ON job (id) WHERE state IN ('QUEUED', 'RUNNING')`)
    await q.query(`SELECT keep_history('job')`)
    // How far it has come is told while it runs and is no new version.
    await q.query('DROP TRIGGER job_keep ON job')
    await q.query('CREATE TRIGGER job_keep AFTER UPDATE ON job FOR EACH ROW WHEN (OLD.row_version <> NEW.row_version) EXECUTE FUNCTION job_keep()')
    await q.query('GRANT SELECT, INSERT, UPDATE ON job TO plumbline_app')

    await q.query(`
      CREATE TABLE workbook (
        id uuid NOT NULL CONSTRAINT workbook_pkey PRIMARY KEY,
        job_id uuid CONSTRAINT workbook_job_fk REFERENCES job (id),
        file_name text NOT NULL, size_bytes integer NOT NULL CONSTRAINT workbook_size_bytes_check CHECK (size_bytes > 0), sha256 text NOT NULL,
        content bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
        CONSTRAINT workbook_job_key UNIQUE (job_id))`)
    // As it is, so that parts of it can be read without the whole.
    await q.query('ALTER TABLE workbook ALTER COLUMN content SET STORAGE EXTERNAL')
    await q.query('CREATE INDEX workbook_unused_idx ON workbook (created_by, created_at) WHERE job_id IS NULL')
    await q.query('GRANT SELECT, INSERT, DELETE ON workbook TO plumbline_app')
    await q.query('GRANT UPDATE (job_id) ON workbook TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE workbook')
    await q.query(`SELECT drop_history('job')`)
    await q.query('DROP TABLE job')
  }
}
