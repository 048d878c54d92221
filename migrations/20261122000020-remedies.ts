import type { MigrationInterface, QueryRunner } from 'typeorm'

const AUDITABLE = `is_synthetic boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL, updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL, row_version integer NOT NULL DEFAULT 1`
const TASK_STATES = `'OPEN', 'PLANNED', 'IN_PROGRESS', 'SUBMITTED', 'RETURNED', 'VERIFIED', 'CLOSED', 'RECURRED', 'CANCELLED'`

/** What becomes of what was found: tasks to mend it. */
export class Remedies20261122000020 implements MigrationInterface {
  name = 'Remedies20261122000020'

  async up(q: QueryRunner): Promise<void> {
    await this.tasks(q)
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of ['rectification_extension', 'rectification_task']) {
      await q.query(`SELECT drop_history('${table}')`)
      await q.query(`DROP TABLE ${table}`)
    }
    await q.query('ALTER TABLE appointment DROP CONSTRAINT appointment_id_unit_key')
  }

  private async tasks(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE appointment ADD CONSTRAINT appointment_id_unit_key UNIQUE (id, unit_id)')
    // What stands in a closed realm is told to the unit as OTHER.
    await q.query(`
      CREATE TABLE rectification_task (
        id uuid NOT NULL CONSTRAINT rectification_task_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT rectification_task_unit_fk REFERENCES unit (id),
        responsible_appointment_id uuid,
        problem text NOT NULL, measures text, due_on date NOT NULL,
        state text NOT NULL CONSTRAINT rectification_task_state_check CHECK (state IN (${TASK_STATES})),
        source_kind text NOT NULL CONSTRAINT rectification_task_source_kind_check CHECK (source_kind IN ('FINDING', 'CONTROL_TEST', 'RECOMMENDATION', 'PLEDGE', 'CLUE', 'CASE', 'CAMPAIGN', 'PORTRAIT', 'OTHER')),
        source_told text NOT NULL, source_id uuid, source_note text,
        returns integer NOT NULL DEFAULT 0 CONSTRAINT rectification_task_returns_check CHECK (returns >= 0),
        extensions integer NOT NULL DEFAULT 0 CONSTRAINT rectification_task_extensions_check CHECK (extensions >= 0),
        performed_by text[] NOT NULL DEFAULT '{}',
        submitted_on date, verified_by text, closed_on date,
        recurrence_of_id uuid, ${AUDITABLE},
        CONSTRAINT rectification_task_source_told_check CHECK (source_told = CASE WHEN source_kind IN ('CLUE', 'CASE', 'PORTRAIT') THEN 'OTHER' ELSE source_kind END),
        CONSTRAINT rectification_task_source_check CHECK ((source_kind = 'OTHER') = (source_id IS NULL)),
        CONSTRAINT rectification_task_responsible_check CHECK (responsible_appointment_id IS NOT NULL OR source_kind = 'CONTROL_TEST'),
        CONSTRAINT rectification_task_verified_check CHECK (verified_by IS NOT NULL OR state NOT IN ('VERIFIED', 'CLOSED', 'RECURRED')),
        CONSTRAINT rectification_task_closed_check CHECK ((closed_on IS NOT NULL) = (state IN ('CLOSED', 'RECURRED'))),
        CONSTRAINT rectification_task_id_unit_key UNIQUE (id, unit_id),
        CONSTRAINT rectification_task_responsible_fk FOREIGN KEY (responsible_appointment_id, unit_id) REFERENCES appointment (id, unit_id),
        CONSTRAINT rectification_task_recurrence_fk FOREIGN KEY (recurrence_of_id, unit_id) REFERENCES rectification_task (id, unit_id))`)
    await q.query('CREATE UNIQUE INDEX rectification_task_recurrence_key ON rectification_task (recurrence_of_id) WHERE recurrence_of_id IS NOT NULL')
    // INV-29: one task a pledge.
    await q.query(`CREATE UNIQUE INDEX rectification_task_pledge_key ON rectification_task (source_id) WHERE source_kind = 'PLEDGE' AND recurrence_of_id IS NULL`)
    await q.query('CREATE INDEX rectification_task_source_idx ON rectification_task (source_id, id) WHERE source_id IS NOT NULL')
    await q.query('CREATE INDEX rectification_task_unit_idx ON rectification_task (unit_id, id)')
    await q.query('CREATE INDEX rectification_task_responsible_idx ON rectification_task (responsible_appointment_id, id) WHERE responsible_appointment_id IS NOT NULL')
    await q.query('CREATE INDEX rectification_task_due_on_idx ON rectification_task (due_on, id)')
    await q.query('CREATE INDEX rectification_task_state_idx ON rectification_task (state, due_on, id)')
    await q.query('CREATE INDEX rectification_task_source_told_idx ON rectification_task (source_told, id)')
    await q.query('CREATE INDEX rectification_task_returns_idx ON rectification_task (returns, id)')
    await q.query('CREATE INDEX rectification_task_closed_on_idx ON rectification_task (closed_on, id) WHERE closed_on IS NOT NULL')
    await q.query(`
      CREATE TABLE rectification_extension (
        id uuid NOT NULL CONSTRAINT rectification_extension_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, task_id uuid NOT NULL,
        due_before date NOT NULL, due_on date NOT NULL, reason text NOT NULL,
        state text NOT NULL CONSTRAINT rectification_extension_state_check CHECK (state IN ('REQUESTED', 'APPROVED', 'REFUSED', 'WITHDRAWN')),
        decided_by text, opinion text, ${AUDITABLE},
        CONSTRAINT rectification_extension_later_check CHECK (due_on > due_before),
        CONSTRAINT rectification_extension_decided_check CHECK ((decided_by IS NOT NULL) = (state IN ('APPROVED', 'REFUSED'))),
        CONSTRAINT rectification_extension_task_fk FOREIGN KEY (task_id, unit_id) REFERENCES rectification_task (id, unit_id))`)
    await q.query(`CREATE UNIQUE INDEX rectification_extension_open_key ON rectification_extension (task_id) WHERE state = 'REQUESTED'`)
    await q.query('CREATE INDEX rectification_extension_task_idx ON rectification_extension (task_id, id)')
    await q.query('CREATE INDEX rectification_extension_unit_idx ON rectification_extension (unit_id, id)')
    await q.query('CREATE INDEX rectification_extension_state_idx ON rectification_extension (state, id)')
    await kept(q, 'rectification_task', ['problem', 'measures', 'due_on', 'responsible_appointment_id', 'state', 'returns', 'extensions', 'performed_by', 'submitted_on', 'verified_by', 'closed_on'])
    await kept(q, 'rectification_extension', ['state', 'decided_by', 'opinion'])
  }
}

/** History, and the rights of the server: these columns may change, rows are never taken away. */
async function kept(q: QueryRunner, table: string, changing: readonly string[]): Promise<void> {
  await q.query(`SELECT keep_history('${table}')`)
  await q.query(`GRANT SELECT, INSERT ON ${table} TO plumbline_app`)
  await q.query(`GRANT UPDATE (${[...changing, 'updated_at', 'updated_by', 'row_version'].join(', ')}) ON ${table} TO plumbline_app`)
}
