import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Indexes [name, columns now, columns before]: lists of the newest first are read forwards, id and all. */
const TURNED: readonly [table: string, index: string, now: string, before: string][] = [
  ['supervision_finding', 'supervision_finding_found_on_idx', 'found_on DESC, id', 'found_on, id'],
  ['supervision_finding', 'supervision_finding_unit_idx', 'unit_id, found_on DESC, id', 'unit_id, found_on, id'],
  ['supervision_finding', 'supervision_finding_found_by_idx', 'found_by_unit_id, found_on DESC, id', 'found_by_unit_id, found_on, id'],
  ...['state', 'category', 'severity'].map((c): [string, string, string, string] => ['supervision_finding', `supervision_finding_${c}_idx`, `${c}, found_on DESC, id`, `${c}, found_on, id`]),
  ['rectification_task', 'rectification_task_returns_idx', 'returns DESC, id', 'returns, id'],
]
/** From each unit into an order of the list: a page is then made from the first rows of units, however many rows there are. */
const BY_UNIT: readonly [table: string, index: string, columns: string][] = [
  ['supervision_finding', 'supervision_finding_unit_recorded_idx', 'unit_id, id'],
  ['supervision_finding', 'supervision_finding_found_by_recorded_idx', 'found_by_unit_id, id'],
  ['rectification_task', 'rectification_task_unit_due_on_idx', 'unit_id, due_on, id'],
  ['clue', 'clue_unit_idx', 'unit_id, id'],
  ['case_file', 'case_file_unit_idx', 'unit_id, id'],
  ['case_file', 'case_file_trial_idx', 'trial_unit_id, id'],
]

/** No longer asked: rows come by id in the order in which they were recorded. */
const LEFT: readonly [index: string, on: string][] = [
  ['clue_created_at_idx', 'clue (created_at, id)'], ['case_file_created_at_idx', 'case_file (created_at, id)'], ['case_file_trial_unit_idx', 'case_file (trial_unit_id) WHERE trial_unit_id IS NOT NULL'],
]

/** Lists of much: their orders unit by unit, and what somebody reads of a closed realm without opening it. */
export class ListOrders20261123000036 implements MigrationInterface {
  name = 'ListOrders20261123000036'

  async up(q: QueryRunner): Promise<void> {
    for (const [table, index, columns] of TURNED) await this.turn(q, table, index, columns)
    for (const [table, index, columns] of BY_UNIT) await q.query(`CREATE INDEX ${index} ON ${table} (${columns})`)
    for (const [index] of LEFT) await q.query(`DROP INDEX ${index}`)
    // Row security lets no index be asked what an array contains. Only ids are told, and only inside the realm, as that policy says.
    await q.query(`
      CREATE FUNCTION clue_read_by(reader text) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 20 SECURITY DEFINER SET search_path = pg_catalog, public AS $fn$
        SELECT id FROM clue WHERE readers @> ARRAY[reader] AND 'CLUES' = ANY (string_to_array(current_setting('plumbline.realms', true), ','))
      $fn$`)
    await q.query('REVOKE ALL ON FUNCTION clue_read_by(text) FROM PUBLIC')
    await q.query('GRANT EXECUTE ON FUNCTION clue_read_by(text) TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP FUNCTION clue_read_by(text)')
    for (const [index, on] of LEFT) await q.query(`CREATE INDEX ${index} ON ${on}`)
    for (const [, index] of BY_UNIT) await q.query(`DROP INDEX ${index}`)
    for (const [table, index, , columns] of TURNED) await this.turn(q, table, index, columns)
  }

  private async turn(q: QueryRunner, table: string, index: string, columns: string): Promise<void> {
    await q.query(`DROP INDEX ${index}`)
    await q.query(`CREATE INDEX ${index} ON ${table} (${columns})`)
  }
}
