import type { MigrationInterface, QueryRunner } from 'typeorm'

const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

/** Everything of a clue stands on the unit that handles it now: where the clue goes, it goes along. */
const OF_CLUE = (table: string): string => `CONSTRAINT ${table}_clue_fk FOREIGN KEY (clue_id, unit_id) REFERENCES clue (id, unit_id) ON UPDATE CASCADE`

/**
 * Clues in the realm CLUES: who is concerned, what came in, transfers, verifications, what is owed; reporters in the realm IDENTITY, with the
 * requests to learn who they are; receipts. Texts are in the vault, here stands what lists may show to those who open the realm.
 */
export class Clues20261122000021 implements MigrationInterface {
  name = 'Clues20261122000021'

  async up(q: QueryRunner): Promise<void> {
    await this.deadlines(q)
    await q.query(`
      CREATE TABLE clue (
        id uuid NOT NULL CONSTRAINT clue_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT clue_unit_fk REFERENCES unit (id),
        number_year integer, number_seq integer, number text COLLATE "C",
        channel text NOT NULL CONSTRAINT clue_channel_check CHECK (channel IN ('VILLAGE_OFFICER', 'PETITION_LETTER', 'VISIT', 'PHONE', 'ONLINE', 'TRANSFER_IN', 'SUPERVISION_FINDING', 'INDICATOR_ALERT', 'PATROL_TRANSFER', 'AUDIT_TRANSFER', 'MEDIA')),
        nature text NOT NULL CONSTRAINT clue_nature_check CHECK (nature IN ('DISCIPLINE_CLUE', 'CLAIM_GRIEVANCE')),
        anonymity text NOT NULL CONSTRAINT clue_anonymity_check CHECK (anonymity IN ('NAMED', 'ANONYMOUS', 'NO_REPORTER')),
        received_on date NOT NULL, registered_on date, verified_on date, disposed_on date, told_on date, settled_on date, closed_on date,
        due_on date, step_due_on date, extended_days integer CONSTRAINT clue_extended_days_check CHECK (extended_days > 0),
        intake_unit_id uuid NOT NULL CONSTRAINT clue_intake_unit_fk REFERENCES unit (id),
        readers text[] NOT NULL DEFAULT '{}',
        assignee_person_id uuid CONSTRAINT clue_assignee_person_fk REFERENCES person (id),
        handling text CONSTRAINT clue_handling_check CHECK (handling IN ('PRELIMINARY_VERIFICATION', 'TALK_OR_LETTER_INQUIRY', 'SHELVED', 'CONCLUDED')),
        outcome text CONSTRAINT clue_outcome_check CHECK (outcome IN ('FOUNDED_CLERICAL', 'FOUNDED_MISCONDUCT', 'PARTLY_FOUNDED', 'UNFOUNDED', 'NOT_COMPETENT')),
        misconduct boolean NOT NULL DEFAULT false,
        dispositions text[] NOT NULL DEFAULT '{}',
        filing_proposed_by text, concluded_by text, has_open_case boolean NOT NULL DEFAULT false, merged_into_id uuid CONSTRAINT clue_merged_into_fk REFERENCES clue (id),
        reopened integer NOT NULL DEFAULT 0, is_synthetic boolean NOT NULL DEFAULT false,
        source_kind text CONSTRAINT clue_source_kind_check CHECK (source_kind IN ('SUPERVISION_FINDING')), source_id uuid,
        state text NOT NULL CONSTRAINT clue_state_check CHECK (state IN (${['RECEIVED', 'NOT_ACCEPTED', 'REGISTERED', 'TRANSFERRED', 'MERGED', 'ASSIGNED', 'VERIFYING', 'INQUIRING', 'SHELVED', 'VERIFIED', 'DISPOSED', 'FED_BACK', 'SETTLED', 'CASE_FILED', 'CLOSED'].map(s => `'${s}'`).join(', ')})),
        ${AUDITABLE},
        CONSTRAINT clue_number_check CHECK (num_nulls(number_year, number_seq, number) IN (0, 3)),
        CONSTRAINT clue_source_check CHECK (num_nulls(source_kind, source_id) IN (0, 2)),
        CONSTRAINT clue_merged_check CHECK ((state = 'MERGED') <= (merged_into_id IS NOT NULL)),
        CONSTRAINT clue_disposed_check CHECK (state NOT IN ('DISPOSED', 'FED_BACK', 'SETTLED', 'CLOSED') OR cardinality(dispositions) > 0),
        CONSTRAINT clue_number_key UNIQUE (unit_id, number_year, number_seq),
        CONSTRAINT clue_id_unit_key UNIQUE (id, unit_id))`)
    await q.query('CREATE INDEX clue_unit_state_idx ON clue (unit_id, state, id)')
    await q.query('CREATE INDEX clue_created_at_idx ON clue (created_at, id)')
    await q.query('CREATE INDEX clue_received_on_idx ON clue (received_on, id)')
    await q.query('CREATE INDEX clue_step_due_on_idx ON clue (step_due_on, id) WHERE step_due_on IS NOT NULL')
    await q.query('CREATE INDEX clue_readers_idx ON clue USING gin (readers)')
    await q.query('CREATE INDEX clue_assignee_idx ON clue (assignee_person_id, id) WHERE assignee_person_id IS NOT NULL')
    await q.query('CREATE INDEX clue_merged_into_idx ON clue (merged_into_id) WHERE merged_into_id IS NOT NULL')
    await q.query('CREATE INDEX clue_source_idx ON clue (source_id) WHERE source_id IS NOT NULL')
    await this.parts(q)
    await this.verification(q)
    await this.restitution(q)
    await this.identity(q)
    for (const table of WITH_HISTORY) {
      await q.query(`SELECT keep_history('${table}')`)
      // That it moved along with its clue is no new version of it.
      await q.query(`DROP TRIGGER ${table}_keep ON ${table}`)
      await q.query(`CREATE TRIGGER ${table}_keep AFTER UPDATE ON ${table} FOR EACH ROW WHEN (OLD.row_version <> NEW.row_version) EXECUTE FUNCTION ${table}_keep()`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
    for (const [table, realm] of CLOSED) {
      for (const t of [table, ...(WITH_HISTORY.includes(table) ? [`${table}_history`] : [])]) {
        await q.query(`ALTER TABLE ${t} ENABLE ROW LEVEL SECURITY`)
        await q.query(`CREATE POLICY ${t}_entered ON ${t} TO plumbline_app USING ('${realm}' = ANY (string_to_array(current_setting('plumbline.realms', true), ',')))`)
      }
    }
  }

  /** Time limits as data with their basis; what is not confirmed says so. */
  private async deadlines(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE clue_deadline (
        id uuid NOT NULL CONSTRAINT clue_deadline_pkey PRIMARY KEY,
        nature text NOT NULL CONSTRAINT clue_deadline_nature_check CHECK (nature IN ('DISCIPLINE_CLUE', 'CLAIM_GRIEVANCE')),
        step text NOT NULL CONSTRAINT clue_deadline_step_check CHECK (step IN ('TELL_ROUTE', 'PROPOSE_DISPOSAL', 'FINISH', 'INQUIRY_REPLY', 'ACCEPT_TRANSFER')),
        days integer NOT NULL CONSTRAINT clue_deadline_days_check CHECK (days BETWEEN 1 AND 730),
        counted text NOT NULL CONSTRAINT clue_deadline_counted_check CHECK (counted IN ('WORKING_DAYS', 'CALENDAR_DAYS')),
        max_extension_days integer NOT NULL DEFAULT 0 CONSTRAINT clue_deadline_extension_check CHECK (max_extension_days BETWEEN 0 AND 730),
        legal_basis jsonb NOT NULL DEFAULT '[]', is_confirmed boolean NOT NULL, ${AUDITABLE},
        CONSTRAINT clue_deadline_step_key UNIQUE (nature, step))`)
    const petition = (article: string): string => JSON.stringify([{ title: '信访工作条例', article, documentNo: null }])
    const rules = JSON.stringify([{ title: '中国共产党纪律检查机关监督执纪工作规则', article: null, documentNo: null }])
    const rows: [string, string, number, string, number, string, boolean][] = [
      ['CLAIM_GRIEVANCE', 'TELL_ROUTE', 15, 'CALENDAR_DAYS', 0, petition('第二十二条、第二十三条'), true],
      ['CLAIM_GRIEVANCE', 'FINISH', 60, 'CALENDAR_DAYS', 30, petition('第三十四条'), true],
      ['CLAIM_GRIEVANCE', 'ACCEPT_TRANSFER', 5, 'WORKING_DAYS', 0, '[]', false],
      ['DISCIPLINE_CLUE', 'PROPOSE_DISPOSAL', 30, 'CALENDAR_DAYS', 30, rules, false],
      ['DISCIPLINE_CLUE', 'INQUIRY_REPLY', 15, 'CALENDAR_DAYS', 0, rules, false],
      ['DISCIPLINE_CLUE', 'ACCEPT_TRANSFER', 5, 'WORKING_DAYS', 0, '[]', false],
    ]
    for (const [i, row] of rows.entries()) {
      await q.query(
        `INSERT INTO clue_deadline (id, nature, step, days, counted, max_extension_days, legal_basis, is_confirmed, created_by, updated_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'system:migration', 'system:migration')`, [`01935000-0000-7000-8000-0000000021${String(i + 1).padStart(2, '0')}`, ...row])
    }
  }

  /** Units whose people have to do with it, whom it is about, what came in, how its holder asks about it, and its ways to other bodies. */
  private async parts(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE clue_party (
        clue_id uuid NOT NULL CONSTRAINT clue_party_clue_fk REFERENCES clue (id), unit_id uuid NOT NULL CONSTRAINT clue_party_unit_fk REFERENCES unit (id),
        CONSTRAINT clue_party_pkey PRIMARY KEY (clue_id, unit_id))`)
    await q.query(`
      CREATE TABLE clue_subject_unit (
        clue_id uuid NOT NULL, unit_id uuid NOT NULL, subject_unit_id uuid NOT NULL CONSTRAINT clue_subject_unit_unit_fk REFERENCES unit (id),
        CONSTRAINT clue_subject_unit_pkey PRIMARY KEY (clue_id, subject_unit_id), ${OF_CLUE('clue_subject_unit')})`)
    await q.query('CREATE INDEX clue_subject_unit_unit_idx ON clue_subject_unit (subject_unit_id)')
    await q.query(`
      CREATE TABLE clue_subject_person (
        clue_id uuid NOT NULL, unit_id uuid NOT NULL, person_id uuid NOT NULL CONSTRAINT clue_subject_person_person_fk REFERENCES person (id),
        CONSTRAINT clue_subject_person_pkey PRIMARY KEY (clue_id, person_id), ${OF_CLUE('clue_subject_person')})`)
    await q.query('CREATE INDEX clue_subject_person_person_idx ON clue_subject_person (person_id)')
    for (const table of ['clue_party', 'clue_subject_unit', 'clue_subject_person']) await q.query(`GRANT SELECT, INSERT, DELETE ON ${table} TO plumbline_app`)
    await q.query(`
      CREATE TABLE clue_entry (
        id uuid NOT NULL CONSTRAINT clue_entry_pkey PRIMARY KEY,
        clue_id uuid NOT NULL, unit_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT clue_entry_kind_check CHECK (kind IN ('INFORMATION', 'REPORTER_INFORMATION', 'OPINION', 'FEEDBACK', 'MEASURE', 'REPORT', 'PAYMENT_PROOF')),
        command text NOT NULL, at timestamptz NOT NULL DEFAULT now(), actor text NOT NULL, readers text[] NOT NULL, verification_id uuid, ${OF_CLUE('clue_entry')})`)
    await q.query('CREATE INDEX clue_entry_clue_idx ON clue_entry (clue_id, id)')
    await q.query('GRANT SELECT, INSERT ON clue_entry TO plumbline_app')
    await q.query(`
      CREATE TABLE clue_receipt (
        id uuid NOT NULL CONSTRAINT clue_receipt_pkey PRIMARY KEY,
        clue_id uuid NOT NULL CONSTRAINT clue_receipt_clue_key UNIQUE, unit_id uuid NOT NULL,
        lookup text COLLATE "C" NOT NULL, digest text NOT NULL CONSTRAINT clue_receipt_digest_check CHECK (digest ~ '^[0-9a-f]{64}$'),
        created_at timestamptz NOT NULL DEFAULT now(), ${OF_CLUE('clue_receipt')})`)
    await q.query('CREATE INDEX clue_receipt_lookup_idx ON clue_receipt (lookup)')
    await q.query('GRANT SELECT, INSERT ON clue_receipt TO plumbline_app')
    await q.query(`
      CREATE TABLE clue_transfer (
        id uuid NOT NULL CONSTRAINT clue_transfer_pkey PRIMARY KEY,
        clue_id uuid NOT NULL CONSTRAINT clue_transfer_clue_fk REFERENCES clue (id),
        unit_id uuid NOT NULL CONSTRAINT clue_transfer_unit_fk REFERENCES unit (id),
        from_unit_id uuid NOT NULL CONSTRAINT clue_transfer_from_unit_fk REFERENCES unit (id),
        to_unit_id uuid NOT NULL CONSTRAINT clue_transfer_to_unit_fk REFERENCES unit (id),
        nature text NOT NULL, from_number text, sent_on date NOT NULL, due_on date NOT NULL, answered_on date, readers text[] NOT NULL,
        state text NOT NULL CONSTRAINT clue_transfer_state_check CHECK (state IN ('SENT', 'ACCEPTED', 'SENT_BACK', 'RECALLED')), ${AUDITABLE},
        CONSTRAINT clue_transfer_units_check CHECK (from_unit_id <> to_unit_id AND unit_id = from_unit_id))`)
    await q.query(`CREATE UNIQUE INDEX clue_transfer_open_key ON clue_transfer (clue_id) WHERE state = 'SENT'`)
    await q.query('CREATE INDEX clue_transfer_clue_idx ON clue_transfer (clue_id, id)')
    await q.query('CREATE INDEX clue_transfer_unit_idx ON clue_transfer (unit_id)')
    await q.query('CREATE INDEX clue_transfer_to_unit_idx ON clue_transfer (to_unit_id, state)')
    await q.query('CREATE INDEX clue_transfer_sent_on_idx ON clue_transfer (sent_on, id)')
  }

  /** INV-32: at least two, nobody of a unit that it is about, nobody akin. */
  private async verification(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE verification (
        id uuid NOT NULL CONSTRAINT verification_pkey PRIMARY KEY,
        clue_id uuid NOT NULL, unit_id uuid NOT NULL,
        mode text CONSTRAINT verification_mode_check CHECK (mode IN ('PATROL_PLUS_COMMISSION', 'OFFICE_PLUS_DISPATCHED', 'OUTPOST_PLUS_TOWNSHIP', 'TOWNSHIP_PLUS_VILLAGE')),
        planned_from date NOT NULL, planned_to date NOT NULL,
        plan_digest text NOT NULL, content_hash text NOT NULL, approved_hash text, approved_by text, approved_on date,
        edited_by text[] NOT NULL DEFAULT '{}', submitted_by text, readers text[] NOT NULL DEFAULT '{}',
        outcome text CONSTRAINT verification_outcome_check CHECK (outcome IN ('FOUNDED_CLERICAL', 'FOUNDED_MISCONDUCT', 'PARTLY_FOUNDED', 'UNFOUNDED', 'NOT_COMPETENT')),
        concluded_by text, concluded_on date,
        state text NOT NULL CONSTRAINT verification_state_check CHECK (state IN ('DRAFT', 'UNDER_REVIEW', 'APPROVED', 'CONCLUDED', 'ABANDONED')), ${AUDITABLE},
        CONSTRAINT verification_days_check CHECK (planned_to >= planned_from),
        CONSTRAINT verification_approved_check CHECK (state NOT IN ('APPROVED', 'CONCLUDED') OR (approved_hash IS NOT NULL AND approved_hash = content_hash)),
        ${OF_CLUE('verification')})`)
    await q.query(`CREATE UNIQUE INDEX verification_current_key ON verification (clue_id) WHERE state IN ('DRAFT', 'UNDER_REVIEW', 'APPROVED')`)
    await q.query('CREATE INDEX verification_clue_idx ON verification (clue_id, id)')
    await q.query(`
      CREATE TABLE verification_member (
        verification_id uuid NOT NULL CONSTRAINT verification_member_verification_fk REFERENCES verification (id),
        person_id uuid NOT NULL CONSTRAINT verification_member_person_fk REFERENCES person (id),
        unit_id uuid NOT NULL CONSTRAINT verification_member_unit_fk REFERENCES unit (id),
        is_lead boolean NOT NULL, is_akin boolean NOT NULL CONSTRAINT verification_member_akin_check CHECK (NOT is_akin),
        CONSTRAINT verification_member_pkey PRIMARY KEY (verification_id, person_id))`)
    await q.query('CREATE INDEX verification_member_person_idx ON verification_member (person_id)')
    await q.query('GRANT SELECT, INSERT, DELETE ON verification_member TO plumbline_app')
  }

  private async restitution(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE restitution (
        id uuid NOT NULL CONSTRAINT restitution_pkey PRIMARY KEY,
        clue_id uuid NOT NULL, unit_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT restitution_kind_check CHECK (kind IN ('BACK_PAYMENT', 'REFUND', 'RIGHT_RESTORED', 'RECORD_CORRECTED')),
        quantity numeric, measure text CONSTRAINT restitution_measure_check CHECK (measure IN ('MU', 'HECTARE', 'SQUARE_METRE', 'KILOGRAM', 'TONNE', 'HEAD', 'PERSON', 'HOUSEHOLD', 'ITEM')),
        amount numeric, currency text CONSTRAINT restitution_currency_check CHECK (currency IN ('CNY')),
        due_on date, paid_on date, recorded_by text, verified_by text, verified_on date, readers text[] NOT NULL DEFAULT '{}', is_synthetic boolean NOT NULL DEFAULT false,
        state text NOT NULL CONSTRAINT restitution_state_check CHECK (state IN ('OWED', 'PAID', 'VERIFIED', 'CANCELLED')), ${AUDITABLE},
        CONSTRAINT restitution_what_check CHECK (num_nulls(quantity, measure) IN (0, 2) AND num_nulls(amount, currency) IN (0, 2) AND (quantity IS NOT NULL OR amount IS NOT NULL)),
        CONSTRAINT restitution_positive_check CHECK (quantity > 0 AND amount IS NULL OR amount > 0 AND quantity IS NULL OR quantity > 0 AND amount > 0),
        CONSTRAINT restitution_paid_check CHECK (state NOT IN ('PAID', 'VERIFIED') OR paid_on IS NOT NULL),
        ${OF_CLUE('restitution')})`)
    await q.query('CREATE INDEX restitution_clue_idx ON restitution (clue_id, id)')
    await q.query('CREATE INDEX restitution_unit_idx ON restitution (unit_id, state)')
    await q.query('CREATE INDEX restitution_created_at_idx ON restitution (created_at, id)')
  }

