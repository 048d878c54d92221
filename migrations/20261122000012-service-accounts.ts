import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Accounts of reporting tools and plugins. What machines may be is a conscious list: widening it is a migration. */
export class ServiceAccounts20261122000012 implements MigrationInterface {
  name = 'ServiceAccounts20261122000012'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE service_account (
        id uuid NOT NULL CONSTRAINT service_account_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT service_account_unit_fk REFERENCES unit (id),
        code text NOT NULL CONSTRAINT service_account_code_check CHECK (code ~ '^[a-z0-9][a-z0-9.-]{1,62}$'),
        name_zh text NOT NULL, purpose text NOT NULL,
        role text NOT NULL CONSTRAINT service_account_role_check CHECK (role IN ('REPORTING_CLIENT', 'SECTOR_MAINTAINER')),
        realm text NOT NULL CONSTRAINT service_account_realm_check CHECK (realm = 'REGISTERS'),
        revoked_at timestamptz, ${AUDITABLE},
        CONSTRAINT service_account_code_key UNIQUE (unit_id, code),
        CONSTRAINT service_account_unit_key UNIQUE (id, unit_id))`)
    await q.query(`SELECT keep_history('service_account')`)
    await q.query('GRANT SELECT, INSERT ON service_account TO plumbline_app')
    await q.query('GRANT UPDATE (revoked_at, updated_at, updated_by, row_version) ON service_account TO plumbline_app')

    await q.query(`
      CREATE TABLE service_account_key (
        id uuid NOT NULL CONSTRAINT service_account_key_pkey PRIMARY KEY,
        service_account_id uuid NOT NULL,
        unit_id uuid NOT NULL,
        name text NOT NULL CONSTRAINT service_account_key_name_key UNIQUE,
        hash text NOT NULL CONSTRAINT service_account_key_hash_check CHECK (hash ~ '^[a-z0-9]+:[0-9a-f]{64}$'),
        expires_at timestamptz NOT NULL, revoked_at timestamptz, last_used_at timestamptz, ${AUDITABLE},
        CONSTRAINT service_account_key_expiry_check CHECK (expires_at <= created_at + interval '367 days'),
        CONSTRAINT service_account_key_account_fk FOREIGN KEY (service_account_id, unit_id) REFERENCES service_account (id, unit_id))`)
    await q.query('CREATE INDEX service_account_key_account_idx ON service_account_key (service_account_id)')
    await q.query(`SELECT keep_history('service_account_key')`)
    // That it was used is no new version of it.
    await q.query('DROP TRIGGER service_account_key_keep ON service_account_key')
    await q.query(`
      CREATE TRIGGER service_account_key_keep AFTER UPDATE ON service_account_key FOR EACH ROW
      WHEN (OLD.row_version <> NEW.row_version) EXECUTE FUNCTION service_account_key_keep()`)
    await q.query('GRANT SELECT, INSERT ON service_account_key TO plumbline_app')
    await q.query('GRANT UPDATE (expires_at, revoked_at, last_used_at, updated_at, updated_by, row_version) ON service_account_key TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of ['service_account_key', 'service_account']) {
      await q.query(`SELECT drop_history('${table}')`)
      await q.query(`DROP TABLE ${table}`)
    }
  }
}

const AUDITABLE = `created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL, row_version integer NOT NULL DEFAULT 1`
