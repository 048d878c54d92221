import { rightsChanged } from '../../auth'
import { today } from '../../core/day'
import { AppError, badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { checkVersion } from '../../database/transaction'
import './unit.constraints'
import { unitEvents } from './unit.events'
import type { EndUnitRelationInput, RelateUnitsInput } from './unit.inputs'
import { findRelation, findUnit, requireAdministrator } from './unit.repository'
import { RELATION_ENDS } from './unit.rules'
import { requireActive } from './unit.service'
import type { UnitKind } from './unit.types'

/** Relations open the rows of their far unit to whoever holds a grant along their kind: only an administrator of both ends makes or ends one. */
export class UnitRelationService {
  constructor(private readonly db: Database) {}

  relate(origin: Origin, input: RelateUnitsInput): Promise<string> {
    return runCommand(this.db, origin, 'relateUnits', input, async tx => {
      const from = await findUnit(tx, input.fromUnitId, 'fromUnitId', 'SHARE')
      const to = await findUnit(tx, input.toUnitId, 'toUnitId', 'SHARE')
      for (const [unit, path] of [[from, 'fromUnitId'], [to, 'toUnitId']] as const) {
        requireAdministrator(tx, unit.path)
        requireActive(unit, path)
      }
      if (from.id === to.id) throw badInput('toUnitId', 'twoUnits', 'A unit has no relation with itself.')
      const ends = RELATION_ENDS[input.kind]
      if (!ends.from.includes(from.kind as UnitKind)) throw badInput('fromUnitId', 'relationEnds', `A ${input.kind} relation begins at one of: ${ends.from.join(', ')}.`)
      if (ends.to && !ends.to.includes(to.kind as UnitKind)) throw badInput('toUnitId', 'relationEnds', `A ${input.kind} relation leads to one of: ${ends.to.join(', ')}.`)
      const id = tx.insert('unit_relation', {
        from_unit_id: from.id, to_unit_id: to.id, kind: input.kind, valid_from: input.validFrom ?? today(), valid_to: input.validTo ?? null,
      })
      rightsChanged(tx, null)
      tx.emit(unitEvents.relationMade, { subjectId: id, unitId: to.id, payload: { kind: input.kind } })
      return id
    })
  }

  end(origin: Origin, input: EndUnitRelationInput): Promise<string> {
    return runCommand(this.db, origin, 'endUnitRelation', input, async tx => {
      const { from_path, to_path, ...relation } = await findRelation(tx, input.id, 'id')
      requireAdministrator(tx, from_path)
      requireAdministrator(tx, to_path)
      checkVersion(relation, input.rowVersion)
      const validTo = input.validTo ?? today()
      if (relation.valid_to !== null && relation.valid_to <= validTo) throw alreadyEnded(relation.valid_to)
      tx.update('unit_relation', relation, { valid_to: validTo })
      rightsChanged(tx, null)
      tx.emit(unitEvents.relationEnded, { subjectId: relation.id, unitId: relation.to_unit_id, payload: { kind: relation.kind, validTo } })
      return relation.id
    })
  }
}

/** What was ended stays ended; the day can only be moved to an earlier one. */
export function alreadyEnded(day: string): AppError {
  const message = `It already ended on ${day}.`
  return new AppError('PRECONDITION_FAILED', message, { messageKey: 'alreadyEnded', messageValues: { day }, violations: [{ path: 'validTo', rule: 'notEnded', message }] })
}
