import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of every register that people change. */
const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

/** Where a copied catalog item came from: its permanent code, the release it was copied from, and a hash of each field as it stood there. */
const CATALOG = 'catalog_code text COLLATE "C", catalog_version text, catalog_base jsonb, is_synthetic boolean NOT NULL DEFAULT false'

/** Powers and flows, risk matrix, risk points and ratings, controls and tests, evidence. */
export class Registers20261122000003 implements MigrationInterface {
  name = 'Registers20261122000003'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE power (
        id uuid NOT NULL CONSTRAINT power_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT power_unit_fk REFERENCES unit (id),
        code text COLLATE "C" NOT NULL, name_zh text NOT NULL, name_en text, description_zh text,
        category text NOT NULL CONSTRAINT power_category_check CHECK (category IN ('PERSONNEL', 'FINANCE', 'PROCUREMENT', 'PROJECT', 'APPROVAL', 'ENFORCEMENT', 'INSPECTION_SUPERVISION', 'FUND_SUPERVISION', 'ASSET', 'PUBLIC_SERVICE', 'INFORMATION_DATA', 'OTHER')),
        significance text NOT NULL CONSTRAINT power_significance_check CHECK (significance IN ('MAJOR', 'GENERAL')),
        sector_code text COLLATE "C", legal_basis jsonb NOT NULL DEFAULT '[]',
        state text NOT NULL CONSTRAINT power_state_check CHECK (state IN ('PROPOSED', 'CONFIRMED', 'PUBLISHED', 'SUSPENDED', 'ABOLISHED')),
        ${CATALOG}, ${AUDITABLE},
        CONSTRAINT power_unit_code_key UNIQUE (unit_id, code),
        CONSTRAINT power_id_unit_key UNIQUE (id, unit_id))`)
    await q.query('CREATE INDEX power_catalog_code_idx ON power (catalog_code) WHERE catalog_code IS NOT NULL')
    // The posts that exercise a power.
    await q.query(`
      CREATE TABLE power_position (
        power_id uuid NOT NULL, position_id uuid NOT NULL, unit_id uuid NOT NULL,
        CONSTRAINT power_position_pkey PRIMARY KEY (power_id, position_id),
        CONSTRAINT power_position_power_fk FOREIGN KEY (power_id, unit_id) REFERENCES power (id, unit_id),
        CONSTRAINT power_position_position_fk FOREIGN KEY (position_id, unit_id) REFERENCES position (id, unit_id))`)
    await q.query('CREATE INDEX power_position_position_id_idx ON power_position (position_id)')

    await q.query(`
      CREATE TABLE operating_flow (
        id uuid NOT NULL CONSTRAINT operating_flow_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, power_id uuid NOT NULL, version integer NOT NULL,
        state text NOT NULL CONSTRAINT operating_flow_state_check CHECK (state IN ('DRAFT', 'REVIEWED', 'EFFECTIVE', 'SUPERSEDED')),
        published_at timestamptz, ${CATALOG}, ${AUDITABLE},
        CONSTRAINT operating_flow_power_fk FOREIGN KEY (power_id, unit_id) REFERENCES power (id, unit_id),
        CONSTRAINT operating_flow_version_key UNIQUE (power_id, version),
        CONSTRAINT operating_flow_id_power_key UNIQUE (id, power_id, unit_id))`)
    // INV-09: one effective flow per power.
    await q.query(`CREATE UNIQUE INDEX operating_flow_effective_key ON operating_flow (power_id) WHERE state = 'EFFECTIVE'`)
    await q.query(`
      CREATE TABLE flow_step (
        id uuid NOT NULL CONSTRAINT flow_step_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, power_id uuid NOT NULL, flow_id uuid NOT NULL,
        seq integer NOT NULL CONSTRAINT flow_step_seq_check CHECK (seq >= 1),
        name_zh text NOT NULL, name_en text,
        kind text NOT NULL CONSTRAINT flow_step_kind_check CHECK (kind IN ('APPLY', 'REVIEW', 'DECIDE', 'EXECUTE', 'ACCEPT', 'PAY', 'PUBLISH', 'ARCHIVE')),
        position_id uuid, time_limit_working_days integer, collective_decision boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT flow_step_flow_fk FOREIGN KEY (flow_id, power_id, unit_id) REFERENCES operating_flow (id, power_id, unit_id),
        CONSTRAINT flow_step_position_fk FOREIGN KEY (position_id, unit_id) REFERENCES position (id, unit_id),
        CONSTRAINT flow_step_seq_key UNIQUE (flow_id, seq),
        CONSTRAINT flow_step_id_power_key UNIQUE (id, power_id))`)

    // INV-15: a rating can only say what a cell of its matrix version says.
    await q.query(`
      CREATE TABLE risk_matrix (
        id uuid NOT NULL CONSTRAINT risk_matrix_pkey PRIMARY KEY,
        version integer NOT NULL CONSTRAINT risk_matrix_version_key UNIQUE,
        name_zh text NOT NULL, effective_from date NOT NULL,
        state text NOT NULL CONSTRAINT risk_matrix_state_check CHECK (state IN ('IN_FORCE', 'SUPERSEDED')), ${AUDITABLE})`)
    await q.query(`CREATE UNIQUE INDEX risk_matrix_in_force_key ON risk_matrix (state) WHERE state = 'IN_FORCE'`)
    await q.query(`
      CREATE TABLE risk_matrix_cell (
        id uuid NOT NULL CONSTRAINT risk_matrix_cell_pkey PRIMARY KEY,
        matrix_id uuid NOT NULL CONSTRAINT risk_matrix_cell_matrix_fk REFERENCES risk_matrix (id),
        matrix_version integer NOT NULL CONSTRAINT risk_matrix_cell_version_fk REFERENCES risk_matrix (version),
        likelihood integer NOT NULL CONSTRAINT risk_matrix_cell_likelihood_check CHECK (likelihood BETWEEN 1 AND 5),
        impact integer NOT NULL CONSTRAINT risk_matrix_cell_impact_check CHECK (impact BETWEEN 1 AND 5),
        score integer NOT NULL,
        level text NOT NULL CONSTRAINT risk_matrix_cell_level_check CHECK (level IN ('LOW', 'MEDIUM', 'HIGH')),
        CONSTRAINT risk_matrix_cell_place_key UNIQUE (matrix_version, likelihood, impact),
        CONSTRAINT risk_matrix_cell_says_key UNIQUE (matrix_version, likelihood, impact, score, level))`)
    await q.query(`SELECT append_only('risk_matrix_cell')`)
    await q.query(`
      INSERT INTO risk_matrix (id, version, name_zh, effective_from, state, created_by, updated_by)
      VALUES ('01935000-0000-7000-8000-000000000001', 1, '廉政风险等级矩阵(5×5)', DATE '2000-01-01', 'IN_FORCE', 'system:migration', 'system:migration')`)
    await q.query(`
      INSERT INTO risk_matrix_cell (id, matrix_id, matrix_version, likelihood, impact, score, level)
      SELECT ('01935000-0000-7000-8000-0000000001' || l || i)::uuid, '01935000-0000-7000-8000-000000000001', 1, l, i, l * i,
        CASE WHEN l * i >= 15 THEN 'HIGH' WHEN l * i >= 8 THEN 'MEDIUM' ELSE 'LOW' END
      FROM generate_series(1, 5) l, generate_series(1, 5) i`)

    await q.query(`
      CREATE TABLE risk_point (
        id uuid NOT NULL CONSTRAINT risk_point_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, power_id uuid NOT NULL, flow_step_id uuid,
        code text COLLATE "C" NOT NULL, description_zh text NOT NULL, description_en text, cause_zh text, consequence_zh text,
        category text NOT NULL CONSTRAINT risk_point_category_check CHECK (category IN ('POST', 'PROCESS', 'DECISION', 'SYSTEM', 'EXTERNAL', 'CONDUCT')),
        owner_position_id uuid NOT NULL,
        state text NOT NULL CONSTRAINT risk_point_state_check CHECK (state IN ('IDENTIFIED', 'RATED', 'TREATMENT_PLANNED', 'CONTROLLED', 'MONITORED', 'ESCALATED', 'RETIRED')),
        inherent_likelihood integer, inherent_impact integer, inherent_score integer, inherent_level text, inherent_matrix_version integer,
        residual_likelihood integer, residual_impact integer, residual_score integer, residual_level text, residual_matrix_version integer,
        score integer NOT NULL DEFAULT 0,
        level text NOT NULL DEFAULT 'UNRATED' CONSTRAINT risk_point_level_check CHECK (level IN ('UNRATED', 'LOW', 'MEDIUM', 'HIGH')),
        response_plan text CONSTRAINT risk_point_response_plan_check CHECK (response_plan IN ('AVOID', 'REDUCE', 'SHARE', 'ACCEPT')),
        accepted_until date, review_due_on date, retired_reason text, ${CATALOG}, ${AUDITABLE},
        CONSTRAINT risk_point_power_fk FOREIGN KEY (power_id, unit_id) REFERENCES power (id, unit_id),
        CONSTRAINT risk_point_flow_step_fk FOREIGN KEY (flow_step_id, power_id) REFERENCES flow_step (id, power_id),
        CONSTRAINT risk_point_owner_position_fk FOREIGN KEY (owner_position_id, unit_id) REFERENCES position (id, unit_id),
        CONSTRAINT risk_point_inherent_fk FOREIGN KEY (inherent_matrix_version, inherent_likelihood, inherent_impact, inherent_score, inherent_level)
          REFERENCES risk_matrix_cell (matrix_version, likelihood, impact, score, level),
        CONSTRAINT risk_point_residual_fk FOREIGN KEY (residual_matrix_version, residual_likelihood, residual_impact, residual_score, residual_level)
          REFERENCES risk_matrix_cell (matrix_version, likelihood, impact, score, level),
        CONSTRAINT risk_point_inherent_check CHECK (num_nulls(inherent_likelihood, inherent_impact, inherent_score, inherent_level, inherent_matrix_version) IN (0, 5)),
        CONSTRAINT risk_point_residual_check CHECK (num_nulls(residual_likelihood, residual_impact, residual_score, residual_level, residual_matrix_version) IN (0, 5) AND (residual_level IS NULL OR inherent_level IS NOT NULL)),
        CONSTRAINT risk_point_current_check CHECK (score = coalesce(residual_score, inherent_score, 0) AND level = coalesce(residual_level, inherent_level, 'UNRATED')),
        CONSTRAINT risk_point_code_key UNIQUE (power_id, code),
        CONSTRAINT risk_point_id_unit_key UNIQUE (id, unit_id))`)
    await q.query('CREATE INDEX risk_point_unit_idx ON risk_point (unit_id, level, state) INCLUDE (score, id)')
    await q.query('CREATE INDEX risk_point_power_idx ON risk_point (power_id, id)')
    await q.query('CREATE INDEX risk_point_score_idx ON risk_point (score DESC, id)')
    await q.query('CREATE INDEX risk_point_review_due_on_idx ON risk_point (review_due_on, id) WHERE review_due_on IS NOT NULL')
    await q.query('CREATE INDEX risk_point_catalog_code_idx ON risk_point (catalog_code) WHERE catalog_code IS NOT NULL')

    await q.query(`
      CREATE TABLE risk_rating (
        id uuid NOT NULL CONSTRAINT risk_rating_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, risk_point_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT risk_rating_kind_check CHECK (kind IN ('INHERENT', 'RESIDUAL')),
        likelihood integer NOT NULL, impact integer NOT NULL, score integer NOT NULL, level text NOT NULL, matrix_version integer NOT NULL,
        basis text, rated_at timestamptz NOT NULL DEFAULT now(), rated_by text NOT NULL,
        CONSTRAINT risk_rating_risk_point_fk FOREIGN KEY (risk_point_id, unit_id) REFERENCES risk_point (id, unit_id),
        CONSTRAINT risk_rating_cell_fk FOREIGN KEY (matrix_version, likelihood, impact, score, level) REFERENCES risk_matrix_cell (matrix_version, likelihood, impact, score, level))`)
    await q.query('CREATE INDEX risk_rating_risk_point_idx ON risk_rating (risk_point_id, id)')
    await q.query(`SELECT append_only('risk_rating')`)

    await q.query(`
      CREATE TABLE control (
        id uuid NOT NULL CONSTRAINT control_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT control_unit_fk REFERENCES unit (id),
        code text COLLATE "C" NOT NULL, description_zh text NOT NULL, description_en text,
        nature text NOT NULL CONSTRAINT control_nature_check CHECK (nature IN ('PREVENTIVE', 'DETECTIVE', 'CORRECTIVE')),
        mode text NOT NULL CONSTRAINT control_mode_check CHECK (mode IN ('MANUAL', 'AUTOMATED', 'HYBRID')),
        frequency text NOT NULL CONSTRAINT control_frequency_check CHECK (frequency IN ('PER_TRANSACTION', 'DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY', 'ON_CHANGE')),
        owner_position_id uuid NOT NULL,
        state text NOT NULL CONSTRAINT control_state_check CHECK (state IN ('DESIGNED', 'IMPLEMENTING', 'OPERATING', 'DEFICIENT', 'RETIRED')),
        design_effectiveness text CONSTRAINT control_design_effectiveness_check CHECK (design_effectiveness IN ('EFFECTIVE', 'PARTIALLY_EFFECTIVE', 'INEFFECTIVE', 'NOT_TESTABLE')),
        operating_effectiveness text CONSTRAINT control_operating_effectiveness_check CHECK (operating_effectiveness IN ('EFFECTIVE', 'PARTIALLY_EFFECTIVE', 'INEFFECTIVE', 'NOT_TESTABLE')),
        last_tested_on date, next_test_due_on date, ${CATALOG}, ${AUDITABLE},
        CONSTRAINT control_owner_position_fk FOREIGN KEY (owner_position_id, unit_id) REFERENCES position (id, unit_id),
        CONSTRAINT control_unit_code_key UNIQUE (unit_id, code),
        CONSTRAINT control_id_unit_key UNIQUE (id, unit_id))`)
    await q.query('CREATE INDEX control_unit_state_idx ON control (unit_id, state)')
    await q.query('CREATE INDEX control_catalog_code_idx ON control (catalog_code) WHERE catalog_code IS NOT NULL')
    await q.query(`
      CREATE TABLE control_risk_point (
        control_id uuid NOT NULL, risk_point_id uuid NOT NULL, unit_id uuid NOT NULL,
        CONSTRAINT control_risk_point_pkey PRIMARY KEY (risk_point_id, control_id),
        CONSTRAINT control_risk_point_control_fk FOREIGN KEY (control_id, unit_id) REFERENCES control (id, unit_id),
        CONSTRAINT control_risk_point_risk_point_fk FOREIGN KEY (risk_point_id, unit_id) REFERENCES risk_point (id, unit_id))`)
    await q.query('CREATE INDEX control_risk_point_control_id_idx ON control_risk_point (control_id)')
    await q.query(`
      CREATE TABLE control_test (
        id uuid NOT NULL CONSTRAINT control_test_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, control_id uuid NOT NULL, period text NOT NULL,
        kind text NOT NULL CONSTRAINT control_test_kind_check CHECK (kind IN ('DESIGN', 'OPERATING')),
        result text NOT NULL CONSTRAINT control_test_result_check CHECK (result IN ('EFFECTIVE', 'PARTIALLY_EFFECTIVE', 'INEFFECTIVE', 'NOT_TESTABLE')),
        sample_size integer CONSTRAINT control_test_sample_size_check CHECK (sample_size >= 0), exceptions integer, note text,
        tested_at timestamptz NOT NULL DEFAULT now(), tested_by text NOT NULL,
        CONSTRAINT control_test_exceptions_check CHECK (exceptions >= 0 AND exceptions <= sample_size),
        CONSTRAINT control_test_control_fk FOREIGN KEY (control_id, unit_id) REFERENCES control (id, unit_id))`)
    await q.query('CREATE INDEX control_test_control_idx ON control_test (control_id, id)')
    await q.query(`SELECT append_only('control_test')`)

    await q.query(`
      CREATE TABLE evidence (
        id uuid NOT NULL CONSTRAINT evidence_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT evidence_unit_fk REFERENCES unit (id),
        subject_type text NOT NULL, subject_id uuid NOT NULL, title text NOT NULL, version integer NOT NULL DEFAULT 1,
        file_name text, media_type text, size_bytes bigint, sha256 text, storage_ref text, url text,
        sensitivity text NOT NULL CONSTRAINT evidence_sensitivity_check CHECK (sensitivity IN ('PUBLIC', 'INTERNAL', 'SENSITIVE')),
        collected_at timestamptz NOT NULL, expires_on date, withdrawn_reason text, ${AUDITABLE},
        CONSTRAINT evidence_source_check CHECK (num_nonnulls(storage_ref, url) = 1 AND num_nulls(storage_ref, sha256, size_bytes, media_type, file_name) IN (0, 5)),
        CONSTRAINT evidence_version_key UNIQUE (subject_id, title, version))`)
    await q.query('CREATE INDEX evidence_subject_idx ON evidence (subject_id, id)')
    await q.query('CREATE INDEX evidence_unit_id_idx ON evidence (unit_id)')

    for (const table of TABLES) await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    for (const table of TABLES) await q.query(`SELECT keep_history('${table}')`)
    for (const table of ['power_position', 'control_risk_point']) await q.query(`GRANT SELECT, INSERT, DELETE ON ${table} TO plumbline_app`)
    // Steps of a draft flow may be replaced.
    await q.query('GRANT DELETE ON flow_step TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await q.query(`SELECT drop_history('${table}')`)
    for (const table of ['evidence', 'control_test', 'control_risk_point', 'control', 'risk_rating', 'risk_point', 'risk_matrix_cell', 'risk_matrix', 'flow_step', 'operating_flow', 'power_position', 'power']) {
      await q.query(`DROP TABLE ${table}`)
    }
  }
}

const TABLES = ['power', 'operating_flow', 'flow_step', 'risk_matrix', 'risk_point', 'control', 'evidence']
