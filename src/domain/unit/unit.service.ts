import { rightsChanged } from '../../auth'
import { today } from '../../core/day'
import { AppError, badInput } from '../../core/errors'
import { romanise } from '../../core/pinyin'
import type { Origin } from '../../core/request'
import { transit } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { checkVersion, type Transaction } from '../../database/transaction'
import { requireDivision } from '../division'
import { gate } from '../gate'
import './unit.constraints'
import { unitEvents } from './unit.events'
import type { DissolveUnitInput, EditUnitInput, MergeUnitInput, MoveUnitInput, RegisterUnitInput } from './unit.inputs'
import { findUnit, hasActiveChild, heightOf, lockTree, moveSubtree, relationsBeyond, requireAdministrator, type UnitRow } from './unit.repository'
import { MAX_DEPTH, requireSectors, requireUnitCode, requireUscc } from './unit.rules'
import { unitMachine } from './unit.states'

/** Commands on units. Each answers the row id of the unit. */
export class UnitService {
  constructor(private readonly db: Database) {}

  register(origin: Origin, input: RegisterUnitInput): Promise<string> {
    return runCommand(this.db, origin, 'registerUnit', input, async tx => {
      await lockTree(tx, 'shared')
      const parent = await findUnit(tx, input.parentId, 'parentId', 'SHARE')
      requireAdministrator(tx, parent.path)
      requireActive(parent, 'parentId')
      if (parent.depth >= MAX_DEPTH) throw tooDeep('parentId')
      requireUnitCode(input.code)
      requireUscc(input.uscc)
      requireSectors(input.sectorCodes)
      const validFrom = input.validFrom ?? today()
      await requireDivision(tx, input.divisionCode, validFrom, 'divisionCode')
      const id = tx.insert('unit', {
        code: input.code, uscc: input.uscc ?? null, ...named(input.nameZh), name_en: input.nameEn ?? null, kind: input.kind, division_code: input.divisionCode,
        parent_id: parent.id, path: `${parent.path}${input.code}/`, depth: parent.depth + 1, sector_codes: input.sectorCodes, valid_from: validFrom,
      })
      tx.emit(unitEvents.registered, { subjectId: id, unitId: id })
      return id
    })
  }

  edit(origin: Origin, input: EditUnitInput): Promise<string> {
    return runCommand(this.db, origin, 'editUnit', input, async tx => {
      const unit = await findUnit(tx, input.id, 'id', 'UPDATE')
      transit(unitMachine, 'editUnit', unit, { actor: origin.actor, path: unit.path })
      checkVersion(unit, input.rowVersion)
      requireUscc(input.uscc)
      requireSectors(input.sectorCodes ?? [])
      if (input.divisionCode != null && input.divisionCode !== unit.division_code) await requireDivision(tx, input.divisionCode, today(), 'divisionCode')
      tx.update('unit', unit, {
        ...(input.uscc !== undefined && { uscc: input.uscc }), ...(input.nameZh != null && named(input.nameZh)),
        ...(input.nameEn !== undefined && { name_en: input.nameEn }), ...(input.kind != null && { kind: input.kind }),
        ...(input.divisionCode != null && { division_code: input.divisionCode }), ...(input.sectorCodes != null && { sector_codes: input.sectorCodes }),
      })
      return unit.id
    })
  }

  /** Everything below moves along; the places before are kept in the history of each row. */
  move(origin: Origin, input: MoveUnitInput): Promise<string> {
    return runCommand(this.db, origin, 'moveUnit', input, async tx => {
      await lockTree(tx, 'alone')
      const unit = await findUnit(tx, input.id, 'id', 'UPDATE')
      const parent = await findUnit(tx, input.parentId, 'parentId', 'SHARE')
      transit(unitMachine, 'moveUnit', unit, { actor: origin.actor, path: unit.path })
      requireAdministrator(tx, parent.path)
      checkVersion(unit, input.rowVersion)
      requireActive(parent, 'parentId')
      if (parent.path.startsWith(unit.path)) throw badInput('parentId', 'noCycle', 'A unit cannot be put under itself or under a unit below it.')
      if (unit.parent_id === parent.id) return unit.id
      if (parent.depth + await heightOf(tx, unit) > MAX_DEPTH) throw tooDeep('parentId')
      const moved = await moveSubtree(tx, unit, parent)
      const path = `${parent.path}${unit.code}/`
      tx.audit('unit', unit.id, { parent_id: unit.parent_id, path: unit.path }, { parent_id: parent.id, path, moved })
      rightsChanged(tx, null)
      tx.emit(unitEvents.moved, { subjectId: unit.id, unitId: unit.id, payload: { from: unit.path, to: path } })
      return unit.id
    })
  }

