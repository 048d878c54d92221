import type { MigrationInterface, QueryRunner } from 'typeorm'

const REGISTERS = ['supervision_finding', 'supervision_finding_history']
const STATES = (third: string): string => `CHECK (state IN ('OPEN', 'LINKED', '${third}', 'RESOLVED', 'WITHDRAWN'))`
/** Findings that led to clues alone: nothing in the registers shows what follows. */
const CLUES_ALONE = `
  SELECT o.finding_id FROM supervision_finding_outcome o WHERE o.unlinked_at IS NULL GROUP BY o.finding_id HAVING bool_and(o.kind = 'CLUE')`
const OF_FINDINGS = `subject_type = 'SupervisionFinding'`
const WITHOUT_TRIGGERS = ['supervision_finding', 'state_transition']

/** The state of a finding tells whoever reads it what follows in the registers, and nothing of clues; codes that lists are filtered by have their indexes. */
export class FindingsTellNoClue20261123000033 implements MigrationInterface {
  name = 'FindingsTellNoClue20261123000033'

  async up(q: QueryRunner): Promise<void> {
    for (const table of REGISTERS) await q.query(`ALTER TABLE ${table} ADD COLUMN dismissed_reason_zh text`)
    await q.query('ALTER TABLE supervision_finding DROP CONSTRAINT supervision_finding_state_check')
    for (const table of WITHOUT_TRIGGERS) await q.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    await q.query(`
      UPDATE supervision_finding f SET dismissed_reason_zh = (
        SELECT t.opinion FROM state_transition t WHERE t.${OF_FINDINGS} AND t.subject_id = f.id AND t.to_state = 'NO_ACTION' ORDER BY t.id DESC LIMIT 1)
      WHERE f.state = 'NO_ACTION'`)
    await q.query(`UPDATE state_transition SET opinion = NULL WHERE ${OF_FINDINGS} AND to_state = 'NO_ACTION'`)
    await q.query(`DELETE FROM state_transition WHERE ${OF_FINDINGS} AND to_state IN ('LINKED', 'RESOLVED') AND subject_id IN (${CLUES_ALONE})`)
    for (const column of ['from_state', 'to_state']) await q.query(`UPDATE state_transition SET ${column} = 'DEALT_WITH' WHERE ${OF_FINDINGS} AND ${column} = 'NO_ACTION'`)
    await q.query(`UPDATE supervision_finding SET state = 'DEALT_WITH' WHERE state = 'NO_ACTION' OR (state IN ('LINKED', 'RESOLVED') AND id IN (${CLUES_ALONE}))`)
    for (const table of WITHOUT_TRIGGERS) await q.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    await q.query(`
      ALTER TABLE supervision_finding ADD CONSTRAINT supervision_finding_state_check ${STATES('DEALT_WITH')},
        ADD CONSTRAINT supervision_finding_dismissed_check CHECK (dismissed_reason_zh IS NULL OR state = 'DEALT_WITH')`)

    await q.query('CREATE INDEX special_rectification_categories_idx ON special_rectification USING gin (problem_categories)')
    await q.query('CREATE INDEX supervision_activity_types_idx ON supervision_activity USING gin (type_codes)')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP INDEX supervision_activity_types_idx')
    await q.query('DROP INDEX special_rectification_categories_idx')
    await q.query('ALTER TABLE supervision_finding DROP CONSTRAINT supervision_finding_state_check, DROP CONSTRAINT supervision_finding_dismissed_check')
    for (const table of WITHOUT_TRIGGERS) await q.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    await q.query(`UPDATE supervision_finding SET state = 'NO_ACTION' WHERE state = 'DEALT_WITH'`)
    for (const column of ['from_state', 'to_state']) await q.query(`UPDATE state_transition SET ${column} = 'NO_ACTION' WHERE ${OF_FINDINGS} AND ${column} = 'DEALT_WITH'`)
    await q.query(`
      UPDATE state_transition t SET opinion = f.dismissed_reason_zh FROM supervision_finding f
      WHERE t.${OF_FINDINGS} AND t.subject_id = f.id AND t.to_state = 'NO_ACTION' AND f.dismissed_reason_zh IS NOT NULL`)
    for (const table of WITHOUT_TRIGGERS) await q.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    await q.query(`ALTER TABLE supervision_finding ADD CONSTRAINT supervision_finding_state_check ${STATES('NO_ACTION')}`)
    for (const table of REGISTERS) await q.query(`ALTER TABLE ${table} DROP COLUMN dismissed_reason_zh`)
  }
}
