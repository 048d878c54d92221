import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What every register stands on: the role the server works with, history by trigger, audit, outbox, state transitions,
 * approvals, idempotency and grants.
 */
export class Foundation20261122000001 implements MigrationInterface {
  name = 'Foundation20261122000001'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plumbline_app') THEN CREATE ROLE plumbline_app NOLOGIN; END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`)
    await q.query(`
      DO $$ BEGIN
        EXECUTE format('GRANT plumbline_app TO %I', current_user);
      EXCEPTION WHEN OTHERS THEN
        IF NOT pg_has_role(current_user, 'plumbline_app', 'MEMBER') THEN RAISE; END IF;
      END $$`)
    await q.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC')
    await q.query('GRANT USAGE ON SCHEMA public TO plumbline_app')

    // System-time history: the row as it was moves to <table>_history in the transaction that changes it, by the owner's hand.
    await q.query(`
      CREATE FUNCTION keep_history(target regclass) RETURNS void LANGUAGE plpgsql AS $fn$
      DECLARE
        schema_name text := (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = target);
        table_name text := (SELECT relname FROM pg_class WHERE oid = target);
      BEGIN
        EXECUTE format('CREATE TABLE %1$I.%2$I (superseded_at timestamptz NOT NULL, LIKE %1$I.%3$I)', schema_name, table_name || '_history', table_name);
        EXECUTE format('CREATE INDEX %2$I ON %1$I.%3$I (id, superseded_at)', schema_name, table_name || '_history_id_idx', table_name || '_history');
        EXECUTE format($ddl$
          CREATE FUNCTION %1$I.%2$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
          BEGIN
            INSERT INTO %1$I.%3$I SELECT CASE WHEN TG_OP = 'UPDATE' THEN NEW.updated_at ELSE greatest(now(), OLD.updated_at + interval '1 microsecond') END, OLD.*;
            RETURN NULL;
          END $body$ $ddl$, schema_name, table_name || '_keep', table_name || '_history');
        EXECUTE format('CREATE TRIGGER %2$I AFTER UPDATE OR DELETE ON %1$I.%3$I FOR EACH ROW EXECUTE FUNCTION %1$I.%2$I()', schema_name, table_name || '_keep', table_name);
        EXECUTE format('GRANT SELECT ON %1$I.%2$I TO plumbline_app', schema_name, table_name || '_history');
      END $fn$`)
    await q.query(`
      CREATE FUNCTION drop_history(target regclass) RETURNS void LANGUAGE plpgsql AS $fn$
      DECLARE
        schema_name text := (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = target);
        table_name text := (SELECT relname FROM pg_class WHERE oid = target);
      BEGIN
        EXECUTE format('DROP TRIGGER %2$I ON %1$I.%3$I', schema_name, table_name || '_keep', table_name);
        EXECUTE format('DROP FUNCTION %1$I.%2$I()', schema_name, table_name || '_keep');
        EXECUTE format('DROP TABLE %1$I.%2$I', schema_name, table_name || '_history');
      END $fn$`)
    // Registers that only grow: even their owner's statements are refused.
    await q.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
      END $fn$`)
    await q.query(`
      CREATE FUNCTION append_only(target regclass) RETURNS void LANGUAGE plpgsql AS $fn$
      BEGIN
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', target);
        EXECUTE format('GRANT SELECT, INSERT ON %s TO plumbline_app', target);
      END $fn$`)

    await q.query(`
      CREATE TABLE audit_record (
        id uuid NOT NULL CONSTRAINT audit_record_pkey PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        tx bigint NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint,
        actor text NOT NULL, request_id text NOT NULL, address text,
        command text NOT NULL, subject_type text NOT NULL, subject_id uuid,
        before jsonb, after jsonb)`)
    await q.query('CREATE INDEX audit_record_subject_idx ON audit_record (subject_id, at)')
    await q.query(`SELECT append_only('audit_record')`)

    await q.query(`
      CREATE TABLE outbox_event (
        id uuid NOT NULL CONSTRAINT outbox_event_pkey PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        tx bigint NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint,
        type text NOT NULL, subject_type text NOT NULL, subject_id uuid NOT NULL, unit_id uuid,
        actor text NOT NULL, payload jsonb NOT NULL)`)
    await q.query('CREATE INDEX outbox_event_tx_idx ON outbox_event (tx, id)')
    await q.query(`SELECT append_only('outbox_event')`)

    await q.query(`
      CREATE TABLE state_transition (
        id uuid NOT NULL CONSTRAINT state_transition_pkey PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        subject_type text NOT NULL, subject_id uuid NOT NULL, unit_id uuid NOT NULL,
        command text NOT NULL, from_state text NOT NULL, to_state text NOT NULL,
        actor text NOT NULL, opinion text)`)
    await q.query('CREATE INDEX state_transition_subject_idx ON state_transition (subject_id, id)')
    await q.query(`SELECT append_only('state_transition')`)

    await q.query(`
      CREATE TABLE approval_record (
        id uuid NOT NULL CONSTRAINT approval_record_pkey PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        subject_type text NOT NULL, subject_id uuid NOT NULL, unit_id uuid NOT NULL,
        step text NOT NULL,
        decision text NOT NULL CONSTRAINT approval_record_decision_check CHECK (decision IN ('APPROVED', 'RETURNED', 'REJECTED', 'VOIDED')),
        content_hash text NOT NULL, hash_algorithm text NOT NULL DEFAULT 'SHA-256',
        actor text NOT NULL, opinion text)`)
    await q.query('CREATE INDEX approval_record_subject_idx ON approval_record (subject_id, id)')
    await q.query(`SELECT append_only('approval_record')`)

    await q.query(`
      CREATE TABLE idempotent_request (
        actor text NOT NULL, key text NOT NULL,
        command text NOT NULL, input_hash text NOT NULL, result jsonb NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT idempotent_request_pkey PRIMARY KEY (actor, key),
        CONSTRAINT idempotent_request_key_check CHECK (length(key) BETWEEN 8 AND 100))`)
    await q.query('CREATE INDEX idempotent_request_at_idx ON idempotent_request (at)')
    await q.query('GRANT SELECT, INSERT, DELETE ON idempotent_request TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of ['idempotent_request', 'approval_record', 'state_transition', 'outbox_event', 'audit_record']) await q.query(`DROP TABLE ${table}`)
    for (const fn of ['append_only(regclass)', 'refuse_change()', 'drop_history(regclass)', 'keep_history(regclass)']) await q.query(`DROP FUNCTION ${fn}`)
    await q.query('REVOKE USAGE ON SCHEMA public FROM plumbline_app')
  }
}
