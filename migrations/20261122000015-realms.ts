import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Nothing of a realm is seen by a transaction that did not enter it: unset, the setting names no realm. */
const ENTERED = `realm = ANY (string_to_array(current_setting('plumbline.realms', true), ','))`
const REALM_CHECK = `CHECK (realm ~ '^[A-Z_]+$')`

/**
 * The vault of the realms: data keys (wrapped by a key that is not in the database), sealed values, and the log of their readings. Row
 * security is a second wall for the server's role. It is not forced on the owner, who needs whole backups and checks foreign keys, and
 * whom sealed values tell nothing.
 */
export class Realms20261122000015 implements MigrationInterface {
  name = 'Realms20261122000015'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE vault_key (
        id uuid NOT NULL CONSTRAINT vault_key_pkey PRIMARY KEY,
        realm text NOT NULL CONSTRAINT vault_key_realm_check ${REALM_CHECK},
        purpose text NOT NULL CONSTRAINT vault_key_purpose_check CHECK (purpose IN ('DATA', 'INDEX')),
        generation integer NOT NULL CONSTRAINT vault_key_generation_check CHECK (generation > 0),
        algorithm text NOT NULL, wrapped_by text NOT NULL, nonce bytea NOT NULL, tag bytea NOT NULL, wrapped bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT vault_key_generation_key UNIQUE (realm, purpose, generation),
        CONSTRAINT vault_key_id_realm_key UNIQUE (id, realm))`)
    await q.query(`
      CREATE TABLE vault_value (
        table_name text COLLATE "C" NOT NULL, row_id uuid NOT NULL, column_name text COLLATE "C" NOT NULL,
        realm text NOT NULL CONSTRAINT vault_value_realm_check ${REALM_CHECK},
        algorithm text NOT NULL, key_id uuid NOT NULL, nonce bytea NOT NULL, tag bytea NOT NULL, ciphertext bytea NOT NULL,
        sealed_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT vault_value_pkey PRIMARY KEY (row_id, table_name, column_name),
        CONSTRAINT vault_value_key_fk FOREIGN KEY (key_id, realm) REFERENCES vault_key (id, realm))`)
    await q.query('CREATE INDEX vault_value_key_id_idx ON vault_value (key_id)')
    await q.query(`
      CREATE TABLE vault_read (
        id uuid NOT NULL CONSTRAINT vault_read_pkey PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        realm text NOT NULL CONSTRAINT vault_read_realm_check ${REALM_CHECK},
        table_name text NOT NULL, row_id uuid NOT NULL, columns text[] NOT NULL, unit_id uuid NOT NULL,
        actor text NOT NULL, command text NOT NULL, request_id text NOT NULL, address text,
        reason text NOT NULL CONSTRAINT vault_read_reason_check CHECK (length(reason) BETWEEN 1 AND 500))`)
    await q.query('CREATE INDEX vault_read_row_id_idx ON vault_read (row_id, id)')
    await q.query('CREATE INDEX vault_read_at_idx ON vault_read USING brin (at)')

    await q.query('GRANT SELECT, INSERT, DELETE, UPDATE (algorithm, wrapped_by, nonce, tag, wrapped) ON vault_key TO plumbline_app')
    await q.query('GRANT SELECT, INSERT, UPDATE (algorithm, key_id, nonce, tag, ciphertext, sealed_at) ON vault_value TO plumbline_app')
    await q.query(`SELECT append_only('vault_read')`)
    for (const table of TABLES) {
      await q.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`)
      await q.query(`CREATE POLICY ${table}_entered ON ${table} TO plumbline_app USING (${ENTERED})`)
    }
    await this.retention(q)
  }

  /** How long registers are kept, as rows that only grow; what was purged, with a hash over it; and the only hand that purges. */
  private async retention(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE retention_period (
        register text COLLATE "C" NOT NULL, version integer NOT NULL,
        days integer NOT NULL CONSTRAINT retention_period_days_check CHECK (days > 0),
        action text NOT NULL CONSTRAINT retention_period_action_check CHECK (action IN ('DELETE', 'SHRED')),
        basis text NOT NULL, since timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT retention_period_pkey PRIMARY KEY (register, version))`)
    await q.query(`
      CREATE TABLE purge_record (
        id uuid NOT NULL CONSTRAINT purge_record_pkey PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(), register text NOT NULL, days integer NOT NULL, basis text NOT NULL,
        count integer NOT NULL, first_at timestamptz NOT NULL, last_at timestamptz NOT NULL, hash_algorithm text NOT NULL, merkle_root text NOT NULL)`)
    await q.query('CREATE INDEX purge_record_register_idx ON purge_record (register, at)')
    for (const table of ['retention_period', 'purge_record']) {
      await q.query(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`)
      await q.query(`GRANT SELECT ON ${table} TO plumbline_app`)
    }
    await q.query(`
      INSERT INTO retention_period (register, version, days, action, basis) VALUES
        ('OUTBOX_EVENT', 1, 30, 'DELETE', 'Operating rule: what happened stays in the audit log; consumers are told within a month'),
        ('IDEMPOTENT_REQUEST', 1, 7, 'DELETE', 'Promise of the API: an answer is kept for seven days'),
        ('VAULT_READ', 1, 1825, 'DELETE', 'Operating rule: readings can be looked up by their realm for five years'),
        ('EVIDENCE_WITHDRAWN', 1, 1095, 'SHRED', 'Operating rule: files that were withdrawn are kept for three years; row and hash stay'),
        ('EVIDENCE_EXPIRED', 1, 3650, 'SHRED', 'Operating rule: files are kept for ten years after they ceased to prove anything; row and hash stay')`)
    for (const table of ['evidence', 'evidence_history']) await q.query(`ALTER TABLE ${table} ADD COLUMN content_purged_at timestamptz`)
    await q.query(`
      CREATE FUNCTION refuse_change_but_purge() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        IF TG_OP <> 'DELETE' OR current_setting('plumbline.purging', true) IS DISTINCT FROM TG_TABLE_NAME::text THEN
          RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
      END $fn$`)
    for (const table of ['outbox_event', 'vault_read']) {
      await q.query(`DROP TRIGGER append_only ON ${table}`)
      await q.query(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_but_purge()`)
    }
    await q.query('REVOKE DELETE ON idempotent_request FROM plumbline_app')
    // Leaves are hashed with a 0 before them, nodes with a 1: a node can never be shown as a leaf. An odd one goes up as it is.
    await q.query(`
      CREATE FUNCTION merkle_root(leaves bytea[]) RETURNS bytea LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog AS $fn$
      DECLARE level bytea[] := leaves;
      BEGIN
        WHILE cardinality(level) > 1 LOOP
          level := (SELECT array_agg(h ORDER BY n) FROM (
            SELECT (o - 1) / 2 AS n, CASE count(*) WHEN 1 THEN string_agg(leaf, ''::bytea) ELSE sha256('\\x01'::bytea || string_agg(leaf, ''::bytea ORDER BY o)) END AS h
            FROM unnest(level) WITH ORDINALITY l(leaf, o) GROUP BY (o - 1) / 2) pairs);
        END LOOP;
        RETURN level[1];
      END $fn$`)
    // The server's role cannot delete: this takes only what is past its period, and leaves the proof of it in the same transaction.
    const purged = (statement: string, id: string, row: string, at: string): string => `
          WITH gone AS (${statement} RETURNING ${id} AS id, ${at} AS at, sha256('\\x00'::bytea || convert_to((${row})::text, 'UTF8')) AS leaf)
          SELECT count(*), array_agg(leaf ORDER BY id), min(at), max(at) INTO n, leaves, first_at, last_at FROM gone;`
    const shredded = (due: string): string => purged(`
            UPDATE public.evidence e SET content_purged_at = now(), updated_at = greatest(now(), e.updated_at + interval '1 microsecond'), updated_by = 'system:retention', row_version = e.row_version + 1
            WHERE e.id IN (SELECT d.id FROM public.evidence d WHERE d.storage_ref IS NOT NULL AND d.content_purged_at IS NULL AND ${due} LIMIT most)`,
      'e.id', `jsonb_build_object('id', e.id, 'sha256', e.sha256, 'sizeBytes', e.size_bytes, 'storageRef', e.storage_ref)`, 'e.collected_at')
    await q.query(`
      CREATE FUNCTION purge_expired(which text, most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $fn$
      DECLARE
        period public.retention_period; before timestamptz; n integer := 0; leaves bytea[]; first_at timestamptz; last_at timestamptz;
      BEGIN
        SELECT * INTO STRICT period FROM public.retention_period p WHERE p.register = which ORDER BY p.version DESC LIMIT 1;
        before := now() - make_interval(days => period.days);
        IF which = 'OUTBOX_EVENT' THEN
          PERFORM set_config('plumbline.purging', 'outbox_event', true);
          ${purged('DELETE FROM public.outbox_event e WHERE e.id IN (SELECT d.id FROM public.outbox_event d WHERE d.at < before LIMIT most)', 'e.id', 'to_jsonb(e)', 'e.at')}
        ELSIF which = 'IDEMPOTENT_REQUEST' THEN
          ${purged('DELETE FROM public.idempotent_request e WHERE (e.actor, e.key) IN (SELECT d.actor, d.key FROM public.idempotent_request d WHERE d.at < before LIMIT most)', "e.actor || ' ' || e.key", 'to_jsonb(e)', 'e.at')}
        ELSIF which = 'VAULT_READ' THEN
          PERFORM set_config('plumbline.purging', 'vault_read', true);
          ${purged('DELETE FROM public.vault_read e WHERE e.id IN (SELECT d.id FROM public.vault_read d WHERE d.at < before LIMIT most)', 'e.id', 'to_jsonb(e)', 'e.at')}
        ELSIF which = 'EVIDENCE_WITHDRAWN' THEN
          ${shredded('d.withdrawn_reason IS NOT NULL AND d.updated_at < before')}
        ELSIF which = 'EVIDENCE_EXPIRED' THEN
          ${shredded('d.expires_on < before::date')}
        ELSE
          RAISE EXCEPTION 'nothing is known of purging %', which;
        END IF;
        PERFORM set_config('plumbline.purging', '', true);
        IF period.action = 'SHRED' AND n > 0 THEN
          DELETE FROM public.vault_value v USING public.evidence e
          WHERE v.table_name = 'evidence' AND v.column_name = 'content_key' AND v.row_id = e.id AND e.content_purged_at = now();
        END IF;
        IF n > 0 THEN
          INSERT INTO public.purge_record (id, register, days, basis, count, first_at, last_at, hash_algorithm, merkle_root)
          VALUES (gen_random_uuid(), which, period.days, period.basis, n, first_at, last_at, 'SHA-256', encode(public.merkle_root(leaves), 'hex'));
        END IF;
        RETURN n;
      END $fn$`)
    await q.query('REVOKE EXECUTE ON FUNCTION purge_expired(text, integer) FROM PUBLIC')
    await q.query('GRANT EXECUTE ON FUNCTION purge_expired(text, integer) TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP FUNCTION purge_expired(text, integer)')
    await q.query('DROP FUNCTION merkle_root(bytea[])')
    await q.query('GRANT DELETE ON idempotent_request TO plumbline_app')
    await q.query('DROP TRIGGER append_only ON outbox_event')
    await q.query('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON outbox_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()')
    for (const table of ['evidence', 'evidence_history']) await q.query(`ALTER TABLE ${table} DROP COLUMN content_purged_at`)
    for (const table of ['purge_record', 'retention_period']) await q.query(`DROP TABLE ${table}`)
    for (const table of [...TABLES].reverse()) await q.query(`DROP TABLE ${table}`)
    await q.query('DROP FUNCTION refuse_change_but_purge()')
  }
}

const TABLES = ['vault_key', 'vault_value', 'vault_read']
