import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What waits for whom. The functions and triggers that fill it follow the state tables, which are of the code: every start brings them to
 * what its state tables say, and fills it with what stands there already.
 */
export class Inbox20261122000026 implements MigrationInterface {
  name = 'Inbox20261122000026'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE inbox_item (
        subject_id uuid NOT NULL, desk integer NOT NULL, unit_id uuid NOT NULL, role text NOT NULL,
        subject_type text NOT NULL, state text NOT NULL, commands text[] NOT NULL,
        kind text NOT NULL CONSTRAINT inbox_item_kind_check CHECK (kind IN ('WAITING', 'RETURNED')),
        due_key date NOT NULL, opens_on date, since timestamptz NOT NULL,
        realm text, person_id uuid, excluded text[] NOT NULL,
        CONSTRAINT inbox_item_pkey PRIMARY KEY (subject_id, desk, unit_id, role))`)
    // Who sees much walks one of the first four in its order; who sees little comes by units; what is addressed to somebody, by person.
    await q.query('CREATE INDEX inbox_item_due_idx ON inbox_item (role, due_key, subject_id) WHERE person_id IS NULL')
    await q.query('CREATE INDEX inbox_item_since_idx ON inbox_item (role, since, subject_id) WHERE person_id IS NULL')
    await q.query('CREATE INDEX inbox_item_type_idx ON inbox_item (role, subject_type, due_key, subject_id) WHERE person_id IS NULL')
    await q.query(`CREATE INDEX inbox_item_returned_idx ON inbox_item (role, due_key, subject_id) WHERE person_id IS NULL AND kind = 'RETURNED'`)
    await q.query('CREATE INDEX inbox_item_unit_idx ON inbox_item (unit_id, role, due_key, subject_id) WHERE person_id IS NULL')
    await q.query('CREATE INDEX inbox_item_person_idx ON inbox_item (person_id, due_key, subject_id) WHERE person_id IS NOT NULL')
    await q.query(`CREATE INDEX inbox_item_day_idx ON inbox_item (due_key, subject_id) WHERE due_key < '9999-12-31'`)
    await q.query('GRANT SELECT ON inbox_item TO plumbline_app')

    await q.query(`
      CREATE TABLE inbox_reminder (
        subject_id uuid NOT NULL, state text NOT NULL, due_on date NOT NULL, days_before integer NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT inbox_reminder_pkey PRIMARY KEY (subject_id, state, due_on, days_before))`)
    await q.query('GRANT SELECT, INSERT ON inbox_reminder TO plumbline_app')

    await q.query(`
      CREATE FUNCTION inbox_forget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $fn$
      BEGIN
        DELETE FROM inbox_item WHERE subject_id = OLD.id;
        RETURN NULL;
      END $fn$`)
    // Said at the commit, to whoever watches: which role at which unit has something to look at. Much at once is said as one.
    await q.query(`
      CREATE FUNCTION inbox_tell(news text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $fn$
      BEGIN
        IF cardinality(news) > 50 THEN
          PERFORM pg_notify('plumbline', 'topics inbox');
        ELSIF news IS NOT NULL THEN
          PERFORM pg_notify('plumbline', 'topics inbox ' || n) FROM unnest(news) n;
        END IF;
      END $fn$`)
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DO $forget$ DECLARE old regprocedure; BEGIN
        FOR old IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'inbox\\_%' LOOP EXECUTE format('DROP FUNCTION %s CASCADE', old); END LOOP;
      END $forget$`)
    for (const table of ['inbox_reminder', 'inbox_item']) await q.query(`DROP TABLE ${table}`)
  }
}
