import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of every register that people change. */
const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

/** The three lists, duty items and supervision focuses, the accountability cycle of a unit-year. */
export class Responsibility20261122000004 implements MigrationInterface {
  name = 'Responsibility20261122000004'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE responsibility_list (
        id uuid NOT NULL CONSTRAINT responsibility_list_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT responsibility_list_unit_fk REFERENCES unit (id),
        owner_unit_id uuid NOT NULL CONSTRAINT responsibility_list_owner_unit_fk REFERENCES unit (id),
        kind text NOT NULL CONSTRAINT responsibility_list_kind_check CHECK (kind IN ('MAIN_RESPONSIBILITY', 'POWER_RISK_CONTROL', 'SUPERVISION_RESPONSIBILITY')),
        year integer NOT NULL CONSTRAINT responsibility_list_year_check CHECK (year BETWEEN 2000 AND 2100),
        version integer NOT NULL,
        state text NOT NULL CONSTRAINT responsibility_list_state_check CHECK (state IN ('DRAFT', 'UNDER_REVIEW', 'APPROVED', 'PUBLISHED', 'SUPERSEDED', 'WITHDRAWN')),
        submitted_by text, submitted_at timestamptz, approved_by text, approved_at timestamptz, content_hash text,
        published_at timestamptz, supersedes_id uuid CONSTRAINT responsibility_list_supersedes_fk REFERENCES responsibility_list (id),
        catalog_versions jsonb NOT NULL DEFAULT '[]', ${AUDITABLE},
        CONSTRAINT responsibility_list_owner_check CHECK (kind = 'SUPERVISION_RESPONSIBILITY' OR owner_unit_id = unit_id),
        CONSTRAINT responsibility_list_published_check CHECK ((state IN ('PUBLISHED', 'SUPERSEDED')) = (published_at IS NOT NULL)),
        CONSTRAINT responsibility_list_version_key UNIQUE (unit_id, kind, year, version),
        CONSTRAINT responsibility_list_id_kind_key UNIQUE (id, kind, unit_id))`)
    await q.query(`CREATE UNIQUE INDEX responsibility_list_published_key ON responsibility_list (unit_id, kind, year) WHERE state = 'PUBLISHED'`)
    await q.query(`CREATE UNIQUE INDEX responsibility_list_open_key ON responsibility_list (unit_id, kind, year) WHERE state IN ('DRAFT', 'UNDER_REVIEW', 'APPROVED')`)
    await q.query('CREATE INDEX responsibility_list_owner_unit_id_idx ON responsibility_list (owner_unit_id, year)')
    await q.query('CREATE INDEX responsibility_list_year_idx ON responsibility_list (year, id)')

    // INV-06: a list's kind limits the responsibilities on it, and a power-risk list has powers instead of duty items.
    await q.query(`
      CREATE TABLE duty_item (
        id uuid NOT NULL CONSTRAINT duty_item_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, list_id uuid NOT NULL, list_kind text NOT NULL, seq integer NOT NULL,
        responsibility text NOT NULL CONSTRAINT duty_item_responsibility_check CHECK (responsibility IN ('COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY')),
        code text COLLATE "C" NOT NULL, content_zh text NOT NULL, content_en text,
        owner_unit_id uuid NOT NULL CONSTRAINT duty_item_owner_unit_fk REFERENCES unit (id),
        responsible_appointment_id uuid CONSTRAINT duty_item_responsible_appointment_fk REFERENCES appointment (id),
        due_on date, is_priority_task boolean NOT NULL DEFAULT false,
        state text NOT NULL CONSTRAINT duty_item_state_check CHECK (state IN ('NOT_STARTED', 'IN_PROGRESS', 'CLAIMED_DONE', 'VERIFIED', 'RETURNED', 'WAIVED')),
        waived_reason text, claimed_by text,
        catalog_code text COLLATE "C", catalog_version text, catalog_base jsonb, is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT duty_item_list_fk FOREIGN KEY (list_id, list_kind, unit_id) REFERENCES responsibility_list (id, kind, unit_id),
        CONSTRAINT duty_item_list_kind_check CHECK (
          list_kind = 'MAIN_RESPONSIBILITY' AND responsibility IN ('COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY')
          OR list_kind = 'SUPERVISION_RESPONSIBILITY' AND responsibility = 'COMMISSION_SUPERVISORY'),
        CONSTRAINT duty_item_code_key UNIQUE (list_id, code),
        CONSTRAINT duty_item_seq_key UNIQUE (list_id, seq),
        CONSTRAINT duty_item_id_unit_key UNIQUE (id, unit_id))`)
    await q.query('CREATE INDEX duty_item_unit_idx ON duty_item (unit_id, responsibility, state)')
    await q.query('CREATE INDEX duty_item_responsible_appointment_idx ON duty_item (responsible_appointment_id) WHERE responsible_appointment_id IS NOT NULL')
    await q.query('CREATE INDEX duty_item_due_on_idx ON duty_item (due_on, id) WHERE due_on IS NOT NULL')
    await q.query('CREATE INDEX duty_item_catalog_code_idx ON duty_item (catalog_code) WHERE catalog_code IS NOT NULL')

    // What a supervision focus looks at (INV-16).
    await q.query(`
      CREATE TABLE focus_power (
        duty_item_id uuid NOT NULL, power_id uuid NOT NULL, unit_id uuid NOT NULL,
        CONSTRAINT focus_power_pkey PRIMARY KEY (duty_item_id, power_id),
        CONSTRAINT focus_power_duty_item_fk FOREIGN KEY (duty_item_id, unit_id) REFERENCES duty_item (id, unit_id),
        CONSTRAINT focus_power_power_fk FOREIGN KEY (power_id, unit_id) REFERENCES power (id, unit_id))`)
    await q.query('CREATE INDEX focus_power_power_id_idx ON focus_power (power_id)')
    await q.query(`
      CREATE TABLE focus_risk_point (
        duty_item_id uuid NOT NULL, risk_point_id uuid NOT NULL, unit_id uuid NOT NULL,
        CONSTRAINT focus_risk_point_pkey PRIMARY KEY (duty_item_id, risk_point_id),
        CONSTRAINT focus_risk_point_duty_item_fk FOREIGN KEY (duty_item_id, unit_id) REFERENCES duty_item (id, unit_id),
        CONSTRAINT focus_risk_point_risk_point_fk FOREIGN KEY (risk_point_id, unit_id) REFERENCES risk_point (id, unit_id))`)
    await q.query('CREATE INDEX focus_risk_point_risk_point_id_idx ON focus_risk_point (risk_point_id)')

    // The powers that a power-risk-control list shows.
    await q.query(`
      CREATE TABLE list_power (
        list_id uuid NOT NULL, list_kind text NOT NULL, power_id uuid NOT NULL, unit_id uuid NOT NULL,
        CONSTRAINT list_power_pkey PRIMARY KEY (list_id, power_id),
        CONSTRAINT list_power_kind_check CHECK (list_kind = 'POWER_RISK_CONTROL'),
        CONSTRAINT list_power_list_fk FOREIGN KEY (list_id, list_kind, unit_id) REFERENCES responsibility_list (id, kind, unit_id),
        CONSTRAINT list_power_power_fk FOREIGN KEY (power_id, unit_id) REFERENCES power (id, unit_id))`)
    await q.query('CREATE INDEX list_power_power_id_idx ON list_power (power_id)')

    await q.query(`
      CREATE TABLE accountability_cycle (
        id uuid NOT NULL CONSTRAINT accountability_cycle_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT accountability_cycle_unit_fk REFERENCES unit (id),
        year integer NOT NULL CONSTRAINT accountability_cycle_year_check CHECK (year BETWEEN 2000 AND 2100),
        state text NOT NULL CONSTRAINT accountability_cycle_state_check CHECK (state IN ('PREPARING', 'IN_FORCE', 'REPORTED', 'EVALUATED', 'ACCOUNTABILITY', 'CLOSED')),
        main_list_id uuid CONSTRAINT accountability_cycle_main_list_fk REFERENCES responsibility_list (id),
        power_risk_list_id uuid CONSTRAINT accountability_cycle_power_risk_list_fk REFERENCES responsibility_list (id),
        supervision_list_id uuid CONSTRAINT accountability_cycle_supervision_list_fk REFERENCES responsibility_list (id),
        unit_confirmed_by text, unit_confirmed_at timestamptz, commission_confirmed_by text, commission_confirmed_at timestamptz,
        joint_publication_at timestamptz, ${AUDITABLE},
        CONSTRAINT accountability_cycle_published_check CHECK ((state = 'PREPARING') = (joint_publication_at IS NULL)
          AND (joint_publication_at IS NULL OR num_nulls(main_list_id, power_risk_list_id, supervision_list_id, unit_confirmed_by, commission_confirmed_by) = 0)),
        CONSTRAINT accountability_cycle_unit_year_key UNIQUE (unit_id, year))`)
    await q.query('CREATE INDEX accountability_cycle_year_idx ON accountability_cycle (year, state)')

    for (const table of TABLES) {
      await q.query(`SELECT keep_history('${table}')`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
    for (const table of LINKS) await q.query(`GRANT SELECT, INSERT, DELETE ON ${table} TO plumbline_app`)
    // Items of a draft may be taken off the list again.
    await q.query('GRANT DELETE ON duty_item TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await q.query(`SELECT drop_history('${table}')`)
    for (const table of ['accountability_cycle', ...LINKS, 'duty_item', 'responsibility_list']) await q.query(`DROP TABLE ${table}`)
  }
}

const TABLES = ['responsibility_list', 'duty_item', 'accountability_cycle']
const LINKS = ['list_power', 'focus_risk_point', 'focus_power']
