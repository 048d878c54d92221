import type { Violation } from '../../core/errors'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateUnit, requireRole, type LocatedRow } from '../../database/locate'
import { enter, next } from '../../database/moves'
import { json, type Transaction } from '../../database/transaction'
import { remembered } from '../remembered'
import { gate } from '../gate'
import { refs } from '../refs'
import './power.constraints'
import { powerEvents } from './power.events'
import type { EditPowerInput, PowerCommandInput, ProposePowerInput } from './power.inputs'
import { positionsOf, readinessOf, type PowerReadiness } from './power.repository'
import { powerMachine, type PowerState } from './power.states'

export const POWER = { table: 'power', prefix: 'pw' } as const
type PowerRow = LocatedRow & { state: PowerState }

/** Commands on powers. Each answers the row id of the power. */
export class PowerService {
  constructor(private readonly db: Database) {}

  propose(origin: Origin, input: ProposePowerInput): Promise<string> {
    return runCommand(this.db, origin, 'proposePower', input, async tx => {
      const unit = await locateUnit(tx, input.unitId, 'unitId')
      requireEditor(tx, unit.path)
      const id = tx.insert('power', {
        unit_id: unit.id, code: input.code, name_zh: input.nameZh, name_en: input.nameEn ?? null, description_zh: input.description ?? null,
        category: input.category, significance: input.significance, sector_code: input.sectorCode ?? null,
        legal_basis: json(input.legalBasis), state: powerMachine.initial,
      })
      tx.linkMany('power_position', refs('pos', input.positionIds, 'positionIds').map(position_id => ({ power_id: id, position_id, unit_id: unit.id })))
      return id
    })
  }

  edit(origin: Origin, input: EditPowerInput): Promise<string> {
    return runCommand(this.db, origin, 'editPower', input, async tx => {
      const power = await this.move(tx, 'editPower', input.id, input.rowVersion, {
        ...(input.nameZh !== undefined && { name_zh: input.nameZh }), ...(input.nameEn !== undefined && { name_en: input.nameEn }),
        ...(input.description !== undefined && { description_zh: input.description }),
        ...(input.category != null && { category: input.category }), ...(input.significance != null && { significance: input.significance }),
        ...(input.legalBasis != null && { legal_basis: json(input.legalBasis) }),
      })
      if (input.positionIds) await this.replacePositions(tx, power, refs('pos', input.positionIds, 'positionIds'))
      return power.id
    })
  }

  confirm(origin: Origin, input: PowerCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'confirmPower', input, async tx => {
      const power = await this.move(tx, 'confirmPower', input.id, input.rowVersion)
      return power.id
    })
  }

  publish(origin: Origin, input: PowerCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'publishPower', input, async tx => {
      const power = await this.move(tx, 'publishPower', input.id, input.rowVersion)
      await requireReady(tx, [power.id], 'id')
      return power.id
    })
  }

  suspend(origin: Origin, input: PowerCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'suspendPower', input, async tx => (await this.move(tx, 'suspendPower', input.id, input.rowVersion, {}, input.opinion)).id)
  }

  resume(origin: Origin, input: PowerCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'resumePower', input, async tx => {
      const power = await this.move(tx, 'resumePower', input.id, input.rowVersion, {}, input.opinion)
      await requireReady(tx, [power.id], 'id')
      return power.id
    })
  }

  abolish(origin: Origin, input: PowerCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'abolishPower', input, async tx => (await this.move(tx, 'abolishPower', input.id, input.rowVersion, {}, input.opinion)).id)
  }

  private async move(
    tx: Transaction, command: keyof typeof powerMachine.commands, id: string, rowVersion?: number | null, changes: Record<string, unknown> = {}, opinion?: string | null,
  ): Promise<PowerRow> {
    const power = await locate<PowerRow>(tx, POWER, id, 'id')
    const to = await next(tx, powerMachine, command, power, { opinion, rowVersion })
    const moved = enter(tx, { table: POWER.table, type: 'Power' }, power, to, { changes: { ...changes, ...(command === 'editPower' && remembered(power, 'edited_by', tx.origin.actor)) }, opinion })
    if (moved) tx.emit(powerEvents[to], { subjectId: power.id, unitId: power.unit_id })
    return power
  }

  private async replacePositions(tx: Transaction, power: PowerRow, wanted: string[]): Promise<void> {
    const present = await positionsOf(tx, power.id)
    for (const position_id of present) if (!wanted.includes(position_id)) tx.unlink('power_position', { power_id: power.id, position_id })
    tx.linkMany('power_position', wanted.filter(p => !present.includes(p)).map(position_id => ({ power_id: power.id, position_id, unit_id: power.unit_id })))
  }
}

/**
 * Publishes confirmed powers with their list: gates INV-09, INV-10, INV-12 for all of them, told at once. Powers already published stay so.
 * The caller has locked the list and checked that the actor may publish.
 */
export async function publishPowers(tx: Transaction, powerIds: readonly string[]): Promise<void> {
  await requireReady(tx, powerIds, 'powers')
  for (const power of await tx.rows<PowerRow>('SELECT * FROM power WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [powerIds])) {
    if (power.state !== 'CONFIRMED') continue
    tx.update('power', power, { state: 'PUBLISHED' })
    tx.transition({ type: 'Power', id: power.id, unitId: power.unit_id, from: 'CONFIRMED', to: 'PUBLISHED' })
    tx.emit(powerEvents.PUBLISHED, { subjectId: power.id, unitId: power.unit_id })
  }
}

/** Everything that keeps these powers from being published; empty when nothing does. */
export async function unreadyPowers(tx: Transaction, powerIds: readonly string[], path: string): Promise<Violation[]> {
  return (await readinessOf(tx, powerIds)).flatMap((power, i) => [...shortcomings(power)].map(([rule, message]) => ({ path: powerIds.length > 1 ? `${path}.${i}` : path, rule, message: `${power.code}: ${message}` })))
}

async function requireReady(tx: Transaction, powerIds: readonly string[], path: string): Promise<void> {
  gate(await unreadyPowers(tx, powerIds, path))
}

function* shortcomings(power: PowerReadiness): Generator<[rule: string, message: string]> {
  if (power.effective_flows !== 1) yield ['INV-09', 'a published power needs one effective operating flow.']
  else if (!power.steps_in_order) yield ['INV-09', 'the steps of the effective flow must be numbered 1, 2, 3 … without gaps.']
  if (power.significance === 'MAJOR' && power.active_risk_points === 0) yield ['INV-10', 'a published MAJOR power needs at least one risk point.']
  if (power.uncontrolled_risk_points > 0) yield ['INV-12', `${power.uncontrolled_risk_points} active risk points have no active control.`]
}

/** Drawing up content is the editors' work, whatever the state of the thing. */
export function requireEditor(tx: Transaction, unitPath: string): void {
  requireRole(tx, ['UNIT_EDITOR'], unitPath)
}