  merge(origin: Origin, input: MergeUnitInput): Promise<string> {
    return runCommand(this.db, origin, 'mergeUnit', input, tx => end(tx, 'mergeUnit', input))
  }

  dissolve(origin: Origin, input: DissolveUnitInput): Promise<string> {
    return runCommand(this.db, origin, 'dissolveUnit', input, tx => end(tx, 'dissolveUnit', input))
  }
}

async function end(tx: Transaction, command: 'mergeUnit' | 'dissolveUnit', input: MergeUnitInput | DissolveUnitInput): Promise<string> {
  const unit = await findUnit(tx, input.id, 'id', 'UPDATE')
  const from = unit.state
  const to = transit(unitMachine, command, unit, { actor: tx.origin.actor, path: unit.path, opinion: input.opinion })
  checkVersion(unit, input.rowVersion)
  const validTo = input.validTo ?? today()
  if (validTo > today()) throw badInput('validTo', 'notInFuture', 'A unit can be ended today or in the past, not ahead of time.')
  if (validTo <= unit.valid_from) throw badInput('validTo', 'dateOrder', `validTo must be after ${unit.valid_from}, the first day of the unit.`)
  const successor = input.successorId == null ? null : await findUnit(tx, input.successorId, 'successorId', 'SHARE')
  if (successor?.id === unit.id) throw badInput('successorId', 'twoUnits', 'A unit is not its own successor.')
  if (successor) requireActive(successor, 'successorId')
  if (await hasActiveChild(tx, unit.id)) gate([{ path: 'id', rule: 'noActiveChild', message: 'Units below it are still active: move or end them first.' }])
  await endRelations(tx, unit, validTo)
  tx.update('unit', unit, { state: to, valid_to: validTo, successor_id: successor?.id ?? null })
  tx.transition({ type: 'Unit', id: unit.id, unitId: unit.id, from, to, opinion: input.opinion })
  tx.emit(command === 'mergeUnit' ? unitEvents.MERGED : unitEvents.DISSOLVED, { subjectId: unit.id, unitId: unit.id, payload: { successorId: successor?.id ?? null } })
  return unit.id
}

/** Nobody supervises, or is supervised by, a unit that is no more. */
async function endRelations(tx: Transaction, unit: UnitRow, day: string): Promise<void> {
  const relations = await relationsBeyond(tx, unit.id, day)
  const later = relations.filter(r => r.valid_from >= day)
  gate(later.map(r => ({ path: 'validTo', rule: 'relationsEnd', message: `A ${r.kind} relation of the unit begins only on ${r.valid_from}: end the unit later, or that relation first.` })))
  for (const relation of relations) tx.update('unit_relation', relation, { valid_to: day })
  if (relations.length) rightsChanged(tx, null)
}

function named(nameZh: string): { name_zh: string; name_pinyin: string; name_initials: string } {
  const name = nameZh.trim()
  if (!name) throw badInput('nameZh', 'required', 'A name is needed.')
  const { pinyin, initials } = romanise(name)
  return { name_zh: name, name_pinyin: pinyin, name_initials: initials }
}

export function requireActive(unit: UnitRow, path: string): void {
  if (unit.state === 'ACTIVE') return
  const message = `The unit ${unit.code} is ${unit.state}.`
  throw new AppError('PRECONDITION_FAILED', message, { messageKey: 'unitNotActive', messageValues: { code: unit.code, state: unit.state }, violations: [{ path, rule: 'activeUnit', message }] })
}

const tooDeep = (path: string): AppError => badInput(path, 'maxDepth', `The territorial tree has at most ${MAX_DEPTH} levels.`)
