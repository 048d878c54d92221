import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of every register that people change. */
const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

const BODIES = 'grip_unit_id, push_unit_id, responsible_unit_id'
const bodies = (table: string): string => ['grip', 'push', 'responsible'].map(b => `${b}_unit_id uuid NOT NULL CONSTRAINT ${table}_${b}_fk REFERENCES unit (id)`).join(', ')

/** Special rectifications with the four bodies that govern them, the units in their scope, and what was found and put right. */
export class SpecialRectifications20261123000028 implements MigrationInterface {
  name = 'SpecialRectifications20261123000028'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE special_rectification (
        id uuid NOT NULL CONSTRAINT special_rectification_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT special_rectification_unit_fk REFERENCES unit (id), ${bodies('special_rectification')},
        lead_name_zh text NOT NULL, grip_name_zh text NOT NULL, push_name_zh text NOT NULL, responsible_name_zh text NOT NULL,
        code text COLLATE "C" NOT NULL, name_zh text NOT NULL, name_en text, campaign_group text, matters_zh text NOT NULL,
        problem_categories text[] NOT NULL CONSTRAINT special_rectification_categories_check CHECK (cardinality(problem_categories) > 0),
        valid_from date NOT NULL, self_check_due_on date NOT NULL, valid_to date NOT NULL,
        state text NOT NULL CONSTRAINT special_rectification_state_check CHECK (state IN ('ANNOUNCED', 'SELF_CHECK', 'SUPERVISED_CHECK', 'RECTIFICATION', 'EVALUATION', 'CLOSED', 'CANCELLED')),
        evaluation_zh text, closed_on date, is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT special_rectification_days_check CHECK (valid_from <= self_check_due_on AND self_check_due_on <= valid_to),
        CONSTRAINT special_rectification_closed_check CHECK ((state = 'CLOSED') = (closed_on IS NOT NULL) AND (closed_on IS NULL) = (evaluation_zh IS NULL)),
        CONSTRAINT special_rectification_bodies_key UNIQUE (id, unit_id, ${BODIES}),
        CONSTRAINT special_rectification_code_key UNIQUE (push_unit_id, code))`)
    for (const column of ['unit', 'grip_unit', 'push_unit', 'responsible_unit']) {
      await q.query(`CREATE INDEX special_rectification_${column}_idx ON special_rectification (${column}_id, valid_from, id)`)
    }
    await q.query('CREATE INDEX special_rectification_valid_from_idx ON special_rectification (valid_from, id)')
    await q.query('CREATE INDEX special_rectification_valid_to_idx ON special_rectification (valid_to, id)')
    await q.query('CREATE INDEX special_rectification_state_idx ON special_rectification (state, valid_from, id)')
    await q.query('CREATE INDEX special_rectification_group_idx ON special_rectification (campaign_group, valid_from, id) WHERE campaign_group IS NOT NULL')

    await q.query(`
      CREATE TABLE special_rectification_unit (
        id uuid NOT NULL CONSTRAINT special_rectification_unit_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT special_rectification_unit_unit_fk REFERENCES unit (id), name_zh text NOT NULL,
        special_rectification_id uuid NOT NULL, lead_unit_id uuid NOT NULL, grip_unit_id uuid NOT NULL, push_unit_id uuid NOT NULL, responsible_unit_id uuid NOT NULL,
        problems_found integer, problems_fixed integer, report_zh text, reported_by text, reported_at timestamptz, returned_reason text, ${AUDITABLE},
        CONSTRAINT special_rectification_unit_campaign_fk FOREIGN KEY (special_rectification_id, lead_unit_id, ${BODIES}) REFERENCES special_rectification (id, unit_id, ${BODIES}),
        CONSTRAINT special_rectification_unit_counted_check CHECK (num_nulls(problems_found, problems_fixed, report_zh) IN (0, 3) AND problems_found >= 0 AND problems_fixed >= 0 AND problems_fixed <= problems_found),
        CONSTRAINT special_rectification_unit_reported_check CHECK ((reported_at IS NULL) = (reported_by IS NULL) AND (reported_at IS NULL OR report_zh IS NOT NULL)),
        CONSTRAINT special_rectification_unit_returned_check CHECK (returned_reason IS NULL OR (reported_at IS NULL AND report_zh IS NOT NULL)),
        CONSTRAINT special_rectification_unit_key UNIQUE (special_rectification_id, unit_id))`)
    for (const column of ['lead', 'grip', 'push', 'responsible']) {
      await q.query(`CREATE INDEX special_rectification_unit_${column}_idx ON special_rectification_unit (${column}_unit_id, id)`)
    }
    await q.query('CREATE INDEX special_rectification_unit_unit_idx ON special_rectification_unit (unit_id, id)')
    await q.query('CREATE INDEX special_rectification_unit_campaign_idx ON special_rectification_unit (special_rectification_id, id)')
    await q.query('CREATE INDEX special_rectification_unit_reported_idx ON special_rectification_unit (reported_at, id)')

    await q.query(`
      CREATE TABLE special_rectification_finding (
        special_rectification_id uuid NOT NULL CONSTRAINT special_rectification_finding_campaign_fk REFERENCES special_rectification (id),
        finding_id uuid NOT NULL CONSTRAINT special_rectification_finding_finding_fk REFERENCES supervision_finding (id),
        CONSTRAINT special_rectification_finding_pkey PRIMARY KEY (special_rectification_id, finding_id))`)
    await q.query('CREATE INDEX special_rectification_finding_finding_idx ON special_rectification_finding (finding_id)')
    await q.query(`
      CREATE TABLE special_rectification_measure (
        special_rectification_id uuid NOT NULL CONSTRAINT special_rectification_measure_campaign_fk REFERENCES special_rectification (id),
        measure_id uuid NOT NULL CONSTRAINT special_rectification_measure_measure_fk REFERENCES governance_measure (id),
        CONSTRAINT special_rectification_measure_pkey PRIMARY KEY (special_rectification_id, measure_id))`)
    await q.query('CREATE INDEX special_rectification_measure_measure_idx ON special_rectification_measure (measure_id)')

    for (const table of REGISTERS) {
      await q.query(`SELECT keep_history('${table}')`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
    for (const table of LINKS) await q.query(`GRANT SELECT, INSERT, DELETE ON ${table} TO plumbline_app`)
    // The units may change before supervisors check.
    await q.query('GRANT DELETE ON special_rectification_unit TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of REGISTERS) await q.query(`SELECT drop_history('${table}')`)
    for (const table of [...LINKS, ...REGISTERS]) await q.query(`DROP TABLE ${table}`)
  }
}

/** Children before their parents. */
const REGISTERS = ['special_rectification_unit', 'special_rectification']
const LINKS = ['special_rectification_finding', 'special_rectification_measure']
