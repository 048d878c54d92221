import type { MigrationInterface, QueryRunner } from 'typeorm'

const AUDITABLE = `is_synthetic boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL, updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL, row_version integer NOT NULL DEFAULT 1`
const SANCTIONS = [
  'TALK_REMINDER', 'CRITICISM_EDUCATION', 'ORDERED_SELF_EXAMINATION', 'ADMONITION', 'CIRCULAR_CRITICISM', 'ORGANISATIONAL_ADJUSTMENT', 'DISCIPLINARY_SANCTION',
  'PARTY_WARNING', 'PARTY_SERIOUS_WARNING', 'PARTY_POST_REMOVAL', 'PARTY_PROBATION', 'PARTY_EXPULSION',
  'WARNING', 'DEMERIT', 'MAJOR_DEMERIT', 'DEMOTION', 'REMOVAL', 'DISMISSAL', 'TRANSFER_TO_PROCURATORATE', 'SUPERVISORY_RECOMMENDATION',
]
const TASK_STATES = `'OPEN', 'PLANNED', 'IN_PROGRESS', 'SUBMITTED', 'RETURNED', 'VERIFIED', 'CLOSED', 'RECURRED', 'CANCELLED'`

/** What becomes of what was found: tasks to mend it, letters that recommend something, decisions to hold somebody to account. */
export class Remedies20261122000020 implements MigrationInterface {
  name = 'Remedies20261122000020'

