import { badInput, notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import { explainConstraints } from '../../database/constraints'
import type { Database } from '../../database/database'
import { checkVersion, type StoredRow, type Transaction } from '../../database/transaction'
import { findUnit, requireActive, requireAdministrator, seesUnit } from '../unit'
import { positionEvents } from './position.events'
import type { CreatePositionInput, EditPositionInput } from './position.inputs'

explainConstraints({
  position_unit_code_key: { code: 'CONFLICT', rule: 'unique', path: 'code', message: 'The unit already has a post with this code.' },
})

export const POSITION_CODE = /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/
export const POSITION_CODE_HINT = 'A post code has 1 to 64 letters, digits, points, hyphens and underscores and begins with a letter or digit.'

export type PositionRow = StoredRow & { unit_id: string; unit_path: string; unit_state: string; code: string }

/** The post that an input names, locked. */
export async function findPosition(tx: Transaction, id: string, path: string, lock: 'UPDATE' | 'SHARE'): Promise<PositionRow> {
  const rowId = rowIdOf('pos', id)
  const position = rowId && await tx.row<PositionRow>(
    `SELECT p.*, u.path AS unit_path, u.state AS unit_state FROM position p JOIN unit u ON u.id = p.unit_id WHERE p.id = $1 FOR ${lock} OF p`, [rowId])
  if (!position || !seesUnit(tx.origin.actor, position.unit_path)) throw notFound(path)
  return position
}

/** Commands on posts. Each answers the row id of the post. */
export class PositionService {
  constructor(private readonly db: Database) {}

  create(origin: Origin, input: CreatePositionInput): Promise<string> {
    return runCommand(this.db, origin, 'createPosition', input, async tx => {
      const unit = await findUnit(tx, input.unitId, 'unitId', 'SHARE')
      requireAdministrator(tx, unit.path)
      requireActive(unit, 'unitId')
      if (!POSITION_CODE.test(input.code)) throw badInput('code', 'format', POSITION_CODE_HINT)
      const id = tx.insert('position', {
        unit_id: unit.id, code: input.code, name_zh: input.nameZh.trim(), name_en: input.nameEn ?? null, power_bearing: input.powerBearing, rank: input.rank ?? null,
      })
      tx.emit(positionEvents.created, { subjectId: id, unitId: unit.id })
      return id
    })
  }

  edit(origin: Origin, input: EditPositionInput): Promise<string> {
    return runCommand(this.db, origin, 'editPosition', input, async tx => {
      const position = await findPosition(tx, input.id, 'id', 'UPDATE')
      requireAdministrator(tx, position.unit_path)
      checkVersion(position, input.rowVersion)
      tx.update('position', position, {
        ...(input.nameZh != null && { name_zh: input.nameZh.trim() }), ...(input.nameEn !== undefined && { name_en: input.nameEn }),
        ...(input.powerBearing != null && { power_bearing: input.powerBearing }), ...(input.rank !== undefined && { rank: input.rank }),
      })
      return position.id
    })
  }
}
