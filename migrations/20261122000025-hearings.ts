import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of every register that people change. */
const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

const FOUR = `('COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY')`
/** Parts of a session belong to the unit of who is heard, and are seen at the host. */
const PART = (table: string): string => `
        id uuid NOT NULL CONSTRAINT ${table}_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, host_unit_id uuid NOT NULL, session_id uuid NOT NULL`
const OF_SESSION = (table: string): string => `CONSTRAINT ${table}_session_fk FOREIGN KEY (session_id, host_unit_id) REFERENCES hearing_session (id, unit_id)`

/** Hearings with who is heard, what they were asked and what they pledged. */
export class Hearings20261122000025 implements MigrationInterface {
  name = 'Hearings20261122000025'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE hearing_session (
        id uuid NOT NULL CONSTRAINT hearing_session_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT hearing_session_unit_fk REFERENCES unit (id),
        no text COLLATE "C" NOT NULL, held_on date NOT NULL, year integer NOT NULL CONSTRAINT hearing_session_year_check CHECK (year BETWEEN 2000 AND 2100),
        theme text NOT NULL, agenda text, broadcast boolean NOT NULL, is_four_responsibility boolean NOT NULL,
        state text NOT NULL CONSTRAINT hearing_session_state_check CHECK (state IN ('SCHEDULED', 'REPORTING', 'QUESTIONING', 'EVALUATING', 'CONCLUDED', 'FOLLOWED_UP', 'CLOSED', 'CANCELLED')),
        concluded_at timestamptz, follow_up text, is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT hearing_session_concluded_check CHECK ((concluded_at IS NOT NULL) = (state IN ('CONCLUDED', 'FOLLOWED_UP', 'CLOSED'))),
        CONSTRAINT hearing_session_id_unit_key UNIQUE (id, unit_id),
        CONSTRAINT hearing_session_no_key UNIQUE (unit_id, no))`)
    await q.query('CREATE INDEX hearing_session_held_on_idx ON hearing_session (held_on, id)')
    await q.query('CREATE INDEX hearing_session_state_idx ON hearing_session (state, held_on, id)')

    await q.query(`
      CREATE TABLE hearing_respondent (${PART('hearing_respondent')},
        about_unit_id uuid NOT NULL CONSTRAINT hearing_respondent_about_unit_fk REFERENCES unit (id),
        responsibility text NOT NULL CONSTRAINT hearing_respondent_responsibility_check CHECK (responsibility IN ${FOUR}),
        appointment_id uuid NOT NULL, duty_report_id uuid,
        votes_satisfied integer, votes_fair integer, votes_dissatisfied integer, votes_abstained integer, evaluated_at timestamptz, ${AUDITABLE},
        ${OF_SESSION('hearing_respondent')},
        CONSTRAINT hearing_respondent_appointment_fk FOREIGN KEY (appointment_id, unit_id) REFERENCES appointment (id, unit_id),
        CONSTRAINT hearing_respondent_duty_report_fk FOREIGN KEY (duty_report_id, about_unit_id) REFERENCES duty_report (id, unit_id),
        CONSTRAINT hearing_respondent_votes_check CHECK (num_nulls(votes_satisfied, votes_fair, votes_dissatisfied, votes_abstained, evaluated_at) IN (0, 5)
          AND (evaluated_at IS NULL OR least(votes_satisfied, votes_fair, votes_dissatisfied, votes_abstained) >= 0 AND votes_satisfied + votes_fair + votes_dissatisfied + votes_abstained > 0)),
        CONSTRAINT hearing_respondent_id_session_key UNIQUE (id, session_id, unit_id),
        CONSTRAINT hearing_respondent_key UNIQUE (session_id, appointment_id, responsibility))`)
    await q.query('CREATE INDEX hearing_respondent_unit_idx ON hearing_respondent (unit_id, id)')
    await q.query('CREATE INDEX hearing_respondent_appointment_idx ON hearing_respondent (appointment_id)')
    await q.query('CREATE INDEX hearing_respondent_report_idx ON hearing_respondent (duty_report_id) WHERE duty_report_id IS NOT NULL')

    await q.query(`
      CREATE TABLE hearing_question (${PART('hearing_question')}, respondent_id uuid NOT NULL,
        text text NOT NULL, answer text, answered_by text, answered_at timestamptz,
        state text NOT NULL CONSTRAINT hearing_question_state_check CHECK (state IN ('ASKED', 'ANSWERED', 'WITHDRAWN')), ${AUDITABLE},
        ${OF_SESSION('hearing_question')},
        CONSTRAINT hearing_question_respondent_fk FOREIGN KEY (respondent_id, session_id, unit_id) REFERENCES hearing_respondent (id, session_id, unit_id),
        CONSTRAINT hearing_question_answered_check CHECK (num_nulls(answer, answered_by, answered_at) IN (0, 3) AND (state <> 'ANSWERED' OR answer IS NOT NULL)))`)
    await q.query('CREATE INDEX hearing_question_session_idx ON hearing_question (session_id, id)')
    await q.query('CREATE INDEX hearing_question_respondent_idx ON hearing_question (respondent_id, id)')
    await q.query('CREATE INDEX hearing_question_unit_idx ON hearing_question (unit_id, id)')
    await q.query(`
      CREATE TABLE hearing_question_finding (
        question_id uuid NOT NULL CONSTRAINT hearing_question_finding_question_fk REFERENCES hearing_question (id),
        finding_id uuid NOT NULL CONSTRAINT hearing_question_finding_finding_fk REFERENCES supervision_finding (id),
        CONSTRAINT hearing_question_finding_pkey PRIMARY KEY (question_id, finding_id))`)
    await q.query('CREATE INDEX hearing_question_finding_finding_idx ON hearing_question_finding (finding_id)')

    // INV-29: a pledge is there with the one task that came from it, and both have the same day; whichever is changed alone is refused.
    await q.query('ALTER TABLE rectification_task ADD CONSTRAINT rectification_task_source_day_key UNIQUE (id, source_id, due_on)')
    await q.query(`
      CREATE TABLE pledge (${PART('pledge')}, respondent_id uuid NOT NULL, appointment_id uuid NOT NULL,
        commitment text NOT NULL, deadline date NOT NULL, task_id uuid NOT NULL,
        state text NOT NULL CONSTRAINT pledge_state_check CHECK (state IN ('MADE', 'ON_TRACK', 'FULFILLED', 'BROKEN')), judged_by text, judged_at timestamptz, ${AUDITABLE},
        ${OF_SESSION('pledge')},
        CONSTRAINT pledge_respondent_fk FOREIGN KEY (respondent_id, session_id, unit_id) REFERENCES hearing_respondent (id, session_id, unit_id),
        CONSTRAINT pledge_appointment_fk FOREIGN KEY (appointment_id, unit_id) REFERENCES appointment (id, unit_id),
        CONSTRAINT pledge_task_fk FOREIGN KEY (task_id, id, deadline) REFERENCES rectification_task (id, source_id, due_on),
        CONSTRAINT pledge_judged_check CHECK ((state IN ('FULFILLED', 'BROKEN')) = (judged_by IS NOT NULL) AND (judged_by IS NULL) = (judged_at IS NULL)),
        CONSTRAINT pledge_task_key UNIQUE (task_id))`)
    await q.query('CREATE INDEX pledge_session_idx ON pledge (session_id, id)')
    await q.query('CREATE INDEX pledge_unit_idx ON pledge (unit_id, id)')
    await q.query('CREATE INDEX pledge_appointment_idx ON pledge (appointment_id, id)')
    await q.query('CREATE INDEX pledge_deadline_idx ON pledge (deadline, id)')
    await q.query('CREATE INDEX pledge_state_idx ON pledge (state, deadline, id)')

    for (const table of TABLES) {
      await q.query(`SELECT keep_history('${table}')`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
    for (const table of LINKS) await q.query(`GRANT SELECT, INSERT, DELETE ON ${table} TO plumbline_app`)
    // Who is heard may change before the session begins.
    await q.query('GRANT DELETE ON hearing_respondent TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await q.query(`SELECT drop_history('${table}')`)
    for (const table of ['pledge', 'hearing_question_finding', 'hearing_question', 'hearing_respondent', 'hearing_session']) await q.query(`DROP TABLE ${table}`)
    await q.query('ALTER TABLE rectification_task DROP CONSTRAINT rectification_task_source_day_key')
  }
}

const TABLES = ['hearing_session', 'hearing_respondent', 'hearing_question', 'pledge']
const LINKS = ['hearing_question_finding']
