import type { MigrationInterface, QueryRunner } from 'typeorm'

const CLOSED_TABLES = [['Case', 'case_file'], ['Clue', 'clue'], ['ClueTransfer', 'clue_transfer'], ['IdentityRelease', 'identity_release'], ['Restitution', 'restitution'], ['Verification', 'verification']] as const
const CLOSED = `(${CLOSED_TABLES.map(([type]) => `'${type}'`).join(', ')})`
const NOWHERE = '00000000-0000-0000-0000-000000000000'
const tables = (table: string): string[] => [table, `${table}_history`]

/** What waits finds whoever it waits for, and what lies in a closed realm is not met on the way of other things. */
export class WaitingAndClosed20261123000031 implements MigrationInterface {
  name = 'WaitingAndClosed20261123000031'

  async up(q: QueryRunner): Promise<void> {
    await this.waiting(q)
    await this.closed(q)
  }

  /** A clue that is to be verified waits for the plan; a question in a hearing for whoever holds the post that was asked. */
  private async waiting(q: QueryRunner): Promise<void> {
    for (const table of tables('clue')) await q.query(`ALTER TABLE ${table} ADD COLUMN plans_unit_id uuid`)
    await q.query(`SET LOCAL plumbline.realms = 'CLUES'`)
    await q.query('ALTER TABLE clue DISABLE TRIGGER USER')
    await q.query(`
      UPDATE clue SET plans_unit_id = unit_id
      WHERE state = 'VERIFYING' AND NOT EXISTS (SELECT FROM verification v WHERE v.clue_id = clue.id AND v.state IN ('DRAFT', 'UNDER_REVIEW', 'APPROVED'))`)
    await q.query('ALTER TABLE clue ENABLE TRIGGER USER')
    await q.query(`ALTER TABLE clue ADD CONSTRAINT clue_plans_check CHECK (plans_unit_id IS NULL OR (state = 'VERIFYING' AND plans_unit_id = unit_id))`)

    for (const table of tables('hearing_question')) await q.query(`ALTER TABLE ${table} ADD COLUMN appointment_id uuid`)
    await q.query('ALTER TABLE hearing_question DISABLE TRIGGER USER')
    await q.query('UPDATE hearing_question q SET appointment_id = r.appointment_id FROM hearing_respondent r WHERE r.id = q.respondent_id')
    await q.query('ALTER TABLE hearing_question ENABLE TRIGGER USER')
    await q.query(`
      ALTER TABLE hearing_question ALTER COLUMN appointment_id SET NOT NULL,
        ADD CONSTRAINT hearing_question_appointment_fk FOREIGN KEY (appointment_id, unit_id) REFERENCES appointment (id, unit_id)`)
    await q.query('CREATE INDEX hearing_question_appointment_idx ON hearing_question (appointment_id)')
  }

  /** Moves of what lies in a closed realm stand at no unit that there is: they are read with the thing itself. What was written of a case is read where it is tried, too. */
  private async closed(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE state_transition DISABLE TRIGGER USER')
    await q.query(`UPDATE state_transition SET unit_id = '${NOWHERE}' WHERE subject_type IN ${CLOSED}`)
    await q.query(`ALTER TABLE state_transition ENABLE TRIGGER USER, ADD CONSTRAINT state_transition_closed_check CHECK ((unit_id = '${NOWHERE}') = (subject_type IN ${CLOSED}))`)
    await q.query(`
      CREATE VIEW case_entry_trial WITH (security_invoker = true) AS
      SELECT e.id AS entry_id, c.trial_unit_id AS unit_id FROM case_entry e JOIN case_file c ON c.id = e.case_id WHERE c.trial_unit_id IS NOT NULL`)
    await q.query('GRANT SELECT ON case_entry_trial TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP VIEW case_entry_trial')
    await q.query('ALTER TABLE state_transition DROP CONSTRAINT state_transition_closed_check, DISABLE TRIGGER USER')
    await q.query(`SET LOCAL plumbline.realms = 'CLUES,CASES,IDENTITY'`)
    for (const [type, table] of CLOSED_TABLES) await q.query(`UPDATE state_transition t SET unit_id = s.unit_id FROM ${table} s WHERE t.subject_type = '${type}' AND s.id = t.subject_id`)
    await q.query('ALTER TABLE state_transition ENABLE TRIGGER USER')
    for (const table of tables('hearing_question')) await q.query(`ALTER TABLE ${table} DROP COLUMN appointment_id`)
    await q.query('ALTER TABLE clue DROP CONSTRAINT clue_plans_check')
    for (const table of tables('clue')) await q.query(`ALTER TABLE ${table} DROP COLUMN plans_unit_id`)
  }
}