  async up(q: QueryRunner): Promise<void> {
    await this.tasks(q)
    await this.letters(q)
    await this.decisions(q)
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of ['accountability_decision', 'recommendation_item', 'recommendation_letter', 'rectification_extension', 'rectification_task']) {
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

  /** A letter lies with its issuer (`unit_id`) until it is sent, and with its addressee from then on; its items go with it. */
  private async letters(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE recommendation_letter (
        id uuid NOT NULL CONSTRAINT recommendation_letter_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT recommendation_letter_unit_fk REFERENCES unit (id),
        issuer_unit_id uuid NOT NULL CONSTRAINT recommendation_letter_issuer_unit_fk REFERENCES unit (id),
        addressee_unit_id uuid NOT NULL CONSTRAINT recommendation_letter_addressee_unit_fk REFERENCES unit (id),
        superior_unit_id uuid CONSTRAINT recommendation_letter_superior_unit_fk REFERENCES unit (id),
        no text COLLATE "C", title text NOT NULL, basis text NOT NULL,
        source_kind text NOT NULL CONSTRAINT recommendation_letter_source_kind_check CHECK (source_kind IN ('PORTRAIT', 'CASE', 'ACTIVITY', 'HEARING', 'OTHER')),
        source_id uuid,
        reply_within integer CONSTRAINT recommendation_letter_reply_within_check CHECK (reply_within BETWEEN 1 AND 120),
        state text NOT NULL CONSTRAINT recommendation_letter_state_check CHECK (state IN (
          'DRAFT', 'UNDER_REVIEW', 'SIGNED', 'ISSUED', 'ACKNOWLEDGED', 'ADOPTED', 'PARTLY_ADOPTED', 'DECLINED', 'ESCALATED', 'REPORTED_BACK', 'VERIFIED', 'CLOSED', 'WITHDRAWN')),
        edited_by text[] NOT NULL DEFAULT '{}', submitted_by text, signed_by text, signed_at timestamptz, content_hash text,
        issued_on date, reply_due_on date, replied_on date, answered_by text[] NOT NULL DEFAULT '{}', closed_on date, ${AUDITABLE},
        CONSTRAINT recommendation_letter_source_check CHECK ((source_kind = 'OTHER') = (source_id IS NULL)),
        CONSTRAINT recommendation_letter_parties_check CHECK (issuer_unit_id <> addressee_unit_id),
        CONSTRAINT recommendation_letter_place_check CHECK (unit_id = issuer_unit_id OR unit_id = addressee_unit_id),
        CONSTRAINT recommendation_letter_issued_check CHECK (num_nulls(no, issued_on, reply_due_on) IN (0, 3) AND (no IS NULL) = (unit_id = issuer_unit_id)),
        CONSTRAINT recommendation_letter_no_key UNIQUE (issuer_unit_id, no),
        CONSTRAINT recommendation_letter_parties_key UNIQUE (id, issuer_unit_id, addressee_unit_id))`)
    await q.query('CREATE INDEX recommendation_letter_unit_idx ON recommendation_letter (unit_id, id)')
    await q.query('CREATE INDEX recommendation_letter_issuer_idx ON recommendation_letter (issuer_unit_id, id)')
    await q.query('CREATE INDEX recommendation_letter_addressee_idx ON recommendation_letter (addressee_unit_id, id)')
    await q.query('CREATE INDEX recommendation_letter_state_idx ON recommendation_letter (state, id)')
    await q.query('CREATE INDEX recommendation_letter_source_idx ON recommendation_letter (source_id, id) WHERE source_id IS NOT NULL')
    await q.query(`
      CREATE TABLE recommendation_item (
        id uuid NOT NULL CONSTRAINT recommendation_item_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT recommendation_item_unit_fk REFERENCES unit (id),
        letter_id uuid NOT NULL, issuer_unit_id uuid NOT NULL, addressee_unit_id uuid NOT NULL,
        seq integer NOT NULL, content text NOT NULL, target_risk_point_id uuid,
        state text NOT NULL CONSTRAINT recommendation_item_state_check CHECK (state IN ('PENDING', 'ADOPTED', 'DECLINED', 'IMPLEMENTED', 'VERIFIED')),
        measure text, declined_reason text, adopted_on date, responsible_appointment_id uuid, due_on date, performed_by text[] NOT NULL DEFAULT '{}', ${AUDITABLE},
        CONSTRAINT recommendation_item_place_check CHECK (unit_id = issuer_unit_id OR unit_id = addressee_unit_id),
        CONSTRAINT recommendation_item_declined_check CHECK ((declined_reason IS NOT NULL) = (state = 'DECLINED')),
        CONSTRAINT recommendation_item_task_check CHECK ((responsible_appointment_id IS NULL) = (due_on IS NULL)),
        CONSTRAINT recommendation_item_letter_fk FOREIGN KEY (letter_id, issuer_unit_id, addressee_unit_id) REFERENCES recommendation_letter (id, issuer_unit_id, addressee_unit_id),
        CONSTRAINT recommendation_item_risk_point_fk FOREIGN KEY (target_risk_point_id, addressee_unit_id) REFERENCES risk_point (id, unit_id),
        CONSTRAINT recommendation_item_responsible_fk FOREIGN KEY (responsible_appointment_id, addressee_unit_id) REFERENCES appointment (id, unit_id),
        CONSTRAINT recommendation_item_seq_key UNIQUE (letter_id, seq))`)
    await q.query('CREATE INDEX recommendation_item_unit_idx ON recommendation_item (unit_id, id)')
    await q.query('CREATE INDEX recommendation_item_state_idx ON recommendation_item (state, id)')
    await q.query('CREATE INDEX recommendation_item_risk_point_idx ON recommendation_item (target_risk_point_id, id) WHERE target_risk_point_id IS NOT NULL')
    await kept(q, 'recommendation_letter', ['unit_id', 'superior_unit_id', 'no', 'title', 'basis', 'reply_within', 'state', 'edited_by', 'submitted_by', 'signed_by', 'signed_at', 'content_hash', 'issued_on', 'reply_due_on', 'replied_on', 'answered_by', 'closed_on'])
    await kept(q, 'recommendation_item', ['unit_id', 'content', 'target_risk_point_id', 'state', 'measure', 'declined_reason', 'adopted_on', 'responsible_appointment_id', 'due_on', 'performed_by'])
    // A recommendation is struck out while its letter is drawn up, never with evidence on it.
    await q.query('GRANT DELETE ON recommendation_item TO plumbline_app')
    await q.query('CREATE TRIGGER evidence_subject_stays BEFORE DELETE ON recommendation_item FOR EACH ROW EXECUTE FUNCTION evidence_subject_stays()')
  }

  private async decisions(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE accountability_decision (
        id uuid NOT NULL CONSTRAINT accountability_decision_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT accountability_decision_unit_fk REFERENCES unit (id),
        person_id uuid CONSTRAINT accountability_decision_person_fk REFERENCES person (id),
        proposing_unit_id uuid NOT NULL CONSTRAINT accountability_decision_proposing_unit_fk REFERENCES unit (id),
        deciding_unit_id uuid NOT NULL CONSTRAINT accountability_decision_deciding_unit_fk REFERENCES unit (id),
        kind text NOT NULL CONSTRAINT accountability_decision_kind_check CHECK (kind IN (${SANCTIONS.map(k => `'${k}'`).join(', ')})),
        form text CONSTRAINT accountability_decision_form_check CHECK (form IN ('FIRST', 'SECOND', 'THIRD', 'FOURTH')),
        responsibility text CONSTRAINT accountability_decision_responsibility_check CHECK (responsibility IN ('COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY')),
        basis text NOT NULL CONSTRAINT accountability_decision_basis_check CHECK (basis ~ '\\S'),
        state text NOT NULL CONSTRAINT accountability_decision_state_check CHECK (state IN ('PROPOSED', 'RETURNED', 'EFFECTIVE', 'UNDER_APPEAL', 'REJECTED', 'WITHDRAWN', 'REVOKED')),
        edited_by text[] NOT NULL DEFAULT '{}', decided_by text, decided_on date, appealed_on date, ${AUDITABLE},
        CONSTRAINT accountability_decision_subject_check CHECK ((form IS NULL) = (person_id IS NULL)),
        CONSTRAINT accountability_decision_decided_check CHECK (
          (decided_by IS NULL) = (decided_on IS NULL) AND (decided_on IS NOT NULL) = (state IN ('EFFECTIVE', 'UNDER_APPEAL', 'REVOKED'))))`)
    await q.query('CREATE INDEX accountability_decision_unit_idx ON accountability_decision (unit_id, id)')
    await q.query('CREATE INDEX accountability_decision_person_idx ON accountability_decision (person_id, id) WHERE person_id IS NOT NULL')
    await q.query('CREATE INDEX accountability_decision_deciding_idx ON accountability_decision (deciding_unit_id, id)')
    await q.query('CREATE INDEX accountability_decision_state_idx ON accountability_decision (state, id)')
    await q.query('CREATE INDEX accountability_decision_kind_idx ON accountability_decision (kind, id)')
    await q.query('CREATE INDEX accountability_decision_decided_on_idx ON accountability_decision (decided_on, id) WHERE decided_on IS NOT NULL')
    await kept(q, 'accountability_decision', ['kind', 'form', 'responsibility', 'basis', 'state', 'edited_by', 'decided_by', 'decided_on', 'appealed_on'])
  }
}

/** History, and the rights of the server: these columns may change. */
async function kept(q: QueryRunner, table: string, changing: readonly string[]): Promise<void> {
  await q.query(`SELECT keep_history('${table}')`)
  await q.query(`GRANT SELECT, INSERT ON ${table} TO plumbline_app`)
  await q.query(`GRANT UPDATE (${[...changing, 'updated_at', 'updated_by', 'row_version'].join(', ')}) ON ${table} TO plumbline_app`)
}
