import { enter } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { controlMachine } from './control.states'
import type { NewControlInput } from './risk-point.inputs'
import type { RiskPointState } from './risk-point.states'
import type { RiskPointRow } from './risk.repository'

export const RISK_POINT = { table: 'risk_point', prefix: 'rp' } as const

/** Writes a change of a risk point that was read and locked, with its state change when there is one. */
export function moveRiskPoint(tx: Transaction, point: RiskPointRow, to: RiskPointState, changes: Values = {}, opinion?: string | null): void {
  enter(tx, { table: RISK_POINT.table, type: 'RiskPoint' }, point, to, { changes, opinion })
}

/** Adds a control with its links. `ownerPositionId` and the risk points are row ids here; all are of the same unit (INV-13). */
export function addControl(tx: Transaction, unitId: string, control: NewControlInput, riskPointIds: readonly string[]): string {
  const id = tx.insert('control', {
    unit_id: unitId, code: control.code, description_zh: control.description, description_en: control.descriptionEn ?? null,
    nature: control.nature, mode: control.mode, frequency: control.frequency, owner_position_id: control.ownerPositionId,
    state: controlMachine.initial, next_test_due_on: control.nextTestDueOn ?? null,
  })
  for (const risk_point_id of riskPointIds) tx.link('control_risk_point', { control_id: id, risk_point_id, unit_id: unitId })
  return id
}
