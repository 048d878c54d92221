import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of every register that people change. */
const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

const FOUR = `('COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY')`

/** What a unit-year remembers of its later phases; four eyes are asked of these columns. */
const CYCLE_COLUMNS = [
  'reported_by text', 'reported_at timestamptz', 'evaluated_by text', 'evaluated_at timestamptz',
  'accountability_proposed_by text', 'accountability_proposed_at timestamptz', 'accountability_responsibility text', 'accountability_source_kind text',
  'accountability_source_id uuid', 'accountability_reason text', 'accountability_from text', 'accountability_opened_by text', 'accountability_opened_at timestamptz', 'closed_at timestamptz',
]

/** The year of a unit after its publication: quarterly progress, duty reports, what is found for each of the four responsibilities. */
export class Loop20261122000023 implements MigrationInterface {
  name = 'Loop20261122000023'

  async up(q: QueryRunner): Promise<void> {
    for (const table of ['accountability_cycle', 'accountability_cycle_history']) await q.query(`ALTER TABLE ${table} ${CYCLE_COLUMNS.map(c => `ADD COLUMN ${c}`).join(', ')}`)
    await q.query(`
      ALTER TABLE accountability_cycle
        ADD CONSTRAINT accountability_cycle_id_unit_key UNIQUE (id, unit_id),
        ADD CONSTRAINT accountability_cycle_reported_check CHECK (state NOT IN ('REPORTED', 'EVALUATED') OR reported_by IS NOT NULL),
        ADD CONSTRAINT accountability_cycle_proposed_check CHECK (num_nulls(accountability_proposed_by, accountability_proposed_at, accountability_responsibility,
          accountability_source_kind, accountability_source_id, accountability_reason) IN (0, 6)),
        ADD CONSTRAINT accountability_cycle_responsibility_check CHECK (accountability_responsibility IN ${FOUR}),
        ADD CONSTRAINT accountability_cycle_source_kind_check CHECK (accountability_source_kind IN ('DUTY_ITEM', 'PLEDGE')),
        ADD CONSTRAINT accountability_cycle_opened_check CHECK (
          (state <> 'ACCOUNTABILITY' OR num_nulls(accountability_proposed_by, accountability_from) = 0) AND num_nulls(accountability_from, accountability_opened_by, accountability_opened_at) IN (0, 3)),
        ADD CONSTRAINT accountability_cycle_from_check CHECK (accountability_from IN ('IN_FORCE', 'EVALUATED')),
        ADD CONSTRAINT accountability_cycle_closed_check CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL))`)

    await q.query(`
      CREATE TABLE duty_report (
        id uuid NOT NULL CONSTRAINT duty_report_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT duty_report_unit_fk REFERENCES unit (id),
        owner_unit_id uuid NOT NULL CONSTRAINT duty_report_owner_unit_fk REFERENCES unit (id),
        cycle_id uuid, year integer NOT NULL CONSTRAINT duty_report_year_check CHECK (year BETWEEN 2000 AND 2100),
        responsibility text NOT NULL CONSTRAINT duty_report_responsibility_check CHECK (responsibility IN ${FOUR}),
        appointment_id uuid NOT NULL CONSTRAINT duty_report_appointment_fk REFERENCES appointment (id),
        version integer NOT NULL, text text NOT NULL, fixed_at timestamptz, is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT duty_report_owner_check CHECK (responsibility = 'COMMISSION_SUPERVISORY' OR owner_unit_id = unit_id),
        CONSTRAINT duty_report_cycle_fk FOREIGN KEY (cycle_id, unit_id) REFERENCES accountability_cycle (id, unit_id),
        CONSTRAINT duty_report_id_unit_key UNIQUE (id, unit_id),
        CONSTRAINT duty_report_version_key UNIQUE (unit_id, year, responsibility, appointment_id, version))`)
    await q.query('CREATE UNIQUE INDEX duty_report_open_key ON duty_report (unit_id, year, responsibility, appointment_id) WHERE fixed_at IS NULL')
    await q.query('CREATE INDEX duty_report_cycle_idx ON duty_report (cycle_id) WHERE cycle_id IS NOT NULL')
    await q.query('CREATE INDEX duty_report_appointment_idx ON duty_report (appointment_id)')
    await q.query('CREATE INDEX duty_report_year_idx ON duty_report (year, id)')
    // What was reported in public stays as it was said: a fixed report is not changed, another one is filed.
    await q.query(`
      CREATE FUNCTION duty_report_lock() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        IF OLD.fixed_at IS NOT NULL AND (NEW.text, NEW.appointment_id, NEW.responsibility, NEW.year, NEW.fixed_at) IS DISTINCT FROM (OLD.text, OLD.appointment_id, OLD.responsibility, OLD.year, OLD.fixed_at) THEN
          RAISE EXCEPTION 'a fixed duty report is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'duty_report_locked';
        END IF;
        RETURN NEW;
      END $fn$`)
    await q.query('CREATE TRIGGER duty_report_lock BEFORE UPDATE ON duty_report FOR EACH ROW EXECUTE FUNCTION duty_report_lock()')

    await q.query(`
      CREATE TABLE progress_review (
        id uuid NOT NULL CONSTRAINT progress_review_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, cycle_id uuid NOT NULL, quarter integer NOT NULL CONSTRAINT progress_review_quarter_check CHECK (quarter BETWEEN 1 AND 4),
        reviewed_on date NOT NULL, summary text, figures jsonb NOT NULL, ${AUDITABLE},
        CONSTRAINT progress_review_cycle_fk FOREIGN KEY (cycle_id, unit_id) REFERENCES accountability_cycle (id, unit_id),
        CONSTRAINT progress_review_figures_check CHECK (jsonb_typeof(figures) = 'array' AND jsonb_array_length(figures) = 4),
        CONSTRAINT progress_review_id_unit_key UNIQUE (id, unit_id),
        CONSTRAINT progress_review_quarter_key UNIQUE (cycle_id, quarter))`)
    await q.query(`
      CREATE TABLE progress_move (
        id uuid NOT NULL CONSTRAINT progress_move_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, review_id uuid NOT NULL, duty_item_id uuid NOT NULL,
        appointment_id uuid NOT NULL CONSTRAINT progress_move_appointment_fk REFERENCES appointment (id),
        due_on date NOT NULL, measure text NOT NULL, ${AUDITABLE},
        CONSTRAINT progress_move_review_fk FOREIGN KEY (review_id, unit_id) REFERENCES progress_review (id, unit_id),
        CONSTRAINT progress_move_duty_item_fk FOREIGN KEY (duty_item_id, unit_id) REFERENCES duty_item (id, unit_id),
        CONSTRAINT progress_move_item_key UNIQUE (review_id, duty_item_id))`)
    await q.query('CREATE INDEX progress_move_duty_item_idx ON progress_move (duty_item_id)')
    await q.query('CREATE INDEX progress_move_appointment_idx ON progress_move (appointment_id)')

    await q.query(`
      CREATE TABLE cycle_responsibility (
        id uuid NOT NULL CONSTRAINT cycle_responsibility_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, cycle_id uuid NOT NULL, place integer NOT NULL,
        responsibility text NOT NULL CONSTRAINT cycle_responsibility_responsibility_check CHECK (responsibility IN ${FOUR}),
        grade text CONSTRAINT cycle_responsibility_grade_check CHECK (grade IN ('FULFILLED', 'MOSTLY_FULFILLED', 'WEAK', 'NOT_FULFILLED')), evaluation text,
        fault text CONSTRAINT cycle_responsibility_fault_check CHECK (fault IN ('AT_FAULT', 'NOT_AT_FAULT')), fault_reason text, ${AUDITABLE},
        CONSTRAINT cycle_responsibility_cycle_fk FOREIGN KEY (cycle_id, unit_id) REFERENCES accountability_cycle (id, unit_id),
        CONSTRAINT cycle_responsibility_evaluation_check CHECK ((grade IS NULL) = (evaluation IS NULL)),
        CONSTRAINT cycle_responsibility_fault_reason_check CHECK ((fault IS NULL) = (fault_reason IS NULL)),
        CONSTRAINT cycle_responsibility_key UNIQUE (cycle_id, responsibility))`)
    await q.query('CREATE INDEX cycle_responsibility_unit_idx ON cycle_responsibility (unit_id)')

    for (const table of TABLES) {
      await q.query(`SELECT keep_history('${table}')`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
    // A second look in the same quarter replaces what was to be moved; the history keeps it.
    await q.query('GRANT DELETE ON progress_move TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await q.query(`SELECT drop_history('${table}')`)
    for (const table of ['cycle_responsibility', 'progress_move', 'progress_review', 'duty_report']) await q.query(`DROP TABLE ${table}`)
    await q.query('DROP FUNCTION duty_report_lock()')
    for (const name of ['closed', 'from', 'opened', 'source_kind', 'responsibility', 'proposed', 'reported']) await q.query(`ALTER TABLE accountability_cycle DROP CONSTRAINT accountability_cycle_${name}_check`)
    await q.query('ALTER TABLE accountability_cycle DROP CONSTRAINT accountability_cycle_id_unit_key')
    for (const table of ['accountability_cycle', 'accountability_cycle_history']) {
      await q.query(`ALTER TABLE ${table} ${[...CYCLE_COLUMNS].reverse().map(c => `DROP COLUMN ${c.split(' ')[0]}`).join(', ')}`)
    }
  }
}

const TABLES = ['duty_report', 'progress_review', 'progress_move', 'cycle_responsibility']
