import type { MigrationInterface, QueryRunner } from 'typeorm'

const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

/** Cases in the realm CASES; what is put right after them in the registers, where the unit that does it sees the measure and no case. */
export class Cases20261122000024 implements MigrationInterface {
  name = 'Cases20261122000024'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE case_file (
        id uuid NOT NULL CONSTRAINT case_file_pkey PRIMARY KEY,
        unit_id uuid NOT NULL,
        investigation_unit_id uuid NOT NULL CONSTRAINT case_file_investigation_unit_fk REFERENCES unit (id),
        trial_unit_id uuid CONSTRAINT case_file_trial_unit_fk REFERENCES unit (id),
        number_year integer NOT NULL, number_seq integer NOT NULL, number text COLLATE "C" NOT NULL,
        filed_on date NOT NULL, transferred_on date, adjudicated_on date, governance_on date, closed_on date,
        investigated_by text[] NOT NULL DEFAULT '{}', tried_by text[] NOT NULL DEFAULT '{}', withdrawal_proposed_by text,
        without_disposition boolean NOT NULL DEFAULT false, governance_waived boolean NOT NULL DEFAULT false, is_synthetic boolean NOT NULL DEFAULT false,
        state text NOT NULL CONSTRAINT case_file_state_check CHECK (state IN ('FILED', 'INVESTIGATING', 'TRANSFERRED_TO_TRIAL', 'ADJUDICATED', 'GOVERNANCE', 'CLOSED', 'WITHDRAWN')), ${AUDITABLE},
        CONSTRAINT case_file_apart_check CHECK (unit_id = investigation_unit_id AND trial_unit_id <> investigation_unit_id),
        CONSTRAINT case_file_people_apart_check CHECK (NOT investigated_by && tried_by),
        CONSTRAINT case_file_number_key UNIQUE (unit_id, number_year, number_seq))`)
    await q.query('CREATE INDEX case_file_unit_state_idx ON case_file (unit_id, state, id)')
    await q.query('CREATE INDEX case_file_trial_unit_idx ON case_file (trial_unit_id) WHERE trial_unit_id IS NOT NULL')
    await q.query('CREATE INDEX case_file_filed_on_idx ON case_file (filed_on, id)')
    await q.query('CREATE INDEX case_file_created_at_idx ON case_file (created_at, id)')
    const link = async (table: string, column: string, far: string): Promise<void> => {
      await q.query(`
        CREATE TABLE ${table} (
          case_id uuid NOT NULL CONSTRAINT ${table}_case_fk REFERENCES case_file (id), unit_id uuid NOT NULL,
          ${column} uuid NOT NULL CONSTRAINT ${table}_far_fk REFERENCES ${far} (id),
          CONSTRAINT ${table}_pkey PRIMARY KEY (case_id, ${column}))`)
      await q.query(`CREATE INDEX ${table}_far_idx ON ${table} (${column})`)
      await q.query(`GRANT SELECT, INSERT, DELETE ON ${table} TO plumbline_app`)
    }
    await link('case_clue', 'clue_id', 'clue')
    await link('case_person', 'person_id', 'person')
    await link('case_subject_unit', 'subject_unit_id', 'unit')
    await link('case_power', 'power_id', 'power')
    await link('case_risk_point', 'risk_point_id', 'risk_point')
    await q.query(`
      CREATE TABLE case_disposition (
        id uuid NOT NULL CONSTRAINT case_disposition_pkey PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT case_disposition_case_fk REFERENCES case_file (id), unit_id uuid NOT NULL, trial_unit_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT case_disposition_kind_check CHECK (kind IN ('ACCOUNTABILITY', 'PROCURATORATE', 'RECOMMENDATION', 'CONFISCATION')),
        decision_id uuid CONSTRAINT case_disposition_decision_fk REFERENCES accountability_decision (id), revoked_at timestamptz, ${AUDITABLE},
        CONSTRAINT case_disposition_decision_check CHECK ((kind = 'ACCOUNTABILITY') = (decision_id IS NOT NULL)))`)
    await q.query('CREATE INDEX case_disposition_case_idx ON case_disposition (case_id, id)')
    await q.query(`
      CREATE TABLE case_entry (
        id uuid NOT NULL CONSTRAINT case_entry_pkey PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT case_entry_case_fk REFERENCES case_file (id), unit_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT case_entry_kind_check CHECK (kind IN ('FACTS', 'REPORT', 'TRIAL_OPINION', 'OPINION')),
        command text NOT NULL, at timestamptz NOT NULL DEFAULT now(), actor text NOT NULL)`)
    await q.query('CREATE INDEX case_entry_case_idx ON case_entry (case_id, id)')
    await q.query('GRANT SELECT, INSERT ON case_entry TO plumbline_app')
    await this.measures(q)
    await link('case_measure', 'measure_id', 'governance_measure')
    for (const table of WITH_HISTORY) {
      await q.query(`SELECT keep_history('${table}')`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
    for (const table of CLOSED) {
      for (const t of [table, ...(WITH_HISTORY.includes(table) ? [`${table}_history`] : [])]) {
        await q.query(`ALTER TABLE ${t} ENABLE ROW LEVEL SECURITY`)
        await q.query(`CREATE POLICY ${t}_entered ON ${t} TO plumbline_app USING ('CASES' = ANY (string_to_array(current_setting('plumbline.realms', true), ',')))`)
      }
    }
  }

  private async measures(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE governance_measure (
        id uuid NOT NULL CONSTRAINT governance_measure_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT governance_measure_unit_fk REFERENCES unit (id),
        demanding_unit_id uuid NOT NULL CONSTRAINT governance_measure_demanding_unit_fk REFERENCES unit (id),
        kind text NOT NULL CONSTRAINT governance_measure_kind_check CHECK (kind IN ('INSTITUTION_BUILDING', 'PROCESS_REDESIGN', 'WARNING_EDUCATION', 'CONTROL_CHANGE', 'SPECIAL_RECTIFICATION')),
        content_zh text NOT NULL, report_zh text, due_on date NOT NULL, implemented_on date, verified_on date, verified_by text, performed_by text[] NOT NULL DEFAULT '{}',
        is_synthetic boolean NOT NULL DEFAULT false,
        state text NOT NULL CONSTRAINT governance_measure_state_check CHECK (state IN ('PROPOSED', 'RETURNED', 'IN_PROGRESS', 'IMPLEMENTED', 'VERIFIED', 'CANCELLED')), ${AUDITABLE},
        CONSTRAINT governance_measure_implemented_check CHECK (state NOT IN ('IMPLEMENTED', 'VERIFIED') OR (implemented_on IS NOT NULL AND report_zh IS NOT NULL)),
        CONSTRAINT governance_measure_id_unit_key UNIQUE (id, unit_id))`)
    await q.query('CREATE INDEX governance_measure_unit_state_idx ON governance_measure (unit_id, state, id)')
    await q.query('CREATE INDEX governance_measure_demanding_unit_idx ON governance_measure (demanding_unit_id, state, id)')
    await q.query('CREATE INDEX governance_measure_due_on_idx ON governance_measure (due_on, id)')
    await q.query('CREATE INDEX governance_measure_created_at_idx ON governance_measure (created_at, id)')
    for (const [table, far] of [['governance_measure_control', 'control'], ['governance_measure_risk_point', 'risk_point']] as const) {
      await q.query(`
        CREATE TABLE ${table} (
          measure_id uuid NOT NULL, unit_id uuid NOT NULL, ${far}_id uuid NOT NULL,
          CONSTRAINT ${table}_pkey PRIMARY KEY (measure_id, ${far}_id),
          CONSTRAINT ${table}_measure_fk FOREIGN KEY (measure_id, unit_id) REFERENCES governance_measure (id, unit_id),
          CONSTRAINT ${table}_far_fk FOREIGN KEY (${far}_id, unit_id) REFERENCES ${far} (id, unit_id))`)
      await q.query(`CREATE INDEX ${table}_far_idx ON ${table} (${far}_id)`)
      await q.query(`GRANT SELECT, INSERT, DELETE ON ${table} TO plumbline_app`)
    }
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of ['case_measure', 'governance_measure_risk_point', 'governance_measure_control', 'governance_measure', 'case_entry', 'case_disposition', 'case_risk_point', 'case_power', 'case_subject_unit', 'case_person', 'case_clue', 'case_file']) {
      if (WITH_HISTORY.includes(table)) await q.query(`SELECT drop_history('${table}')`)
      await q.query(`DROP TABLE ${table}`)
    }
  }
}

const WITH_HISTORY = ['case_file', 'case_disposition', 'governance_measure']
const CLOSED = ['case_file', 'case_clue', 'case_person', 'case_subject_unit', 'case_power', 'case_risk_point', 'case_disposition', 'case_entry', 'case_measure']