  /** Who reported, and who asked to learn it. */
  private async identity(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE reporter_identity (
        id uuid NOT NULL CONSTRAINT reporter_identity_pkey PRIMARY KEY,
        clue_id uuid NOT NULL CONSTRAINT reporter_identity_clue_key UNIQUE, unit_id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL, ${OF_CLUE('reporter_identity')})`)
    await q.query('GRANT SELECT, INSERT ON reporter_identity TO plumbline_app')
    await q.query(`
      CREATE TABLE identity_release (
        id uuid NOT NULL CONSTRAINT identity_release_pkey PRIMARY KEY,
        clue_id uuid NOT NULL, unit_id uuid NOT NULL,
        reason text NOT NULL, opinion text, released_until timestamptz, decided_by text, decided_at timestamptz, readings integer NOT NULL DEFAULT 0, readers text[] NOT NULL,
        state text NOT NULL CONSTRAINT identity_release_state_check CHECK (state IN ('REQUESTED', 'APPROVED', 'REFUSED', 'WITHDRAWN', 'REVOKED')), ${AUDITABLE},
        CONSTRAINT identity_release_until_check CHECK (state <> 'APPROVED' OR (released_until IS NOT NULL AND decided_by IS NOT NULL)),
        CONSTRAINT identity_release_days_check CHECK (released_until <= decided_at + interval '31 days'),
        ${OF_CLUE('identity_release')})`)
    await q.query('CREATE INDEX identity_release_clue_idx ON identity_release (clue_id, id)')
    await q.query('CREATE INDEX identity_release_created_at_idx ON identity_release (created_at, id)')
    await q.query('CREATE INDEX identity_release_unit_idx ON identity_release (unit_id)')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of ['identity_release', 'reporter_identity', 'restitution', 'verification_member', 'verification', 'clue_transfer', 'clue_receipt', 'clue_entry', 'clue_subject_person', 'clue_subject_unit', 'clue_party', 'clue', 'clue_deadline']) {
      if (WITH_HISTORY.includes(table)) await q.query(`SELECT drop_history('${table}')`)
      await q.query(`DROP TABLE ${table}`)
    }
  }
}

const WITH_HISTORY = ['clue_deadline', 'clue', 'clue_transfer', 'verification', 'restitution', 'identity_release']
const CLOSED: [string, string][] = [
  ...['clue', 'clue_party', 'clue_subject_unit', 'clue_subject_person', 'clue_entry', 'clue_receipt', 'clue_transfer', 'verification', 'verification_member', 'restitution'].map((t): [string, string] => [t, 'CLUES']),
  ['reporter_identity', 'IDENTITY'], ['identity_release', 'IDENTITY'],
]
