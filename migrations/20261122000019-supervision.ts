import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of every register that people change. */
const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

/** Supervision activities with their partners, objects, overlaps and control tests, and what they find. */
export class Supervision20261122000019 implements MigrationInterface {
  name = 'Supervision20261122000019'

  async up(q: QueryRunner): Promise<void> {
    await this.activities(q)
    await this.links(q)
    await this.findings(q)
    for (const table of REGISTERS) {
      await q.query(`SELECT keep_history('${table}')`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
    // A plan that is changed has other partners, objects and days; a wrong link is taken back.
    await q.query('GRANT DELETE ON supervision_activity_partner TO plumbline_app')
    await q.query('GRANT SELECT, INSERT, DELETE ON supervision_activity_object, supervision_slot TO plumbline_app')
    await q.query('GRANT SELECT, INSERT ON supervision_control_test TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of REGISTERS) await q.query(`SELECT drop_history('${table}')`)
    for (const table of ['supervision_control_test', 'supervision_slot', 'supervision_activity_object', ...REGISTERS]) await q.query(`DROP TABLE ${table}`)
  }

  private async activities(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE supervision_activity (
        id uuid NOT NULL CONSTRAINT supervision_activity_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT supervision_activity_unit_fk REFERENCES unit (id),
        lead_name_zh text NOT NULL, title_zh text NOT NULL, purpose_zh text,
        rule_id uuid CONSTRAINT supervision_activity_rule_fk REFERENCES supervision_rule (id), rule_kind text,
        mode_code text, type_codes text[] NOT NULL, matter_codes text[] NOT NULL, way_codes text[] NOT NULL DEFAULT '{}', means_codes text[] NOT NULL DEFAULT '{}',
        planned_from date NOT NULL, planned_to date NOT NULL, started_on date, concluded_on date, conclusion_zh text,
        state text NOT NULL CONSTRAINT supervision_activity_state_check CHECK (state IN ('PLANNED', 'COORDINATED', 'IN_PROGRESS', 'CONCLUDED', 'RESULTS_APPLIED', 'CLOSED', 'CANCELLED', 'MERGED')),
        merged_into_id uuid CONSTRAINT supervision_activity_merged_into_fk REFERENCES supervision_activity (id),
        is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT supervision_activity_days_check CHECK (planned_to >= planned_from AND (concluded_on IS NULL OR concluded_on >= started_on)),
        CONSTRAINT supervision_activity_rule_check CHECK ((rule_id IS NULL) = (rule_kind IS NULL)),
        CONSTRAINT supervision_activity_named_check CHECK (cardinality(type_codes) >= 1 AND cardinality(matter_codes) >= 1),
        CONSTRAINT supervision_activity_started_check CHECK ((state IN ('IN_PROGRESS', 'CONCLUDED', 'RESULTS_APPLIED', 'CLOSED')) = (started_on IS NOT NULL)),
        CONSTRAINT supervision_activity_concluded_check CHECK (state NOT IN ('CONCLUDED', 'RESULTS_APPLIED', 'CLOSED') OR (concluded_on IS NOT NULL AND conclusion_zh IS NOT NULL)),
        CONSTRAINT supervision_activity_merged_check CHECK ((state = 'MERGED') = (merged_into_id IS NOT NULL)))`)
    await q.query('CREATE INDEX supervision_activity_unit_idx ON supervision_activity (unit_id, planned_from, id)')
    await q.query('CREATE INDEX supervision_activity_planned_from_idx ON supervision_activity (planned_from, id)')
    await q.query('CREATE INDEX supervision_activity_state_idx ON supervision_activity (state, planned_from, id)')
    await q.query('CREATE INDEX supervision_activity_matters_idx ON supervision_activity USING gin (matter_codes)')
    await q.query('CREATE INDEX supervision_activity_merged_into_idx ON supervision_activity (merged_into_id) WHERE merged_into_id IS NOT NULL')
  }

  private async links(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE supervision_activity_partner (
        id uuid NOT NULL CONSTRAINT supervision_activity_partner_pkey PRIMARY KEY,
        lead_unit_id uuid NOT NULL CONSTRAINT supervision_activity_partner_lead_fk REFERENCES unit (id),
        activity_id uuid NOT NULL CONSTRAINT supervision_activity_partner_activity_fk REFERENCES supervision_activity (id),
        unit_id uuid NOT NULL CONSTRAINT supervision_activity_partner_unit_fk REFERENCES unit (id), name_zh text NOT NULL,
        merged_from_id uuid CONSTRAINT supervision_activity_partner_merged_from_fk REFERENCES supervision_activity (id),
        plan_confirmed_at timestamptz, plan_confirmed_by text, conclusion_confirmed_at timestamptz, conclusion_confirmed_by text, ${AUDITABLE},
        CONSTRAINT supervision_activity_partner_lead_check CHECK (unit_id <> lead_unit_id),
        CONSTRAINT supervision_activity_partner_key UNIQUE (activity_id, unit_id))`)
    await q.query('CREATE INDEX supervision_activity_partner_unit_idx ON supervision_activity_partner (unit_id, activity_id)')
    await q.query('CREATE INDEX supervision_activity_partner_lead_idx ON supervision_activity_partner (lead_unit_id)')

    await q.query(`
      CREATE TABLE supervision_activity_object (
        activity_id uuid NOT NULL CONSTRAINT supervision_activity_object_activity_fk REFERENCES supervision_activity (id),
        unit_id uuid NOT NULL CONSTRAINT supervision_activity_object_unit_fk REFERENCES unit (id),
        CONSTRAINT supervision_activity_object_pkey PRIMARY KEY (activity_id, unit_id))`)
    await q.query('CREATE INDEX supervision_activity_object_unit_idx ON supervision_activity_object (unit_id, activity_id)')

    // INV-04: who is where about what, of activities that are neither cancelled nor merged. Overlaps are found by this index alone.
    await q.query(`
      CREATE TABLE supervision_slot (
        activity_id uuid NOT NULL CONSTRAINT supervision_slot_activity_fk REFERENCES supervision_activity (id),
        lead_unit_id uuid NOT NULL, unit_id uuid NOT NULL, matter_code text NOT NULL, days daterange NOT NULL,
        CONSTRAINT supervision_slot_pkey PRIMARY KEY (activity_id, unit_id, matter_code))`)
    await q.query('CREATE INDEX supervision_slot_days_idx ON supervision_slot USING gist (unit_id, matter_code, days)')

    await q.query(`
      CREATE TABLE supervision_overlap (
        id uuid NOT NULL CONSTRAINT supervision_overlap_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT supervision_overlap_unit_fk REFERENCES unit (id),
        activity_id uuid NOT NULL CONSTRAINT supervision_overlap_activity_fk REFERENCES supervision_activity (id),
        other_activity_id uuid NOT NULL CONSTRAINT supervision_overlap_other_fk REFERENCES supervision_activity (id),
        answer text NOT NULL CONSTRAINT supervision_overlap_answer_check CHECK (answer IN ('JOINT_ACTION', 'RESULT_REUSE', 'OWN_VISIT')),
        reason_zh text, agreed_at timestamptz, agreed_by text, ${AUDITABLE},
        CONSTRAINT supervision_overlap_reason_check CHECK (answer <> 'OWN_VISIT' OR reason_zh IS NOT NULL),
        CONSTRAINT supervision_overlap_other_check CHECK (activity_id <> other_activity_id),
        CONSTRAINT supervision_overlap_key UNIQUE (activity_id, other_activity_id))`)
    await q.query('CREATE INDEX supervision_overlap_unit_idx ON supervision_overlap (unit_id)')
    await q.query('CREATE INDEX supervision_overlap_other_idx ON supervision_overlap (other_activity_id)')

    await q.query(`
      CREATE TABLE supervision_control_test (
        activity_id uuid NOT NULL CONSTRAINT supervision_control_test_activity_fk REFERENCES supervision_activity (id),
        control_test_id uuid NOT NULL CONSTRAINT supervision_control_test_test_fk REFERENCES control_test (id),
        CONSTRAINT supervision_control_test_pkey PRIMARY KEY (control_test_id))`)
    await q.query('CREATE INDEX supervision_control_test_activity_idx ON supervision_control_test (activity_id)')
  }

  private async findings(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE supervision_finding (
        id uuid NOT NULL CONSTRAINT supervision_finding_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT supervision_finding_unit_fk REFERENCES unit (id),
        found_by_unit_id uuid NOT NULL CONSTRAINT supervision_finding_found_by_fk REFERENCES unit (id), found_by_name_zh text NOT NULL,
        activity_id uuid CONSTRAINT supervision_finding_activity_fk REFERENCES supervision_activity (id),
        source_kind text NOT NULL CONSTRAINT supervision_finding_source_kind_check CHECK (source_kind IN ('ACTIVITY', 'CONTROL_TEST', 'PLUGIN_RECORD', 'INDICATOR', 'PATROL_FEEDBACK', 'AUDIT', 'EXTERNAL_BODY', 'OTHER')),
        source_prefix text, source_id uuid, verification_zh text,
        category text COLLATE "C" NOT NULL, violation_type text COLLATE "C",
        severity text NOT NULL CONSTRAINT supervision_finding_severity_check CHECK (severity IN ('MINOR', 'GENERAL', 'SERIOUS')),
        description_zh text NOT NULL, found_on date NOT NULL,
        power_id uuid, risk_point_id uuid, control_id uuid,
        state text NOT NULL CONSTRAINT supervision_finding_state_check CHECK (state IN ('OPEN', 'LINKED', 'NO_ACTION', 'RESOLVED', 'WITHDRAWN')),
        is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT supervision_finding_activity_check CHECK ((source_kind = 'ACTIVITY') <= (activity_id IS NOT NULL)),
        CONSTRAINT supervision_finding_source_check CHECK ((source_prefix IS NULL) = (source_id IS NULL)),
        CONSTRAINT supervision_finding_verified_check CHECK (source_kind NOT IN ('PLUGIN_RECORD', 'INDICATOR') OR (verification_zh IS NOT NULL AND starts_with(created_by, 'person:'))),
        CONSTRAINT supervision_finding_power_fk FOREIGN KEY (power_id, unit_id) REFERENCES power (id, unit_id),
        CONSTRAINT supervision_finding_risk_point_fk FOREIGN KEY (risk_point_id, unit_id) REFERENCES risk_point (id, unit_id),
        CONSTRAINT supervision_finding_control_fk FOREIGN KEY (control_id, unit_id) REFERENCES control (id, unit_id),
        CONSTRAINT supervision_finding_id_unit_key UNIQUE (id, unit_id))`)
    await q.query('CREATE INDEX supervision_finding_unit_idx ON supervision_finding (unit_id, found_on, id)')
    await q.query('CREATE INDEX supervision_finding_found_by_idx ON supervision_finding (found_by_unit_id, found_on, id)')
    await q.query('CREATE INDEX supervision_finding_found_on_idx ON supervision_finding (found_on, id)')
    await q.query('CREATE INDEX supervision_finding_state_idx ON supervision_finding (state, found_on, id)')
    await q.query('CREATE INDEX supervision_finding_category_idx ON supervision_finding (category, found_on, id)')
    await q.query('CREATE INDEX supervision_finding_severity_idx ON supervision_finding (severity, found_on, id)')
    for (const parent of ['activity', 'power', 'risk_point', 'control']) {
      await q.query(`CREATE INDEX supervision_finding_${parent}_idx ON supervision_finding (${parent}_id, found_on, id) WHERE ${parent}_id IS NOT NULL`)
    }

    await q.query(`
      CREATE TABLE supervision_finding_outcome (
        id uuid NOT NULL CONSTRAINT supervision_finding_outcome_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, finding_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT supervision_finding_outcome_kind_check CHECK (kind IN ('RECTIFICATION', 'CLUE', 'RECOMMENDATION')),
        target_prefix text NOT NULL, target_id uuid NOT NULL, settled_at timestamptz, unlinked_at timestamptz, unlinked_reason text, ${AUDITABLE},
        CONSTRAINT supervision_finding_outcome_unlinked_check CHECK ((unlinked_at IS NULL) = (unlinked_reason IS NULL)),
        CONSTRAINT supervision_finding_outcome_finding_fk FOREIGN KEY (finding_id, unit_id) REFERENCES supervision_finding (id, unit_id))`)
    await q.query('CREATE UNIQUE INDEX supervision_finding_outcome_key ON supervision_finding_outcome (finding_id, target_id) WHERE unlinked_at IS NULL')
    await q.query('CREATE INDEX supervision_finding_outcome_target_idx ON supervision_finding_outcome (target_id)')
  }
}

/** Children before their parents. */
const REGISTERS = ['supervision_finding_outcome', 'supervision_finding', 'supervision_overlap', 'supervision_activity_partner', 'supervision_activity']
