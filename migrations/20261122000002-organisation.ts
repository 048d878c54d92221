import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of every register that people change. */
const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

/** Divisions, units and their relations, positions, persons, appointments, village supervisors, grants. */
export class Organisation20261122000002 implements MigrationInterface {
  name = 'Organisation20261122000002'

  async up(q: QueryRunner): Promise<void> {
    await q.query('CREATE EXTENSION IF NOT EXISTS btree_gist')
    await q.query(`
      CREATE TABLE administrative_division (
        id uuid NOT NULL CONSTRAINT administrative_division_pkey PRIMARY KEY,
        code text COLLATE "C" NOT NULL, name_zh text NOT NULL, name_pinyin text COLLATE "C" NOT NULL, name_initials text COLLATE "C" NOT NULL,
        level text NOT NULL CONSTRAINT administrative_division_level_check CHECK (level IN ('PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE', 'FUNCTIONAL_ZONE')),
        parent_code text COLLATE "C", valid_from date NOT NULL, valid_to date, replaced_by_code text COLLATE "C", ${AUDITABLE},
        CONSTRAINT administrative_division_validity_check CHECK (valid_to IS NULL OR valid_to > valid_from),
        CONSTRAINT administrative_division_code_excl EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to) WITH &&))`)
    await q.query('CREATE INDEX administrative_division_parent_code_idx ON administrative_division (parent_code)')
    await q.query('CREATE INDEX administrative_division_name_pinyin_idx ON administrative_division (name_pinyin, id)')

    await q.query(`
      CREATE TABLE unit (
        id uuid NOT NULL CONSTRAINT unit_pkey PRIMARY KEY,
        code text COLLATE "C" NOT NULL CONSTRAINT unit_code_key UNIQUE,
        uscc text COLLATE "C" CONSTRAINT unit_uscc_key UNIQUE,
        name_zh text NOT NULL, name_en text, name_pinyin text COLLATE "C" NOT NULL, name_initials text COLLATE "C" NOT NULL,
        kind text NOT NULL, division_code text COLLATE "C" NOT NULL,
        parent_id uuid CONSTRAINT unit_parent_fk REFERENCES unit (id),
        path text COLLATE "C" NOT NULL CONSTRAINT unit_path_key UNIQUE, depth integer NOT NULL,
        sector_codes text[] NOT NULL DEFAULT '{}',
        state text NOT NULL DEFAULT 'ACTIVE' CONSTRAINT unit_state_check CHECK (state IN ('ACTIVE', 'MERGED', 'DISSOLVED')),
        valid_from date NOT NULL, valid_to date, successor_id uuid CONSTRAINT unit_successor_fk REFERENCES unit (id),
        is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT unit_path_check CHECK (path LIKE '/%/' AND depth >= 1))`)
    await q.query('CREATE INDEX unit_parent_id_idx ON unit (parent_id)')
    await q.query('CREATE INDEX unit_name_pinyin_idx ON unit (name_pinyin, id)')
    await q.query('CREATE INDEX unit_division_code_idx ON unit (division_code)')
    await q.query('CREATE INDEX unit_kind_idx ON unit (kind, id)')

    await q.query(`
      CREATE TABLE unit_relation (
        id uuid NOT NULL CONSTRAINT unit_relation_pkey PRIMARY KEY,
        from_unit_id uuid NOT NULL CONSTRAINT unit_relation_from_unit_fk REFERENCES unit (id),
        to_unit_id uuid NOT NULL CONSTRAINT unit_relation_to_unit_fk REFERENCES unit (id),
        kind text NOT NULL CONSTRAINT unit_relation_kind_check CHECK (kind IN ('LINE', 'DISPATCHED', 'OUTPOST', 'LIAISON')),
        valid_from date NOT NULL, valid_to date, ${AUDITABLE},
        CONSTRAINT unit_relation_ends_check CHECK (from_unit_id <> to_unit_id),
        CONSTRAINT unit_relation_validity_check CHECK (valid_to IS NULL OR valid_to > valid_from),
        CONSTRAINT unit_relation_excl EXCLUDE USING gist (from_unit_id WITH =, to_unit_id WITH =, kind WITH =, daterange(valid_from, valid_to) WITH &&))`)
    await q.query('CREATE INDEX unit_relation_from_unit_id_idx ON unit_relation (from_unit_id, kind)')
    await q.query('CREATE INDEX unit_relation_to_unit_id_idx ON unit_relation (to_unit_id, kind)')

    await q.query(`
      CREATE TABLE position (
        id uuid NOT NULL CONSTRAINT position_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT position_unit_fk REFERENCES unit (id),
        code text COLLATE "C" NOT NULL, name_zh text NOT NULL, name_en text,
        power_bearing boolean NOT NULL, rank text, ${AUDITABLE},
        CONSTRAINT position_unit_code_key UNIQUE (unit_id, code),
        CONSTRAINT position_id_unit_key UNIQUE (id, unit_id))`)

    await q.query(`
      CREATE TABLE person (
        id uuid NOT NULL CONSTRAINT person_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT person_unit_fk REFERENCES unit (id),
        display_name text NOT NULL, staff_no text COLLATE "C" NOT NULL CONSTRAINT person_staff_no_key UNIQUE, ${AUDITABLE})`)
    await q.query('CREATE INDEX person_unit_id_idx ON person (unit_id)')

    await q.query(`
      CREATE TABLE appointment (
        id uuid NOT NULL CONSTRAINT appointment_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT appointment_unit_fk REFERENCES unit (id),
        person_id uuid NOT NULL CONSTRAINT appointment_person_fk REFERENCES person (id),
        position_id uuid NOT NULL,
        role text NOT NULL CONSTRAINT appointment_role_check CHECK (role IN ('PARTY_SECRETARY', 'PARTY_GROUP_SECRETARY', 'TEAM_MEMBER', 'UNIT_HEAD', 'COMMISSION_SECRETARY', 'GROUP_LEADER', 'SUPERVISOR_STAFF', 'VILLAGE_SUPERVISOR', 'STAFF')),
        valid_from date NOT NULL, valid_to date, ${AUDITABLE},
        CONSTRAINT appointment_position_fk FOREIGN KEY (position_id, unit_id) REFERENCES position (id, unit_id),
        CONSTRAINT appointment_validity_check CHECK (valid_to IS NULL OR valid_to > valid_from),
        CONSTRAINT appointment_excl EXCLUDE USING gist (person_id WITH =, position_id WITH =, role WITH =, daterange(valid_from, valid_to) WITH &&))`)
    await q.query('CREATE INDEX appointment_unit_id_idx ON appointment (unit_id, role)')
    await q.query('CREATE INDEX appointment_person_id_idx ON appointment (person_id)')
    await q.query('CREATE INDEX appointment_position_id_idx ON appointment (position_id)')

    // INV-05: one active holder per village; the four posts are a property of the register itself.
    await q.query(`
      CREATE TABLE village_supervisor (
        id uuid NOT NULL CONSTRAINT village_supervisor_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT village_supervisor_unit_fk REFERENCES unit (id),
        person_id uuid NOT NULL CONSTRAINT village_supervisor_person_fk REFERENCES person (id),
        posts text[] NOT NULL, valid_from date NOT NULL, valid_to date, ${AUDITABLE},
        CONSTRAINT village_supervisor_validity_check CHECK (valid_to IS NULL OR valid_to > valid_from),
        CONSTRAINT village_supervisor_posts_check CHECK (posts = ARRAY['AFFAIRS_SUPERVISION_CHAIR', 'DEPUTY_PARTY_SECRETARY', 'DISCIPLINE_COMMISSIONER', 'SUPERVISION_INFORMATION_OFFICER']),
        CONSTRAINT village_supervisor_excl EXCLUDE USING gist (unit_id WITH =, daterange(valid_from, valid_to) WITH &&))`)
    await q.query('CREATE INDEX village_supervisor_person_id_idx ON village_supervisor (person_id)')

    // What a person may do: role × unit × edge × from/to. Revoking ends it; nothing is deleted.
    await q.query(`
      CREATE TABLE role_grant (
        id uuid NOT NULL CONSTRAINT role_grant_pkey PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT role_grant_person_fk REFERENCES person (id),
        role text NOT NULL,
        unit_id uuid NOT NULL CONSTRAINT role_grant_unit_fk REFERENCES unit (id),
        edge text NOT NULL CONSTRAINT role_grant_edge_check CHECK (edge IN ('TERRITORIAL', 'LINE', 'DISPATCHED', 'OUTPOST', 'LIAISON')),
        valid_from date NOT NULL, valid_to date, revoked_at timestamptz, ${AUDITABLE},
        CONSTRAINT role_grant_validity_check CHECK (valid_to IS NULL OR valid_to > valid_from))`)
    await q.query('CREATE INDEX role_grant_person_id_idx ON role_grant (person_id)')
    await q.query('CREATE UNIQUE INDEX role_grant_active_key ON role_grant (person_id, role, unit_id, edge) WHERE revoked_at IS NULL')

    for (const table of TABLES) {
      await q.query(`SELECT keep_history('${table}')`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) {
      await q.query(`SELECT drop_history('${table}')`)
      await q.query(`DROP TABLE ${table}`)
    }
    await q.query('DROP EXTENSION btree_gist')
  }
}

const TABLES = ['administrative_division', 'unit', 'unit_relation', 'position', 'person', 'appointment', 'village_supervisor', 'role_grant']
