import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of every register that people change. */
const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

/** Consultation meetings of supervising bodies, and what they send to each other. */
export class Collaboration20261122000022 implements MigrationInterface {
  name = 'Collaboration20261122000022'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE consultation_meeting (
        id uuid NOT NULL CONSTRAINT consultation_meeting_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT consultation_meeting_unit_fk REFERENCES unit (id), convener_name_zh text NOT NULL,
        title_zh text NOT NULL, agenda_zh text NOT NULL, planned_on date NOT NULL, held_on date, minutes_zh text, next_due_on date, object_until date,
        state text NOT NULL CONSTRAINT consultation_meeting_state_check CHECK (state IN ('SCHEDULED', 'HELD', 'MINUTES_CIRCULATED', 'CLOSED', 'CANCELLED')),
        is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT consultation_meeting_held_check CHECK (state NOT IN ('HELD', 'MINUTES_CIRCULATED', 'CLOSED') OR held_on IS NOT NULL),
        CONSTRAINT consultation_meeting_minutes_check CHECK (state NOT IN ('MINUTES_CIRCULATED', 'CLOSED') OR num_nulls(minutes_zh, next_due_on, object_until) = 0))`)
    await q.query('CREATE INDEX consultation_meeting_unit_idx ON consultation_meeting (unit_id, planned_on, id)')
    await q.query('CREATE INDEX consultation_meeting_planned_on_idx ON consultation_meeting (planned_on, id)')
    await q.query(`
      CREATE TABLE consultation_participant (
        id uuid NOT NULL CONSTRAINT consultation_participant_pkey PRIMARY KEY,
        convener_unit_id uuid NOT NULL CONSTRAINT consultation_participant_convener_fk REFERENCES unit (id),
        meeting_id uuid NOT NULL CONSTRAINT consultation_participant_meeting_fk REFERENCES consultation_meeting (id),
        unit_id uuid NOT NULL CONSTRAINT consultation_participant_unit_fk REFERENCES unit (id), name_zh text NOT NULL,
        answer text CONSTRAINT consultation_participant_answer_check CHECK (answer IN ('ATTENDS', 'DECLINES')), answer_note_zh text, answered_at timestamptz, answered_by text,
        attended boolean, confirmed_at timestamptz, confirmed_by text, ${AUDITABLE},
        CONSTRAINT consultation_participant_answered_check CHECK ((answer IS NULL) = (answered_at IS NULL)),
        CONSTRAINT consultation_participant_key UNIQUE (meeting_id, unit_id))`)
    await q.query('CREATE INDEX consultation_participant_unit_idx ON consultation_participant (unit_id, meeting_id)')
    await q.query('CREATE INDEX consultation_participant_convener_idx ON consultation_participant (convener_unit_id)')
    await q.query(`
      CREATE TABLE collaboration_record (
        id uuid NOT NULL CONSTRAINT collaboration_record_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT collaboration_record_unit_fk REFERENCES unit (id), from_name_zh text NOT NULL,
        to_unit_id uuid NOT NULL CONSTRAINT collaboration_record_to_fk REFERENCES unit (id), to_name_zh text NOT NULL,
        kind text NOT NULL CONSTRAINT collaboration_record_kind_check CHECK (kind IN ('JOINT_ACTION', 'INFORMATION_SHARING', 'RESULT_SHARING', 'CLUE_TRANSFER')),
        subject_zh text NOT NULL, content_zh text, linked_prefix text, linked_id uuid,
        target_activity_id uuid CONSTRAINT collaboration_record_target_fk REFERENCES supervision_activity (id),
        used_in_activity_id uuid CONSTRAINT collaboration_record_used_in_fk REFERENCES supervision_activity (id),
        sent_on date NOT NULL, due_on date NOT NULL, acknowledged_on date, acknowledged_at timestamptz, acknowledged_by text, completed_on date, outcome_zh text,
        state text NOT NULL CONSTRAINT collaboration_record_state_check CHECK (state IN ('SENT', 'ACKNOWLEDGED', 'COMPLETED', 'RETURNED', 'RECALLED')),
        is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT collaboration_record_ends_check CHECK (unit_id <> to_unit_id),
        CONSTRAINT collaboration_record_linked_check CHECK ((linked_prefix IS NULL) = (linked_id IS NULL)),
        CONSTRAINT collaboration_record_clue_check CHECK (kind <> 'CLUE_TRANSFER' OR (linked_id IS NOT NULL AND content_zh IS NULL)),
        CONSTRAINT collaboration_record_joint_check CHECK ((target_activity_id IS NOT NULL) <= (kind = 'JOINT_ACTION' AND linked_id IS NOT NULL)),
        CONSTRAINT collaboration_record_acknowledged_check CHECK ((state IN ('ACKNOWLEDGED', 'COMPLETED')) = (acknowledged_on IS NOT NULL)),
        CONSTRAINT collaboration_record_completed_check CHECK ((state = 'COMPLETED') = (completed_on IS NOT NULL)))`)
    await q.query('CREATE INDEX collaboration_record_unit_idx ON collaboration_record (unit_id, sent_on, id)')
    await q.query('CREATE INDEX collaboration_record_to_idx ON collaboration_record (to_unit_id, sent_on, id)')
    await q.query('CREATE INDEX collaboration_record_sent_on_idx ON collaboration_record (sent_on, id)')
    await q.query('CREATE INDEX collaboration_record_due_on_idx ON collaboration_record (due_on, id)')
    await q.query('CREATE INDEX collaboration_record_state_idx ON collaboration_record (state, sent_on, id)')
    await q.query('CREATE INDEX collaboration_record_linked_idx ON collaboration_record (linked_id) WHERE linked_id IS NOT NULL')
    await q.query('CREATE INDEX collaboration_record_used_in_idx ON collaboration_record (used_in_activity_id) WHERE used_in_activity_id IS NOT NULL')
    for (const table of REGISTERS) {
      await q.query(`SELECT keep_history('${table}')`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
    // A meeting that is called anew has other participants.
    await q.query('GRANT DELETE ON consultation_participant TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of REGISTERS) await q.query(`SELECT drop_history('${table}')`)
    for (const table of REGISTERS) await q.query(`DROP TABLE ${table}`)
  }
}

/** Children before their parents. */
const REGISTERS = ['consultation_participant', 'consultation_meeting', 'collaboration_record']
