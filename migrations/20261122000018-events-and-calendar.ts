import type { MigrationInterface, QueryRunner } from 'typeorm'

/** How far each subscriber of events is, and which days are worked on. */
export class EventsAndCalendar20261122000018 implements MigrationInterface {
  name = 'EventsAndCalendar20261122000018'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE event_subscriber (
        name text COLLATE "C" NOT NULL CONSTRAINT event_subscriber_pkey PRIMARY KEY,
        since timestamptz NOT NULL DEFAULT now(),
        taken_at timestamptz, snapshot text, cluster text, era integer NOT NULL DEFAULT 1)`)
    await q.query(`
      CREATE TABLE event_delivery (
        id uuid NOT NULL CONSTRAINT event_delivery_pkey PRIMARY KEY,
        subscriber text COLLATE "C" NOT NULL, event_id uuid NOT NULL,
        kind text NOT NULL, subject_id uuid NOT NULL, event_at timestamptz NOT NULL,
        taken_at timestamptz NOT NULL, tx bigint NOT NULL,
        state text NOT NULL DEFAULT 'WAITING' CONSTRAINT event_delivery_state_check CHECK (state IN ('WAITING', 'PARKED')),
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        last_error_code text,
        CONSTRAINT event_delivery_event_key UNIQUE (subscriber, event_id))`)
    // In the order in which they became visible; and whether something else about the same subject comes before.
    await q.query(`CREATE INDEX event_delivery_order_idx ON event_delivery (subscriber, taken_at, tx, event_id) WHERE state = 'WAITING'`)
    await q.query(`CREATE INDEX event_delivery_subject_idx ON event_delivery (subscriber, subject_id, taken_at, tx, event_id) WHERE state = 'WAITING'`)
    await q.query('CREATE INDEX event_delivery_event_at_idx ON event_delivery (event_at, id)')
    await q.query(`
      CREATE TABLE event_handled (
        subscriber text COLLATE "C" NOT NULL, event_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT event_handled_pkey PRIMARY KEY (subscriber, event_id))`)
    await q.query('GRANT SELECT, INSERT, UPDATE ON event_subscriber TO plumbline_app')
    await q.query('GRANT SELECT, INSERT, UPDATE, DELETE ON event_delivery TO plumbline_app')
    await q.query('GRANT SELECT, INSERT, DELETE ON event_handled TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of ['event_handled', 'event_delivery', 'event_subscriber']) await q.query(`DROP TABLE ${table}`)
  }
}
